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
    "**All that is kept of you here**, as a file for programs and people: what you did and wrote in every session, "
    "what you allowed, where you said that you come, your badges. Words that others wrote are not in it."
)
SHEET = N_("**Your own words on paper**: a page for you alone, to print on A4 or to keep.")
REPORT = N_(
    "**A report**: what was held here, and what came of it, on one page. It holds only what recaps say."
)
PACK = N_(
    "**To take along**: pictures, cards the size of a slide, worksheets to print, and the recap as a page, as text and "
    "for programs. It holds what the recap holds. What people take back later is not gone from copies."
)
BOARD = N_(
    "**The board**, to show on a wall: it shows what the room has been shown, to whoever has the link.\n\n{link}"
)
NO_BOARD = N_(
    "There is no board here: this bot has no public address. Whoever runs it can give it one (`address` in the "
    "settings)."
)
AT = N_("It is here, and only this browser of yours opens it: {link}")
CALENDARS = N_(
    "**Calendars, as files**: what you said you come to, and all that is planned here. They hold what is planned now; "
    "ask again when something changes."
)
FEEDS = N_(
    "The same as addresses that your calendar can follow. They are for you; whoever has them can read them.\n\n"
    "Yours: {mine}\n\nAll: {all}\n\nAs a page: {page}"
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
