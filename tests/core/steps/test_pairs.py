"""Pairs without fear."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.loader import parse
from bot.core.model.facts import Wish
from bot.core.model.records import PersistentMap
from bot.core.model.session import Session
from bot.core.steps.pairs import grouped
from bot.core.views.participant import now
from tests.support import PAIRED, Scene, person, plain

BEFORE = PAIRED.replace(
    "steps:\n", "steps:\n  - {id: hi, kind: open, title: Hi, minutes: 1, say: One line, advance: auto}\n"
)


async def scene_of(tmp_path: Path, *names: str) -> Scene:
    scene = await Scene(tmp_path / "p.db", parse(BEFORE)).open()
    await scene.gathered(*names)
    return scene


async def test_people_are_asked_before_and_privately(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    assert all(any("Next, we'll talk in pairs" in t for t in scene.private(n)) for n in ("Ada", "Eve"))
    assert not any("talk in pairs" in text for text in scene.room())
    await scene.order("Ada", "pair", how="alone")
    await scene.order("Bo", "pair", how="three")
    await scene.next()
    groups = [set(group) for group in (await scene.session()).steps["talk"].pairs.values()]
    assert not any("stage:ada" in group for group in groups)
    assert next(group for group in groups if "stage:bo" in group) >= {"stage:bo"}
    assert len(next(group for group in groups if "stage:bo" in group)) == 3
    assert any("on your own" in text for text in scene.private("Ada"))
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
    assert "in a new group now, with" in told and "Ada" not in told
    assert sum("stage:ada" in seats for seats in scene.stage.threads.values()) == 1
    await scene.close()


async def test_two_people_who_change_partner_work_alone(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo")
    await scene.next()
    await scene.order("Ada", "partner")
    assert "on your own" in scene.private("Ada")[-1]
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
    assert "Talk here" not in prompt and "in its own thread" in prompt
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


async def names_told(scene: Scene, *names: str) -> dict[str, str]:
    return {name: plain(scene.private(name)[-1]) for name in names}


def people_of(group: tuple[str, ...]) -> set[str]:
    return {person.removeprefix("stage:").title() for person in group}


async def test_everybody_is_told_by_name_with_whom_they_talk(tmp_path: Path):
    names = ("Ada", "Bo", "Chi", "Dan", "Eve")
    scene = await scene_of(tmp_path, *names)
    await scene.next()
    told = await names_told(scene, *names)
    for place, group in (await scene.session()).steps["talk"].pairs.items():
        for me in people_of(group):
            others = people_of(group) - {me}
            assert told[me].startswith("You're with ") and all(other in told[me] for other in others)
            assert me not in told[me]
        thread = (await scene.session()).places[place]
        asked = next(plain(x.text) for x in scene.stage.lines.values() if x.channel == thread)
        assert all(name in asked for name in people_of(group))
    await scene.close()


async def test_after_a_change_all_of_them_know_who_is_there(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    await scene.next()
    before = (await scene.session()).steps["talk"].pairs
    partner = next(people_of(group) - {"Ada"} for group in before.values() if "stage:ada" in group).pop()
    await scene.order("Ada", "partner")
    session = await scene.session()
    for place, group in session.steps["talk"].pairs.items():
        if group == before[place] or not group:
            continue
        last = [plain(x.text) for x in scene.stage.lines.values() if x.channel == session.places[place]][-1]
        assert "In this group now" in last and all(name in last for name in people_of(group))
        for me in people_of(group) & {"Ada", partner}:
            told = plain(scene.private(me)[-1])
            assert "new group" in told and all(name in told for name in people_of(group) - {me})
    await scene.close()


@pytest.mark.parametrize("how", ["leave", "remove", "read", "forget"])
async def test_who_is_left_alone_hears_it_at_once_and_is_put_with_others(tmp_path: Path, how: str):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    await scene.next()
    before = (await scene.session()).steps["talk"].pairs
    partner = next(people_of(group) - {"Ada"} for group in before.values() if "stage:ada" in group).pop()
    if how == "remove":
        await scene.order("Host", "workshop remove", name="Ada")
    elif how == "forget":
        await scene.order("Ada", "forget", me="me")
    else:
        await scene.order("Ada", how)
    session = await scene.session()
    group = next(g for g in session.steps["talk"].pairs.values() if f"stage:{partner.lower()}" in g)
    assert len(group) == 3
    told = plain(scene.private(partner)[-1])
    assert "has left your group" in told and all(name in told for name in people_of(group) - {partner})
    assert sum("stage:ada" in seats for seats in scene.stage.threads.values()) == 0
    await scene.close()


async def test_one_of_two_leaves_and_the_other_is_told_that_they_are_alone(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo")
    await scene.next()
    await scene.order("Ada", "leave")
    assert "Your partner has left." in scene.private("Bo")[-1] and "on your own" in scene.private("Bo")[-1]
    await scene.join("Cy")  # and who comes now is seated with them
    assert [people_of(g) for g in (await scene.session()).steps["talk"].pairs.values() if g] == [{"Bo", "Cy"}]
    assert "You're with Bo" in plain(scene.private("Cy")[-1])
    await scene.close()


async def test_a_line_that_one_of_them_sent_is_there_for_the_others(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.next()
    session = await scene.session()
    place, group = next((p, g) for p, g in session.steps["talk"].pairs.items() if "stage:ada" in g)
    partner = (people_of(group) - {"Ada"}).pop()

    def thread() -> list[str]:
        lines = scene.stage.lines.values()
        return [plain(x.text) for x in lines if x.channel == session.places[place] and not x.deleted]

    await scene.submit("Ada", "talk", line="we saw a fox")
    assert "Ada wrote this for your group" in thread()[-1] and "we saw a fox" in thread()[-1]
    seen = now(scene.script, await scene.session(), f"stage:{partner.lower()}")
    assert seen.partners == ("Ada",) and seen.lines == (("Ada", "we saw a fox"),)
    await scene.submit("Ada", "talk", line="two foxes")
    assert "two foxes" in thread()[-1] and not any("a fox" in text for text in thread())
    await scene.order("Ada", "withdraw", answer="1")
    assert not any("foxes" in text for text in thread())
    await scene.close()


async def test_who_is_alone_is_asked_in_other_words(tmp_path: Path):
    text = BEFORE.replace(
        "    say: What surprised you lately?\n",
        "    say: Ask your partner.\n    needs_people: 2\n    if_few: Ask yourself.\n",
    )
    scene = await Scene(tmp_path / "a.db", parse(text)).open()
    await scene.gathered("Ada", "Bo", "Chi")
    await scene.order("Ada", "pair", how="alone")
    await scene.next()
    await scene.order("Ada", "now")
    assert any("Ask yourself." in told for told in scene.private("Ada"))
    assert not any("Ask your partner." in told for told in scene.private("Ada"))
    (asked,) = [told for told in scene.private("Ada") if "With a partner** (on your own)" in told]
    assert "This one is private. Press Answer or Skip." in asked and "Each group talks" not in asked
    await scene.order("Bo", "now")
    assert any("Ask your partner." in told for told in scene.private("Bo"))
    assert not any("(on your own)" in told for told in scene.private("Bo") + scene.room())
    assert now(scene.script, await scene.session(), "stage:ada").alone
    assert not now(scene.script, await scene.session(), "stage:bo").alone
    await scene.close()


async def test_beside_a_call_the_list_names_everybody_each_round(tmp_path: Path):
    steps = "".join(
        f"  - {{id: talk{n}, kind: pair, title: T{n}, minutes: 4, say: Talk., output: none}}\n"
        for n in range(4)
    )
    text = f"id: called\ntitle: Called\nabout: Talk.\nminutes: 30\nsteps:\n{steps}"
    text += "  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thanks.}\n"
    scene = await Scene(tmp_path / "call.db", parse(text)).open()
    await scene.order("Host", "workshop open", workshop="called", how="call")
    names = ("Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    await scene.join(*names)
    await scene.order("Host", "workshop start")
    for n in range(4):
        listed = [plain(text) for text in scene.room() if "Your groups" in text]
        assert len(listed) == n + 1
        assert all(name in listed[-1] for name in names) and "own" not in listed[-1]
        if n == 1:
            await scene.order("Fay", "leave")
            await scene.join("Gil")
            listed = [plain(text) for text in scene.room() if "Your groups" in text]
            assert "Gil" in listed[-1] and "Fay" not in listed[-1]
            names = (*names[:5], "Gil")
        await scene.wait(3)
        await scene.next()
    await scene.close()


@pytest.mark.parametrize("n", [4, 5, 6, 7])
@pytest.mark.parametrize("who", ["Ada", "Dan"])
async def test_a_change_of_partner_or_somebody_who_leaves_leaves_nobody_alone(
    tmp_path: Path, n: int, who: str
):
    names = ("Ada", "Bo", "Chi", "Dan", "Eve", "Fay", "Gil")[:n]
    scene = await Scene(tmp_path / "n.db", parse(BEFORE)).open()
    await scene.gathered(*names)
    await scene.next()

    async def groups() -> list[set[str]]:
        state = (await scene.session()).current
        assert state is not None
        return [set(group) for group in state.pairs.values() if group]

    me = person(who).id
    before = next(group for group in await groups() if me in group)
    await scene.order(who, "partner")
    after = next(group for group in await groups() if me in group)
    assert not (before & after) - {me}
    assert all(2 <= len(group) <= 3 for group in await groups())
    assert sum(map(len, await groups())) == n
    await scene.order(who, "now")
    others = ", ".join(name for name in names if person(name).id in after - {me})
    told = [plain(text) for text in scene.private(who)][-4:]
    assert any("You're with" in text and all(name in text for name in others.split(", ")) for text in told), (
        told
    )
    gone = next(name for name in names if person(name).id in after - {me})
    await scene.order(gone, "leave")
    assert all(2 <= len(group) <= 3 for group in await groups())
    assert sum(map(len, await groups())) == n - 1
    await scene.close()


@pytest.mark.parametrize("how", ["back", "undo"])
async def test_pairs_that_open_once_more_have_a_seat_for_all_who_are_here_now(tmp_path: Path, how: str):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.next()
    await scene.next()
    await scene.order("Ada", "leave")
    await scene.join("Eve", "Fay")
    await scene.wait(0 if how == "undo" else 3)
    await scene.order("Host", f"workshop {how}")
    groups = [people_of(group) for group in (await scene.session()).steps["talk"].pairs.values() if group]
    assert sorted(name for group in groups for name in group) == ["Bo", "Chi", "Dan", "Eve", "Fay"]
    assert all(len(group) > 1 for group in groups)
    for name in ("Eve", "Fay"):
        others = next(group for group in groups if name in group) - {name}
        assert all(other in plain(scene.private(name)[-1]) for other in others)
    await scene.close()


async def test_where_all_sit_in_threes_one_more_person_sits_with_three(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi")
    await scene.next()
    await scene.join("Dan")
    groups = [people_of(group) for group in (await scene.session()).steps["talk"].pairs.values() if group]
    assert groups == [{"Ada", "Bo", "Chi", "Dan"}]
    await scene.close()


async def test_who_just_follows_along_is_given_no_partner(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.join("Eve", reading=True)
    await scene.next()
    await scene.order("Eve", "partner")
    groups = (await scene.session()).steps["talk"].pairs.values()
    assert not any("stage:eve" in group for group in groups)
    assert "following along, so you have no partner" in scene.private("Eve")[-1]
    await scene.close()


@pytest.mark.parametrize("mode", ["", "call"])
@pytest.mark.parametrize("how", ["someone", "three"])
async def test_who_wants_company_while_others_talk_gets_a_seat_at_once(tmp_path: Path, how: str, mode: str):
    """Ada wanted to be on her own, and thinks again when the groups are there."""
    scene = await Scene(tmp_path / "p.db", parse(BEFORE)).open()
    if mode:
        await scene.order("Host", "workshop open", workshop=scene.script.id, how=mode)
        await scene.join("Ada", "Bo", "Chi", "Dan", "Eve")
        await scene.order("Host", "workshop start")
    else:
        await scene.gathered("Ada", "Bo", "Chi", "Dan", "Eve")
    await scene.order("Ada", "pair", how="alone")
    await scene.next()
    assert not any("stage:ada" in group for group in (await scene.session()).steps["talk"].pairs.values())
    for _ in range(2):  # pressed twice, she sits in one group
        await scene.order("Ada", "pair", how=how)
    groups = (await scene.session()).steps["talk"].pairs.values()
    [mine] = [group for group in groups if "stage:ada" in group]
    assert len(mine) == 3
    names = [each.removeprefix("stage:").title() for each in mine if each != "stage:ada"]
    told = plain("\n".join(scene.private("Ada")))
    assert any(f"with {one} and {other}" in told for one, other in (names, names[::-1])), told
    await scene.close()


async def test_who_sits_with_others_hears_that_a_wish_is_for_the_next_groups(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.next()
    before = (await scene.session()).steps["talk"].pairs
    await scene.order("Ada", "pair", how="alone")
    assert (await scene.session()).steps["talk"].pairs == before
    assert scene.private("Ada")[-1] == "Saved for the next groups. You're already in one right now."
    await scene.close()


async def test_who_just_follows_along_gets_no_seat_by_a_wish(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan")
    await scene.join("Eve", reading=True)
    await scene.next()
    await scene.order("Eve", "pair", how="three")
    assert not any("stage:eve" in group for group in (await scene.session()).steps["talk"].pairs.values())
    await scene.close()


async def test_each_reads_who_goes_first_and_all_of_a_group_read_the_same(tmp_path: Path):
    names = ("Ada", "Bo", "Chi", "Dan", "Eve")
    scene = await scene_of(tmp_path, *names)
    await scene.next()
    told = await names_told(scene, *names)
    session = await scene.session()
    for place, group in session.steps["talk"].pairs.items():
        first = session.people[group[0]].name
        for me in people_of(group):
            assert ("You go first." if me == first else f"{first} goes first.") in told[me]
            assert told[me].count("first") == 1
        asked = next(plain(x.text) for x in scene.stage.lines.values() if x.channel == session.places[place])
        assert f"{first} goes first." in asked
        view = [now(scene.script, session, f"stage:{me.lower()}").first for me in sorted(people_of(group))]
        assert view == ["" if me == first else first for me in sorted(people_of(group))]
    await scene.close()


BY = BEFORE.replace(
    "steps:\n",
    "steps:\n  - {id: side, kind: choice, title: Your side, minutes: 1, say: Pick one, advance: auto, SENSITIVE"
    "options: [{key: a, label: Apples}, {key: b, label: Pears}]}\n",
    1,
)


@pytest.mark.parametrize("sensitive", ["", "sensitive: true, "])
@pytest.mark.parametrize(
    ("by", "says"),
    [("different", "answered “Your side” differently"), ("same", "the same answer to “Your side”")],
)
async def test_the_rule_is_told_and_never_how_the_other_answered(
    tmp_path: Path, by: str, says: str, sensitive: str
):
    text = BY.replace("SENSITIVE", sensitive).replace("kind: pair\n", f"kind: pair\n    by: '{by}:side'\n")
    scene = await Scene(tmp_path / "p.db", parse(text)).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    for name in ("Ada", "Bo", "Chi", "Dan"):  # all alike: the rule can't hold, and the words are the same
        await scene.submit(name, "side", picks=("a",))
    await scene.next()
    await scene.next()
    session = await scene.session()
    assert session.step == "talk"
    for name in ("Ada", "Bo", "Chi", "Dan"):
        told = plain(scene.private(name)[-1])
        assert "Where I could" in told and says in told and "Apples" not in told
    await scene.close()


async def test_not_with_is_between_the_bot_and_who_says_it(tmp_path: Path):
    scene = await scene_of(tmp_path, "Host", "Ada", "Bo", "Chi")
    said_to_hosts = list(scene.private("Host"))
    await scene.order("Ada", "pair", how="not")
    assert "Who would you rather not be paired with?" in scene.private("Ada")[-1]
    await scene.order("Ada", "pair", how="not stage:host")
    await scene.order("Ada", "pair", how="not Bo")
    assert "No one else is told" in scene.private("Ada")[-1]
    assert scene.private("Host") == said_to_hosts
    await scene.next()
    groups = [people_of(group) for group in (await scene.session()).steps["talk"].pairs.values()]
    assert {"Ada", "Chi"} in groups
    await scene.close()


async def test_not_with_ones_partner_of_now_gives_another_at_once(tmp_path: Path):
    scene = await scene_of(tmp_path, "Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    await scene.next()
    groups = (await scene.session()).steps["talk"].pairs.values()
    partner = next(people_of(group) - {"Ada"} for group in groups if "stage:ada" in group).pop()
    await scene.order("Ada", "pair", how=f"not {partner}")
    after = [people_of(group) for group in (await scene.session()).steps["talk"].pairs.values()]
    assert len(next(group for group in after if "Ada" in group)) > 1
    assert not any({"Ada", partner} <= group for group in after)
    assert "Ada" not in plain(scene.private(partner)[-1])
    await scene.close()


ROUNDS = """
id: rounds
title: Rounds
about: Groups that stay.
minutes: 30
steps:
  - {id: one, kind: pair, title: One, minutes: 8, say: Talk.}
  - {id: two, kind: pair, title: Two, minutes: 8, say: Go on., group: GROUP}
"""


@pytest.mark.parametrize("kind", ["keep", "rotate"])
async def test_groups_stay_or_change_as_the_script_says(tmp_path: Path, kind: str):
    scene = await Scene(tmp_path / "p.db", parse(ROUNDS.replace("GROUP", kind))).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
    first = (await scene.session()).steps["one"].pairs
    threads = dict(scene.stage.threads)
    await scene.order("Host", "workshop remove", name="Fay")
    before = (await scene.session()).steps["one"].pairs
    await scene.next()
    session = await scene.session()
    after = {frozenset(group) for group in session.steps["two"].pairs.values()}
    same = {frozenset(group) for group in before.values() if group}
    assert {person for group in after for person in group} == {person for group in same for person in group}
    assert first and (after == same) is (kind == "keep")
    if kind == "keep":
        made = {channel for channel in scene.stage.threads if "/" in channel}
        assert made == {channel for channel in threads if "/" in channel}
        for place, group in session.steps["two"].pairs.items():
            lines = [plain(x.text) for x in scene.stage.lines.values() if x.channel == session.places[place]]
            assert "Go on." in lines[-1] or any("Go on." in line for line in lines), group
    await scene.close()
