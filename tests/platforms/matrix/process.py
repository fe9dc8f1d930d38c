"""Storycircle as a process of its own, with a Matrix account."""

from __future__ import annotations

from pathlib import Path

from bot.platforms.matrix.credentials import Account
from tests import process
from tests.platforms.matrix.synapse import Synapse


class Process(process.Process):
    """One installation in a folder."""

    def __init__(self, synapse: Synapse, folder: Path, script: str, **settings: str) -> None:
        super().__init__(folder, script, matrix="true", **settings)
        self.synapse = synapse

    async def account(self, name: str) -> str:
        """Register the bot; its user id."""
        made = await self.synapse.register(name)
        account = Account(self.synapse.url, made["user_id"], made["device_id"], made["access_token"])
        account.keep(self.data / "matrix" / "account.json")
        return account.user
