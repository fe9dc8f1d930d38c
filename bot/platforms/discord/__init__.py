"""Discord: slash commands, forms, threads and buttons, over discord.py."""
