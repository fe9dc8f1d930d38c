"""Time zones in words: IANA names, cities, countries, "Berliner Zeit"; abbreviations, which stand for several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import yaml
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from bot.scheduling.phrases.lexer import folded
from bot.scheduling.phrases.vocabulary import LANGUAGES, words

LONGEST_NAME = 4  # words
NEAR = 4  # zones that are offered in place of one that there is not
ALIKE = 0.8  # how much of a misspelt zone has to be right
HERE = "here"  # "my time": that of whoever asks
_UTC = ("utc", "gmt", "z", "zulu")
_IANA = re.compile(r"(?<![\w/])[a-z]{2,}(?:_[a-z]+)*(?:/[a-z_+\-0-9]+){1,2}(?![\w/])")
_OFFSET = re.compile(r"(?<![\w/])(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?![\w:])")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|@|\S")
_AFTER = frozenset(["time", "zeit", "zeitzone", "timezone"])  # "Berlin time"
_BEFORE = (
    "heure de",
    "heure d",
    "heure du",
    "heure",
    "hora de",
    "hora del",
    "hora",
    "horario de",
    "zeitzone",
)
_MINE = (
    "my time", "my local time", "local time", "our time", "meine zeit", "meiner zeit", "ortszeit", "unserer zeit",
    "mi hora", "hora local", "mi hora local", "heure locale", "mon heure", "a mon heure",
)  # fmt: skip
_LEADING = ("in", "en", "a", "au", "at", "(")
_CLOCK = re.compile(
    r"(?:\d|(?<![a-z])(?:am|pm|a\.m\.|p\.m\.|noon|uhr|h|midday|midnight|o'clock|midi|minuit|mittag)\b)"
    r"[\s(,.]*(?:in |en |a )?\(?$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a text says of a zone, and where it stands there."""

    begin: int = 0
    end: int = 0
    zone: str = ""  # its IANA name, or `HERE`
    choices: tuple[str, ...] = ()  # IANA names that may be meant
    offset: str = ""  # from UTC, such as +05:30
    unknown: bool = False  # it looks like a zone and there is none of this name


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "zones.yaml").read_text(encoding="utf-8")
    )
    return table


@cache
def zones() -> dict[str, str]:
    """Every IANA zone by its name in small letters, and by its place where only one has it."""
    names = sorted(
        z
        for z in available_timezones()
        if not z.startswith(("Etc/", "SystemV/", "posix", "right")) and not _abbreviation(z)
    )
    by_name: dict[str, str] = {}
    for name in names:
        place = name.rpartition("/")[2].replace("_", " ").casefold()
        by_name[place] = "" if by_name.get(place, name) != name else name
    return {place: name for place, name in by_name.items() if name} | {
        name.casefold(): name for name in names
    }


def _abbreviation(name: str) -> bool:
    """ "EST", "EST5EDT", "CET": old names of IANA without a place, of which people mean different things."""
    return "/" not in name and name == name.upper() and name != "UTC"


@cache
def places() -> Mapping[str, str]:
    """Cities and countries in four languages, and the one zone that each of them has."""
    found: dict[str, str] = {}
    unclear: set[str] = set()
    of_territory = get_global("territory_zones")
    for language in LANGUAGES:
        locale = Locale.parse(language)
        named = [(str(locale.territories.get(code, "")), of_territory[code]) for code in of_territory]
        named += [
            (get_timezone_location(zone, locale=language, return_city=True), [zone])
            for zone in sorted(available_timezones())
            if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/", "posix", "right"))
        ]
        for name, there in named:
            name = folded(name)[0]
            if len(there) != 1 or not name:
                continue
            if found.setdefault(name, there[0]) != there[0]:
                unclear.add(name)
    found = {name: zone for name, zone in found.items() if name not in unclear}
    found |= {name: zone for name, zone in zones().items() if "/" not in name}
    return found | {str(name): zone for name, zone in _table()["places"].items()}


def several(name: str) -> tuple[str, ...]:
    """The zones that an abbreviation or a region may mean; none if it is neither."""
    table = _table()
    return tuple((table["short"].get(name) or table["regions"].get(name) or "").split())


def zone_of(spelled: str) -> Named:
    """What somebody typed where a zone is asked for."""
    name = " ".join(folded(spelled.strip())[0].split())
    if name in _UTC:
        return Named(zone="UTC")
    if choices := several(name.removesuffix(" time")):
        return Named(choices=choices)
    if name in zones():
        return Named(zone=zones()[name])
    bare = re.sub(r"^(?:zeitzone|heure d[eu']?|hora de|in)\s+|\s+(?:time|zeit)$", "", name)
    for each in (name.replace("_", " "), bare, re.sub("er$", "", bare)):
        zone = places().get(each) or zones().get(each.replace(" ", "_"))
        if zone:
            return Named(zone=zone)
    return Named(unknown=True)


def zones_near(spelled: str, now: datetime) -> tuple[str, ...]:
    """Zones that somebody may mean who typed what is none: spelled nearly so, or with this offset from UTC now."""
    name = " ".join(folded(spelled.strip())[0].split())
    if (shift := _by_offset(name)) is not None and shift.offset:
        offset = datetime.strptime(shift.offset, "%z").utcoffset()
        known = dict.fromkeys(zone for said in _table()["short"].values() for zone in said.split())
        return tuple(zone for zone in known if now.astimezone(ZoneInfo(zone)).utcoffset() == offset)[:NEAR]
    names = zones() | dict(places())
    return tuple(dict.fromkeys(names[each] for each in get_close_matches(name, names, NEAR, ALIKE)))


def zone_named(spelled: str) -> str:
    """The IANA name of a zone as somebody typed it; nothing if there is none, or more than one."""
    return zone_of(spelled).zone


def zone_in(phrase: str) -> Named | None:
    """The zone that a phrase about time names, if it does. `begin` and `end` are places in `phrase`."""
    text, origin = folded(phrase)
    found = next((each for each in _found(text, phrase, origin) if each is not None), None)
    if found is None:
        return None
    end = origin[found.end - 1] + 1 if found.end else 0
    return Named(origin[found.begin], end, found.zone, found.choices, found.offset, found.unknown)


def _found(text: str, phrase: str, origin: list[int]) -> Iterator[Named | None]:
    yield _by_offset(text)
    yield _by_name(text)
    spoken = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    yield _mine(spoken)
    yield _with_time(spoken)
    yield _short(spoken, text, phrase, origin)
    yield _place(spoken, text)


def _by_offset(text: str) -> Named | None:
    match = _OFFSET.search(text)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    if int(hours) > 14 or int(minutes or 0) > 59:
        return Named(*match.span(), unknown=True)
    return Named(*match.span(), offset=f"{sign}{int(hours):02d}:{int(minutes or 0):02d}")


def _by_name(text: str) -> Named | None:
    for match in _IANA.finditer(text):
        zone = zones().get(match.group())
        if zone:
            return Named(*match.span(), zone=zone)
        parts = match.group().split("/")
        known = [any((part,) in words(language) for language in LANGUAGES) for part in parts]
        if not all(known):
            return Named(*match.span(), unknown=True)
    utc = re.search(r"(?<![\w/])(?:utc|gmt)(?![\w/])", text)
    return Named(*utc.span(), zone="UTC") if utc else None


Spoken = list[tuple[str, int, int]]


def _runs(spoken: Spoken) -> Iterator[tuple[int, int, str]]:
    """Runs of words, the longest first: where they begin and end in `spoken`, and the words."""
    for length in range(LONGEST_NAME, 0, -1):
        for first in range(len(spoken) - length + 1):
            yield first, first + length, " ".join(word for word, _, _ in spoken[first : first + length])


def _mine(spoken: Spoken) -> Named | None:
    for first, last, said in _runs(spoken):
        if said in _MINE:
            return Named(spoken[first][1], spoken[last - 1][2], zone=HERE)
    return None


def _with_time(spoken: Spoken) -> Named | None:
    """ "Berlin time", "Berliner Zeit", "heure de Paris"."""
    for first, last, said in _runs(spoken):
        begin = first
        if last < len(spoken) and spoken[last][0] in _AFTER:
            end = last + 1
        elif opened := _opened(spoken, first):
            begin, end = first - opened, last
        else:
            continue
        named = zone_of(said)
        if named.unknown or _spoken_anywhere(said):
            continue
        return Named(spoken[begin][1], spoken[end - 1][2], named.zone, named.choices)
    return None


def _opened(spoken: Spoken, first: int) -> int:
    """How many words before this place say that a zone comes."""
    for length in (2, 1):
        if length <= first:
            said = " ".join(word for word, _, _ in spoken[first - length : first])
            before = spoken[first - length - 1][0] if first > length else ""
            if said in _BEFORE and not before.isdigit():
                return length
    return 0


def _short(spoken: Spoken, text: str, phrase: str, origin: list[int]) -> Named | None:
    """An abbreviation: in capitals anywhere, in small letters right after a clock time."""
    for n, (word, begin, end) in enumerate(spoken):
        if word not in _table()["short"]:
            continue
        capital = phrase[origin[begin] : origin[end - 1] + 1].isupper() and not phrase.isupper()
        # in small letters it may be a word of some language: "midi et demi"
        last = not re.search(r"\w" if _spoken_anywhere(word) else r"\d", text[end:])
        if capital or (last and _CLOCK.search(text[:begin])):
            if n + 1 < len(spoken) and spoken[n + 1][0] in _AFTER:
                end = spoken[n + 1][2]
            return Named(begin, end, choices=several(word))
    return None


def _place(spoken: Spoken, text: str) -> Named | None:
    """A place after a clock time: "7pm Berlin", "7pm in Berlin", "7pm (Berlin)"."""
    for first, last, said in _runs(spoken):
        begin, end = spoken[first][1], spoken[last - 1][2]
        if not _CLOCK.search(text[:begin]) or _spoken_anywhere(said):
            continue
        choices = several(said)
        zone = places().get(said, "")
        if not zone and not choices:
            continue
        before = spoken[first - 1] if first else ("", 0, 0)
        if before[0] == "(" and first > 1:
            before = spoken[first - 2] if spoken[first - 2][0] in _LEADING else before
        begin = before[1] if before[0] in _LEADING else begin
        closed = last < len(spoken) and spoken[last][0] == ")"
        return Named(begin, spoken[last][2] if closed else end, zone, choices)
    return None


def _spoken_anywhere(said: str) -> bool:
    """True if a language has this word for a time, so that it is not taken for a place."""
    return said == "easter" or any((said,) in words(language) for language in LANGUAGES)
