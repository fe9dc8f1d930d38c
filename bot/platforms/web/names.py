"""Names that look alike: nobody should be able to pass for somebody else in the same room."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import unquote

from bot.core.text.quoting import clean

# A capital I inside a word of small letters is read as an l.
_INNER_I = re.compile(r"(?<=\w)I(?=[^\W\d_A-Z])|(?<=[a-z])I")
_DIGITS = str.maketrans({"1": "l", "0": "o", "|": "l"})
# Small capitals, which the table of look-alikes does not know.
_SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
# Marks that are put above and below letters: some belong to a letter, a pile of them covers the lines of others.
_PILE = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{4}")
_UNSEEN = "\u115f\u1160\u3164\uffa0"  # letters, as far as Unicode is concerned


@cache
def _latin(char: str) -> str:
    """The ASCII letter or digit that this character is taken for (Unicode TR 39), else itself."""
    if char.isascii():
        return char
    if char in _SMALL:
        return _SMALL[char]
    from confusable_homoglyphs.confusables import (
        confusables_data,
    )  # six megabytes, for names beyond ASCII only

    lookalikes = [entry["c"] for entry in confusables_data.get(char, ())]
    plain = sorted(c for c in lookalikes if len(c) == 1 and c.isascii() and c.isalnum())
    return plain[-1] if plain else char


def plain_name(name: str) -> str:
    """The form that look-alike names share: no case, spaces or marks, one letter for all its doubles."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", clean(name)))
    latin = "".join(map(_latin, folded))
    seen = _INNER_I.sub("l", latin).casefold()
    kept = "".join(
        ch for ch in unicodedata.normalize("NFKD", seen) if (ch.isalnum() and ch not in _UNSEEN) or ch == "|"
    )
    return kept.translate(_DIGITS) or folded.casefold()


def readable(name: str) -> bool:
    """True if others can read a name: it has a letter, a digit or a picture, and nothing that is only broken bytes."""
    if "\ufffd" in unquote(name) or _PILE.search(unicodedata.normalize("NFD", name)):
        return False
    return any(
        (ch.isalnum() and ch not in _UNSEEN) or (unicodedata.category(ch) == "So" and ch != "\u2800")
        for ch in name
    )
