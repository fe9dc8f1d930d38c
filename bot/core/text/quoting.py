"""The marks around people's words: U+2068 and U+2069, which nobody can type here (`messages.clean` takes them out).

So a platform knows which words to show literally, with markup and mentions disarmed, and a line from
right to left does not turn the rest of the message.
"""

from __future__ import annotations

import re
import unicodedata

QUOTE_START = "\u2068"  # first strong isolate: a name or a line in another direction stays by itself
QUOTE_END = "\u2069"


def isolate(text: str) -> str:
    """Somebody's words inside a line of ours, whatever direction they run in."""
    return f"{QUOTE_START}{text}{QUOTE_END}"


def quoted(label: str, text: str) -> list[str]:
    """Somebody's words behind quote marks, each line of them literal."""
    first, *rest = text.split("\n")
    return [f"> {label}{isolate(first)}", *(f"> {isolate(line)}" for line in rest)]


_PICTURED = re.compile("[\u2600-\u27bf\u2b50-\u2b55\U0001f000-\U0001faff]")
_JOINING = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


def spelt(text: str) -> str:
    """The text with words in place of emoji, for pictures, whose letters have none: 🎉 is (party popper)."""
    if text.isascii():
        return text
    bare = _JOINING.sub("", text)
    return _PICTURED.sub(lambda emoji: f"({unicodedata.name(emoji[0], 'a sign').lower()})", bare)


def room(text: str, letters: int) -> int:
    """The number of letters of a text that fit where so many narrow ones do; in Chinese and Korean they are wider."""
    return letters // 2 if any(unicodedata.east_asian_width(c) in "WF" for c in text) else letters


def clipped(text: str, letters: int) -> str:
    """As much of a text as fits where so many narrow letters do; the whole stands in the words beside a picture."""
    most = room(text, letters)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
