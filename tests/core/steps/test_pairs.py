"""Pairs without fear."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.loader import parse
from bot.core.model.facts import Wish
from bot.core.model.records import PersistentMap
from bot.core.model.session import Session
from bot.core.steps.pairs import grouped
from tests.support import PAIRED, Scene

BEFORE = PAIRED.replace(
    "steps:\n", "steps:\n  - {id: hi, kind: open, title: Hi, minutes: 1, say: One line, advance: auto}\n"
)


async def scene_of(tmp_path: Path, *names: str) -> Scene:
    scene = await Scene(tmp_path / "p.db", parse(BEFORE)).open()
    await scene.gathered(*names)
    return scene


async def test_people_are_asked_before_and_privately(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    assert all(any("Next we talk in pairs" in t for t in scene.private(n)) for n in ("Ada", "Eve"))
    assert not any("talk in pairs" in text for text in scene.room())
    await scene.order("Ada", "pair", how="alone")
    await scene.order("Bo", "pair", how="three")
    await scene.next()
    groups = [set(group) for group in (await scene.session()).steps["talk"].pairs.values()]
    assert not any("stage:ada" in group for group in groups)
    assert next(group for group in groups if "stage:bo" in group) >= {"stage:bo"}
    assert len(next(group for group in groups if "stage:bo" in group)) == 3
    assert any("by yourself" in text for text in scene.private("Ada"))
    await scene.submit("Ada", "talk", line="I talked with the bot")
    assert (await scene.session()).answers
    await scene.close()


async def test_kept_apart_means_never_together_and_nobody_hears_of_it(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.order("Host", "workshop apart", names="Ada, Bo")
    await scene.order("Host", "workshop apart", names="Ada, Chi")
    await scene.next()
    groups = (await scene.session()).steps["talk"].pairs.values()
    assert {"stage:ada", "stage:dan"} in [set(group) for group in groups]
    assert not any("paired" in text for name in ("Ada", "Bo", "Chi") for text in scene.private(name))
    await scene.close()


async def test_changing_ones_partner_is_silent(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    await scene.next()
    before = (await scene.session()).steps["talk"].pairs
    old = next(place for place, group in before.items() if "stage:ada" in group)
    partner = next(p for p in before[old] if p != "stage:ada")
    await scene.order("Ada", "partner")
    after = (await scene.session()).steps["talk"].pairs
    mine = next(group for group in after.values() if "stage:ada" in group)
    assert partner not in mine and len(mine) == 3
    assert any(partner in group for group in after.values())  # nobody is left sitting alone
    told = scene.private(partner.removeprefix("stage:").title())[-1]
    assert "mixed anew" in told and "Ada" not in told
    assert sum("stage:ada" in seats for seats in scene.stage.threads.values()) == 1
    await scene.close()


async def test_two_people_who_change_partner_work_alone(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo")
    await scene.next()
    await scene.order("Ada", "partner")
    assert "by yourself" in scene.private("Ada")[-1]
    await scene.submit("Ada", "talk", line="mine")
    await scene.submit("Bo", "talk", line="and mine")
    await scene.next()
    assert any("mine" in text for text in scene.room())
    await scene.close()


people = st.integers(0, 14).map(lambda n: [f"p{i}" for i in range(n)])


@given(
    people,
    st.dictionaries(st.integers(0, 13), st.sampled_from(Wish)),
    st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13))),
    st.sampled_from([2, 3]),
)
def test_groups_respect_every_wish_and_every_ban(here, wishes, bans, size):
    session = replace(
        Session(),
        wishes=PersistentMap({f"p{n}": how for n, how in wishes.items()}),
        apart=frozenset(frozenset((f"p{a}", f"p{b}")) for a, b in bans if a != b),
    )
    groups = grouped(session, here, size)
    seated = [p for group in groups for p in group]
    assert len(seated) == len(set(seated)) and set(seated) <= set(here)
    for group in groups:
        assert 2 <= len(group) <= size + 2
        assert not any(frozenset((a, b)) in session.apart for a in group for b in group if a != b)
        assert not any(session.wishes.get(p) is Wish.ALONE for p in group)
    if not session.apart:
        asked = [p for p in here if session.wishes.get(p) is not Wish.ALONE]
        assert len(seated) == len(asked) or len(asked) == 1


async def test_the_room_is_not_told_that_it_is_private(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.next()
    prompt = next(text for text in scene.room() if "With a partner" in text)
    assert "Talk here" not in prompt and "a thread of its own" in prompt
    assert any("Talk here" in x.text for x in scene.stage.lines.values() if x.channel in scene.stage.threads)
    await scene.close()


async def test_who_let_the_partner_bring_the_line_has_missed_nothing(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo")
    await scene.next()
    before = {p.id: p.missed for p in (await scene.session()).people.values()}
    await scene.submit("Ada", "talk", line="ours")
    await scene.next()
    after = {p.id: p.missed for p in (await scene.session()).people.values()}
    assert after == {"stage:ada": 0, "stage:bo": before["stage:bo"]} or after["stage:bo"] == 0
    await scene.close()
