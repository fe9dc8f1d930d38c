"""The marks around people's words: U+2068 and U+2069, which nobody can type here (`words.clean` takes them out).

So a platform knows which words to show literally, with markup and mentions disarmed, and a line from
right to left does not turn the rest of the message.
"""

from __future__ import annotations

QUOTE_START = "\u2068"  # first strong isolate: a name or a line in another direction stays by itself
QUOTE_END = "\u2069"


def isolate(text: str) -> str:
    """Somebody's words inside a line of ours, whatever direction they run in."""
    return f"{QUOTE_START}{text}{QUOTE_END}"


def quoted(label: str, text: str) -> list[str]:
    """Somebody's words behind quote marks, each line of them literal."""
    first, *rest = text.split("\n")
    return [f"> {label}{isolate(first)}", *(f"> {isolate(line)}" for line in rest)]
