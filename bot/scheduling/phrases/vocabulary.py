"""The words for times in each language, as tokens that no longer know a language.

A language is one YAML file in `languages/`, which a translator can edit; names of days and months come from CLDR
(Babel). A word may mean different things in two languages ("am" is morning in English and a preposition in German),
so each language is read by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from babel.dates import get_day_names, get_month_names

from bot.scheduling.phrases.lexer import Token, plain

LANGUAGES = ("en", "es", "de", "fr")
Width = Literal["abbreviated", "wide"]
Phrases = dict[str, tuple[Token, ...]]

_FOLDER = Path(__file__).parent / "languages"


def _tokens(written: str) -> tuple[Token, ...]:
    """Tokens as a language file writes them: `kind` or `kind:value`, separated by spaces."""
    tokens = []
    for part in written.split():
        kind, _, value = part.partition(":")
        number = value.removeprefix("-").isdecimal()
        tokens.append(Token(kind, int(value) if number else value))
    return tuple(tokens)


@cache
def _table(language: str) -> Mapping[str, Any]:
    """The file of a language."""
    table: Mapping[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return table


@cache
def idioms(language: str) -> Mapping[int, int]:
    """The numbers of days that a language says for weeks, such as fifteen days for two weeks."""
    return dict(_table(language).get("idioms", {}))


@cache
def words(language: str) -> Mapping[tuple[str, ...], tuple[Token, ...]]:
    """The phrases of a language, split into words, and the tokens that they stand for."""
    table = _table(language)
    phrases: Phrases = {}
    for number, word in enumerate(table["numbers"].split(), 1):
        word = word.replace("_", " ")  # dix_sept
        phrases[word] = (Token("n", number),)
        if "times" in table:
            phrases[table["times"].format(number=word)] = (Token("n", number), Token("times", ""))
    for number, word in enumerate(table.get("ordinals", "").split(), 1):
        phrases[word.replace("_", " ")] = (Token("ord", number),)
    for unit, forms in table["units"].items():
        phrases |= {word: (Token("unit", unit),) for word in forms.split()}
    widths: tuple[Width, ...] = ("abbreviated", "wide")
    for width in widths:  # the longer names win where two look alike
        phrases |= _calendar_names(width, language, table)
    phrases |= {phrase: _tokens(written) for phrase, written in table["phrases"].items()}
    return {tuple(phrase.split()): tokens for phrase, tokens in phrases.items()}


def _calendar_names(width: Width, language: str, table: Mapping[str, Any]) -> Phrases:
    """Days and months by their CLDR names; a name that stands for two things is left out."""
    names: Phrases = {}
    ambiguous: set[str] = set()

    def add(name: str, *tokens: Token) -> None:
        name = plain(name).rstrip(".")
        if names.get(name, tokens) != tokens:
            ambiguous.add(name)
        names[name] = tokens

    for context in ("format", "stand-alone"):
        for number, name in get_month_names(width, context, language).items():
            add(name, Token("mo", number))
        for number, name in get_day_names(width, context, language).items():
            day = Token("wd", number + 1)
            add(name, day)
            for part, written in table.get("parts", {}).items():
                add(f"{name} {part}", day, *_tokens(written))
                add(f"{name}{part}", day, *_tokens(written))
                add(f"{name}{part}s", Token("every"), day, *_tokens(written))
            if width != "wide":
                continue
            if "habitual" in table:
                add(table["habitual"].format(day=name), Token("every", ""), day)
            if "plural_day" in table and not plain(name).endswith("s"):
                add(table["plural_day"].format(day=name), day)
            every_other = (Token("every", ""), Token("n", 2), Token("unit", "week"))
            for template in table.get("every_other_day", ()):
                add(template.format(day=name), *every_other, day)
    return {name: tokens for name, tokens in names.items() if name not in ambiguous}
