"""A phrase about time as tokens: numbers, dates and clocks by their shape, words by a language's table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

LONGEST = 300  # characters; nobody says a time at greater length
LONGEST_WORDS = 5  # of a phrase in a language's table
UNKNOWN = "unknown"  # the kind of a token for something that no table has

_SHAPES = re.compile(
    r"""
    (?P<rule>rrule:\S+)
  | (?P<stamp><t:\d{9,11}(?::[a-z])?>|(?<!\d)1\d{9}(?!\d))
  | (?P<isoweek>\d{4}-w\d{2}-[1-7])
  | (?P<iso>\d{4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2})
        (?:(?:(?P<t>t)|\s)\s*(?P<isoclock>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?
        (?P<offset>z|\s?\+\d{2}:?\d{2}|(?(t)-\d{2}:?\d{2}|(?!)))?(?P<which>\s+(?:first|second)\b)?)?
  | (?P<dashed>\d{1,2}-\d{1,2}-(?:\d{4}|\d{2}))(?![\d:])
  | (?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}(?!\d|:))?
        |\d{1,2}\.\d{1,2}(?=,?\s+(?:um\s+|a\s+|a\s+las\s+)?\d{1,2}(?:\s?uhr|\s?h\b|:\d\d)))
  | (?P<slashed>\d{1,2}/\d{1,2}(?:/\d{2,4})?)
  | (?P<compact>\d{3,4}(?:[ap]|\s?[ap]\.?m\.?))(?![a-z])
  | (?P<short>\d{1,2}(?:[:.]\d{2})?[ap])(?![a-z.])
  | (?P<clock>\d{1,2}[:.]\d{2})(?::\d{2})?(?!\d)
  | (?P<decimal>\d{1,2}[.,]\d)(?!\d)
  | (?P<hours>\d{1,2}\s?h\s?(?:\d{2}(?:\s?m(?:in)?)?)?)(?![a-z0-9])
  | (?P<length>\d{1,3}[mdw])(?![a-z0-9])
  | (?P<ord>\d{1,2}(?:st|nd|rd|th|er|eme|e|o)(?![a-z])|\d{1,2}\.(?=[\s,]|$))
  | (?P<off>\+\d{2}:?\d{2})(?![\d:])
  | (?P<times>\d{1,2}\s?[x×](?![a-z])|(?<![a-z])[x×]\s?\d{1,2}(?!\d))
  | (?P<four>\d{4})(?!\d)
  | (?P<n>\d+)
  | (?P<meridiem>[ap]\.\s?m\.?(?![a-z]))
  | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)
  | (?P<apart>[;&+/])
  | (?P<at>@)
  | (?P<dash>[-–—])
  | (?P<rest>\S)
    """,
    re.VERBOSE,
)
_ORDINARY = frozenset(',.!?()~"“”„«»')  # what may stand between words without saying anything
_UNITS = {"m": "minute", "d": "day", "w": "week"}


@dataclass(frozen=True, slots=True)
class Token:
    """One thing that a phrase says, in no language, and where it stands in what was typed."""

    kind: str
    value: Any = ""
    begin: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    spelled: bool = field(default=False, compare=False)  # a number in letters


def plain(text: str) -> str:
    """Small letters without accents, one space between words, hyphens between letters opened."""
    text = folded(text)[0]
    return " ".join(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text).split())


def folded(text: str) -> tuple[str, list[int]]:
    """Small letters without accents, and for each the place of the one in `text` that it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.replace("’", "'")):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


Words = Mapping[tuple[str, ...], Sequence[Token]]


@dataclass(slots=True)
class _Spoken:
    """Words in a row that wait for their meaning, which several of them may have together."""

    words: Words
    row: list[tuple[str, int, int]] = field(default_factory=list)  # "-" for a hyphen between two of them

    def flush(self) -> list[Token]:
        found: list[Token] = []
        while self.row:
            found += self._first()
        return found

    def _first(self) -> list[Token]:
        for length in range(min(len(self.row), 2 * LONGEST_WORDS), 0, -1):
            taken = self.row[:length]
            spelled = tuple(word for word, _, _ in taken if word != "-")
            meaning = self.words.get(spelled) if taken[-1][0] != "-" != taken[0][0] else None
            if meaning is not None:
                del self.row[:length]
                begin, end = taken[0][1], taken[-1][2]
                return [
                    replace(token, begin=begin, end=end, spelled=token.kind in ("n", "ord"))
                    for token in meaning
                ]
        word, begin, end = self.row.pop(0)
        if word == "-":
            return [Token("dash", begin=begin, end=end)]
        head, elided, tail = word.partition("'")
        if elided and tail and (head + elided,) in self.words:  # d'avril
            self.row[:0] = [(head + elided, begin, end), (tail, begin, end)]
            return []
        return [Token(UNKNOWN, word, begin, end)]


def tokens(text: str, words: Words) -> list[Token]:
    """The tokens of a folded phrase in one language; what it does not know is a token of the kind `UNKNOWN`."""
    row: list[Token] = []
    spoken = _Spoken(words)
    for match in _SHAPES.finditer(text):
        kind, said = match.lastgroup or "", match.group()
        begin, end = match.span()
        if match.group("word"):
            spoken.row.append((said, begin, end))
            continue
        if said in _ORDINARY:
            continue
        if kind == "dash" and text[begin - 1 : begin].isalpha() and text[end : end + 1].isalpha():
            spoken.row.append(("-", begin, end))
            continue
        row += spoken.flush()
        row += [replace(token, begin=begin, end=end) for token in _shaped(match)]
    return row + spoken.flush()


def _shaped(match: re.Match[str]) -> list[Token]:
    if match.group("iso"):
        return _iso(match)
    kind, text = match.lastgroup or "", match.group()
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    match kind:
        case "rule":
            return [Token("rule", text.removeprefix("rrule:").upper())]
        case "stamp":
            return [Token("stamp", (numbers[0], text.startswith("<")))]
        case "isoweek":
            return [Token("isoweek", (numbers[0], numbers[1], numbers[2]))]
        case "dotted":
            year = numbers[2] if len(numbers) > 2 else 0
            return [Token("date", (year + 2000 if 0 < year < 100 else year, numbers[1], numbers[0]))]
        case "slashed" | "dashed":
            return [Token("slashed", tuple(numbers))]
        case "compact" | "short":
            hour, minute = (
                divmod(numbers[0], 100) if len(numbers) < 2 and numbers[0] > 99 else (numbers[0], 0)
            )
            minute = numbers[1] if len(numbers) > 1 else minute
            half = "pm" if "p" in text else "am"
            return [Token("clock", (hour, minute)), Token(half)]
        case "clock" | "four":
            hour, minute = numbers[:2] if len(numbers) > 1 else divmod(numbers[0], 100)
            # a zero in front is how clocks of 24 hours are written
            shape = "four" if kind == "four" else "hours" if text.startswith("0") else "clock"
            return [Token(shape, (hour, minute))]
        case "decimal":
            return [Token("decimal", float(text.replace(",", ".")))]
        case "hours":
            return [Token("hours", (numbers[0], numbers[1] if len(numbers) > 1 else 0))]
        case "length":
            return [Token("n", numbers[0]), Token("unit", _UNITS[text[-1]])]
        case "off":
            return [Token("offset", text)]
        case "meridiem":
            return [Token(text[0] + "m")]
        case "times":
            return [Token("timesn", numbers[0])]
        case "apart":
            return [Token("and")]
        case "ord" | "n":
            return [Token(kind, numbers[0])]
        case "rest":
            return [Token(UNKNOWN, text)]
        case _:
            return [Token(kind)]


def _iso(match: re.Match[str]) -> list[Token]:
    year, month, day = map(int, re.split(r"[-/.]", match.group("iso")))
    row = [Token("date", (year, month, day))]
    if match.group("isoclock"):
        row.append(Token("clock", tuple(map(int, match.group("isoclock").split(":")))))
        row.append(Token("sure"))
    if match.group("offset"):
        row.append(Token("offset", match.group("offset").strip()))
    if match.group("which"):
        row.append(Token("which", match.group("which").strip()))
    return row
