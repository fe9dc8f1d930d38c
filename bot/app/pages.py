"""The web pages of a worker, and the rooms in which workshops are tried."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.worker import Worker, build_worker
from bot.clock import Clock
from bot.config import Config
from bot.core.model.script import Script
from bot.engine.session_repository import sessions_held
from bot.platforms.web.signing import keep_secret
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.authoring.demo_room import DemoParts, DemoRooms
    from bot.platforms.web.platform import WebPlatform
    from bot.platforms.web.server import WebServer


def build_web(
    worker: Worker, platform: WebPlatform, host_secret: Callable[[], str], demo_rooms: DemoRooms | None = None
) -> WebServer:
    """The pages of a worker, of which the web room is a platform; nothing of them is loaded where they are not used."""
    from bot.platforms.web.account import AccountPage
    from bot.platforms.web.addresses import Addresses
    from bot.platforms.web.badges import BadgePages
    from bot.platforms.web.boards import Boards
    from bot.platforms.web.calendars import CalendarPages
    from bot.platforms.web.downloads import DownloadPages
    from bot.platforms.web.entrance import Entrance
    from bot.platforms.web.hub import Hub
    from bot.platforms.web.identity import Identity
    from bot.platforms.web.input import Input
    from bot.platforms.web.pages import Pages
    from bot.platforms.web.rate_limits import RateLimits
    from bot.platforms.web.recaps import Recaps
    from bot.platforms.web.room_access import RoomAccess
    from bot.platforms.web.room_page import RoomPage
    from bot.platforms.web.server import WebParts, WebServer
    from bot.platforms.web.sockets import Sockets

    config, store, signer, links = worker.config, worker.store, worker.signer, worker.links
    load = worker.runtime.sessions.load
    pages = Pages(links, platform.marks, config.language)
    hub = Hub(pages, load, partial(sessions_held, store, load))
    identity = Identity(store, signer, secure=config.public.startswith("https://"))
    access = RoomAccess(store, platform, hub, pages, load)
    input = Input(store, platform, hub, access, links.ids)
    sockets = Sockets(store, platform, hub, pages, access, identity, input, load)
    addresses = Addresses(config.trusted_proxies)
    # A whole school may come in at once from one address.
    entries = RateLimits(burst=500, per_second=5)
    shelf = worker.runtime.shelf
    server = WebServer(
        WebParts(
            public=config.public,
            store=store,
            identity=identity,
            access=access,
            pages=pages,
            hub=hub,
            sockets=sockets,
            entrance=Entrance(
                store,
                pages,
                hub,
                access,
                identity,
                signer,
                links,
                addresses,
                entries,
                host_secret,
                config.room,
            ),
            account=AccountPage(store, pages, hub, access, identity, links),
            addresses=addresses,
            entries=entries,
            room_page=RoomPage(store, pages, hub, identity, access, input, signer, links, shelf),
            boards=Boards(pages, load, signer, links, addresses),
            calendars=CalendarPages(worker.calendars, links, signer, worker.runtime.clock, pages.environment),
            badges=BadgePages(worker.badges, signer, pages.environment),
            downloads=DownloadPages(
                identity.member,
                access.current,
                load,
                hub.held,
                worker.downloads,
                Recaps(store, load, pages, store.folder),
                platform.community,
                config.language,
            ),
        ),
        demo_rooms,
    )
    worker.runtime.subscribe(server.changed)
    return server


def demo_rooms(config: Config, clock: Clock) -> DemoRooms:
    """Rooms in which anybody tries a workshop alone, each a worker with a store of its own."""
    from bot.authoring.demo_room import DemoParts, DemoRooms
    from bot.platforms.web.platform import WebPlatform

    async def build(store: Store, folder: Path, room: str, script: Script) -> DemoParts:
        """A worker of its own on the web room alone, and its pages."""
        own = Config(
            data=folder,
            bind=config.bind,
            port=config.port,
            address=config.address,
            room=room,
            films=False,
            keep_days=0,
        )
        platform = WebPlatform(store, clock)
        worker = await build_worker(own, store, clock, {script.id: [script]}, platforms=[platform])
        server = build_web(worker, platform, partial(keep_secret, folder / "host.secret"))
        return DemoParts(worker.runtime, platform, server)

    return DemoRooms(config.data / "trials", clock, build)
