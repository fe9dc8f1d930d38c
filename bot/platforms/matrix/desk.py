"""What hosts have before them in Matrix: one edited message in their room, and the right people in it.

The panel is a view, not history: it is drawn anew when something changed, at most every few seconds,
and says when the time is up instead of counting down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.core import words
from bot.core.facts import Fact, Mode, Phase
from bot.core.panel import Panel, panel
from bot.core.script import Script
from bot.core.session import HOSTS, Session
from bot.core.words import PHASES, tr
from bot.errors import PlatformError
from bot.languages import spoken
from bot.marks import isolate
from bot.platforms import Change, Post
from bot.platforms.matrix import tables
from bot.platforms.matrix.hearing import NAME
from bot.platforms.matrix.platform import MatrixPlatform
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

EVERY = 3.0  # seconds between two drawings of a panel

Load = Callable[[str], Awaitable[tuple[Session, Script]]]


class Desk:
    """Keeps the hosts' rooms of all sessions; `changed` is told of committed facts."""

    def __init__(self, platform: MatrixPlatform, store: SqliteStore, load: Load) -> None:
        self._platform = platform
        self._store = store
        self._load = load
        self._stale: set[str] = set()
        self._shown: dict[str, str] = {}  # session -> what the panel says
        self._task: asyncio.Task[None] | None = None

    def changed(self, session: Session, facts: Sequence[Fact]) -> None:
        """Something is another way than before: the panel follows, soon."""
        if session.places.get(HOSTS, "").startswith(NAME):
            self._stale.add(session.id)
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._draw(), name="matrix panels")

    async def close(self) -> None:
        """Draw no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _draw(self) -> None:
        while self._stale:
            stale, self._stale = self._stale, set()
            for key in stale:
                try:
                    await self._show(*await self._load(key))
                except PlatformError as error:
                    log.info("panel not shown", session=key, error=str(error))
                    self._stale.add(key)
            await asyncio.sleep(EVERY)

    async def _show(self, session: Session, script: Script) -> None:
        channel = session.places[HOSTS]
        await self._platform.seat(channel, [*session.hosts, *session.companions])
        with spoken(script.language):
            text = panel_text(script, session)
        if self._shown.get(session.id) == text:
            return
        post = Post(text=text, kind="panel")
        place = f"{NAME}panel/{session.id}"
        there = (await self._store.read(tables.rooms)).get(place)
        if there is None:
            made = await self._platform.perform(channel, post, f"panel/{session.id}", "")
            await self._store.write(lambda c: tables.keep_room(c, place, made or ""))
        else:
            await self._platform.perform(channel, Change(message=there, post=post), f"panel/{session.id}", "")
        self._shown[session.id] = text


def panel_text(script: Script, session: Session) -> str:
    """The panel in words, with what a host can type."""
    seen = panel(script, session)
    lines = [_head(seen)]
    if seen.until is not None and not seen.paused and session.mode is not Mode.CALL:
        lines.append(tr("until {time} UTC", time=seen.until.strftime("%H:%M")))
    if seen.open:
        lines += [f"- {title}: {tr('{n} of {total}', n=n, total=seen.of)}" for title, n in seen.open]
    elif seen.phase is Phase.RUNNING:
        lines.append(
            tr("{here} here; {answered} of {of} have answered.").format(
                here=len(seen.people), answered=seen.answered, of=seen.of
            )
        )
    else:
        lines.append(tr("{n} here.", n=len(seen.people)))
    for person in seen.needs_help:
        lines.append(f"**{tr('A private word, please:')}** {isolate(person.name)}")
    if seen.guide_away:
        lines.append(f"**{tr(words.GUIDE_GONE)}** /workshop takeover")
    if seen.host_notes:
        lines.append(f"*{seen.host_notes}*")
    if seen.said:
        lines.append(tr("What was said") + ":")
        lines += [
            f"- {card.number}. {isolate(card.author) if card.author else ''} {isolate(card.text)}"
            + (f" ({tr('held back')})" if card.held else "")
            for card in seen.said
        ]
    lines.append(hands(seen))
    return "\n".join(lines)


def _head(seen: Panel) -> str:
    where = f"{seen.number}/{seen.total} " if seen.number else ""
    paused = f", {tr('paused')}" if seen.paused else ""
    return f"**{where}{seen.title}** ({tr(PHASES.get(seen.phase, ''))}{paused})"


def hands(seen: Panel) -> str:
    """What a host can type now; the first is what they most likely want."""
    match seen.phase:
        case Phase.LOBBY:
            commands = ["begin", "companion", "contact", "lock", "end"]
        case Phase.RUNNING if seen.paused:
            commands = ["resume", "end"]
        case Phase.RUNNING:
            commands = ["next", "extend 2", "back", "pause", "hold 1", "remove", "rescue", "undo", "end"]
        case Phase.TAIL | Phase.REVIEW:
            commands = ["publish", "who"]
        case _:
            commands = ["who"]
    return " · ".join(f"/workshop {each}" for each in commands)
