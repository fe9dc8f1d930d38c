"""Texts that stand in several languages: `say: {en: …, es: …}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.authoring.diagnostics import Path_

LANGUAGE = re.compile(r"^[a-z]{2}(-[A-Z]{2})?$")
# Keys whose value is a text, and keys whose value holds texts.
TEXTS = frozenset(
    [
        "title",
        "about",
        "say",
        "say_async",
        "say_again",
        "if_few",
        "host_notes",
        "label",
        "help",
        "agreements",
        "credits",
        "help_text",
        "line",
        "question",
        "name",
        "stage",
    ]
)
HOLDERS = frozenset(
    ["next_steps", "resources", "host_card", "statements", "rescue_lines", "glossary", "anchors", "ideas"]
)


Translated = tuple[Path_, dict[str, str]]  # where a text stands, and what it is in each language


def in_one(raw: Any, main: str, path: Path_ = ()) -> tuple[Any, list[tuple[Path_, dict[str, str]]]]:
    """The data with every text in one language, and each text that has others, with its place."""
    translated: list[tuple[Path_, dict[str, str]]] = []
    if isinstance(raw, dict):
        if path and _is_text(path) and raw and all(LANGUAGE.match(str(key)) for key in raw):
            texts = {key: text for key, text in raw.items() if isinstance(text, str)}
            if len(texts) == len(raw):
                translated.append((path, texts))
                return texts.get(main, next(iter(texts.values()))), translated
        plain: dict[Any, Any] = {}
        for key, value in raw.items():
            plain[key], more = in_one(value, main, (*path, key))
            translated += more
        return plain, translated
    if isinstance(raw, list):
        listed = []
        for n, value in enumerate(raw):
            one, more = in_one(value, main, (*path, n))
            listed.append(one)
            translated += more
        return listed, translated
    return raw, translated


def _is_text(path: Path_) -> bool:
    return path[-1] in TEXTS or (len(path) > 1 and path[-2] in HOLDERS)


def missing(translated: list[tuple[Path_, dict[str, str]]]) -> Iterator[tuple[Path_, str]]:
    """Each text that lacks a language which others of the same script have."""
    everywhere = sorted({language for _, texts in translated for language in texts})
    for path, texts in translated:
        for language in everywhere:
            if language not in texts:
                yield path, language


def spoken(
    translated: list[tuple[Path_, dict[str, str]]], main: str, prose: Any
) -> Mapping[str, Mapping[str, str]]:
    """language -> our text -> theirs, as the built script holds them."""
    table: dict[str, dict[str, str]] = {}
    for _, texts in translated:
        ours = texts.get(main, next(iter(texts.values())))
        for language, theirs in texts.items():
            if language != main:
                table.setdefault(language, {})[prose(ours)] = prose(theirs)
    return table
