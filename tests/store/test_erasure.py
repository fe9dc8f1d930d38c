"""Erased means: the bytes of database, log and backup do not hold the words."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from bot.core.model.effects import Erase
from bot.core.model.evolve import fold
from bot.core.platform import Erasure
from bot.store.opening import holds_erased_words, open_store
from tests.support import ROOM, Scene

SECRET = "Wolkenkuckucksheim-4711"


def bytes_of(path: Path) -> bytes:
    """Everything that is on disk: the file, its log, and a backup made now."""
    backup = path.with_suffix(".backup")
    backup.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM INTO ?", (str(backup),))
    files = [path, path.with_name(path.name + "-wal"), backup]
    return b"".join(f.read_bytes() for f in files if f.exists())


async def told(scene: Scene) -> None:
    """Ada has said the secret in every way that there is."""
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    await scene.order("Ada", "for", what=f"Bo: for Bo {SECRET}")
    await scene.order("Bo", "for", what=f"Ada: for Ada {SECRET}")
    await scene.say("Ada", f"hello {SECRET}")
    await scene.next()
    await scene.submit("Ada", "deep", bring=f"deep {SECRET}", take="x")
    await scene.submit("Bo", "deep", bring="of Bo, which stays")
    await scene.next()
    await scene.submit("Ada", "tale", moment=f"tale {SECRET}", loop=f"idea {SECRET}", share="name")
    await scene.next()
    for name in ("Bo", "Chi", "Dan"):
        await scene.submit(name, "choose", picks=("rest",))
    await scene.next()
    await scene.order("Host", "workshop companion", name="Ada")
    await scene.order("Ada", "workshop takeover")
    await scene.order("Host", "workshop contact", name="Ada")
    await scene.order("Host", "workshop takeover")
    await scene.order("Host", "workshop apart", names="Ada, Bo")
    await scene.order("Ada", "pair", how="alone")
    await scene.order("Ada", "my")
    await scene.store.engine.finish()
    assert SECRET.encode() in bytes_of(scene.path)  # the test would see it


async def test_forget_me_leaves_no_bytes(scene: Scene):
    await told(scene)
    before = await scene.session()
    await scene.order("Ada", "forget", me="me")
    await scene.store.engine.finish()
    found = bytes_of(scene.path)
    assert SECRET.encode() not in found
    assert b'"Ada"' not in found and b"stage:ada" not in found
    assert b"of Bo, which stays" in found
    after = await scene.session()
    assert len(after.answers) == len(before.answers)  # counts stay
    assert fold(await scene.store.facts(scene.session_id)) == after
    assert not any(SECRET in line.text for line in scene.stage.lines.values())


async def test_no_copy_that_somebody_else_was_shown_outlives_the_words(tmp_path: Path):
    """What hosts saw first, a report, a card read whole, a story entrusted to the companion."""
    from bot.authoring.loader import parse
    from tests.support import GALLERIED, SMALL

    for act in ("withdraw", "change", "forget"):
        looked = await Scene(tmp_path / f"{act}1.db", parse(SMALL.replace("look: none", "look: host"))).open()
        await looked.gathered("Ada", "Bo", "Chi")
        await looked.order("Host", "workshop contact", name="Chi")
        await looked.next()
        await looked.submit("Ada", "deep", bring=f"deep {SECRET}")
        await looked.next()
        await looked.next()
        await looked.order("Bo", "report", card="1")
        assert any(SECRET in text for text in looked.private("Chi"))
        await looked.order("Host", "workshop contact", name="Bo")  # the first contact's copy is followed, too
        walled = await Scene(tmp_path / f"{act}2.db", parse(GALLERIED)).open()
        await walled.gathered("Ada", "Bo", "Cora")
        await walled.order("Host", "workshop companion", name="Cora")
        await walled.submit("Ada", "tale", moment=f"{SECRET} " * 30, share="companion")
        assert any(SECRET in text for text in walled.private("Cora"))
        await walled.order("Ada", "share", answer="1", how="name")
        assert not any(SECRET in text for text in walled.private("Cora"))
        await walled.next()
        await walled.order("Bo", "whole", card="1")
        await walled.order("Bo", "whole", card="1")
        await walled.order("Ada", "share", answer="1", how="companion")
        assert any(SECRET in text for text in walled.private("Cora"))
        for scene in (looked, walled):
            assert any(SECRET in line.text for line in scene.stage.lines.values())
            args = {"me": "me"} if act == "forget" else {"answer": "1"}
            await scene.order("Ada", act, **args | ({"text": "other words"} if act == "change" else {}))
            await scene.store.engine.finish()
            assert not any(SECRET in line.text for line in scene.stage.lines.values()), act
            assert SECRET.encode() not in bytes_of(scene.path), act
            await scene.close()


async def test_what_is_taken_back_or_changed_leaves_no_bytes(scene: Scene):
    await told(scene)
    await scene.order("Ada", "decline")
    await scene.order("Bo", "decline")
    for number in ("1", "2", "3"):  # each stays with its answer
        await scene.order("Ada", "withdraw", answer=number)
    await scene.store.engine.finish()
    assert SECRET.encode() not in bytes_of(scene.path)
    assert fold(await scene.store.facts(scene.session_id)) == await scene.session()
    assert not any(SECRET in line.text for line in scene.stage.lines.values() if not line.author)


async def test_an_edit_leaves_no_bytes_of_the_old_words(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", f"hello {SECRET}")
    await scene.edit("Ada", 1, "hello again")
    await scene.store.engine.finish()
    assert SECRET.encode() not in bytes_of(scene.path)


async def test_a_forgotten_person_stays_forgotten_after_a_restart(scene: Scene):
    await told(scene)
    await scene.order("Ada", "forget", me="me")
    await scene.reopen()
    session = await scene.session()
    assert not any(person.name == "Ada" for person in session.people.values())
    assert SECRET.encode() not in scene.path.read_bytes()


async def test_forget_me_reaches_every_workshop_that_one_was_in(scene: Scene):
    await told(scene)
    first = scene.session_id
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    scene.session_id = ""
    await scene.gathered("Ada", "Bo")
    await scene._find()
    assert scene.session_id != first
    await scene.say("Ada", f"again {SECRET}")
    await scene.order("Ada", "forget", me="me")
    await scene.store.engine.finish()
    assert SECRET.encode() not in bytes_of(scene.path)
    for key in (first, scene.session_id):
        session, _ = await scene.runtime.sessions.load(key)
        assert not any(person.name == "Ada" for person in session.people.values())
        assert fold(await scene.store.facts(key)) == session


async def test_a_reader_in_the_way_holds_up_nobody_and_the_words_go_when_it_ends(scene: Scene):
    await told(scene)
    reader = sqlite3.connect(scene.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()  # a backup that takes its time
    began = time.monotonic()
    await scene.order("Ada", "forget", me="me")
    await scene.store.engine.finish()
    assert time.monotonic() - began < 3  # it waited 5 s at every write
    log = scene.path.with_name(f"{scene.path.name}-wal")
    assert SECRET.encode() in log.read_bytes()
    assert holds_erased_words(scene.path)
    reader.execute("COMMIT")
    async with asyncio.timeout(10):
        while holds_erased_words(scene.path):
            await asyncio.sleep(0.05)
    reader.close()
    assert SECRET.encode() not in bytes_of(scene.path)


async def test_what_a_crash_left_in_the_log_goes_at_the_next_start(scene: Scene, tmp_path: Path):
    await told(scene)
    reader = sqlite3.connect(scene.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()
    await scene.order("Ada", "forget", me="me")
    await scene.store.engine.finish()
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in scene.path.parent.glob(f"{scene.path.name}*"):  # the disk as it is when the plug is pulled
        shutil.copy(path, crashed / path.name)
    reader.close()
    database = crashed / scene.path.name
    assert SECRET.encode() in database.with_name(f"{database.name}-wal").read_bytes()
    store = await open_store(database)
    assert not holds_erased_words(database)
    assert SECRET.encode() not in bytes_of(database)
    await store.close()


@pytest.mark.parametrize("first", [True, False], ids=["given up before", "given up after"])
async def test_what_was_given_up_names_nobody_who_was_forgotten(tmp_path: Path, first: bool):
    """A row that is kept for the operator's eyes holds no id: not in what was to be done, nor where, nor in its error."""
    from bot.errors import NoRight, Permanent
    from tests.engine.test_delivery import Moody

    scene = await Scene(tmp_path / "dead.db", stage=Moody()).open()
    await scene.gathered("Ada", "Bo", "Chi")
    await scene.say("Ada", "hello")

    def refused(channel: str, doing: object) -> Exception | None:
        if isinstance(doing, Erasure):
            return Permanent("nothing of stage:ada can be taken away here")
        return NoRight("closed") if channel == scene.stage.private_channel("stage:ada", ROOM) else None

    scene.stage.mood = refused
    if first:
        await scene.order("Ada", "withdraw", answer="1")
        assert "stage:ada" in repr(await scene.store.outbox.dead())
    await scene.order("Ada", "forget", me="me")
    await scene.runtime.idle()
    await scene.store.engine.finish()
    dead = await scene.store.outbox.dead()
    assert any(isinstance(row.effect, Erase) for row in dead)  # the operator sees that something stayed
    assert "stage:ada" not in repr(dead)
    assert b"stage:ada" not in bytes_of(scene.path)
    await scene.close()
