"""A line to Discord that is cut for an hour: no step ends meanwhile, and what was said is heard first."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.authoring.loader import parse
from bot.core.model.facts import Phase
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord
from tests.support import SMALL


async def test_the_clock_stands_still_while_nobody_can_be_heard(tmp_path: Path):
    server = await Discord().start()
    house = House(server, tmp_path, parse(SMALL, "small.yaml"), read_messages=True)
    house.clock = Ahead(server)
    await house.start()
    try:
        ada, bo, _ = await house.open("Ada", "Bo", "Cy")
        server.say(ada, house.room, "before")
        await house.so(lambda s: len(s.answers) == 1, "the first")
        server.away = True
        await server.drop()
        await server.until(lambda: not server.connected, "no line")
        for _ in range(60):
            server.ahead += 60
            async with asyncio.timeout(15):  # until what was due is heard, or left alone
                while (due := await house.runtime.next_due()) is not None and due <= house.clock.now():
                    await asyncio.sleep(0.01)
        session = await house.session()
        assert session.step == "hello" and session.current and not session.current.host_asked
        server.say(bo, house.room, "while it was cut")
        server.away = False
        await server.until(lambda: server.connected, "a new connection", 30)
        await house.so(lambda s: len(s.answers) == 2, "what was said meanwhile", 30)
        session = await house.so(lambda s: s.paused, "that it stands still until the host says so")
        assert session.phase is Phase.RUNNING and session.step == "hello"
    finally:
        await house.close()
        await server.close()
