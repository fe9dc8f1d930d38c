"""Every class that the first program stored (commit 0647720) is read by this one as what it was.

`old/rich/README.md` says what stands in that database.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app.process import App, start
from bot.authoring.rehearsal import VirtualClock
from bot.config import Config
from bot.core.model.events import CommandGiven, Person
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.engine.session_repository import SessionRepository
from bot.store import codec, stored_names
from bot.store.migrate import bring_up_to_date
from bot.store.opening import open_store
from bot.store.store import Store
from tests.ports import free_port

RICH = Path(__file__).parent / "old" / "rich"
EXPECTED: dict[str, Any] = json.loads((RICH / "expected.json").read_text(encoding="utf-8"))
OTHERS = (RICH / "others.jsonl").read_text(encoding="utf-8").splitlines()
VALUES = {"receipt": "about"}  # the column that holds a value, where it is not `body`
MOVED = {"cursor": {("web:rev", "643")}}  # rows that a migration took somewhere else, by table
SHELF = """
id: other
title: Other
about: The workshops of then are not in the folder any more.
minutes: 10
steps: [{id: hello, kind: open, title: Hello, minutes: 3, say: "One line, please?"}]
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The database as its last process left it."""
    path = tmp_path / "data" / "storycircle.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress((RICH / "0647720.sql.gz").read_bytes()).decode())
    return path


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    store = await open_store(database, lasting=False)
    yield store
    await store.close()


@pytest.fixture
async def app(database: Path, tmp_path: Path) -> AsyncIterator[App]:
    """The program of today, with its clock where the old one stopped."""
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    (prompts / "other.yaml").write_text(SHELF)
    clock = VirtualClock()
    clock.at = datetime.fromisoformat(EXPECTED["now"])
    app = await start(
        Config(data=database.parent, prompts=prompts, port=free_port(), digest=False, keep_days=0), clock
    )
    for task in app.runtime.tasks:
        if task.get_name() == "clock":
            task.cancel()
    yield app
    await app.close()


def content(
    path: Path, columns: dict[str, list[str]] | None = None
) -> dict[str, tuple[list[str], Counter[Any]]]:
    """The columns and rows of each table, or of these columns."""
    with closing(sqlite3.connect(path)) as db:
        if columns is None:
            names = [
                name
                for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                if not name.startswith("sqlite_") and name != "alembic_version"
            ]
            columns = {
                name: [each[1] for each in db.execute(f'PRAGMA table_info("{name}")')] for name in names
            }
        found = {}
        for name, wanted in columns.items():
            listed = ", ".join(f'"{column}"' for column in wanted)
            found[name] = wanted, Counter(db.execute(f'SELECT {listed} FROM "{name}"'))
        return found


def values(path: Path, table: str) -> list[str]:
    """Every value that a table holds, as it is written."""
    with closing(sqlite3.connect(path)) as db:
        return [line for (line,) in db.execute(f'SELECT {VALUES.get(table, "body")} FROM "{table}"')]


def classes(raw: object) -> Iterator[str]:
    """The name of each value within this one, and its own."""
    if isinstance(raw, dict):
        if "t" in raw:
            yield raw["t"]
        for each in raw.values():
            yield from classes(each)
    elif isinstance(raw, list):
        for each in raw:
            yield from classes(each)


def assert_kept(before: Any, after: Any) -> None:
    """Nothing of a stored value is lost when it is read and written anew; a class may have another name since."""
    if isinstance(before, dict):
        name = before.get("t")
        if name in stored_names.UPCAST:
            return
        for key, each in before.items():
            assert key in after, f"{name or 'a mapping'}: {key} is not read any more"
            if key == "t":
                assert after[key] == stored_names.RENAMED.get(each, each)
            else:
                assert_kept(each, after[key])
    elif isinstance(before, list):
        assert len(before) == len(after)
        for each, now in zip(before, after, strict=True):
            assert_kept(each, now)
    else:
        assert before == after


def test_a_migration_keeps_every_row(database: Path) -> None:
    before = content(database)
    assert {name: rows.total() for name, (_, rows) in before.items()} == {
        name: count for name, count in EXPECTED["rows"].items() if name != "alembic_version"
    }
    bring_up_to_date(database)
    after = content(database, {name: columns for name, (columns, _) in before.items()})
    for name, (_, rows) in before.items():
        assert set(rows - after[name][1]) <= MOVED.get(name, set()), name
    # each web room that has messages counts its changes from where all of them together had come to
    columns, messages = before["web_message"]
    rooms = {row[columns.index("channel")].partition("/")[0] for row in messages}
    [(_, changes)] = MOVED["cursor"]
    counted = content(database, {"web_room": ["room", "rev"]})["web_room"][1]
    assert set(counted) == {(room, int(changes)) for room in rooms}


@pytest.mark.parametrize("table", EXPECTED["kinds"])
def test_every_stored_value_is_read_whole(database: Path, table: str) -> None:
    bring_up_to_date(database)
    for line in values(database, table):
        assert_kept(json.loads(line), codec.to_plain(codec.loads(line)))


@pytest.mark.parametrize("line", OTHERS, ids=lambda line: json.loads(line)["t"])
def test_what_a_database_may_hold_besides_is_read_whole(line: str) -> None:
    assert_kept(json.loads(line), codec.to_plain(codec.loads(line)))


def test_every_class_of_then_stands_in_the_database(database: Path) -> None:
    for table, wanted in EXPECTED["kinds"].items():
        found = Counter(name for line in values(database, table) for name in classes(json.loads(line)))
        assert found == Counter(wanted), table


def described(session: Session, script: Script) -> dict[str, Any]:
    """A session as `expected.json` describes it."""
    people = {
        each.id: {
            "name": each.name,
            "reading": each.reading,
            "present": each.present,
            "forgotten": each.forgotten,
        }
        for each in session.people.values()
    }
    answers = [
        {
            "id": each.id, "step": each.step, "person": each.person, "share": each.share.value,
            "withdrawn": each.withdrawn, "held": each.held, "picks": list(each.picks),
            "texts": {key: piece.text for key, piece in each.pieces.items()},
        }
        for each in session.answers.values()
    ]  # fmt: skip
    return {
        "room": session.places[session.rooms[0]], "script": script.id, "facts": session.version,
        "phase": session.phase.value, "mode": session.mode.value, "step": session.step, "day": session.day,
        "moment": session.moment, "paused": session.paused, "locked": session.locked,
        "hosts": sorted(session.hosts), "companions": sorted(session.companions), "guide": session.guide,
        "contact": session.contact, "people": people, "answers": answers,
        "pairs": {
            key: {place: list(who) for place, who in state.pairs.items()}
            for key, state in session.steps.items() if state.pairs
        },
        "thanks": {
            each.id: [each.by, each.person, each.text, each.share.value, each.passed]
            for each in session.thanks.values()
        },
        "undertaken": {
            each.id: [each.choice, each.person, each.how.value if each.how else ""]
            for each in session.undertaken.values()
        },
        "threads": {key: theme.text for key, theme in session.threads.items()},
        "proposed": sorted(map(list, session.proposed)), "granted": sorted(map(list, session.granted)),
        "declined": sorted(map(list, session.declined)),
        "badges": sorted([*earned, badge] for earned, badge in session.badges.items()),
        "earlier": list(session.earlier),
    }  # fmt: skip


async def test_every_session_is_folded_as_it_was(store: Store) -> None:
    repository = SessionRepository(store, "en")
    listed = await store.sessions.listed()
    assert {key for key, _, _ in listed} == EXPECTED["sessions"].keys()
    for key, _, phase in listed:
        session, script = await repository.load(key)
        assert phase == session.phase.value
        there = json.loads(json.dumps(described(session, script)))  # JSON knows lists only
        assert there == EXPECTED["sessions"][key]


async def test_every_plan_is_as_it_was(store: Store) -> None:
    for key, expected in EXPECTED["plans"].items():
        plan = await store.plans.get(key)
        assert plan is not None
        coming = await store.plans.coming(plan, plan.occurrence) if plan.occurrence else ()
        assert {
            "room": plan.rooms[0], "workshop": plan.workshop, "state": plan.state.value,
            "stage": plan.stage.value, "rule": plan.when.rule if plan.when else "", "zone": plan.zone,
            "occurrence": plan.occurrence, "at": plan.at and plan.at.isoformat(),
            "next_at": plan.next_at and plan.next_at.isoformat(),
            "coming": {each.name: [each.how.value, each.remind, each.needs] for each in coming},
        } == expected  # fmt: skip


async def test_what_waits_is_found(store: Store) -> None:
    assert len(await store.outbox.pending()) == EXPECTED["outbox"]["pending"]
    assert len(await store.outbox.dead()) == EXPECTED["outbox"]["dead"]
    held = [[each.session, each.reason, type(each.event).__name__] for each in await store.inbox.all_held()]
    assert held == EXPECTED["held"]


async def test_it_goes_on(app: App) -> None:
    """What waited is delivered, what was sent is heard, and who guides goes on."""
    await app.runtime.idle()
    waiting = [
        row
        for row in await app.store.outbox.pending()
        if row.channel.startswith("web:") and not row.supersedes
    ]
    assert waiting == []
    assert len(await app.store.outbox.dead()) == EXPECTED["outbox"]["dead"]
    [(delivered,)] = await app.store.read(
        lambda db: db.execute("SELECT count(*) FROM web_message WHERE channel LIKE 'web:stuck%'").fetchall()
    )
    assert delivered > 100

    key = next(key for key, each in EXPECTED["sessions"].items() if each["room"] == "web:running")
    before = (await app.runtime.sessions.load(key))[0]
    parked = [answer.text("text") for answer in before.answers.values() if answer.step == "parked"]
    assert before.step == "talk" and parked == ["Sent in the last moment"]
    guide = Person(id=before.guide, name="Hedi")
    await app.runtime.hear(
        CommandGiven(
            id="web:later", channel="web:running", at=app.runtime.clock.now(), person=guide, host=True,
            command="workshop next", args={"leaving": str(before.moment)},
        )
    )  # fmt: skip
    await app.runtime.idle()
    assert (await app.runtime.sessions.load(key))[0].moment > before.moment


def test_a_new_class_cannot_take_the_stored_name_of_another():
    hand = dataclasses.make_dataclass("Hand", [("id", str, "")])  # what DeliverFile was called
    with pytest.raises(TypeError, match="Hand is what another class is called"):
        codec.to_plain(hand(id="raised"))
