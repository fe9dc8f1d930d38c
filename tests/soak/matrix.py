"""Killed at random points, again and again: is each line counted once, and nothing said twice? See `scripts/soak`."""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections import Counter
from pathlib import Path

from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_nothing_lost import Evening

PEOPLE, LINES = 12, 60


async def once(
    synapse: Synapse, folder: Path, rng: random.Random, *, cache: bool, fixed: bool, sealed: bool
) -> tuple[int, int, int]:
    """One evening with a kill in it: lines lost, lines counted twice, messages of ours that stand there twice.

    `fixed`: killed when twenty lines are said, started again when forty are; otherwise at random.
    """
    evening = Evening(synapse, folder)
    await evening.begin(PEOPLE, sealed=sealed)
    host = evening.people[0]
    events = await host.events(evening.room)
    prompt = next(e["event_id"] for e in events if "1 of 1: Hello" in str(e.get("content", {}).get("body")))
    relation = {"m.relates_to": {"m.in_reply_to": {"event_id": prompt}}}

    async def say(k: int) -> None:
        await asyncio.sleep(k / 40)
        await evening.people[k % len(evening.people)].say(evening.room, f"line {k}", **relation)

    talking = [asyncio.create_task(say(k)) for k in range(LINES)]
    if fixed:
        await asyncio.wait(talking[:20])
        await evening.process.kill()
        await asyncio.wait(talking[:40])
    else:
        await asyncio.sleep(rng.uniform(0.1, 1.6))
        await evening.process.kill()
        await asyncio.sleep(6.0 if cache else rng.uniform(0, 1))
    await evening.process.start()
    await asyncio.gather(*talking)
    said = Counter(f"line {k}" for k in range(LINES))
    try:
        counted = await evening.process.until(LINES)
    except TimeoutError:
        counted = evening.process.answers()
    bot = next(e["sender"] for e in events if e["event_id"] == prompt)
    ours = Counter(t for t in await host.texts(evening.room, bot) if not t.startswith("✓"))
    await evening.close()
    twice = sum(n - 1 for n in ours.values() if n > 1)
    return sum((said - counted).values()), sum((counted - said).values()), twice


async def main(rounds: int, seed: int, *, cache: bool, fixed: bool, sealed: bool) -> None:
    """Rounds of it, with a line for each."""
    rng = random.Random(seed)
    more = {"caches": {"sync_response_cache_duration": "5s"}} if cache else {}
    with tempfile.TemporaryDirectory() as temporary:
        synapse = await Synapse(Path(temporary) / "synapse", **more).start()
        total = [0, 0, 0]
        for n in range(rounds):
            folder = Path(temporary) / f"round{n}"
            found = await once(synapse, folder, rng, cache=cache, fixed=fixed, sealed=sealed)
            total = [a + b for a, b in zip(total, found, strict=True)]
            print(f"{n + 1}/{rounds}: lost {found[0]}, twice {found[1]}, said twice {found[2]}", flush=True)
        print(
            f"of {rounds * LINES} lines: {total[0]} lost, {total[1]} counted twice, {total[2]} of ours said twice"
        )
        synapse.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--cache", action="store_true", help="the server's sync cache (5 s) runs out meanwhile"
    )
    parser.add_argument(
        "--fixed", action="store_true", help="killed after 20 lines, started after 40, instead of at random"
    )
    parser.add_argument("--sealed", action="store_true", help="in an encrypted room, with Element's engine")
    given = parser.parse_args()
    how = {"cache": given.cache, "fixed": given.fixed, "sealed": given.sealed}
    asyncio.run(main(given.rounds, given.seed, **how))
