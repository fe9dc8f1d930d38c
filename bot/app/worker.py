"""A worker: the bot without web pages.

It runs workshops on the platforms that are set, issues badges, and delivers files and calendars. The web room is one of
its platforms; the pages of that room are built around a worker (`pages.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.app.chats import connect_discord, connect_matrix
from bot.app.shelf import Shelf
from bot.authoring.folder import WorkshopFolder
from bot.badges.award import Community
from bot.badges.issuer import BadgeIssuer
from bot.badges.picture import Look, picture_from
from bot.badges.showcase import BadgeShowcase
from bot.clock import Clock
from bot.config import Config
from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.core.participants.community import Times
from bot.core.platform import Platform
from bot.engine.calendars import Calendars
from bot.engine.downloads import Downloads
from bot.engine.housekeeping import forget_again
from bot.engine.runtime import Runtime
from bot.engine.session_repository import SessionRepository
from bot.platforms.host_panel import HostPanel
from bot.platforms.web.links import WebLinks
from bot.platforms.web.signing import Signer, keep_secret
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.platforms.discord.client import DiscordClient
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.matrix.platform import MatrixPlatform


@dataclass(frozen=True)
class Worker:
    """The bot without web pages, on all its platforms.

    `chats` are the platforms that it connected to by itself, each with a panel for its hosts.
    """

    config: Config
    store: Store
    runtime: Runtime
    signer: Signer
    links: WebLinks
    badges: BadgeIssuer
    calendars: Calendars
    downloads: Downloads
    chats: tuple[DiscordPlatform | MatrixPlatform, ...]
    panels: tuple[HostPanel, ...]

    async def start(self) -> None:
        """Take up what an earlier run left; nothing is listened to before `runtime.run`."""
        await self.runtime.start()
        await forget_again(self.store, self.runtime, self.runtime.clock)

    async def stop(self) -> None:
        """Finish what is under way, and let go of the chats; the store stays open."""
        await self.runtime.stop()
        for panel in self.panels:
            await panel.close()
        for chat in self.chats:
            await chat.close()


async def build_worker(
    config: Config,
    store: Store,
    clock: Clock,
    scripts: Mapping[str, Sequence[Script]],
    series: Mapping[str, Series] = {},
    platforms: Sequence[Platform] = (),
    discord: DiscordClient | None = None,
    folder: WorkshopFolder | None = None,
    faults: Mapping[str, str] = {},
) -> Worker:
    """A worker on the chats that are set and on the platforms that are handed in; it is not started.

    Args:
        scripts: the variants of each workshop, by its id.
        series: of these workshops, by their ids.
        faults: of files that cannot be read, by the ids of their workshops.
        folder: that they were read from; what is saved there later is listed, too.
        discord: a client that is logged in already, where Discord is set; without it one logs in.
    """
    shelf = Shelf(config, store, folder)
    await shelf.fill(scripts, series, faults)
    sessions = SessionRepository(store, config.language)
    signer = Signer(keep_secret(config.data / "cookie.secret"))
    links = WebLinks(config.public, signer)
    badges = _badges(config, store, clock, scripts, series, links, sessions)
    calendars = Calendars(store, clock)
    downloads = Downloads(
        store, clock, sessions.load, badges.showcase, calendars, links, reachable=bool(config.reachable)
    )
    chats: list[DiscordPlatform | MatrixPlatform] = []
    if config.matrix:
        chats.append(connect_matrix(config, store))
    if config.discord:
        chats.append(await connect_discord(config, store, sessions, shelf.listings, discord))
    runtime = Runtime(
        store,
        shelf.listings,
        [*platforms, *chats],
        clock,
        Times(zone=config.zone, quiet=config.quiet, keep_days=config.keep_days, films=config.films),
        config.language,
        sessions,
        badges=badges,
        downloads=downloads,
        calendar_links=links.calendars,
        look=partial(shelf.refresh, badges),
    )
    panels = tuple(HostPanel(chat, sessions.load) for chat in chats)
    for panel in panels:
        runtime.subscribe(panel.changed)
    return Worker(config, store, runtime, signer, links, badges, calendars, downloads, tuple(chats), panels)


def _badges(
    config: Config,
    store: Store,
    clock: Clock,
    scripts: Mapping[str, Sequence[Script]],
    series: Mapping[str, Series],
    links: WebLinks,
    sessions: SessionRepository,
) -> BadgeIssuer:
    look = Look(
        colour=config.badge_colour,
        images={kind: picture_from(path) for kind, path in config.badge_images.items()},
    )
    showcase = BadgeShowcase(
        store,
        Community(name=config.community, url=config.reachable),
        look,
        link=links.badge,
        showcase_link=links.showcase,
        load=sessions.load,
        reachable=bool(config.reachable),
    )
    return BadgeIssuer(
        store,
        config.data / "badges",
        clock,
        showcase,
        list(series.values()),
        [script for variants in scripts.values() for script in variants],
    )
