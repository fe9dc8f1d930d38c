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
    translated: Script = _translated(script, table)
    spoken = {
        other: {table.get(ours, ours): theirs for ours, theirs in texts.items()}
        for other, texts in script.spoken.items()
        if other != language
    }
    spoken[script.language] = {theirs: ours for ours, theirs in table.items()}
    return replace(translated, language=language, spoken=spoken)


def _translated(item: Any, table: Mapping[str, str]) -> Any:
    """A record with its texts, and those of the records in it, by this table."""
    changes: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, str):
            after: Any = table.get(value, value) if field.name in TEXTS else value
        elif field.name in HOLDERS and isinstance(value, tuple):
            after = tuple(table.get(line, line) for line in value)
        elif field.name in HOLDERS:
            after = {table.get(key, key): table.get(text, text) for key, text in value.items()}
        elif field.name == "spoken":
            after = value
        else:
            after = _inside(value, table)
        if after is not value:
            changes[field.name] = after
    return replace(item, **changes) if changes else item


def _inside(value: Any, table: Mapping[str, str]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _translated(value, table)
    if isinstance(value, tuple) and any(map(is_dataclass, value)):
        return tuple(_inside(part, table) for part in value)
    if isinstance(value, Mapping):
        return {key: _inside(part, table) for key, part in value.items()}
    return value


def spoken_to(script: Script, session: Session, person: str) -> Script:
    """The workshop as this person reads it in private."""
    participant = session.people.get(person)
    return (
        in_language(script, participant.language)
        if participant is not None and participant.language
        else script
    )


def own_language(session: Session, person: str) -> str:
    """The language that somebody chose for what only they read; empty if none."""
    participant = session.people.get(person)
    return participant.language if participant is not None else ""


def choose(turn: Turn, person: str, wanted: str) -> None:
    """Somebody says in which language they like to read what only they see."""
    available = (
        *languages(turn.script),
        *(code for code in messages.SPOKEN if code not in languages(turn.script)),
    )
    language = wanted.strip()
    if language not in available:
        turn.tell(person, messages.say(messages.LANGUAGES, there=", ".join(available)))
        return
    known = turn.session.people.get(person)
    if known is None or known.language != language:
        turn.fact(f.LanguageChosen(at=turn.now, person=PersonId(person), language=language))
    turn.tell(person, messages.LANGUAGE)
