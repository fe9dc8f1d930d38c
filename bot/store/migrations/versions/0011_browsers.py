"""Browsers in which people of the web room are signed in, personal links that can be ended, and operators' orders."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "web_browser",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("seen", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("web_browser_member", "web_browser", ["member"])
    # Cookies of earlier versions name a member alone: for each of them one row stands for all such browsers.
    op.execute(
        "INSERT INTO web_browser (id, member, name, at, seen) SELECT id, id, '', at, at FROM web_member"
    )
    op.add_column("web_member", sa.Column("link", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "operator_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
