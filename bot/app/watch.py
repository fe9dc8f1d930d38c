"""What programs that watch this one ask for, on a port of their own: is it well, does it hear people, and numbers.

`/healthz` and `/readyz` follow what container runtimes and load balancers ask; `/metrics` is the text format of
Prometheus (OpenMetrics names: base units, `_total` on what only grows). No label holds a person, a room or a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot import __version__
from bot.app.logs import COUNTED
from bot.config import Config, installed
from bot.core.model.facts import Fact
from bot.core.model.session import Session
from bot.errors import ConfigError
from bot.platforms.web.health import HealthCheck
from bot.store.figures import Figures, figures

if TYPE_CHECKING:
    from aiohttp import web
    from prometheus_client import Metric

    from bot.app.worker import Worker

STARTS = "It starts, or stands by while another one works."
NO_METRICS = "The part “metrics” isn't installed. Run: pip install 'storycircle[metrics]'\n"


class Watch:
    """The port. Until it has something to look at, it says that this one starts."""

    def __init__(self) -> None:
        self._worker: Worker | None = None
        self._sockets: Callable[[], int] = int
        self._check: HealthCheck | None = None
        self._facts = 0
        self.runner: web.AppRunner | None = None

    def look_at(self, worker: Worker, sockets: Callable[[], int]) -> None:
        """From here on speak of this worker, and of the pages that are open."""
        self._check = HealthCheck(worker.store)
        worker.runtime.subscribe(self._changed)
        self._worker, self._sockets = worker, sockets

    def _changed(self, session: Session, facts: Sequence[Fact]) -> None:
        self._facts += len(facts)

    async def healthz(self, request: web.Request) -> web.Response:
        """Whether to leave it alone: 503 is for one that can't write, which starting it again may mend."""
        from aiohttp import web

        why = await self._check.why() if self._check is not None else ""
        return web.json_response({"ok": not why, "why": why}, status=503 if why else 200)

    async def readyz(self, request: web.Request) -> web.Response:
        """Whether to send people here. A chat that is away keeps nobody from the others, so it's only named."""
        from aiohttp import web

        worker = self._worker
        if worker is None or self._check is None:
            return web.json_response({"ok": False, "why": STARTS, "away": []}, status=503)
        why = await self._check.why()
        away = sorted(worker.runtime.away & set(worker.runtime.platforms))
        return web.json_response({"ok": not why, "why": why, "away": away}, status=503 if why else 200)

    async def metrics(self, request: web.Request) -> web.Response:
        """Numbers for Prometheus."""
        from aiohttp import web

        if not installed("metrics"):
            return web.Response(text=NO_METRICS, status=501)
        from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        worker = self._worker
        if worker is not None:
            seen = await figures(worker.store.engine, worker.runtime.clock.now())
            registry.register(_Collected(list(self._measured(worker, seen))))
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    def _measured(self, worker: Worker, seen: Figures) -> Iterator[Metric]:
        from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily

        def gauge(name: str, says: str, value: float) -> Metric:
            return GaugeMetricFamily(f"storycircle_{name}", says, value=value)

        def by(label: str, name: str, says: str, values: dict[str, float]) -> Metric:
            family = GaugeMetricFamily(f"storycircle_{name}", says, labels=[label])
            for key, value in sorted(values.items()):
                family.add_metric([key], value)
            return family

        def counter(name: str, says: str, value: int) -> Metric:
            return CounterMetricFamily(f"storycircle_{name}", says, value=value)

        runtime, engine = worker.runtime, worker.store.engine
        names = list(runtime.platforms)
        rows = {name: seen.waiting.get(name, (0, 0.0)) for name in [*names, *seen.waiting]}
        dead = dict.fromkeys(names, 0.0) | dict(seen.dead)
        yield InfoMetricFamily("storycircle", "Which version runs", value={"version": __version__})
        yield by("phase", "sessions", "Sessions, by how far they are", dict(seen.sessions))
        yield counter("facts", "What was decided since the start", self._facts)
        yield counter("commits", "Transactions that went to disk since the start", engine.commits)
        yield counter("writes", "Writes that shared these transactions", engine.writes)
        yield by("platform", "outbox_rows", "What waits to be said", {k: n for k, (n, _) in rows.items()})
        oldest = {k: age for k, (_, age) in rows.items()}
        yield by("platform", "outbox_oldest_seconds", "How long the oldest of it has been due", oldest)
        yield by("platform", "outbox_dead_rows", "Messages that were given up", dead)
        yield gauge("events_parked", "Events put aside after a fault", seen.held.get("parked", 0))
        yield gauge("events_held", "Events that wait for their turn", seen.held.get("held", 0))
        yield gauge("timers_late", "Timers that are due and not done", seen.late[0])
        yield gauge("timers_late_seconds", "How long the first of them has been due", seen.late[1])
        up = {name: float(name not in runtime.away) for name in names}
        yield by("platform", "platform_up", "1 if the platform can be heard", up)
        yield gauge("web_sockets", "Open pages", self._sockets())
        files = [
            worker.config.database,
            worker.config.database.with_name(f"{worker.config.database.name}-wal"),
        ]
        size = sum(file.stat().st_size for file in files if file.exists())
        yield gauge("database_bytes", "Size of the database with its log", size)
        trouble = CounterMetricFamily(
            "storycircle_log_lines",
            "Warnings and errors of the log since the start",
            labels=["level", "kind"],
        )
        for (level, kind), n in sorted(COUNTED.items()):
            trouble.add_metric([level, kind], n)
        yield trouble

    async def close(self) -> None:
        """Stop answering."""
        if self.runner is not None:
            await self.runner.cleanup()


class _Collected:
    """Numbers that were gathered already, as the library wants them handed over."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Sequence[Metric]:
        return self._metrics


async def start_watch(config: Config) -> Watch | None:
    """Answer on the port that is set; None where none is.

    Raises:
        ConfigError: the port is taken.
    """
    if not config.watch_port:
        return None
    from aiohttp import web

    watch = Watch()
    app = web.Application()
    app.add_routes(
        [
            web.get("/healthz", watch.healthz),
            web.get("/readyz", watch.readyz),
            web.get("/metrics", watch.metrics),
        ]
    )
    watch.runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await watch.runner.setup()
    try:
        await web.TCPSite(watch.runner, config.watch_bind, config.watch_port).start()
    except OSError as error:
        raise ConfigError(
            f"Something listens on {config.watch_bind}:{config.watch_port} already, and those who watch this one "
            f"need it. Choose another port: STORYCIRCLE_WATCH_PORT={config.watch_port + 1}, or 0 for none."
        ) from error
    return watch
