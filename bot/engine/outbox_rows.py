"""From an effect to the rows that perform it: the channel it goes to and the key that makes it safe."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
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
from bot.core.model.session import PRIVATE
from bot.core.platform import Platform
from bot.scheduling.decision import ROOM
from bot.store import Row

KEY_LENGTH = 25  # what Discord takes as a nonce


def key_of(session: str, name: str, place: str) -> str:
    """The key of a message: the same message of the same session in the same place, for ever."""
    return hashlib.blake2b(f"{session}\0{name}\0{place}".encode(), digest_size=13).hexdigest()[:KEY_LENGTH]


def part_key(key: str, part: int) -> str:
    """The key of one part of a message; the first part has the key of the whole."""
    return key if part == 0 else key_of(key, str(part), "part")


def row(
    effect: Effect,
    *,
    scope: str,
    own: str,
    session: str,
    places: Mapping[str, str],
    due: datetime,
    private: Callable[[str], str],
    home: int | None = None,
) -> Row:
    """The outbox row of an effect.

    Args:
        scope: in which names are unique: the id of a session or a community, nothing for plans.
        own: what tells effects apart that have no name of their own.
        session: whose row it is, if any.
        places: the channels of the session, as they are after the facts of the same event.
        due: when it is performed; a timer has a time of its own.
        private: the private channel of a person, made when it is first used.
        home: of what belongs to no session.
    """
    if isinstance(effect, Wake):
        stands = f"wake:{effect.timer.kind.value}:{effect.timer.visit}:{effect.timer.until}:{effect.at}"
        return Row(
            key=key_of(scope, stands, ""),
            session=session,
            channel="",
            place="",
            effect=effect,
            due=effect.at,
            priority=0,
        )
    key, supersedes = _key(effect, scope, own)
    place = effect.parent if isinstance(effect, OpenThread) else effect.place
    channel = places.get(place, "")
    if not channel and place.startswith(PRIVATE):
        channel = private(place.removeprefix(PRIVATE))
    elif not channel and place.startswith(ROOM):
        channel = place.removeprefix(ROOM)
    return Row(
        key=key,
        session=session,
        channel=channel,
        place=place,
        effect=effect,
        due=due,
        priority=effect.priority,
        supersedes=supersedes,
        because=effect.because if isinstance(effect, Say | React) else "",
        home=home,
    )


def _key(effect: Effect, scope: str, own: str) -> tuple[str, str]:
    """The key of an effect, and under what a newer one replaces it while it waits; the words in keys never change."""
    supersedes = ""
    match effect:
        case Say():
            key = key_of(scope, effect.name, effect.place)
        case Edit():
            supersedes = f"{scope}:{effect.place}:{effect.name}"
            key = key_of(scope, f"revise:{effect.name}:{own}", effect.place)
        case Remove():
            supersedes = f"{scope}:{effect.place}:{effect.name}"
            key = key_of(scope, f"remove:{effect.name}:{own}", effect.place)
        case React():
            moved = f":{own}" if effect.moved else ""
            key = key_of(scope, f"react:{effect.message}{moved}", effect.place)
        case OpenThread():
            key = key_of(scope, "thread", effect.place)
        case SetThreadMembers():
            key = key_of(scope, f"{'out' if effect.out else 'seat'}:{own}", effect.place)
        case Grant():
            key = key_of(scope, f"grant:{effect.person}:{effect.role}:{own}", effect.place)
            supersedes = f"{scope}:grant:{effect.person}:{effect.role}"
        case Issue(badge=badge):
            key = key_of(scope, f"badge:{badge}:{own}", effect.place)
            supersedes = f"{scope}:badge:{badge}"
        case RevokeBadge(badge=badge):
            key = key_of(scope, f"take-back:{badge}", effect.place)
        case DeliverFile():
            key = key_of(scope, effect.name, effect.place)
        case SyncCalendarEvent():
            key = key_of(scope, f"appoint:{effect.name}:{own}", effect.place)
        case Erase():
            key = key_of(scope, f"erase:{own}", effect.place)
        case Wake():
            raise TypeError("a timer has a key of its own")
    return key, supersedes


def private_channel(platforms: Mapping[str, Platform], person: str, room: str) -> str:
    """The channel in which only this person reads, beside a room; nothing if their platform is not connected."""
    platform = platforms.get(person.partition(":")[0])
    return platform.private_channel(person, room) if platform else ""
