"""SVG to PNG, for chats that show no SVG: by resvg, with the font that we ship."""

from __future__ import annotations

from pathlib import Path

from bot.render.processes import PICTURES, in_process

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu Sans"


def png(svg: str, width: int = 1000) -> bytes:
    """The picture as PNG, `width` pixels wide; only the shipped font is used, so it is the same everywhere.

    Raises:
        ValueError: it is no SVG.
    """
    import resvg_py  # a library of several megabytes: only where pictures become files

    image = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return bytes(image)


async def drawn(svg: str, width: int = 1000) -> bytes:
    """The same, while the conversation goes on."""
    return await in_process(PICTURES, png, svg, width)
