"""Which sessions an event concerns, and what has to be known to say so."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime

from bot.commands import TABLE
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Due,
    Edited,
    Event,
    HostRightsEnded,
    Joined,
    Left,
    MessageUsedAsAnswer,
    NotGranted,
    Placed,
    Posted,
    Present,
    Reacted,
    SeriesDone,
    Submitted,
    TimerFired,
)
from bot.core.model.session import ROOM
from bot.core.participants.membership import forgotten_how
from bot.store import Context, Decided, Place, Receipt

NOTHING_KNOWN = Context(seen=frozenset(), places={}, receipts={}, unsettled=frozenset(), opening=frozenset())


def asked_about(events: Sequence[Event]) -> tuple[list[str], list[str], list[str]]:
    """The event ids, channels and messages that the database has to be asked about."""
    ids: list[str] = []
    channels: set[str] = set()
    messages: set[str] = set()
    for event in events:
        ids.append(event.id)
        if not isinstance(event, TimerFired):
            channels.add(event.channel)
        match event:
            case Posted(reply_to=reply, parent=parent):
                channels.update([parent] if parent else [])
                messages.update([reply] if reply else [])
            case Edited(message=message) | Deleted(message=message):
                ids.append(message)  # the sessions that heard the message hear of its change
            case Reacted(message=message):
                messages.add(message)
            case CommandGiven(private=private, reply_to=reply):
                channels.update([private] if private else [])
                messages.update([reply] if reply else [])
            case _:
                pass
    return ids, sorted(channels), sorted(messages)


def changed_within(events: Sequence[Event]) -> frozenset[str]:
    """The events of a batch that a later one in it changes or repeats: no database knows them yet."""
    messages = {event.message for event in events if isinstance(event, Edited | Deleted)}
    twice = {id for id, times in Counter(event.id for event in events).items() if times > 1}
    return frozenset(messages.intersection(event.id for event in events) | twice)


def context_after(context: Context, decided: Sequence[Decided], changed: Set[str]) -> Context:
    """The context of the events that come after these in one batch: nothing of it is on disk yet.

    Args:
        changed: the events that a later one of the batch changes or repeats.
    """
    for each in decided:
        if each.event in changed and each.session:
            context = replace(context, seen=context.seen | {(each.event, each.session)})
        if each.held is not None and each.held.event.id in changed:
            context = replace(context, held=context.held | {each.held.event.id})
        if each.unheld:
            context = replace(context, held=context.held - {each.event})
        if each.places or each.freed:
            places = dict(context.places)
            for channel in each.freed:
                there = places.get(channel, ())
                places[channel] = tuple(
                    replace(place, holds=False) if place.session == each.session else place for place in there
                )
            for channel, place in each.places.items():
                places[channel] = (place, *places.get(channel, ()))
            context = replace(context, places=places)
    return context


def context_at_hand(events: Sequence[Event], places: Mapping[str, tuple[Place, ...]]) -> Context | None:
    """The context of these events as far as it is known without asking the database; None if that is not enough.

    Whether an event was heard before is then left to the commit, which refuses a duplicate.
    """
    found: dict[str, tuple[Place, ...]] = {}
    for event in events:
        match event:
            case Submitted(session=str(session)) if session:
                continue
            case Posted(channel=channel, reply_to=None, parent=None) | Submitted(channel=channel):
                if channel not in places:
                    return None
                found[channel] = places[channel]
            case _:
                return None
    return replace(NOTHING_KNOWN, places=found)


def enrich(event: Event, context: Context, now: datetime) -> Event:
    """Add what only the database and the clock know; nothing happens later than it is heard."""
    if event.at > now:
        event = replace(event, at=now)
    event = _plain(event)
    under = _under(event, context)
    if under is not None and isinstance(event, Posted | Reacted | CommandGiven):
        event = replace(event, about=under.about)
    match event:
        case CommandGiven():
            held = next((p.session for p in context.places.get(event.channel, ()) if p.holds), "")
            return replace(event, holding=held, seed=event.seed or secrets.token_hex(16))
        case _:
            return event


def _under(event: Event, context: Context) -> Receipt | None:
    """Our own message that somebody answers, or puts a sign on."""
    match event:
        case Posted(reply_to=str(message)) | Reacted(message=message):
            return context.receipts.get(message)
        case CommandGiven(command=name, reply_to=str(message)) if _replies(name):
            return context.receipts.get(message)
        case _:
            return None


def _replies(name: str) -> bool:
    command = TABLE.get(name)
    return command is not None and (command.replies or command.finds is not None)


def _everywhere(name: str) -> bool:
    command = TABLE.get(name)
    return command is not None and command.everywhere


def _plain(event: Event) -> Event:
    """A command by its own name, where an older word or a part of another was given."""
    if not isinstance(event, CommandGiven):
        return event
    name, args = TABLE.resolved(event.command, event.args)
    return event if name == event.command else replace(event, command=name, args=args)


ERASE, DATA = "my erase", "my data"  # these reach every session that somebody was in


def forgets(event: Event) -> bool:
    """True if somebody asks to be forgotten, and says so in full."""
    return (
        isinstance(event, CommandGiven) and event.command == ERASE and forgotten_how(event.args) is not None
    )


def asks_for_data(event: Event) -> bool:
    """True if somebody asks for all that is kept of them."""
    return isinstance(event, CommandGiven) and event.command == DATA


def targets(event: Event, context: Context) -> list[str]:
    """The sessions that an event concerns."""
    under = _under(event, context)
    if under is not None:
        return [under.session]
    match event:
        case TimerFired() | Placed() | SeriesDone() | NotGranted():
            return [event.session]
        case Due():
            return []
        case Edited() | Deleted():
            return sorted({key for seen, key in context.seen if seen == event.message and key})
        case CommandGiven(command=name) if _everywhere(name):
            # every session that this person was in, not only the one of today
            own = [p.session for p in context.places.get(event.private, ())]
            here = event.session or next((p.session for p in context.places.get(event.channel, ())), "")
            return list(dict.fromkeys([*filter(None, [here]), *own]))
        case Submitted() | CommandGiven() | Joined() | HostRightsEnded() if event.session:
            return [event.session]
        case Posted(parent=str(parent)) if event.channel not in context.places:
            return [p.session for p in context.places.get(parent, ()) if p.holds][:1]
        case Posted() | Reacted():
            there = context.places.get(event.channel, ())
            return [p.session for p in there if p.holds or not p.place.startswith(ROOM)][:1]
        case (
            Submitted()
            | CommandGiven()
            | Joined()
            | Left()
            | Present()
            | MessageUsedAsAnswer()
            | HostRightsEnded()
        ):
            return [p.session for p in context.places.get(event.channel, ())][:1]


def must_wait(event: Event, context: Context) -> bool:
    """True if an event speaks of a thread or message of ours that is not known yet, or changes a message that does."""
    match event:
        case Posted(parent=str(parent)) if event.channel not in context.places:
            return any(p.session in context.opening for p in context.places.get(parent, ()))
        case Posted(reply_to=str(message)) | CommandGiven(reply_to=str(message)) | Reacted(message=message):
            return message not in context.receipts and event.channel in context.unsettled
        case Edited(message=message) | Deleted(message=message):
            return message in context.held
        case _:
            return False
