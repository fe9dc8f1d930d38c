"""The law of masked taps: whatever is published, whoever tapped could have tapped otherwise.

For each tap of a sensitive step there is another session, in which that person tapped otherwise, and of which the same is
published up to any moment: what rooms and hosts are told, boards, panels, pictures, and the recap in every form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import Phase as Hunt
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.loader import parse
from bot.authoring.rehearsal import START
from bot.core.machine import step
from bot.core.model.effects import Edit, Say
from bot.core.model.events import CommandGiven, Event, Joined, Person, Submitted
from bot.core.model.evolve import evolve
from bot.core.model.facts import Opened, Phase
from bot.core.model.ids import PersonId
from bot.core.model.masked_count import MaskedCount, Unsaid, masked
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Choice, Scale, Step
from bot.core.platform import Capabilities
from bot.core.steps.diagrams import picture
from bot.core.steps.taps import is_sensitive
from bot.core.views.board import board
from bot.core.views.host_panel import panel
from bot.core.views.recap import recap
from bot.render.cards import draw
from bot.render.diagrams import draw as drawn
from bot.render.diagrams.alt_text import alt_text
from bot.render.recap.exports import as_csv, markdown
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from bot.render.recap.report import lines as report_lines
from bot.render.recap.report import page as report_page
from bot.render.recap.report import report
from bot.render.recap.summary import summary
from bot.render.recap.text import text as recap_text
from bot.render.video.storyboard import board as film
from bot.render.video.storyboard import slides

WORKSHOP = """
id: masked
title: Masked
about: Taps that nobody is to be known by.
language: en
minutes: 30
review_hours: 1
tail_hours: 1
audience: AUDIENCE
contact: Maya
second_contact: Noor
help_text: Call 116 111.
pictures: [bars:most, "wheel:spokes", "joined:stand"]
steps:
  - {id: stand, kind: choice, title: Where I stand, minutes: 2, read_minutes: 1, sensitive: true, say: One tap.,
     options: [{key: old, label: Old}, {key: new, label: New}, {key: edge, label: Edge}]}
  - {id: goal, kind: choice, title: Where I would stand, minutes: 2, read_minutes: 1, sensitive: true, say: "Most: {stand.top|nothing said}",
     attach: "bars:stand", options: [{key: old, label: Old}, {key: new, label: New}, {key: edge, label: Edge}]}
  - {id: spokes, kind: scale, title: Spokes, minutes: 2, read_minutes: 1, sensitive: true, say: "A number each, please.",
     attach: "joined:stand", items: [{key: trust, label: Trust}, {key: pace, label: Pace}, {key: rest, label: Rest}]}
  - {id: most, kind: choice, title: More of, minutes: 2, read_minutes: 1, sensitive: true, most: 2, say: "Widest: {spokes.widest|nothing said}",
     attach: "radar:spokes",
     options: [{key: trust, label: Trust}, {key: pace, label: Pace}, {key: rest, label: Rest}]}
  - {id: again, kind: scale, title: Spokes again, minutes: 2, read_minutes: 1, sensitive: true, again: spokes, say: "Once more, please."}
  - {id: only, kind: message, title: Only some rooms, minutes: 1, attach: "radar:again", say: Read this.,
     when: 'share("stand", "old") >= 0.5 or median("spokes", "pace") > 3 or top("goal") == "new"'}
  - {id: end, kind: message, title: The end, minutes: 1, say: Thank you.}
"""
ASKED = ("stand", "goal", "spokes", "most", "again")
HOST = Person(id=PersonId("stage:host"), name="Host")
Taps = tuple[str, ...]


@cache
def script(audience: str = "adults") -> Script:
    """A workshop in which all that is tapped is masked."""
    return parse(WORKSHOP.replace("AUDIENCE", audience), "masked.yaml")


def sensitive() -> list[Step]:
    """The steps that the law is about."""
    return [each for each in script().all_steps if is_sensitive(each)]


@dataclass(frozen=True)
class Tap:
    """Somebody taps: in the step that is open, or (`late`) in one that is closed."""

    person: int
    step: str
    picks: Taps
    late: bool = False


@dataclass(frozen=True)
class Evening:
    """A session as it went: how many there were, and what they tapped, in its order."""

    people: int
    taps: tuple[Tap, ...]
    again: str = ""  # the step that a host opens once more


class Told:
    """Plays an evening, and keeps all that is published of it, moment after moment."""

    def __init__(self, evening: Evening, apart: frozenset[int]) -> None:
        self.evening = evening
        self.apart = frozenset(f"private:stage:p{n}" for n in apart)  # who knows what they tapped themselves
        self.script = script()
        self.session = evolve(Session(), _opened())
        self.now, self.count = START, 0
        self.said: list[object] = []
        self._play()

    def hear(self, event: Event) -> None:
        outcome = step({"h": self.script}, self.session, event)
        self.session = outcome.after
        for effect in outcome.effects:
            if isinstance(effect, Say | Edit) and effect.place not in self.apart:
                posts = draw(effect.card, self.script, self.session, Capabilities(limit=4000))
                self.said.append((effect.place, effect.name, posts))
        for wake in [each for each in outcome.effects if type(each).__name__ == "Wake"]:
            self.said.append(wake)
        self.look()

    def look(self) -> None:
        """What somebody who asks again and again is shown."""
        seen = board(self.script, self.session)
        self.said.append((replace(seen, spread=()), [(label, *values(n)) for label, n in seen.spread]))
        hosts = panel(self.script, self.session)
        named = {"waiting": hosts.waiting, "people": hosts.people, "needs_help": hosts.needs_help}
        self.said.append(replace(hosts, **dict.fromkeys(named, ())))
        self.said.append({what: [each.name for each in people] for what, people in named.items()})
        for asked in self.script.all_steps:
            if asked.attach is not None and asked.id in self.session.steps:
                found = picture(self.script, self.session, asked.attach)
                self.said.append((drawn(found), alt_text(found)) if found is not None else None)
        if not self.session.live:
            self.said.append(tuple(recaps(self.script, self.session)))

    def order(self, command: str, **args: str) -> None:
        self.hear(CommandGiven(**self.base(), person=HOST, command=command, args=args))

    def base(self) -> dict:
        self.count += 1
        self.now += timedelta(seconds=20)
        return {"id": f"stage:{self.count}", "channel": "stage:circle", "at": self.now}

    def tap(self, tap: Tap) -> None:
        who = Person(id=PersonId(f"stage:p{tap.person}"), name=f"P{tap.person}")
        self.hear(Submitted(**self.base(), person=who, session="s", step=tap.step, picks=tap.picks))

    def _play(self) -> None:
        for n in range(self.evening.people):
            who = Person(id=PersonId(f"stage:p{n}"), name=f"P{n}")
            self.hear(Joined(**self.base(), person=who, private=f"stage:circle/~p{n}"))
        self.order("workshop start")
        reopened = False
        for _ in range(40):
            if self.session.phase is not Phase.RUNNING:
                break
            here, state = self.session.step, self.session.steps[self.session.step]
            for tap in self.evening.taps:  # in time; or while the others read, or when it is open once more
                if tap.step == here and tap.late is (state.closed or len(state.visits) > 1):
                    self.tap(tap)
            self.order("workshop next")
            if state.closed and here == self.evening.again and not reopened:
                reopened = True
                self.order("workshop back")
        for tap in self.evening.taps:
            if tap.late:
                self.tap(tap)
        self.order("workshop end")
        self.order("workshop publish")
        for tap in self.evening.taps:
            if tap.late:
                self.tap(tap)


def _opened() -> Opened:
    return Opened(
        at=START,
        session="s",
        community="stage",
        script="h",
        rooms=("stage:circle",),
        hosts_channel="stage:circle/hosts",
        host=PersonId(HOST.id),
        seed="seed",
    )


def values(n: int) -> tuple:
    """All that a number in a view can tell."""
    return (int(n), str(n), n.drawn) if isinstance(n, MaskedCount) else (n,)


def recaps(script: Script, session: Session) -> Iterator[object]:
    """The recap in each form in which it is taken along."""
    view = recap(script, session, draft=True)
    yield as_json(view, "en")
    yield as_csv(view)
    yield markdown(view)
    yield recap_text(view)
    yield page(script, session)
    yield summary(view)
    yield [(scene.svg, scene.caption) for scene in (*film(script, session), *slides(script, session))]
    weeks = report(START, START + timedelta(days=9), [(script, session)])
    yield report_page(weeks)
    yield report_lines(weeks)


def told(evening: Evening, *apart: int) -> list[object]:
    return Told(evening, frozenset(apart)).said


def others(evening: Evening, nth: int) -> Iterator[tuple[Evening, int]]:
    """Sessions in which the person of the nth tap tapped otherwise, and who else did."""
    tap = evening.taps[nth]
    for picks in otherwise(tap):
        taps = (*evening.taps[:nth], replace(tap, picks=picks), *evening.taps[nth + 1 :])
        yield replace(evening, taps=taps), tap.person
    for there, other in enumerate(evening.taps):  # two of them exchanged one tap
        if other.step == tap.step and other.person != tap.person and other.picks != tap.picks:
            changed = {nth: other.picks, there: tap.picks}
            taps = tuple(
                replace(each, picks=changed.get(n, each.picks)) for n, each in enumerate(evening.taps)
            )
            yield replace(evening, taps=taps), other.person
    for whom in range(evening.people):  # or all that they tapped
        mine = [each for each in evening.taps if each.step == tap.step and each.person == tap.person]
        theirs = [each for each in evening.taps if each.step == tap.step and each.person == whom]
        if whom == tap.person or len(mine) != len(theirs):
            continue
        given = {tap.person: [t.picks for t in theirs], whom: [t.picks for t in mine]}
        taps = tuple(
            replace(each, picks=given[each.person].pop(0))
            if each.step == tap.step and each.person in given
            else each
            for each in evening.taps
        )
        if taps[nth].picks != tap.picks:
            yield replace(evening, taps=taps), whom


def otherwise(tap: Tap) -> Iterator[Taps]:
    asked = script().step(tap.step)
    if isinstance(asked, Choice):
        for option in asked.options:
            if (option.key,) != tap.picks:
                yield (option.key,)
    elif isinstance(asked, Scale):
        for number in "12345?":
            picks = tuple(f"{pick.partition('=')[0]}={number}" for pick in tap.picks)
            if picks != tap.picks:
                yield picks


def could_be_otherwise(evening: Evening, nth: int) -> bool:
    person = evening.taps[nth].person
    return any(
        told(other, person, whom) == told(evening, person, whom) for other, whom in others(evening, nth)
    )


NUMBERS = st.sampled_from("1223455?")
PICKS: Mapping[str, st.SearchStrategy[Taps]] = {
    "choice": st.sampled_from([("old",), ("old",), ("old",), ("new",), ("edge",)]),
    "most": st.sampled_from([("trust",), ("trust", "pace"), ("rest",), ("pace", "rest")]),
    "scale": st.tuples(NUMBERS, NUMBERS, NUMBERS).map(
        lambda n: tuple(f"{key}={value}" for key, value in zip(("trust", "pace", "rest"), n, strict=True))
    ),
}


@st.composite
def evenings(draw_: st.DrawFn) -> Evening:
    """Sessions of few people and of some more, with late taps, and a step that is opened once more."""
    people = draw_(st.integers(4, 11))
    taps = []
    for key in draw_(st.sets(st.sampled_from(ASKED), min_size=1)):
        kind = "scale" if key in ("spokes", "again") else "most" if key == "most" else "choice"
        alike = draw_(st.booleans()) and draw_(PICKS[kind])  # all, or nearly all, tap the same
        who = draw_(st.permutations(range(people)))[: draw_(st.integers(3, people))]
        for n, person in enumerate(who):
            picks = alike if alike and n else draw_(PICKS[kind])
            taps.append(Tap(person, key, picks))
        for person in draw_(st.lists(st.integers(0, people - 1), max_size=2, unique=True)):
            taps.append(Tap(person, key, draw_(PICKS[kind]), late=True))
    again = draw_(st.sampled_from(["", *{tap.step for tap in taps}]))
    return Evening(people, tuple(sorted(taps, key=lambda tap: ASKED.index(tap.step))), again)


@settings(max_examples=12, deadline=None, phases=(Hunt.explicit, Hunt.reuse, Hunt.generate))
@given(evenings(), st.data())
def test_whoever_tapped_could_have_tapped_otherwise(evening: Evening, data: st.DataObject):
    nth = data.draw(st.integers(0, len(evening.taps) - 1))
    assert could_be_otherwise(evening, nth), evening.taps[nth]


def test_the_law_notices_where_nothing_is_masked():
    taps = tuple(Tap(n, "stand", ("old",)) for n in range(5))
    assert could_be_otherwise(Evening(5, taps), 0)
    script.cache_clear()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(globals(), "WORKSHOP", WORKSHOP.replace("sensitive: true, ", ""))
            assert sensitive() == []
            assert not could_be_otherwise(Evening(5, taps), 0)
    finally:
        script.cache_clear()


@pytest.mark.parametrize("people", range(4, 13))
@pytest.mark.parametrize("options", [2, 3, 4])
def test_not_even_one_who_tapped_can_tell_what_another_tapped(people: int, options: int):
    """Of every way in which so many can tap one of these options, for everybody who looks and everybody else."""
    ways: dict[tuple, list[tuple[int, ...]]] = {}
    for counts in product(range(people + 1), repeat=options):
        if sum(counts) == people:
            said = tuple(map(values, masked(dict(enumerate(counts)), people).values()))
            ways.setdefault(said, []).append(counts)
    for alike in ways.values():
        for counts in alike:
            for mine, theirs in product(range(options), repeat=2):
                if counts[mine] - (mine == theirs) < 1 or counts[theirs] < 1:
                    continue
                assert any(
                    other[mine] >= 1 and other[elsewhere] - (mine == elsewhere) >= 1
                    for other in alike
                    for elsewhere in range(options)
                    if elsewhere != theirs
                ), (counts, mine, theirs)


@pytest.mark.parametrize(("counts", "said"), [
    ((5, 4, 3, 0), (5, 4, None, None)),
    ((6, 5, 1), (6, None, None)),
    ((5, 4, 4), (5, 4, 4)),
    ((8, 0, 0), (None, None, None)),
    ((7, 1, 0), (None, None, None)),
    ((5, 3), (None, None)),
])  # fmt: skip
def test_none_to_three_read_alike_and_one_alone_is_not_hidden(
    counts: Sequence[int], said: Sequence[int | None]
):
    shown = masked(dict(enumerate(counts)), sum(counts))
    assert tuple(None if isinstance(n, Unsaid) else int(n) for n in shown.values()) == said
    assert len({values(n) for n in shown.values() if isinstance(n, Unsaid)}) <= 1


@pytest.mark.parametrize("again", ["", "stand"])
def test_what_is_said_of_a_sensitive_step_never_changes(again: str):
    early = [Tap(n, "stand", ("old" if n < 5 else "new",)) for n in range(10)]
    late = [Tap(n, "stand", ("edge",), late=True) for n in range(3)]
    first, second = (told(Evening(10, (*early, *more), again), 0, 1, 2) for more in ((), late))
    spreads = [
        [
            seen[1]
            for seen in said
            if isinstance(seen, tuple) and len(seen) == 2 and isinstance(seen[1], list) and seen[1]
        ]
        for said in (first, second)
    ]
    assert {str(each) for each in spreads[0]} == {str(each) for each in spreads[1]} != set()


def test_every_tap_of_young_people_is_sensitive():
    young = script("under_18")
    assert [each.id for each in young.all_steps if is_sensitive(each)] == list(ASKED)
    plain = parse(WORKSHOP.replace("AUDIENCE", "under_18").replace("sensitive: true, ", ""), "masked.yaml")
    assert [each.id for each in plain.all_steps if is_sensitive(each)] == list(ASKED)
