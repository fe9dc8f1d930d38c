"""The checks before an evening: is everything in order, and if not, the fix."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence

from bot.authoring.loader import shelf
from bot.badges.recognition_settings import RecognitionSettings
from bot.config import Config
from bot.core.model.script import Audience, Script
from bot.errors import StorycircleError
from bot.store.opening import open_store

Finding = tuple[bool, str]


async def examine(config: Config) -> list[Finding]:
    """Findings in the order in which they matter: whether each is fine, and a sentence."""
    findings: list[Finding] = []
    scripts: dict[str, tuple[Script, ...]] = {}
    try:
        scripts = RecognitionSettings(config.recognition).applied(shelf(config.prompts))
        findings.append((bool(scripts), f"{len(scripts)} workshops in {config.prompts}"))
    except StorycircleError as error:
        findings.append((False, str(error)))
    young = [s[0].title for s in scripts.values() if s[0].audience is Audience.UNDER_18]
    if young:
        says = "agreed" if config.safeguarding else "ask the organisation, then set `safeguarding: true`"
        findings.append(
            (config.safeguarding, f"for people under 18: {', '.join(young)}; safeguarding: {says}")
        )
    reach = "only this machine can reach it" if config.loopback else "others can reach it: put TLS in front"
    findings.append((config.loopback, f"the web room listens on {config.bind}:{config.port}; {reach}"))
    for name in ("host.secret", "cookie.secret"):
        path = config.data / name
        if path.exists():
            open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
            findings.append(
                (not open_to_others, f"{path}: " + ("chmod 600 it" if open_to_others else "yours alone"))
            )
    findings += _keys(config)
    if config.matrix:
        from bot.platforms.matrix import setup

        findings += [finding async for finding in setup.examine(config)]
    if config.discord:
        from bot.platforms.discord import setup as discord

        findings += [finding async for finding in discord.examine(config, _recognised(scripts))]
    if not config.database.exists():
        return [*findings, (True, f"{config.database} is made at the first start")]
    try:
        store = await open_store(config.database)
    except StorycircleError as error:
        return [*findings, (False, str(error))]
    try:
        dead, held_events = await store.outbox.dead(), await store.inbox.all_held()
        parked = [event for event in held_events if event.reason == "parked"]
        findings.append((True, f"{config.database}: {len(await store.sessions.listed())} sessions"))
        findings.append((not dead, f"{len(dead)} messages were given up" + _first([r.error for r in dead])))
        findings.append(
            (not parked, f"{len(parked)} events were put aside" + _first([p.error for p in parked]))
        )
    finally:
        await store.close()
    return findings


def _recognised(scripts: Mapping[str, Sequence[Script]]) -> set[str]:
    return {rule.name for versions in scripts.values() for script in versions for rule in script.recognition}


def _keys(config: Config) -> list[Finding]:
    """The keys that sign badges: without a copy of them, no badge can be given or taken back in the same name."""
    folder = config.data / "badges"
    keys = sorted(folder.glob("*.pem")) if folder.is_dir() else []
    findings = []
    for path in keys:
        open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
        findings.append(
            (not open_to_others, f"{path}: " + ("chmod 600 it" if open_to_others else "yours alone"))
        )
    if keys:
        findings.append((True, f"keep a copy of {folder}, away from here: nobody can make these keys again"))
    return findings


def _first(errors: list[str]) -> str:
    return f"; the first: {errors[0]}" if errors else ""
