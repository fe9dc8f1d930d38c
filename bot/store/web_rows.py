"""The web room's messages, and what browsers sent. Each function runs inside a group commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.model.cards import Button
from bot.core.model.records import record
from bot.core.platform import Post
from bot.store import codec
from bot.store.engine import Rows

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
        raw = codec.read(self.body)
        buttons = tuple(Button(label=b[0], command=b[1]) for b in raw["buttons"])
        session, picture = raw.get("session", ""), raw.get("picture", "")
        return Post(text=raw["text"], buttons=buttons, kind=raw["kind"], picture=picture, session=session)

    @property
    def session(self) -> str | None:
        """The session that a message of the bot belongs to, empty for none; None where that was not written down."""
        session: str | None = None if self.author or self.deleted else codec.read(self.body).get("session")
        return session


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


def next_rev(db: Rows, channel: str) -> int:
    """A number greater than that of every change so far in the room that this channel belongs to."""
    row = db.execute(
        "INSERT INTO web_room (room, rev) VALUES (?, 1)"
        " ON CONFLICT (room) DO UPDATE SET rev = web_room.rev + 1 RETURNING rev",
        (channel.partition("/")[0],),
    ).fetchone()
    return int(row[0])


def read(db: Rows, id: int) -> Message | None:
    """One message."""
    row = db.execute(f"SELECT {COLUMNS} FROM web_message WHERE id = ?", (id,)).fetchone()
    return message(row) if row else None


def post(
    db: Rows, channel: str, author: str, body: str, key: str, at: float, reply_to: str = ""
) -> tuple[Message, bool]:
    """Put a message into a channel, once for each key; whether it is new."""
    known = db.execute(f"SELECT {COLUMNS} FROM web_message WHERE key = ?", (key,)).fetchone()
    if known:
        return message(known), False
    row = db.execute(
        INSERT_MESSAGE, (next_rev(db, channel), channel, author, key, body, reply_to, at)
    ).fetchone()
    return message(row), True


def packed(post: Post) -> str:
    """A drawn message as the body of a row."""
    buttons = [[b.label, b.command] for b in post.buttons]
    body = {"text": post.text, "kind": post.kind, "buttons": buttons, "session": post.session}
    if post.picture:
        body["picture"] = post.picture
    return codec.write(body)


def change(db: Rows, id: int, body: str, *, edited: bool) -> Message | None:
    """Give a message other words."""
    before = read(db, id)
    if before is None or before.deleted or before.body == body:
        return before
    db.erased()
    db.execute(
        "UPDATE web_message SET body = ?, edited = ?, rev = ? WHERE id = ?",
        (body, int(edited), next_rev(db, before.channel), id),
    )
    return read(db, id)


def drop(db: Rows, id: int) -> Message | None:
    """Take a message's words away; an empty shell stays, so that others hear of it."""
    before = read(db, id)
    if before is None or before.deleted:
        return before
    db.erased()
    db.execute(
        "UPDATE web_message SET body = '', signs = '', deleted = 1, rev = ? WHERE id = ?",
        (next_rev(db, before.channel), id),
    )
    return read(db, id)


def sign(db: Rows, id: int, sign: str, *, on: bool = True) -> Message | None:
    """Put a sign on a message, or take it off; twice is once."""
    before = read(db, id)
    if before is None or before.deleted or (sign in before.signs) is on:
        return before
    signs = [each for each in before.signs if each != sign] + [sign] * on
    db.execute(
        "UPDATE web_message SET signs = ?, rev = ? WHERE id = ?",
        (" ".join(signs), next_rev(db, before.channel), id),
    )
    return read(db, id)


def since(db: Rows, channels: Sequence[str], rev: int, limit: int = 500) -> list[Message]:
    """The newest messages of these channels that changed after `rev`, the oldest first."""
    rows = db.execute(
        f"SELECT * FROM (SELECT {COLUMNS} FROM web_message"
        f" WHERE channel IN ({db.listed}) AND rev > ? ORDER BY id DESC LIMIT ?) AS newest ORDER BY id",
        (codec.write(channels), rev, limit),
    ).fetchall()
    return [message(row) for row in rows]


def inbox_entry(db: Rows, nonce: str) -> int | None:
    """The number of what was sent under this nonce; None if nothing was."""
    row = db.execute("SELECT id FROM web_inbox WHERE nonce = ?", (nonce,)).fetchone()
    return row[0] if row else None


def put_inbox(db: Rows, nonce: str, body: dict[str, Any]) -> tuple[int, bool]:
    """Keep what a browser sent until the core has heard it; its number, and whether it is new."""
    entry = inbox_entry(db, nonce)
    if entry is not None:
        return entry, False
    row = db.execute(
        "INSERT INTO web_inbox (nonce, body) VALUES (?,?) RETURNING id",
        (nonce, codec.write(body)),
    ).fetchone()
    return row[0], True


def inbox(db: Rows, after: int) -> list[tuple[int, dict[str, Any]]]:
    """The entries that were sent after this number and not heard yet."""
    rows = db.execute("SELECT id, body FROM web_inbox WHERE id > ? ORDER BY id", (after,)).fetchall()
    return [(id, codec.read(body)) for id, body in rows if body]


def last_inbox(db: Rows) -> int:
    """The number of the newest entry."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM web_inbox").fetchone()[0])


def heard(db: Rows, upto: int) -> None:
    """The core has heard these: only number and nonce stay, so that a resend is known again."""
    db.execute("UPDATE web_inbox SET body = '' WHERE id <= ? AND body <> ''", (upto,))


def erase(db: Rows, id: str, messages: Sequence[int]) -> list[Message]:
    """Take somebody's messages away; with an id, all of theirs, their private words and their name."""
    db.erased()
    own: list[tuple[int]] = []
    if id:
        own = db.execute("SELECT id FROM web_message WHERE author = ? AND deleted = 0", (id,)).fetchall()
        db.execute("DELETE FROM web_message WHERE channel LIKE ?", (f"%/~{id}",))
        db.execute("DELETE FROM web_member WHERE id = ?", (id,))
        db.execute("DELETE FROM web_mark WHERE member = ?", (id,))
        db.execute("DELETE FROM web_browser WHERE member = ?", (id,))
    gone = [drop(db, each) for each in dict.fromkeys([*messages, *(row[0] for row in own)])]
    if id:
        db.execute("UPDATE web_message SET author = 'gone', key = NULL WHERE author = ?", (id,))
        db.execute(
            "UPDATE web_inbox SET nonce = 'gone:' || CAST(id AS TEXT), body = '' WHERE nonce LIKE ?",
            (f"{id}:%",),
        )
        db.execute("UPDATE web_thread SET people = replace(people, ?, 'gone')", (id,))
    return [each for each in gone if each is not None]
