"""Storycircle in Matrix, over a real homeserver, as a process would be: started, killed, started again."""

from __future__ import annotations

from pathlib import Path

from bot.app import list_workshop
from bot.clock import Clock, WallClock
from bot.core.model.script import Script
from bot.engine.runtime import Runtime
from bot.platforms.host_panel import HostPanel
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account
from bot.platforms.matrix.platform import MatrixPlatform
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
        link = MatrixClient(self.account, self.folder / "keys", encryption=self.encryption)
        await link.start()
        self.platform = MatrixPlatform(
            self.store, link, honour=lambda name: self.recognition, threads=self.threads
        )
        listing = await list_workshop(self.store, [self.script])
        self.runtime = Runtime(self.store, {listing.id: listing}, [self.platform], self.clock)
        self.desk = HostPanel(self.platform, self.runtime.sessions.load)
        self.runtime.changed.append(self.desk.changed)
        await self.runtime.start()
        self.runtime.run()
        return self

    async def stop(self) -> None:
        """It ends, and lets go of everything."""
        await self.desk.close()
        await self.runtime.stop()
        await self.platform.close()
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
