"""The web room's rows: what a chat server keeps. Each function runs inside a group commit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bot.core.model.cards import Button
from bot.core.model.records import record
from bot.core.platform import Post

COLUMNS = "id, rev, channel, author, body, reply_to, signs, edited, deleted, at"
INSERT_MESSAGE = (
    "INSERT INTO web_message (rev, channel, author, key, body, reply_to, signs, edited, deleted, at)"
    f" VALUES (?,?,?,?,?,?,'',0,0,?) RETURNING {COLUMNS}"
)


@record
class Message:
    """A message as it is kept; `author` is a member's id, or empty for the bot."""

    id: int
    rev: int
    channel: str
    author: str
    body: str
    reply_to: str
    signs: tuple[str, ...]
    edited: bool
    deleted: bool
    at: float

    def post(self) -> Post:
        """The bot's message as it was drawn."""
        raw = json.loads(self.body)
        buttons = tuple(Button(label=b[0], command=b[1]) for b in raw["buttons"])
        return Post(text=raw["text"], buttons=buttons, kind=raw["kind"], picture=raw.get("picture", ""))


@record
class Member:
    """Somebody who gave a name at the door of a room."""

    id: str
    room: str
    name: str
    host: bool


def message(row: Sequence[Any]) -> Message:
    """A row of `web_message` as a value."""
    id, rev, channel, author, body, reply_to, signs, edited, deleted, at = row
    return Message(
        id=id,
        rev=rev,
        channel=channel,
        author=author,
        body=body,
        reply_to=reply_to,
        signs=tuple(signs.split()),
        edited=bool(edited),
        deleted=bool(deleted),
        at=at,
    )


def next_rev(c: sqlite3.Connection) -> int:
    """A number greater than that of every change so far."""
    found = c.execute(
        "INSERT INTO cursor (platform, value) VALUES ('web:rev', '1')"
        " ON CONFLICT (platform) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value"
    ).fetchone()
    return int(found[0])


def read(c: sqlite3.Connection, id: int) -> Message | None:
    """One message."""
    row = c.execute(f"SELECT {COLUMNS} FROM web_message WHERE id = ?", (id,)).fetchone()
    return message(row) if row else None


def post(
    c: sqlite3.Connection, channel: str, author: str, body: str, key: str, at: float, reply_to: str = ""
) -> tuple[Message, bool]:
    """Put a message into a channel, once for each key; whether it is new."""
    known = c.execute(f"SELECT {COLUMNS} FROM web_message WHERE key = ?", (key,)).fetchone()
    if known:
        return message(known), False
    row = c.execute(INSERT_MESSAGE, (next_rev(c), channel, author, key, body, reply_to, at)).fetchone()
    return message(row), True


def packed(post: Post) -> str:
    """A drawn message as the body of a row."""
    buttons = [[b.label, b.command] for b in post.buttons]
    body = {"text": post.text, "kind": post.kind, "buttons": buttons}
    if post.picture:
        body["picture"] = post.picture
    return json.dumps(body, ensure_ascii=False)


def change(c: sqlite3.Connection, id: int, body: str, *, edited: bool) -> Message | None:
    """Give a message other words."""
    before = read(c, id)
    if before is None or before.deleted or before.body == body:
        return before
    c.execute(
        "UPDATE web_message SET body = ?, edited = ?, rev = ? WHERE id = ?",
        (body, int(edited), next_rev(c), id),
    )
    return read(c, id)


def drop(c: sqlite3.Connection, id: int) -> Message | None:
    """Take a message's words away; an empty shell stays, so that others hear of it."""
    c.execute(
        "UPDATE web_message SET body = '', signs = '', deleted = 1, rev = ? WHERE id = ? AND deleted = 0",
        (next_rev(c), id),
    )
    return read(c, id)


def sign(c: sqlite3.Connection, id: int, sign: str) -> Message | None:
    """Put a sign on a message; twice is once."""
    before = read(c, id)
    if before is None or before.deleted or sign in before.signs:
        return before
    c.execute(
        "UPDATE web_message SET signs = ?, rev = ? WHERE id = ?",
        (" ".join([*before.signs, sign]), next_rev(c), id),
    )
    return read(c, id)


def since(c: sqlite3.Connection, channels: Sequence[str], rev: int, limit: int = 500) -> list[Message]:
    """The newest messages of these channels that changed after `rev`, the oldest first."""
    rows = c.execute(
        f"SELECT * FROM (SELECT {COLUMNS} FROM web_message"
        " WHERE channel IN (SELECT value FROM json_each(?)) AND rev > ? ORDER BY id DESC LIMIT ?)"
        " ORDER BY id",
        (json.dumps(channels), rev, limit),
    ).fetchall()
    return [message(row) for row in rows]


def enter(c: sqlite3.Connection, member: Member, plain: str, at: float) -> Member | None:
    """Let somebody in; None if the name, or one that looks like it, is taken."""
    try:
        c.execute(
            "INSERT INTO web_member (id, room, name, plain_name, host, at) VALUES (?,?,?,?,?,?)",
            (member.id, member.room, member.name, plain, int(member.host), at),
        )
    except sqlite3.IntegrityError:
        return None
    return member


def member(c: sqlite3.Connection, id: str) -> Member | None:
    """Somebody, by their id."""
    row = c.execute("SELECT id, room, name, host FROM web_member WHERE id = ?", (id,)).fetchone()
    return Member(id=row[0], room=row[1], name=row[2], host=bool(row[3])) if row else None


def members(c: sqlite3.Connection, room: str) -> list[Member]:
    """Everybody who has a name in a room."""
    rows = c.execute("SELECT id, room, name, host FROM web_member WHERE room = ?", (room,)).fetchall()
    return [Member(id=i, room=r, name=n, host=bool(h)) for i, r, n, h in rows]


def name_host(c: sqlite3.Connection, id: str) -> None:
    """Somebody has shown the host secret."""
    c.execute("UPDATE web_member SET host = 1 WHERE id = ?", (id,))


def threads(c: sqlite3.Connection, room: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The threads of a room: channel, title, the ids of those who are in it."""
    rows = c.execute("SELECT channel, title, people FROM web_thread WHERE parent = ?", (room,)).fetchall()
    return [(channel, title, tuple(json.loads(people))) for channel, title, people in rows]


def rooms(c: sqlite3.Connection) -> list[str]:
    """Every room that somebody has come into."""
    return [row[0] for row in c.execute("SELECT DISTINCT room FROM web_member").fetchall()]


def seat(c: sqlite3.Connection, channel: str, people: Sequence[str]) -> None:
    """Let these people, and nobody else, be in a thread."""
    c.execute("UPDATE web_thread SET people = ? WHERE channel = ?", (json.dumps(list(people)), channel))


def open_thread(c: sqlite3.Connection, channel: str, parent: str, title: str, people: Sequence[str]) -> None:
    """Make a thread, once."""
    c.execute(
        "INSERT INTO web_thread (channel, parent, title, people) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
        (channel, parent, title, json.dumps(list(people))),
    )


def put_inbox(c: sqlite3.Connection, nonce: str, body: dict[str, Any]) -> tuple[int, bool]:
    """Keep what a browser sent until the core has heard it; its number, and whether it is new."""
    known = c.execute("SELECT id FROM web_inbox WHERE nonce = ?", (nonce,)).fetchone()
    if known:
        return known[0], False
    row = c.execute(
        "INSERT INTO web_inbox (nonce, body) VALUES (?,?) RETURNING id",
        (nonce, json.dumps(body, ensure_ascii=False)),
    ).fetchone()
    return row[0], True


def inbox(c: sqlite3.Connection, after: int) -> list[tuple[int, dict[str, Any]]]:
    """What was sent after this number and not heard yet."""
    rows = c.execute("SELECT id, body FROM web_inbox WHERE id > ? ORDER BY id", (after,)).fetchall()
    return [(id, json.loads(body)) for id, body in rows if body]


def last_inbox(c: sqlite3.Connection) -> int:
    """The number of the newest entry."""
    return int(c.execute("SELECT coalesce(max(id), 0) FROM web_inbox").fetchone()[0])


def heard(c: sqlite3.Connection, upto: int) -> None:
    """The core has heard these: only number and nonce stay, so that a resend is known again."""
    c.execute("UPDATE web_inbox SET body = '' WHERE id <= ? AND body <> ''", (upto,))


def erase(c: sqlite3.Connection, id: str, messages: Sequence[int]) -> list[Message]:
    """Take somebody's messages away; with an id, all of theirs, their private words and their name."""
    own: list[tuple[int]] = []
    if id:
        own = c.execute("SELECT id FROM web_message WHERE author = ? AND deleted = 0", (id,)).fetchall()
        c.execute("DELETE FROM web_message WHERE channel LIKE ?", (f"%/~{id}",))
        c.execute("DELETE FROM web_member WHERE id = ?", (id,))
        c.execute("DELETE FROM web_mark WHERE member = ?", (id,))
    gone = [drop(c, each) for each in dict.fromkeys([*messages, *(row[0] for row in own)])]
    if id:
        c.execute("UPDATE web_message SET author = 'gone', key = NULL WHERE author = ?", (id,))
        c.execute("UPDATE web_inbox SET nonce = 'gone:' || id, body = '' WHERE nonce LIKE ?", (f"{id}:%",))
        c.execute("UPDATE web_thread SET people = replace(people, ?, 'gone')", (id,))
    return [each for each in gone if each is not None]


def mark(c: sqlite3.Connection, member: str, name: str, on: bool) -> None:
    """A word beside somebody's name, or gone from there; twice is once."""
    if on:
        c.execute("INSERT INTO web_mark (member, name) VALUES (?,?) ON CONFLICT DO NOTHING", (member, name))
    else:
        c.execute("DELETE FROM web_mark WHERE member = ? AND name = ?", (member, name))


def marks(c: sqlite3.Connection) -> dict[str, str]:
    """What stands beside whose name."""
    found: dict[str, list[str]] = {}
    for member, name in c.execute("SELECT member, name FROM web_mark ORDER BY member, name"):
        found.setdefault(member, []).append(name)
    return {member: ", ".join(names) for member, names in found.items()}
