"""Whatever a client sends is answered: no fault of the program, no traceback, nobody's words in the log."""

from __future__ import annotations

import os

import pytest

from bot.app.process import App
from tests.platforms.web.fuzz import Fuzz
from tests.platforms.web.test_hostile import app, people  # noqa: F401 fixtures
from tests.platforms.web.test_server import Browser

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "600"))  # scripts/soak hostile sends 20,000
SEED = int(os.environ.get("FUZZ_SEED", "1"))


async def test_nothing_that_a_client_can_send_is_a_fault(app: App, people: list[Browser], capfd):  # noqa: F811
    hedi, ada, _ = people
    await hedi.send(do="order", command="workshop start first-circle")
    await ada.send(do="order", command="join")
    await hedi.send(do="order", command="workshop start")
    fuzz = Fuzz(app, [hedi, ada], SEED)
    await fuzz.run(REQUESTS)
    assert not fuzz.faults, "\n".join(fuzz.faults[:20])
    out, err = capfd.readouterr()
    for bad in ("Traceback", "not taken", "request failed", "was put aside", fuzz.secret):
        assert bad not in out + err, (out + err)[:4000]
    assert "ack" in await ada.send(do="say", text="still here")


async def test_all_of_ones_data_can_be_read_whatever_one_typed(app: App, people: list[Browser]):  # noqa: F811
    _, ada, _ = people
    for text in ("[laughs]", "{name}", "[1, 2]", "half a face: \ud83d"):
        assert "ack" in await ada.send(do="say", text=text)
    async with ada.http.get(f"{ada.room}/data.json") as answer:
        assert answer.status == 200
        bodies = [message["body"] for message in (await answer.json())["web_message"]]
    assert bodies == ["[laughs]", "{name}", "[1, 2]", "half a face: ?"]


@pytest.mark.parametrize("address", ["recap/abc", "recap/abc.md", "pack/abc", "picture/abc/x.svg"])
async def test_a_session_that_nobody_has_is_not_found(app: App, people: list[Browser], address: str):  # noqa: F811
    hedi, _, _ = people
    async with hedi.http.get(f"{hedi.room}/{address}") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded; charset=nonsense", b"name=Cleo", 400),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("multipart/form-data", b"", 415),
        ("text/plain", b"name=Cleo", 400),
        ("application/x-www-form-urlencoded", b"name=" + b"a" * 80_000, 400),
    ],
)
async def test_a_form_that_is_none_lets_nobody_in(app: App, kind: str, body: bytes, status: int):  # noqa: F811
    stranger = Browser(app)
    try:
        async with stranger.http.post(
            f"{stranger.room}/enter", data=body, headers={"Content-Type": kind}
        ) as answer:
            assert answer.status == status
    finally:
        await stranger.close()
