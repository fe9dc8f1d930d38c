"""Answers of the homeserver as events of nio, read item by item (Client-Server API, Syncing).

Much of an answer was written by strangers: any user of any server may send a device anything. nio reads an answer as
a whole, so one item that it cannot read would make the bot deaf for good. Here such an item costs itself: it is left
out and named in the log by its id, and the rest is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog
from nio import Event, InviteEvent, SyncResponse, ToDeviceEvent
from nio.responses import (
    DeviceList,
    DeviceOneTimeKeyCount,
    InviteInfo,
    RoomInfo,
    Rooms,
    RoomSummary,
    Timeline,
)

from bot.errors import Transient

log = structlog.get_logger()

E = TypeVar("E")

LATEST = 253_402_300_799_000  # milliseconds: the end of the last year that a date holds
LOGGED = 5  # items of a list that are named in the log when they cannot be read


def sync_response(data: Mapping[str, Any]) -> SyncResponse:
    """An answer of `/sync`, without what in it cannot be read.

    Raises:
        Transient: it says no position to go on from.
    """
    position = data.get("next_batch")
    if not isinstance(position, str) or not position:
        raise Transient("sync: an answer without a position")
    rooms = _mapping(data.get("rooms"))
    counts = _mapping(data.get("device_one_time_keys_count"))
    lists = _mapping(data.get("device_lists"))
    return SyncResponse(
        position,
        Rooms(
            invite={room: InviteInfo(_invited(held)) for room, held in _rooms(rooms.get("invite"))},
            join={room: _joined(held) for room, held in _rooms(rooms.get("join"))},
            leave={
                room: RoomInfo(Timeline([], False, None), [], [], [])
                for room, _ in _rooms(rooms.get("leave"))
            },
        ),
        DeviceOneTimeKeyCount(_number(counts.get("curve25519")), _number(counts.get("signed_curve25519"))),
        DeviceList(_texts(lists.get("changed")), _texts(lists.get("left"))),
        _each(_events(data.get("to_device")), ToDeviceEvent.parse_event),
        [],
    )


def room_events(items: Any) -> list[Event]:
    """Events of a room's timeline, state or history, without those that cannot be read."""
    return _each(items, _room_event)


def timestamp(source: Mapping[str, Any]) -> int | None:
    """When a server received an event, in milliseconds since 1970; None if it says no time that there is."""
    at = source.get("origin_server_ts", 0)
    return int(at) if isinstance(at, int | float) and 0 <= at <= LATEST else None


def left_out(item: Any, error: Exception) -> None:
    """Name an item in the log that cannot be understood; never what it says."""
    source = item if isinstance(item, Mapping) else {}
    log.warning(
        "left out what cannot be understood",
        id=str(source.get("event_id", ""))[:255],
        type=str(source.get("type", ""))[:100],
        sender=str(source.get("sender", ""))[:255],
        error=type(error).__name__,
    )


def _joined(held: Mapping[str, Any]) -> RoomInfo:
    timeline, summary = _mapping(held.get("timeline")), _mapping(held.get("summary"))
    before = timeline.get("prev_batch")
    return RoomInfo(
        timeline=Timeline(
            room_events(timeline.get("events")),
            timeline.get("limited") is True,
            before if isinstance(before, str) else None,
        ),
        state=room_events(_events(held.get("state"))),
        ephemeral=[],
        account_data=[],
        summary=RoomSummary(
            _number(summary.get("m.invited_member_count")),
            _number(summary.get("m.joined_member_count")),
            _texts(summary["m.heroes"]) if "m.heroes" in summary else None,
        ),
    )


def _room_event(item: Any) -> Any:
    if not isinstance(item.get("event_id"), str):
        raise TypeError("no id")
    return Event.parse_event(item)


def _invited(held: Mapping[str, Any]) -> list[Any]:
    return _each(_events(held.get("invite_state")), InviteEvent.parse_event)


def _each(items: Any, parse: Callable[[Any], E | None]) -> list[Any]:
    """What each item of a list comes to, without those that come to nothing."""
    parsed: list[Any] = []
    failed = 0
    for item in items if isinstance(items, list) else ():
        try:
            event = _checked(item, parse)
        except Exception as error:  # whatever a stranger's item sets off in the library
            failed += 1
            if failed <= LOGGED:
                left_out(item, error)
            continue
        if event is not None:
            parsed.append(event)
    if failed > LOGGED:
        log.warning("left out more of the same", count=failed - LOGGED)
    return parsed


def _checked(item: Any, parse: Callable[[Any], E | None]) -> E | None:
    if not isinstance(item, dict) or not isinstance(item.get("type"), str):
        raise TypeError("no event")
    if not isinstance(item.get("sender"), str) or not isinstance(item.get("content"), dict):
        raise TypeError("no sender or content")
    if not isinstance(item.get("unsigned", {}), dict):
        item = {**item, "unsigned": {}}
    return parse(item)


def _rooms(held: Any) -> list[tuple[str, Mapping[str, Any]]]:
    return [(room, one) for room, one in _mapping(held).items() if isinstance(one, Mapping)]


def _events(held: Any) -> Any:
    return _mapping(held).get("events")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None
