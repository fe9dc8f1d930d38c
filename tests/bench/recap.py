"""A recap of a thousand stories by three hundred people: how long each form of it takes, and how large it is."""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.authoring.loader import load
from bot.core.model import facts as f
from bot.core.model.evolve import fold
from bot.core.model.facts import Phase, Share, Words
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.views.recap import recap
from bot.render import processes, rasterize
from bot.render.diagrams import draw
from bot.render.i18n import spoken
from bot.render.recap.exports import as_csv, markdown
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from bot.render.recap.text import text
from bot.render.video.encoder import filmed
from bot.render.video.storyboard import board
from bot.store import codec

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 25, 19, 0, tzinfo=timezone.utc)
PARTS = {
    "moment": "Thursday show-and-tell, eleven of us; somebody showed a rota, half broken, and apologised. ",
    "takeaway": "The trick of leaving one slot a week empty on purpose. ",
    "use": "I left two empty slots in our rota and told people why. ",
    "loop": "More broken things at show-and-tell, please. ",
}


def session_of(script: Script, people: int, stories: int) -> Session:
    """A session that is over, with this many stories that may be read."""
    hash, _ = codec.canonical(script)
    at = NOW
    log: list[f.Fact] = [
        f.Opened(
            at=at, session="s", community="web", script=hash, rooms=("web:circle",), hosts_channel="web:circle/hosts",
            host=PersonId("web:host"), seed="seed", films=True,
        ),
        *(
            f.PersonJoined(at=at, person=PersonId(f"web:p{n}"), name=Words(f"Person {n}"), room="room:1")
            for n in range(people)
        ),
        f.Begun(at=at),
        f.Asked(at=at, step="story", visit=1, until=at + timedelta(minutes=10)),
    ]  # fmt: skip
    for n in range(stories):
        for key, words in PARTS.items():
            log.append(
                f.Answered(
                    at=at, step="story", answer=f"a{n}", person=PersonId(f"web:p{n % people}"), room="room:1",
                    field=key, text=Words(words * 2),
                )
            )  # fmt: skip
        log.append(f.Allowed(at=at, answer=f"a{n}", share=Share.NAME))
    return fold([*log, f.PhaseChanged(at=at, phase=Phase.CLOSED)])


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(what: Callable[[], str]) -> tuple[float, int]:
    """Milliseconds, and the bytes of what was made."""
    start = time.perf_counter()
    made = what()
    return (time.perf_counter() - start) * 1000, len(made.encode())


async def main(quick: bool) -> None:
    people, stories = (30, 100) if quick else (300, 1000)
    script = load(ROOT / "prompts" / "value-creation.yaml", "90", "one_community")
    print("making the session …", file=sys.stderr)
    session = session_of(script, people, stories)
    before = megabytes()
    with spoken("en"):
        found = recap(script, session)
        assert len(found.stories) == stories and found.map is not None
        forms: dict[str, Callable[[], str]] = {
            "what it comes to": lambda: str(len(recap(script, session).stories)),
            "page": lambda: page(script, session),
            "messages": lambda: text(found),
            "Markdown": lambda: markdown(found),
            "JSON": lambda: as_json(found),
            "CSV": lambda: as_csv(found),
            "map": lambda: draw(found.map),  # type: ignore[arg-type]
        }
        print(f"\n| {stories:,} stories of {people} people | ms | kB |\n|---|--:|--:|")
        for name, make in forms.items():
            ms, size = min(timed(make) for _ in range(3))
            print(f"| {name} | {ms:.0f} | {size / 1000:,.0f} |")
        scenes = board(script, session)
    for name, making in (
        ("picture, in its process", rasterize.drawn(draw(found.map), 1000)),  # type: ignore[arg-type]
        ("film, in its process", filmed([(s.svg, s.seconds) for s in scenes])),
    ):
        start = time.perf_counter()
        made = await making
        print(f"| {name} | {(time.perf_counter() - start) * 1000:.0f} | {len(made) / 1000:,.0f} |")
    print(f"\nMemory before and at most: {before:.0f} and {megabytes():.0f} MB.")
    processes.close()


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
