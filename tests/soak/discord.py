"""Killed twice at random points while people answer by line and by form, again and again: see `scripts/soak`."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.platforms.discord.server import Discord
from tests.platforms.discord.test_nothing_lost import (
    test_killed_while_people_answer_by_form_and_by_line as once,
)


async def main(rounds: int, seed: int) -> int:
    """Rounds of it, with a line for each; how many failed."""
    failed = 0
    for n in range(rounds):
        server = await Discord().start()
        try:
            with tempfile.TemporaryDirectory() as folder:
                await once(server, Path(folder), seed + n)
            print(f"{n + 1}/{rounds}: each answer once, nothing said twice, no dead button", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"{n + 1}/{rounds}, seed {seed + n}: {str(error)[:300]}", flush=True)
        finally:
            await server.close()
    print(f"{rounds} rounds with two kills each: {failed} failed")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/soak discord", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=101)
    given = parser.parse_args()
    raise SystemExit(1 if asyncio.run(main(given.rounds, given.seed)) else 0)
