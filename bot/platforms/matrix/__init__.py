"""Matrix as a platform: rooms, threads, direct rooms with the bot, and a private room for hosts."""
