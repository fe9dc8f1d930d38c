"""The keys of an installation: made whole or not at all, by whoever comes first, and used by everybody."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.badges.award import Community
from bot.badges.issuer import BadgeIssuer
from bot.badges.keys import Keys
from bot.badges.showcase import BadgeShowcase
from bot.cli.doctor import _keys
from bot.config import Config
from bot.engine.session_repository import SessionRepository
from bot.store.engine import read
from tests.badges.test_once import SCRIPT
from tests.support import Scene

LOAD = """
import sys, time
from pathlib import Path
from bot.badges.keys import Keys
end = time.monotonic() + 60
while not Path(sys.argv[2]).exists():  # the start, for all at once
    assert time.monotonic() < end, "nobody said start"
    time.sleep(0.001)
print(Keys(Path(sys.argv[1])).load().current.multikey)
"""


def test_processes_that_make_the_first_key_at_once_use_the_same(tmp_path: Path):
    go = tmp_path / "go"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", LOAD, str(tmp_path / "badges"), str(go)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    go.touch()
    said = {process.communicate(timeout=60)[0].strip() for process in both}
    assert all(process.returncode == 0 for process in both)
    assert said == {Keys(tmp_path / "badges").load().current.multikey}
    assert [path.name for path in (tmp_path / "badges").iterdir()] == ["0001.pem"]


def _make(folder: Path, gate: threading.Barrier, tell: Callable[[str], None]) -> None:
    gate.wait()
    tell(Keys(folder).load().current.multikey)


def test_threads_that_make_the_first_key_at_once_use_the_same(tmp_path: Path):
    for n in range(20):
        gate, found = threading.Barrier(4), list[str]()
        threads = [
            threading.Thread(target=_make, args=(tmp_path / str(n), gate, found.append)) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4 and len(set(found)) == 1


def test_a_key_file_is_readable_by_its_owner_alone_and_an_old_key_stays(tmp_path: Path):
    keys = Keys(tmp_path / "badges").load()
    first = keys.current
    keys.rotate()
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "badges").iterdir()] == [0o600, 0o600]
    assert keys.current != first and first in keys.all
    assert Keys(tmp_path / "badges").load().all == keys.all


def test_the_doctor_says_which_key_is_damaged_and_nothing_of_one_that_is_fine(tmp_path: Path):
    Keys(tmp_path / "badges").load()
    config = Config(data=tmp_path)
    assert all(fine for fine, _ in _keys(config))
    (tmp_path / "badges" / "0001.pem").write_text("")
    assert any(not fine and "0001.pem is not a key" in says for fine, says in _keys(config))


async def test_a_badge_that_cannot_be_signed_is_tried_again_until_the_key_is_mended(tmp_path: Path):
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "0001.pem").write_text("half a k")

    def badges(scene: Scene, store: Any, sessions: SessionRepository) -> BadgeIssuer:
        showcase = BadgeShowcase(
            store,
            Community(name="Garden"),
            link=lambda badge: f"https://circle.example.org/badge/{badge}",
            load=sessions.load,
        )
        return BadgeIssuer(store, folder, scene.clock, showcase)

    scene = Scene(tmp_path / "s.db", SCRIPT)
    scene.badges = badges
    await scene.open()

    async def mend() -> None:
        """Put the right key in its place once signing has failed."""
        while not await read(scene.store.engine, "SELECT 1 FROM outbox WHERE tries > 0"):
            await asyncio.sleep(0)
        (folder / "0001.pem").unlink()
        Keys(folder).load()

    mended = asyncio.create_task(mend())
    try:
        await scene.gathered("Ada")
        while (await scene.session()).step != "tale":
            await scene.next()
        await scene.submit("Ada", "tale", moment="It rained.")
        await scene.order("Host", "workshop end")
        await scene.order("Ada", "share", answer="1", how="name")
        await scene.order("Ada", "my badges accept", which="storyteller")
        await scene.wait(25 * 3600)
        await mended
        await scene.runtime.idle()
        signed = await read(scene.store.engine, "SELECT person FROM badge WHERE body != ''")
        assert [person for (person,) in signed] == ["stage:ada"]
        assert not await scene.store.outbox.dead()
        assert any("/badge/" in line for line in scene.private("Ada"))
    finally:
        mended.cancel()
        await scene.close()
