"""What is written to the log: each kind of line at most so often a minute, so that no trouble fills the disk."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

MOST = 30  # lines of one kind a minute
KINDS = 1_000  # that are counted
MINUTE = 60.0
LONGEST = 300  # characters of a library's line
# What is late because the program was away is done all the same, and each time named by APScheduler.
QUIET = {"nio": logging.CRITICAL + 1, "apscheduler": logging.ERROR}


class Bounded:
    """Drops what is one line too many; the first line of its kind in a later minute says how many there were.

    Args:
        seconds: tells the time.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._counted: dict[str, tuple[float, int]] = {}  # when the minute of a kind began, and its lines

    def __call__(self, logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Pass a line on.

        Raises:
            structlog.DropEvent: it is one too many.
        """
        kind, now = str(line.get("event", "")), self._seconds()
        if len(self._counted) >= KINDS:
            self._counted.clear()
        began, n = self._counted.get(kind, (now, 0))
        if now - began >= MINUTE:
            if n > MOST:
                line["left_out"] = n - MOST
            began, n = now, 0
        self._counted[kind] = (began, n + 1)
        if n >= MOST:
            raise structlog.DropEvent
        return line


COUNTED: Counter[tuple[str, str]] = Counter()
"""Warnings and errors since the start, by level and kind, those that were left out of the log among them."""


def count_trouble(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Count a warning or an error. Its kind is what our code calls it, so it holds no one's words."""
    kind = method, str(line.get("event", ""))[:80]
    if method in ("warning", "error", "critical", "exception") and (kind in COUNTED or len(COUNTED) < KINDS):
        COUNTED[kind] += 1
    return line


class FromLibraries(logging.Handler):
    """Puts what libraries warn of among our lines, with the time and the level."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            said = record.getMessage()[:LONGEST]
        except Exception:  # a library that cannot put its own line together
            said = str(record.msg)[:LONGEST]
        structlog.get_logger().log(
            record.levelno,
            "a library warns",
            library=record.name,
            said=said,
            exc_info=record.exc_info or None,
        )


def write_log() -> None:
    """Write the log to standard error.

    matrix-nio's own lines are left out: they hold whole events, so people's words and the keys of their files. What
    matters of them our adapter says itself.
    """
    logging.basicConfig(handlers=[FromLibraries(logging.WARNING)], level=logging.WARNING, force=True)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[count_trouble, Bounded(), *structlog.get_config()["processors"]],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
