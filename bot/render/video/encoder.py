"""From scenes to an MP4 (VP9): resvg draws the stills, FFmpeg's libraries encode them (PyAV ships them).

VP9, because today's browsers play it, and its encoder, libvpx, is under a BSD license. PyAV's package also holds x264
and x265 under the GPL, which is why it is an optional part (`film`); nothing here uses them.

A film of thirty seconds takes a few seconds of one core, so it is made in a process of its own.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from bot.render.processes import FILMS, in_process
from bot.render.rasterize import png
from bot.render.video.storyboard import HIGH, WIDE

if TYPE_CHECKING:
    import av

RATE = 12  # pictures a second: all of them stand still but for a short fade
FADE = (0.25, 0.5, 0.75)  # how much of a scene is there in its first pictures


def film(scenes: Sequence[tuple[str, float]], progress: Callable[[int], None] = lambda n: None) -> bytes:
    """The MP4 of these scenes, each an SVG and the seconds for which it stands; `told` hears of each that is done."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "recap.mp4"  # the index goes to the front afterwards: that needs a file
        _write(out, scenes, progress)
        return out.read_bytes()


async def filmed(scenes: Sequence[tuple[str, float]]) -> bytes:
    """The same, while the conversation goes on; one film at a time, apart from pictures."""
    return await in_process(FILMS, film, scenes)


def _write(out: Path, scenes: Sequence[tuple[str, float]], progress: Callable[[int], None]) -> None:
    import av

    with av.open(str(out), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libvpx-vp9", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDE, HIGH, "yuv420p"
        stream.options = {"crf": "34", "b": "0", "deadline": "realtime", "cpu-used": "7", "g": str(RATE * 10)}
        at = 0
        for nth, (svg, seconds) in enumerate(scenes, 1):
            frames = max(round(seconds * RATE), len(FADE) + 1)
            for n in range(frames):
                if n <= len(FADE):
                    shown = svg if n == len(FADE) else _fading(svg, FADE[n])
                    still = _frame(png(shown, WIDE))
                still.pts, still.time_base = at, Fraction(1, RATE)
                at += 1
                container.mux(stream.encode(still))
            progress(nth)
        container.mux(stream.encode(None))


def _fading(svg: str, much: float) -> str:
    return svg.replace('<g id="scene">', f'<g id="scene" opacity="{much}">', 1)


def _frame(data: bytes) -> av.VideoFrame:
    import av
    from av.video.frame import PictureType

    with av.open(io.BytesIO(data), "r", format="png_pipe") as container:
        frame = next(container.decode(video=0)).reformat(width=WIDE, height=HIGH, format="yuv420p")
    frame.pict_type = PictureType.NONE  # else every picture is a whole one, as the PNG was
    return frame
