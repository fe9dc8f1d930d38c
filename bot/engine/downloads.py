"""Downloads: what people ask for in private, such as all that is kept of them, their words on paper, their badges.

Where people get files it is a file; in the web room it is a page that only their browser opens.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from bot.badges.showcase import BadgeShowcase
from bot.clock import Clock
from bot.core.model.cards import Note
from bot.core.model.effects import DeliverFile
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.platform import File, Post
from bot.core.text.messages import N_, say
from bot.core.text.wording import tr
from bot.engine.calendars import Calendars
from bot.engine.links import Links
from bot.engine.session_repository import sessions_held
from bot.render.attachments import PAGE
from bot.render.recap.pack import pack
from bot.render.recap.page import sheet
from bot.render.recap.report import page, report
from bot.store.data_export import holdings
from bot.store.store import Store

DATA = N_(
    "**Everything stored about you here**, as a file: your answers in every session, your "
    "choices, your RSVPs and your badges. It doesn't include what others wrote."
)
SHEET = N_("**Your answers on paper**: a page only you can open, to print or keep.")
REPORT = N_(
    "**Community summary**: recent workshops and what came of them, on one page. It uses "
    "only what recaps say."
)
PACK = N_(
    "**Your download**: pictures, slides, worksheets to print, and the recap as a page, as "
    "text and as data. It holds what the recap holds. If people delete something later, it "
    "stays in copies."
)
BOARD = N_(
    "**The big screen**, for a projector. It shows what everyone here has seen. Anyone "
    "with the link can open it.\n\n{link}"
)
NO_BOARD = N_(
    "There's no big screen here, because this bot has no public address. The person who "
    "runs it can set one (`address` in the settings)."
)
AT = N_("Here it is. Only this browser can open it: {link}")
CALENDARS = N_(
    "**Calendar files**: the sessions you're going to, and everything scheduled here. They "
    "show today's schedule. Ask again when something changes."
)
FEEDS = N_(
    "The same as links that your calendar can follow. Keep them to yourself: anyone who "
    "has them can read them.\n\nYours: {mine}\n\nAll: {all}\n\nAs a page: {page}"
)
LoadSession = Callable[[str], Awaitable[tuple[Session, Script]]]
log = structlog.get_logger()

VERSION = 1  # of the file with all that is kept


class Downloads:
    """Makes each download when it is asked for.

    Args:
        load: reads a session and its script.
        badges: none where no badges are issued.
        reachable: whether people in chats can open the pages that `links` leads to.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        load: LoadSession,
        badges: BadgeShowcase | None,
        calendars: Calendars,
        links: Links,
        *,
        reachable: bool,
    ) -> None:
        self._store = store
        self._clock = clock
        self._load = load
        self._badges = badges
        self._calendars = calendars
        self._links = links
        self._reachable = reachable

    async def made(
        self, wanted: DeliverFile, session: Session, script: Script, room: str, *, files: bool
    ) -> tuple[Note, Sequence[Post]]:
        """The message about a download, and the files that go with it.

        Args:
            room: the name of the web room where it was asked for, if it was there.
            files: whether people get files there; else the message leads to a page.
        """
        match wanted.what:
            case "badges" if self._badges is not None:
                return await self._badges.listing(wanted.person, files=files)
            case "calendar":
                return await self._calendar(wanted)
            case "report":
                community, _, days = wanted.of.rpartition(" ")
                file = await self.report(community, int(days), script.language or "en")
                return self._delivered(say(REPORT), f"r/{room}/report?days={days}", file, files=files)
            case "pack":
                earlier = [await self._load(part) for part in session.earlier]
                packed = await pack(
                    script, session, lambda done, of: log.info("packing", done=done, of=of), earlier
                )
                file = File(name="pack.zip", media="application/zip", data=packed)
                return self._delivered(say(PACK), f"r/{room}/pack/{session.id}", file, files=files)
            case "board":
                return self._board(session.id, room), ()
            case "data":
                file = await self.data(wanted.person)
                return self._delivered(say(DATA), f"r/{room}/data.json", file, files=files)
            case _:
                private = session.places.get(wanted.place, "")
                others = await sessions_held(self._store, self._load, private) if private else []
                others = [held for held in others if held[0].id != session.id]
                text = sheet([(session, script), *others], wanted.person)
                file = File(name="my-sheet.html", media="text/html", data=text.encode())
                return self._delivered(say(SHEET), f"r/{room}/sheet", file, files=files)

    def _delivered(self, note: Note, path: str, file: File, *, files: bool) -> tuple[Note, Sequence[Post]]:
        if files:
            return note, (Post(text=file.name, kind=PAGE, file=file),)
        return say(f"{tr(note.text)}\n\n{tr(AT)}", link=self._links.page(path)), ()

    def _board(self, session: str, room: str) -> Note:
        """The address of a session's board, which nobody can guess, and which asks no name on any machine."""
        if not (room or self._reachable):
            return say(NO_BOARD)
        return say(BOARD, link=self._links.board(session))

    async def _calendar(self, wanted: DeliverFile) -> tuple[Note, Sequence[Post]]:
        files = await self._calendars.files(wanted.of, wanted.person)
        posts = [
            Post(text=name, kind=PAGE, file=File(name=name, media="text/calendar", data=data))
            for name, data in files.items()
        ]
        if not self._reachable:
            return say(CALENDARS), posts
        addresses = self._links.calendars(wanted.of, wanted.person)
        return say(f"{tr(CALENDARS)}\n\n{tr(FEEDS)}", **addresses), posts

    async def report(self, community: str, days: int, language: str) -> File:
        """The report of a community's last days, as one page."""
        until = self._clock.now()
        since = until - timedelta(days=days)
        sessions = []
        for id in await self._store.sessions.opened(community, since):
            session, script = await self._load(id)
            sessions.append((script, session))
        text = page(report(since, until, sessions), language)
        return File(name="report.html", media="text/html", data=text.encode())

    async def data(self, person: str) -> File:
        """All that is kept of somebody, as one JSON file."""
        kept = await self._store.read(lambda db: holdings(db, person))
        document = {"version": VERSION, "person": person, "made": self._clock.now().isoformat(), **kept}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        return File(name="my-data.json", media="application/json", data=text.encode())
