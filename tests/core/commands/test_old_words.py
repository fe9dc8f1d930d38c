"""Words of earlier releases work when typed, and say the new one once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.commands import TABLE
from bot.core.model.events import CommandGiven
from tests.support import ROOM, Scene, person

# Every command of the release before the twelve, and what it is now (voice.md, section 4).
BEFORE = {
    "pass": "skip", "writing": "more", "share": "my share", "film": "my video", "change": "my edit",
    "withdraw": "my delete", "forget": "my erase", "take": "my actions", "helpme": "help host",
    "privacy": "help privacy", "glossary": "help words", "thanked": "my thanks", "park": "my park",
    "language": "my settings language", "onebyone": "my settings one-by-one", "remind": "my settings reminders",
    "follow": "my settings follow-up", "zone": "my settings time-zone", "calendar": "my calendar",
    "coming": "rsvp", "needs": "rsvp needs", "whole": "card", "recap": "recap show", "my": "my",
    "my sheet": "my copy", "my forget": "my erase", "recognise": "recognition give", "revoke": "recognition revoke",
    "nod": "recognition approve", "recognition take": "my badges accept", "recognition decline": "my badges decline",
    "recognition explain": "my badges explain", "recognition": "recognition list",
    "workshop begin": "workshop start", "workshop extend": "workshop time", "workshop hold": "workshop hide",
    "workshop release": "workshop unhide", "workshop companion": "workshop cohost", "workshop rescue": "workshop say",
    "workshop who": "workshop panel", "workshop room": "workshop add-room", "workshop publish": "recap publish",
    "review owner": "recap assign", "review draft": "recap preview", "review report": "recap summary",
    "review pack": "recap download", "review board": "workshop screen", "review thread": "recap theme",
    "review postpone": "recap delay", "schedule check": "schedule prepare", "schedule companion": "schedule cohost",
    "schedule change": "schedule edit",
}  # fmt: skip
# These kept their word: some are on no list any more, and are still taken.
KEPT = (
    "join", "read", "leave", "now", "catchup", "answer", "pick", "react", "report", "pair", "partner", "for",
    "approve", "decline", "thanks", "endorse", "progress", "help", "my name", "my data", "my badges",
    "workshop start", "workshop list", "workshop try", "workshop next", "workshop undo", "workshop back",
    "workshop pause", "workshop resume", "workshop remove", "workshop apart", "workshop lock", "workshop unlock",
    "workshop takeover", "workshop contact", "workshop close", "workshop end", "schedule add", "schedule list",
    "schedule show", "schedule move", "schedule skip", "schedule pause", "schedule resume", "schedule cancel",
    "schedule contact", "schedule confirm", "schedule drop", "schedule choose", "schedule here", "schedule begin",
    "schedule wait",
)  # fmt: skip

SCRIPT = """
id: small
title: Small
about: A small one.
minutes: 5
steps:
  - {id: line, kind: open, title: A line, say: "What is new?", minutes: 2}
  - {id: other, kind: open, title: Another, say: "What else?", minutes: 2}
"""


@pytest.mark.parametrize("word", [*BEFORE, *KEPT])
@pytest.mark.parametrize("mark", ["/", "!"])
def test_every_old_word_is_still_a_command(word: str, mark: str):
    parsed = TABLE.parse(f"{mark}{word} 1 1", mark) or TABLE.parse(f"{mark}{word}", mark)
    assert parsed is not None
    command = parsed.command or getattr(TABLE.get(word), "name", "")
    assert command == BEFORE.get(word, word)


@pytest.fixture
async def scene(tmp_path: Path) -> Scene:
    scene = await Scene(tmp_path / "s.db", parse(SCRIPT)).open()
    await scene.gathered("Ada", "Bo")
    await scene.next()
    return scene


async def typed(scene: Scene, name: str, line: str) -> list[str]:
    """What somebody is told in private when they type a command."""
    before = len(scene.private(name))
    parsed = TABLE.parse(line)
    assert parsed is not None and not parsed.fault
    await scene.happen(
        CommandGiven(
            id="",
            channel=ROOM,
            at=scene.clock.now(),
            person=person(name),
            command=parsed.command,
            args=dict(parsed.args),
            old=parsed.old,
        )
    )
    return scene.private(name)[before:]


async def test_an_old_word_says_the_new_one_once_to_each_person(scene: Scene):
    assert "That's now /skip." in await typed(scene, "Ada", "/pass")
    assert not any("That's now" in line for line in await typed(scene, "Ada", "/pass"))
    assert "That's now /skip." in await typed(scene, "Bo", "/pass")
    assert "That's now /help host." in await typed(scene, "Ada", "/helpme")
    assert not any("That's now" in line for line in await typed(scene, "Bo", "/skip"))
    await scene.close()


async def test_privacy_details_are_there_before_one_joins(scene: Scene):
    told = await typed(scene, "Zed", "/help details")
    assert any("Privacy details" in line and "technically read the database" in line for line in told)
    assert person("Zed").id not in (await scene.session()).people
    await scene.close()
