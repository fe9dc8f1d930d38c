"""What one client may cost, counted by member first and then by address: a school behind one address has room."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import make_mocked_request
from structlog.testing import capture_logs

from bot.app.process import App
from bot.config import Config
from bot.platforms.web import connections
from bot.platforms.web.addresses import Addresses
from bot.platforms.web.connections import Connections
from bot.platforms.web.rate_limits import RequestLimits
from tests.platforms.web.test_hostile import app, member_id, people, raw_socket  # noqa: F401 fixtures
from tests.platforms.web.test_server import Browser


class Peer:
    """A transport of somebody at this address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get_extra_info(self, name: str, default: object = None) -> object:
        return (self._address, 1) if name == "peername" else default


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # anyone could write that
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),  # what the client wrote stands first
        ("127.0.0.1", "198.51.100.1, 10.0.0.5", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "198.51.100.1, garbage", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::"),
    ],
)
def test_only_a_trusted_proxy_says_who_asks(peer: str, forwarded: str, found: str):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers, transport=Peer(peer))
    assert Addresses(["127.0.0.1", "10.0.0.0/24"]).of(request) == found


def test_proxies_are_addresses_or_networks():
    assert Config.model_validate({"trusted_proxies": "127.0.0.1, 10.0.0.0/8"}).trusted_proxies == (
        "127.0.0.1",
        "10.0.0.0/8",
    )
    with pytest.raises(ValueError, match="isn't an address or a network"):
        Config.model_validate({"trusted_proxies": ["caddy"]})


def test_a_school_behind_one_address_has_room_and_a_flood_has_not():
    limits = RequestLimits()
    assert all(limits.take(f"m{n}", "school") for _ in range(12) for n in range(300))
    assert sum(limits.take("flood", "elsewhere") for _ in range(1000)) <= 125
    assert limits.take("m1", "school") and limits.take("somebody else", "elsewhere")


async def test_connections_are_shared_out_by_address():
    counted = Connections(lambda address: address == "proxy", most=10)
    assert [counted.take("a") for _ in range(6)] == [True] * 5 + [False]
    assert counted.take("b")
    counted.give_back("a")
    assert counted.take("a") and not counted.take("a")
    assert [counted.take("proxy") for _ in range(5)] == [True] * 4 + [False], "all in all there are 10"
    assert counted.refused == 3


async def test_an_address_that_opens_connections_without_end_is_refused_and_others_are_not():
    counted = Connections(lambda address: address == "proxy", most=20_000)

    def opened(address: str, times: int) -> int:
        taken = 0
        for _ in range(times):
            if counted.take(address):
                taken += 1
                counted.give_back(address)
        return taken

    assert opened("flood", 6_000) < 4_500
    assert opened("school", 2_100) == 2_100
    assert opened("proxy", 6_000) == 6_000


async def test_drawing_a_room_over_and_over_is_limited_by_person(app: App, people: list[Browser]):  # noqa: F811
    _, ada, bo = people
    answers = []
    for _ in range(40):
        async with ada.http.get(ada.room) as answer:
            answers.append(answer.status)
    assert answers[:20] == [200] * 20 and answers[-1] == 429
    async with bo.http.get(bo.room) as answer:
        assert answer.status == 200
    assert "ack" in await ada.send(do="say", text="and I can still write")


async def test_a_connection_that_asks_nothing_is_dropped(app: App, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setattr(connections, "HALF_OPEN", 0.2)
    for sent in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "):
        reader, writer = await asyncio.open_connection("127.0.0.1", app.config.port)
        writer.write(sent)
        async with asyncio.timeout(5):
            with pytest.raises((ConnectionError, EOFError)):
                await reader.readexactly(1)
        writer.close()


async def test_a_form_that_never_arrives_is_given_up(app: App, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setattr("bot.platforms.web.guards.PATIENCE", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", app.config.port)
    writer.write(
        b"POST /r/circle/enter HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname="
    )
    async with asyncio.timeout(5):
        assert b" 408 " in await reader.readline()
    writer.close()


async def test_a_flood_of_requests_is_refused_and_others_are_served(app: App, people: list[Browser]):  # noqa: F811
    _, ada, bo = people
    found: list[int] = []

    async def ask() -> None:
        async with bo.http.get(f"{bo.room}/back") as answer:
            found.append(answer.status)

    for _ in range(10):
        await asyncio.gather(*(ask() for _ in range(30)))
    assert found.count(200) >= 100 and found.count(429) >= 30, (
        "a page may ask for much, and a flood is refused"
    )
    async with ada.http.get(ada.room) as answer:
        assert answer.status == 200


async def test_a_flood_of_entries_shuts_no_personal_link(
    app: App,  # noqa: F811
    people: list[Browser],  # noqa: F811
):
    for _ in range(600):
        app.server.parts.entries.take("127.0.0.1")
    fresh = Browser(app)
    try:
        assert (await fresh.enter("Cleo")).status == 400, "no more come in from there for a moment"
        me = await member_id(app, "Ada")
        token = app.server.parts.identity._signer.sign(f"back:{me}")  # as in the personal link
        async with fresh.http.post(
            f"{fresh.room}/back", data={"token": token, "sure": "yes"}, allow_redirects=False
        ) as answer:
            assert answer.status == 303
    finally:
        await fresh.close()


async def test_one_address_takes_half_of_the_rooms_to_try(app: App):  # noqa: F811
    from bot.authoring import demo_room

    rooms = app.demo_rooms
    taken = await asyncio.gather(
        *(rooms.start("Ada", host=False, address="flood") for _ in range(demo_room.AT_ONCE))
    )
    assert sum(room is not None for room in taken) == demo_room.OF_ONE_ADDRESS
    assert await rooms.start("Bo", host=False, address="elsewhere") is not None


async def test_what_is_no_request_costs_a_line_in_the_log_and_no_traceback(app: App, caplog):  # noqa: F811
    nonsense = (
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        # the first is answered, and after it on the same line comes none
        b"GET /try HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n",
        b"POST /try HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nname=x\r\n\r\nGET",
    )
    with capture_logs() as lines:
        for sent in nonsense * 10:
            reader, writer = await asyncio.open_connection("127.0.0.1", app.config.port)
            writer.write(sent)
            async with asyncio.timeout(5):
                assert await reader.readline()
            writer.close()
    assert not [record for record in caplog.records if record.name.startswith("aiohttp")]
    assert len(lines) < 3
