"""A problem of a script: where it stands, what it is, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.diagnostics import Path_

Problems = Iterator[tuple[Path_, str, str]]
SPOKEN = ("say", "say_async", "say_again", "if_few")  # keys of a step under which the bot speaks
