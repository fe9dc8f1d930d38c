"""What is written to the log: each kind of line at most so often a minute, so that no trouble fills the disk."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

MOST = 30  # lines of one kind a minute
KINDS = 1_000  # that are counted
MINUTE = 60.0


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


def write_log() -> None:
    """Write the log to standard error."""
    structlog.configure(
        processors=[Bounded(), *structlog.get_config()["processors"]],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
