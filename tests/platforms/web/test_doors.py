"""A locked room and a removal keep people out of the web room: for reading, hearing, writing, editing; by browser."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from pathlib import Path

import aiohttp
import pytest

from bot.app.process import App, start
from bot.config import Config
from bot.core.access import Act, may
from bot.core.model.facts import Phase
from bot.platforms.web.input import ACTS
from bot.platforms.web.refusals import refusal
from bot.platforms.web.server import ROOM_ACTS
from bot.platforms.web.signing import PublicIds, Signer, keep_secret
from bot.store import web_members
from bot.store.retention import sweep
from tests.core.test_access import rows
from tests.platforms.web.test_server import ROOT, Browser, app, people, session_of
from tests.ports import free_port
from tests.support import fresh

__all__ = ["app", "people"]  # fixtures

PAGES = (
    "",
    "/board",
    "/qr.svg",
    "/recaps",
    "/recap/{session}",
    "/recap/{session}.json",
    "/picture/{session}/kind.svg",
)


async def status(browser: Browser, path: str) -> int:
    """How an address answers, without following it elsewhere."""
    async with browser.http.get(f"{browser.room}{path}", allow_redirects=False) as answer:
        return answer.status


async def reads_nothing(browser: Browser, app: App, *words: str) -> None:
    """No address of the room shows these words to somebody, and the line is not open to them."""
    key = (await session_of(app)).id
    for path in PAGES:
        async with browser.http.get(browser.room + path.format(session=key)) as answer:
            body = await answer.text()
        for word in words:
            assert word not in body, (path, word)
    for path in PAGES[1:]:
        assert await status(browser, path.format(session=key)) in (302, 404), path
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await browser.http.ws_connect(f"{browser.room}/ws")
    assert refused.value.status == 403


async def post(browser: Browser, **form: str) -> str:
    """Send a form without JavaScript; the page that comes of it."""
    async with browser.http.post(f"{browser.room}/do", data=form) as answer:
        return await answer.text()


async def test_a_locked_room_is_closed_to_strangers_and_to_visitors_and_to_nobody_who_is_in_it(
    app: App, people: list[Browser]
):
    host, ada, bo = people
    visitor, stranger = Browser(app), Browser(app)
    await visitor.enter("Vic")
    await visitor.connect()
    await ada.send(do="say", text="before the lock")
    await visitor.until(lambda f: "before the lock" in str(f))
    await host.send(do="order", command="workshop lock")
    await visitor.until(lambda f: f.get("out"))
    heard = len(visitor.frames)
    await ada.send(do="say", text="behind the door")
    await bo.until(lambda f: "behind the door" in str(f))

    # what is open still hears nothing, and is told nothing by asking
    for frame in (
        {"do": "say", "text": "let me in"},
        {"do": "form", "step": "arrive", "fields": {"text": "x"}},
    ):
        assert "This session is locked, so you can't join right now" in (await visitor.send(**frame))["why"]
    assert visitor.ws
    await visitor.ws.send_json({"do": "since", "rev": 0})
    await visitor.until(lambda f: "why" in f and f.get("out"))
    assert "behind the door" not in str(visitor.frames[heard:])
    assert not any("messages" in f or "now" in f.get("views", {}) for f in visitor.frames[heard:])
    await reads_nothing(visitor, app, "behind the door", "before the lock")
    await post(visitor, do="say", text="by the form")
    assert "by the form" not in await host.page()

    # who never came in does not
    assert (await stranger.enter("Sam")).status == 403
    assert "This session is locked, so you can&#39;t join right now" in await stranger.page()
    await reads_nothing(stranger, app, "behind the door")

    # who is in it goes in and out
    async with ada.http.get(f"{ada.room}/board") as board:
        assert board.status == 200
    again = Browser(app)
    token = re.search(r'href="/r/circle/back#([^"]+)"', await ada.page())[1]
    async with again.http.post(f"{again.room}/back", data={"token": token, "sure": "yes"}) as answer:
        assert "behind the door" in await answer.text()

    await host.send(do="order", command="workshop unlock")
    await visitor.until(lambda f: f.get("out") is False)
    assert (await stranger.enter("Sam")).status == 200
    assert 'id="composer"' in await visitor.page()
    for browser in (visitor, stranger, again):
        await browser.close()


async def test_a_removed_person_reads_hears_writes_and_edits_nothing_under_any_name(
    app: App, people: list[Browser]
):
    host, ada, bo = people
    await ada.send(do="say", text="what I said in time")
    seen = await ada.until(lambda f: "what I said in time" in str(f))
    number = next(m["id"] for m in seen["messages"] if "what I said in time" in m["html"])
    await host.send(do="order", command="workshop remove Ada")
    await ada.until(lambda f: f.get("out"))
    heard = len(ada.frames)
    await bo.send(do="say", text="now that Ada is gone")
    await bo.until(lambda f: "now that Ada is gone" in str(f))

    for frame in (
        {"do": "say", "text": "vile words"},
        {"do": "edit", "message": number, "text": "vile words"},
        {"do": "use", "message": number},
        {"do": "form", "step": "arrive", "fields": {"text": "vile words"}},
    ):
        assert "A host removed you from this session" in (await ada.send(**frame))["why"], frame
    for command in (
        "answer vile words",
        "react 1 1",
        "park vile words",
        "my name Vile",
        "change 1 vile words",
    ):
        await ada.send(do="order", command=command)
    assert "now that Ada is gone" not in str(ada.frames[heard:])
    assert "vile" not in (bo.seen() + await host.page()).lower()
    session = await session_of(app)
    assert not any("vile" in a.text(key).lower() for a in session.answers.values() for key in a.pieces)
    await reads_nothing(ada, app, "now that Ada is gone")

    # the browser is kept out, not the name
    assert (await ada.enter("Somebody new")).status == 403
    assert "A host removed you from this session" in await ada.page()
    # what stays theirs
    assert await status(ada, "/data.json") == await status(ada, "/sheet") == 200
    assert "host knows" in await post(ada, do="order", command="helpme")
    assert "ack" in await ada.send(do="delete", message=str(number))
    assert "ack" in await ada.send(do="order", command="forget me")
    await ada.until(lambda f: f.get("gone"))
    # and being forgotten opens no way back into the session that they were asked to leave
    assert (await ada.enter("Someone else")).status == 403


async def test_a_removed_cohost_has_no_panel_and_no_say(app: App, people: list[Browser]):
    host, ada, bo = people
    await host.send(do="order", command="workshop companion Ada")
    await ada.until(lambda f: f.get("anew"))
    await host.send(do="order", command="workshop contact Ada")
    await host.send(do="order", command="workshop remove Ada")
    await ada.until(lambda f: f.get("out"))
    heard = len(ada.frames)
    await ada.send(do="order", command="workshop remove Bo")
    await bo.send(do="order", command="helpme")
    session = await session_of(app)
    assert session.people[next(p for p, who in session.people.items() if who.name == "Bo")].present
    assert not any("panel" in f.get("views", {}) for f in ada.frames[heard:])
    assert "asked for help" not in str(ada.frames[heard:])


async def test_another_session_opens_the_room_to_whoever_was_removed_from_the_last(
    app: App, people: list[Browser]
):
    host, ada, bo = people
    await bo.send(do="say", text="of the first session")
    await host.send(do="order", command="workshop remove Ada")
    first = (await session_of(app)).id
    await host.send(do="order", command="workshop end")
    for _ in range(2):
        await host.send(do="order", command="workshop publish")
    assert (await session_of(app)).phase in (Phase.FOLLOWING, Phase.CLOSED)
    assert await status(ada, f"/recap/{first}") in (302, 404)
    await host.send(do="order", command="workshop start first-circle")
    page = await ada.page()
    assert 'id="composer"' in page and "of the first session" not in page
    assert await status(ada, f"/recap/{first}") == 404
    async with ada.http.get(f"{ada.room}/recaps") as answer:
        assert first not in await answer.text()
    async with bo.http.get(f"{bo.room}/recaps") as answer:
        assert first in await answer.text()


async def test_a_message_that_somebody_cannot_read_cannot_be_reported(app: App, people: list[Browser]):
    host, ada, bo = people
    await ada.send(do="say", text="for everybody")
    await ada.send(do="order", command="helpme")
    frame = await bo.until(lambda f: "for everybody" in str(f))
    shown = next(m["id"] for m in frame["messages"] if "for everybody" in m["html"])
    mine = {m["id"] for f in bo.frames for m in f.get("messages", ())}
    ids = PublicIds(Signer(keep_secret(app.config.data / "cookie.secret")))
    last = ids.number("message", shown)
    assert last
    hidden = [n for n in range(1, last + 9) if ids.of("message", n) not in mine]
    assert hidden
    for number in (*hidden, *(ids.of("message", n) for n in hidden), "x", "9" * 30, "-1"):
        answer = await bo.send(do="order", command="report", args={"message": f"web:{number}"})
        assert "isn't here" in answer["why"], number
    before = str(host.frames).count("look at")
    assert "ack" in await bo.send(do="order", command="report", args={"message": f"web:{shown}"})
    await host.until(lambda f: str(host.frames).count("look at") > before)


def test_whoever_may_not_is_told_why_and_whoever_may_is_not():
    for who, act, when in rows():
        assert bool(refusal(who, act, when)) is not may(who, act, when), (who, act, when)


def test_every_address_of_a_room_and_every_frame_says_what_it_wants(app_routes: set[str]):
    asks_itself = {"", "/enter", "/host", "/do", "/back", "/ws"}  # see test_a_locked_room… and test_server
    assert app_routes == asks_itself | set(ROOM_ACTS)
    assert {"say", "edit", "delete", "use", "form", "order"} == set(ACTS)
    assert all(isinstance(act, Act) for act in ROOM_ACTS.values())


@pytest.fixture
def app_routes(app: App) -> set[str]:
    """The addresses below a room."""
    prefix = "/r/{room}"
    found = {route.resource.canonical for route in app.server.app().router.routes() if route.resource}
    return {path.removeprefix(prefix) for path in found if path.startswith(prefix)}


async def rows_of(app: App, member: str) -> int:
    """How many rows of the database name a member of the web room."""

    def count(db) -> int:
        tables = {"web_member": "id", "web_message": "author", "web_inbox": "nonce"}
        sizes = (
            db.execute(f"SELECT count(*) FROM {table} WHERE {column} LIKE ?", (f"{member}%",)).fetchone()[0]
            for table, column in tables.items()
        )
        return sum(sizes)

    return await app.store.read(count)


async def settled(app: App, member: str, rows: int) -> None:
    """Wait until so many rows name somebody."""
    async with asyncio.timeout(5):
        while await rows_of(app, member) != rows:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("who", ["visitor", "host", "nobody's session"])
async def test_whoever_gave_a_name_has_their_data_and_is_forgotten_in_a_session_or_not(app: App, who: str):
    door = [Browser(app), Browser(app)]
    host, visitor = door
    await host.enter("Hedi")
    await host.become_host(app.host_secret)
    await host.connect()
    if who != "nobody's session":
        await host.send(do="order", command="workshop start first-circle")
    await visitor.enter("Vic")
    await visitor.connect()
    asking = host if who == "host" else visitor
    name = "Hedi" if who == "host" else "Vic"
    member = re.search(r'data-member="(\w+)"', await asking.page())[1]
    await asking.send(do="say", text="just looking")
    assert await rows_of(app, member) > 0
    await asking.send(do="order", command="my data")
    await asking.until(lambda f: "my-data.json" in str(f) or "data.json" in str(f))
    async with asking.http.get(f"{asking.room}/data.json") as answer:
        kept = await answer.text()
    assert name in kept and "just looking" in kept
    await asking.send(do="order", command="forget me")
    await asking.until(lambda f: f.get("gone"))
    await settled(app, member, 0)
    assert "just looking" not in await (host if asking is visitor else visitor).page()
    assert "Join" in await asking.page()
    for browser in door:
        await browser.close()


async def test_a_name_given_at_the_door_goes_when_its_time_is_over_and_nothing_else_is_left(
    app: App, people: list[Browser]
):
    visitor, talker = Browser(app), Browser(app)
    for browser, name in ((visitor, "Vic"), (talker, "Tom")):
        await browser.enter(name)
    await talker.connect()
    await talker.send(do="say", text="I only talk")
    later = time.time() + 1
    await app.store.write(lambda db: sweep(db, later, later))
    names = await app.store.read(lambda db: {m.name for m in web_members.members(db, "circle")})
    assert names == {
        "Hedi",
        "Ada",
        "Bo",
        "Tom",
    }  # what was said while a workshop is open stays, and its author
    for browser in (visitor, talker):
        await browser.close()


SPOKES = """
id: spokes
title: Spokes
about: One scale.
minutes: 10
frameworks: [maturity]
rescue_lines: {silence: I go first.}
steps:
  - {id: taps, kind: scale, title: Taps, minutes: 3, items: spokes, say: Nine.}
  - {id: why, kind: message, title: Why, minutes: 1, say: Look., attach: "radar:taps"}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Bye.}
"""


async def test_no_picture_of_a_step_before_it_is_closed(tmp_path: Path):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "spokes.yaml").write_text(SPOKES)
    shutil.copytree(ROOT / "prompts" / "frameworks", tmp_path / "prompts" / "frameworks")
    fresh(tmp_path / "storycircle.db")
    app = await start(Config(data=tmp_path, prompts=tmp_path / "prompts", port=free_port()))
    host = Browser(app)
    await host.enter("Hedi")
    await host.become_host(app.host_secret)
    await host.connect()
    await host.send(do="order", command="workshop start spokes")
    await host.send(do="order", command="join")
    await host.send(do="order", command="workshop start")
    session = await session_of(app)
    picture = f"/picture/{session.id}/why.svg"
    async with asyncio.timeout(10):
        while (await session_of(app)).step != "why":
            await host.send(do="order", command=f"workshop next {(await session_of(app)).moment}")
    assert await status(host, picture) == 200
    await host.send(do="order", command="workshop back")
    async with asyncio.timeout(10):
        while (await session_of(app)).step != "taps":
            await asyncio.sleep(0.02)
    assert await status(host, picture) == 404  # numbers change there, one by one
    await host.close()
    await app.close()
