"""Storycircle in Matrix, over a real homeserver, as a process would be: started, killed, started again."""

from __future__ import annotations

from pathlib import Path

from bot.app.worker import build_worker
from bot.clock import Clock, WallClock
from bot.config import Config
from bot.core.model.script import Script
from bot.platforms.matrix.credentials import Account
from bot.store.opening import open_store
from bot.store.store import Store
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.sealed import SealedGuest
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.synapse import Synapse


class House:
    """The bot and the people around it."""

    def __init__(
        self, synapse: Synapse | Stub, folder: Path, script: Script, *, encryption: bool = False
    ) -> None:
        self.synapse = synapse
        self.folder = folder
        self.script = script
        self.encryption = encryption
        self.recognition: tuple[int, str] = (0, "")
        self.threads = False
        self.guests: list[Guest] = []
        self.clock: Clock = WallClock()

    async def open(self, name: str) -> House:
        """Register the bot, and start it."""
        made = await self.synapse.register(name)
        self.account = Account(
            homeserver=self.synapse.url,
            user=made["user_id"],
            device=made["device_id"],
            token=made["access_token"],
        )
        return await self.start()

    async def start(self) -> House:
        """A process begins."""
        self.store: Store = await open_store(self.folder / "house.db")
        level, room = self.recognition
        config = Config(
            data=self.folder,
            matrix=True,
            matrix_encryption=self.encryption,
            matrix_threads=self.threads,
            matrix_recognition_level=level,
            matrix_recognition_room=room,
            films=False,
            keep_days=0,
        )
        self.account.keep(config.matrix_account)
        self.worker = await build_worker(config, self.store, self.clock, {self.script.id: [self.script]})
        self.runtime = self.worker.runtime
        [self.platform] = self.worker.chats
        await self.worker.start()
        self.runtime.run()
        return self

    async def stop(self) -> None:
        """It ends, and lets go of everything."""
        await self.worker.stop()
        await self.store.close()

    async def guest(self, name: str) -> Guest:
        """Somebody with an account here."""
        account = await self.synapse.register(name)
        made = Guest(self.synapse.url, account)
        if self.encryption:
            made = await SealedGuest(self.synapse.url, account).start()
        if isinstance(self.synapse, Stub):
            made.pause = 0.02
        self.guests.append(made)
        return made

    async def close(self) -> None:
        """Everybody goes."""
        await self.stop()
        for guest in self.guests:
            await guest.close()
