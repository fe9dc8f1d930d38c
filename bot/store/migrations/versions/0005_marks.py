"""Badges; and a word beside the name of those who took a recognition, in the web room."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "web_mark",
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "badge",
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nth"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("badge_person", "badge", ["person"])
