"""The tables, as SQLAlchemy Core describes them; migrations bring a database here."""

from __future__ import annotations

import sqlalchemy as sa

META = sa.MetaData()

ROW_ID = sa.BigInteger().with_variant(
    sa.Integer, "sqlite"
)  # SQLite numbers rows only in a column of its own type
# Names that are looked up by what they begin with; PostgreSQL's order is else that of a language.
IN_BYTE_ORDER = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
HELD_ROOM = sa.text("holds = 1")
TIMER, EFFECT = sa.text("kind = 'timer'"), sa.text("kind = 'effect'")


def _home() -> sa.Column[int]:
    """The share of the database that a row lies in; see `bot.core.model.homes`."""
    return sa.Column("home", sa.SmallInteger, primary_key=True, autoincrement=False)


def _table(name: str, *columns: sa.Column[object] | sa.schema.SchemaItem, rowid: bool = False) -> sa.Table:
    return sa.Table(name, META, *columns, sqlite_with_rowid=rowid)


SCRIPT = _table(
    "script",
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
SESSION = _table(
    "session",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("community", sa.Text, nullable=False),
    sa.Column("script", sa.Text, nullable=False),
    sa.Column("room", sa.Text, nullable=False),
    sa.Column("opened_at", sa.Text, nullable=False),
    sa.Column("phase", sa.Text, nullable=False),
    sa.Index("session_phase", "phase"),
    sa.Index("session_room", "room"),
)
# The primary key is the concurrency guarantee: two writers cannot both add fact n of a session.
FACT = _table(
    "fact",
    _home(),
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)
# Asked for by the event, whatever home it was heard in; so that stands first in the key, and needs no second index.
SEEN = _table(
    "seen",
    sa.Column("event", sa.Text, primary_key=True),
    _home(),
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
OUTBOX = _table(
    "outbox",
    sa.Column("id", ROW_ID, primary_key=True),  # the order of commit
    sa.Column("home", sa.SmallInteger, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("session", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),  # of the channel
    sa.Column("kind", sa.Text, nullable=False),  # "timer" or "effect"
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("supersedes", sa.Text, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("dead", sa.Integer, nullable=False),
    sa.UniqueConstraint("home", "key"),
    sa.Index("outbox_due", "due", sqlite_where=TIMER, postgresql_where=TIMER),
    sa.Index("outbox_platform", "platform", "home", sqlite_where=EFFECT, postgresql_where=EFFECT),
    sa.Index("outbox_session", "session"),
    rowid=True,
)
RECEIPT = _table(
    "receipt",
    _home(),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("session", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Index("receipt_message", "message"),
)
PLACE = _table(
    "place",
    _home(),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("holds", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    # One room holds at most one running session.
    sa.Index(
        "place_held", "home", "channel", unique=True, sqlite_where=HELD_ROOM, postgresql_where=HELD_ROOM
    ),
    sa.Index("place_channel", "channel"),
    sa.Index("place_session", "session"),
)
HELD = _table(
    "held",
    _home(),
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Index("held_event", "event"),
)
CURSOR = _table(
    "cursor",
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
# The rooms that the bot made in Matrix, or that took the place of others: our channel -> the room's id.
MATRIX_ROOM = _table(
    "matrix_room",
    sa.Column("channel", IN_BYTE_ORDER, primary_key=True),
    sa.Column("room", sa.Text, nullable=False),
    sa.Index("matrix_room_id", "room"),
)
# Reactions to messages of ours: a redaction names the reaction, and not what it was.
MATRIX_REACTION = _table(
    "matrix_reaction",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)
# Threads and direct channels in Discord: our name for them -> the id there.
DISCORD_PLACE = _table(
    "discord_place",
    sa.Column("name", IN_BYTE_ORDER, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
)
# What is planned; a row holds all of it, and the columns beside the body are what is asked for.
PLAN = _table(
    "plan",
    _home(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("community", sa.Text, nullable=False),
    sa.Column("room", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("at", sa.Float),  # when the next one begins
    sa.Column("next_at", sa.Float),  # when something has to be done
    sa.Column("touched", sa.Float, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("plan_id", "id"),
    sa.Index("plan_next", "next_at"),
    sa.Index("plan_community", "community", "state", "at"),
)
# Who says what about coming, until the session is over.
COMING = _table(
    "coming",
    _home(),
    sa.Column("plan", sa.Text, primary_key=True),
    sa.Column("occurrence", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("coming_person", "person"),
)
# The zone in which somebody is told times.
PERSON_ZONE = _table(
    "person_zone",
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("zone", sa.Text, nullable=False),
)
# Badges: a number for the list of those that were taken back, and the signed credential.
BADGE = _table(
    "badge",
    sa.Column("nth", ROW_ID, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("revoked", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("session", sa.Text, nullable=False, server_default=""),
    sa.Column("rule", sa.Text, nullable=False, server_default=""),
    sa.Column("workshop", sa.Text, nullable=False, server_default=""),
    sa.Column("on_show", sa.Integer, nullable=False, server_default="0"),
    sa.Index("badge_person", "person"),
    rowid=True,
)
# The number, which nobody can guess, of the page on which somebody shows their badges.
SHOWCASE = _table(
    "showcase",
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
)
# The web room's own: it is a chat server as well as a platform.
WEB_MEMBER = _table(
    "web_member",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("room", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("plain_name", sa.Text, nullable=False),  # for telling look-alikes apart
    sa.Column("host", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("link", sa.Integer, nullable=False, server_default="0"),
    sa.Index("web_member_name", "room", "plain_name", unique=True),
)
# The browsers in which somebody is signed in.
WEB_BROWSER = _table(
    "web_browser",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("seen", sa.Float, nullable=False),
    sa.Index("web_browser_member", "member"),
)
# What a command of the operator's asks of the process that runs, and its answer, until that was read.
OPERATOR_ORDER = _table(
    "operator_order",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
# What somebody took of what they were recognised for: a word beside their name.
WEB_MARK = _table(
    "web_mark",
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
)
# How many changes there were in each room.
WEB_ROOM = _table(
    "web_room",
    sa.Column("room", sa.Text, primary_key=True),
    sa.Column("rev", ROW_ID, nullable=False),
)
WEB_MESSAGE = _table(
    "web_message",
    sa.Column("id", ROW_ID, primary_key=True),
    sa.Column("rev", ROW_ID, nullable=False),  # grows with every change in any channel of the room
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),  # member id, empty for the bot
    sa.Column("key", sa.Text, unique=True),  # ours, or the browser's nonce
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("reply_to", sa.Text, nullable=False),
    sa.Column("signs", sa.Text, nullable=False),
    sa.Column("edited", sa.Integer, nullable=False),
    sa.Column("deleted", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("web_message_rev", "channel", "rev"),
    rowid=True,
)
WEB_THREAD = _table(
    "web_thread",
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("parent", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("people", sa.Text, nullable=False),
)
# What browsers sent, until the core has heard it; then only the id and the nonce stay.
WEB_INBOX = _table(
    "web_inbox",
    sa.Column("id", ROW_ID, primary_key=True),
    sa.Column("nonce", sa.Text, nullable=False, unique=True),
    sa.Column("body", sa.Text, nullable=False),
    rowid=True,
)
