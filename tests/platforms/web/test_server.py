"""The doors of the web room: who gets in, who reads what, who may do what; over HTTP and WebSocket."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app.process import App, start
from bot.config import Config
from bot.core.model.facts import Phase
from bot.render.recap.transfer import bring_in, export
from tests.ports import free_port
from tests.support import fresh

ROOT = Path(__file__).parents[3]


class Browser:
    """Somebody's browser, without a screen: cookies, forms, one WebSocket."""

    def __init__(self, app: App) -> None:
        self.base = f"http://127.0.0.1:{app.config.port}"
        self.room = f"{self.base}/r/circle"
        jar = aiohttp.CookieJar(unsafe=True)
        self.http = aiohttp.ClientSession(cookie_jar=jar, headers={"Origin": self.base})
        self.frames: list[dict] = []
        self.ws: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._count = 0

    async def enter(self, name: str) -> aiohttp.ClientResponse:
        return await self.http.post(f"{self.room}/enter", data={"name": name})

    async def page(self) -> str:
        async with self.http.get(self.room) as answer:
            return await answer.text()

    async def become_host(self, secret: str) -> int:
        async with self.http.post(f"{self.room}/host", data={"secret": secret}) as answer:
            return answer.status

    async def connect(self) -> None:
        self.ws = await self.http.ws_connect(f"{self.room}/ws")
        self._reading = asyncio.create_task(self._read())
        await self.ws.send_json({"do": "since", "rev": 0})
        await self.until(lambda f: "views" in f)

    async def _read(self) -> None:
        assert self.ws
        async for frame in self.ws:
            self.frames.append(json.loads(frame.data))
            self._news.set()
        self.frames.append({"cut": True})
        self._news.set()

    @property
    def cut(self) -> bool:
        """True if the server ended the line."""
        return self._reading is not None and self._reading.done()

    async def until(self, found, seconds: float = 5) -> dict:
        """The first frame of which `found` is true; waits for it."""
        async with asyncio.timeout(seconds):
            while True:
                for frame in self.frames:
                    if found(frame):
                        return frame
                self._news.clear()
                await self._news.wait()

    async def send(self, **what) -> dict:
        """Send, and return how it was answered."""
        assert self.ws
        self._count += 1
        nonce = what.pop("nonce", f"n{self._count}")
        await self.ws.send_json({"nonce": nonce, **what})
        return await self.until(lambda f: nonce in (f.get("ack"), f.get("refused")))

    def seen(self) -> str:
        return json.dumps(self.frames, ensure_ascii=False)

    async def close(self) -> None:
        if self._reading:
            self._reading.cancel()
        await self.http.close()


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    fresh(tmp_path / "storycircle.db")
    made = await start(Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port()))
    yield made
    await made.close()


@pytest.fixture
async def people(app: App) -> AsyncIterator[list[Browser]]:
    """A host, Ada and Bo, connected, with a session at its first question."""
    found = [Browser(app) for _ in range(3)]
    for browser, name in zip(found, ("Hedi", "Ada", "Bo"), strict=True):
        await browser.enter(name)
    assert await found[0].become_host(app.host_secret) == 200
    for browser in found:
        await browser.connect()
    host, ada, bo = found
    await host.send(do="order", command="workshop start first-circle")
    for browser in (ada, bo):
        await browser.send(do="order", command="join")
    await host.send(do="order", command="workshop start")
    await host.send(do="order", command="workshop next 3")
    yield found
    for browser in found:
        await browser.close()


async def session_of(app: App):
    ((key, _, _), *_) = await app.store.sessions.listed()
    return (await app.runtime.sessions.load(key))[0]


async def test_an_answer_is_counted_ticked_and_shown_to_all(app: App, people: list[Browser]):
    _, ada, bo = people
    assert "ack" in await ada.send(do="say", text="by the <window> **now**")
    frame = await bo.until(lambda f: "✓ saved" in json.dumps(f, ensure_ascii=False))
    html = next(m["html"] for m in frame["messages"] if "✓ saved" in m["html"])
    assert "by the &lt;window&gt; **now**" in html
    session = await session_of(app)
    assert [a.text("text") for a in session.answers.values()] == ["by the <window> **now**"]


async def test_the_same_nonce_is_taken_once(app: App, people: list[Browser]):
    _, ada, _ = people
    for _ in range(3):
        await ada.send(do="say", text="only once", nonce="same")
        ada.frames = [f for f in ada.frames if f.get("ack") != "same"]
    assert len((await session_of(app)).answers) == 1
    await ada.until(lambda f: "only once" in json.dumps(f.get("messages", [])))
    told = {m["id"] for f in ada.frames for m in f.get("messages", []) if "only once" in m["html"]}
    assert len(told) == 1


async def test_the_page_works_without_javascript(app: App, people: list[Browser]):
    _, ada, _ = people
    page = await ada.page()
    assert "One line to arrive" in page and "Before we start" in page
    session = re.search(r'name="session" value="(\w+)"', page)[1]
    form = {"do": "form", "session": session, "step": "arrive", "field.text": "typed in a plain form"}
    async with ada.http.post(f"{ada.room}/do", data=form) as answer:
        assert answer.status == 200 and answer.url.path == "/r/circle"
    assert "typed in a plain form" in await ada.page()
    async with ada.http.post(f"{ada.room}/do", data={"do": "say", "text": "/anwser x"}) as answer:
        assert "Did you mean /answer?" in await answer.text()


async def test_private_words_reach_only_their_author(app: App, people: list[Browser]):
    host, ada, bo = people
    session = await session_of(app)
    await ada.send(do="form", session=session.id, step="arrive", fields={"text": "x"})
    await host.send(do="order", command="workshop next 6")
    secret = "the secret garden"
    await ada.send(do="form", session=session.id, step="bring_take", fields={"bring": secret})
    await ada.send(do="order", command="my")
    await ada.until(lambda f: secret in json.dumps(f))
    await bo.send(do="order", command="now")
    for other in (host, bo):
        assert secret not in other.seen()
        assert secret not in await other.page()
    member = re.search(r'data-member="(\w+)"', await ada.page())[1]
    # another one asks for the private channel by name
    answer = await bo.send(do="say", text="let me in", channel=f"~{member}")
    assert "refused" in answer
    answer = await bo.send(do="say", text="let me in", channel="hosts")
    assert "refused" in answer


async def test_only_a_host_may_do_what_hosts_do(app: App, people: list[Browser]):
    from bot.commands import COMMANDS

    _, ada, _ = people
    await ada.send(do="say", text="something that could be held back")
    before = await session_of(app)
    (held,) = before.answers
    for command in COMMANDS:
        if command.host:
            words = " ".join(
                "2"
                if p.kind is int
                else held
                if p.name == "card"
                else "Bo, Ada"
                if p.name == "names"
                else "Bo"
                for p in command.parameters
            )
            line = f"{command.name} {words}".strip()
            await ada.send(do="order", command=line, session=before.id)  # over the socket
            form = {"do": "order", "command": line, "session": before.id}
            async with ada.http.post(f"{ada.room}/do", data=form) as answer:  # and as a form
                assert answer.status == 200
            await ada.send(do="say", text=f"/{line}")  # and typed
    after = await session_of(app)
    assert (after.phase, after.step, after.paused) == (before.phase, before.step, before.paused)
    assert all(person.present for person in after.people.values())
    assert after.hosts == before.hosts and not after.companions and not after.contact and not after.apart
    assert not after.answers[held].held and after.guide == before.guide


async def test_what_hosts_read_and_what_is_private_cannot_be_had_by_asking(app: App, people: list[Browser]):
    host, ada, bo = people
    session = await session_of(app)
    secret = "the secret garden"
    await host.send(do="order", command=f"workshop next {session.moment}")
    await ada.send(do="form", session=session.id, step="bring_take", fields={"bring": secret})
    await host.send(do="order", command=f"workshop next {(await session_of(app)).moment}")  # the host looks
    told = await host.until(lambda f: secret in json.dumps(f.get("messages", [])))  # what only hosts read
    answer = next(iter((await session_of(app)).answers))
    message = next(m["id"] for m in told["messages"] if secret in m["html"])
    await ada.send(do="order", command="for Bo: a line that was typed for Bo")
    for command in (
        "now",
        "my",
        f"whole {answer}",
        "whole 1",
        f"react {answer} help",
        f"report {answer}",
        "change 1 mine now",
        "withdraw 1",
        f"share {answer} name",
        "workshop who",
        "help",
    ):
        await bo.send(do="order", command=command, session=session.id)
    await bo.send(do="use", message=message)
    await bo.send(do="edit", message=message, text="mine now")
    await bo.send(do="delete", message=message)
    assert bo.ws
    await bo.ws.send_json({"do": "since", "rev": 0})
    for path in ("", "/board", "/sheet", "/qr.svg", f"/recap/{session.id}", "/back", "/recaps"):
        async with bo.http.get(f"{bo.room}{path}") as page:
            assert secret not in await page.text(), path
    async with aiohttp.ClientSession() as stranger:
        for path in (
            "",
            "/board",
            "/sheet",
            "/qr.svg",
            f"/recap/{session.id}",
            "/ws",
            "/recaps",
            "/recaps/x",
        ):
            async with stranger.get(f"{bo.room}{path}") as page:
                assert secret not in await page.text(), path
    assert secret not in bo.seen()
    assert (await session_of(app)).answers[answer].text("bring") == secret


async def test_the_recaps_of_a_room_are_listed_with_those_from_elsewhere(app: App, people: list[Browser]):
    host, ada, _ = people
    session = await session_of(app)
    await ada.send(
        do="form", session=session.id, step="bring_take", fields={"bring": "a garden", "take": "tea"}
    )
    async with ada.http.get(f"{ada.room}/recaps") as page:
        assert (
            page.status == 200
            and "The first comes once people have reviewed their answers" in await page.text()
        )
    await host.send(do="order", command="workshop end")
    await host.send(do="order", command="workshop publish")
    await host.send(do="order", command="workshop publish")
    async with asyncio.timeout(10):
        while (await session_of(app)).phase is not Phase.CLOSED:
            await asyncio.sleep(0.02)
    file = app.config.data / "out.zip"
    assert [far async for far in export(app.store, file, "web:circle")]
    for told in bring_in(app.config.data, "circle", file):
        assert told[0] == 1
    async with ada.http.get(f"{ada.room}/recaps") as page:
        listed = await page.text()
    assert f"/r/circle/recap/{session.id}" in listed and "held elsewhere" in listed
    far = re.search(r"/r/circle/recaps/(\w+)", listed)
    assert far
    for path, status in ((f"/recaps/{far[1]}", 200), ("/recaps/none", 404), ("/recaps/..", 404)):
        async with ada.http.get(f"{ada.room}{path}") as page:
            assert page.status == status, path
            if status == 200:
                assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("secret", ["", "wrong", "x" * 10_000, "é"])
async def test_a_wrong_host_secret_opens_nothing(app: App, secret: str):
    ada = Browser(app)
    await ada.enter("Ada")
    assert await ada.become_host(secret) == 403
    page = await ada.page()
    assert "Open a workshop" not in page and "Invite people" not in page
    await ada.close()


async def test_trying_secrets_is_slowed_down(app: App):
    ada = Browser(app)
    await ada.enter("Ada")
    assert 429 in [await ada.become_host("wrong") for _ in range(30)]
    await ada.close()


async def test_a_cookie_cannot_be_made_up(app: App, people: list[Browser]):
    _, ada, _ = people
    member = re.search(r'data-member="(\w+)"', await ada.page())[1]
    for made_up in (member, f"{member}.", f"{member}.{'0' * 64}", "x"):
        async with aiohttp.ClientSession(cookies={"storycircle": made_up}) as http:
            async with http.get(ada.room) as answer:
                assert "Join" in await answer.text()
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await http.ws_connect(f"{ada.room}/ws")


async def test_another_site_can_do_nothing(app: App, people: list[Browser]):
    host, *_ = people
    evil = {"Origin": "http://evil.example"}
    async with host.http.post(
        f"{host.room}/do", data={"do": "order", "command": "workshop end"}, headers=evil
    ) as answer:
        assert answer.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await host.http.ws_connect(f"{host.room}/ws", headers=evil)


async def test_names_that_look_alike_are_told_apart(app: App):
    first = Browser(app)
    assert (await first.enter("Zoë")).status == 200
    for name in ("zoë", "Z o ë", "Zoe", "ＺＯＥ", "Storycircle", "Host", "", "   ", "x" * 41, "\u202e"):
        other = Browser(app)
        assert (await other.enter(name)).status == 400, name
        await other.close()
    await first.close()


@pytest.mark.parametrize("double", ["Аda", "ADA ", "A.d.a", "Ａda", "Ada\u200b", "Adа", "Αda"])
async def test_a_double_of_a_name_does_not_come_in(app: App, double: str):
    ada, other = Browser(app), Browser(app)
    await ada.enter("Ada")
    assert (await other.enter(double)).status == 400


@pytest.mark.parametrize(
    ("one", "other"), [("Kai", "Kal"), ("Bo", "Bob"), ("Анна", "Инна"), ("Nora", "Nova")]
)
async def test_two_people_whose_names_are_only_near_both_come_in(app: App, one: str, other: str):
    for name in (one, other):
        browser = Browser(app)
        assert (await browser.enter(name)).status == 200
        await browser.close()


async def test_a_code_leads_into_its_room_and_a_wrong_one_nowhere(app: App):
    ada = Browser(app)
    await ada.enter("Ada")
    link, code = app.worker.links.invitation("circle")
    assert link == f"{ada.base}/r/circle"
    for typed in (code, code.upper(), f" {code[:2]}-{code[2:]} "):
        async with ada.http.get(f"{ada.base}/j", params={"code": typed}) as answer:
            assert answer.url.path == "/r/circle"
    async with ada.http.get(f"{ada.base}/j", params={"code": "<zzzz>"}) as answer:
        page = await answer.text()
        assert answer.status == 404 and "No room has that code" in page and "<zzzz>" not in page
    async with ada.http.get(f"{ada.room}/qr.svg") as answer:
        assert answer.content_type == "image/svg+xml" and "<path" in await answer.text()
    await ada.close()


async def test_a_hundred_kilobytes_are_refused_and_kept_by_the_browser(app: App, people: list[Browser]):
    _, ada, _ = people
    answer = await ada.send(do="say", text="x" * 100_000)
    assert "8,000" in answer["why"]
    assert "ack" in await ada.send(do="say", text="shorter")


async def test_a_flood_is_slowed_for_one_and_nobody_else(app: App, people: list[Browser]):
    _, ada, bo = people
    assert ada.ws
    began = time.monotonic()
    for n in range(20):
        await ada.ws.send_json({"nonce": f"flood{n}", "do": "say", "text": f"flood {n}"})
    assert "ack" in await bo.send(do="say", text="calm")
    assert time.monotonic() - began < 2
    for n in range(20):
        answer = await ada.until(lambda f, n=n: f"flood{n}" in (f.get("ack"), f.get("refused")), seconds=15)
        assert "ack" in answer  # slowed, and nothing of it lost
    assert time.monotonic() - began > 3
    form = {"do": "say", "text": "flood by form"}
    pages = [await (await ada.http.post(f"{ada.room}/do", data=form)).text() for _ in range(3)]
    assert "You&#39;re sending messages too fast" in pages[-1]


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "nonsense",
        "[]",
        "null",
        '{"do": "fly"}',
        '{"do": "edit", "message": "1e9"}',
        '{"do":"form","fields":[1]}',
    ],
)
async def test_nonsense_is_answered_and_breaks_nothing(app: App, people: list[Browser], frame: str):
    _, ada, _ = people
    assert ada.ws
    await ada.ws.send_str(frame)
    await ada.until(lambda f: "refused" in f)
    assert "ack" in await ada.send(do="say", text="still fine")


async def test_strict_headers_on_everything(app: App):
    ada = Browser(app)
    for path in ("/r/circle", "/static/room.js", "/healthz", "/r/none!", "/r/circle/recap/x"):
        async with ada.http.get(ada.base + path) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer = await ada.enter("Ada")
    cookie = answer.history[0].headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert app.host_secret not in await ada.page()
    await ada.close()


async def test_forget_me_closes_the_door_behind_one(app: App, people: list[Browser], tmp_path: Path):
    _, ada, bo = people
    await ada.send(do="say", text="Luftschloss-99")
    await bo.until(lambda f: "Luftschloss-99" in json.dumps(f))
    await ada.send(do="order", command="forget me")
    await bo.until(lambda f: "(deleted)" in json.dumps(f))
    await app.runtime.delivery.idle()
    await app.store.engine.finish()
    assert "Join" in await ada.page()
    raw = b"".join(p.read_bytes() for p in tmp_path.glob("storycircle.db*"))
    assert b"Luftschloss-99" not in raw and b">Ada<" not in raw and b'"Ada"' not in raw


async def test_an_edit_and_a_deletion_of_ones_own_message_and_of_nobody_elses(
    app: App, people: list[Browser]
):
    _, ada, bo = people
    await ada.send(do="say", text="frist")
    newest = "SELECT max(id) FROM web_message WHERE author <> ''"
    message = str(await app.store.read(lambda c: c.execute(newest).fetchone()[0]))
    await bo.send(do="edit", message=message, text="hijacked")
    await bo.send(do="delete", message=message)
    answer = next(iter((await session_of(app)).answers.values()))
    assert answer.text("text") == "frist" and not answer.withdrawn
    await ada.send(do="edit", message=message, text="first")
    assert next(iter((await session_of(app)).answers.values())).text("text") == "first"
    await ada.send(do="delete", message=message)
    assert next(iter((await session_of(app)).answers.values())).withdrawn


async def test_a_browser_that_was_away_gets_what_it_missed(app: App, people: list[Browser]):
    _, ada, bo = people
    assert bo.ws
    await bo.until(lambda f: "2 of 8" in json.dumps(f.get("messages", "")))
    rev = [m["rev"] for f in bo.frames for m in f.get("messages", [])][-1]
    await bo.ws.close()
    await ada.send(do="say", text="while you were away")
    bo.frames.clear()
    bo.ws = await bo.http.ws_connect(f"{bo.room}/ws")
    bo._reading = asyncio.create_task(bo._read())
    await bo.ws.send_json({"do": "since", "rev": rev})
    frame = await bo.until(lambda f: "messages" in f)
    assert "while you were away" in json.dumps(frame) and "Before we start" not in json.dumps(frame)


async def test_a_pair_thread_is_seen_by_its_pair_only(tmp_path: Path):
    from tests.support import PAIRED

    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "paired.yaml").write_text(PAIRED)
    fresh(tmp_path / "storycircle.db")
    app = await start(Config(data=tmp_path, prompts=tmp_path / "prompts", port=free_port()))
    found = [Browser(app) for _ in range(5)]
    for browser, name in zip(found, ("Hedi", "Ada", "Bo", "Chi", "Dan"), strict=True):
        await browser.enter(name)
    host, *others = found
    await host.become_host(app.host_secret)
    for browser in found:
        await browser.connect()
    await host.send(do="order", command="workshop start paired")
    for browser in others:
        await browser.send(do="order", command="join")
    await host.send(do="order", command="workshop start")
    where = {}
    for browser in others:
        frame = await browser.until(lambda f: "With a partner: only" in json.dumps(f))
        where[browser] = re.search(r'value="(t\w+)"', frame["views"]["where"])[1]
    first = others[0]
    partner = next(b for b in others[1:] if where[b] == where[first])
    strangers = [host, *(b for b in others if where[b] != where[first])]
    assert len(strangers) == 3
    assert "ack" in await first.send(do="say", text="just between us", channel=where[first])
    await partner.until(lambda f: "just between us" in json.dumps(f))
    for stranger in strangers:
        assert "refused" in await stranger.send(do="say", text="hello?", channel=where[first])
        assert "just between us" not in stranger.seen() + await stranger.page()
    assert "just between us" in await partner.page()
    for browser in found:
        await browser.close()
    await app.close()


async def test_the_personal_link_leads_back_from_another_browser_and_from_none_elses(
    app: App, people: list[Browser]
):
    _, ada, _ = people
    await ada.send(do="say", text="mine, wherever I am")
    page = await ada.page()
    token = re.search(r'href="/r/circle/back#([^"]+)"', page)[1]
    member = re.search(r'data-member="(\w+)"', page)[1]
    other = Browser(app)
    async with other.http.post(f"{other.room}/back", data={"token": token}) as answer:
        assert answer.status == 200 and "Are you <bdi>Ada</bdi>?" in await answer.text()
    assert "Join" in await other.page(), "a link that somebody else sent signs nobody in"
    async with other.http.post(f"{other.room}/back", data={"token": token, "sure": "yes"}) as answer:
        assert answer.status == 200 and f'data-member="{member}"' in await answer.text()
    cookie = next(c.value for c in ada.http.cookie_jar if c.key == "storycircle")
    for wrong in (
        "",
        "x",
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token.replace(member, "0" * 12),
        cookie,
    ):
        stranger = Browser(app)
        async with stranger.http.post(f"{stranger.room}/back", data={"token": wrong}) as answer:
            assert answer.status == 403
        assert "Join" in await stranger.page()
        await stranger.close()
    # a personal token is no cookie either
    async with aiohttp.ClientSession(cookies={"storycircle": token}) as http, http.get(ada.room) as answer:
        assert "Join" in await answer.text()
    await other.close()


async def test_my_sheet_holds_my_words_and_nobody_elses(app: App, people: list[Browser]):
    _, ada, bo = people
    await ada.send(do="say", text="of Ada <b>only</b>")
    await bo.send(do="say", text="of Bo only")
    async with ada.http.get(f"{ada.room}/sheet") as answer:
        page = await answer.text()
    assert "of Ada &lt;b&gt;only&lt;/b&gt;" in page and "of Bo only" not in page
    stranger = Browser(app)
    async with stranger.http.get(f"{ada.room}/sheet") as answer:
        assert "Join" in await answer.text()
    await stranger.close()


async def test_a_page_that_is_still_open_cannot_write_for_somebody_forgotten(app: App, people: list[Browser]):
    _, ada, bo = people
    await ada.send(do="order", command="forget me")
    await ada.until(lambda f: f.get("gone"))
    assert ada.ws
    async with asyncio.timeout(5):
        while not ada.ws.closed:
            await asyncio.sleep(0.01)
    await bo.send(do="say", text="still here")
    assert not any(person.name == "Ada" for person in (await session_of(app)).people.values())


async def test_a_removed_person_cannot_go_on_talking_but_can_still_be_forgotten(
    app: App, people: list[Browser]
):
    host, ada, bo = people
    await host.send(do="order", command="workshop remove Ada")
    answer = await ada.send(do="say", text="vile words")
    assert "A host removed you from this session" in answer["why"]
    assert "vile words" not in bo.seen() + await bo.page()
    assert "ack" in await ada.send(do="order", command="forget me")
    await ada.until(lambda f: f.get("gone"))


async def test_a_session_that_is_not_of_this_room_is_refused_and_parks_nothing(
    app: App, people: list[Browser]
):
    _, ada, _ = people
    answer = await ada.send(do="form", session="made-up", step="arrive", fields={"text": "words"})
    assert "Reload" in answer["why"]
    assert not await app.store.inbox.all_held()


def test_a_list_that_goes_on_after_a_quote_keeps_its_numbers():
    from bot.render.html import html

    drawn = html("1. One\n> quoted\n2. Two\n> quoted")
    assert "<ol><li>One</li></ol>" in drawn and '<ol start="2"><li>Two</li></ol>' in drawn


async def test_after_a_start_a_host_who_does_not_come_back_counts_as_away(
    app: App, people: list[Browser], tmp_path: Path, monkeypatch
):
    from bot.platforms.web import sockets

    assert (await session_of(app)).guide_away is None
    monkeypatch.setattr(sockets, "BACK", 0.05)
    for browser in people:
        await browser.close()
    await app.close()
    again = await start(Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port()))
    try:
        async with asyncio.timeout(5):
            while (await session_of(again)).guide_away is None:
                await asyncio.sleep(0.02)
    finally:
        await again.close()


async def test_the_board_of_a_session_elsewhere_is_behind_a_link_that_cannot_be_guessed(
    app: App, people: list[Browser]
):
    host, ada, _ = people
    session = await session_of(app)
    await host.send(do="order", command=f"workshop next {session.moment}")
    await ada.send(do="form", session=session.id, step="bring_take", fields={"bring": "the secret garden"})
    token = app.worker.signer.token(f"board:{session.id}")
    other = app.worker.signer.token(f"badge:{session.id}")
    async with aiohttp.ClientSession() as stranger:
        async with stranger.get(f"http://127.0.0.1:{app.config.port}/board/{token}") as page:
            told = await page.text()
            assert page.status == 200 and "secret garden" not in told and 'http-equiv="refresh"' in told
            assert page.headers["X-Robots-Tag"] == "noindex"
        async with (
            stranger.ws_connect(f"http://127.0.0.1:{app.config.port}/board/{token}/ws") as line,
            asyncio.timeout(5),
        ):
            first = json.loads(await line.receive_str())["views"]["board"]
            await host.send(do="order", command=f"workshop next {(await session_of(app)).moment}")
            while json.loads(await line.receive_str())["views"]["board"] == first:
                pass
        for wrong in (other, token[:-2] + "aa", "nothing", session.id):
            async with stranger.get(f"http://127.0.0.1:{app.config.port}/board/{wrong}/ws") as page:
                assert page.status == 404, wrong
            async with stranger.get(f"http://127.0.0.1:{app.config.port}/board/{wrong}") as page:
                assert page.status == 404, wrong
        pack = f"http://127.0.0.1:{app.config.port}/r/circle/pack/{session.id}"
        async with stranger.get(pack, allow_redirects=False) as page:
            assert page.status == 302 and page.headers["Location"] == "/r/circle"
    async with ada.http.get(f"{ada.room}/pack/{session.id}") as page:
        assert page.status == 403
    async with host.http.get(f"{host.room}/pack/{session.id}") as page:
        assert page.status == 403  # not before it is over
    await host.send(do="order", command="workshop end")
    await host.send(do="order", command="workshop publish")
    async with host.http.get(f"{host.room}/pack/{session.id}") as page:
        assert page.status == 200 and (await page.read()).startswith(b"PK")
        assert "no-store" in page.headers["Cache-Control"]


async def test_a_board_whose_line_was_cut_shows_what_is_now_as_soon_as_it_is_back(
    app: App, people: list[Browser]
):
    host, ada, _ = people
    await host.send(do="order", command=f"workshop next {(await session_of(app)).moment}")
    title = (await session_of(app)).step
    async with ada.http.ws_connect(f"{ada.room}/ws?board=1") as line:
        told = await line.receive_json(timeout=5)
    assert title and "views" in told and "<h1>" in told["views"]["board"]


async def test_a_time_in_words_is_meant_by_the_clock_of_the_page(app: App, people: list[Browser]):
    """Where no zone is known yet, that of the browser is offered; what is typed counts as much as what is pressed."""
    host = people[0]
    await host.send(do="say", text="/schedule add first-circle tomorrow 7pm", zone="America/New_York")
    frame = await host.until(lambda f: "Your clock says America/New_York" in json.dumps(f))
    html = next(m["html"] for m in frame["messages"] if "Your clock says" in m["html"])
    assert "zone:&#34;America/New_York&#34;" in html and "zone:&#34;UTC&#34;" in html
    again = 'schedule add first-circle tomorrow 7pm zone:"America/New_York"'
    await host.send(do="order", command=again, zone="America/New_York")
    await host.until(lambda f: "America/New_York. Schedule it?" in json.dumps(f))
