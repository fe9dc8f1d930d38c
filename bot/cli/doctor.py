"""The checks before an evening: is everything in order, and if not, the fix."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.authoring.folder import shelf
from bot.badges.recognition_settings import RecognitionSettings
from bot.config import Config, installed
from bot.core.model.script import Audience, Script
from bot.errors import StorycircleError
from bot.store.opening import holds_erased_words, look_into

Finding = tuple[bool, str]

ERASED_WORDS = (
    "erased words are still in the database's log, because another program has had the database open since: "
    "end it (a backup tool, a database viewer), and they are gone within seconds"
)
NO_FILM = (
    "recaps have no film, because the part “film” isn't installed: scripts/run add-film, or "
    "pip install 'storycircle[film]'; its package holds x264 and x265 (GPL), which our films don't use"
)


def _there(config: Config) -> list[Path]:
    return [folder for folder in config.workshops if folder.is_dir()]


async def examine(config: Config) -> list[Finding]:
    """Findings in the order in which they matter: whether each is fine, and a sentence."""
    findings: list[Finding] = []
    scripts: dict[str, tuple[Script, ...]] = {}
    try:
        scripts = RecognitionSettings(config.recognition).applied(shelf(*config.workshops))
        findings.append(
            (bool(scripts), f"{len(scripts)} workshops in {' and '.join(map(str, _there(config)))}")
        )
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
    findings += [
        _private(path)
        for path in (
            config.data,
            config.database,
            config.data / "host.secret",
            config.data / "cookie.secret",
        )
        if path.exists()
    ]
    if not installed("film"):
        findings.append((True, NO_FILM))
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
        store = await look_into(config.database)
    except StorycircleError as error:
        return [*findings, (False, str(error))]
    try:
        dead, held_events = await store.outbox.dead(), await store.inbox.all_held()
        parked = [event for event in held_events if event.reason == "parked"]
        findings.append((True, f"{config.database}: {len(await store.sessions.listed())} sessions"))
        if holds_erased_words(config.database):
            findings.append((False, ERASED_WORDS))
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
    findings = [_private(path) for path in keys]
    try:
        if keys and installed("badges"):
            from bot.badges.keys import Keys

            Keys(folder, config.reachable).load()
    except StorycircleError as error:
        findings.append((False, str(error)))
    if keys:
        findings.append((True, f"keep a copy of {folder}, away from here: nobody can make these keys again"))
    return findings


def _private(path: Path) -> Finding:
    """The finding about a file or a folder: that others on this machine can read it, or not."""
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    mode = "700" if path.is_dir() else "600"
    says = f"others on this machine can read it: chmod {mode} it" if open_to_others else "yours alone"
    if not os.access(path, os.W_OK):
        return (
            False,
            f"{path} can't be written, and Storycircle keeps everything there: make it writable for this user",
        )
    return not open_to_others, f"{path}: {says}"


def _first(errors: list[str]) -> str:
    return f"; the first: {errors[0]}" if errors else ""
