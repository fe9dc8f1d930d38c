"""What people still do with a workshop in a Discord channel while the next one runs there: it acts on its own."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Phase, Share
from bot.core.model.session import Session
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord
from tests.platforms.discord.test_workshop import go_to, hosts_thread
from tests.platforms.discord.wire import walk
from tests.support import plain

SCRIPT = """
id: small
title: Small circle
about: A question and a story.
minutes: 20
review_hours: 24
audience: adults
contact: Cora
recognition:
  - {earn: story, role: Storyteller}
  - {earn: thanked, role: Kind soul}
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you?", minutes: 5, reveal: live}
  - {id: tale, kind: story, title: A story, say: Tell it., minutes: 5, fields: [{key: moment, label: "What happened?"}]}
  - {id: wall, kind: gallery, title: The wall, say: Read., minutes: 5, cards_from: tale}
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = House(server, tmp_path, parse(SCRIPT), read_messages=True)
    made.clock = Ahead(server)
    made.roles = True
    await made.start()
    yield made
    await made.close()
    await server.close()


class Two:
    """Two workshops of one channel: the first is in review, the second runs."""

    def __init__(self, house: House) -> None:
        self.house, self.server = house, house.server
        self.ada, self.bo, self.cy = (house.server.user(name) for name in ("Ada", "Bo", "Cy"))
        self.keys: list[str] = []
        self.lines: list[int] = []

    def host(self, command: str, **args: str) -> None:
        self.server.slash(self.house.host, self.house.room, command, manages=True, **args)

    async def open(self) -> None:
        house, before = self.house, len(self.keys)
        self.host("workshop open", workshop="small")
        async with asyncio.timeout(15):
            while len(found := await house.store.sessions.listed()) == before:
                await asyncio.sleep(0.01)
        house.key = found[0][0]
        self.keys.append(house.key)
        for who in (self.ada, self.bo):
            await self.server.answered(self.server.slash(who, house.room, "join"), "You're in")
        self.host("workshop start")
        await house.so(lambda s: s.step, "the first step")

    async def tell(self, words: str) -> None:
        """Ada says a line, Bo thanks her, Ada tells a story that may be read."""
        house, server, room = self.house, self.server, self.house.room
        self.lines.append(server.say(self.ada, room, f"a line of {words}"))
        await house.so(lambda s: s.answers, "a line")
        thanked = server.slash(self.bo, room, "thanks", what=f"Ada: for the {words}")
        await server.answered(thanked, "Thanks!")
        await go_to(house, "tale")
        prompt = await server.until(lambda: server.last(room, "Tell it"))
        opened = await server.answered(server.press(self.ada, room, "Answer", prompt))
        await server.answered(
            server.send_form(opened, moment=f"a tale of {words}", **{"share?": ["name"]}), "Got it"
        )
        await go_to(house, "wall")

    async def begin(self) -> Two:
        await self.open()
        await self.tell("apples")
        self.host("workshop end")
        await self.house.so(lambda s: s.phase is Phase.REVIEW, "the review")
        self.offer = await self.seen_by(self.ada, "Accept")
        self.glance = await self.server.until(
            lambda: (hosts_thread(self.house), self.server.last(hosts_thread(self.house), "for the"))
        )
        await self.open()
        return self

    async def seen_by(self, user: int, button: str) -> tuple[int, dict]:
        """Where somebody has a message with this button, in answers to them or in direct messages; and the message."""
        server, direct = self.server, self.server.direct(user)

        def found() -> list[tuple[int, dict]]:
            whispered = [
                (i.channel, m) for i in server.interactions.values() if i.user == user for m in i.shown
            ]
            mailed = [(direct, m) for m in server.messages[direct].values()]
            return [
                each for each in whispered + mailed
                if any(p["type"] == 2 and button in (p.get("label") or "") for p in walk(each[1].get("components") or []))
            ]  # fmt: skip

        return (await server.until(found, f"a message with {button}"))[-1]

    async def of(self, number: int) -> Session:
        return (await self.house.runtime.sessions.load(self.keys[number - 1]))[0]

    async def so(self, number: int, true, what: str) -> Session:
        """Wait until something is so in one of them, while the other stays as it is."""
        other = 3 - number
        before = await self.of(other)
        self.house.key = self.keys[number - 1]
        session = await self.house.so(true, what)
        after = await self.of(other)
        kept = (
            "answers",
            "granted",
            "declined",
            "phase",
            "thanks",
            "threads",
            "recap_held",
            "offers",
            "filmed",
        )
        assert {k: getattr(after, k) for k in kept} == {k: getattr(before, k) for k in kept}, what
        return session


async def test_buttons_of_the_first_act_on_the_first(house: House):
    two = await Two(house).begin()
    server, me = house.server, f"discord:{two.ada}"
    where, offer = two.offer
    for _ in range(2):
        server.press(two.ada, where, "Accept", offer)
        await two.so(1, lambda s: (me, "storyteller") in s.granted, "the role")
    await server.until(
        lambda: server.roles_of(house.guild, two.ada) == ["Storyteller"], "the role in the server"
    )
    server.press(two.ada, where, "No, thank you", offer)
    await two.so(1, lambda s: (me, "storyteller") in s.declined, "given back")
    await server.until(lambda: server.roles_of(house.guild, two.ada) == [], "the role is taken away")
    place, glance = copy.deepcopy(two.glance)  # as somebody still has it on their screen
    for _ in range(2):
        server.press(house.host, place, "Pass it on", glance, manages=True)
        await two.so(1, lambda s: s.thanks["1"].passed, "the thanks go on")
    where, thanked = await two.seen_by(two.ada, "Keep it for me")
    server.press(two.ada, where, "Keep it for me", thanked)
    await two.so(1, lambda s: s.thanks["1"].hidden, "hidden")
    panels = [m for m in server.messages[place].values() if two.keys[0] in str(m["components"])]
    moment = (await two.of(2)).moment
    for panel in panels:  # buttons on what is left of the first, also those that began and ended it
        for part in walk(panel["components"]):
            if part["type"] == 2 and part.get("label") in (
                "Start",
                "Next",
                "Pause",
                "End with recap",
                "Close the lobby",
            ):
                server.press(house.host, place, part["label"], panel, manages=True)
    await house.runtime.delivery.idle()
    assert (await two.of(2)).moment == moment and not (await two.of(2)).paused
    assert (await two.of(1)).phase is Phase.REVIEW


async def test_what_is_typed_means_the_workshop_that_has_it(house: House):
    two = await Two(house).begin()
    server, room, me = house.server, house.room, f"discord:{two.ada}"
    story = next(a.id for a in (await two.of(1)).answers.values() if a.step == "tale")
    # `/my` lists both; what stands in the first has its number there
    server.say(two.ada, room, "a line of pears")
    house.key = two.keys[1]
    await house.so(lambda s: s.answers, "a line in the second")
    mine = await server.answered(server.slash(two.ada, room, "my answers"), "apples")
    text = plain(mine.text())
    number = next(
        line.partition(".")[0]
        for line in text.split("\n")
        if line.startswith(("1.", "2.", "3.")) and "story" in line.lower()
    )
    server.slash(two.ada, room, "my share", answer=number, how="anonymous")
    await two.so(1, lambda s: s.answers[story].share is Share.ANONYMOUS, "without a name")
    server.slash(two.bo, room, "thanks", what="1: I did the same")
    await two.so(1, lambda s: any(t.story == story for t in s.thanks.values()), "a sentence beside the story")
    server.slash(two.ada, room, "my share", answer=number, how="name")
    await two.so(1, lambda s: s.answers[story].share is Share.NAME, "with the name")
    server.slash(two.ada, room, "my badges", how="accept storyteller")
    await two.so(1, lambda s: (me, "storyteller") in s.granted, "the role")
    server.slash(two.ada, room, "my badges", how="decline storyteller")
    await two.so(1, lambda s: (me, "storyteller") in s.declined, "given back")
    two.host("recognition approve", thanks="1")
    await two.so(1, lambda s: s.thanks["1"].passed, "the thanks go on")
    server.slash(two.ada, room, "my thanks", thanks="1", how="hide")
    await two.so(1, lambda s: s.thanks["1"].hidden, "hidden")
    two.host("recap theme", line="Everybody came early")
    await two.so(1, lambda s: s.threads, "a theme")
    two.host("recap delay", reason="we wait for Bo")
    await two.so(1, lambda s: s.recap_held, "put off")
    packed = server.slash(house.host, room, "recap download", manages=True)
    await server.answered(packed)
    # a line of the first, edited and deleted in the room
    server.edit(room, two.lines[0], "a line of plums")
    await two.so(1, lambda s: "a line of plums" in [a.text("text") for a in s.answers.values()], "the edit")
    server.delete(room, two.lines[0])
    await two.so(1, lambda s: any(a.withdrawn for a in s.answers.values()), "the deletion")
    two.host("recap publish")
    await two.so(1, lambda s: s.phase in (Phase.FOLLOWING, Phase.CLOSED), "the recap")
    found = await server.until(
        lambda: [m for m in server.messages[room].values() if f"|own|{two.keys[0]}" in str(m["components"])],
        "a message of the first with its button",
    )
    recap = found[-1]
    own = await server.answered(server.press(two.ada, room, "My answers", recap), "apples")
    assert "pears" not in own.text()
    server.slash(two.ada, room, "my delete", answer=number)
    await two.so(1, lambda s: s.answers[story].withdrawn, "taken back")
    await server.until(
        lambda: not any("a tale of apples" in text for text in server.shown(room)), "the recap follows"
    )
    assert not await house.store.outbox.dead()


async def test_a_number_of_thanks_means_the_newest_workshop_that_shows_it(house: House):
    two = await Two(house).begin()
    server, room = house.server, house.room
    two.host("recognition approve", thanks="1")
    await two.so(1, lambda s: s.thanks["1"].passed, "the first are let on")
    house.key = two.keys[1]
    await server.answered(server.slash(two.bo, room, "thanks", what="Ada: for the pears"), "Thanks!")
    await house.so(lambda s: s.thanks, "thanks in the second")
    server.slash(two.ada, room, "my thanks", thanks="1", how="hide")  # the others have not reached her yet
    await two.so(1, lambda s: s.thanks["1"].hidden, "the first are hidden")
    two.host("recognition approve", thanks="1")
    await two.so(2, lambda s: s.thanks["1"].passed, "the second are let on")
    server.slash(two.ada, room, "my thanks", thanks="1", how="hide")
    await two.so(2, lambda s: s.thanks["1"].hidden, "the second are hidden")
    server.slash(two.bo, room, "my thanks", thanks="1", how="back")
    await two.so(2, lambda s: "1" not in s.thanks, "taken back")
    server.slash(two.bo, room, "my thanks", thanks="1", how="name")  # now only the first shows it
    await two.so(1, lambda s: s.thanks["1"].share is Share.NAME, "under the name")


async def test_a_companion_of_the_first_still_is_one_there_and_only_there(house: House):
    two = Two(house)
    await two.open()
    two.host("workshop cohost", name="Bo")
    await house.so(lambda s: s.companions, "a companion")
    await two.tell("apples")
    two.host("workshop end")
    await house.so(lambda s: s.phase is Phase.REVIEW, "the review")
    await two.open()
    server, room = house.server, house.room
    server.slash(two.bo, room, "recap theme", line="Everybody came early")
    await two.so(1, lambda s: s.threads, "a theme")
    draft = server.slash(two.bo, room, "recap preview")
    await server.answered(draft, "a tale of apples")
    moment = (await two.of(2)).moment
    await server.answered(server.slash(two.bo, room, "workshop next"))
    assert (await two.of(2)).moment == moment
