"""Pairs in Discord: everybody knows with whom they talk, at the start and after every change, and sits in that thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import BOT, Discord, unescaped
from tests.platforms.discord.test_workshop import go_to
from tests.support import plain

SCRIPT = """
id: small
title: In pairs
about: Two talk.
minutes: 30
audience: adults
contact: Cora
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you?", minutes: 5}
  - {id: talk, kind: pair, title: Talk, say: "Tell each other.", minutes: 10, size: 2}
  - {id: end, kind: message, title: End, say: "Thank you.", minutes: 1}
"""
NAMES = ("Ada", "Bo", "Chi", "Dan", "Eve", "Fay")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = House(server, tmp_path, parse(SCRIPT))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()
    await server.close()


class Round:
    """The people of a house in their pairs."""

    def __init__(self, house: House, people: list[int]) -> None:
        self.house, self.server = house, house.server
        self.people = dict(zip(NAMES, people, strict=False))

    async def begin(self) -> Round:
        await go_to(self.house, "talk")
        await self.house.so(
            lambda s: set(s.places) >= set(s.steps["talk"].pairs or ["none"]), "their threads"
        )
        return self

    def private(self, name: str) -> list[str]:
        """What the bot said to somebody alone: in answers that only they see, and in direct messages."""
        user = self.people[name]
        shown = [each.text() for each in self.server.interactions.values() if each.user == user]
        return [plain(unescaped(text)) for text in [*shown, *self.server.shown(self.server.direct(user))]]

    async def groups(self) -> list[set[str]]:
        """Who sits together, by name; nobody in an empty conversation."""
        session = await self.house.session()
        pairs = session.steps["talk"].pairs.values()
        return [{session.people[person].name for person in group} for group in pairs if group]

    async def group_of(self, name: str) -> set[str]:
        return next((group for group in await self.groups() if name in group), set())

    async def told(self, name: str, *words: str) -> None:
        """Wait until somebody was told these words in one private message."""
        await self.server.until(
            lambda: any(all(word in text for word in words) for text in self.private(name)),
            f"{words} to {name}; there is {self.private(name)}",
        )

    async def seated(self) -> None:
        """Wait until each thread holds those of its group, and nobody else."""
        session = await self.house.session()
        for place, group in session.steps["talk"].pairs.items():
            there = await self.server.until(
                lambda place=place: self.thread(session.places[place]), f"the thread of {place}"
            )
            wanted = {int(person.removeprefix("discord:")) for person in group} | {BOT}
            await self.server.until(
                lambda there=there, wanted=wanted: there["_members"] == wanted, f"{group} in {place}"
            )

    def thread(self, channel: str) -> dict:
        return self.server.channels[int(channel.removeprefix("discord:"))]

    async def said_in(self, group: set[str], *words: str) -> None:
        """Wait until the thread of a group shows these words in one message."""
        session = await self.house.session()
        place = next(
            place
            for place, people in session.steps["talk"].pairs.items()
            if {session.people[person].name for person in people} == group
        )
        channel = int(session.places[place].removeprefix("discord:"))
        await self.server.until(
            lambda: any(all(word in plain(text) for word in words) for text in self.server.shown(channel)),
            f"{words} in the thread of {group}; there is {self.server.shown(channel)}",
        )


async def test_everybody_is_told_by_name_with_whom_they_talk(house: House):
    round = await Round(house, await house.open(*NAMES)).begin()
    for group in await round.groups():
        for name in group:
            await round.told(name, "You're with", *(group - {name}), "first.")
        await round.said_in(group, *group, "goes first.")
    await round.seated()


async def test_after_a_change_all_of_them_know_who_is_there(house: House):
    round = await Round(house, await house.open(*NAMES)).begin()
    await round.seated()
    [left] = await round.group_of("Ada") - {"Ada"}
    house.server.press(round.people["Ada"], house.room, "Change partner")
    await house.so(
        lambda s: any(len(g) == 3 for g in s.steps["talk"].pairs.values()),
        "OK, a group of 3 if enough people want one",
    )
    for name in ("Ada", left):
        group = await round.group_of(name)
        await round.told(name, "new group", *(group - {name}))
        await round.said_in(group, "In this group now", *group)
    assert left not in await round.group_of("Ada")
    await round.seated()


@pytest.mark.parametrize("how", ["leave", "remove", "forget"])
async def test_who_is_left_alone_hears_it_at_once_and_is_put_with_others(house: House, how: str):
    round = await Round(house, await house.open(*NAMES)).begin()
    await round.seated()
    [left] = await round.group_of("Ada") - {"Ada"}
    if how == "remove":
        house.server.slash(house.host, house.room, "workshop remove", manages=True, name="Ada")
    elif how == "forget":
        house.server.slash(round.people["Ada"], house.room, "my erase", me="confirm")
    else:
        house.server.slash(round.people["Ada"], house.room, "leave")
    await house.so(
        lambda s: any(len(g) == 3 for g in s.steps["talk"].pairs.values()),
        "OK, a group of 3 if enough people want one",
    )
    group = await round.group_of(left)
    assert len(group) == 3
    await round.told(left, "has left your group", *(group - {left}))
    await round.said_in(group, "In this group now", *group)
    await round.seated()


async def test_one_of_two_leaves_and_who_comes_is_seated_with_the_other(house: House):
    round = await Round(house, await house.open("Ada", "Bo")).begin()
    await round.seated()
    house.server.slash(round.people["Ada"], house.room, "leave")
    await round.told("Bo", "Your partner has left", "on your own")
    round.people["Cy"] = cy = house.server.user("Cy")
    await house.server.answered(house.server.slash(cy, house.room, "join"), "You're with")
    assert await round.group_of("Cy") == {"Bo", "Cy"}
    await round.told("Cy", "You're with", "Bo")
    await round.said_in({"Bo", "Cy"}, "In this group now", "Bo", "Cy")
    await round.seated()


async def test_a_line_that_one_of_them_sent_is_there_for_the_other(house: House):
    round = await Round(house, await house.open("Ada", "Bo")).begin()
    await round.seated()
    session = await house.session()
    [place] = session.steps["talk"].pairs
    thread = int(session.places[place].removeprefix("discord:"))
    await round.said_in({"Ada", "Bo"}, "In this group", "goes first.")
    opened = await house.server.answered(house.server.press(round.people["Ada"], thread, "Answer"))
    key = opened.modal["components"][0]["component"]["custom_id"]
    await house.server.answered(house.server.send_form(opened, **{key: "we saw a fox"}), "Got it")
    await round.said_in({"Ada", "Bo"}, "Ada wrote this for your group", "we saw a fox")
    again = await house.server.answered(house.server.press(round.people["Bo"], thread, "Answer"))
    assert again.modal is not None


async def test_after_a_restart_who_changes_still_moves(house: House):
    """Discord lists no members of a thread for a bot without a privileged intent; the bot knows whom it seated."""
    round = await Round(house, await house.open(*NAMES)).begin()
    await round.seated()
    await house.stop()
    await house.start()
    house.server.press(round.people["Ada"], house.room, "Change partner")
    await house.so(
        lambda s: any(len(g) == 3 for g in s.steps["talk"].pairs.values()),
        "OK, a group of 3 if enough people want one",
    )
    await round.seated()
    assert not [each for each in house.server.requests if each[1].endswith("/thread-members")]
    assert not await house.store.outbox.dead()
