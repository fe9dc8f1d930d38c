"""`python -m bot` is `storycircle`."""

from bot.cli import main

main()
