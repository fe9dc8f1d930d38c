"""`python -m bot` is `storycircle`."""

from bot.cli.main import main

main()
