"""A bare discord.py bot of the same trade: a button opens a form, the form is stored and acknowledged."""

from __future__ import annotations

import os
import sqlite3

import discord
import yarl
from discord import ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

where = os.environ["STORYCIRCLE_TEST_SERVER"]
Route.BASE = f"{where}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{where.replace('http', 'ws')}/gateway")
database = sqlite3.connect("peer.db")
database.execute("CREATE TABLE answer (person, text)")


class Form(ui.Modal, title="Hello"):
    text = ui.Label(text="Your answer", component=ui.TextInput(custom_id="text"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        with database:
            database.execute(
                "INSERT INTO answer VALUES (?,?)", (interaction.user.id, self.text.component.value)
            )
        await interaction.response.send_message("Got it.", ephemeral=True)


class Question(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Answer", custom_id="answer")
    async def answer(self, interaction: discord.Interaction, _: ui.Button) -> None:
        await interaction.response.send_modal(Form())


class Peer(discord.AutoShardedClient):
    async def setup_hook(self) -> None:
        self.add_view(Question())

    async def on_connect(self) -> None:
        print("running", flush=True)


intents = discord.Intents.none()
intents.guilds = True
Peer(intents=intents).run(os.environ["STORYCIRCLE_DISCORD_TOKEN"], log_handler=None)
