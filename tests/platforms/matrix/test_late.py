"""What people still do with a workshop in a Matrix room while the next one runs there: it acts on its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Phase, Share
from bot.core.model.session import Session
from tests.platforms.discord.test_late import SCRIPT
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.test_workshop import has


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    stub = await Stub().start()
    made = await House(stub, tmp_path, parse(SCRIPT)).open("bot")
    yield made
    await made.close()
    await stub.close()


class Two:
    """Two workshops of one room: the first is in review, the second runs."""

    def __init__(self, house: House) -> None:
        self.house, self.bot = house, house.account.user
        self.keys: list[str] = []
        self.own: dict[str, str] = {}
        self.said: dict[str, str] = {}  # messages of people, by what they are about

    async def begin(self) -> Two:
        self.host, self.ada, self.bo = [await self.house.guest(name) for name in ("hans", "ada", "bo")]
        self.room = await self.host.room(self.bot, self.ada.user, self.bo.user)
        for guest in (self.ada, self.bo):
            await guest.join(self.room)
        await self.host.until(await self.host.come(), has("!workshop open"), self.bot)
        await self.open()
        await self.tell("apples")
        await self.host.say(self.hosts, "!workshop end")
        await self.so(1, lambda s: s.phase is Phase.REVIEW, alone=False)
        await self.ada.until(self.own["ada"], has("Storyteller"), self.bot)
        await self.open()
        return self

    async def open(self) -> None:
        before = len(self.keys)
        await self.host.say(self.room, "!workshop start small")
        async with asyncio.timeout(15):
            while len(found := await self.house.store.sessions.listed()) == before:
                await asyncio.sleep(0.02)
        self.keys.append(found[0][0])
        if not before:
            self.hosts = await self.host.come()
        for name, guest in (("ada", self.ada), ("bo", self.bo)):
            await guest.say(self.room, "!join")
            if not before:
                self.own[name] = await guest.come()
        await self.so(before + 1, lambda s: len(s.people) == 2, alone=False)
        await self.host.say(self.hosts, "!workshop begin")
        await self.so(before + 1, lambda s: s.step == "hello", alone=False)

    async def tell(self, words: str) -> None:
        """Ada says a line, Bo thanks her, Ada tells a story that may be read."""
        number = len(self.keys)
        self.said["line"] = await self.ada.say(self.room, f"a line of {words}")
        await self.so(number, lambda s: s.answers, alone=False)
        await self.bo.say(self.own["bo"], f"!thanks ada: for the {words}")
        await self.so(number, lambda s: s.thanks, alone=False)
        await self.to(number, "tale")
        self.said["tale"] = await self.ada.say(self.own["ada"], f"a tale of {words}")
        await self.so(number, lambda s: len(s.answers) == 2, alone=False)
        await self.ada.say(self.own["ada"], "!share 2 name")
        await self.so(number, lambda s: any(a.share is Share.NAME for a in s.answers.values()), alone=False)
        await self.to(number, "wall")

    async def to(self, number: int, step: str) -> None:
        while (now := await self.of(number)).step != step:
            await self.host.say(self.hosts, f"!workshop next {now.moment}")
            await self.so(number, lambda s, moment=now.moment: s.moment != moment, alone=False)

    async def of(self, number: int) -> Session:
        return (await self.house.runtime.sessions.load(self.keys[number - 1]))[0]

    async def so(self, number: int, true: Callable[[Session], Any], *, alone: bool = True) -> Session:
        """Wait until something is so in one of them, while the other (`alone`) stays as it is."""
        before = await self.of(3 - number) if alone else None
        try:
            async with asyncio.timeout(15):
                while not true(session := await self.of(number)):
                    await asyncio.sleep(0.02)
        except TimeoutError as error:
            told = await self.ada.texts(self.own["ada"], self.bot) if self.own else []
            raise AssertionError(f"never came; Ada was told {told[-2:]}") from error
        if before is not None:
            after = await self.of(3 - number)
            kept = ("answers", "granted", "declined", "phase", "thanks", "threads", "recap_held", "moment")
            assert {k: getattr(after, k) for k in kept} == {k: getattr(before, k) for k in kept}
        return session

    async def under(self, guest: Guest, room: str, words: str) -> dict[str, Any]:
        """The relation that makes a line a reply to the bot's message with these words."""
        async with asyncio.timeout(15):
            while True:
                found = [
                    e["event_id"]
                    for e in await guest.events(room)
                    if words in str(e["content"].get("body", "")).replace("\u2068", "").replace("\u2069", "")
                    and e["sender"] == self.bot
                    and e["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"
                ]
                if found:
                    return {"m.relates_to": {"m.in_reply_to": {"event_id": found[-1]}}}
                await asyncio.sleep(0.02)


async def test_what_is_typed_means_the_workshop_that_has_it(house: House):
    two = await Two(house).begin()
    ada, own, host = two.ada, two.own["ada"], two.host
    me, story = (
        f"matrix:{ada.user}",
        next(a.id for a in (await two.of(1)).answers.values() if a.step == "tale"),
    )
    await ada.say(two.room, "a line of pears")
    await two.so(2, lambda s: s.answers)
    await ada.say(own, "!my")
    listed = (await ada.until(own, lambda texts: has("apples", "pears")(["\n".join(texts[-3:])]), two.bot))[
        -3:
    ]
    heading = next(
        line for text in listed for line in text.split("\n") if "A story" in line and line[0].isdigit()
    )
    number = heading.partition(".")[0]
    await ada.say(own, f"!share {number} anonymous")
    await two.so(1, lambda s: s.answers[story].share is Share.ANONYMOUS)
    await two.bo.say(two.own["bo"], "!endorse 1: I did the same")
    await two.so(1, lambda s: any(t.story == story for t in s.thanks.values()))
    for how, held in (("take", "granted"), ("decline", "declined")):
        for _ in range(2):  # the same text with another event id
            await ada.say(own, f"!recognition {how} storyteller")
        await two.so(1, lambda s, held=held: (me, "storyteller") in getattr(s, held))
    await host.say(two.hosts, "!review thread Everybody came early")
    await two.so(1, lambda s: s.threads)
    await host.say(two.hosts, "!review postpone we wait for Bo")
    await two.so(1, lambda s: s.recap_held)
    await ada.edit(two.room, two.said["line"], "a line of plums")
    await two.so(1, lambda s: "a line of plums" in [a.text("text") for a in s.answers.values()])
    await ada.redact(two.room, two.said["line"])
    await two.so(1, lambda s: any(a.withdrawn for a in s.answers.values()))
    await ada.edit(own, two.said["tale"], "a tale of plums")
    await two.so(1, lambda s: s.answers[story].text("moment") == "a tale of plums")
    await host.say(two.hosts, "!workshop publish")
    await two.so(1, lambda s: s.phase in (Phase.FOLLOWING, Phase.CLOSED))
    await ada.until(two.room, has("a tale of plums"), two.bot)
    await ada.say(own, f"!withdraw {number}")
    await two.so(1, lambda s: s.answers[story].withdrawn)
    await ada.until(two.room, lambda texts: not has("a tale of plums")(texts), two.bot)
    assert await house.store.outbox.dead() == []


async def test_a_number_of_thanks_means_the_newest_that_shows_it_and_under_a_message_its_own(house: House):
    two = await Two(house).begin()
    ada, own, host = two.ada, two.own["ada"], two.host
    await host.say(two.hosts, "!nod 1")
    await two.so(1, lambda s: s.thanks["1"].passed)
    first = await two.under(ada, own, "for the apples")
    await two.bo.say(two.own["bo"], "!thanks ada: for the pears")
    await two.so(2, lambda s: s.thanks)
    await ada.say(own, "!thanked 1 hide")  # the others have not reached her yet
    await two.so(1, lambda s: s.thanks["1"].hidden)
    await host.say(two.hosts, "!nod 1 no", **await two.under(host, two.hosts, "for the apples"))
    await two.so(1, lambda s: s.thanks["1"].passed is False)
    await host.say(two.hosts, "!nod 1", **await two.under(host, two.hosts, "for the apples"))
    await two.so(1, lambda s: s.thanks["1"].passed)
    await host.say(two.hosts, "!nod 1")
    await two.so(2, lambda s: s.thanks["1"].passed)
    await ada.say(own, "!thanked 1 hide")
    await two.so(2, lambda s: s.thanks["1"].hidden)
    await ada.say(own, "!thanked 1 show", **first)
    await two.so(1, lambda s: not s.thanks["1"].hidden)
    assert (await two.of(2)).thanks["1"].hidden
