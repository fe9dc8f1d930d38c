"""What every command comes to, for everybody who may try it, at every moment of a session.

`every_command.yaml` keeps the answers: for each line, what is said and becomes true, and under it at which moments
and for whom. `scripts/test tests/core/commands --update` writes what was seen into the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.commands import COMMANDS, parse
from bot.core import machine
from bot.core.commands.command import Shown
from bot.core.model.effects import Edit, Say
from bot.core.model.events import CommandGiven
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.platform import Capabilities
from bot.render.cards import draw
from bot.render.i18n import translated
from tests.core.commands.moments import Moment, moments
from tests.support import ROOM, person, plain

GOLDEN = Path(__file__).parent / "every_command.yaml"

HOST, CO_HOST, TAKING_PART, FOLLOWING, GONE, STRANGER = "Host", "Co", "Ada", "Cy", "Lea", "Zed"
PEOPLE = (HOST, CO_HOST, TAKING_PART, FOLLOWING, GONE, STRANGER)

# What is typed in place of "word"; a line for each.
LINES: Mapping[str, tuple[str, ...]] = {
    "pick": ("pick 1", "pick 9"),
    "react": ("react 1 heart", "react 9 heart"),
    "card": ("card 1", "card 9"),
    "report": ("report", "report 1"),
    "pair": ("pair three", "pair word"),
    "for": ("for Bo: a line", "for Nobody: a line"),
    "my settings language": ("my settings language de", "my settings language xx"),
    "my settings one-by-one": ("my settings one-by-one", "my settings one-by-one no"),
    "my settings reminders": ("my settings reminders", "my settings reminders no"),
    "my settings follow-up": ("my settings follow-up", "my settings follow-up no"),
    "my badges accept": ("recognition take", "my badges accept storyteller"),
    "my badges decline": ("my badges decline storyteller",),
    "recognition give": ("recognition give Ada: storyteller", "recognition give Nobody: storyteller"),
    "recognition revoke": ("recognition revoke Ada: storyteller because", "recognition revoke word"),
    "recognition approve": ("recognition approve 1", "recognition approve 1 storyteller", "recognition approve 9"),
    "thanks": ("thanks", "thanks Bo: for the tea", "thanks word"),
    "my thanks": ("my thanks 1 name", "my thanks 9 back"),
    "endorse": ("endorse 1: me too", "endorse word"),
    "my": ("my", "my words", "my sheet", "my data", "my badges", "my badges name", "my name Ida", "my name",
           "my consent 1 name", "my share 1 no", "my withdraw 1", "my word"),
    "my share": ("my share 1 name", "my share 1 word", "my share 9 no"),
    "my video": ("my video 1", "my video 1 no"),
    "my edit": ("my edit 1 new words", "my edit 9 new words"),
    "my delete": ("my delete 1", "my delete 9"),
    "my erase": ("my erase", "my erase confirm", "my erase confirm keep badges"),
    "my actions": ("my actions", "my actions 1", "my actions 1 7"),
    "progress": ("progress done", "progress word"),
    "workshop add-room": ("workshop add-room stage:other", "workshop add-room word"),
    "workshop next": ("workshop next", "workshop next 9999"),
    "workshop time": ("workshop time", "workshop time 5"),
    "workshop remove": ("workshop remove Bo", "workshop remove Nobody"),
    "workshop hide": ("workshop hide 1", "workshop hide 9"),
    "workshop unhide": ("workshop unhide 1",),
    "workshop cohost": ("workshop cohost Bo", "workshop cohost Nobody"),
    "workshop contact": ("workshop contact Bo", "workshop contact Nobody"),
    "recap assign": ("recap assign 1 Bo", "recap assign word"),
    "workshop apart": ("workshop apart Ada, Bo", "workshop apart word"),
    "workshop say": ("workshop say silence", "workshop say word"),
    "recap theme": ("recap theme It rained.", "recap theme 1 no"),
    "recap summary": ("recap summary", "recap summary 30"),
}  # fmt: skip
ELSEWHERE = (
    "schedule ",
    "rsvp",
    "my settings time-zone",
    "my calendar",
    "help privacy",
)  # never reach a session


def lines() -> list[str]:
    """What is typed: each command of a session with words that it takes, and one that is none."""
    typed = []
    for command in COMMANDS:
        if not command.name.startswith(ELSEWHERE):
            words = " ".join("word" for parameter in command.parameters if parameter.required)
            typed += LINES.get(command.name, (f"{command.name} {words}".strip(),))
    return typed


def shown(item: Any) -> str:
    """The fields of a record that say something, without the names of classes and without moments."""
    if is_dataclass(item) and not isinstance(item, type):
        parts = {each.name: getattr(item, each.name) for each in fields(item)}
        said = (
            f"{key}={shown(part)}"
            for key, part in parts.items()
            if key not in UNSAID and part not in (None, "")
        )
        return f"({', '.join(said)})"
    if isinstance(item, Enum):
        return str(item.value)
    if isinstance(item, datetime):
        return "a moment"
    if isinstance(item, tuple | list):
        return f"[{', '.join(map(shown, item))}]"
    if isinstance(item, set | frozenset):
        return f"[{', '.join(sorted(map(shown, item)))}]"
    if isinstance(item, Mapping):
        return f"[{', '.join(f'{key}: {shown(part)}' for key, part in item.items())}]"
    return str(item)


DIGEST = re.compile(r"forgotten:[0-9a-f]{12}")
UNSAID = ("at", "because", "priority", "ping", "seed", "about")


def seen(script: Script, session: Session, event: CommandGiven) -> tuple[str, ...]:
    """What an event comes to, line by line."""
    outcome = machine.step({session.script: script}, session, event)
    said = [f"fact {shown(fact)}" for fact in outcome.facts]
    for effect in outcome.effects:
        if not isinstance(effect, Say | Edit):
            said.append(f"effect {shown(effect)}")
            continue
        posts = draw(effect.card, script, outcome.after, Capabilities(limit=4000))
        text = " / ".join(line for post in posts for line in post.text.split("\n") if line)
        buttons = "".join(f" [{button.command}]" for post in posts for button in post.buttons)
        again = " again" if isinstance(effect, Edit) else ""
        said.append(f"{effect.place}{again}: {text}{buttons}")
    me = re.compile(rf"{event.person.id}\b|\b{event.person.name}\b")
    return tuple(DIGEST.sub("forgotten:…", me.sub("(me)", plain(line))) for line in said)


def everything(there: list[Moment]) -> dict[str, list[dict[str, Any]]]:
    """For each line what it comes to, and when and for whom."""
    golden: dict[str, list[dict[str, Any]]] = {}
    typed = [*((line, parse(f"/{line}")) for line in lines()), ("no such command", None)]
    for line, parsed in typed:
        assert parsed is None or not parsed.fault, parsed
        found: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for moment, script, session in there:
            for name in PEOPLE:
                event = CommandGiven(
                    id="stage:e",
                    channel=ROOM,
                    at=session.at + timedelta(seconds=1),
                    person=person(name),
                    command=parsed.command if parsed else line,
                    args=parsed.args if parsed else {},
                    host=name == HOST,
                    seed="seed",
                    private=f"{ROOM}/~{name.lower()}",
                )
                found.setdefault(seen(script, session, event), {}).setdefault(moment, []).append(name)
        golden[line] = [{"see": list(said), "for": grouped(when, len(there))} for said, when in found.items()]
    return golden


def grouped(when: Mapping[str, list[str]], most: int) -> dict[str, str]:
    """For whom, and at which moments."""
    groups: dict[str, list[str]] = {}
    for moment, names in when.items():
        groups.setdefault("everybody" if len(names) == len(PEOPLE) else " ".join(names), []).append(moment)
    return {names: "always" if len(held) == most else "; ".join(held) for names, held in groups.items()}


async def test_every_command_is_answered_as_before(tmp_path: Path, request: pytest.FixtureRequest):
    golden = everything(await moments(tmp_path))
    if request.config.getoption("--update"):
        GOLDEN.write_text(
            yaml.safe_dump(golden, allow_unicode=True, sort_keys=False, width=160), encoding="utf-8"
        )
    before = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    assert list(golden) == list(before)
    for line, outcomes in golden.items():
        assert outcomes == before[line], f"after /{line}"


def test_no_group_of_commands_is_larger_than_discord_takes():
    """One command more, and Discord refuses all of them (Application Commands: at most 25 options)."""
    groups = Counter(
        row.name.split()[0] for row in COMMANDS if Shown.REGISTERED in row.shown and " " in row.name
    )
    assert max(groups.values()) <= 25, groups.most_common(3)
    assert len({row.name.split()[0] for row in COMMANDS if Shown.REGISTERED in row.shown}) <= 100


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/workshop", "/workshop needs one more word, such as /workshop open"),
        ("/workshop nxt", "I don't know /workshop nxt. Did you mean /workshop next?"),
        ("/schedule mvoe abc", "I don't know /schedule mvoe. Did you mean /schedule move?"),
    ],
)
def test_the_first_word_of_a_group_alone_or_with_a_wrong_second_one(line: str, said: str):
    parsed = parse(line)
    assert parsed is not None and parsed.near and said in translated(parsed.fault)


def test_schedule_alone_lists_what_is_planned():
    parsed = parse("/schedule")
    assert parsed is not None and parsed.command == "schedule list" and not parsed.fault
