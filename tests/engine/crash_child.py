"""A process that may be killed: hears one answer for each line on stdin, confirms each when it is on disk."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import structlog

from bot.authoring.rehearsal import START, VirtualClock
from bot.core.model.events import CommandGiven, Joined, Person, Posted
from bot.engine.listings import shelf_of
from bot.engine.runtime import Runtime
from bot.platforms.memory import Line, MemoryPlatform
from bot.store.opening import open_store
from tests.support import ROOM, small


async def main(path: Path) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    store = await open_store(path)
    stage = MemoryPlatform()
    runtime = Runtime(store, await shelf_of(store, small()), [stage], VirtualClock())
    await runtime.start()
    host = Person(id="stage:host", name="Hedi")

    async def hear(event) -> None:
        await runtime.hear(event, "stage")

    start = {"channel": ROOM, "at": START, "person": host, "host": True}
    await hear(
        CommandGiven(id="start", command="workshop open", args={"workshop": "small"}, seed="s", **start)
    )
    await hear(CommandGiven(id="begin", command="workshop start", **start))

    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    print("ready", flush=True)
    tasks: set[asyncio.Task[None]] = set()

    async def one(n: int) -> None:
        who = Person(id=f"stage:p{n}", name=f"P{n}")
        await hear(Joined(id=f"j{n}", channel=ROOM, at=START, person=who))
        stage.show(Line(id=f"e{n}", channel=ROOM, author=who.id, text=""))
        await hear(Posted(id=f"e{n}", channel=ROOM, at=START, person=who, text=f"answer {n}"))
        print(json.dumps({"heard": f"e{n}"}), flush=True)

    while line := await reader.readline():
        task = asyncio.create_task(one(json.loads(line)["n"]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    while tasks:
        await asyncio.gather(*tasks)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
