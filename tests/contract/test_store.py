"""What the store promises on every engine: the one that ships, and PostgreSQL, so that nothing binds it to SQLite."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.authoring.rehearsal import START
from bot.core.model import facts as f
from bot.core.model.cards import Note
from bot.core.model.effects import Issue, Say, Wake
from bot.core.model.events import About, Person, Posted, Reacted, Timer, TimerKind
from bot.core.model.facts import Opened, Words
from bot.core.model.homes import home_of_community
from bot.core.model.ids import PersonId, PlaceName
from bot.engine.housekeeping import expire_plans
from bot.errors import StoreUnavailable
from bot.scheduling.decision import Changed
from bot.scheduling.plan import Coming, Plan, Rsvp, State
from bot.store import (
    Conflict,
    Decided,
    Duplicate,
    Held,
    Place,
    Receipt,
    Row,
    badge_rows,
    matrix_rows,
    room_rows,
    web_members,
    web_rows,
)
from bot.store.data_export import holdings
from bot.store.engine import Rows
from bot.store.erasure_ledger import FOLLOWED
from bot.store.given_up import put_aside
from bot.store.opening import copy_database, open_store
from bot.store.outbox import home_of
from bot.store.restored import follow_ledger, to_forget
from bot.store.retention import sweep
from bot.store.schema import META
from bot.store.store import Store
from tests.store.postgresql import PostgresEngine, cluster
from tests.support import small

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:  # the name of a socket has to be short
        Path(folder).chmod(0o755)
        with cluster(Path(folder) / "pg") as address:
            yield address


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "sqlite":
        made = await open_store(tmp_path / "contract.db")
    else:
        address = request.getfixturevalue("server")
        engine = await PostgresEngine.open(address, f"contract{next(NUMBERS)}")
        made = Store(engine, tmp_path)
    yield made
    await made.close()


def opened(session: str = "s", room: str = "stage:circle") -> Decided:
    fact = Opened(
        at=START,
        session=session,
        community="stage",
        script="h",
        rooms=(room,),
        hosts_channel=room + "/hosts",
        host=PersonId("stage:host"),
        seed="x",
    )
    return Decided(
        event=f"open:{session}",
        session=session,
        at=START,
        facts=(fact,),
        opened=fact,
        places={room: Place(session=session, place="room:1", holds=True)},
    )


def said(event: str, version: int, text: str = "words", **more) -> Decided:
    fact = f.Answered(
        at=START,
        answer=f"a{version + 1}",
        step="hello",
        person=PersonId("stage:ada"),
        field="text",
        text=Words(text),
        room="room:1",
    )
    return Decided(event=event, session="s", version=version, at=START, facts=(fact,), **more)


def row(key: str, **more) -> Row:
    say = Say(place="room:1", name=key, card=Note(text="hello"))
    base = Row(
        key=key, session="s", channel="stage:circle", place="room:1", effect=say, due=START, priority=0
    )
    return replace(base, **more)


async def test_a_commit_is_all_or_nothing(store: Store):
    await store.commit([opened()])
    with pytest.raises(Conflict):
        await store.commit([said("e1", 1, rows=(row("k1"),)), said("e2", 1)])
    assert len(await store.facts("s")) == 1
    assert not await store.outbox.pending()
    assert not (await store.context_for(["e1"], [], [])).seen


async def test_the_same_event_twice_is_a_duplicate(store: Store):
    await store.commit([opened()])
    await store.commit([said("e1", 1)])
    with pytest.raises(Duplicate):
        await store.commit([said("e1", 2)])
    assert len(await store.facts("s")) == 2


async def test_one_event_may_concern_several_sessions(store: Store):
    await store.commit([opened("s"), opened("t", "stage:other")])
    both = [
        Decided(event="left", session="s", version=1, at=START),
        Decided(event="left", session="t", at=START),
    ]
    await store.commit(both)
    assert (await store.context_for(["left"], [], [])).seen == {("left", "s"), ("left", "t")}


async def test_two_writers_cannot_both_write_the_next_fact(store: Store):
    await store.commit([opened()])
    results = await asyncio.gather(
        store.commit([said("e1", 1)]), store.commit([said("e2", 1)]), return_exceptions=True
    )
    assert sorted(type(r).__name__ for r in results) == ["Conflict", "NoneType"]


async def test_a_failing_neighbour_in_the_group_takes_nobody_along(store: Store):
    await store.commit([opened()])
    good, bad = await asyncio.gather(
        store.commit([said("e1", 1)]), store.commit([opened()]), return_exceptions=True
    )
    assert good is None and isinstance(bad, Duplicate)


async def test_one_room_is_held_once(store: Store):
    await store.commit([opened("s")])
    with pytest.raises(Conflict):
        await store.commit([opened("t")])
    await store.commit([Decided(event="end", session="s", version=1, at=START, freed=("stage:circle",))])
    await store.commit([opened("t")])
    places = (await store.context_for([], ["stage:circle"], [])).places["stage:circle"]
    assert [(p.session, p.holds) for p in places] == [("t", True), ("s", False)]


async def test_facts_come_back_in_order_and_whole(store: Store):
    await store.commit([opened()])
    texts = ["emoji 👩🏽‍🚀", "شكرا", "a\nb\tc", '"quotes" \\ and \u2028', "x" * 4000]
    for n, text in enumerate(texts, 1):
        await store.commit([said(f"e{n}", n, text)])
    assert [fact.text for fact in (await store.facts("s"))[1:]] == texts


async def test_effects_wait_in_order_until_settled(store: Store):
    await store.commit([replace(opened(), rows=(row("k1"), row("k2")))])
    assert [r.key for r in await store.outbox.pending()] == ["k1", "k2"]
    receipt = Receipt(key="k1", part=0, message="stage:9", session="s", about=About(step="hello"))
    await store.outbox.settle([row("k1")], [receipt])
    assert [r.key for r in await store.outbox.pending()] == ["k2"]
    found = (await store.context_for([], ["stage:circle"], ["stage:9"])).receipts["stage:9"]
    assert found == receipt
    await store.outbox.settle([row("k1")], [receipt])  # twice is once
    assert list(await store.outbox.receipts("s", "k1")) == [receipt]


async def test_the_same_effect_key_is_stored_once(store: Store):
    await store.commit([replace(opened(), rows=(row("k1"), row("k1")))])
    assert len(await store.outbox.pending()) == 1


async def test_a_newer_revision_replaces_one_that_waits(store: Store):
    await store.commit([replace(opened(), rows=(row("k1", supersedes="panel"),))])
    await store.commit([said("e1", 1, rows=(row("k2", supersedes="panel"),))])
    assert [r.key for r in await store.outbox.pending()] == ["k2"]


async def test_rows_without_a_place_wait_for_it(store: Store):
    await store.commit([replace(opened(), rows=(row("k1", channel="", place="pair:1.1"),))])
    assert (await store.context_for([], ["stage:circle"], [])).opening == {"s"}
    place = Place(session="s", place="pair:1.1", holds=False)
    await store.commit([said("placed", 1, places={"stage:circle/1": place})])
    assert [r.channel for r in await store.outbox.pending()] == ["stage:circle/1"]


async def test_timers_are_due_in_order_and_end_with_the_event_that_they_were(store: Store):
    def timer(key: str, seconds: int) -> Row:
        at = START + timedelta(seconds=seconds)
        return row(key, effect=Wake(at=at, timer=Timer(kind=TimerKind.READ)), due=at, channel="")

    await store.commit([replace(opened(), rows=(timer("w2", 20), timer("w1", 10), timer("w3", 900)))])
    assert not await store.outbox.pending()
    assert await store.outbox.next_due() == START + timedelta(seconds=10)
    assert [r.key for r in await store.outbox.due(START + timedelta(seconds=60), 10)] == ["w1", "w2"]
    assert [r.key for r in await store.outbox.due(START + timedelta(seconds=60), 1)] == ["w1"]
    await store.commit([said("wake:w1", 1, settles=(("s", "w1"),))])
    assert [r.key for r in await store.outbox.due(START + timedelta(seconds=60), 10)] == ["w2"]


async def test_a_retry_is_remembered_and_a_dead_letter_is_kept_apart(store: Store):
    await store.commit([replace(opened(), rows=(row("k1"), row("k2")))])
    await store.outbox.retry(row("k1"), START, "429")
    await store.write(lambda db: put_aside(db, home_of(row("k2")), "k2", "403"))
    (left,) = await store.outbox.pending()
    assert (left.key, left.tries, left.error) == ("k1", 1, "429")
    assert [r.key for r in await store.outbox.dead()] == ["k2"]


async def test_what_cannot_be_heard_yet_is_held_with_its_words_and_let_go(store: Store):
    event = Posted(
        id="stage:5", channel="stage:circle", at=START, person=Person(id="stage:ada", name="Ada"), text="hi"
    )
    await store.commit([replace(opened(), held=Held(session="s", event=event, reason="held"))])
    (held,) = await store.inbox.held("s")
    assert held.event == event
    await store.commit([replace(said("stage:5", 1), unheld=True)])
    assert not await store.inbox.held("s")


async def test_the_cursor_moves_with_the_events_before_it(store: Store):
    assert await store.inbox.cursor("stage") is None
    await store.commit([replace(opened(), platform="stage", cursor="7")])
    assert await store.inbox.cursor("stage") == "7"
    with pytest.raises(Duplicate):
        await store.commit([replace(opened(), platform="stage", cursor="8")])
    assert await store.inbox.cursor("stage") == "7"


async def test_scripts_are_kept_by_content(store: Store):
    one = await store.keep_script(small())
    assert one == await store.keep_script(small())
    assert await store.script(one) == small()
    other = await store.keep_script(replace(small(), title="Another"))
    assert other != one and await store.script("nothing") is None


async def test_concurrent_writes_share_commits(store: Store):
    before = store.engine.commits
    await asyncio.gather(*(store.write(lambda c: c.execute("SELECT 1")) for _ in range(100)))
    assert store.engine.commits - before <= 3


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(store: Store):
    await store.commit([opened()])
    pages = await store.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    await store.read(lambda c: c.execute(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreUnavailable, match=r"full.*nothing is"):
        await store.commit([said(f"e{n}", 1 + n, "x" * 4000) for n in range(20)])
    assert len(await store.facts("s")) == 1
    await store.read(lambda c: c.execute("PRAGMA max_page_count = 100000"))
    await store.commit([said(f"e{n}", 1 + n, "x" * 4000) for n in range(20)])
    assert len(await store.facts("s")) == 21


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_it_is_durable_by_its_settings(store: Store):
    def pragma(name: str):
        return store.read(lambda c: c.execute(f"PRAGMA {name}").fetchone()[0])

    assert await pragma("journal_mode") == "wal"
    assert await pragma("synchronous") == 2  # FULL
    assert await pragma("secure_delete") == 1


def planned(id: str, state: State, community: str = "stage") -> Changed:
    plan = Plan(
        id=id, community=community, rooms=("stage:circle",), host=PersonId("stage:host"), host_name="Hedi",
        workshop="small", title="Small", minutes=20, made=START, passed=START, state=state, version=1,
    )  # fmt: skip
    return Changed(before=0, plan=plan, id=id, community=community)


async def test_drafts_and_plans_that_are_over_expire_and_others_stay(store: Store):
    old = [planned("draft", State.DRAFT), planned("over", State.OVER), planned("on", State.ON)]
    await store.commit([Decided(event="p1", session="", at=START, plans=tuple(old))])
    late = START + timedelta(days=30)
    new = (planned("fresh", State.DRAFT),)
    await store.commit([Decided(event="p2", session="", at=late, plans=new)])
    await expire_plans(store, late, 0)
    left = [key for key in ("draft", "over", "on", "fresh") if await store.plans.get(key)]
    assert left == ["over", "on", "fresh"]  # without `keep_days` what was held stays
    await expire_plans(store, late, 20)
    assert [key for key in left if await store.plans.get(key)] == ["on", "fresh"]


async def test_two_communities_may_have_plans_of_one_name(store: Store):
    both = (planned("same", State.ON, "discord:1"), planned("same", State.ON, f"discord:{1 << 22}"))
    await store.commit([Decided(event="p1", session="", at=START, plans=both)])
    found = await store.plans.get("same", "discord:1")
    assert found is not None and found.community == "discord:1"
    assert await store.plans.get("same") is None


async def test_what_is_said_of_plans_of_one_name_lies_in_the_homes_of_their_communities(store: Store):
    homes = [home_of_community("discord:1"), home_of_community(f"discord:{1 << 22}")]
    assert homes[0] != homes[1]
    rows = [row("k", session="", place="at:stage:circle", home=home) for home in homes]
    due = [
        Decided(event="due:same", session="", home=home, at=START, rows=(r,))
        for home, r in zip(homes, rows, strict=True)
    ]
    await store.commit(due)
    for again in due:
        with pytest.raises(Duplicate):
            await store.commit([again])
    assert [r.home for r in await store.outbox.pending()] == homes
    receipts = [
        Receipt(key="k", part=0, message=f"stage:{home}", session="", about=About(step="plan"), home=home)
        for home in homes
    ]
    await store.outbox.settle(rows[:1], receipts)
    assert [r.home for r in await store.outbox.pending()] == homes[1:]
    assert [list(await store.outbox.receipts("", "k", home)) for home in homes] == [[r] for r in receipts]
    await store.outbox.settle((), (), [(homes[0], "k", 0)])
    assert [len(await store.outbox.receipts("", "k", home)) for home in homes] == [0, 1]
    await store.write(lambda db: put_aside(db, home_of(rows[1]), rows[1].key, "gone"))
    assert [(r.home, r.error) for r in await store.outbox.dead()] == [(homes[1], "gone")]


@pytest.mark.parametrize("rooms", [room_rows.DISCORD, room_rows.MATRIX])
async def test_rooms_are_found_by_what_their_names_begin_with_in_the_order_of_bytes(
    store: Store, rooms: room_rows.RoomRows
):
    under = ["a/", "a/!", "a/B", "a/b", "a/~1", "a/\u00e4", "a/\U0001f642"]
    for name in (*under, "a", "a-1", "A/b", "a.", "a0", "b/", "\u00e4/"):
        await store.write(lambda db, name=name: rooms.keep(db, name, "1"))
    assert sorted(name for name, _ in await store.read(lambda db: rooms.under(db, "a/"))) == under
    await store.write(lambda db: rooms.forget(db, "a/B"))
    assert await store.read(lambda db: rooms.find(db, "a/b")) == "1"


async def test_reactions_in_matrix_are_kept_until_they_are_taken_back_or_somebody_is_forgotten(store: Store):
    def by(id: str, person: str) -> Reacted:
        who = Person(id=person, name="N")
        return Reacted(id=id, channel="matrix:!a", at=START, person=who, message="matrix:$m", sign="\u2764")

    both = [by("matrix:$1", "matrix:@ada:here"), by("matrix:$2", "matrix:@ada:here.org")]
    for event in (*both, replace(both[0], sign="?")):  # the first one told stands
        await store.write(lambda db, event=event: matrix_rows.keep_reaction(db, event))
    ids = ["matrix:$1", "matrix:$2", "matrix:$3"]
    found = await store.read(lambda db: matrix_rows.reactions(db, ids))
    assert found == {event.id: event for event in both}
    await store.write(lambda db: room_rows.MATRIX.keep(db, "matrix:~@ada:here", "!dm"))
    await store.write(lambda db: matrix_rows.forget(db, "matrix:@ada:here"))
    assert list(await store.read(lambda db: matrix_rows.reactions(db, ids))) == ["matrix:$2"]
    assert await store.read(lambda db: room_rows.MATRIX.find(db, "matrix:~@ada:here")) is None


async def test_whom_the_ledger_names_is_forgotten_in_a_database_that_still_knows_them(store: Store):
    people = [PersonId(f"stage:{name}") for name in ("ada", "bo", "chi", "dan")]
    ada, bo, chi, dan = people
    joined = [
        f.PersonJoined(at=START, person=p, name=Words("N"), room=PlaceName("room:1")) for p in (ada, bo)
    ]
    await store.commit([opened(), Decided(event="j", session="s", version=1, at=START, facts=joined)])
    comes = Coming(plan="plan", occurrence="o", person=chi, name="Chi", how=Rsvp.GOING, since=START)
    plan = replace(planned("plan", State.ON), coming=(comes,))
    await store.commit([Decided(event="p", session="", at=START, plans=(plan,), zone=(dan, "UTC"))])
    assert list(await to_forget(store)) == []
    for person in (ada, chi, dan, "stage:nobody"):
        store.ledger.add(person)
    assert sorted(await to_forget(store)) == [(ada, "s", "stage:circle"), (chi, "", ""), (dan, "", "")]
    await follow_ledger(store)
    assert list(await to_forget(store)) == []
    await store.commit([Decided(event="f", session="", at=START, erased=bo)])
    assert (
        await store.inbox.cursor(FOLLOWED) == "5"
    )  # this database has done by itself what the new line says


async def test_open_sessions_are_asked_for_by_phase(store: Store):
    phases = (f.Phase.LOBBY, f.Phase.RUNNING, f.Phase.CLOSED)
    for n, phase in enumerate(phases):
        begun = replace(opened(f"s{n}", f"stage:r{n}"), at=START + timedelta(minutes=n))
        await store.commit([begun])
        if phase is not f.Phase.LOBBY:
            moved = f.PhaseChanged(at=START, phase=phase)
            await store.commit([Decided(event=f"m{n}", session=f"s{n}", version=1, at=START, facts=(moved,))])
    assert list(await store.sessions.in_phases(("lobby", "running"))) == ["s1", "s0"]
    assert list(await store.sessions.in_phases(())) == []
    assert [key for key, *_ in await store.sessions.listed("stage:r2")] == ["s2"]
    assert [key for key, *_ in await store.sessions.listed()] == ["s2", "s1", "s0"]


@pytest.mark.parametrize(
    "store", ["sqlite"], indirect=True
)  # PostgreSQL brings a program of its own for this
async def test_a_backup_holds_what_is_true_and_nothing_that_was_erased(store: Store, tmp_path: Path):
    await store.commit([opened(), said("e1", 1, "words that go"), said("e2", 2, "words that stay")])
    erased = f.Withdrawn(at=START, answer="a2", blanks=(2,))
    await store.commit([Decided(event="e3", session="s", version=3, at=START, facts=(erased,))])
    (tmp_path / "copy").mkdir()
    copy_database(tmp_path / "contract.db", tmp_path / "copy" / "contract.db")
    assert b"words that go" not in (tmp_path / "copy" / "contract.db").read_bytes()
    again = await open_store(tmp_path / "copy" / "contract.db")
    assert await again.facts("s") == await store.facts("s")
    await store.commit([said("e4", 4)])  # while the copy is open, too
    assert len(await again.facts("s")) == 4
    await again.close()


async def test_no_text_is_kept_with_nul_whoever_hands_it_over(store: Store):
    joined = f.PersonJoined(
        at=START, person=PersonId("stage:a\0da"), name=Words("A\0da"), room=PlaceName("room:1")
    )
    words = r"wo" + "\0" + r"rds, and \u0000 as it is typed"
    await store.commit([opened(), Decided(event="j\0", session="s", version=1, at=START, facts=(joined,))])
    await store.commit([said("e\0", 2, words, rows=(row("k\0"),), zone=("stage:a\0da", "U\0TC"))])
    held = Held(
        session="s",
        event=Posted(id="h\0", channel="c\0", at=START, person=Person(id="p", name="\0"), text="\0x"),
        reason="held",
    )
    await store.commit([Decided(event="", session="", at=START, held=held, platform="st\0age", cursor="1\0")])
    plan = planned("pl\0an", State.ON)
    coming = Coming(
        plan="pl\0an",
        occurrence="o",
        person=PersonId("p\0"),
        name="\0Ada",
        how=Rsvp.GOING,
        since=START,
        needs="\0",
    )
    await store.commit([Decided(event="p", session="", at=START, plans=(replace(plan, coming=(coming,)),))])
    await store.outbox.settle(
        (), [Receipt(key="k\0", part=0, message="m\0", session="s", about=About(step="\0"))]
    )
    await store.outbox.retry(row("k\0"), START, "broken\0")
    await store.keep_script(replace(small(), title="Sma\0ll"))
    reaction = Reacted(
        id="r\0", channel="c", at=START, person=Person(id="p", name="n"), message="m\0", sign="+"
    )

    def rows_of_platforms(db: Rows) -> None:
        web_members.enter(
            db, web_members.Member(id="m\0", room="r\0", name="A\0da", host=False), "a\0da", 1.0
        )
        web_members.mark(db, "m\0", "Guide\0", True)
        web_rows.post(db, "r\0", "m\0", "hello\0", "key\0", 1.0, "1\0")
        web_members.open_thread(db, "r/t\0", "r\0", "Title\0", ["m\0"])
        web_rows.put_inbox(db, "n\0", {"te\0xt": ["\0", {"x": "\0"}]})
        room_rows.DISCORD.keep(db, "n\0", "1\0")
        room_rows.MATRIX.keep(db, "n\0", "1\0")
        matrix_rows.keep_reaction(db, reaction)
        issue = Issue(place=PlaceName("x\0"), badge="b\0", person=PersonId("p\0"), rule="r\0")
        badge_rows.reserve(db, issue, "kind\0", "s\0", "w\0")
        badge_rows.sign(db, "b\0", "seal\0", "2026-01-20T19:00:00+00:00", {"na\0me": "A\0da"})

    await store.write(rows_of_platforms)

    def everything(db: Rows) -> list[str]:
        rows = [r for table in META.tables for r in db.execute(f"SELECT * FROM {table}").fetchall()]
        return [item for r in rows for item in r if isinstance(item, str)]

    texts = await store.read(everything)
    assert len(texts) > 60
    assert [text for text in texts if "\0" in text or "\\u0000" in text.replace(r"\\u0000", "")] == []
    facts = await store.facts("s")
    assert (facts[1].name, facts[2].text) == ("Ada", r"words, and \u0000 as it is typed")
    assert (await store.context_for(["e"], [], [])).seen == {("e", "s")}
    assert (await store.context_for(["e\0"], [], [])).seen == {
        ("e", "s")
    }  # and it is found under what it was handed


async def test_a_text_of_the_web_room_is_kept_without_nul(store: Store):
    post = await store.write(lambda db: web_rows.post(db, "web:circle", "ada", "a\0b", "k", 1.0))
    assert post[0].body == "ab" and post[0].rev == 1
    changed = await store.write(lambda db: web_rows.change(db, post[0].id, "c\0d", edited=True))
    assert changed is not None and (changed.body, changed.rev) == ("cd", 2)
    other = await store.write(lambda db: web_rows.post(db, "web:garden", "bo", "hello", "l", 1.0))
    assert other[0].rev == 1  # every room counts for itself
    assert [m.body for m in await store.read(lambda db: web_rows.since(db, ["web:circle"], 1))] == ["cd"]
    gone = await store.write(lambda db: web_rows.erase(db, "ada", []))
    assert [(m.body, m.deleted) for m in gone] == [("", True)]


async def test_badges_rooms_sweep_and_data_export_speak_the_language_of_every_engine(store: Store):
    issue = Issue(place=PlaceName("private:stage:ada"), badge="b1", person=PersonId("stage:ada"), rule="r")
    nth, _ = await store.write(lambda db: badge_rows.reserve(db, issue, "taken-part", "s", "small"))
    document = {"name": "Took part", "awardedDate": "2026-01-20"}
    await store.write(lambda db: badge_rows.sign(db, "b1", "seal", "2026-01-20T19:00:00+00:00", document))
    assert [b.nth for b in await store.read(lambda db: badge_rows.badges(db, "stage:ada"))] == [nth]
    await store.write(lambda db: badge_rows.disown(db, "b1", revoked=True))
    assert await store.read(badge_rows.revocations) == [(nth, True)]
    for rooms in (room_rows.DISCORD, room_rows.MATRIX):
        await store.write(lambda db, rooms=rooms: rooms.keep(db, "thread/1", "7"))
        assert await store.read(lambda db, rooms=rooms: rooms.under(db, "thread/")) == [("thread/1", "7")]
    await store.commit([opened(), said("e1", 1)])
    held = await store.read(lambda db: holdings(db, "stage:ada"))
    assert [fact["text"] for session in held["sessions"] for fact in session["facts"]] == ["words"]
    await store.write(lambda db: web_rows.post(db, "web:garden", "ada", "no json", "m", 1.0))
    assert await store.write(lambda db: sweep(db, 50.0, 50.0)) == 1
    store.ledger.add("stage:ada")
    assert list(await to_forget(store)) == []
