"""What was heard is found by its event in one index: the table is its key, and the key begins with the event."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_index("seen_event", "seen")
    op.rename_table("seen", "seen_before")
    op.create_table(
        "seen",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("home", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("event", "home", "session", name="seen_by_event"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO seen (event, home, session, at)"
        " SELECT event, home, session, at FROM seen_before ORDER BY event, home, session"
    )
    op.drop_table("seen_before")
