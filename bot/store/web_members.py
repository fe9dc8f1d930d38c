"""The web room's people: who gave a name in which room, their threads, and the marks beside their names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model.records import record
from bot.store import codec
from bot.store.engine import Rows


@record
class Member:
    """Somebody who gave a name at the door of a room."""

    id: str
    room: str
    name: str
    host: bool
    link: int = 0  # which of their personal links holds; below nought none does


def enter(db: Rows, member: Member, plain: str, at: float) -> Member | None:
    """Let somebody in; None if the name, or one that looks like it, is taken."""
    entered = db.execute(
        "INSERT INTO web_member (id, room, name, plain_name, host, at) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT DO NOTHING",
        (member.id, member.room, member.name, plain, int(member.host), at),
    )
    return member if entered.rowcount else None


def member(db: Rows, id: str) -> Member | None:
    """Somebody, by their id."""
    row = db.execute("SELECT id, room, name, host, link FROM web_member WHERE id = ?", (id,)).fetchone()
    return Member(id=row[0], room=row[1], name=row[2], host=bool(row[3]), link=row[4]) if row else None


def members(db: Rows, room: str) -> list[Member]:
    """Everybody who has a name in a room."""
    rows = db.execute("SELECT id, room, name, host FROM web_member WHERE room = ?", (room,)).fetchall()
    return [Member(id=i, room=r, name=n, host=bool(h)) for i, r, n, h in rows]


def name_host(db: Rows, id: str, *, host: bool = True) -> None:
    """Somebody has shown the host secret, or may host no more."""
    db.execute("UPDATE web_member SET host = ? WHERE id = ?", (int(host), id))


def threads(db: Rows, room: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The threads of a room: channel, title, the ids of those who are in it."""
    rows = db.execute("SELECT channel, title, people FROM web_thread WHERE parent = ?", (room,)).fetchall()
    return [(channel, title, tuple(codec.read(people))) for channel, title, people in rows]


def rooms(db: Rows) -> list[str]:
    """Every room that somebody has come into."""
    return [row[0] for row in db.execute("SELECT DISTINCT room FROM web_member").fetchall()]


def seat(db: Rows, channel: str, people: Sequence[str]) -> None:
    """Let these people, and nobody else, be in a thread."""
    db.execute("UPDATE web_thread SET people = ? WHERE channel = ?", (codec.write(list(people)), channel))


def open_thread(db: Rows, channel: str, parent: str, title: str, people: Sequence[str]) -> None:
    """Make a thread, once."""
    db.execute(
        "INSERT INTO web_thread (channel, parent, title, people) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
        (channel, parent, title, codec.write(list(people))),
    )


def mark(db: Rows, member: str, name: str, on: bool) -> None:
    """A word beside somebody's name, or gone from there; twice is once."""
    if on:
        db.execute("INSERT INTO web_mark (member, name) VALUES (?,?) ON CONFLICT DO NOTHING", (member, name))
    else:
        db.execute("DELETE FROM web_mark WHERE member = ? AND name = ?", (member, name))


def marks(db: Rows) -> dict[str, str]:
    """What stands beside whose name."""
    marked: dict[str, list[str]] = {}
    for member, name in db.execute("SELECT member, name FROM web_mark ORDER BY member, name"):
        marked.setdefault(member, []).append(name)
    return {member: ", ".join(names) for member, names in marked.items()}
