"""Puts the parts together: the only file that names every concrete class.

A worker is the bot without web pages: it runs workshops on the platforms that are set, issues badges, and delivers
files and calendars. The web room is one of its platforms; the pages of that room are built around a worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.authoring.loader import all_series, carried, shelf
from bot.badges.award import Community
from bot.badges.issuer import BadgeIssuer
from bot.badges.picture import Look, picture_from
from bot.badges.recognition_settings import RecognitionSettings
from bot.badges.showcase import BadgeShowcase
from bot.clock import Clock, WallClock
from bot.config import Config, installed
from bot.core.model.script import Audience, Script
from bot.core.model.series import Series
from bot.core.participants.community import Listing, Times
from bot.core.platform import Platform
from bot.engine.calendars import Calendars
from bot.engine.downloads import Downloads
from bot.engine.housekeeping import forget_again, keep_house
from bot.engine.listings import list_workshop
from bot.engine.runtime import Runtime
from bot.engine.session_repository import SessionRepository
from bot.errors import ConfigError
from bot.platforms.host_panel import HostPanel
from bot.platforms.web.links import WebLinks
from bot.platforms.web.signing import Signer, keep_secret
from bot.render import processes
from bot.store.opening import open_store
from bot.store.store import Store

if TYPE_CHECKING:
    from aiohttp import web

    from bot.authoring.demo_room import DemoParts, DemoRooms
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.matrix.platform import MatrixPlatform
    from bot.platforms.web.platform import WebPlatform
    from bot.platforms.web.server import WebServer

STAND_BY = 1.0  # seconds between two looks whether the other process has ended


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
) -> Worker:
    """A worker on the chats that are set and on the platforms that are handed in; it is not started.

    Args:
        scripts: the variants of each workshop, by its id.
        series: of these workshops, by their ids.
    """
    listings = {
        key: await list_workshop(store, variants, _refusal(variants[0], config))
        for key, variants in scripts.items()
    }
    listings |= await _series(store, series, scripts, listings)
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
        chats.append(await connect_matrix(config, store))
    if config.discord:
        chats.append(await connect_discord(config, store, sessions, listings))
    runtime = Runtime(
        store,
        listings,
        [*platforms, *chats],
        clock,
        Times(zone=config.zone, quiet=config.quiet, keep_days=config.keep_days, films=config.films),
        config.language,
        sessions,
        badges=badges,
        downloads=downloads,
        calendar_links=links.calendars,
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


async def connect_matrix(config: Config, store: Store) -> MatrixPlatform:
    """The account that was set up, its device started; nothing of Matrix is loaded where it is not used."""
    from bot.platforms.matrix.client import MatrixClient
    from bot.platforms.matrix.credentials import read_account
    from bot.platforms.matrix.platform import MatrixPlatform

    client = MatrixClient(
        read_account(config.matrix_account), config.matrix_keys, encryption=config.matrix_encryption
    )
    await client.start()
    settings = RecognitionSettings(config.recognition)
    return MatrixPlatform(
        store,
        client,
        config.matrix_allow,
        config.language,
        config.reachable,
        honour=lambda name: settings.honour(
            name, config.matrix_recognition_level, config.matrix_recognition_room
        ),
        threads=config.matrix_threads,
    )


async def connect_discord(
    config: Config, store: Store, sessions: SessionRepository, listings: Mapping[str, Listing]
) -> DiscordPlatform:
    """The bot in Discord, logged in; nothing of Discord is loaded where it is not used."""
    from bot.platforms.discord.client import DiscordClient
    from bot.platforms.discord.credentials import read_token
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.discord.setup import register

    client = DiscordClient(read_messages=config.discord_read_messages)
    await client.enter(read_token(config.discord_token))
    managed = not config.discord_host_roles
    settings = RecognitionSettings(config.recognition)
    return DiscordPlatform(
        store,
        client,
        sessions.load,
        listings,
        await register(client, config.discord_server or None, managed=managed),
        config.discord_host_roles,
        language=config.language,
        address=config.reachable,
        role=(lambda name: settings.role(name, config.discord_roles)) if config.gives_roles else None,
        forum=config.discord_forum,
    )


def build_web(
    worker: Worker, platform: WebPlatform, host_secret: str, demo_rooms: DemoRooms | None = None
) -> WebServer:
    """The pages of a worker, of which the web room is a platform; nothing of them is loaded where they are not used."""
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
    hub = Hub(pages, load)
    identity = Identity(store, signer, secure=config.public.startswith("https://"))
    access = RoomAccess(store, platform, hub, pages, load)
    input = Input(store, platform, hub, access)
    sockets = Sockets(store, platform, hub, pages, access, input, load)
    # A whole community may come in at once from one address: behind a proxy there is only one.
    entries = RateLimits(burst=500, per_second=20)
    shelf = worker.runtime.shelf
    server = WebServer(
        WebParts(
            identity=identity,
            access=access,
            pages=pages,
            hub=hub,
            sockets=sockets,
            entrance=Entrance(store, pages, hub, identity, signer, entries, host_secret, config.room),
            entries=entries,
            room_page=RoomPage(store, pages, hub, identity, access, input, sockets, signer, links, shelf),
            boards=Boards(pages, load, signer),
            calendars=CalendarPages(worker.calendars, links, signer, worker.runtime.clock, pages.environment),
            badges=BadgePages(worker.badges, signer, pages.environment),
            downloads=DownloadPages(
                identity.member,
                access.current,
                load,
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


def _demo_rooms(config: Config, clock: Clock) -> DemoRooms:
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
        server = build_web(worker, platform, keep_secret(folder / "host.secret"))
        return DemoParts(worker.runtime, platform, server)

    return DemoRooms(config.data / "trials", clock, build)


@dataclass
class App:
    """A running Storycircle: a worker, and a server for its pages."""

    config: Config
    worker: Worker
    server: WebServer
    host_secret: str
    demo_rooms: DemoRooms
    runner: web.AppRunner
    lock: IO[str] | None
    tasks: tuple[asyncio.Task[None], ...]

    @property
    def store(self) -> Store:
        """The store of the worker."""
        return self.worker.store

    @property
    def runtime(self) -> Runtime:
        """The runtime of the worker."""
        return self.worker.runtime

    @property
    def link(self) -> str:
        """The address of the room for participants."""
        return f"{self.config.public}/r/{self.config.room}"

    @property
    def host_link(self) -> str:
        """The address of the room for hosts; the secret stands behind the #, which browsers do not send."""
        return f"{self.link}#host={self.host_secret}"

    async def close(self) -> None:
        """Stop listening, finish what is under way, close the database."""
        for task in self.tasks:
            task.cancel()
        await self.demo_rooms.close()
        await self.runner.cleanup()
        await self.worker.stop()
        processes.close()
        await self.store.close()
        if self.lock is not None:
            self.lock.close()


def calm_collector() -> None:
    """Let the garbage collector look less often: sessions are large, long-lived and free of cycles.

    With Python's defaults it walks all of them again and again, which was a third of the cost of an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def start(config: Config, clock: Clock | None = None, waiting: Callable[[], None] | None = None) -> App:
    """Open the database, put the workshops on the shelf, and listen.

    Raises:
        ConfigError: the port is taken, or a folder is missing.
        ScriptError: a script has faults.
        StoreError: the database cannot be used.
    """
    clock = clock or WallClock()
    scripts = RecognitionSettings(config.recognition).applied(
        shelf(_folder(config.prompts)), badges=installed("badges")
    )
    if waiting is None:
        _free(config)
    lock = await alone(config.data, waiting)
    if waiting is not None:
        _free(config)
    store = await open_store(config.database)
    try:
        return await _started(config, clock, scripts, lock, store)
    except BaseException:
        await store.close()  # its thread would keep the process alive
        raise


async def _started(
    config: Config,
    clock: Clock,
    scripts: Mapping[str, Sequence[Script]],
    lock: IO[str] | None,
    store: Store,
) -> App:
    from aiohttp import web

    from bot.platforms.web.platform import WebPlatform

    platform = WebPlatform(store, clock)
    series = all_series(config.prompts, list(scripts))
    worker = await build_worker(config, store, clock, scripts, series, [platform])
    host_secret = keep_secret(config.data / "host.secret")
    demo_rooms = _demo_rooms(config, clock)
    server = build_web(worker, platform, host_secret, demo_rooms)
    await worker.start()
    calm_collector()
    worker.runtime.run()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, config.bind, config.port).start()
    housekeeping = keep_house(
        store,
        worker.runtime,
        keep_days=config.keep_days,
        digest=config.digest,
        zone=config.zone,
        language=config.language,
    )
    tasks = (
        asyncio.create_task(server.parts.sockets.look_for_guides(), name="look for guides"),
        asyncio.create_task(housekeeping, name="daily"),
    )
    return App(config, worker, server, host_secret, demo_rooms, runner, lock, tasks)


async def _series(
    store: Store,
    series: Mapping[str, Series],
    scripts: Mapping[str, Sequence[Script]],
    listings: Mapping[str, Listing],
) -> dict[str, Listing]:
    """Every series as a workshop that can be started: its parts know what is carried into them."""
    listed = {}
    for key, one in series.items():
        parts = [
            await list_workshop(
                store, [carried(script, one) for script in scripts[part]], listings[part].refusal
            )
            for part in one.parts
        ]
        listed[key] = Listing(
            id=key,
            title=one.title,
            minutes=parts[0].minutes,
            hash=parts[0].hash,
            parts=tuple(parts),
            about=one.about.strip(),
            days_between=one.days_between,
        )
    return listed


def _refusal(script: Script, config: Config) -> str:
    """The reason why a workshop cannot be started in this installation; empty if it can."""
    if script.audience is Audience.UNDER_18 and not config.safeguarding:
        return (
            f"{script.title} is for people under 18. Whoever runs this bot has to agree it with the "
            "organisation's safeguarding first, and then set `safeguarding: true`."
        )
    return ""


def _lock_file(data: Path) -> IO[str]:
    data.mkdir(parents=True, exist_ok=True)
    return (data / "running.lock").open("w")


async def alone(data: Path, waiting: Callable[[], None] | None = None) -> IO[str] | None:
    """Keep a second process off the same database; the system lets go when this one ends, however it ends.

    With `waiting`, which is called once, a second process stands by until then.
    """
    try:
        import fcntl
    except ImportError:  # not on this system; the port keeps most accidents away
        return None
    lock = _lock_file(data)
    announced = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except OSError as error:
            if waiting is None:
                lock.close()
                raise ConfigError(
                    f"Another Storycircle works with the folder {data} already. Use that one, stop it first, or "
                    "let this one take over when it ends: storycircle run --stand-by."
                ) from error
        if not announced:
            waiting()
            announced = True
        await asyncio.sleep(STAND_BY)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ConfigError(
            f"There is no folder {path} with workshops. Start from the folder of the README, or set `prompts`."
        )
    return path


def _free(config: Config) -> None:
    """Say it in a sentence if something listens there already, before anything is opened."""
    family = socket.AF_INET6 if ":" in config.bind else socket.AF_INET
    with contextlib.closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.bind, config.port))
        except OSError as error:
            raise ConfigError(
                f"Something listens on {config.bind}:{config.port} already, perhaps Storycircle itself. "
                f"Use that one, stop it, or choose another port: STORYCIRCLE_PORT={config.port + 1}."
            ) from error


async def run(
    config: Config,
    ready: Callable[[App], None],
    clock: Clock | None = None,
    waiting: Callable[[], None] | None = None,
) -> None:
    """Run until a signal says to stop. With `waiting`, stand by while another process has the database."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    starting = asyncio.ensure_future(start(config, clock, waiting))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return
    app = starting.result()
    ready(app)
    watching = [asyncio.ensure_future(stop.wait()), *app.runtime.tasks]
    done, _ = await asyncio.wait(watching, return_when=asyncio.FIRST_COMPLETED)
    await app.close()
    for task in done:
        task.result()
