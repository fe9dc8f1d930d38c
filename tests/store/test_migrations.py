"""The database file: made, migrated, refused when it is newer or somebody else's."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.errors import StoreError, StoreUnavailable
from bot.store.migrate import HEAD, bring_up_to_date
from bot.store.opening import look_into, open_store
from bot.store.schema import META


def test_migrations_come_to_the_schema_that_the_code_describes(tmp_path: Path):
    bring_up_to_date(tmp_path / "new.db")
    with create_engine(f"sqlite:///{tmp_path / 'new.db'}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), META) == []


def test_head_is_the_newest_migration(tmp_path: Path):
    versions = Path(__file__).parents[2] / "bot" / "store" / "migrations" / "versions"
    assert max(path.name.split("_")[0] for path in versions.glob("0*.py")) == HEAD
    bring_up_to_date(tmp_path / "new.db")
    with sqlite3.connect(tmp_path / "new.db") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_a_newer_database_is_refused_with_a_sentence_and_left_alone(tmp_path: Path):
    path = tmp_path / "newer.db"
    bring_up_to_date(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer Storycircle"):
        bring_up_to_date(path)
    assert path.read_bytes() == before


def test_somebody_elses_database_is_refused(tmp_path: Path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="something else"):
        bring_up_to_date(path)


def test_what_is_no_database_is_refused(tmp_path: Path):
    path = tmp_path / "letter.db"
    path.write_text("Dear database, " * 100)
    with pytest.raises(StoreError, match="cannot be read"):
        bring_up_to_date(path)


OLD = Path(__file__).parent / "old" / "0647720.sql"


def old_database(path: Path) -> bytes:
    with sqlite3.connect(path) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return path.read_bytes()


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path):
    path = tmp_path / "storycircle.db"
    old_database(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE web_room (mine)")  # in the way of a table that a migration makes
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"date: table web_room already exists\. It is as it was"):
        bring_up_to_date(path)
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_migration_leaves_one_file_that_is_for_its_owner_alone(tmp_path: Path):
    path = tmp_path / "storycircle.db"
    old_database(path)
    (tmp_path / "storycircle.db.migrating").write_text("of a migration that was cut short")
    bring_up_to_date(path)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_look_writes_nothing_and_migrates_nothing(tmp_path: Path):
    path = tmp_path / "storycircle.db"
    before = old_database(path)
    with pytest.raises(StoreError, match="the next start brings it up to date"):
        await look_into(path)
    assert path.read_bytes() == before
    bring_up_to_date(path)
    running, kept = await open_store(path), path.read_bytes()
    looking = await look_into(path)  # beside a process that works with it
    assert await looking.sessions.listed() == await running.sessions.listed() != []
    with pytest.raises(StoreUnavailable, match="readonly"):
        await looking.write(lambda db: db.execute("DELETE FROM session"))
    await looking.close()
    await running.close()
    looking = await look_into(path)  # and beside none
    assert await looking.sessions.listed()
    await looking.close()
    assert path.read_bytes() == kept and [p.name for p in tmp_path.iterdir()] == [path.name]
