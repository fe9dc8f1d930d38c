"""SVG to PNG, for chats that show no SVG: by resvg, with the font that we ship, in a process of its own.

resvg holds the interpreter for a fifth of a second a picture; beside a live conversation that is too long.
"""

from __future__ import annotations

import asyncio
import multiprocessing
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


@cache
def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


async def drawn(svg: str, width: int = 1000) -> bytes:
    """The same, while the conversation goes on."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), png, svg, width)


def close() -> None:
    """End the process that draws, if there is one."""
    if _pool.cache_info().currsize:
        _pool().shutdown(wait=False, cancel_futures=True)
        _pool.cache_clear()
