"""A phrase about time as tokens: numbers, dates and clocks by their shape, words by a language's table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 300  # characters; nobody says a time at greater length
_SHAPES = re.compile(
    r"""
    (?P<rule>rrule:\S+)
  | (?P<iso>\d{4}-\d{1,2}-\d{1,2})(?:[t\s]\s*(?P<isoclock>\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?
        (?P<offset>z|[+-]\d{2}:?\d{2})?(?P<which>\s+(?:first|second)\b)?)?
  | (?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}(?!\d|:))?)
  | (?P<slashed>\d{1,2}/\d{1,2}(?:/\d{2,4})?)
  | (?P<clock>\d{1,2}[:.]\d{2})(?!\d)
  | (?P<hours>\d{1,2}\s?h\s?(?:\d{2})?)(?![a-z0-9])
  | (?P<ord>\d{1,2}(?:st|nd|rd|th|er|eme|o(?![a-z])|a(?![a-z]))|\d{1,2}\.(?=\s|$))
  | (?P<times>\d{1,2}\s?[x×])(?![a-z])
  | (?P<n>\d+)
  | (?P<meridiem>[ap]\.\s?m\.?)
  | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)
  | (?P<apart>[;&])
  | (?P<rest>\S)
    """,
    re.VERBOSE,
)
_ORDINARY = frozenset(",.!?()")  # what may stand between words without saying anything


@dataclass(frozen=True, slots=True)
class Token:
    """One thing that a phrase says, in no language."""

    kind: str
    value: Any = ""


def plain(text: str) -> str:
    """Small letters without accents, one space between words, hyphens between letters opened."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss")).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text).split())


def tokens(text: str, words: Mapping[tuple[str, ...], Sequence[Token]]) -> list[Token] | None:
    """The tokens of a plain phrase in one language; None if it has a word that the language does not know."""
    row: list[Token] = []
    spoken: list[str] = []

    def flush() -> bool:
        while spoken:
            for length in range(min(len(spoken), 5), 0, -1):
                meaning = words.get(tuple(spoken[:length]))
                if meaning is not None:
                    row.extend(meaning)
                    del spoken[:length]
                    break
            else:
                return False
        return True

    for match in _SHAPES.finditer(text):
        kind, text_of = match.lastgroup, match.group()
        if match.group("word"):
            spoken.append(text_of)
            continue
        if text_of in _ORDINARY:
            continue
        if not flush():
            return None
        if match.group("iso"):
            row += _iso(match)
        elif kind == "meridiem":
            row.append(Token(text_of[0] + "m"))
        elif kind == "rest":
            return None
        else:
            row.append(_shaped(kind or "", text_of))
    return row if flush() else None


def _iso(match: re.Match[str]) -> list[Token]:
    year, month, day = map(int, match.group("iso").split("-"))
    row = [Token("date", (year, month, day))]
    if match.group("isoclock"):
        row.append(Token("clock", tuple(map(int, match.group("isoclock").split(":")))))
        row.append(Token("sure"))
    if match.group("offset"):
        row.append(Token("offset", match.group("offset")))
    if match.group("which"):
        row.append(Token("which", match.group("which").strip()))
    return row


def _shaped(kind: str, text: str) -> Token:
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    match kind:
        case "rule":
            return Token("rule", text.removeprefix("rrule:").upper())
        case "dotted":
            year = numbers[2] if len(numbers) > 2 else 0
            return Token("date", (year + 2000 if 0 < year < 100 else year, numbers[1], numbers[0]))
        case "slashed":
            return Token("slashed", tuple(numbers))
        case "clock":
            # a zero in front is how clocks of 24 hours are written
            return Token("hours" if text.startswith("0") else "clock", (numbers[0], numbers[1]))
        case "hours":
            return Token("hours", (numbers[0], numbers[1] if len(numbers) > 1 else 0))
        case "ord":
            return Token("ord", numbers[0])
        case "times":
            return Token("timesn", numbers[0])
        case "apart":
            return Token("and")
        case _:
            return Token(kind, numbers[0])
