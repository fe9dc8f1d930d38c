"""The command line of Storycircle, with the small server in place of Discord: `python -m tests.platforms.discord.child run`."""

import os

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cli.main import main

where = os.environ["STORYCIRCLE_TEST_SERVER"]
Route.BASE = f"{where}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{where.replace('http', 'ws')}/gateway")
main()
