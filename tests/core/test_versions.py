"""A workshop in several versions: what is asked before, what stays open after, what few people get."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.loader import load, variants
from bot.core.model.facts import Mode, Phase
from bot.core.participants.community import Listing, Variant
from bot.core.steps.tallies import tallied
from bot.core.views import participant
from bot.errors import ScriptError
from bot.render.cards import said
from tests.support import Scene, plain

PATH = Path(__file__).parents[2] / "prompts" / "value-creation.yaml"
SHORT = load(PATH, "60", "one_community")
LONG = load(PATH, "90", "one_community")


def test_both_versions_keep_a_tenth_for_joining_and_breathing():
    for script in (each for each in variants(PATH) if not each.days):
        whole = sum(s.minutes + getattr(s, "read_minutes", 0) for s in script.steps) + 1  # the host's look
        assert whole <= 0.9 * script.minutes, (script.version, script.setting, whole)
        assert all(step.minutes >= 1 for step in script.steps)


def test_there_is_a_variant_for_each_version_and_setting():
    found = [(s.version, s.setting) for s in variants(PATH)]
    assert found == [
        ("90", "one_community"),
        ("90", "many_communities"),
        ("60", "one_community"),
        ("60", "many_communities"),
        ("async", "one_community"),
        ("async", "many_communities"),
    ]
    assert [s.id for s in SHORT.prepare] == ["sort_a", "sort_b", "sort_c"] and [s.id for s in SHORT.tail] == [
        "next"
    ]
    many = load(PATH, "90", "many_communities")
    assert "try_in_yours" in [s.id for s in many.steps] and "next" not in [s.id for s in many.steps]
    with pytest.raises(ScriptError, match="Versions: 90, 60"):
        load(PATH, "45")


def test_a_host_chooses_in_words():
    listing = Listing(
        id="v",
        title="V",
        minutes=90,
        hash="a",
        variants=tuple(
            Variant(version=v, setting=s, minutes=int(v), hash=f"{v}{s}")
            for v in ("90", "60")
            for s in ("one_community", "many_communities")
        ),
    )
    assert listing.choose("") == ("90one_community", Mode.LIVE)
    assert listing.choose("60") == ("60one_community", Mode.LIVE)
    assert listing.choose("call many") == ("90many_communities", Mode.CALL)
    assert listing.choose("60, many") == ("60many_communities", Mode.LIVE)
    assert "There are: 90, 60, one, many, live, call" in said(listing.choose("45"))


async def test_scenes_are_open_in_the_lobby_and_their_spread_is_shown_at_the_start(tmp_path: Path):
    scene = await Scene(tmp_path / "v.db", SHORT).open()
    await scene.order("Host", "workshop open", workshop="value-creation")
    names = ("Ada", "Bo", "Chi", "Dan")
    await scene.join(*names)
    assert any("while we wait, if you like" in text for text in scene.room())
    now = participant.now(scene.script, await scene.session(), "stage:ada")
    assert [aside.form.step for aside in now.asides] == ["sort_a", "sort_b", "sort_c"]
    for name in names:
        await scene.order(name, "pick", numbers="2")  # the first that is open
    await scene.submit("Ada", "sort_c", picks=("realized",))
    await scene.reopen()
    await scene.order("Host", "workshop start")
    shown = [text for text in scene.room() if "4 × " in plain(text)]
    assert shown and "Sam" in shown[0]
    assert any("- 1 × Realized" in plain(text) for text in scene.room())  # one tap on Lee's scene
    assert not participant.now(scene.script, await scene.session(), "stage:ada").asides
    await scene.close()


async def test_the_vote_stays_open_for_two_days_and_then_closes(tmp_path: Path):
    scene = await Scene(tmp_path / "v.db", SHORT).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    while (await scene.session()).step != "story":
        await scene.next()
    await scene.submit("Ada", "story", moment="x", loop="More broken things")
    await scene.order("Host", "workshop end")
    assert (await scene.session()).phase is Phase.TAIL
    assert any("More broken things" in plain(t) and "open until the recap" in t for t in scene.room())
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.order(name, "pick", numbers="3")
    await scene.wait(49 * 3600, between=True)
    session = await scene.session()
    assert session.phase is Phase.REVIEW
    (idea,) = [a.id for a in session.answers.values() if a.step == "story"]
    assert tallied(session, scene.script.step("next"))[idea] == 4  # type: ignore[index, arg-type]
    await scene.submit("Ada", "next", picks=("again",))
    assert "closed" in scene.private("Ada")[-1]
    await scene.close()


async def test_with_three_people_the_wall_is_left_out_and_the_words_fit(tmp_path: Path):
    scene = await Scene(tmp_path / "v.db", LONG).open()
    await scene.gathered("Ada", "Bo", "Chi")
    asked = []
    while (session := await scene.session()).phase is Phase.RUNNING:
        if not asked or asked[-1] != session.step:
            asked.append(session.step)
        await scene.next()
        for name in ("Ada", "Bo", "Chi"):  # somebody who says something is not out of the count
            await scene.order(name, "pass")
    assert "imagine_wall" not in asked and "imagine" in asked
    assert any("Only a few of us are here" in text for text in [x.text for x in scene.stage.lines.values()])
    await scene.close()


async def test_taps_of_a_story_are_kept_by_key_and_shown_as_words(tmp_path: Path):
    scene = await Scene(tmp_path / "v.db", LONG).open()
    await scene.gathered("Ada", "Bo")
    while (await scene.session()).step != "story":
        await scene.next()
    await scene.submit("Ada", "story", moment="x", status="2", tags="Immediate, cost, nonsense")
    (answer,) = (await scene.session()).answers.values()
    assert answer.text("status") == "hoped" and answer.text("tags") == "immediate,cost"
    await scene.order("Ada", "my")
    told = plain(scene.private("Ada")[-1])
    assert "Not yet, I hope it will" in told and "Immediate, It cost us" in told
    await scene.close()


async def test_the_companion_share_stays_off_the_wall(tmp_path: Path):
    scene = await Scene(tmp_path / "v.db", LONG).open()
    await scene.gathered("Ada", "Bo")
    while (await scene.session()).step != "story":
        await scene.next()
    await scene.submit("Ada", "story", moment="for one pair of eyes", share="companion")
    await scene.submit("Bo", "story", moment="for everyone", share="name")
    await scene.next()
    assert (await scene.session()).step == "story_wall"
    assert not any("pair of eyes" in text for text in scene.room())
    await scene.close()


async def test_editing_renaming_or_deleting_a_script_changes_nothing_for_a_running_session(tmp_path: Path):
    from bot.authoring.loader import parse
    from tests.support import SMALL

    scene = await Scene(tmp_path / "v.db", parse(SMALL)).open()
    try:
        await scene.gathered("Ada", "Bo")
        edited = SMALL.replace("Quietly: what else?", "Something new?").replace("id: deep", "id: deeper")
        for after in (edited, edited.replace("id: small", "id: other")):  # edited, then gone under its name
            scene.script = parse(after)
            await scene.reopen()
        await scene.next()
        await scene.submit("Ada", "deep", bring="the old step", take="still there")
        assert any("Quietly: what else?" in text for text in scene.room())
        assert not any("Something new?" in text for text in scene.room())
        await scene.order("Host", "workshop end")
        await scene.order("Host", "workshop publish")
        await scene.order("Host", "workshop open", workshop="small")
        assert "find a workshop called small" in scene.private("Host")[-1]
        scene.session_id = ""
        await scene.gathered("Ada", "Bo")
        await scene.next()
        assert any("Something new?" in text for text in scene.room())
    finally:
        await scene.close()
