"""Every command and every button, twice and late, by everybody who may try it, at every moment of a session.

The list is made from the registry and from what cards show, so a new command or button is held to the same: the
second of two like orders changes nothing, and whoever gives an order is told something each time.
"""

from __future__ import annotations

from datetime import timedelta
from pprint import pformat

import pytest

from bot.commands import TABLE, parse
from bot.core import machine
from bot.core.commands.command import Shown
from bot.core.model import facts as f
from bot.core.model.effects import DeliverFile, Edit, Say
from bot.core.model.events import CommandGiven, Event, Person
from bot.core.model.script import Script
from bot.core.model.session import HOSTS, Session, private_place
from bot.core.platform import Capabilities
from bot.core.turn import Outcome
from bot.render.cards import draw
from tests.core.commands.moments import Moment, moments
from tests.core.commands.test_every_command import HOST, PEOPLE, lines
from tests.support import ROOM, person

# What was shown to whom is written down each time, so that it can follow what people do with their words.
SHOWING = (f.ToldOnce, f.WordsShown)
# These answer with a list, or a room of their own, outside of the session.
OUTSIDE = ("workshop open", "workshop try", "workshop list")
# Two more minutes count from the moment at which somebody says that they are writing.
FROM_NOW = {"more": f.Writing}


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    import asyncio

    return asyncio.run(moments(tmp_path_factory.mktemp("moments")))


def given(session: Session, name: str, command: str, args: dict[str, str], again: int, button: bool) -> Event:
    """An order, as it comes the first time or, under another id and 700 ms later, again."""
    who: Person = person(name)
    order = CommandGiven(
        id=f"stage:again{again}",
        channel=ROOM,
        at=session.at + timedelta(seconds=5, milliseconds=700 * again),
        person=who,
        command=command,
        args=args,
        host=name == HOST,
        seed="seed",
        private=f"{ROOM}/~{name.lower()}",
        session=session.id if button else "",
    )
    return TABLE.event(order)


def told(outcome: Outcome[f.Fact, Session], name: str) -> bool:
    """True if whoever gave an order reads something of what came of it, there or in the room."""
    mine = (private_place(person(name).id), HOSTS if name in (HOST, "Co") else "", *outcome.after.rooms)
    return any(
        isinstance(effect, DeliverFile) or (isinstance(effect, Say | Edit) and effect.place in mine)
        for effect in outcome.effects
    )


def twice(
    script: Script, session: Session, name: str, line: str, *, button: bool = False
) -> tuple[list[str], Outcome[f.Fact, Session]]:
    """What is wrong with an order that is given twice, and what it came to the first time."""
    parsed = parse(f"/{line}")
    assert parsed is not None and not parsed.fault, line
    scripts, args = {session.script: script}, dict(parsed.args)
    first = machine.step(scripts, session, given(session, name, parsed.command, args, 0, button))
    event = given(session, name, parsed.command, args, 1, button)
    second = machine.step(scripts, first.after, event)
    fresh = [
        fact
        for fact in second.facts
        if not isinstance(fact, SHOWING) and not isinstance(fact, FROM_NOW.get(parsed.command, ()))
    ]
    faults = []
    if fresh:
        faults.append(f"heard twice: {[type(fact).__name__ for fact in fresh]}")
    if parsed.command not in OUTSIDE:
        if not first.facts and not told(first, name):
            faults.append("nothing was said")
        if not told(second, name):
            faults.append("nothing was said of the second")
    return faults, first


def buttons(script: Script, outcome: Outcome[f.Fact, Session]) -> set[tuple[str, str]]:
    """The buttons on what an order came to, each with the place where it stands."""
    found: set[tuple[str, str]] = set()
    for effect in outcome.effects:
        if isinstance(effect, Say | Edit):
            for post in draw(effect.card, script, outcome.after, Capabilities(limit=4000)):
                found |= {(effect.place, button.command) for button in post.buttons}
    return found


def test_every_command_given_twice_comes_to_what_it_comes_to_once(there: list[Moment]) -> None:
    faults: dict[str, dict[str, list[str]]] = {}
    for line in lines():
        for moment, script, session in there:
            for name in PEOPLE:
                for fault in twice(script, session, name, line)[0]:
                    faults.setdefault(line, {}).setdefault(fault, []).append(f"{moment}: {name}")
    assert not faults, pformat(faults, width=200)


def test_every_button_pressed_twice_and_late_comes_to_what_it_comes_to_once(there: list[Moment]) -> None:
    faults: dict[str, dict[str, list[str]]] = {}
    shown: set[str] = set()
    ever: set[str] = set()
    for moment, script, session in there:
        if moment == "days: over days":
            shown.clear()  # another workshop
        for line in lines():
            for name in PEOPLE:
                _, outcome = twice(script, session, name, line)
                shown |= {command for _, command in buttons(script, outcome)}
        ever |= {line.split()[0] for line in shown}
        for line in sorted(shown):
            for name in PEOPLE:
                for fault in twice(script, session, name, line, button=True)[0]:
                    faults.setdefault(line, {}).setdefault(fault, []).append(f"{moment}: {name}")
    assert len(ever) > 8, ever
    assert not faults, pformat(faults, width=200)


def test_every_command_that_can_be_typed_is_given_here() -> None:
    given_here = {parse(f"/{line}").command for line in lines()}  # type: ignore[union-attr]
    missing = {
        row.name
        for row in TABLE.commands
        if Shown.TYPED in row.shown and row.name not in given_here and row.handler is not None
    }
    assert not missing
