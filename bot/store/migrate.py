"""Bring a database to the schema of this program, or say why that cannot be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.errors import StoreError

HEAD = "0009"  # the newest file in migrations/versions; a test compares


def bring_up_to_date(path: Path) -> None:
    """Make or migrate the database; does nothing, and imports nothing heavy, when it is current.

    Raises:
        StoreError: the database was written by a newer version, or is none of ours.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        current = _version(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The database {path} cannot be read: {error}.") from error
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise StoreError(
            f"The database {path} was written by a newer Storycircle (schema {current}; this one "
            f"knows {HEAD}). Start that newer version, or restore a backup from before it."
        )
    upgrade(path)


def _version(path: Path) -> str | None:
    if not path.exists():
        return None
    connection = sqlite3.connect(path)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in tables:
            if tables:
                raise StoreError(
                    f"{path} is a database of something else: it has tables, but not ours. "
                    "Name another file in the setting `database`."
                )
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None
    finally:
        connection.close()


def upgrade(path: Path, revision: str = "head") -> None:
    """Run the migrations that a file lacks."""
    run_migrations(f"sqlite:///{path}", revision)


def run_migrations(url: str, revision: str = "head") -> None:
    """Run the migrations that a database lacks (imports Alembic, which costs some time)."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    command.upgrade(config, revision)
