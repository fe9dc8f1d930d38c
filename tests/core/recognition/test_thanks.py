"""Thanks and endorsements: they reach who they are for, stand where both allow it, and go when either says so."""

from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.recognition import thanks
from bot.core.views.recap import recap
from bot.store.engine import read
from tests.support import GALLERIED, ROOM, SMALL, Scene, plain

RULES = """
badge: {name: Small Story, statements: [I told one moment]}
recognition:
  - {earn: story, role: Storyteller, badge: true}
  - {earn: thanked, role: Asked the question}
  - {earn: companion, role: Companion, nominate: true}
"""


@pytest.fixture
async def scene(tmp_path: Path):
    scene = await Scene(tmp_path / "r.db", parse(SMALL + RULES, "small.yaml")).open()
    await scene.order("Host", "workshop open", workshop="small")
    await scene.join("Ada", "Bo", "Cleo")
    await scene.order("Host", "workshop start")
    while (await scene.session()).step != "tale":
        await scene.next()
    await scene.submit("Ada", "tale", moment="It rained.")
    yield scene
    await scene.close()


def said(scene: Scene, name: str) -> str:
    return plain("\n".join(scene.private(name)))


def hosts(scene: Scene) -> str:
    there = (x for x in scene.stage.lines.values() if x.channel == f"{ROOM}/hosts" and not x.deleted)
    return plain("\n".join(x.text for x in there))


async def shown(scene: Scene):
    session = await scene.session()
    return recap(scene.script, session)


async def finish(scene: Scene) -> None:
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")


async def test_thanks_reach_them_after_a_glance_and_the_recap_only_with_a_yes(scene: Scene) -> None:
    await scene.order("Bo", "thanks", what="Ada: for the tea")
    assert "Bo thanks Ada" in hosts(scene) and "for the tea" in hosts(scene)
    assert "thanks you" not in said(scene, "Ada")
    await scene.order("Host", "nod", thanks="1")
    assert "Bo thanks you" in said(scene, "Ada") and "for the tea" in said(scene, "Ada")
    await finish(scene)
    assert (await shown(scene)).thanks == ()
    await scene.order("Bo", "thanked", thanks="1", how="name")
    assert (await shown(scene)).thanks == (("Bo", "Ada", "for the tea"),)
    await scene.order("Ada", "thanked", thanks="1", how="hide")
    assert (await shown(scene)).thanks == ()
    await scene.order("Ada", "thanked", thanks="1", how="show")
    await scene.order("Bo", "thanked", thanks="1", how="anonymous")
    assert (await shown(scene)).thanks == (("", "Ada", "for the tea"),)


async def test_held_back_reaches_nobody(scene: Scene) -> None:
    await scene.order("Bo", "thanks", what="Ada: for being slow, at last")
    await scene.order("Host", "nod", thanks="1", how="no")
    assert "at last" not in said(scene, "Ada")
    assert "A host hasn't passed your thanks on" in said(scene, "Bo")
    await scene.order("Bo", "thanked", thanks="1", how="name")
    await finish(scene)
    assert (await shown(scene)).thanks == ()


async def test_taken_back_is_gone_everywhere_also_from_the_log(scene: Scene) -> None:
    await scene.order("Bo", "thanks", what="Ada: for the zebra")
    await scene.order("Host", "nod", thanks="1")
    assert "zebra" in said(scene, "Ada")
    await scene.order("Cleo", "thanked", thanks="1", how="back")
    assert "no thank-you 1" in said(scene, "Cleo")
    assert "zebra" in said(scene, "Ada")
    await scene.order("Bo", "thanked", thanks="1", how="back")
    assert "zebra" not in said(scene, "Ada") + hosts(scene)
    rows = await read(scene.store.engine, "SELECT body FROM fact")
    assert "zebra" not in "".join(body for (body,) in rows)
    await scene.order("Bo", "thanks", what="Ada: for the lynx")
    await scene.order("Host", "nod", thanks="2")
    assert "lynx" in said(scene, "Ada")


async def test_somebody_who_is_not_here_is_written_to_by_nobody(scene: Scene) -> None:
    await scene.order("Bo", "thanks", what="Old Mara: for the garden")
    assert "Once a host has looked at it, you decide whether it's in the recap" in said(scene, "Bo")
    await scene.order("Bo", "thanked", thanks="1", how="name")
    await scene.order("Host", "nod", thanks="1")
    await finish(scene)
    assert (await shown(scene)).thanks == (("Bo", "Old Mara", "for the garden"),)


@pytest.mark.parametrize("what", ["Ada", "", "Ada:", "Bo: for me", "Ada: " + "x" * 301])
async def test_what_is_no_thanks_is_answered_and_kept_nowhere(scene: Scene, what: str) -> None:
    await scene.order("Bo", "thanks", what=what)
    assert not (await scene.session()).thanks
    assert said(scene, "Bo")


async def test_a_host_recognises_for_thanks_and_it_is_theirs_if_they_take_it(scene: Scene) -> None:
    await scene.order("Bo", "thanks", what="Cleo: for asking why")
    assert "Asked the question: /recognition approve 1 asked-the-question" in hosts(scene)
    await scene.order("Cleo", "my badges accept", which="asked-the-question")
    assert scene.stage.roles.get("stage:cleo", set()) == set()
    await scene.order("Bo", "nod", thanks="1", how="asked-the-question")
    assert "Someone thanked you, and a host recognizes you for it as" not in said(scene, "Cleo")
    await scene.order("Host", "nod", thanks="1", how="asked-the-question")
    assert "a host recognizes you for it as **Asked the question**" in said(scene, "Cleo")
    await scene.order("Cleo", "my badges accept", which="asked-the-question")
    assert scene.stage.roles["stage:cleo"] == {"Asked the question"}


async def test_an_endorsement_stands_beside_the_story_until_either_says_no(scene: Scene) -> None:
    await scene.order("Bo", "endorse", what="Ada: I was there")
    assert "I can't find a story like that which others can read" in said(scene, "Bo")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Bo", "endorse", what="Ada: I was there")
    assert "Bo added a sentence to your story" in said(scene, "Ada")
    await finish(scene)
    session = await scene.session()
    from bot.core.recognition.thanks import of_story, sentence

    story = next(key for key, a in session.answers.items() if a.step == "tale")
    assert [sentence(session, each) for each in of_story(session, story)] == ["I was there"]
    await scene.order("Ada", "thanked", thanks="1", how="hide")
    assert of_story(await scene.session(), story) == ()
    await scene.order("Ada", "thanked", thanks="1", how="show")
    await scene.order("Bo", "forget", me="me")
    assert of_story(await scene.session(), story) == ()
    assert "I was there" not in said(scene, "Ada")


async def test_a_card_has_its_number_also_when_the_session_is_over(tmp_path: Path) -> None:
    scene = await Scene(tmp_path / "wall.db", parse(GALLERIED)).open()
    await scene.gathered("Ada", "Bo", "Chi")
    await scene.submit("Ada", "tale", moment="It rained.", share="anonymous")
    await scene.next()
    await scene.order("Host", "workshop end")
    await scene.order("Bo", "endorse", what="1: I was there")
    assert [given.text for given in (await scene.session()).thanks.values()] == ["I was there"]
    await scene.close()


async def test_a_story_without_a_name_is_not_found_by_its_teller(scene: Scene) -> None:
    await scene.order("Ada", "share", answer="1", how="anonymous")
    await scene.order("Bo", "endorse", what="Ada: I know it was you")
    assert "I can't find a story like that which others can read" in said(scene, "Bo")
    assert not (await scene.session()).thanks


async def test_an_endorsement_goes_with_its_story(scene: Scene) -> None:
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Bo", "endorse", what="Ada: I was there")
    await scene.order("Ada", "withdraw", answer="1")
    assert not (await scene.session()).thanks


async def test_hosts_are_asked_first_where_the_script_says_so(scene: Scene) -> None:
    await scene.order("Host", "workshop companion", name="Bo")
    await finish(scene)
    assert "Bo did what **Companion** is for" in hosts(scene)
    await scene.order("Bo", "my badges accept", which="companion")
    assert "To see what it's for" in said(scene, "Bo")
    await scene.order("Host", "recognise", who="stage:bo: companion")
    await scene.order("Bo", "my badges accept", which="companion")
    assert scene.stage.roles["stage:bo"] == {"Companion"}
    await scene.order("Host", "recognition log")
    assert "Bo: Companion, offered by" in said(scene, "Host")
    await scene.order("Cleo", "recognition log")
    assert "Recognition log.** Only hosts see this" not in said(scene, "Cleo")


async def test_taking_back_needs_a_reason_and_is_undone_within_a_day(scene: Scene) -> None:
    await scene.order("Ada", "share", answer="1", how="name")
    await finish(scene)
    await scene.order("Ada", "my badges accept", which="storyteller")
    await scene.order("Host", "revoke", who="Ada: storyteller")
    assert scene.stage.roles["stage:ada"] == {"Storyteller"}
    await scene.order("Host", "revoke", who="Ada: storyteller it was Bo's story")
    assert "A host revoked **Storyteller**: it was Bo's story" in said(scene, "Ada")
    assert scene.stage.roles["stage:ada"] == set()
    await scene.order("Host", "recognise", who="Ada: storyteller")
    assert scene.stage.roles["stage:ada"] == {"Storyteller"}
    await scene.order("Host", "revoke", who="Ada: storyteller again")
    await scene.wait(2 * 24 * 3600)
    await scene.order("Host", "recognise", who="Ada: storyteller")
    assert scene.stage.roles["stage:ada"] == set()


@pytest.mark.parametrize(
    ("said", "who", "what"),
    [
        ("Ada: for the tea", "Ada", "for the tea"),
        ("Ada – for the tea", "Ada", "for the tea"),
        ("Thank you Fay for locking the document", "Fay", "locking the document"),
        ("thanks to @Bo Lin for the chairs", "Bo Lin", "the chairs"),
        ("Gracias, Fay, por el té", "Fay", "el té"),
        ("Danke Fay für den Tee", "Fay", "den Tee"),
        ("Merci à Fay pour le thé", "Fay", "le thé"),
        ("Thank you all", "", ""),
    ],
)
def test_thanks_are_understood_as_people_say_them(said: str, who: str, what: str) -> None:
    assert thanks.about(said) == (who, what)


ROUND = """
id: round
title: Thanks
about: A round of thanks.
minutes: 10
audience: adults
contact: Cora
steps:
  - {id: grateful, kind: open, title: Thanks, minutes: 5, reveal: live, thanks: true, say: Thank somebody.}
"""


@pytest.fixture
async def grateful(tmp_path: Path):
    scene = await Scene(tmp_path / "round.db", parse(ROUND)).open()
    await scene.order("Host", "workshop start", workshop="round")
    await scene.join("Ada", "Fay", "May", "Fay Lin", "Bo")
    await scene.order("Host", "workshop begin")
    yield scene
    await scene.close()


@pytest.mark.parametrize(
    ("line", "reached"),
    [
        ("Thank you Fay for locking the document", "Fay"),
        ("thank you so much, fay for the tea", ""),  # a word, for all we know
        ("Thank you so much, @fay, for the tea", "Fay"),
        ("Thanks Fay!", "Fay"),
        ("Fay, you locked the document just in time", "Fay"),
        ("A big thank you to Fay Lin, who stayed late", "Fay Lin"),
        ("Danke dir, Fay, dass du geblieben bist", "Fay"),
        ("Merci à Fay d'avoir aidé", "Fay"),
        ("may I thank you all?", ""),
        ("Thanks to Fay and Bo for the chairs", "Fay+Bo"),
        ("Thank you fay, bo and Fay Lin for the chairs", "Fay+Bo+Fay Lin"),
        ("Fay & Bo: for asking May to stay", "Fay+Bo"),
        ("You were great, Fay, May, and Bo!", "Fay+May+Bo"),
        ("Danke an Fay und Bo für den Tee", "Fay+Bo"),
        ("Merci à Fay et Bo pour le thé", "Fay+Bo"),
        ("Gracias a Fay y Bo", "Fay+Bo"),
        ("Thanks to Bo and Ada for the chairs", "Bo"),  # Ada says it
        ("Fay, you helped when Bo was lost", ""),  # for whom is it? The author is asked
        ("Fay and Bo, as May says, thank you", ""),
        ("Thanks, Ada", ""),  # that is whoever says it
        ("Thank you all for coming", ""),
    ],
)
async def test_words_of_thanks_reach_those_whom_they_name_and_their_author_hears_so(
    grateful: Scene, line: str, reached: str
) -> None:
    await grateful.say("Ada", line)
    told, names = said(grateful, "Ada"), [name for name in reached.split("+") if name]
    for name in ("Fay", "May", "Fay Lin", "Bo"):
        assert said(grateful, name).count("Ada thanks you") == (name in names), name
        assert (f"I told {name} that you thanked them." in told) is (name in names)
    assert ("use their name as it appears here" in told) is not reached


async def test_an_edit_that_names_somebody_reaches_them_and_each_is_told_once(grateful: Scene) -> None:
    await grateful.say("Ada", "Thanks for the tea!")
    await grateful.edit("Ada", 1, "Thanks, Bo, for the tea!")
    assert "Ada thanks you" in said(grateful, "Bo") and "I told Bo" in said(grateful, "Ada")
    await grateful.edit("Ada", 1, "Thanks, Bo, for the green tea!")
    assert said(grateful, "Ada").count("I told Bo") == 1
    assert "green tea" in said(grateful, "Bo") and said(grateful, "Bo").count("Ada thanks you") == 1
    await grateful.edit("Ada", 1, "Thanks, everyone!")
    assert "Ada thanks you" not in said(grateful, "Bo")
    assert said(grateful, "Ada").count("use their name") == 1


async def test_a_line_to_two_people_follows_its_edits_and_either_hides_it(grateful: Scene) -> None:
    await grateful.say("Ada", "Thanks, Fay and Bo, for the tea!")
    await grateful.edit("Ada", 1, "Thanks, Bo and May, for the tea!")
    assert "Ada thanks you" not in said(grateful, "Fay")
    assert "Ada thanks you" in said(grateful, "Bo") and "Ada thanks you" in said(grateful, "May")
    assert said(grateful, "Ada").count("I told Bo") == 1
    [bos] = [key for key, given in (await grateful.session()).thanks.items() if given.person == "stage:bo"]
    await grateful.order("Bo", "my thanks", thanks=bos, how="hide")
    assert (await grateful.session()).thanks[bos].hidden
    await grateful.delete("Ada", 1)
    assert not (await grateful.session()).thanks
    assert "Ada thanks you" not in said(grateful, "May")


async def test_thanks_by_command_reach_both_whom_they_name(grateful: Scene) -> None:
    for _ in range(2):  # sent twice, said once
        await grateful.order("Ada", "thanks", what="Fay and Bo: for the tea")
    given = (await grateful.session()).thanks
    assert sorted(each.person for each in given.values()) == ["stage:bo", "stage:fay"]
    for key in given:
        await grateful.order("Host", "nod", thanks=key)
    for name in ("Fay", "Bo"):
        assert said(grateful, name).count("for the tea") == 1
