"""Recognition: offered to who earned it, theirs if they take it, gone with what it was for."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.authoring.loader import parse
from tests.support import SMALL, Scene, plain

RULES = """
badge: {name: Small Story, statements: [I told one moment]}
recognition:
  - {earn: story, role: Storyteller, badge: true}
  - {earn: witness, role: Witness}
  - {earn: host, role: Host}
"""


@pytest.fixture
async def scene(tmp_path: Path):
    scene = await Scene(tmp_path / "r.db", parse(SMALL + RULES, "small.yaml")).open()
    yield scene
    await scene.close()


async def told(scene: Scene, share: str = "name") -> None:
    """A whole session: Ada tells a story and allows it, Bo reads along, Cleo is silent."""
    await scene.order("Host", "workshop open", workshop="small")
    await scene.join("Ada", "Cleo")
    await scene.join("Bo", reading=True)
    await scene.order("Host", "workshop start")
    while (await scene.session()).step != "tale":
        await scene.next()
    await scene.submit("Ada", "tale", moment="It rained.")
    await scene.order("Host", "workshop end")
    if share:
        await scene.order("Ada", "share", answer="1", how=share)


def roles(scene: Scene, name: str) -> set[str]:
    return scene.stage.roles.get(f"stage:{name.lower()}", set())


def said(scene: Scene, name: str) -> str:
    return plain("\n".join(scene.private(name)))


async def test_it_is_offered_once_and_given_only_if_taken(scene: Scene) -> None:
    await told(scene)
    assert "You shared a story, so you've earned the role **Storyteller**" in said(scene, "Ada")
    assert "You followed along to the end, so you've earned" in said(scene, "Bo")
    assert "**Host**" in said(scene, "Host")
    assert "If you like" not in said(scene, "Cleo")
    assert roles(scene, "Ada") == set()
    await scene.order("Ada", "my badges accept", which="storyteller")
    assert roles(scene, "Ada") == {"Storyteller"}
    await scene.order("Ada", "share", answer="1", how="anonymous")
    assert said(scene, "Ada").count("You shared a story, so you've earned the role") == 1


async def test_it_stands_under_ones_own_words_until_it_is_settled(scene: Scene) -> None:
    await told(scene)
    await scene.order("Ada", "my")
    assert "You've earned **Storyteller**. Want it? /my badges accept storyteller" in said(scene, "Ada")
    await scene.order("Ada", "my badges accept", which="storyteller")
    assert "you are **Storyteller** here: /recognition take" not in said(scene, "Ada")
    assert "You now have the role **Storyteller**" in said(scene, "Ada")
    await scene.order("Host", "revoke", who="Ada: storyteller by mistake")
    assert "**Storyteller**: by mistake" in said(scene, "Ada")


async def test_nobody_gets_what_they_did_not_earn_and_explain_says_why(scene: Scene) -> None:
    await told(scene)
    await scene.order("Cleo", "my badges accept", which="storyteller")
    assert "You don't have that one yet" in said(scene, "Cleo")
    await scene.order("Cleo", "my badges explain")
    assert "for telling a story and letting others read it" in said(scene, "Cleo")
    await scene.order("Cleo", "my badges accept", which="king")
    assert "There are: storyteller, witness, host" in said(scene, "Cleo")
    assert roles(scene, "Cleo") == set()


async def test_words_that_are_taken_back_take_it_along(scene: Scene) -> None:
    await told(scene)
    await scene.order("Ada", "my badges accept", which="storyteller")
    await scene.order("Ada", "withdraw", answer="1")
    assert roles(scene, "Ada") == set()


async def test_not_sharing_any_more_takes_it_along_too(scene: Scene) -> None:
    await told(scene)
    await scene.order("Ada", "my badges accept", which="storyteller")
    await scene.order("Ada", "share", answer="1", how="no")
    assert roles(scene, "Ada") == set()


async def test_a_story_that_nobody_may_read_earns_nothing(scene: Scene) -> None:
    await told(scene, share="")
    assert "You shared a story, so you've earned the role" not in said(scene, "Ada")


async def test_declined_is_declined_and_taken_again_is_taken(scene: Scene) -> None:
    await told(scene)
    await scene.order("Ada", "my badges decline", which="storyteller")
    await scene.order("Ada", "share", answer="1", how="anonymous")
    assert roles(scene, "Ada") == set()
    assert said(scene, "Ada").count("You shared a story, so you've earned the role") == 1
    await scene.order("Ada", "my")
    assert "you are **Storyteller** here: /recognition take" not in said(scene, "Ada")
    await scene.order("Ada", "my badges accept", which="storyteller")
    assert roles(scene, "Ada") == {"Storyteller"}
    await scene.order("Ada", "my badges decline", which="storyteller")
    assert roles(scene, "Ada") == set()


async def test_by_hand_and_revoked(scene: Scene) -> None:
    await told(scene)
    await scene.order("Cleo", "recognise", who="Cleo: storyteller")
    assert "A host would like to give you the role" not in said(scene, "Cleo")
    await scene.order("Host", "recognise", who="Cleo: storyteller")
    assert "A host would like to give you the role **Storyteller**" in said(scene, "Cleo")
    assert roles(scene, "Cleo") == set()
    await scene.order("Cleo", "my badges accept", which="storyteller")
    assert roles(scene, "Cleo") == {"Storyteller"}
    await scene.order("Host", "revoke", who="Cleo: storyteller by mistake")
    assert roles(scene, "Cleo") == set()
    assert "A host revoked **Storyteller**: by mistake" in said(scene, "Cleo")
    await scene.order("Cleo", "my badges accept", which="storyteller")
    assert roles(scene, "Cleo") == set()


async def test_who_is_forgotten_bears_no_role(scene: Scene) -> None:
    await told(scene)
    await scene.order("Ada", "my badges accept", which="storyteller")
    await scene.order("Ada", "forget", me="me")
    assert roles(scene, "Ada") == set()
    await scene.reopen()
    session = await scene.session()
    assert not any(person == "stage:ada" for person, _ in session.granted | session.proposed)


STEPS = st.sampled_from(["take", "decline", "share", "unshare", "hand", "revoke", "withdraw"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=8))
async def test_the_last_word_stands(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Whatever order things come in: nobody has what they declined or did not earn, and what they took they have."""
    path = tmp_path_factory.mktemp("laws") / "r.db"
    scene = await Scene(path, parse(SMALL + RULES, "small.yaml")).open()
    try:
        await told(scene)
        shared, hand, has, there, barred = True, False, False, True, False
        for step in steps:
            match step:
                case "take":
                    await scene.order("Ada", "my badges accept", which="storyteller")
                    has = has or (not barred and ((shared and there) or hand))
                case "decline":
                    await scene.order("Ada", "my badges decline", which="storyteller")
                    has = hand = False
                case "share" | "unshare":
                    await scene.order("Ada", "share", answer="1", how="name" if step == "share" else "no")
                    shared = step == "share" if there else shared
                    has = has and (hand or (shared and there))
                case "hand":
                    await scene.order("Host", "recognise", who="Ada: storyteller")
                    has = has or barred  # within a day: taken back by mistake
                    hand, barred = True, False
                case "revoke":
                    await scene.order("Host", "revoke", who="Ada: storyteller so")
                    if has:
                        has, hand, barred = False, False, True
                case "withdraw":
                    await scene.order("Ada", "withdraw", answer="1")
                    there = False
                    has = has and hand
        assert (roles(scene, "Ada") == {"Storyteller"}) is has, steps
    finally:
        await scene.close()
