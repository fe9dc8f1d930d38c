"""Pairs in Matrix: everybody knows with whom they talk, at the start and after every change, and sits in that place."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_pairs import SCRIPT
from tests.platforms.matrix.test_workshop import has


@pytest.fixture(params=["room", "thread"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(SCRIPT % request.param)).open(f"bot{secrets.token_hex(4)}")
    made.apart = request.param == "room"
    yield made
    await made.close()


class Round:
    """People of one room in their pairs, each with a client and a private room with the bot."""

    def __init__(self, house: House) -> None:
        self.house, self.bot = house, house.account.user
        self.tag = secrets.token_hex(4)
        self.people: dict[str, Guest] = {}
        self.own: dict[str, str] = {}  # the private room of each

    async def begin(self, *names: str) -> Round:
        self.host = await self.house.guest(f"host{self.tag}")
        for name in names:
            self.people[name] = await self.house.guest(f"{name}{self.tag}")
        self.room = await self.host.room(self.bot, *(guest.user for guest in self.people.values()))
        await self.host.until(await self.host.come(), has("!workshop open"), self.bot)
        await self.host.say(self.room, "!workshop start small")
        await self.host.until(self.room, has("!join"), self.bot)
        await self.host.come()  # the room of the hosts
        for name in names:
            await self.join(name)
        await self.host.say(self.room, "!workshop begin")
        await self.so(lambda s: set(s.places) >= set(s.steps["talk"].pairs or ["none"]) if s.step else False)
        return self

    async def join(self, name: str) -> None:
        await self.people[name].join(self.room)
        await self.people[name].say(self.room, "!join")
        self.own[name] = await self.people[name].come()
        session = await self.so(lambda s: True)
        if any(place.endswith(f"/{self.own[name]}") for place in session.places.values()):  # that of a pair
            self.own[name] = await self.people[name].come()

    async def so(self, true: Callable[[Session], object]) -> Session:
        """Wait until the session is so."""
        key = (await self.house.store.sessions.listed())[0][0]
        async with asyncio.timeout(20):
            while not true(session := (await self.house.runtime.sessions.load(key))[0]):
                await asyncio.sleep(0.05)
        return session

    def person(self, name: str) -> str:
        return f"matrix:{self.people[name].user}"

    async def groups(self) -> dict[str, set[str]]:
        """Who sits together, by the place; nobody in an empty conversation."""
        names = {self.person(name): name for name in self.people}
        pairs = (await self.so(lambda s: True)).steps["talk"].pairs
        return {place: {names[each] for each in group} for place, group in pairs.items() if group}

    async def group_of(self, name: str) -> set[str]:
        return next((group for group in (await self.groups()).values() if name in group), set())

    def called(self, *names: str) -> list[str]:
        """The names that people go by."""
        return [name + self.tag for name in names]

    async def told(self, name: str, *words: str) -> None:
        """Wait until somebody was told these words in one private message."""
        await self.people[name].until(self.own[name], has(*words), self.bot)

    async def said_in(self, group: set[str], *words: str) -> None:
        """Wait until the place of a group shows these words in one message."""
        place = next(place for place, people in (await self.groups()).items() if people == group)
        channel = (await self.so(lambda s: place in s.places)).places[place]
        where = channel.partition("/")[2]
        one = self.people[min(group)]
        if self.house.apart:
            if where not in await self._rooms(one):
                await one.join(where)
            await one.until(where, has(*words), self.bot)
            return
        async with asyncio.timeout(20):
            while True:
                shown = await one.shown(self.room, self.bot)
                texts = [
                    text.replace("\u2068", "").replace("\u2069", "")
                    for text, thread in shown
                    if thread == where
                ]
                if has(*words)(texts):
                    return
                await asyncio.sleep(0.1)

    async def _rooms(self, guest: Guest) -> list[str]:
        return list((await guest.call("GET", "/joined_rooms"))["joined_rooms"])

    async def seated(self) -> None:
        """Wait until each room of a pair holds those of its group as guests, and nobody else; a thread has no list."""
        if not self.house.apart:
            return
        session = await self.so(lambda s: True)
        for place, group in session.steps["talk"].pairs.items():
            room = session.places[place].partition("/")[2]
            wanted = {person.removeprefix("matrix:") for person in group} | {self.bot}
            async with asyncio.timeout(20):
                while await self._let_in(room) != wanted:
                    await asyncio.sleep(0.1)

    async def _let_in(self, room: str) -> set[str]:
        bot = Guest(self.house.synapse.url, {"user_id": self.bot, "access_token": self.house.account.token})
        try:
            found = await bot.call("GET", f"/rooms/{room}/members")
        finally:
            await bot.close()
        return {e["state_key"] for e in found["chunk"] if e["content"]["membership"] in ("join", "invite")}


async def test_everybody_is_told_by_name_with_whom_they_talk(house: House):
    round = await Round(house).begin("ada", "bo", "chi", "dan")
    for group in (await round.groups()).values():
        for name in group:
            await round.told(name, "You're with", *round.called(*(group - {name})), "first.")
        await round.said_in(group, *round.called(*group), "goes first.")
    await round.seated()


async def test_after_a_change_all_of_them_know_who_is_there(house: House):
    round = await Round(house).begin("ada", "bo", "chi", "dan")
    [left] = await round.group_of("ada") - {"ada"}
    before = await round.groups()
    await round.people["ada"].say(round.own["ada"], "!partner")
    async with asyncio.timeout(20):
        while await round.groups() == before:
            await asyncio.sleep(0.05)
    for name in ("ada", left):
        group = await round.group_of(name)
        assert len(group) > 1
        await round.told(name, "new group", *round.called(*(group - {name})))
        await round.said_in(group, "In this group now", *round.called(*group))
    assert left not in await round.group_of("ada")
    await round.seated()


@pytest.mark.parametrize("how", ["leave", "remove", "forget", "room"])
async def test_who_is_left_alone_hears_it_at_once_and_is_put_with_others(house: House, how: str):
    round = await Round(house).begin("ada", "bo", "chi", "dan")
    ada = round.people["ada"]
    [left] = await round.group_of("ada") - {"ada"}
    if how == "remove":
        await round.host.say(round.room, f"!workshop remove ada{round.tag}")
    elif how == "room":
        await ada.call("POST", f"/rooms/{round.room}/leave", {})
    else:
        await ada.say(round.own["ada"], {"forget": "!forget me", "leave": "!leave"}[how])
    await round.so(lambda s: any(len(g) == 3 for g in s.steps["talk"].pairs.values()))
    group = await round.group_of(left)
    await round.told(left, "has left your group", *round.called(*(group - {left})))
    await round.said_in(group, "In this group now", *round.called(*group))
    await round.seated()


async def test_one_of_two_leaves_and_who_comes_is_seated_with_the_other(house: House):
    round = await Round(house).begin("ada", "bo")
    await round.people["ada"].say(round.own["ada"], "!leave")
    await round.told("bo", "Your partner has left", "on your own")
    round.people["cy"] = await house.guest(f"cy{round.tag}")
    await round.host.call("POST", f"/rooms/{round.room}/invite", {"user_id": round.people["cy"].user})
    await round.join("cy")
    await round.told("cy", "You're with", *round.called("bo"))
    await round.said_in({"bo", "cy"}, "In this group now", *round.called("bo", "cy"))
    await round.seated()
