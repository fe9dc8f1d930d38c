"""Puts the parts together: the only file that names every concrete class."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import structlog
from aiohttp import web

from bot.authoring.demo_room import DemoRooms
from bot.authoring.loader import all_series, carried, shelf
from bot.badges.award import Community
from bot.badges.issuer import BadgeIssuer
from bot.badges.picture import Look, picture_from
from bot.badges.recognition_settings import RecognitionSettings
from bot.clock import Clock, WallClock
from bot.config import Config
from bot.core.model.events import CommandGiven, Person
from bot.core.model.ids import PersonId
from bot.core.model.script import Audience, Script
from bot.core.participants.community import Listing, Times, Variant
from bot.core.participants.translation import in_language, languages
from bot.engine.monthly_digest import digests
from bot.engine.runtime import Runtime
from bot.engine.session_repository import SessionRepository
from bot.errors import ConfigError, StoreUnavailable
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.server import WebServer
from bot.platforms.web.signing import keep_secret
from bot.render import processes
from bot.store.moments import stamp
from bot.store.opening import open_store
from bot.store.restored import follow_ledger, to_forget
from bot.store.retention import PARKED_DAYS, sweep
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.host_panel import HasHostPanel, HostPanel
    from bot.platforms.matrix.platform import MatrixPlatform

log = structlog.get_logger()

A_DAY = 86_400.0  # seconds
STAND_BY = 1.0  # seconds between two looks whether the other process has ended


@dataclass
class App:
    """A running Storycircle."""

    config: Config
    store: Store
    runtime: Runtime
    server: WebServer
    trials: DemoRooms
    runner: web.AppRunner
    port: int
    host_secret: str
    lock: IO[str] | None
    looking: tuple[asyncio.Task[None], ...]
    closing: tuple[Callable[[], Awaitable[None]], ...] = ()  # of other platforms

    @property
    def link(self) -> str:
        """Where participants go."""
        return f"{self.config.public}/r/{self.config.room}"

    @property
    def host_link(self) -> str:
        """Where a host goes; the secret stands behind the #, which browsers do not send."""
        return f"{self.link}#host={self.host_secret}"

    async def close(self) -> None:
        """Stop listening, finish what is under way, close the database."""
        for task in self.looking:
            task.cancel()
        await self.trials.close()
        await self.runner.cleanup()
        await self.runtime.stop()
        for close in self.closing:
            await close()
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
    scripts = RecognitionSettings(config.recognition).applied(shelf(_folder(config.prompts)))
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
    listings = {
        key: await list_workshop(store, there, _refusal(there[0], config)) for key, there in scripts.items()
    }
    platform = WebPlatform(store, clock)
    listings |= await _series(store, config, scripts, listings)
    sessions = SessionRepository(store, config.language)
    matrix = await _matrix(config, store) if config.matrix else None
    discord = await _discord(config, store, sessions, listings) if config.discord else None
    chats = [chat for chat in (matrix, discord) if chat is not None]
    runtime = Runtime(
        store,
        listings,
        [platform, *chats],
        clock,
        Times(zone=config.zone, quiet=config.quiet, keep_days=config.keep_days, films=config.films),
        config.language,
        sessions,
    )
    desks = [_desk(chat, runtime) for chat in chats]
    secret = keep_secret(config.data / "host.secret")
    badges = BadgeIssuer(
        store,
        config.data / "badges",
        clock,
        Community(name=config.community, url=config.reachable),
        list(all_series(config.prompts, list(scripts)).values()),
        Look(
            colour=config.badge_colour,
            images={kind: picture_from(path) for kind, path in config.badge_images.items()},
        ),
        [script for there in scripts.values() for script in there],
    )
    badges.reachable = bool(config.reachable)
    trials = DemoRooms(config.data / "trials", clock, config.public)
    server = WebServer(
        store,
        platform,
        runtime,
        listings,
        keep_secret(config.data / "cookie.secret"),
        secret,
        address=config.public,
        home=config.room,
        trials=trials,
        language=config.language,
        badges=badges,
        reachable=bool(config.reachable),
    )
    await runtime.start()
    await forget_again(store, runtime, clock)
    calm_collector()
    runtime.run()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, config.bind, config.port).start()
    looking = (
        asyncio.create_task(server.live.look_for_guides(), name="look for guides"),
        asyncio.create_task(_daily(config, store, runtime, clock), name="daily"),
    )
    return App(
        config=config,
        store=store,
        runtime=runtime,
        server=server,
        trials=trials,
        runner=runner,
        port=config.port,
        host_secret=secret,
        lock=lock,
        looking=looking,
        closing=(*(desk.close for desk in desks), *(chat.close for chat in chats)),
    )


async def _daily(config: Config, store: Store, runtime: Runtime, clock: Clock) -> None:
    """Once a day: what has been kept for long enough goes, and a month that is over is told of."""
    while True:
        now = clock.now()
        try:
            if config.keep_days:
                await _sweep(config, store, now)
            if config.digest:
                await digests(store, runtime, config.zone, config.language)
        except StoreUnavailable as error:
            log.warning("not done today", why=str(error))
        await asyncio.sleep(A_DAY)


async def _sweep(config: Config, store: Store, now: datetime) -> None:
    """What has been kept for long enough goes."""
    before, parked = (now - timedelta(days=days) for days in (config.keep_days, PARKED_DAYS))
    gone = await store.write(lambda db: sweep(db, stamp(before), stamp(parked)))
    log.info("swept", rows=gone)


async def forget_again(store: Store, runtime: Runtime, clock: Clock) -> None:
    """After a restore: who asked to be forgotten since the backup was made is forgotten before anything is heard."""
    named = await to_forget(store)
    for n, (person, session, room) in enumerate(named):
        platform = person.partition(":")[0]
        await runtime.hear(
            CommandGiven(
                id=f"ledger:{len(store.ledger)}:{n}:{secrets.token_hex(4)}",
                channel=room or f"{platform}:-",
                at=clock.now(),
                person=Person(id=PersonId(person), name=""),
                command="forget",
                args={"me": "me again"},
                session=session,
            )
        )
    if named:
        log.info("forgotten again after a restore", people=len({person for person, _, _ in named}))
    await follow_ledger(store)


async def _matrix(config: Config, store: Store) -> MatrixPlatform:
    """The account that was set up, and what it hears; nothing of Matrix is loaded where it is not used."""
    from bot.platforms.matrix.client import MatrixClient
    from bot.platforms.matrix.credentials import read_account
    from bot.platforms.matrix.platform import MatrixPlatform

    link = MatrixClient(
        read_account(config.matrix_account), config.matrix_keys, encryption=config.matrix_encryption
    )
    await link.start()
    honours = RecognitionSettings(config.recognition)
    return MatrixPlatform(
        store,
        link,
        config.matrix_allow,
        config.language,
        config.reachable,
        honour=lambda name: honours.honour(
            name, config.matrix_recognition_level, config.matrix_recognition_room
        ),
        threads=config.matrix_threads,
    )


async def _discord(
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
    honours = RecognitionSettings(config.recognition)
    return DiscordPlatform(
        store,
        client,
        sessions.load,
        listings,
        await register(client, config.discord_server or None, managed=managed),
        config.discord_host_roles,
        language=config.language,
        address=config.reachable,
        role=(lambda name: honours.role(name, config.discord_roles)) if config.gives_roles else None,
        forum=config.discord_forum,
    )


def _desk(chat: HasHostPanel, runtime: Runtime) -> HostPanel:
    from bot.platforms.host_panel import HostPanel

    desk = HostPanel(chat, runtime.sessions.load)
    runtime.changed.append(desk.changed)
    return desk


async def list_workshop(store: Store, there: Sequence[Script], refusal: str = "") -> Listing:
    """Keep every variant of a script, and list the workshop with them."""
    variants = [
        Variant(
            version=s.version,
            setting=s.setting,
            minutes=s.minutes,
            hash=await store.keep_script(in_language(s, language)),
            language="" if language == s.language else language,
            prepare=" ".join(f"{step.title}: {' '.join(step.say.split())}" for step in s.prepare),
        )
        for s in there
        for language in languages(s)
    ]
    first = there[0]
    return Listing(
        id=first.id,
        title=first.title,
        minutes=first.minutes,
        hash=variants[0].hash,
        refusal=refusal,
        variants=tuple(variants),
        about=first.about.strip(),
    )


async def _series(
    store: Store, config: Config, scripts: Mapping[str, Sequence[Script]], listings: Mapping[str, Listing]
) -> dict[str, Listing]:
    """Every series as a workshop that can be started: its parts know what is carried into them."""
    found = {}
    for key, series in all_series(config.prompts, list(scripts)).items():
        parts = [
            await list_workshop(store, [carried(s, series) for s in scripts[part]], listings[part].refusal)
            for part in series.parts
        ]
        found[key] = Listing(
            id=key,
            title=series.title,
            minutes=parts[0].minutes,
            hash=parts[0].hash,
            parts=tuple(parts),
            about=series.about.strip(),
            days_between=series.days_between,
        )
    return found


def _refusal(script: Script, config: Config) -> str:
    """Why a workshop cannot be started in this installation."""
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
    told = False
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
        if not told:
            waiting()
            told = True
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
