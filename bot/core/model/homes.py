"""Homes: the fixed shares into which all rows that belong to a conversation are divided.

A home is a number that stands first in the key of every such row. Which process decides for which homes, and on which
disk they lie, may change; the home of a row never does. So each of these functions is pure, and what they answer is
stored: none may ever answer otherwise.

- A community's log, its plans and their answers: the home of the community. That of a Discord server is what Discord
  itself takes for its shards, so that a number of shards that divides HOMES takes whole homes.
- Facts, effects, timers, receipts, and what was heard, of a session: the home that its id names, which is the one of
  the community that opened it. An id from before there were homes names none: its home follows from its text alone.
- A place: the home of its channel, so that one channel cannot be held by two sessions whatever homes they have.
- What belongs to no session: home 0.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone
from functools import lru_cache

HOMES = 1024
COMMUNITY = "community:"  # begins the name under which a community's log is kept
_DISCORD = "discord:"
_SHARD_SHIFT = 22  # Discord: shard = (server >> 22) % shards
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # 5 bits each, in the order of the alphabet
_FIRST_YEAR = 2020
_ID_LENGTH = 20


def home_of_community(community: str) -> int:
    """The home of a community."""
    server = community.removeprefix(_DISCORD)
    if server != community and server.isdecimal():
        return (int(server) >> _SHARD_SHIFT) % HOMES
    return _of_text(community)


def home_of_channel(channel: str) -> int:
    """The home of a channel: that of the room that it is a part of."""
    return _of_text(channel.partition("/")[0])


@lru_cache(maxsize=20_000)  # asked for every row of every answer
def home_of_session(session: str) -> int:
    """The home of a session, or of the log `community:<id>`; 0 for none."""
    if len(session) == _ID_LENGTH and all(digit in _DIGITS for digit in session):
        return _DIGITS.index(session[2]) * 32 + _DIGITS.index(session[3])
    if session.startswith(COMMUNITY):
        return home_of_community(session.removeprefix(COMMUNITY))
    return _of_text(session) if session else 0


def session_id(event: str, at: datetime, community: str) -> str:
    """The id of the session that an event opens: two digits for the month, two for the home, and 80 bits.

    Ids sort by month. The same event opens the same session, however often it is heard.
    """
    day = at.astimezone(timezone.utc)
    month = (day.year - _FIRST_YEAR) * 12 + day.month - 1
    digest = int.from_bytes(hashlib.blake2b(event.encode(), digest_size=10).digest())
    return _digits(month % 1024, 2) + _digits(home_of_community(community), 2) + _digits(digest, 16)


def _of_text(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=2).digest()) % HOMES


def _digits(number: int, length: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(length)))
