"""Each of the three workshops in Matrix, from the lobby to the recap, with five people who answer what is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import load
from bot.core.model.facts import Phase, Share
from bot.core.model.session import Session
from bot.core.model.steps import Choice, Gallery, Open, Pair, Scale, Step, Story, Vote, Written
from bot.core.participants.community import Times
from bot.core.steps.progress import unanswered_fields
from bot.core.steps.registry import kind_of, only_talk
from bot.core.steps.scale_statistics import items_of
from bot.platforms.matrix import sync
from tests.platforms.discord.server import until_noon
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.synapse import ROOT
from tests.same import Act, came_to, differences, on_stage, share_all


class Ahead:
    """A clock that a test can move; the stub's events bear its time."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + timedelta(seconds=self._stub.ahead)

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        while not changed.is_set() and (at is None or self.now() < at):
            try:
                async with asyncio.timeout(0.02):
                    await changed.wait()
            except TimeoutError:
                continue


async def until(true: Callable[[], Awaitable[bool]], what: str) -> None:
    """Wait until something is so."""
    try:
        async with asyncio.timeout(20):
            while not await true():
                await asyncio.sleep(0.02)
    except TimeoutError as error:
        raise AssertionError(f"never came: {what}") from error


class Evening:
    """A workshop, its host and its guests."""

    def __init__(self, house: House, stub: Stub) -> None:
        self.house, self.stub = house, stub
        self.direct: dict[str, str] = {}
        self.key = ""
        self.acts: list[Act] = []

    async def session(self) -> Session:
        session, _ = await self.house.runtime.sessions.load(self.key)
        return session

    async def begin(self, how: str) -> None:
        bot = self.house.account.user
        self.host, *self.guests = [
            await self.house.guest(n) for n in ("hans", "ada", "bo", "cy", "dee", "eli")
        ]
        self.room = await self.host.room(bot, *(g.user for g in self.guests))
        for guest in self.guests:
            await guest.join(self.room)
        await self.host.come()
        await self.host.say(self.room, f"!workshop start {self.house.script.id} {how}".strip())
        await self.host.until(self.room, lambda texts: any("!join" in t for t in texts), bot)
        self.key = (await self.house.store.sessions.listed())[0][0]
        for guest in self.guests:
            await guest.say(self.room, "!join")
            self.direct[guest.user] = await guest.come()
        await self.host.say(self.room, "!workshop begin")
        await until(lambda: self._is(Phase.RUNNING), "the first step")

    async def _is(self, phase: Phase) -> bool:
        return (await self.session()).phase is phase

    async def catch_up(self, guest: Guest, step: Step) -> None:
        """Ask in private for what waits, and see the question."""
        direct, bot = self.direct[guest.user], self.house.account.user
        before = len(await guest.texts(direct, bot))
        await guest.say(direct, "!catchup")

        def asked(texts: list[str]) -> bool:
            return any(step.title in text for text in texts[before:])  # a late ✓ may stand below it

        await guest.until(direct, asked, bot)

    async def reply(self, guest: Guest, step: Step, text: str) -> None:
        """Say something in the room; over days under the question that it answers."""
        about = {}
        if (await self.session()).over_days:
            bot = self.house.account.user
            await guest.until(self.room, lambda texts: any(step.title in text for text in texts), bot)
            events = await guest.events(self.room)
            titled = [e for e in events if e["content"].get("body", "").startswith(step.title)]
            asked = [e for e in titled if "\n" in e["content"]["body"]] or titled  # not the root of a thread
            about = {"m.relates_to": {"m.in_reply_to": {"event_id": asked[0]["event_id"]}}}
        await guest.say(self.room, text, **about)

    async def under(self, guest: Guest, room: str, label: str) -> dict[str, Any]:
        """The relation of a reply to a question: so fast, a plain line would be asked about."""
        asked = [e for e in await guest.events(room) if label in e["content"].get("body", "")]
        return {"m.relates_to": {"m.in_reply_to": {"event_id": asked[-1]["event_id"]}}}

    async def answer(self, guest: Guest, key: str) -> None:
        """What somebody does in a step."""
        session = await self.session()
        step = self.house.script.step(key)
        person = f"matrix:{guest.user}"
        direct = self.direct[guest.user]
        if session.over_days and kind_of(step).in_private(step):
            await self.catch_up(guest, step)
        act = Act(session.people[person].name, step.id)
        self.acts.append(act)
        if isinstance(step, Choice | Vote | Scale):
            if isinstance(step, Scale):
                act.picks = tuple(f"{item.key}=3" for item in items_of(session, step))
            else:
                act.picks = tuple(kind_of(step).labels(session, step))[:1]
            line = " ".join("3" if isinstance(step, Scale) else "1" for _ in act.picks)
            await guest.say(direct, line)
        elif kind_of(step).in_private(step):
            while fields := unanswered_fields(await self.session(), step, person):
                asked = fields[0]
                await guest.until(direct, lambda texts, label=asked.label: any(label in t for t in texts))
                said = "1" if asked.options else f"{guest.user[1:4]} on {asked.key}"
                act.texts[asked.key] = asked.options[0].key if asked.options else said
                await guest.say(direct, said, **await self.under(guest, direct, asked.label))

                async def moved(n: int = len(fields)) -> bool:
                    return len(unanswered_fields(await self.session(), step, person)) < n

                await until(moved, f"{asked.key} of {step.id} by {guest.user}")
        elif isinstance(step, Pair) and not only_talk(step):
            act.texts[step.fields[0].key] = f"{guest.user[1:4]} brings this"
            said = act.texts[step.fields[0].key]
            await self.reply(guest, step, f"!answer {said}")
        elif isinstance(step, Open):
            act.texts[step.fields[0].key] = f"{guest.user[1:4]} on {step.id}"
            await self.reply(guest, step, f"{guest.user[1:4]} on {step.id}")
        elif isinstance(step, Gallery):
            cards = session.steps[step.id].cards
            if cards:
                whose = session.people[session.answers[cards[0]].person].name
                act.sign = (whose, step.reactions[0].key)
                await self.reply(guest, step, f"1 {step.reactions[0].key}")

    async def all_shared(self) -> bool:
        """Whether everything that somebody wrote may be quoted."""
        session = await self.session()
        return all(a.share is Share.NAME for a in session.answers.values() if a.pieces)

    async def all_in(self, step: Step) -> None:
        """Wait until everybody's answer to a step is in."""

        async def there() -> bool:
            return len((await self.session()).steps[step.id].by_person) == len(self.guests)

        if isinstance(step, Written) and not only_talk(step):
            await until(there, f"five answers to {step.id}")

    async def days(self) -> set[str]:
        """A workshop over days: each day all that is open is answered, then the next one comes."""
        seen: set[str] = set()
        while (session := await self.session()).phase is Phase.RUNNING:
            for key in [key for key in session.asides if key not in seen]:
                seen.add(key)
                for guest in self.guests:
                    await self.answer(guest, key)
                await self.all_in(self.house.script.step(key))
            self.stub.ahead += 86_400

            async def all_told() -> bool:
                due = await self.house.runtime.next_due()
                return (
                    due is None or due > self.house.clock.now()
                ) and not await self.house.store.outbox.pending()

            await until(all_told, f"what comes after day {session.day}")
        return seen

    async def walk(self) -> set[str]:
        """Through all steps, the host going on each time; the steps that were asked."""
        seen: set[str] = set()
        while (session := await self.session()).phase is Phase.RUNNING:
            state, step = session.current, self.house.script.step(session.step)
            if state is not None and not state.closed and step.id not in seen:
                seen.add(step.id)
                for guest in self.guests:
                    await self.answer(guest, step.id)
                await self.all_in(step)
            self.stub.ahead += 61
            moment = (await self.session()).moment
            await self.host.say(self.room, f"!workshop next {moment}")

            async def on(moment: int = moment) -> bool:
                now = await self.session()
                return now.moment != moment or now.phase is not Phase.RUNNING

            await until(on, f"the moment after {step.id}")
        return seen


@pytest.mark.parametrize("how", ["", "async"])
@pytest.mark.parametrize("name", ["value-creation", "community-maturity", "change-agents"])
async def test_a_whole_workshop(name: str, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sync, "TOGETHER", 0.005)  # nobody saves the stub work
    monkeypatch.setattr(sync, "BUSY", 0.005)
    stub = await Stub().start()
    stub.ahead = until_noon() if how else 0.0
    house = House(stub, tmp_path, load(ROOT / "prompts" / f"{name}.yaml", how or "60"))
    house.clock = Ahead(stub)
    await house.open("bot")
    house.runtime.decider.times = Times(films=True)
    evening = Evening(house, stub)
    try:
        await evening.begin(how)
        seen = await (evening.days() if how else evening.walk())
        assert {s.id for s in house.script.steps if isinstance(s, Story | Choice | Scale | Vote)} <= seen
        for guest in evening.guests:
            for n in await share_all(house.script, await evening.session(), f"matrix:{guest.user}"):
                await guest.say(evening.direct[guest.user], f"!share {n} name")
        await until(evening.all_shared, "all the words that people share")
        while (now := (await evening.session()).phase) not in (Phase.FOLLOWING, Phase.CLOSED):
            stub.ahead += 3600 * 49  # the tail is over, then the time to look over one's words

            async def later(now: Phase = now) -> bool:
                return (await evening.session()).phase is not now

            await until(later, f"what comes after {now.value}")
        await evening.host.until(
            evening.room, lambda texts: any(t.startswith(house.script.title) for t in texts)
        )
        await evening.host.until_file(evening.room, "m.file", house.script.title.encode())
        for about, wide in [
            (c["body"], c["info"]["w"]) for c in await evening.host.files(evening.room, "m.image")
        ]:
            assert len(about) > 20 and wide == 1000
        shown = await evening.host.files(evening.room, "m.image")
        assert shown and (await evening.host.file(shown[-1])).startswith(b"\x89PNG")

        async def film() -> bool:
            return len(await evening.host.files(evening.room, "m.video")) == 1

        await until(film, "the short film")
        [made] = await evening.host.files(evening.room, "m.video")
        assert made["info"]["w"] == 1280 and "0:00" in made["body"]
        assert (await evening.host.file(made))[4:8] == b"ftyp"
        session = await evening.session()
        assert all(session.people[f"matrix:{g.user}"].present for g in evening.guests)
        assert not await house.store.outbox.dead() and not await house.store.inbox.all_held()
        for guest in evening.guests:
            mine = {a.step for a in session.answers.values() if a.person == f"matrix:{guest.user}"}
            private = {s.id for s in house.script.steps if s.id in seen and kind_of(s).in_private(s)}
            assert private <= mine, f"{guest.user} was not heard in {private - mine}"
        acts = [act for act in evening.acts if act.texts or act.picks or act.sign[0]]
        names = [session.people[f"matrix:{g.user}"].name for g in evening.guests]
        there = await on_stage(house.script, names, acts, tmp_path, how)
        assert not differences(came_to(house.script, session), there)
    finally:
        await house.close()
        await stub.close()
