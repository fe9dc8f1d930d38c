"""Rooms and reactions of Matrix."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "matrix_room",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel"),
        sqlite_with_rowid=False,
    )
    op.create_index("matrix_room_id", "matrix_room", ["room"])
    op.create_table(
        "matrix_reaction",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
