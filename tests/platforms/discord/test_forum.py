"""A workshop over days whose questions stand in a forum channel, a post for each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.config import Config
from bot.core.model.facts import Phase
from bot.core.model.session import Session
from bot.platforms.discord import setup
from tests.core.pacing.test_multi_day import week
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import TOKEN, Discord, answer, until_noon


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


async def opened(server: Discord, folder: Path, *, reading: bool = True, forum: str = "Workshops") -> House:
    """A server with a forum, and the second day of a workshop with two people."""
    house = House(server, folder, week(), read_messages=reading)
    house.clock = Ahead(server)
    house.forum = forum
    server.channel(house.guild, "workshops", kind=15)
    await house.start()
    return house


async def first_day(house: House) -> None:
    house.server.slash(house.host, house.room, "workshop start", manages=True)
    await house.so(lambda s: s.phase is Phase.RUNNING, "the calendar")
    house.server.ahead += 86_400  # nine o'clock lies in every day once


def posts(server: Discord) -> dict[str, int]:
    """The posts of the forum, by their titles."""
    forum = next(c for c in server.channels.values() if c["type"] == 15)
    return {c["name"]: int(c["id"]) for c in server.channels.values() if c.get("parent_id") == forum["id"]}


def said(session: Session) -> list[str]:
    """The lines that count."""
    return [a.pieces["text"].text for a in session.answers.values() if not a.withdrawn]


async def test_each_question_is_a_post_with_its_buttons_and_what_is_said_under_it_answers_it(
    server: Discord, tmp_path: Path
):
    server.ahead = until_noon()
    house = await opened(server, tmp_path)
    try:
        ada, bo = await house.open("Ada", "Bo", begin=False, how="async")
        await server.until(lambda: "Hello" in posts(server), "the post of the lobby's question")
        hello = posts(server)["Hello"]
        await server.until(
            lambda: any(f"<#{hello}>" in t for t in server.shown(house.room)), "a line in the room"
        )
        assert not any("One line, please?" in text for text in server.shown(house.room))
        assert "One line, please?" in server.shown(hello)[0]

        # a plain line under it, changed, then taken away
        line = server.say(ada, hello, "By the window")
        await house.so(lambda s: said(s) == ["By the window"], "an answer")
        await server.until(lambda: server.signs(hello, line) == ["✅"], "the tick in the post")
        server.edit(hello, line, "By the door")
        await house.so(lambda s: said(s) == ["By the door"], "the change")
        server.delete(hello, line)
        await house.so(lambda s: said(s) == [], "gone")

        # the menu of a message, and the button
        other = server.say(bo, hello, "With tea")
        await house.so(lambda s: said(s) == ["With tea"], "Bo's")
        server.use(bo, hello, other)
        await house.stop()

        # while it is away something is said, changed and taken back
        later = server.say(ada, hello, "On the train")
        server.edit(hello, other, "With coffee")
        await house.start()
        await house.so(
            lambda s: sorted(said(s)) == ["On the train", "With coffee"],
            "what was said meanwhile",
        )
        await server.until(lambda: server.signs(hello, later) == ["✅"], "the tick on it")

        await first_day(house)
        await server.until(lambda: {"Gut", "Deeper", "A tale"} <= set(posts(server)), "the posts of the day")
        gut = posts(server)["Gut"]
        tapped = server.press(ada, gut, "Answer", server.last(gut))
        await server.answered(tapped)
        server.press(ada, gut, "Apples", tapped.shown[-1])
        await house.so(lambda s: s.steps["gut"].by_person, "a tap in the post")
        assert len([t for t in server.shown(house.room) if f"<#{gut}>" in t]) == 1
        assert not await house.store.outbox.dead()
    finally:
        await house.close()


async def test_a_post_is_made_once_though_its_answer_was_lost(server: Discord, tmp_path: Path):
    house = await opened(server, tmp_path, reading=False)
    lost: list[str] = []

    def lose(method: str, path: str) -> bool:
        forum = next(c["id"] for c in server.channels.values() if c["type"] == 15)
        if method == "POST" and path == f"/channels/{forum}/threads" and not lost:
            lost.append(path)
            return True
        return False

    server.lose_answer = lose
    try:
        await house.open("Ada", begin=False, how="async")
        await server.until(
            lambda: any("you'll find the question in" in t for t in server.shown(house.room)),
            "a line in the room",
        )
        assert lost and list(posts(server)) == ["Hello"]
        assert len(posts(server)) == len([c for c in server.channels.values() if c["type"] == 11])
    finally:
        await house.close()


async def test_without_such_a_channel_questions_stand_in_the_room_and_hosts_hear_why(
    server: Discord, tmp_path: Path
):
    house = await opened(server, tmp_path, forum="elsewhere")
    try:
        await house.open("Ada", begin=False, how="async")
        await server.until(
            lambda: any("One line, please?" in t for t in server.shown(house.room)), "the question"
        )
        assert not posts(server)
        await server.until(
            lambda: any(
                "Create it, let me post in it, or change discord_forum in the settings" in t
                for c in server.channels
                for t in server.shown(c)
            ),
            "a word to the hosts",
        )
    finally:
        await house.close()


async def test_a_forum_that_insists_on_a_tag_gets_one_and_a_missing_right_is_told(
    server: Discord, tmp_path: Path
):
    house = await opened(server, tmp_path)
    forum = next(c for c in server.channels.values() if c["type"] == 15)
    forum |= {
        "flags": 16,
        "available_tags": [
            {"id": "77", "name": "workshop", "moderated": False, "emoji_id": None, "emoji_name": None}
        ],
    }
    await house.stop()
    await house.start()
    try:
        await house.open("Ada", begin=False, how="async")
        await server.until(lambda: posts(server), "the post")
        assert not await house.store.outbox.dead()
    finally:
        await house.close()


@pytest.mark.parametrize(("named", "well"), [("Workshops", True), ("elsewhere", False)])
async def test_doctor_looks_for_it(server: Discord, tmp_path: Path, monkeypatch, named: str, well: bool):
    host = server.user("Hans")
    guild = server.guild(host)
    server.channel(guild, "workshops", kind=15)
    server.lead_here()
    monkeypatch.setenv("STORYCIRCLE_DISCORD_TOKEN", TOKEN)

    def channels(method: str, path: str) -> web.Response | None:
        if path != f"/guilds/{guild}/channels":
            return None
        return answer([c for c in server.channels.values() if c.get("guild_id") == str(guild)])

    server.upset = channels
    found = [f async for f in setup.examine(Config(data=tmp_path, discord=True, discord_forum=named))]
    assert [fine for fine, says in found if "forum channel" in says] == [well]
