"""Storycircle in Discord, over the small server on loopback, as a process would be: started, stopped, started again."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from bot.app.worker import build_worker
from bot.clock import Clock, WallClock
from bot.config import Config
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.platforms.discord.credentials import keep_token
from bot.store.opening import open_store
from bot.store.store import Store
from tests.platforms.discord.server import TOKEN, Discord


class Ahead:
    """A clock that a test can move; the server's ids bear its time."""

    def __init__(self, server: Discord) -> None:
        self._server = server

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + timedelta(seconds=self._server.ahead)

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        while not changed.is_set() and (at is None or self.now() < at):
            try:
                async with asyncio.timeout(0.02):
                    await changed.wait()
            except TimeoutError:
                continue


class House:
    """The bot, a server, and the people in it."""

    def __init__(self, server: Discord, folder: Path, script: Script, *, read_messages: bool = False) -> None:
        self.server = server
        self.folder = folder
        self.script = script
        self.read_messages = server.read_messages = read_messages
        self.clock: Clock = WallClock()
        self.host = server.user("Hans")
        self.guild = server.guild(self.host)
        self.room = server.channel(self.guild, "circle")
        self.key = ""
        self.roles = False
        self.forum = ""
        self.only_server = 0

    async def start(self, *, connected: bool = True) -> House:
        """A process begins; it is waited for until Discord is `connected`, if it is to be."""
        self.server.lead_here()
        self.store: Store = await open_store(self.folder / "house.db")
        config = Config(
            data=self.folder,
            discord=True,
            discord_read_messages=self.read_messages,
            discord_roles=self.roles,
            discord_forum=self.forum,
            discord_server=self.only_server,
            films=False,
            keep_days=0,
        )
        keep_token(config.discord_token, TOKEN)
        self.worker = await build_worker(config, self.store, self.clock, {self.script.id: [self.script]})
        self.runtime = self.worker.runtime
        [self.platform] = self.worker.chats
        await self.worker.start()
        self.runtime.run()
        if connected:
            await self.server.until(lambda: self.server.connected, "the gateway")
        return self

    async def stop(self) -> None:
        """It ends, and lets go of everything."""
        await self.worker.stop()
        await self.store.close()

    async def session(self) -> Session:
        """The session as it is now."""
        if not self.key:
            self.key = (await self.store.sessions.listed())[0][0]
        return (await self.runtime.sessions.load(self.key))[0]

    async def so(self, true: Any, what: str = "", seconds: float = 15) -> Session:
        """Wait until something is so in the session."""
        try:
            async with asyncio.timeout(seconds):
                while not true(session := await self.session()):
                    await asyncio.sleep(0.01)
        except TimeoutError as error:
            raise AssertionError(f"never came: {what}; {session.step} {session.phase}") from error
        return session

    async def platform_knows(self, message: int) -> None:
        """Wait until the bot has noted down a poll that it made."""
        async with asyncio.timeout(15):
            while await self.platform.rooms.find(f"poll/{message}") is None:
                await asyncio.sleep(0.01)

    async def open(self, *names: str, begin: bool = True, **how: str) -> list[int]:
        """The host opens the workshop; these people join; it begins."""
        server = self.server
        server.slash(self.host, self.room, "workshop open", manages=True, workshop=self.script.id, **how)
        await server.until(lambda: any("Before we start" in t for t in server.shown(self.room)), "the notice")
        people = [server.user(name) for name in names]
        for who in people:
            tapped = server.press(who, self.room, "Join")
            await server.answered(tapped, "You're in")
        if begin:
            server.slash(self.host, self.room, "workshop start", manages=True)
            await self.so(lambda s: s.step or s.over_days, "the first step")
            async with asyncio.timeout(15):  # and until it is said
                while await self.store.outbox.pending():
                    await asyncio.sleep(0.01)
        return people

    async def close(self) -> None:
        """Everybody goes; and every request was as Discord wants it."""
        await self.stop()
        assert not self.server.faults, self.server.faults
