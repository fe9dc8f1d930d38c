"""Storycircle in SimCord, a Discord in memory that runs the real dispatch of the library and its rules.

SimCord waits for what the bot does by watching its tasks; ours wait for a database that it knows nothing of.
So what is heard is handled in tasks of the test, and the test waits for what it wants to see.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
import simcord
from discord.webhook.async_ import async_context
from simcord.components import walk_components

from bot.app.worker import build_worker
from bot.config import Config
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.platforms.discord.client import DiscordClient
from bot.store.opening import open_store
from bot.store.store import Store

HANDLERS = ("on_interaction", "on_message", "on_raw_message_edit", "on_raw_message_delete")


class SimClient(DiscordClient):
    """The client as it is, but SimCord brings it to READY and feeds it, before anybody listens."""

    async def connect(self, *, reconnect: bool = True) -> None:
        self.dispatch("connect")
        await asyncio.Event().wait()


class Sim:
    """The bot in a server of SimCord; `start` and `stop` are those of a process."""

    def __init__(self, folder: Path, script: Script) -> None:
        self.folder = folder
        self.script = script
        self.env: simcord.Env | None = None
        self._under_way: set[asyncio.Task[Any]] = set()

    def now(self) -> datetime:
        """SimCord's time."""
        assert self.env is not None
        return self.env.now()

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        while not changed.is_set() and (at is None or self.now() < at):
            try:
                async with asyncio.timeout(0.02):
                    await changed.wait()
            except TimeoutError:
                continue

    async def start(self) -> Sim:
        self.outside = contextvars.copy_context()
        self.store: Store = await open_store(self.folder / "sim.db")
        self.client = SimClient()
        if self.env is None:
            self.env = simcord.Env(self.client, shard_count=1)
            await self.env.start()
            self.guild = self.env.create_guild("The garden")
            self.room = self.guild.create_text_channel("circle")
            mods = self.guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
            self.hans = self.guild.add_member(self.env.create_user("Hans"), roles=[mods])
        else:
            await self.env.restart_bot(self.client)
        config = Config(
            data=self.folder,
            discord=True,
            discord_roles=True,
            discord_host_roles=("facilitators",),
            films=False,
            keep_days=0,
        )
        self.worker = await build_worker(
            config, self.store, self, {self.script.id: [self.script]}, discord=self.client
        )
        self.runtime = self.worker.runtime
        [self.platform] = self.worker.chats
        for name in HANDLERS:
            self._move_outside(name)
        await self.worker.start()
        self.runtime.run()
        return self

    def _move_outside(self, name: str) -> None:
        handler = getattr(self.client, name)

        async def heard(*args: Any) -> None:
            there = self.outside.copy()
            there.run(async_context.set, async_context.get())  # how the library answers interactions
            task = there.run(asyncio.get_running_loop().create_task, handler(*args))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

        self.client.subscribe(**{name: heard})

    async def stop(self) -> None:
        await self.worker.stop()
        await self.store.close()

    async def close(self) -> None:
        await self.stop()
        assert self.env is not None
        await self.env.shutdown()
        self.env.raise_errors()

    def member(self, name: str) -> Any:
        assert self.env is not None
        return self.guild.add_member(self.env.create_user(name))

    async def until_so(self, true: Callable[[], Any], what: str, seconds: float = 10) -> Any:
        try:
            async with asyncio.timeout(seconds):
                while not (found := true()):
                    await asyncio.sleep(0.01)
        except TimeoutError as error:
            assert self.env is not None
            raise AssertionError(f"never came: {what}\n{self.env.transcript()[-4000:]}") from error
        return found

    async def answered(self, result: Any, text: str = "") -> str:
        """What somebody alone was shown for what they did."""

        def shown() -> str:
            there = [result.response, *result.followups]
            return "\n".join(written(each.components) for each in there if each is not None)

        await self.until_so(
            lambda: (result.acknowledged or result.modal) and text in shown(), f"the answer {text}"
        )
        return shown()

    def said(self, channel: Any = None) -> list[str]:
        """Everything that stands in a channel, the newest first."""
        return [written(m) for m in self.messages(channel)]

    def messages(self, channel: Any = None) -> list[Any]:
        return sorted((channel or self.room).history(), key=lambda m: -m.id)

    def hosts(self) -> Any:
        return next(each for each in self.room.threads if str(each.name).startswith("Hosts of"))

    async def message(self, *labels: str, channel: Any = None) -> Any:
        """The newest message with these buttons."""
        return await self.until_so(
            lambda: next(
                (m for m in self.messages(channel) if all(label in buttons(m) for label in labels)), None
            ),
            f"a message with {labels}",
        )

    async def session(self) -> Session:
        return (await self.runtime.sessions.load((await self.store.sessions.listed())[0][0]))[0]

    async def so(self, true: Callable[[Session], Any], what: str) -> Session:
        try:
            async with asyncio.timeout(10):
                while not true(session := await self.session()):
                    await asyncio.sleep(0.01)
        except TimeoutError as error:
            assert self.env is not None
            raise AssertionError(f"never came: {what}\n{self.env.transcript()[-4000:]}") from error
        return session


def parts(message: Any) -> list[dict[str, Any]]:
    """The components of a message, those within others, too."""
    there = message if isinstance(message, list) else [each.to_dict() for each in message.components]
    return list(walk_components(there))


def written(message: Any) -> str:
    """The words of a message."""
    return "\n".join(str(each["content"]) for each in parts(message) if each.get("content"))


def buttons(message: Any) -> list[str]:
    """The labels of its buttons."""
    return [str(each["label"]) for each in parts(message) if each.get("type") == 2 and each.get("label")]
