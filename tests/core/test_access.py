"""Who may do what: the module against the table in `docs/access.md`, row by row, and every door against the module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from bot.authoring.rehearsal import START
from bot.core.access import Act, Moment, Standing, may, moment, standing
from bot.core.commands.command import Who
from bot.core.commands.command import may as refuses
from bot.core.commands.registry import TABLE
from bot.core.machine import step
from bot.core.model.effects import Say
from bot.core.model.events import CommandGiven, Joined, MessageUsedAsAnswer, Person, Posted, Submitted
from bot.core.model.facts import PersonJoined, Phase
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import PersistentMap, replace
from bot.core.model.session import HOSTS, Participant, Session
from tests.support import small

DOCS = Path(__file__).parents[2] / "docs" / "access.md"

GOING_ON = (Phase.LOBBY, Phase.RUNNING, Phase.TAIL, Phase.REVIEW)
HOLDS = {  # each condition of the table, said once more and in other words than the module says it
    "yes": lambda phase, locked, own, joined: True,
    "no": lambda phase, locked, own, joined: False,
    "door open": lambda phase, locked, own, joined: not (locked and phase in GOING_ON),
    "own": lambda phase, locked, own, joined: own,
    "joined": lambda phase, locked, own, joined: joined and phase is not Phase.NEW,
    "going on": lambda phase, locked, own, joined: phase in GOING_ON,
    "after the end": lambda phase, locked, own, joined: phase not in (Phase.NEW, Phase.LOBBY, Phase.RUNNING),
    "after the close": lambda phase, locked, own, joined: phase in (Phase.FOLLOWING, Phase.CLOSED),
}


def table() -> Mapping[tuple[str, str], list[str]]:
    """The table of the page: act and standing, and the conditions in that cell."""
    lines = [line.strip("| \n") for line in DOCS.read_text().splitlines() if line.startswith("|")]
    head = [cell.strip() for cell in lines[0].split("|")]
    cells = {}
    for line in lines[2:]:
        act, *row = [cell.strip() for cell in line.split("|")]
        assert len(row) == len(head), line
        cells |= {(act, who): cell.split(", ") for who, cell in zip(head, row, strict=True)}
    return cells


def rows() -> Iterator[tuple[Standing, Act, Moment]]:
    """Everybody, everything, at every moment."""
    yes_no = (False, True)
    for who, act, phase, locked, own, joined in product(Standing, Act, Phase, yes_no, yes_no, yes_no):
        yield who, act, Moment(phase=phase, locked=locked, own=own, joined=joined)


def test_the_module_decides_as_the_table_says():
    cells, seen = table(), 0
    for who, act, when in rows():
        said = cells[act.value, who.value]
        expected = all(HOLDS[each](when.phase, when.locked, when.own, when.joined) for each in said)
        assert may(who, act, when) is expected, f"{who.value} · {act.value} · {when}: the page says {said}"
        seen += 1
    assert seen == len(Standing) * len(Act) * len(Phase) * 8 > 8_000


def test_the_table_names_every_act_and_everybody_and_nothing_else():
    assert {act for act, _ in table()} == {act.value for act in Act}
    assert {who for _, who in table()} == {who.value for who in Standing}


ADA = PersonId("web:ada")


def session(**more) -> Session:
    ada = Participant(id=ADA, name="Ada", room=PlaceName("room:1"), **more.pop("ada"))
    return Session(id="s", people=PersistentMap({ADA: ada}), phase=Phase.RUNNING, **more)


@pytest.mark.parametrize(
    ("now", "who"),
    [
        (session(ada={}), Standing.MEMBER),
        (session(ada={"reading": True}), Standing.READER),
        (session(ada={"present": False}), Standing.LEFT),
        (session(ada={"present": False, "removed": True}), Standing.REMOVED),
        (session(ada={}, contact=ADA), Standing.CONTACT),
        (session(ada={}, companions=frozenset({ADA})), Standing.COMPANION),
        (
            session(ada={"present": False, "removed": True}, companions=frozenset({ADA}), contact=ADA),
            Standing.REMOVED,
        ),
        (session(ada={}, hosts=frozenset({ADA}), contact=ADA), Standing.HOST),
        (session(ada={"forgotten": True, "present": False}), Standing.VISITOR),
        (Session(), Standing.VISITOR),
    ],
)
def test_somebody_is_in_a_session_what_its_facts_say(now: Session, who: Standing):
    assert standing(now, ADA) is who


def test_the_host_link_makes_a_host_of_anybody():
    assert standing(Session(), ADA, host=True) is Standing.HOST


def test_somebody_who_was_removed_counts_as_gone():
    assert not moment(session(ada={"present": False, "removed": True}), ADA).joined
    assert moment(session(ada={}), ADA).joined


def test_who_left_counts_again_when_the_session_is_over():
    gone = session(ada={"present": False})
    assert not moment(gone, ADA).joined
    assert moment(replace(gone, phase=Phase.FOLLOWING), ADA).joined


# -- every command, against the table --------------------------------------------------------------

ASKED = {  # what the table says of those who may give a command; nothing: anybody with a name
    Who.ANYONE: (),
    Who.KNOWN: ("take one's own words back",),
    Who.MEMBER: ("answer, tap, and put a sign on a card",),
    Who.MEMBER_OR_HOST: (
        "answer, tap, and put a sign on a card",
        "look after people, what they say and the draft",
    ),
    Who.COMPANION: ("look after people, what they say and the draft",),
    Who.HOST: ("lead a session: open, move, end and publish it",),
}
OF_EVERYBODY = (
    "join",
    "read",
    "my",
    "forget",
)  # who is let in, and what is one's own, is decided by what they say
HOW = {  # somebody of each standing but one without a name, whom commands never come from
    Standing.VISITOR: {},
    Standing.LEFT: {"ada": {"present": False}},
    Standing.READER: {"ada": {"reading": True}},
    Standing.MEMBER: {"ada": {}},
    Standing.CONTACT: {"ada": {}, "contact": ADA},
    Standing.COMPANION: {"ada": {}, "companions": frozenset({ADA})},
    Standing.REMOVED: {"ada": {"present": False, "removed": True}},
    Standing.HOST: {"hosts": frozenset({ADA})},
}
SCRIPT = small()


def held(who: Standing, phase: Phase, *, locked: bool) -> Session:
    """A session at a moment, in which Ada stands like this."""
    how = dict(HOW[who])
    about = how.pop("ada", None)
    ada = [Participant(id=ADA, name="Ada", room=PlaceName("room:1"), **about)] if about is not None else []
    return Session(
        id="s",
        script="h",
        seed="seed",
        community="web",
        people=PersistentMap({person.id: person for person in ada}),
        places=PersistentMap({PlaceName("room:1"): "web:circle", HOSTS: "web:circle/hosts"}),
        channels=PersistentMap({"web:circle": PlaceName("room:1")}),
        rooms=(PlaceName("room:1"),),
        phase=phase,
        locked=locked,
        **how,
    )


def given(command: str) -> CommandGiven:
    args = {each.name: "1" for each in TABLE.names[command].parameters if each.required}
    who = Person(id=ADA, name="Ada")
    return CommandGiven(id="web:1", channel="web:circle", at=START, person=who, command=command, args=args)


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("who", HOW)
def test_no_command_does_what_the_table_forbids(who: Standing, locked: bool):
    cells, tried = table(), 0
    for phase, command in product(Phase, TABLE.commands):
        if phase is Phase.NEW or command.handler is None:
            continue
        now = held(who, phase, locked=locked)
        assert standing(now, ADA) is who
        when = moment(now, ADA, own=ADA in now.people)
        said = [cells[act, who.value] for act in ASKED[command.who]]
        holds = (all(HOLDS[each](phase, locked, when.own, when.joined) for each in cell) for cell in said)
        may_give = not said or any(holds)
        assert (not refuses(now, ADA, command.who)) is may_give, f"{who.value} · {command.name} · {phase}"
        if not may_give or phase not in command.phases:
            outcome = step({"h": SCRIPT}, now, given(command.name))
            assert outcome.facts == [], f"{who.value} · {command.name} · {phase}"
            assert all(isinstance(each, Say) and each.place == f"private:{ADA}" for each in outcome.effects)
        tried += 1
    assert tried > 300


@pytest.mark.parametrize("who", HOW)
def test_nobody_comes_in_or_is_heard_against_the_table(who: Standing):
    cells = table()
    base = {"id": "web:2", "channel": "web:circle", "at": START, "person": Person(id=ADA, name="Ada")}
    for phase, locked in product(Phase, (False, True)):
        if phase is Phase.NEW:
            continue
        now = held(who, phase, locked=locked)
        when = moment(now, ADA)

        def says(act: str, now: tuple = (phase, locked, True, when.joined)) -> bool:
            return all(HOLDS[each](*now) for each in cells[act, who.value])

        came = step({"h": SCRIPT}, now, Joined(**base, reading=who is not Standing.READER))
        assert any(isinstance(fact, PersonJoined) for fact in came.facts) is says("join, or read along"), (
            phase
        )
        if not says("answer, tap, and put a sign on a card"):
            tries = (
                Posted(**base, text="a line"),
                Submitted(**base, session="s", step="arrive", picks=("a5",)),
                MessageUsedAsAnswer(**base, message="web:1", text="a line"),
            )
            assert all(step({"h": SCRIPT}, now, event).facts == [] for event in tries)


def test_every_kind_of_frame_has_an_act_of_the_table():
    from bot.platforms.web.input import ACTS

    asked_elsewhere = {"say": (Act.SAY, Act.SAY_PAIR), "order": ()}  # by where it goes; by the command
    assert {do for do, act in ACTS.items() if act is None} == set(asked_elsewhere)
    assert all(isinstance(act, Act) for do, act in ACTS.items() if do not in asked_elsewhere)
