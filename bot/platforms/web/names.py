"""Names that look alike: nobody should be able to pass for somebody else in the same room."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bot.core.text.quoting import clean

# A capital I inside a word of small letters is read as an l.
_INNER_I = re.compile(r"(?<=\w)I(?=[^\W\d_A-Z])|(?<=[a-z])I")
_DIGITS = str.maketrans({"1": "l", "0": "o", "|": "l"})


@cache
def _latin(char: str) -> str:
    """The ASCII letter or digit that this character is taken for (Unicode TR 39), else itself."""
    if char.isascii():
        return char
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
    kept = "".join(ch for ch in unicodedata.normalize("NFKD", seen) if ch.isalnum() or ch == "|")
    return kept.translate(_DIGITS) or folded.casefold()
