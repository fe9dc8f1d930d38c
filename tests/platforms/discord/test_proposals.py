"""What Discord proposes while somebody types a command, and where it asks for proposals at all.

`proposals.yaml` keeps both; `scripts/test tests/platforms/discord/test_proposals.py --update` writes what was seen.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.commands import COMMANDS
from bot.core.commands.command import Typing
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.participants.community import Listing, Variant
from bot.platforms.discord.commands import payload, proposals
from bot.scheduling.cards import proposed
from bot.scheduling.plan import Coming, Plan, Rsvp
from tests.core.commands.moments import Moment, moments
from tests.support import ROOM, person

GOLDEN = Path(__file__).parent / "proposals.yaml"
AT = datetime(2026, 1, 20, 19, 0, tzinfo=timezone.utc)
SHELF = {
    "small": Listing(
        id="small",
        title="Small talk",
        minutes=60,
        hash="h",
        variants=(
            Variant(version="60", setting="one", minutes=60, hash="h"),
            Variant(version="90", setting="one", minutes=90, hash="i"),
        ),
    ),
    "other": Listing(id="other", title="Another", minutes=30, hash="j"),
}
PLAN = Plan(
    id="p1", community="c", rooms=(ROOM,), host=person("Host").id, host_name="Hedi", workshop="small",
    title="Small talk", made=AT, passed=AT, at=AT,
)  # fmt: skip
COMING = Coming(plan="p1", occurrence="o", person=person("Ada").id, name="Ada", how=Rsvp.GOING, since=AT)
ARGS = ({}, {"workshop": "small"})
PEOPLE = ("Host", "Ada", "Zed")
MOMENTS = ("nobody is here", "a live question", "a gallery", "a vote", "review", "days: over days")


def registered() -> dict[str, list[str]]:
    """The parameters for which Discord asks for proposals, of each command that has any."""
    found: dict[str, list[str]] = {}
    for command in payload():
        for option in command.get("options", ()):
            parts = option["options"] if option["type"] == 1 else [option]
            name = f"{command['name']} {option['name']}" if option["type"] == 1 else command["name"]
            asking = [part["name"] for part in parts if part.get("autocomplete")]
            if asking:
                found.setdefault(name, []).extend(asking)
    return found


def typed(
    args: dict[str, str], name: str, script: Script | None = None, session: Session | None = None
) -> Typing:
    """A command that somebody is typing."""
    return Typing(
        person=person(name).id,
        args=args,
        shelf=SHELF,
        script=script,
        session=session,
        plans=[proposed(PLAN)],
        comers=[(COMING.name, COMING.person)],
    )


def seen(there: list[Moment]) -> dict[str, Any]:
    """For each parameter what is proposed, and when and to whom."""
    golden: dict[str, Any] = {}
    moments: list[tuple[str, Script | None, Session | None]] = [("no session", None, None), *there]
    for command in COMMANDS:
        for parameter in command.parameters:
            found: dict[str, dict[str, list[str]]] = {}
            for moment, script, session in moments:
                for name in PEOPLE:
                    for args in ARGS:
                        said = args.get(parameter.name) or ""
                        typing = typed({**args, parameter.name: said}, name, script, session)
                        told = proposals(command.name, parameter.name, typing)
                        what = "; ".join(f"{shown} = {sent}" for shown, sent in told)
                        names = found.setdefault(what, {}).setdefault(moment, [])
                        if name not in names:
                            names.append(name)
            golden[f"{command.name}: {parameter.name}"] = {
                what: "always"
                if len(when) == len(moments)
                else "; ".join(f"{moment} ({' '.join(names)})" for moment, names in when.items())
                for what, when in found.items()
                if what
            }
    return {key: found for key, found in golden.items() if found}


async def test_what_fits_is_proposed_as_before(tmp_path: Path, request: pytest.FixtureRequest):
    there = [each for each in await moments(tmp_path) if each[0] in MOMENTS]
    assert len(there) == len(MOMENTS)
    golden = {"asked for": registered(), "proposed": seen(there)}
    if request.config.getoption("--update"):
        GOLDEN.write_text(
            yaml.safe_dump(golden, allow_unicode=True, sort_keys=False, width=160), encoding="utf-8"
        )
    before = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    assert golden["asked for"] == before["asked for"]
    assert golden["proposed"] == before["proposed"]


def test_what_was_typed_so_far_narrows_it_and_there_are_never_more_than_discord_takes():
    def zones(said: str) -> list[tuple[str, str]]:
        return proposals("zone", "zone", typed({"zone": said}, "Ada"))

    assert ("Europe/Lisbon", "Europe/Lisbon") in zones("lisb") and len(zones("")) == 25
