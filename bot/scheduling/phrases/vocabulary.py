"""The words for times in the languages that we read ourselves, each as tokens that no longer know a language.

Names of days and months come from CLDR (Babel). Everything is written here without accents and in small letters, as
`tokens.plain` leaves it. A phrase of several words wins over its parts. What a word says between all four languages
differs ("am" is morning in English and a preposition in German), so each language is read by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from babel.dates import get_day_names, get_month_names

from bot.scheduling.phrases.lexer import Token, plain

LANGUAGES = ("en", "es", "de", "fr")
Width = Literal["abbreviated", "wide"]

_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "de": "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
}
_UNITS = {
    "en": {
        "minute": "minute minutes min mins",
        "hour": "hour hours",
        "day": "day days",
        "week": "week weeks",
        "month": "month months",
        "year": "year years",
    },
    "es": {
        "minute": "minuto minutos min",
        "hour": "hora horas",
        "day": "dia dias",
        "week": "semana semanas",
        "month": "mes meses",
        "year": "ano anos",
    },
    "de": {
        "minute": "minute minuten min",
        "hour": "stunde stunden",
        "day": "tag tage tagen tages",
        "week": "woche wochen",
        "month": "monat monate monaten monats",
        "year": "jahr jahre jahren jahres",
    },
    "fr": {
        "minute": "minute minutes min",
        "hour": "heure heures",
        "day": "jour jours",
        "week": "semaine semaines",
        "month": "mois",
        "year": "an ans annee annees",
    },
}
# phrase -> tokens, written as "kind" or "kind:value"; nothing means that the word may be left out.
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "at": "at",
        "on": "",
        "the": "",
        "of": "of",
        "a": "n:1",
        "an": "n:1",
        "by": "",
        "from": "",
        "starting": "",
        "beginning": "",
        "please": "",
        "around": "",
        "in": "in",
        "from now": "fromnow",
        "and": "and",
        "then": "and",
        "half an hour": "n:30 unit:minute",
        "half hour": "n:30 unit:minute",
        "half past": "halfpast",
        "quarter past": "quarterpast",
        "quarter to": "quarterto",
        "a quarter past": "quarterpast",
        "a quarter to": "quarterto",
        "o'clock": "oclock",
        "oclock": "oclock",
        "am": "am",
        "pm": "pm",
        "noon": "noon",
        "midday": "noon",
        "midnight": "midnight",
        "today": "today",
        "tonight": "today part:evening",
        "this evening": "today part:evening",
        "this morning": "today part:morning",
        "this afternoon": "today part:afternoon",
        "tomorrow": "tomorrow",
        "tmrw": "tomorrow",
        "the day after tomorrow": "overmorrow",
        "day after tomorrow": "overmorrow",
        "morning": "part:morning",
        "afternoon": "part:afternoon",
        "evening": "part:evening",
        "night": "part:evening",
        "in the morning": "part:morning",
        "in the afternoon": "part:afternoon",
        "in the evening": "part:evening",
        "at night": "part:evening",
        "next": "next",
        "this": "this",
        "coming": "this",
        "this coming": "this",
        "every": "every",
        "each": "every",
        "every other": "every ord:2",
        "other": "ord:2",
        "daily": "every unit:day",
        "every day": "every unit:day",
        "weekly": "every unit:week",
        "monthly": "every unit:month",
        "yearly": "every unit:year",
        "annually": "every unit:year",
        "fortnightly": "every n:2 unit:week",
        "every fortnight": "every n:2 unit:week",
        "biweekly": "unsure:biweekly",
        "bi weekly": "unsure:biweekly",
        "weekdays": "every workday",
        "weekday": "workday",
        "on weekdays": "every workday",
        "workdays": "every workday",
        "working day": "workday",
        "workday": "workday",
        "first": "ord:1",
        "second": "ord:2",
        "third": "ord:3",
        "fourth": "ord:4",
        "fifth": "ord:5",
        "last": "last",
        "last day": "ord:-1",
        "until": "until",
        "till": "until",
        "through": "until",
        "times": "times",
        "for": "for",
        "once": "once",
        "except": "except",
        "except on": "except",
        "but not": "except",
        "but not on": "except",
        "not on": "except",
        "without": "except",
    },
    "es": {
        "a las": "at",
        "a la": "at",
        "a": "",
        "las": "",
        "el": "",
        "la": "",
        "los": "every",
        "al": "",
        "de": "of",
        "del": "of",
        "dia": "unit:day",
        "un": "n:1",
        "una": "n:1",
        "desde": "",
        "desde el": "",
        "a partir del": "",
        "en": "in",
        "dentro de": "in",
        "y": "and",
        "media hora": "n:30 unit:minute",
        "y media": "andhalf",
        "y cuarto": "andquarter",
        "menos cuarto": "lessquarter",
        "h": "h",
        "hs": "h",
        "am": "am",
        "pm": "pm",
        "mediodia": "noon",
        "al mediodia": "noon",
        "medianoche": "midnight",
        "a medianoche": "midnight",
        "hoy": "today",
        "esta noche": "today part:evening",
        "esta tarde": "today part:afternoon",
        "esta manana": "today part:morning",
        "manana": "tomorrow",
        "pasado manana": "overmorrow",
        "de la manana": "part:morning",
        "por la manana": "part:morning",
        "de la tarde": "part:afternoon",
        "por la tarde": "part:afternoon",
        "de la noche": "part:evening",
        "por la noche": "part:evening",
        "proximo": "next",
        "proxima": "next",
        "que viene": "next",
        "siguiente": "next",
        "este": "this",
        "esta": "this",
        "cada": "every",
        "todos los": "every",
        "todas las": "every",
        "todos los dias": "every unit:day",
        "cada dia": "every unit:day",
        "a diario": "every unit:day",
        "diariamente": "every unit:day",
        "semanalmente": "every unit:week",
        "semanal": "every unit:week",
        "mensual": "every unit:month",
        "mensualmente": "every unit:month",
        "quincenal": "every n:2 unit:week",
        "dias laborables": "workday",
        "los dias laborables": "every workday",
        "dia laborable": "workday",
        "entre semana": "every workday",
        "primer": "ord:1",
        "primero": "ord:1",
        "segundo": "ord:2",
        "tercer": "ord:3",
        "tercero": "ord:3",
        "cuarto": "ord:4",
        "quinto": "ord:5",
        "ultimo": "last",
        "hasta": "until",
        "hasta el": "until",
        "veces": "times",
        "durante": "for",
        "excepto": "except",
        "excepto el": "except",
        "salvo": "except",
        "salvo el": "except",
        "menos": "except",
        "menos el": "except",
    },
    "de": {
        "um": "at",
        "am": "",
        "an": "",
        "im": "of",
        "des": "of",
        "den": "",
        "dem": "",
        "der": "",
        "die": "",
        "das": "",
        "ab": "",
        "ab dem": "",
        "vom": "",
        "ein": "n:1",
        "eine": "n:1",
        "einer": "n:1",
        "einem": "n:1",
        "in": "in",
        "und": "and",
        "einer halben stunde": "n:30 unit:minute",
        "einer viertelstunde": "n:15 unit:minute",
        "halb": "halfto",
        "viertel nach": "quarterpast",
        "viertel vor": "quarterto",
        "uhr": "h",
        "mittags": "noon",
        "mittag": "noon",
        "mitternacht": "midnight",
        "um mitternacht": "midnight",
        "heute": "today",
        "heute abend": "today part:evening",
        "heute nachmittag": "today part:afternoon",
        "heute morgen": "today part:morning",
        "morgen": "tomorrow",
        "morgen fruh": "tomorrow part:morning",
        "ubermorgen": "overmorrow",
        "uebermorgen": "overmorrow",
        "morgens": "part:morning",
        "fruh": "part:morning",
        "vormittag": "part:morning",
        "vormittags": "part:morning",
        "nachmittag": "part:afternoon",
        "nachmittags": "part:afternoon",
        "abend": "part:evening",
        "abends": "part:evening",
        "nachster": "next",
        "nachsten": "next",
        "nachste": "next",
        "nachstes": "next",
        "naechsten": "next",
        "naechste": "next",
        "kommenden": "this",
        "kommende": "this",
        "kommender": "this",
        "diesen": "this",
        "dieser": "this",
        "diese": "this",
        "jeder": "every",
        "jede": "every",
        "jeden": "every",
        "jedes": "every",
        "alle": "every",
        "taglich": "every unit:day",
        "jeden tag": "every unit:day",
        "wochentlich": "every unit:week",
        "woechentlich": "every unit:week",
        "monatlich": "every unit:month",
        "jahrlich": "every unit:year",
        "vierzehntagig": "every n:2 unit:week",
        "werktag": "workday",
        "werktags": "every workday",
        "wochentags": "every workday",
        "arbeitstag": "workday",
        "erster": "ord:1",
        "ersten": "ord:1",
        "erste": "ord:1",
        "zweiter": "ord:2",
        "zweiten": "ord:2",
        "zweite": "ord:2",
        "dritter": "ord:3",
        "dritten": "ord:3",
        "vierten": "ord:4",
        "vierter": "ord:4",
        "letzter": "last",
        "letzten": "last",
        "bis": "until",
        "bis zum": "until",
        "mal": "times",
        "lang": "",
        "fur": "for",
        "ausser": "except",
        "ausser am": "except",
        "nicht am": "except",
        "ohne": "except",
    },
    "fr": {
        "a": "at",
        "le": "",
        "la": "",
        "les": "every",
        "l'": "",
        "du": "of",
        "de": "of",
        "des": "of",
        "au": "",
        "une": "n:1",
        "a partir du": "",
        "dans": "in",
        "et": "and",
        "une demi heure": "n:30 unit:minute",
        "un quart d'heure": "n:15 unit:minute",
        "et demie": "andhalf",
        "et demi": "andhalf",
        "et quart": "andquarter",
        "moins le quart": "lessquarter",
        "h": "h",
        "sept": "n:7",  # and not September in short
        "midi": "noon",
        "a midi": "noon",
        "minuit": "midnight",
        "a minuit": "midnight",
        "aujourd'hui": "today",
        "ce soir": "today part:evening",
        "cet apres midi": "today part:afternoon",
        "ce matin": "today part:morning",
        "demain": "tomorrow",
        "apres demain": "overmorrow",
        "matin": "part:morning",
        "du matin": "part:morning",
        "apres midi": "part:afternoon",
        "de l'apres midi": "part:afternoon",
        "soir": "part:evening",
        "du soir": "part:evening",
        "prochain": "next",
        "prochaine": "next",
        "ce": "this",
        "cette": "this",
        "chaque": "every",
        "tous les": "every",
        "toutes les": "every",
        "tous les jours": "every unit:day",
        "chaque jour": "every unit:day",
        "un mardi sur deux": "every n:2 unit:week wd:2",
        "quotidien": "every unit:day",
        "hebdomadaire": "every unit:week",
        "mensuel": "every unit:month",
        "jours ouvrables": "workday",
        "jour ouvrable": "workday",
        "en semaine": "every workday",
        "premier": "ord:1",
        "deuxieme": "ord:2",
        "second": "ord:2",
        "troisieme": "ord:3",
        "quatrieme": "ord:4",
        "dernier": "last",
        "jusqu'au": "until",
        "jusqu'a": "until",
        "fois": "times",
        "pendant": "for",
        "sauf": "except",
        "sauf le": "except",
    },
}
_HABITUAL = {"en": "{day}s", "de": "{day}s"}  # "Tuesdays": every one of them
_ONE_IN_TWO = "un {day} sur deux"
_TIMES = {"de": "{number}mal", "fr": "{number} fois", "es": "{number} veces", "en": "{number} times"}


def _tokens(written: str) -> tuple[Token, ...]:
    made = []
    for each in written.split():
        kind, _, value = each.partition(":")
        number = value.removeprefix("-").isdecimal()
        made.append(Token(kind, int(value) if number else value))
    return tuple(made)


@cache
def words(language: str) -> Mapping[tuple[str, ...], tuple[Token, ...]]:
    """The phrases of a language, split into words, and the tokens that they are."""
    found: dict[str, tuple[Token, ...]] = {}
    for n, word in enumerate(_NUMBERS[language].split(), 1):
        found[word] = (Token("n", n),)
        if language == "de":
            found[f"{word}mal"] = (Token("n", n), Token("times", ""))
    for unit, spelled in _UNITS[language].items():
        found |= {word: (Token("unit", unit),) for word in spelled.split()}
    if language == "fr":
        found |= {word: (Token("h", ""),) for word in ("heure", "heures")}  # of a clock, or an hour from now
    widths: tuple[Width, ...] = ("abbreviated", "wide")
    for width in widths:  # the longer names win where two look alike
        found |= _named(width, language)
    found |= {phrase: _tokens(written) for phrase, written in _PHRASES[language].items()}
    return {tuple(phrase.split()): tokens for phrase, tokens in found.items()}


def _named(width: Width, language: str) -> dict[str, tuple[Token, ...]]:
    found: dict[str, tuple[Token, ...]] = {}
    twice: set[str] = set()

    def add(name: str, *tokens: Token) -> None:
        name = plain(name).rstrip(".")
        if found.get(name, tokens) != tokens:
            twice.add(name)
        found[name] = tokens

    for context in ("format", "stand-alone"):
        for n, name in get_month_names(width, context, language).items():
            add(name, Token("mo", n))
        for n, name in get_day_names(width, context, language).items():
            day = Token("wd", n + 1)
            add(name, day)
            if width == "wide":
                if language in _HABITUAL:
                    add(_HABITUAL[language].format(day=name), Token("every", ""), day)
                if language == "fr":
                    add(f"{name}s", day)
                    add(
                        _ONE_IN_TWO.format(day=name),
                        Token("every", ""),
                        Token("n", 2),
                        Token("unit", "week"),
                        day,
                    )
                if language == "es" and not plain(name).endswith("s"):
                    add(f"{name}s", day)
    if language == "en" and width == "abbreviated":
        for n, name in enumerate(("tues", "weds", "thurs", "sept"), 2):
            add(name, Token("mo", 9) if name == "sept" else Token("wd", n))
    if language == "de" and width == "wide":
        add("sonnabend", Token("wd", 6))
    return {name: tokens for name, tokens in found.items() if name not in twice}
