"""People's words: cleaned when they come in, and marked where they stand among ours.

The marks are U+2068 and U+2069, which nobody can type here (`clean` takes them out). So a platform knows which words
to show literally, with markup and mentions disarmed, and a line from right to left does not turn the rest of the
message.
"""

from __future__ import annotations

import re
import unicodedata

QUOTE_START = "\u2068"  # first strong isolate: a name or a line in another direction stays by itself
QUOTE_END = "\u2069"

_CONTROL = re.compile(
    # C0 and C1 controls but tab and newline; bidirectional overrides, which could make a line read
    # differently than it was typed; zero-width characters that join nothing; lone surrogates.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """A typed text without characters that cannot be seen; joiners inside words stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(
        " \t\n\u200c\u200d\u2800\u3164\u00a0"
    )


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
