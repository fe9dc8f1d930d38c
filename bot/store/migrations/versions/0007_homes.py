"""Every hot row has a home; numbers of rows are wide; the web room counts changes room by room.

A table whose key changes is made anew and filled from the old one. `bot.core.model.homes` is used as it is: what its
functions answer never changes.
"""

import sqlalchemy as sa
from alembic import op

from bot.core.model.homes import home_of_channel, home_of_community, home_of_session

revision = "0007"
down_revision = "0006"

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
HELD_ROOM = sa.text("holds = 1")
TIMER, EFFECT = sa.text("kind = 'timer'"), sa.text("kind = 'effect'")


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(
    *names: str, type: type[sa.types.TypeEngine[float]] | type[sa.types.TypeEngine[int]] = sa.Integer
) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, type(), nullable=False) for name in names]


def _anew(name: str, columns: list[sa.schema.SchemaItem], home: str, *, rowid: bool = False) -> None:
    """Make a table anew, with `home` computed by this expression over the old one."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_table(name)  # on other engines there is no database from before
        op.create_table(name, *columns)
        return
    before = ", ".join(column["name"] for column in sa.inspect(op.get_bind()).get_columns(name))
    for index in sa.inspect(op.get_bind()).get_indexes(name):
        op.drop_index(str(index["name"]), name)
    op.rename_table(name, f"{name}_before")
    op.create_table(name, *columns, sqlite_with_rowid=rowid)
    more, value = "", ""
    if name == "outbox":
        more, value = ", platform", ", substr(channel, 1, max(instr(channel, ':') - 1, 0))"
    op.execute(f"INSERT INTO {name} (home{more}, {before}) SELECT {home}{value}, {before} FROM {name}_before")
    op.drop_table(f"{name}_before")


def _functions() -> None:
    """The functions over which homes are computed, and those that SQLite has and PostgreSQL has not."""
    if op.get_bind().dialect.name == "sqlite":
        connection = op.get_bind().connection.driver_connection
        assert connection is not None
        for function in (home_of_channel, home_of_community, home_of_session):
            connection.create_function(function.__name__, 1, function, deterministic=True)
        return
    op.execute(
        "CREATE FUNCTION instr(text, text) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT strpos($1, $2)'"
    )
    op.execute(
        "CREATE FUNCTION json_extract(text, text) RETURNS text IMMUTABLE LANGUAGE sql"
        " AS $$SELECT CAST($1 AS jsonb) #>> string_to_array(substr($2, 3), '.')$$"
    )


def upgrade() -> None:
    _functions()
    home: sa.Column[int] = sa.Column("home", sa.SmallInteger(), autoincrement=False, nullable=False)
    _anew(
        "fact",
        [
            home.copy(),
            *_text("session"),
            *_number("seq"),
            *_text("body"),
            sa.PrimaryKeyConstraint("home", "session", "seq"),
        ],
        "home_of_session(session)",
    )
    _anew(
        "seen",
        [
            home.copy(),
            *_text("event", "session"),
            *_number("at", type=sa.Float),
            sa.PrimaryKeyConstraint("home", "event", "session"),
        ],
        "home_of_session(session)",
    )
    op.create_index("seen_event", "seen", ["event"])
    _anew(
        "outbox",
        [
            sa.Column("id", ROW_ID, primary_key=True),
            home.copy(),
            *_text("key", "session", "place", "channel", "platform", "kind", "body", "because"),
            *_number("priority"),
            *_text("supersedes"),
            *_number("due", type=sa.Float),
            *_number("tries"),
            *_text("error"),
            *_number("dead"),
            sa.UniqueConstraint("home", "key"),
        ],
        "home_of_session(session)",
        rowid=True,
    )
    op.create_index("outbox_due", "outbox", ["due"], sqlite_where=TIMER, postgresql_where=TIMER)
    op.create_index(
        "outbox_platform", "outbox", ["platform", "home"], sqlite_where=EFFECT, postgresql_where=EFFECT
    )
    op.create_index("outbox_session", "outbox", ["session"])
    _anew(
        "receipt",
        [
            home.copy(),
            *_text("key"),
            *_number("part"),
            *_text("message", "session", "about"),
            sa.PrimaryKeyConstraint("home", "key", "part"),
        ],
        "home_of_session(session)",
    )
    op.create_index("receipt_message", "receipt", ["message"])
    _anew(
        "place",
        [
            home.copy(),
            *_text("channel", "session", "place"),
            *_number("holds"),
            *_number("at", type=sa.Float),
            sa.PrimaryKeyConstraint("home", "channel", "session"),
        ],
        "home_of_channel(channel)",
    )
    op.create_index(
        "place_held",
        "place",
        ["home", "channel"],
        unique=True,
        sqlite_where=HELD_ROOM,
        postgresql_where=HELD_ROOM,
    )
    op.create_index("place_channel", "place", ["channel"])
    op.create_index("place_session", "place", ["session"])
    _anew(
        "held",
        [
            home.copy(),
            *_text("event", "session", "reason"),
            *_number("at", type=sa.Float),
            *_text("body", "error"),
            sa.PrimaryKeyConstraint("home", "event", "session"),
        ],
        "home_of_session(session)",
    )
    op.create_index("held_event", "held", ["event"])
    _plans(home)
    _wide()
    _revisions()


def _plans(home: sa.Column[int]) -> None:
    _anew(
        "coming",
        [
            home.copy(),
            *_text("plan", "occurrence", "person", "body"),
            sa.PrimaryKeyConstraint("home", "plan", "occurrence", "person"),
        ],
        "coalesce((SELECT home_of_community(community) FROM plan WHERE plan.id = coming_before.plan), 0)",
    )
    op.create_index("coming_person", "coming", ["person"])
    _anew(
        "plan",
        [
            home.copy(),
            *_text("id"),
            *_number("version"),
            *_text("community", "room", "state"),
            sa.Column("at", sa.Float()),
            sa.Column("next_at", sa.Float()),
            *_number("touched", type=sa.Float),
            *_text("body"),
            sa.PrimaryKeyConstraint("home", "id"),
        ],
        "home_of_community(community)",
    )
    op.create_index("plan_id", "plan", ["id"])
    op.create_index("plan_next", "plan", ["next_at"])
    op.create_index("plan_community", "plan", ["community", "state", "at"])


def _wide() -> None:
    """Numbers that 32 bits cannot hold; SQLite's are wide as they are."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, column in (
        ("badge", "nth"),
        ("web_message", "id"),
        ("web_message", "rev"),
        ("web_inbox", "id"),
    ):
        op.alter_column(table, column, type_=sa.BigInteger(), existing_nullable=False)
        if column != "rev":
            op.execute(f"ALTER SEQUENCE {table}_{column}_seq AS bigint")


def _revisions() -> None:
    op.create_table(
        "web_room",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("rev", ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("room"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        room = "CASE WHEN instr(channel, '/') > 0 THEN substr(channel, 1, instr(channel, '/') - 1) ELSE channel END"
        op.execute(
            f"INSERT INTO web_room (room, rev) SELECT DISTINCT {room}, "
            "coalesce((SELECT CAST(value AS INTEGER) FROM cursor WHERE platform = 'web:rev'), 0) FROM web_message"
        )
    op.execute("DELETE FROM cursor WHERE platform = 'web:rev'")
