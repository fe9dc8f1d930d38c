"""Changes to a session by facts about it as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import facts as f
from bot.core.model.evolve.shared import Apply, counted, current, put_person
from bot.core.model.facts import Phase
from bot.core.model.records import PersistentMap, replace
from bot.core.model.session import HOSTS, ROOM, Session


def _opened(session: Session, fact: f.Opened) -> Session:
    rooms = tuple(f"{ROOM}{n}" for n, _ in enumerate(fact.rooms, 1))
    places = dict(zip(rooms, fact.rooms, strict=True)) | {HOSTS: fact.hosts_channel}
    channels = {channel: place for place, channel in places.items()}
    return replace(
        session,
        id=fact.session,
        opened_at=fact.at,
        community=fact.community,
        script=fact.script,
        seed=fact.seed,
        rooms=rooms,
        places=PersistentMap(places),
        channels=PersistentMap(channels),
        hosts=frozenset({fact.host}),
        guide=fact.host,
        mode=fact.mode,
        zone=fact.zone,
        quiet=fact.quiet,
        keep_days=fact.keep_days,
        films=fact.films,
        earlier=fact.earlier,
        phase=Phase.LOBBY,
    )


def _room_added(session: Session, fact: f.RoomAdded) -> Session:
    place = f"{ROOM}{len(session.rooms) + 1}"
    return replace(
        session,
        rooms=(*session.rooms, place),
        places=session.places.put(place, fact.channel),
        channels=session.channels.put(fact.channel, place),
    )


def _begun(session: Session, fact: f.Begun) -> Session:
    return replace(session, phase=Phase.RUNNING)


def _day_begun(session: Session, fact: f.DayBegun) -> Session:
    return replace(session, day=fact.day, day_at=fact.at)


def _day_rested(session: Session, fact: f.DayRested) -> Session:
    return replace(session, rested=fact.day)


def _paused(session: Session, fact: f.Paused) -> Session:
    return replace(session, paused=fact.why, paused_at=fact.at)


def _resumed(session: Session, fact: f.Resumed) -> Session:
    session = replace(session, paused="", paused_at=None)
    closed = session.steps[session.step].closed if session.step else False
    if not session.step:
        return session
    return current(session, **({"read_until" if closed else "until": fact.until}))


def _place_ready(session: Session, fact: f.PlaceReady) -> Session:
    return replace(
        session,
        places=session.places.put(fact.place, fact.channel),
        channels=session.channels.put(fact.channel, fact.place),
    )


def _door_set(session: Session, fact: f.DoorSet) -> Session:
    return replace(session, locked=fact.locked)


def _line_said(session: Session, fact: f.LineSaid) -> Session:
    return replace(session, lines={**session.lines, fact.name: fact.at})


def _told_once(session: Session, fact: f.ToldOnce) -> Session:
    told = session.told.get(fact.person, frozenset()) | {fact.what}
    return replace(session, told=session.told.put(fact.person, told))


def _words_shown(session: Session, fact: f.WordsShown) -> Session:
    person = replace(session.people[fact.person], card=fact.name, card_first=fact.first)
    return put_person(session, person)


def _phase_changed(session: Session, fact: f.PhaseChanged) -> Session:
    session = replace(session, phase=fact.phase, phase_until=fact.until, paused="", paused_at=None)
    if fact.phase in (Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED):  # what came late comes with all that did
        for key in session.steps:
            session = counted(session, key)
    if session.live or session.ended_at is not None:
        return session
    return replace(session, ended_at=fact.at)


APPLY: Mapping[type, Apply] = {
    f.Opened: _opened,
    f.RoomAdded: _room_added,
    f.Begun: _begun,
    f.DayBegun: _day_begun,
    f.DayRested: _day_rested,
    f.Paused: _paused,
    f.Resumed: _resumed,
    f.PlaceReady: _place_ready,
    f.DoorSet: _door_set,
    f.LineSaid: _line_said,
    f.ToldOnce: _told_once,
    f.WordsShown: _words_shown,
    f.PhaseChanged: _phase_changed,
}
