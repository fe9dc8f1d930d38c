"""One process works with a folder; others stand by, and take over when it ends or hangs.

The lock is on a file, and the system lets go of it when its process ends, however it ends. One that hangs keeps it.
So the one that leads also touches the file every second, once its loop and the thread of its database have answered.
One that stands by counts its own looks at a file that stays as it was, and reads no clock, so that neither a clock
that was set nor a pause of the whole machine makes it take over. It then puts a file of its own in the place of the
other's, and ends the other if that is on this machine. If it is not, the database refuses what it writes
(`bot/store/leadership.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.errors import ConfigError, StoreUnavailable, Superseded
from bot.store.engine import Engine
from bot.store.leadership import see_who_leads

LOOK = 1.0  # seconds between two looks at the one that leads, and between its signs of life
ENDING = 10  # looks until one that was ended has to be gone

log = structlog.get_logger()


class Lock:
    """The lock of a folder, held until it is closed or the process ends.

    Args:
        descriptor: of the file, open and locked.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._held = True
        with contextlib.suppress(OSError):  # on a full disk it has no name, and so cannot be ended
            os.ftruncate(descriptor, 0)
            os.write(descriptor, _named(os.getpid()).encode())

    def touch(self) -> None:
        """Show that this process is alive."""
        if not self._held:
            return
        with contextlib.suppress(OSError):  # a disk that cannot be written is not a process that hangs
            os.utime(self._descriptor)

    def close(self) -> None:
        """Let go; once, for by then the number of the file may be another's."""
        if self._held:
            self._held = False
            os.close(self._descriptor)


async def alone(data: Path, waiting: Callable[[], None] | None = None, patience: int = 30) -> Lock | None:
    """Keep a second process off the same folder. None where the system has no such locks.

    Args:
        waiting: is called once if another process has it; with it this one stands by.
        patience: looks, one a second, after which another process that shows no life is taken for one that hangs.

    Raises:
        ConfigError: another process has the folder, and this one is not to stand by; or it cannot be written.
    """
    try:
        import fcntl  # noqa: F401
    except ImportError:  # the port keeps most accidents away
        return None
    path = data / "running.lock"
    seen, still, announced = "", 0, False
    while True:
        try:
            lock = _locked(path)
        except OSError as error:
            raise ConfigError(
                f"The folder {data} can't be written: {error.strerror}. Storycircle keeps everything there. Make it "
                "writable for this user, free some space, or choose another folder with the setting `data`."
            ) from error
        if lock is not None:
            return lock
        if waiting is None:
            raise ConfigError(
                f"Another Storycircle works with the folder {data} already. Use that one, stop it first, or "
                "let this one take over when it ends: storycircle run --stand-by."
            )
        if not announced:
            waiting()
            announced = True
        await asyncio.sleep(LOOK)
        before, seen = seen, _life(path)
        still = still + 1 if seen == before else 0
        if still >= patience and (taken := _taken_from(path)):
            lock, other = taken
            log.warning("takes over from one that does not answer", other=other.partition(" ")[0])
            await _end(other)
            return lock


async def show_life(lock: Lock | None) -> None:
    """Show every second that this process is alive, while it starts: a migration may take minutes."""
    while lock is not None:
        lock.touch()
        await asyncio.sleep(LOOK)


async def beat(lock: Lock | None, engine: Engine) -> None:
    """Show every second that this process is alive, and see that it still leads.

    Raises:
        Superseded: another process has taken over.
    """
    while True:
        try:
            await see_who_leads(engine)
        except Superseded:
            raise
        except StoreUnavailable:
            pass  # the disk is in trouble, which another process would be, too
        if lock is not None:
            lock.touch()
        await asyncio.sleep(LOOK)


def _locked(path: Path) -> Lock | None:
    """The lock, if nobody has it."""
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if (
            os.fstat(descriptor).st_ino == path.stat().st_ino
        ):  # else somebody has just put another in its place
            return Lock(descriptor)
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None


def _life(path: Path) -> str:
    """What changes whenever the one that leads shows life, and when another leads."""
    with contextlib.suppress(OSError):
        about = path.stat()
        return f"{about.st_ino} {about.st_mtime_ns}"
    return ""


def _taken_from(path: Path) -> tuple[Lock, str] | None:
    """The lock, taken from a process that hangs, and the name of that; None if somebody else is faster."""
    import fcntl

    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of several that stand by, one
        other = path.read_text(encoding="utf-8", errors="replace")
        fresh = path.with_name(f"{path.name}.next")
        fresh.unlink(missing_ok=True)
        lock = _locked(fresh)
        assert lock is not None  # nobody else knows of it
        fresh.replace(path)
        return lock, other
    except OSError:
        return None
    finally:
        os.close(folder)


async def _end(named: str) -> None:
    """End the process of this name, if it is one of this machine, and wait until it is gone."""
    number = named.partition(" ")[0]
    if not number.isdigit() or " " not in named or named != _named(int(number)):
        return
    with contextlib.suppress(OSError):  # another user's; then the port tells
        os.kill(int(number), signal.SIGKILL)
        for _ in range(ENDING):
            if _named(int(number)) != named:
                return
            await asyncio.sleep(LOOK)


def _named(number: int) -> str:
    """A name of a process that no other has: its number, when it began, and where; else its number, or nothing."""
    try:
        about = (
            Path(f"/proc/{number}/stat")
            .read_text(encoding="ascii", errors="replace")
            .rpartition(")")[2]
            .split()
        )
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        # Ended, and only not yet asked about by who started it. While a thread of it goes on ending, its port and its
        # files are still open (proc_pid_stat(5): the state is the first thread's, field 20 counts all of them).
        if about[0] in "ZX" and int(about[17]) <= 1:
            return ""
        return f"{number} {about[19]} {Path('/proc/self/ns/pid').readlink()} {boot}"
    except OSError:
        return str(number)
