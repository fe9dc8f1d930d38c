"""The short film: decoded by FFmpeg's own reader, held to its length, and to what people said yes to."""

from __future__ import annotations

import asyncio
import io
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import av
import pytest

from bot.authoring.loader import load
from bot.authoring.rehearsal import Rehearsal
from bot.core.model.cards import Film, RecapReady
from bot.core.model.effects import Say
from bot.core.participants.community import Times
from bot.core.views.recap_data import Chosen, StoryCard
from bot.engine.delivery import _lane
from bot.render.attachments import filed, film_of
from bot.render.i18n import spoken
from bot.render.recap.blocks import Chosen as ChosenBlock
from bot.render.recap.blocks import Stories
from bot.render.video.encoder import RATE, film
from bot.render.video.storyboard import (
    LONGEST,
    SHORTEST,
    _choices,
    _quote,
    _quotes,
    _scene,
    board,
    length,
    transcript,
)
from bot.store import Row
from tests.support import ROOM, Scene

FOLDER = Path(__file__).parents[2]
WORDS = "The heron was back"


async def posted(scene: Scene, films: bool = True) -> None:
    """A session whose recap is posted, with a line of Bo's that may be read."""
    scene.runtime.decider.times = Times(films=films)
    await scene.gathered("Bo", "Chi")
    await scene.say("Bo", f"{WORDS}, and it rained.")
    await scene.order("Host", "workshop end")
    await scene.order("Bo", "share", answer="1", how="name")
    await scene.order("Host", "workshop publish")


@pytest.mark.parametrize("people", [1, 8, 30])
@pytest.mark.parametrize("name", ["value-creation", "community-maturity", "change-agents"])
async def test_every_workshop_has_a_film_of_twenty_to_forty_seconds(name: str, people: int):
    script = load(FOLDER / "prompts" / f"{name}.yaml", "60")
    played = await Rehearsal(script, people, 3).play()
    session = replace(played.session, films=True)
    with spoken("en"):
        scenes = board(script, session)
    assert SHORTEST - 1 <= length(scenes) <= LONGEST + 1
    assert all(scene.caption and scene.seconds > 1 for scene in scenes)
    said = transcript(scenes)
    assert said.startswith("0:00 ") and len(said.splitlines()) == len(scenes)


async def test_it_can_be_played_and_stands_as_long_as_it_says(scene: Scene):
    await posted(scene)
    session = await scene.session()
    scenes = board(scene.script, session)
    made = film([(s.svg, s.seconds) for s in scenes])
    with av.open(io.BytesIO(made)) as container:
        [stream] = container.streams.video
        assert (stream.codec_context.codec.canonical_name, stream.width, stream.height) == ("vp9", 1280, 720)
        frames = [frame.reformat(format="rgb24") for frame in container.decode(video=0)]
    assert abs(len(frames) / RATE - length(scenes)) < 1
    first, last = bytes(frames[6].planes[0]), bytes(frames[-1].planes[0])
    assert first != last and len(set(first[::4001])) > 1  # something is to be seen, and it changes
    assert len(made) < 3_000_000


async def test_a_quote_needs_a_yes_of_its_own_and_goes_with_it(scene: Scene):
    await posted(scene)

    async def shown() -> str:
        return transcript(board(scene.script, await scene.session()))

    assert WORDS not in await shown()
    await scene.order("Bo", "film", answer="1")
    assert WORDS in await shown() and "Hello" in await shown()
    await scene.order("Bo", "film", answer="1", how="no")
    assert WORDS not in await shown()
    await scene.order("Bo", "film", answer="1", how="yes")
    await scene.order("Bo", "share", answer="1", how="no")
    assert WORDS not in await shown()
    await scene.order("Bo", "share", answer="1", how="anonymous")
    stills = "".join(still.svg for still in board(scene.script, await scene.session()))
    assert WORDS in await shown() and ">Bo<" not in stills
    await scene.order("Bo", "forget", me="me")
    assert WORDS not in await shown()


async def test_without_the_switch_there_is_none_and_before_the_recap_neither(scene: Scene):
    await posted(scene, films=False)
    await scene.order("Bo", "film", answer="1")
    session = await scene.session()
    assert not session.filmed and "no video" in "\n".join(scene.private("Bo"))
    scene.session_id = ""
    scene.runtime.decider.times = Times(films=True)
    await scene.order("Host", "workshop open", workshop="small")
    await scene._find()
    assert board(scene.script, await scene.session()) == ()


async def test_it_is_sent_as_a_file_with_its_words(scene: Scene):
    scene.stage.can = replace(scene.stage.can, files=True, pages=False)
    await posted(scene)
    lines = [line for line in scene.stage.lines.values() if line.kind == "film"]
    assert len(lines) == 1 and "0:00" in lines[0].text
    session = await scene.session()
    post = film_of(scene.script, session)
    assert post is not None
    file = (await filed(post)).file
    assert file is not None and file.media == "video/mp4" and file.data[4:8] == b"ftyp"


async def test_no_word_waits_until_a_film_is_made(scene: Scene):
    """The film stands in a line of its own: what is said afterwards in the room is said at once."""
    await posted(scene)
    session = await scene.session()
    stamp = scene.clock.now()

    def lane(card: Film | RecapReady) -> str:
        effect = Say(place="room:1", name="x", card=card)
        return _lane(
            Row(
                key="k",
                session=session.id,
                channel=ROOM,
                place="room:1",
                effect=effect,
                due=stamp,
                priority=0,
            ),
            replies=False,
        )

    assert lane(RecapReady()) == ROOM != lane(Film())


KILLED = """
import asyncio, multiprocessing, os, signal
from bot.render.rasterize import drawn

async def main():
    await drawn("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>", 10)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="left out: this system does not list processes in /proc"
)
async def test_what_draws_for_a_bot_that_was_killed_ends_with_it(tmp_path: Path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    made = await asyncio.create_subprocess_exec(
        sys.executable,
        str(script),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(FOLDER)},
    )
    async with asyncio.timeout(30):
        assert made.stdout
        worker = int(await made.stdout.readline())
        while (
            Path(f"/proc/{worker}").is_dir()
            and "Z" not in Path(f"/proc/{worker}/stat").read_text().split()[2]
        ):
            await asyncio.sleep(0.05)


def _choice(label: str, dots: int, idea: str = "") -> Chosen:
    return Chosen(label=label, dots=dots, idea=idea)


def test_the_winner_keeps_its_place_where_its_author_keeps_it_out_of_the_film():
    block = ChosenBlock(
        chosen=(_choice("Ada's idea", 9, "a1"), _choice("A quiet hour", 4), _choice("Tea", 4))
    )
    [scene] = _choices([block], lambda step: not step.idea)
    assert "Ada's idea" not in scene.caption and "Ada's idea" not in scene.svg
    before = scene.caption.partition("A quiet hour")[0]
    assert "an idea that its author keeps in the room" in before


def test_who_ties_with_the_third_is_named_too():
    steps = [_choice(f"Idea {n}", dots) for n, dots in enumerate([7, 5, 4, 4, 1], 1)]
    [scene] = _choices([ChosenBlock(chosen=tuple(steps))], lambda step: True)
    assert "Idea 4" in scene.caption and "Idea 5" not in scene.caption
    many = [_choice(f"Idea {n}", dots) for n, dots in enumerate([7, 4, 4, 4, 4, 4, 4], 1)]
    [scene] = _choices([ChosenBlock(chosen=tuple(many))], lambda step: True)
    assert "Idea 1" in scene.caption and "Idea 2" not in scene.caption


@pytest.mark.parametrize("sentences", [1, 3, 8, 30])
def test_captions_and_quotes_end_where_a_sentence_ends(sentences: int):
    words = " ".join(f"Sentence number {n} says that it rained all the afternoon." for n in range(sentences))
    for scene in (_quote("A story", words, "Ada"), _scene("", words)):
        shown = re.findall(r"<text[^>]*>([^<]*)</text>", scene.svg)
        for end in (line for line in shown if line.endswith("…")):
            assert end.endswith("afternoon. …")
        assert scene.caption.count("afternoon") == sentences  # the words beside the picture are whole
        if sentences < 9:
            assert not any("…" in line for line in shown)


def test_a_story_without_a_name_is_called_a_story():
    quotes = _quotes(
        [
            Stories(
                stories=(
                    StoryCard(
                        answer="a1", title="", author="Ada", coverage=(), fields=(("What?", "It rained."),)
                    ),
                )
            )
        ]
    )
    assert [title for _, title, _, _ in quotes] == ["A story"]
