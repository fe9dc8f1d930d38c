"""The keys of an installation: made whole or not at all, by whoever comes first, and used by everybody."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bot.badges.keys import Keys
from bot.cli.doctor import _keys
from bot.config import Config

LOAD = """
import sys, time
from pathlib import Path
from bot.badges.keys import Keys
while not Path(sys.argv[2]).exists():
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
