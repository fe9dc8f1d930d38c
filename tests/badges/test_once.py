"""A role and a badge are given once, whenever the process is killed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from bot.authoring.loader import parse
from bot.badges.award import Community
from bot.badges.issuer import BadgeIssuer
from bot.badges.showcase import BadgeShowcase
from bot.core.model.facts import Phase
from bot.engine.session_repository import SessionRepository
from bot.store.engine import read
from tests.engine.test_crash import through
from tests.support import SMALL, Scene

SCRIPT = parse(
    SMALL
    + """
badge: {name: Small Story, statements: [I told one moment]}
recognition:
  - {earn: story, role: Storyteller, badge: true}
""",
    "small.yaml",
)
SCENARIO: list[tuple] = [
    ("order", "Host", "workshop open", {"workshop": "small"}),
    ("join", "Ada"),
    ("order", "Host", "workshop start", {}),
    ("order", "Host", "workshop next", {"leaving": "3"}),
    ("order", "Host", "workshop next", {"leaving": "6"}),
    ("submit", "Ada", "tale", {"moment": "It rained."}),
    ("order", "Host", "workshop end", {}),
    ("order", "Ada", "share", {"answer": "1", "how": "name"}),
    ("order", "Ada", "my badges accept", {"which": "storyteller"}),
    ("wait", 25 * 3600),
    ("order", "Ada", "my", {"what": "badges", "how": "name"}),
]


async def look(scene: Scene) -> tuple[Any, ...]:
    """Who has which role, and which badges there are, with a number each."""
    rows = await read(scene.store.engine, "SELECT nth, id, person, revoked, body != '' FROM badge")
    return {who: set(held) for who, held in scene.stage.roles.items()}, rows


async def test_a_crash_at_any_await_gives_exactly_one_role_and_one_badge(tmp_path: Path) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)

    def badges(scene: Scene, store: Any, sessions: SessionRepository) -> BadgeIssuer:
        return BadgeIssuer(
            store,
            tmp_path / "keys",
            scene.clock,
            BadgeShowcase(
                store,
                Community(name="Garden"),
                link=lambda badge: f"https://circle.example.org/badge/{badge}",
                load=sessions.load,
            ),
        )

    whole = tmp_path / "whole.db"
    expected, moments = await through(whole, scenario=SCENARIO, script=SCRIPT, badges=badges, look=look)
    roles, [(_, _, person, revoked, signed)] = expected[2]
    assert moments > 60 and expected[0][0] is Phase.CLOSED and roles == {"stage:ada": {"Storyteller"}}
    assert (person, revoked, signed) == ("stage:ada", 0, 1)
    assert sum("/badge/" in text for text, _ in expected[1]["stage:circle/~ada"]) == 1
    for moment in range(moments):
        path = tmp_path / f"{moment}.db"
        result, _ = await through(path, moment, SCENARIO, SCRIPT, badges, look)
        assert result == expected, f"it differs after a crash at moment {moment}"
