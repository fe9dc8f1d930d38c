"""Live updates over WebSockets, each to those who may see it."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from bot.core.access import Act
from bot.core.model import facts as f
from bot.core.model.facts import Fact, Phase
from bot.core.model.script import Script
from bot.core.model.session import PAIR, Session
from bot.core.views.recap import Held
from bot.platforms.web.open_sockets import OpenSockets, Sight
from bot.platforms.web.pages import CHANGE, MESSAGE, Pages, tally
from bot.platforms.web.refusals import refused
from bot.store.web_members import Member
from bot.store.web_rows import Message

log = structlog.get_logger()

FLUSH_SECONDS = 0.03  # messages of this moment share a frame
PANEL_SECONDS = 0.25  # the host's panel is drawn at most this often
# After these everybody's view of what is open is another one.
FOR_ALL = (
    f.Opened,
    f.Asked,
    f.StepClosed,
    f.Extended,
    f.Paused,
    f.Resumed,
    f.PhaseChanged,
    f.Begun,
    f.Withdrawn,
    f.Forgotten,
    f.LookBegun,
    f.Undone,
    f.HeldBack,
    f.ContactNamed,
    f.PairsFormed,
    f.AsideOpened,
    f.AsideClosed,
    f.DayBegun,
    f.Revealed,
    f.GalleryOpened,
)

DOOR = (f.DoorSet, f.PersonLeft, f.PersonJoined, f.HostNamed, f.Opened, f.PhaseChanged)  # may shut or open it
PASSED = (Phase.FOLLOWING, Phase.CLOSED)  # what helps a host has nothing left to guide
Load = Callable[[str], Awaitable[tuple[Session, Script]]]


def _moves(fact: Fact) -> bool:
    """True if another conversation than before is the one that people write into."""
    if isinstance(fact, f.PlaceReady):
        return fact.place.startswith(PAIR)
    return isinstance(fact, f.Asked | f.StepClosed | f.Undone | f.PhaseChanged | f.PairsFormed)


def guiding_here(session: Session, member: Member) -> bool:
    """True if somebody sees the panel: by the host link, or because a host named them."""
    if member.host:
        return True
    return not refused(session, member, Act.READ_HOSTS) and session.phase not in PASSED


class Hub:
    """Sends each open page what changed for whoever looks at it."""

    def __init__(self, pages: Pages, load: Load, held: Callable[[str], Awaitable[Sequence[Held]]]) -> None:
        self._pages = pages
        self._load = load
        self._sessions_held = held  # in a channel, the newest first
        self._held: dict[str, list[str]] = {}  # room -> its sessions, the one at home there first
        self.sockets = OpenSockets()
        self.names: dict[str, str] = {}
        self._unsent: dict[int, Message] = {}
        self._flushing: asyncio.Task[None] | None = None
        self._stale: dict[str, set[str] | None] = {}  # session -> people; None: everybody
        self._drawing: asyncio.Task[None] | None = None
        self._current: dict[str, str] = {}  # room -> session
        self._on_step: list[Callable[[str], None]] = []

    def subscribe(self, on_step: Callable[[str], None]) -> None:
        """Tell `on_step` of a room in which another conversation is the one that people write into."""
        self._on_step.append(on_step)

    def current(self, room: str) -> str:
        """The session that a room shows."""
        return self._current.get(room, "")

    def set_current(self, room: str, session: str) -> None:
        """From here on the room shows this session."""
        self._current[room] = session

    # -- messages --------------------------------------------------------------------------------

    def messages(self, messages: Sequence[Message]) -> None:
        """Messages are new or changed."""
        for message in messages:
            self._unsent[message.id] = message
        if self._unsent and self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._unsent:
                await asyncio.sleep(FLUSH_SECONDS)
                unsent, self._unsent = self._unsent, {}
                by_channel: defaultdict[str, list[Message]] = defaultdict(list)
                for message in unsent.values():
                    by_channel[message.channel].append(message)
                for channel, fresh in by_channel.items():
                    room = channel.partition("/")[0].partition(":")[2]
                    viewers = [s for s in self.sockets.of(room) if s.sees(channel)]
                    frames = {sight: self.frame(fresh, sight) for sight in {s.sight for s in viewers}}
                    for socket in viewers:
                        if frames[socket.sight]:
                            socket.send(frames[socket.sight])
        finally:
            self._flushing = None

    def frame(self, messages: Sequence[Message], sight: Sight) -> str:
        """Those of the messages that are shown as one frame; an empty text if none is."""
        drawn = [
            {
                "id": self._pages.ids.of(MESSAGE, m.id),
                "at": m.at,
                "rev": self._pages.ids.of(CHANGE, m.rev),
                "channel": m.channel.partition("/")[2],
                "html": self._pages.message(m, self.names),
            }
            for m in messages
            if sight.shows(m)
        ]
        return json.dumps({"messages": drawn}) if drawn else ""

    # -- views of a session ----------------------------------------------------------------------

    def changed(self, session: Session, facts: Sequence[Fact]) -> None:
        """Facts were committed: draw anew what they change, for those whom it concerns."""
        rooms = [channel for place, channel in session.places.items() if place in session.rooms]
        web_rooms = [channel.partition(":")[2] for channel in rooms if channel.startswith("web:")]
        if not web_rooms:
            return
        for room in web_rooms:
            if session.live or room not in self._current:
                self._current[room] = session.id
            if session.id not in self._held.get(room, ()):
                self._held.pop(room, None)
            if self._current[room] == session.id and any(isinstance(fact, DOOR) for fact in facts):
                self._shut_out(room, session)
            if any(map(_moves, facts)):
                for notify in self._on_step:
                    notify(room)
        everybody = any(isinstance(fact, FOR_ALL) for fact in facts)
        people = {getattr(fact, "person", "") for fact in facts}
        people |= {
            session.answers[a].person
            for fact in facts
            if (a := getattr(fact, "answer", "")) in session.answers
        }
        before = self._stale.get(session.id, set())
        self._stale[session.id] = None if everybody or before is None else before | people
        if self._drawing is None:
            self._drawing = asyncio.create_task(self._draw())

    def _shut_out(self, room: str, session: Session) -> None:
        """Tell pages to which the room is not open any more; they hear nothing from here on."""
        for socket in self.sockets.of(room):
            out = bool(refused(session, socket.member, Act.READ))
            if out is not socket.out:
                socket.out = out
                socket.send(json.dumps({"out": out}))

    async def _draw(self) -> None:
        try:
            while self._stale:
                stale, self._stale = self._stale, {}
                for key, people in stale.items():
                    try:
                        await self._draw_session(key, people)
                    except Exception as error:  # a view that cannot be drawn stops no other
                        log.error("could not draw", session=key, error=repr(error)[:200])
                await asyncio.sleep(PANEL_SECONDS)
        finally:
            self._drawing = None

    async def _draw_session(self, key: str, people: set[str] | None) -> None:
        session, script = await self._load(key)
        for place in session.rooms:
            room = session.places[place].partition(":")[2]
            at_home = self._current.get(room, "")
            if at_home == key:
                await self.learn(room, session)
                await self._draw_room(room, session, script, people)
            elif at_home:  # people's words of an earlier session stand beside those of the one that is shown
                await self._draw_words(room, people)

    async def _draw_words(self, room: str, people: set[str] | None) -> None:
        session, script = await self._load(self._current[room])
        await self.learn(room, session)
        for socket in [s for s in self.sockets.of(room) if not s.board and not s.out]:
            if people is None or f"web:{socket.member.id}" in people:
                words = self._pages.mine(script, session, socket.member)
                socket.send(json.dumps({"views": {"mine": words}}))
                await asyncio.sleep(0)  # other people's messages go between

    async def learn(self, room: str, session: Session) -> None:
        """Have the earlier sessions of a room and of a series at hand while its pages are drawn."""
        if session.earlier:
            parts = [await self._load(key) for key in session.earlier]
            self._pages.earlier[session.id] = [(script, part) for part, script in parts]
        await self.held(room)

    async def held(self, room: str) -> Sequence[Held]:
        """The sessions of a room as they are now: the one at home there first, then the newest first."""
        if room in self._held:
            sessions: Sequence[Held] = [await self._load(key) for key in self._held[room]]
        else:
            sessions = await self._sessions_held(f"web:{room}")
            self._held[room] = [session.id for session, _ in sessions]
        self._pages.held[room] = sessions
        self._pages.over.update(session.id for session, _ in sessions if not session.live)
        return sessions

    async def _draw_room(self, room: str, session: Session, script: Script, people: set[str] | None) -> None:
        boards = [s for s in self.sockets.of(room) if s.board and not s.out]
        if boards:
            frame = json.dumps({"views": {"board": self._pages.board(script, session)}})
            for board in boards:
                board.send(frame)
        counted = tally(self._pages, script, session)
        for socket in [s for s in self.sockets.of(room) if not s.board and not s.out]:
            concerned = people is None or f"web:{socket.member.id}" in people
            guiding = guiding_here(session, socket.member)
            if (
                guiding is not socket.guides
            ):  # a companion since now, who reads what hosts read, or none any more
                socket.guides = guiding
                socket.send(json.dumps({"anew": True} if guiding else {"views": {"panel": ""}}))
            if concerned or guiding:
                views = self.views(script, session, socket.member, own=concerned)
                socket.send(json.dumps(views))
                await asyncio.sleep(0)  # other people's messages go between
            elif counted != socket.tally:
                socket.send(json.dumps({"views": {"tally": counted}}))
            socket.tally = counted

    def views(self, script: Script, session: Session, member: Member, *, own: bool = True) -> dict[str, Any]:
        """The views of one person's page beside the messages, as a frame."""
        frame: dict[str, Any] = {"tally": tally(self._pages, script, session)}
        if own:
            frame["now"] = self._pages.now(script, session, member)
            frame["mine"] = self._pages.mine(script, session, member)
        if guiding_here(session, member):
            frame["panel"] = self._pages.panel(script, session, member)
        return {"views": frame}
