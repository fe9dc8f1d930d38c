"""From a phrase to a time: its zone, then each language in turn; what nobody understands is named, or guessed at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from bot.scheduling.phrases import questions
from bot.scheduling.phrases.lexer import LONGEST, UNKNOWN, Token, folded, tokens
from bot.scheduling.phrases.parser import read
from bot.scheduling.phrases.questions import AmbiguousError, Question, When, asked
from bot.scheduling.phrases.reading import NotUnderstoodError, Reading
from bot.scheduling.phrases.recurrence import upcoming
from bot.scheduling.phrases.resolver import Resolver
from bot.scheduling.phrases.vocabulary import LANGUAGES, idioms, words
from bot.scheduling.phrases.zones import HERE, Named, zone_in, zones_near

SHOWN = 80  # characters of what somebody wrote
ALIKE = 0.8  # how much of a misspelt word has to be right
SHORTEST = 4  # letters of a word that can be misspelt
MISSPELT = 2  # words of a phrase, at most


@dataclass(slots=True)
class _Attempt:
    """A phrase as one language could not read it."""

    language: str
    row: list[Token]
    lost: Token  # where it stopped
    unknown: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        self.unknown = [token for token in self.row if token.kind == UNKNOWN]


@dataclass(frozen=True, slots=True)
class _Asker:
    """Somebody who says something about time: when, where, and in which languages."""

    now: datetime
    here: str  # the zone in which they are
    zone: str  # of which they speak
    languages: Sequence[str]
    shown: str
    offset: str = ""

    def resolved(self, reading: Reading) -> When:
        """The time that they mean by what they said."""
        resolver = Resolver(reading, self.now, self.zone, self.shown, self.here, self.offset)
        try:
            return resolver.when()
        except AmbiguousError as ambiguous:
            raise AmbiguousError(replace(ambiguous.question, minutes=resolver.minutes)) from None


def understand(phrase: str, now: datetime, zone: str, languages: Sequence[str] = ()) -> When | Question:
    """The time to come that a phrase means for someone in `zone` who says it `now` (aware), or a question about it.

    Args:
        languages: that are tried first; English, Spanish, German and French are tried in any case.
    """
    shown = phrase.strip()[:SHOWN]
    phrase = phrase[:LONGEST]
    known = dict.fromkeys((*(each for each in languages if each in LANGUAGES), *LANGUAGES))
    asker = _Asker(now, zone, zone, tuple(known), shown)
    named = zone_in(phrase)
    if named is None:
        return _read(phrase, asker)
    rest = f"{phrase[: named.begin]} {phrase[named.end :]}"
    if named.unknown:
        said = phrase[named.begin : named.end]
        near = replace(named, unknown=False, choices=zones_near(said, now))
        if not near.choices:
            return asked(questions.NO_ZONE, zone=said)
        return replace(_which_zone(rest, said, near, asker), note=asked(questions.NO_ZONE, zone=said).note)
    if named.choices:
        return _which_zone(rest, phrase[named.begin : named.end], named, asker)
    there = zone if named.zone in ("", HERE) else named.zone
    found = _read(rest, replace(asker, zone=there, offset=named.offset))
    if isinstance(found, Question) and found.note.text == questions.NO_ZONE:  # a repetition needs a place
        said = phrase[named.begin : named.end]
        if choices := zones_near(said, now):
            return replace(_which_zone(rest, said, replace(named, choices=choices), asker), note=found.note)
    return found


def _which_zone(rest: str, said: str, named: Named, asker: _Asker) -> Question:
    """An abbreviation: the same question everywhere, with the zones of IANA that it may stand for."""
    options: list[str] = []
    for zone in named.choices:
        found = _read(rest, replace(asker, zone=zone))
        if isinstance(found, Question) and not found.options:
            return found
        options.append(found.phrase if isinstance(found, When) else f"{' '.join(rest.split())} {zone}")
    return asked(questions.SHORT_ZONE, options, zone=said)


def _read(phrase: str, asker: _Asker) -> When | Question:
    """What a phrase without a zone means in the first language that understands it."""
    text, origin = folded(phrase)
    question: Question | None = None
    attempts: list[_Attempt] = []
    for language in asker.languages:
        row = tokens(text, words(language))
        try:
            return asker.resolved(read(row, idioms(language)))
        except NotUnderstoodError as lost:
            attempts.append(_Attempt(language, row, lost.tokens[0]))
        except AmbiguousError as ambiguous:
            if question is None or (ambiguous.question.options and not question.options):
                question = ambiguous.question
    if question is None:
        question = _misspelt(text, attempts, asker) or _elsewhere(phrase, asker)
    return question or _named_part(phrase, origin, attempts, asker)


def _misspelt(text: str, attempts: Sequence[_Attempt], asker: _Asker) -> Question | None:
    """ "Tomorow 7pm": what it would mean if its strange words were the known ones that look like them."""
    for attempt in attempts:
        unknown = attempt.unknown
        if not 0 < len(unknown) <= MISSPELT or any(len(str(token.value)) < SHORTEST for token in unknown):
            continue
        vocabulary = [row[0] for row in words(attempt.language) if len(row) == 1 and len(row[0]) >= SHORTEST]
        mended = text
        for token in reversed(unknown):
            close = get_close_matches(str(token.value), vocabulary, n=1, cutoff=ALIKE)
            if not close:
                break
            mended = mended[: token.begin] + close[0] + mended[token.end :]
        else:
            row = tokens(mended, words(attempt.language))
            try:
                reading = read(row, idioms(attempt.language))
                return asked(questions.MEANT, [asker.resolved(reading).phrase])
            except NotUnderstoodError:
                continue
            except AmbiguousError as ambiguous:
                if ambiguous.question.options:
                    return ambiguous.question
    return None


def _named_part(phrase: str, origin: list[int], attempts: Sequence[_Attempt], asker: _Asker) -> Question:
    """A refusal that names the part that was not understood, in the language that understood most."""
    whole = asked(questions.NOT_READ, phrase=asker.shown)
    if not attempts:
        return whole
    best = min(attempts, key=lambda attempt: (len(attempt.unknown), -attempt.lost.begin))
    row = best.row
    lost = best.unknown[0] if best.unknown else best.lost
    if lost not in row or not origin:
        return whole
    at = next(n for n, token in enumerate(row) if token is lost)
    last = at
    while last + 1 < len(row) and row[last + 1].kind == lost.kind == UNKNOWN:
        last += 1
    begin, end = row[at].begin, row[last].end
    if all(begin <= token.begin and token.end <= end for token in row):
        return whole
    part = phrase[origin[begin] : origin[end - 1] + 1]
    return asked(questions.PART_NOT_READ, part=part[:SHOWN], phrase=asker.shown)


def _elsewhere(phrase: str, asker: _Asker) -> Question | None:
    """A whole date with a clock time in one of dateparser's two hundred languages, offered and not taken."""
    if not re.search(r"\d", phrase):
        return None
    from dateparser.date import DateDataParser  # half a second and forty megabytes: only when it is needed

    local = asker.now.astimezone(ZoneInfo(asker.zone)).replace(tzinfo=None)
    settings = {"STRICT_PARSING": True, "RELATIVE_BASE": local, "RETURN_TIME_AS_PERIOD": True}
    try:
        parsed = DateDataParser(settings=settings).get_date_data(phrase)
    except (ValueError, OverflowError, TypeError):
        return None
    if parsed.date_obj is None or parsed.period != "time" or parsed.date_obj.tzinfo is not None:
        return None
    hour, minute = parsed.date_obj.hour, parsed.date_obj.minute
    digits = {int(number) for number in re.findall(r"\d+", phrase[:LONGEST])}
    if not {hour, hour % 12} & digits or (minute and minute not in digits):
        return None  # another hour than was typed
    when = When((parsed.date_obj.replace(second=0, microsecond=0),), asker.zone)
    return asked(questions.MEANT, [when.phrase]) if upcoming(when, asker.now, 1) else None
