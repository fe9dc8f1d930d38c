"""Bring a database to the schema of this program, or say why that cannot be."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError

HEAD = "0011"  # the newest file in migrations/versions; a test compares
ONE_BY_ONE = threading.Lock()  # Alembic knows one migration at a time in a process


def bring_up_to_date(path: Path) -> None:
    """Make or migrate the database; does nothing, and imports nothing heavy, when it is current.

    A migration works on a copy, which takes the place of the database when all went well; so a fault, a full disk or
    a pulled plug leaves the database as it was. Nobody else may have it open meanwhile; the caller sees to that.

    Raises:
        StoreError: the database was written by a newer version, is none of ours, or could not be migrated.
    """
    current = version(path)
    if current is None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        upgrade(path)
    elif current != HEAD:
        _migrate(path)


def version(path: Path) -> str | None:
    """The schema of a database, at most `HEAD`; None where there is none yet.

    Raises:
        StoreError: the database was written by a newer version, or is none of ours.
    """
    try:
        current = _version(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The database {path} cannot be read: {error}.") from error
    if current is not None and current > HEAD:
        raise StoreError(
            f"The database {path} was written by a newer Storycircle (schema {current}; this one "
            f"knows {HEAD}). Start that newer version, or restore a backup from before it."
        )
    return current


def _migrate(path: Path) -> None:
    copy = path.with_name(f"{path.name}.migrating")
    try:
        copy.unlink(missing_ok=True)  # of a migration that was cut short
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        copy.chmod(0o600)
        upgrade(copy)
        with closing(sqlite3.connect(copy)) as connection:
            [verdict] = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
        with closing(sqlite3.connect(path)) as connection:
            # The old log must be gone: beside the new file it would be taken for its own.
            connection.execute("PRAGMA journal_mode=DELETE")
        copy.replace(path)
    except Exception as error:  # whatever a migration meets
        copy.unlink(missing_ok=True)
        raise StoreError(
            f"The database {path} could not be brought up to date: {_reason(error)}. It is as it was. Free some space "
            "if the disk is full, and start again; else go on with the older Storycircle, and tell us."
        ) from error


def _version(path: Path) -> str | None:
    if not path.exists() or not path.stat().st_size:
        return None
    connection = sqlite3.connect(reading(path), uri=True)
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
    with ONE_BY_ONE:
        command.upgrade(config, revision)


def _reason(error: Exception) -> str:
    """The database's own words; SQLAlchemy adds the statement, and with it what people wrote."""
    return str(getattr(error, "orig", None) or error)


def reading(path: Path) -> str:
    """The address of a database that is only looked at: nothing is written, not even beside it."""
    log = path.with_name(f"{path.name}-wal")
    return f"{path.absolute().as_uri()}?mode=ro" + ("" if log.exists() else "&immutable=1")
