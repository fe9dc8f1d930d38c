"""The hosts' panel in a chat: one edited message in their room or thread, and the right people in it.

The panel is a view, not history: it is drawn anew when something changed, at most every few seconds,
and says when the time is up instead of counting down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import structlog

from bot.core.model.cards import Button
from bot.core.model.facts import Fact, Phase
from bot.core.model.script import Script
from bot.core.model.session import HOSTS, Session
from bot.core.platform import Action, Capabilities, Change, Post
from bot.core.text import messages, wording
from bot.core.text.messages import PHASES
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr
from bot.core.views.host_panel import Panel, Said, panel
from bot.errors import Gone, PlatformError
from bot.platforms.room_registry import RoomRegistry
from bot.render.i18n import spoken, translated

log = structlog.get_logger()

RESCUES = 4  # lines for difficult moments that have a button
LINES = (200, 100, 50)  # characters of a line of what was said
NAME, NAMES = 40, 5  # characters of a name or title; names of those who ask for a word
NOTES, ASIDES = 500, 12  # characters of the notes for hosts; questions that are open over days
SPARE = 60  # characters for what joins the parts
EVERY = 3.0  # seconds between two drawings of a panel
LONGEST_PAUSE = 300.0  # seconds until one that could not be shown is tried again

Load = Callable[[str], Awaitable[tuple[Session, Script]]]


class HasHostPanel(Protocol):
    """A platform that can show a panel: it brings people to it, and keeps where it stands."""

    name: str
    can: Capabilities
    rooms: RoomRegistry

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Bring these people to a panel."""
        ...

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Say something, once for each key."""
        ...


class HostPanel:
    """Keeps the hosts' rooms of all sessions, each by itself; `changed` is told of committed facts."""

    def __init__(self, platform: HasHostPanel, load: Load) -> None:
        self._platform = platform
        self._load = load
        self._stale: set[str] = set()
        self._shown: dict[str, tuple[str, tuple[Button, ...]]] = {}  # session -> what the panel shows
        self._tasks: dict[str, asyncio.Task[None]] = {}  # session -> the task that draws its panel
        self._closed = False

    def changed(self, session: Session, facts: Sequence[Fact]) -> None:
        """Something is another way than before: the panel follows, soon."""
        if not self._closed and session.places.get(HOSTS, "").startswith(self._platform.name + ":"):
            self._stale.add(session.id)
            if session.id not in self._tasks:
                name = f"{self._platform.name} panel {session.id}"
                self._tasks[session.id] = asyncio.create_task(self._draw(session.id), name=name)

    async def close(self) -> None:
        """Draw no more; what happens from here on is drawn by the next process."""
        self._closed = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _draw(self, key: str) -> None:
        """Draw a panel while it is stale; one that cannot be shown is tried again after a growing pause."""
        pause = EVERY
        try:
            while key in self._stale:
                self._stale.discard(key)
                try:
                    await self._show(*await self._load(key))
                    pause = EVERY
                except PlatformError as error:
                    pause = max(min(pause * 2, LONGEST_PAUSE), getattr(error, "retry_after", None) or 0)
                    log.info("panel not shown", session=key, pause=pause, error=str(error))
                    self._stale.add(key)
                await asyncio.sleep(pause)
        finally:
            del self._tasks[key]

    async def _show(self, session: Session, script: Script) -> None:
        channel = session.places[HOSTS]
        await self._platform.seat(channel, [*session.hosts, *session.companions])
        taps = self._platform.can.taps
        with spoken(script.language), wording.stamping(self._platform.can.stamp):
            text = panel_text(script, session, typed=not taps, limit=self._platform.can.limit)
            buttons = panel_buttons(panel(script, session)) if taps else ()
        if self._shown.get(session.id) == (text, buttons):
            return
        post = Post(text=text, kind="panel", buttons=buttons, session=session.id)
        place = f"{self._platform.name}:panel/{session.id}"
        message = await self._platform.rooms.find(place)
        moved: str | None = None
        if message:
            try:
                change = Change(message=message, post=post)
                moved = await self._platform.perform(channel, change, f"panel/{session.id}", "")
            except Gone:  # somebody deleted it, or its room
                moved = await self._platform.perform(channel, post, f"panel/{session.id}/{message}", "")
        else:
            moved = await self._platform.perform(channel, post, f"panel/{session.id}", "")
        if moved:
            await self._platform.rooms.keep(place, moved)
        self._shown[session.id] = (text, buttons)


def panel_text(script: Script, session: Session, *, typed: bool = True, limit: int = 4_000) -> str:
    """The panel in words, for any number of people.

    Args:
        typed: with what a host can type, where there are no buttons.
        limit: characters that it may have; of what was said, the latest lines stand in it.
    """
    seen = panel(script, session)
    lines = [_head(seen)]
    if seen.until is not None and not seen.paused:
        stamp = wording.stamped(seen.until)
        lines.append(stamp or tr("until {time} UTC", time=seen.until.strftime("%H:%M")))
    if seen.open:
        lines += [
            f"- {short(title, NAME)}{'' if n is None else ': ' + tr('{n} of {total}', n=n, total=seen.of)}"
            for title, n in seen.open[-ASIDES:]
        ]
    elif seen.phase is Phase.RUNNING and seen.asking:
        lines.append(
            tr("{here} here. {answered} of {of} have answered.").format(
                here=len(seen.people), answered=seen.answered, of=seen.of
            )
        )
    else:
        lines.append(tr("{n} here.", n=len(seen.people)))
    if seen.needs_help:
        names = ", ".join(isolate(short(person.name, NAME)) for person in seen.needs_help[:NAMES])
        more = len(seen.needs_help) - NAMES
        others = f", {tr('and {n} more', n=more)}" if more > 0 else ""
        lines.append(f"**{tr('Asked for help:')}** {names}{others}")
    if seen.guide_away:
        lines.append(f"**{tr(messages.GUIDE_GONE)}** /workshop takeover")
    if seen.host_notes:
        lines.append(f"*{short(seen.host_notes, NOTES)}*")
    last = [typed_commands(seen)] if typed else []
    if seen.said:
        room = limit - len("\n".join([*lines, *last])) - len(tr("What was said")) - SPARE
        shown = fitting(seen.said, room)
        before = len(seen.said) - len(shown)
        latest = f" ({tr('the latest {n}', n=len(shown))})" if before else ""
        lines += [f"{tr('What was said')}{latest}:", *shown]
    return "\n".join([*lines, *last])


def fitting(cards: Sequence[Said], room: int) -> list[str]:
    """The latest lines of what was said that fit into so many characters, each shorter rather than fewer of them."""
    shown: list[str] = []
    for chars in LINES:
        shown, left = [], room
        for card in reversed(cards):
            line = said_line(card, chars)
            left -= len(line) + 1
            if left < 0:
                break
            shown.insert(0, line)
        if len(shown) == len(cards):
            break
    return shown


def said_line(card: Said, chars: int) -> str:
    """A card as hosts see it, with the number by which they hold it back."""
    author = f"{isolate(short(translated(card.author), NAME))} " if card.author else ""
    held = f" ({tr('hidden')})" if card.held else ""
    return f"- {card.number}. {author}{isolate(short(card.text, chars))}{held}"


def short(text: str, chars: int) -> str:
    """A text on one line, of at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip()}…"


def _head(seen: Panel) -> str:
    where = f"{seen.number}/{seen.total} " if seen.number else ""
    paused = f", {tr('paused')}" if seen.paused else ""
    return f"**{where}{seen.title}** ({tr(PHASES.get(seen.phase, ''))}{paused})"


def typed_commands(seen: Panel) -> str:
    """The commands that a host can type now; the first is the likeliest."""
    match seen.phase:
        case Phase.LOBBY:
            commands = ["start", "cohost", "contact", "lock", "end"]
        case Phase.RUNNING if seen.paused:
            commands = ["resume", "end"]
        case Phase.RUNNING:
            commands = ["next", "time 2", "back", "pause", "hide 1", "remove", "say", "undo", "end"]
        case Phase.TAIL | Phase.REVIEW:
            return "/recap publish · /workshop panel"
        case _:
            commands = ["panel"]
    return " · ".join(f"/workshop {command}" for command in commands)


def panel_buttons(seen: Panel) -> tuple[Button, ...]:
    """The buttons of a host; *next* names what it leaves, so that a second tap does nothing."""
    onward = tr("Show it now") if seen.looking else tr("Next day now") if seen.days else tr("Next")
    move = Button(label=onward, command=f"workshop next {seen.moment}")
    pause, end = (
        Button(label=tr("Pause"), command="workshop pause"),
        Button(label=tr("End with recap"), command="workshop end"),
    )
    match seen.phase:
        case Phase.LOBBY:
            shut = Button(label=tr("Close the lobby"), command="workshop end")
            return (Button(label=tr("Start"), command="workshop start"), shut)
        case Phase.RUNNING if seen.paused:
            return (Button(label=tr("Resume"), command="workshop resume"), end)
        case Phase.RUNNING if seen.days:
            return (move, pause, end)
        case Phase.RUNNING:
            return (
                move,
                Button(label=tr("+2 min"), command=f"workshop time 2 {seen.ends}".rstrip()),
                Button(label=tr("Back"), command=f"workshop back {seen.moment}"),
                pause,
                Button(label=tr("Undo"), command=f"workshop undo {seen.moment}"),
                *(
                    Button(label=f"“{name}”", command=f"workshop say {name}")
                    for name in list(seen.rescue_lines)[:RESCUES]
                ),
                end,
            )
        case Phase.TAIL | Phase.REVIEW:
            return (Button(label=tr("Post recap now"), command="recap publish"),)
        case _:
            return ()
