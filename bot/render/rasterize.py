"""SVG to PNG, for chats that show no SVG: by resvg, with the font that we ship, in a process of its own.

resvg holds the interpreter for a fifth of a second a picture; beside a live conversation that is too long.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu Sans"


def png(svg: str, width: int = 1000) -> bytes:
    """The picture as PNG, `width` pixels wide; only the shipped font is used, so it is the same everywhere.

    Raises:
        ValueError: it is no SVG.
    """
    import resvg_py

    made = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return bytes(made)


def _apart() -> ProcessPoolExecutor:
    """A process that draws, and ends when this one does."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_end_with_the_bot)


def _end_with_the_bot() -> None:
    """A killed bot cannot end the processes that draw for it: they watch it themselves."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


@cache
def _pool() -> ProcessPoolExecutor:
    return _apart()


async def drawn(svg: str, width: int = 1000) -> bytes:
    """The same, while the conversation goes on."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), png, svg, width)


async def filmed(scenes: Sequence[tuple[str, float]]) -> bytes:
    """A film of these scenes as MP4, while the conversation goes on; one at a time, apart from pictures."""
    from bot.render.video.encoder import film

    return await asyncio.get_running_loop().run_in_executor(_films(), film, scenes)


@cache
def _films() -> ProcessPoolExecutor:
    return _apart()


def close() -> None:
    """End the processes that draw, if there are any."""
    for pool in (_pool, _films):
        if pool.cache_info().currsize:
            pool().shutdown(wait=False, cancel_futures=True)
            pool.cache_clear()
