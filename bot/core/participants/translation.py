"""A workshop in another of its languages: the room's, and one's own in private.

A text that has no translation stays in the language of the script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.core.model import facts as f
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text import messages
from bot.core.turn import Turn

TEXTS = frozenset(
    {"title", "about", "say", "say_again", "if_few", "host_notes", "label", "help", "agreements", "credits"}
    | {"help_text", "line", "question", "stage", "badge"}
)
HOLDERS = frozenset(
    {"next_steps", "resources", "host_card", "statements", "rescue_lines", "glossary", "anchors", "ideas"}
)


def languages(script: Script) -> tuple[str, ...]:
    """The languages that a script can be read in, its own first."""
    return (script.language, *sorted(set(script.spoken) - {script.language}))


def in_language(script: Script, language: str) -> Script:
    """The same workshop in another language, as far as it has been translated."""
    table = script.spoken.get(language)
    if not table or language == script.language:
        return script
    said: Script = _said(script, table)
    spoken = {
        other: {table.get(ours, ours): theirs for ours, theirs in words_.items()}
        for other, words_ in script.spoken.items()
        if other != language
    }
    spoken[script.language] = {theirs: ours for ours, theirs in table.items()}
    return replace(said, language=language, spoken=spoken)


def _said(item: Any, table: Mapping[str, str]) -> Any:
    changes: dict[str, Any] = {}
    for field in fields(item):
        held = getattr(item, field.name)
        if isinstance(held, str):
            after: Any = table.get(held, held) if field.name in TEXTS else held
        elif field.name in HOLDERS and isinstance(held, tuple):
            after = tuple(table.get(each, each) for each in held)
        elif field.name in HOLDERS:
            after = {table.get(key, key): table.get(text, text) for key, text in held.items()}
        elif field.name == "spoken":
            after = held
        else:
            after = _deeper(held, table)
        if after is not held:
            changes[field.name] = after
    return replace(item, **changes) if changes else item


def _deeper(held: Any, table: Mapping[str, str]) -> Any:
    if is_dataclass(held) and not isinstance(held, type):
        return _said(held, table)
    if isinstance(held, tuple) and any(map(is_dataclass, held)):
        return tuple(_deeper(each, table) for each in held)
    if isinstance(held, Mapping):
        return {key: _deeper(each, table) for key, each in held.items()}
    return held


def spoken_to(script: Script, session: Session, person: str) -> Script:
    """The workshop as this person reads it in private."""
    known = session.people.get(person)
    return in_language(script, known.language) if known is not None and known.language else script


def own_language(session: Session, person: str) -> str:
    """The language that somebody chose for what only they read; empty if none."""
    known = session.people.get(person)
    return known.language if known is not None else ""


def choose(turn: Turn, person: str, wanted: str) -> None:
    """Somebody says in which language they like to read what only they see."""
    there = (
        *languages(turn.script),
        *(each for each in messages.SPOKEN if each not in languages(turn.script)),
    )
    language = wanted.strip()
    if language not in there:
        turn.tell(person, messages.say(messages.LANGUAGES, there=", ".join(there)))
        return
    turn.fact(f.LanguageChosen(at=turn.now, person=PersonId(person), language=language))
    turn.tell(person, messages.LANGUAGE)
