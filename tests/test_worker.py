"""A worker has no web server, and yet issues badges, delivers files and writes calendars."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

from bot.app.process import _stopping_at
from bot.app.worker import Worker, build_worker
from bot.authoring.loader import parse
from bot.config import Config
from bot.core.platform import Capabilities
from bot.platforms.memory import Line, MemoryPlatform
from bot.store.opening import open_store
from tests.badges import unbaking
from tests.support import SMALL, Scene

SCRIPT = parse(
    SMALL
    + """
badge: {name: Small Story, statements: [I told one moment]}
recognition:
  - {earn: story, role: Storyteller, badge: true}
""",
    "small.yaml",
)


class FilesStage(MemoryPlatform):
    """A stage on which people get files."""

    can = Capabilities(limit=4000, files=True)


class WorkerScene(Scene):
    """A scene whose process is a worker, built as in production."""

    address = ""
    worker: Worker

    async def open(self) -> WorkerScene:
        self.store = await open_store(self.path, lasting=False)
        config = Config(data=self.path.parent, address=self.address)
        self.worker = await build_worker(
            config, self.store, self.clock, {self.script.id: [self.script]}, platforms=[self.stage]
        )
        self.runtime = self.worker.runtime
        await self.worker.start()
        return self

    async def close(self) -> None:
        await self.worker.stop()
        await self.store.close()

    def files(self) -> dict[str, Line]:
        """Everything that was delivered, by the name of its file."""
        return {line.file.name: line for line in self.stage.lines.values() if line.file is not None}


@pytest.fixture
async def scene(tmp_path: Path):
    made = await WorkerScene(tmp_path / "worker.db", SCRIPT, stage=FilesStage()).open()
    yield made
    await made.close()


async def test_a_badge_is_issued_and_delivered_as_files(scene: WorkerScene):
    await scene.gathered("Ada")
    await scene.order("Host", "workshop next", leaving="3")
    await scene.order("Host", "workshop next", leaving="6")
    await scene.submit("Ada", "tale", moment="It rained.")
    await scene.order("Host", "workshop end")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Ada", "my badges accept", which="storyteller")
    await scene.wait(25 * 3600)
    document = json.loads(scene.files()["badge.json"].file.data)
    assert document["name"] == "Small Story"
    assert unbaking.from_png(scene.files()["badge.png"].file.data) == document
    assert [badge.name for badge in await scene.worker.badges.showcase.held("stage:ada")] == ["Small Story"]
    assert scene.files()["badge.json"].channel == scene.files()["badge.png"].channel == "stage:circle/~ada"


async def test_a_sheet_and_all_that_is_kept_are_delivered_as_files(scene: WorkerScene):
    await scene.gathered("Ada")
    await scene.say("Ada", "A line of mine")
    await scene.order("Ada", "my", what="sheet")
    await scene.order("Ada", "my", what="data")
    assert b"A line of mine" in scene.files()["my-sheet.html"].file.data
    assert json.loads(scene.files()["my-data.json"].file.data)["person"] == "stage:ada"


@pytest.mark.parametrize("address", ["", "https://circle.example.org"])
async def test_calendars_are_files_and_addresses_where_pages_can_be_reached(tmp_path: Path, address: str):
    scene = WorkerScene(tmp_path / "worker.db", SCRIPT, stage=FilesStage())
    scene.address = address
    await scene.open()
    await scene.order("Host", "calendar")
    for name in ("mine.ics", "all.ics"):
        assert not icalendar.Calendar.from_ical(scene.files()[name].file.data).walk("VEVENT")
    links = scene.worker.links.calendars("stage", "stage:host")
    told = "\n".join(scene.private("Host"))
    assert all((link in told) is bool(address) for link in links.values())
    await scene.close()


def test_no_page_is_loaded_for_a_worker():
    code = "import bot.app.process, sys; print([m for m in sys.modules if m == 'aiohttp' or m == 'bot.platforms.web.server'])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


async def test_a_signal_stops_it_where_the_loop_takes_none(monkeypatch: pytest.MonkeyPatch):
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def none(*_: object) -> None:
        raise NotImplementedError  # as on Windows

    monkeypatch.setattr(loop, "add_signal_handler", none)
    before = signal.getsignal(signal.SIGTERM)
    try:
        _stopping_at(signal.SIGTERM, loop, stop)
        signal.raise_signal(signal.SIGTERM)
        async with asyncio.timeout(5):
            await stop.wait()
    finally:
        signal.signal(signal.SIGTERM, before)
