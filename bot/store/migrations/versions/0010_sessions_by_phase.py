"""Sessions are found by phase and by room; names that are looked up by their beginning are in the order of bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("session_phase", "session", ["phase"])
    op.create_index("session_room", "session", ["room"])
    if op.get_bind().dialect.name == "postgresql":
        for table, column in (("matrix_room", "channel"), ("discord_place", "name")):
            op.alter_column(table, column, type_=sa.Text(collation="C"), existing_nullable=False)
