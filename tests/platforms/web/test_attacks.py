"""Attempts from outside, made with the documents and the code at hand."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp
import pytest

from bot.app.process import App
from bot.platforms.web import boards
from tests.platforms.web.test_server import Browser, app, people, session_of

__all__ = ["app", "people"]  # fixtures


async def test_rooms_that_nobody_uses_leave_nothing_in_memory(app: App, people: list[Browser]):
    pages = app.server.parts.pages
    before = len(pages._languages)
    async with aiohttp.ClientSession() as stranger:
        for n in range(40):
            async with stranger.get(f"http://127.0.0.1:{app.config.port}/r/made-up-{n}") as answer:
                assert answer.status == 200
    assert len(pages._languages) == before


async def test_one_address_does_not_keep_the_projector_out(
    app: App, people: list[Browser], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(boards, "MOST", 6)
    token = app.worker.signer.token(f"board:{(await session_of(app)).id}")
    link = f"http://127.0.0.1:{app.config.port}/board/{token}/ws"
    async with contextlib.AsyncExitStack() as stack:
        many = await stack.enter_async_context(aiohttp.ClientSession())

        async def one() -> int:
            try:
                await stack.enter_async_context(many.ws_connect(link))
            except aiohttp.WSServerHandshakeError as error:
                return error.status
            return 101

        answers = await asyncio.gather(
            *(one() for _ in range(6))
        )  # at once: none finds room that another has taken
        assert sorted(answers) == [101] * 3 + [503] * 3
        connector = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
        other = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        projector = await stack.enter_async_context(other.ws_connect(link))
        assert "views" in await projector.receive_json(timeout=5)


@pytest.mark.parametrize("name", ["A" + "\u0336" * 39, "Zo\u0301\u0301\u0301\u0301e", "e" + "\u20dd" * 5])
async def test_no_name_covers_the_lines_of_others(app: App, name: str):
    browser = Browser(app)
    assert (await browser.enter(name)).status == 400
    await browser.close()


@pytest.mark.parametrize(
    "name",
    [
        "Zo\u00eb",
        "Th\u1ebf Anh",
        "\u0930\u093e\u092e",
        "\u0e19\u0e49\u0e33",
        "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
    ],
)
async def test_names_with_the_marks_of_their_script_are_names(app: App, name: str):
    browser = Browser(app)
    assert (await browser.enter(name)).status == 200
    await browser.close()


async def test_files_and_pictures_cost_each_person_what_they_may(app: App, people: list[Browser]):
    _, ada, bo = people
    answers = []
    for _ in range(70):
        async with ada.http.get(f"{ada.room}/data.json") as answer:
            answers.append(answer.status)
    assert answers[:50] == [200] * 50 and answers[-1] == 429
    async with bo.http.get(f"{bo.room}/data.json") as answer:
        assert answer.status == 200


async def test_a_reply_to_a_message_that_one_does_not_read_is_a_line_like_any_other(
    app: App, people: list[Browser]
):
    _, ada, bo = people
    await ada.send(do="order", command="my")  # told to Ada alone
    told = await ada.until(lambda f: any("~" in m["channel"] for m in f.get("messages", ())))
    private = next(m["id"] for m in told["messages"] if "~" in m["channel"])
    assert "ack" in await bo.send(do="say", text="under what is not mine", reply_to=private)
    kept = await app.store.read(
        lambda db: db.execute(
            "SELECT reply_to FROM web_message WHERE body = ?", ("under what is not mine",)
        ).fetchall()
    )
    assert kept == [("",)]


async def test_a_file_of_another_room_is_not_given_by_its_session(app: App, people: list[Browser]):
    """A member of one room asks for what belongs to another, by the ids that they know."""
    session = await session_of(app)
    stranger = Browser(app)
    stranger.room = f"{stranger.base}/r/garden"
    await stranger.enter("Mallory")
    for path in ("recap/{}", "recap/{}.json", "pack/{}", "picture/{}/hello.svg"):
        async with stranger.http.get(
            f"{stranger.room}/{path.format(session.id)}", allow_redirects=False
        ) as answer:
            assert answer.status in (302, 403, 404), path
    await stranger.connect()
    for what in (
        {"do": "form", "session": session.id, "step": session.step, "fields": {"text": "from elsewhere"}},
        {"do": "order", "command": "join", "session": session.id},
        {"do": "order", "command": "workshop next", "session": session.id},
        {"do": "say", "channel": "../circle", "text": "from elsewhere"},
        {"do": "say", "channel": "hosts", "text": "from elsewhere"},
    ):
        answer = await stranger.send(**what)
        assert "refused" in answer, what
    assert "web:" + stranger_id(app, "Mallory") not in (await session_of(app)).people
    await stranger.close()


def stranger_id(app: App, name: str) -> str:
    return next(id for id, known in app.server.parts.hub.names.items() if known == name)


async def test_bodies_that_unpack_to_much_are_refused(app: App, people: list[Browser]):
    import gzip

    body = gzip.compress(b"name=" + b"a" * 30_000_000)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
    async with people[1].http.post(f"{people[1].room}/enter", data=body, headers=headers) as answer:
        assert answer.status in (400, 413)
