"""Which session a badge comes from, and the page on which somebody shows theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("session", "rule", "workshop"):
        op.add_column("badge", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("badge", sa.Column("on_show", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "showcase",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
        sa.UniqueConstraint("id"),
        sqlite_with_rowid=False,
    )
