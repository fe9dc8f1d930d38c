"""How Alembic reaches the database; called by `bot.store.migrate`."""

from alembic import context
from sqlalchemy import create_engine

from bot.store.schema import META

engine = create_engine(f"sqlite:///{context.config.attributes['path']}")
with engine.begin() as connection:
    context.configure(connection=connection, target_metadata=META, render_as_batch=True)
    context.run_migrations()
engine.dispose()
