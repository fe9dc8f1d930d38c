"""Who may do what: the module against the table in `docs/access.md`, row by row, and every door against the module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from bot.core.access import Act, Moment, Standing, may, moment, standing
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import PersistentMap
from bot.core.model.session import Participant, Session

DOCS = Path(__file__).parents[2] / "docs" / "access.md"

GOING_ON = (Phase.LOBBY, Phase.RUNNING, Phase.TAIL, Phase.REVIEW)
HOLDS = {  # each condition of the table, said once more and in other words than the module says it
    "yes": lambda phase, locked, own, joined: True,
    "no": lambda phase, locked, own, joined: False,
    "door open": lambda phase, locked, own, joined: not (locked and phase in GOING_ON),
    "own": lambda phase, locked, own, joined: own,
    "joined": lambda phase, locked, own, joined: joined and phase is not Phase.NEW,
    "going on": lambda phase, locked, own, joined: phase in GOING_ON,
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
