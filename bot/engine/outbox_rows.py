"""From an effect to the rows that perform it: the channel it goes to and the key that makes it safe."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from bot.core.model.effects import (
    DeliverFile,
    Edit,
    Effect,
    Erase,
    Grant,
    Issue,
    OpenThread,
    React,
    Remove,
    RevokeBadge,
    Say,
    SetThreadMembers,
    SyncCalendarEvent,
    Wake,
)
from bot.core.model.session import PRIVATE, Session
from bot.store import Row

KEY_LENGTH = 25  # what Discord takes as a nonce


def key_of(session: str, name: str, place: str) -> str:
    """The key of a message: the same message of the same session in the same place, for ever."""
    return hashlib.blake2b(f"{session}\0{name}\0{place}".encode(), digest_size=13).hexdigest()[:KEY_LENGTH]


def part_key(key: str, part: int) -> str:
    """The key of one part of a message; the first part has the key of the whole."""
    return key if part == 0 else key_of(key, str(part), "part")


def row(
    session: Session,
    effect: Effect,
    nth: int,
    now: datetime,
    private: Callable[[str], str],
) -> Row:
    """The outbox row of an effect.

    Args:
        session: as it is after the facts of the same event.
        nth: the how-manieth effect of this event; with the session's version it names effects that
            have no name of their own.
        private: the private channel of a person, made when it is first used.
    """
    own = f"{session.version}:{nth}"
    supersedes = because = ""
    if isinstance(effect, Wake):
        stands = f"wake:{effect.timer.kind.value}:{effect.timer.visit}:{effect.timer.until}:{effect.at}"
        return Row(
            key=key_of(session.id, stands, ""),
            session=session.id,
            channel="",
            place="",
            effect=effect,
            due=effect.at,
            priority=0,
        )
    match effect:
        case Say():
            key, because = key_of(session.id, effect.name, effect.place), effect.because
        case Edit():
            supersedes = f"{session.id}:{effect.place}:{effect.name}"
            key = key_of(session.id, f"revise:{effect.name}:{own}", effect.place)
        case Remove():
            supersedes = f"{session.id}:{effect.place}:{effect.name}"
            key = key_of(session.id, f"remove:{effect.name}:{own}", effect.place)
        case React():
            key, because = key_of(session.id, f"react:{effect.message}", effect.place), effect.because
        case OpenThread():
            key = key_of(session.id, "thread", effect.place)
        case SetThreadMembers():
            key = key_of(session.id, f"seat:{own}", effect.place)
        case Grant():
            key = key_of(session.id, f"grant:{effect.person}:{effect.role}:{own}", effect.place)
            supersedes = f"{session.id}:grant:{effect.person}:{effect.role}"
        case Issue(badge=badge):
            key = key_of(session.id, f"badge:{badge}:{own}", effect.place)
            supersedes = f"{session.id}:badge:{badge}"
        case RevokeBadge(badge=badge):
            key = key_of(session.id, f"take-back:{badge}", effect.place)
        case DeliverFile():
            key = key_of(session.id, effect.name, effect.place)
        case SyncCalendarEvent():
            key = key_of(session.id, f"appoint:{effect.name}:{own}", effect.place)
        case Erase():
            key = key_of(session.id, f"erase:{own}", effect.place)
    place = effect.parent if isinstance(effect, OpenThread) else effect.place
    channel = session.places.get(place, "")
    if not channel and place.startswith(PRIVATE):
        channel = private(place.removeprefix(PRIVATE))
    return Row(
        key=key,
        session=session.id,
        channel=channel,
        place=place,
        effect=effect,
        due=now,
        priority=effect.priority,
        supersedes=supersedes,
        because=because,
    )
