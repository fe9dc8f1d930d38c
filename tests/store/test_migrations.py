"""The database file: made, migrated, refused when it is newer or somebody else's."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.errors import StoreError
from bot.store.migrate import HEAD, bring_up_to_date
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
