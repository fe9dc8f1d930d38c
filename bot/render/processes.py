"""Processes that draw beside the conversation, one for each kind of work, made at first use.

A picture holds the interpreter for a fifth of a second, a film for some seconds; beside a live conversation that is
too long. Whoever composes the program ends them with `close`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PICTURES, FILMS = "pictures", "films"  # each waits only for its own kind

_pools: dict[str, ProcessPoolExecutor] = {}


async def in_process(kind: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `work` from the process of this kind; one piece of work of a kind at a time."""
    if kind not in _pools:
        context = multiprocessing.get_context("spawn")
        _pools[kind] = ProcessPoolExecutor(1, mp_context=context, initializer=_end_with_the_bot)
    return await asyncio.wrap_future(_pools[kind].submit(work, *args, **kwargs))


def close() -> None:
    """End the processes that draw, if there are any."""
    while _pools:
        _pools.popitem()[1].shutdown(wait=False, cancel_futures=True)


def _end_with_the_bot() -> None:
    """A killed bot cannot end the processes that draw for it: they watch it themselves."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
