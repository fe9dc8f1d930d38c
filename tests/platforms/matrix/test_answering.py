"""How one answers where there are no forms: what the room says, what is typed where others read it, what follows a line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.test_workshop import has

SCRIPT = """
id: plain
title: Plain
about: Three questions.
minutes: 30
audience: adults
contact: Cora
steps:
  - {id: mood, kind: choice, title: Mood, say: "How is it?", minutes: 5,
     options: [{key: up, label: Up}, {key: down, label: Down}]}
  - {id: taps, kind: scale, title: Taps, say: Two things., minutes: 5,
     items: [{key: a, label: One}, {key: b, label: Two}]}
  - id: tale
    kind: story
    title: A story
    say: Tell it.
    minutes: 12
    fields:
      - {key: moment, label: "What happened?"}
      - {key: loop, label: "What else?", optional: true}
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    stub = await Stub().start()
    made = await House(stub, tmp_path, parse(SCRIPT, "plain.yaml")).open("bot")
    yield made
    await made.close()
    await stub.close()


async def so(house: House, true: Callable[[Session], bool], what: str) -> Session:
    """Wait until the session is so."""
    key = (await house.store.sessions.listed())[0][0]
    async with asyncio.timeout(20):
        while not true((await house.runtime.sessions.load(key))[0]):
            await asyncio.sleep(0.02)
    return (await house.runtime.sessions.load(key))[0]


async def test_the_room_teaches_nothing_that_gives_private_words_away(house: House):
    bot = house.account.user
    host, ada = await house.guest("hans"), await house.guest("ada")
    room = await host.room(bot, ada.user)
    await ada.join(room)
    await host.come()
    await host.say(room, "!workshop start plain")
    await ada.until(room, has("!join"), bot)
    await ada.say(room, "!join")
    direct = await ada.come()
    await host.say(room, "!read")
    await host.say(room, "!workshop begin")
    await ada.until(room, has("Mood", "I'll ask you in our direct chat"), bot)
    await ada.until(direct, has("Mood", "Your choice stays private"), bot)
    picked = await ada.say(room, "!pick 2")
    await ada.until(direct, has("If you delete that message, I'll delete that answer, too"), bot)
    await so(house, lambda s: [a.picks for a in s.answers.values()] == [("down",)], "a tap")
    await ada.edit(room, picked, "!pick 1")
    await so(house, lambda s: [a.picks for a in s.answers.values()] == [("up",)], "another tap")
    await host.say(room, "!workshop next")
    await host.say(room, "!workshop next")
    await ada.until(room, has("A number from 1 to 5 for each", "I'll ask you in our direct chat"), bot)
    await ada.until(direct, has("Taps"), bot)
    await ada.say(direct, "3 4")
    await so(house, lambda s: len(s.answers) == 2, "numbers")
    await host.say(room, "!workshop next")
    await host.say(room, "!workshop next")
    await ada.until(direct, has("A story", "What happened?"), bot)
    said = await ada.say(room, "!answer The door was open")
    await ada.until(
        direct, lambda texts: sum("what you typed there" in text for text in texts) == 2, bot
    )  # one each
    await ada.edit(room, said, "!answer The gate was open")
    await so(house, lambda s: "The gate was open" in [a.text("moment") for a in s.answers.values()], "a gate")
    await ada.redact(room, said)
    await so(house, lambda s: not s.steps["tale"].by_person, "nothing")
    for text in await ada.texts(room, bot):
        assert "button" not in text and "form" not in text, text
        assert "!answer" not in text and "!pick" not in text, text


async def test_a_command_under_a_question_means_that_question(house: House):
    bot = house.account.user
    host, ada, bo = [await house.guest(name) for name in ("hans", "ada", "bo")]
    room = await host.room(bot, ada.user, bo.user)
    await host.come()
    await host.say(room, "!workshop start plain")
    places = []
    for guest in (ada, bo):
        await guest.join(room)
        await guest.say(room, "!join")
        places.append(await guest.come())
    direct = places[0]
    await host.say(room, "!workshop begin")
    await ada.until(direct, has("Mood", "Your choice stays private"), bot)
    await bo.until(places[1], has("Mood"), bot)
    await bo.say(places[1], "1")
    await so(house, lambda s: bool(s.answers), "one tap")
    [asked] = [e for e in await ada.events(direct) if "Mood" in e["content"].get("body", "")]
    while (now := await so(house, lambda s: True, "")).step == "mood":
        await host.say(room, f"!workshop next {now.moment}")
        await so(house, lambda s, moment=now.moment: s.moment != moment, "the next moment")
    await ada.until(direct, has("Taps"), bot)
    under = {"m.relates_to": {"m.in_reply_to": {"event_id": asked["event_id"]}}}
    await ada.say(direct, "!pick 2", **under)
    session = await so(house, lambda s: len(s.answers) == 2, "another tap")
    assert [(a.step, a.picks) for a in session.answers.values()] == [("mood", ("up",)), ("mood", ("down",))]


async def test_a_caption_is_an_answer_and_what_has_no_words_is_said_once(house: House):
    bot = house.account.user
    host, ada = await house.guest("hans"), await house.guest("ada")
    room = await host.room(bot, ada.user)
    await host.come()
    await host.say(room, "!workshop start plain")
    await ada.join(room)
    await ada.say(room, "!join")
    direct = await ada.come()
    await host.say(room, "!workshop begin")
    await ada.until(direct, has("Mood", "1. Up"), bot)
    sent: dict[str, object] = {"url": "mxc://localhost/abc", "info": {"mimetype": "image/png"}}
    for kind in ("m.image", "m.audio", "m.file", "m.video"):
        await ada.send(direct, {"msgtype": kind, "body": "holiday.png", **sent})
    await ada.send(direct, {"body": "A smile", **sent}, "m.sticker")
    await ada.send(room, {"msgtype": "m.image", "body": "holiday.png", **sent})
    await ada.send(direct, {"msgtype": "m.image", "body": "2", "filename": "holiday.png", **sent})
    await so(house, lambda s: [a.picks for a in s.answers.values()] == [("down",)], "a caption")
    await ada.until(direct, has("I can only save words"), bot)
    assert sum("I can only save words" in text for text in await ada.texts(direct, bot)) == 1
    assert not any("only save words" in text for text in await ada.texts(room, bot))
