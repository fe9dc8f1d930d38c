"""A running Storycircle, from the first look at its folder to the last signal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.app.leader import Lock, alone, beat, show_life
from bot.app.pages import build_web, demo_rooms
from bot.app.shelf import recognized
from bot.app.systemd import notify, stay_watched
from bot.app.watch import start_watch
from bot.app.worker import Worker, build_worker
from bot.authoring.folder import Found, WorkshopFolder
from bot.clock import Clock, WallClock
from bot.config import Config
from bot.core.model.script import Script
from bot.engine.housekeeping import keep_house
from bot.engine.operator_orders import OperatorOrders
from bot.engine.runtime import Runtime
from bot.errors import ConfigError, ScriptError, Superseded
from bot.platforms.web.signing import keep_secret
from bot.render import processes
from bot.store.leadership import lead
from bot.store.opening import open_store
from bot.store.store import Store

if TYPE_CHECKING:
    from aiohttp import web

    from bot.authoring.demo_room import DemoRooms
    from bot.platforms.web.server import WebServer

log = structlog.get_logger()


@dataclass
class App:
    """A running Storycircle: a worker, and a server for its pages."""

    config: Config
    worker: Worker
    server: WebServer
    demo_rooms: DemoRooms
    runner: web.AppRunner
    lock: Lock | None
    leading: asyncio.Task[None]  # ends when another process has taken over
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
    def host_secret(self) -> str:
        """What the host link ends with."""
        return keep_secret(self.config.data / "host.secret")

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
        for task in (self.leading, *self.tasks):
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


def _stopping_at(name: signal.Signals, loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Stop in an orderly way at a signal, also where the loop takes none, as on Windows."""
    try:
        loop.add_signal_handler(name, stop.set)
    except NotImplementedError:
        signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))


async def start(config: Config, clock: Clock | None = None, waiting: Callable[[], None] | None = None) -> App:
    """Open the database, put the workshops on the shelf, and listen.

    Raises:
        ConfigError: the port is taken, or a folder is missing.
        ScriptError: no workshop can be read. One with faults is left out, and named in the log and to hosts who ask.
        StoreError: the database cannot be used.
    """
    clock = clock or WallClock()
    folder = WorkshopFolder(_folder(config.prompts), *config.workshops[1:])
    workshops = folder.look()
    assert workshops is not None  # the first look
    for key, fault in workshops.faults.items():
        log.warning("a workshop is left out, because its file has faults", workshop=key, faults=fault)
    if not workshops.scripts:
        raise ScriptError(
            "\n".join(workshops.faults.values()) or f"There is no workshop in {config.prompts}."
        )
    scripts = recognized(workshops, config)
    if waiting is None:
        _free(config)
    lock = await alone(config.data, waiting, config.take_over_after)
    starting = asyncio.create_task(show_life(lock), name="start")
    store: Store | None = None
    try:
        if waiting is not None:
            _free(config)
        _keep_private(config)
        store = await open_store(config.database)
        await lead(store.engine)
        return await _started(config, clock, scripts, workshops, folder, lock, store)
    except BaseException:
        starting.cancel()
        if store is not None:
            await store.close()  # its thread would keep the process alive
        if lock is not None:
            lock.close()
        raise
    finally:
        starting.cancel()


async def _started(
    config: Config,
    clock: Clock,
    scripts: Mapping[str, Sequence[Script]],
    found: Found,
    folder: WorkshopFolder,
    lock: Lock | None,
    store: Store,
) -> App:
    from aiohttp import web

    from bot.platforms.web.connections import Connections, LimitedSite, quiet_faults
    from bot.platforms.web.platform import WebPlatform

    platform = WebPlatform(store, clock, config.shared_rooms)
    worker = await build_worker(
        config, store, clock, scripts, found.series, [platform], folder=folder, faults=found.faults
    )
    keep_secret(config.data / "host.secret")  # made at the first start
    trials = demo_rooms(config, clock)
    server = build_web(worker, platform, partial(keep_secret, config.data / "host.secret"), trials)
    sockets = server.parts.hub.sockets
    orders = OperatorOrders(store, worker.runtime, sockets.anew)
    await worker.start()
    await orders.follow()
    calm_collector()
    worker.runtime.run()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    connections = Connections(server.parts.addresses.trusts)
    quiet_faults(asyncio.get_running_loop())
    await LimitedSite(runner, config.bind, config.port, connections).start()
    housekeeping = keep_house(
        store,
        worker.runtime,
        keep_days=config.keep_days,
        digest=config.digest,
        zone=config.zone,
        language=config.language,
    )
    leading = asyncio.create_task(beat(lock, store.engine), name="lead")
    tasks = (
        asyncio.create_task(server.parts.sockets.look_for_guides(), name="look for guides"),
        asyncio.create_task(housekeeping, name="daily"),
        asyncio.create_task(orders.watch(), name="orders"),
    )
    return App(config, worker, server, trials, runner, lock, leading, tasks)


def _keep_private(config: Config) -> None:
    """What people wrote is for nobody else on this machine; also in a folder that was made before."""
    for path, mode in ((config.data, 0o700), (config.database, 0o600)):
        if path.exists():
            with contextlib.suppress(PermissionError):  # somebody else's, who let us in; doctor tells
                path.chmod(mode)


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
        _stopping_at(name, loop, stop)
    watch = await start_watch(config)
    starting = asyncio.ensure_future(start(config, clock, waiting))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return
    app = starting.result()
    if watch is not None:
        watch.look_at(app.worker, lambda: app.server.parts.sockets.count)
    ready(app)
    notify("READY=1")
    watched = asyncio.create_task(stay_watched(), name="watchdog")
    watching = [asyncio.ensure_future(stop.wait()), app.leading, *app.runtime.tasks]
    done, _ = await asyncio.wait(watching, return_when=asyncio.FIRST_COMPLETED)
    if app.leading in done and isinstance(why := app.leading.exception(), Superseded):
        # Not in an orderly way: that would send what is under way, which the other one sends.
        print(why, file=sys.stderr, flush=True)  # noqa: T201
        os._exit(2)
    notify("STOPPING=1")
    watched.cancel()
    if watch is not None:
        await watch.close()
    await app.close()
    for task in done:
        task.result()
