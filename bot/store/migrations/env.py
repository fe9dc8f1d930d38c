"""The environment in which Alembic reaches the database; called by `bot.store.migrate`."""

from alembic import context
from sqlalchemy import create_engine

from bot.store.schema import META

engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        # A table that is made anew leaves no words of the old one behind; outside of a transaction this takes effect.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
        connection.commit()
    with connection.begin():
        context.configure(connection=connection, target_metadata=META, render_as_batch=True)
        context.run_migrations()
engine.dispose()
