"""A question that everybody watches, as a poll of Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from tests.core.steps.test_polls import SCRIPT
from tests.platforms.discord.house import House
from tests.platforms.discord.server import Discord


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


@pytest.fixture
async def house(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(server, tmp_path, parse(SCRIPT)).start()
    yield made
    await made.close()


def polls(house: House) -> list[dict[str, Any]]:
    return [m for m in house.server.messages[house.room].values() if "poll" in m]


async def the_poll(house: House) -> int:
    await house.server.until(lambda: polls(house), "the poll")
    return int(polls(house)[0]["id"])


def held(session: Session) -> dict[str, str]:
    """What each person holds."""
    return {
        session.people[a.person].name: a.picks[0]
        for a in session.answers.values()
        if a.picks and not a.withdrawn
    }


async def test_a_vote_is_an_answer_and_follows_its_author_and_the_poll_ends_with_its_step(house: House):
    server = house.server
    ada, bo, _ = await house.open("Ada", "Bo", "Cy")
    poll = await the_poll(house)
    asked = server.messages[house.room][poll]["poll"]
    assert asked["question"]["text"] == "Next time: When do we meet next?"
    assert [a["poll_media"]["text"] for a in asked["answers"]] == ["Monday", "Tuesday", "Wednesday"]
    server.vote(ada, house.room, poll, 2)
    server.vote(bo, house.room, poll, 1)
    await house.so(lambda s: held(s) == {"Ada": "tue", "Bo": "mon"}, "two votes")
    server.vote(ada, house.room, poll, 2, on=False)
    server.vote(ada, house.room, poll, 3)
    await house.so(lambda s: held(s) == {"Ada": "wed", "Bo": "mon"}, "another vote")
    server.vote(bo, house.room, poll, 1, on=False)
    await house.so(lambda s: held(s) == {"Ada": "wed"}, "a vote taken back")
    server.slash(bo, house.room, "answer", text="1")
    await house.so(lambda s: held(s) == {"Ada": "wed", "Bo": "mon"}, "typed")

    await house.stop()
    server.vote(bo, house.room, poll, 2)  # nobody is told of this one
    await house.start()
    await house.so(lambda s: held(s) == {"Ada": "wed", "Bo": "tue"}, "what was voted meanwhile")

    moment = (await house.session()).moment
    server.slash(house.host, house.room, "workshop next", manages=True, leaving=moment)
    await server.until(lambda: polls(house)[0]["poll"]["results"]["is_finalized"], "the end of the poll")
    await server.until(
        lambda: any("1 × Wednesday: Ada" in plain(t) for t in server.shown(house.room)), "what came of it"
    )
    assert len(polls(house)) == 1 and not await house.store.outbox.dead()


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


async def test_a_stranger_who_votes_is_asked_to_join(house: House):
    server = house.server
    await house.open("Ada")
    poll = await the_poll(house)
    stranger = server.user("Sam")
    server.vote(stranger, house.room, poll, 1)
    direct = server.direct(stranger)
    await server.until(lambda: any("join" in t.lower() for t in server.shown(direct)), "a word in private")
    assert held(await house.session()) == {}


async def test_a_poll_stands_there_once_though_its_answer_was_lost(house: House):
    server = house.server
    lost: list[str] = []

    def lose(method: str, path: str) -> bool:
        if method == "POST" and path.endswith("/messages") and polls(house) and not lost:
            lost.append(path)
            server.forget_nonces()
            return True
        return False

    server.lose_answer = lose
    ada, *_ = await house.open("Ada", "Bo")
    poll = await the_poll(house)
    await house.so(lambda s: s.step == "when", "the step")
    await server.until(lambda: lost, "the lost answer")
    await house.platform_knows(poll)
    server.vote(ada, house.room, poll, 1)
    await house.so(lambda s: held(s) == {"Ada": "mon"}, "a vote")
    assert len(polls(house)) == 1


async def test_where_it_may_make_no_polls_a_list_stands_there(house: House):
    server = house.server
    server.denied.add((house.room, "polls"))
    ada, *_ = await house.open("Ada", "Bo")
    await server.until(lambda: any("so far" in t for t in server.shown(house.room)), "the list")
    server.slash(ada, house.room, "answer", text="2")
    await server.until(
        lambda: any("1 × Tuesday: Ada" in plain(t) for t in server.shown(house.room)), "the tap", seconds=25
    )
    assert not polls(house)
