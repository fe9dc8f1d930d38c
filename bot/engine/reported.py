"""Reports of what performing brought, such as a thread that is open: they come back to the core as events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.clock import Clock
from bot.core.model.effects import Grant, OpenThread
from bot.core.model.events import Event, NotGranted, Placed, SeriesDone
from bot.core.model.facts import Opened
from bot.core.model.ids import PersonId
from bot.core.platform import Platform
from bot.engine.session_repository import SessionRepository
from bot.errors import PlatformError
from bot.render.i18n import spoken
from bot.store import Row

log = structlog.get_logger()


class Reported:
    """Told by delivery what came of an effect; `hear` takes the event."""

    def __init__(
        self,
        hear: Callable[[Event], Awaitable[None]],
        clock: Clock,
        platforms: Mapping[str, Platform],
        sessions: SessionRepository,
        language: str,
    ) -> None:
        self._hear = hear
        self._clock = clock
        self._platforms = platforms
        self._sessions = sessions
        self._language = language  # of this installation, where no workshop is held

    async def opened(self, done: Row, channel: str) -> None:
        """The thread that an effect asked for is there."""
        assert isinstance(done.effect, OpenThread)
        await self._hear(
            Placed(
                id=f"placed:{done.key}",
                channel=channel,
                at=self._clock.now(),
                session=done.session,
                place=done.effect.place,
            )
        )

    async def series_held(self, done: Row, person: PersonId, badges: tuple[str, ...]) -> None:
        """Somebody holds the badges of all parts of a series."""
        await self._hear(
            SeriesDone(
                id=f"series:{person}:{'.'.join(badges)}",
                channel=done.channel,
                at=self._clock.now(),
                session=done.session,
                person=person,
                badges=badges,
            )
        )

    async def not_granted(self, refused: Row, why: str) -> None:
        """The platform gives a role to nobody, or has no threads in this room: which is said once."""
        grants = isinstance(refused.effect, Grant)
        role = refused.effect.role if isinstance(refused.effect, Grant) else ""
        await self._hear(
            NotGranted(
                id=f"refused:{refused.key if grants else f'{refused.session}:{type(refused.effect).__name__}'}",
                channel=refused.channel,
                at=self._clock.now(),
                session=refused.session,
                role=role,
                why=why,
            )
        )

    async def writing(self, row: Row, sentence: str, what: str) -> None:
        """The bot may not write in a room of a session, or may again; each is said once to its hosts."""
        id, now = f"{what}:{row.key}", self._clock.now()
        await self._hear(
            NotGranted(id=id, channel=row.channel, at=now, session=row.session, role="", why=sentence)
        )

    async def missing_permissions(self, opened: Opened) -> None:
        """Before anything is asked, hosts hear what the bot may not do in their room, and how to mend it."""
        room = opened.rooms[0]
        platform = self._platforms.get(room.partition(":")[0])
        if platform is None:
            return
        try:
            roles = [rule.name for rule in (await self._sessions.script(opened.script)).recognition]
            with spoken(self._language):
                lacks = await platform.missing_permissions(room, roles)
        except PlatformError as error:
            log.info("rights could not be looked at", error=str(error))
            return
        if lacks:
            id, now = f"lacks:{opened.session}", self._clock.now()
            await self._hear(
                NotGranted(id=id, channel=room, at=now, session=opened.session, role="", why=lacks)
            )
