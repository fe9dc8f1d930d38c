"""A law: whatever people allow, change, take back, and in whatever order, nothing of what they do not allow now stands
in the recap, its files, its pictures, its film, in a message, or, once it is taken back or forgotten, on the disk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.model.session import Session
from bot.core.views.recap import recap
from bot.render.attachments import film_of
from bot.render.diagrams import draw
from bot.render.recap import exports
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from bot.render.recap.text import added, text
from bot.render.video.storyboard import slides
from tests.store.test_erasure import bytes_of
from tests.support import ROOM, Scene, small

NAMES = ("Ana", "Ben", "Cleo")
FORTNIGHT = 15 * 86_400

acts = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["name", "anonymous", "no", "change", "withdraw", "forget", "film", "wait"]),
        st.integers(1, 2),
    ),
    min_size=3,
    max_size=9,
)


@dataclass
class Mind:
    """What somebody wrote and wants, beside the program: each answer's words, and whether others may read them.

    An answer keeps its number for good; of one that was taken back no words are left.
    """

    words: list[str]
    open: list[bool]
    gone: set[str] = field(default_factory=set)  # words that are nowhere any more
    forgotten: bool = False


def seen_by_others(scene: Scene, session: Session, mine: str) -> dict[str, str]:
    """Everything that anybody but one person and the hosts can read."""
    found = recap(scene.script, session)
    cards = [draw(seen) for _, seen in found.pictures] + ([draw(found.map)] if found.map else [])
    film = film_of(scene.script, session)
    own = scene.stage.private_channel(mine, ROOM)
    return {
        "page": page(scene.script, session),
        "text": text(found) + added(found),
        "markdown": exports.markdown(found),
        "json": as_json(found),
        "csv": exports.as_csv(found),
        "pictures": "".join(cards),
        "film": f"{film.text}{film.source}" if film is not None else "",
        "slides": "".join(scene.svg for scene in slides(scene.script, session)),
        "messages": "\n".join(
            line.text for line in scene.stage.lines.values() if line.channel not in (ROOM, own)
        ),
    }


async def play(scene: Scene, minds: dict[str, Mind]) -> None:
    await scene.gathered(*NAMES)
    await scene.next()
    for n, name in enumerate(NAMES):
        await scene.submit(name, "deep", bring=f"Kept{n}word", anonymous=False)
        minds[name] = Mind([f"Kept{n}word"], [False])
    for _ in range(2):  # what is shown together is shown, and then the stories
        await scene.next()
    for n, name in enumerate(NAMES):
        await scene.submit(name, "tale", moment=f"Tale{n}word")
        minds[name].words.append(f"Tale{n}word")
        minds[name].open.append(False)
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")


async def act(scene: Scene, mind: Mind, name: str, what: str, nth: int, turn: int) -> None:
    """One thing that somebody does, and what it means for their words."""
    if what == "wait":
        await scene.wait(FORTNIGHT)
        return
    if mind.forgotten or nth > len(mind.words):
        return
    if what == "forget":
        await scene.order(name, "my", what="forget", how="me")
        mind.gone |= set(filter(None, mind.words))
        mind.words, mind.open, mind.forgotten = [], [], True
    elif what == "withdraw":
        await scene.order(name, "withdraw", answer=str(nth))
        mind.gone |= set(filter(None, [mind.words[nth - 1]]))
        mind.words[nth - 1] = ""
    elif what == "change":
        fresh = f"Fresh{turn}{name.lower()}"
        await scene.order(name, "change", answer=str(nth), text=fresh)
        if mind.words[nth - 1]:
            mind.gone.add(mind.words[nth - 1])
            mind.words[nth - 1] = fresh
        else:  # what was taken back stays so, and what is offered in its place is kept nowhere
            mind.gone.add(fresh)
    elif what == "film":
        await scene.order(name, "film", answer=str(nth), how="yes")
    else:
        await scene.order(name, "share", answer=str(nth), how=what)
        mind.open[nth - 1] = what != "no"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts)
async def test_nothing_stands_anywhere_that_its_author_does_not_allow(played: list[tuple[str, str, int]]):
    with tempfile.TemporaryDirectory() as folder:
        scene = await Scene(Path(folder) / "consent.db", small()).open()
        minds: dict[str, Mind] = {}
        await play(scene, minds)
        for turn, (name, what, nth) in enumerate(played):
            await act(scene, minds[name], name, what, nth, turn)
        await scene.store.engine.finish()
        session = await scene.session()
        disk = bytes_of(scene.path)
        for name, mind in minds.items():
            said = seen_by_others(scene, session, f"stage:{name.lower()}")
            for where, shown in said.items():
                for words, allowed in zip(mind.words, mind.open, strict=True):
                    assert allowed or not words or words not in shown, f"{words} of {name} stands in {where}"
                for words in mind.gone:
                    assert words not in shown, f"{words} of {name}, taken back, stands in {where}"
            for words in mind.gone:
                assert words.encode() not in disk, f"{words} of {name}, taken back, is on the disk"
                assert not any(words in text for text in scene.room()), f"{words} stands in the room"
            for words, allowed in zip(mind.words, mind.open, strict=True):
                if allowed and words:
                    assert words in said["page"] and words in said["json"], f"{words} of {name} is missing"
            if mind.forgotten:
                assert not any(name in shown for shown in said.values()), f"{name} is named"
                assert f"stage:{name.lower()}".encode() not in disk
        await scene.close()
