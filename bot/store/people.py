"""People as an operator looks for them: by the name that they gave, or by their id."""

from __future__ import annotations

from bot.core.model.homes import COMMUNITY
from bot.core.model.records import record
from bot.store import codec
from bot.store.engine import Rows

_JOINED = (
    """ FROM fact JOIN session ON session.id = fact.session WHERE fact.body LIKE '{"t":"PersonJoined"%'"""
)


@record
class Found:
    """Somebody whom the database knows."""

    id: str  # such as "web:1f" or "discord:80"
    name: str  # that they gave last; empty if it is not kept
    rooms: tuple[str, ...]  # channels
    sessions: tuple[tuple[str, str], ...]  # that they joined, each with its room


def everybody(db: Rows) -> list[Found]:
    """All whom the database knows: who joined a session, gave a name in the web room, or said that they come."""
    names: dict[str, str] = {}
    rooms: dict[str, dict[str, None]] = {}
    sessions: dict[str, dict[tuple[str, str], None]] = {}
    for body, session, room in db.execute(
        f"SELECT fact.body, session.id, session.room{_JOINED} ORDER BY fact.seq"
    ):
        fact = codec.read(body)
        person, name = str(fact["person"]), fact.get("name")
        if person.startswith("forgotten:"):
            continue
        names[person] = name if isinstance(name, str) and name else names.get(person, "")
        rooms.setdefault(person, {})[room] = None
        sessions.setdefault(person, {})[session, room] = None
    for id, room, name in db.execute("SELECT id, room, name FROM web_member").fetchall():
        names[f"web:{id}"] = name
        rooms.setdefault(f"web:{id}", {})[f"web:{room}"] = None
    for (person,) in db.execute("SELECT person FROM coming UNION SELECT person FROM person_zone").fetchall():
        rooms.setdefault(person, {})
    return [
        Found(id=id, name=names.get(id, ""), rooms=tuple(there), sessions=tuple(sessions.get(id, ())))
        for id, there in sorted(rooms.items())
    ]


def hosts(db: Rows) -> dict[str, list[str]]:
    """Who may host, and where: rooms of the web part by the host link, communities in which they opened something."""
    found: dict[str, list[str]] = {}
    for id, room in db.execute("SELECT id, room FROM web_member WHERE host = 1").fetchall():
        found.setdefault(f"web:{id}", []).append(f"web:{room}")
    named = db.execute(
        """SELECT session, body FROM fact WHERE body LIKE '{"t":"CommunityHost%' ORDER BY session, seq"""
    ).fetchall()
    held: dict[tuple[str, str], bool] = {}
    for community, body in named:
        fact = codec.read(body)
        held[fact["person"], community.removeprefix(COMMUNITY)] = fact["t"] == "CommunityHostNamed"
    for (person, community), still in held.items():
        if still and community not in found.get(person, ()):
            found.setdefault(person, []).append(community)
    return found


def concerned(db: Rows, person: str) -> tuple[list[str], list[str]]:
    """The sessions and the communities in whose logs somebody is named."""
    rows = db.execute(
        "SELECT DISTINCT fact.session, session.id FROM fact LEFT JOIN session ON session.id = fact.session"
        " WHERE instr(fact.body, ?) > 0",
        (f'"{person}"',),
    ).fetchall()
    communities = [log.removeprefix(COMMUNITY) for log, _ in rows if log.startswith(COMMUNITY)]
    return [log for log, session in rows if session], communities
