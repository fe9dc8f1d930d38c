"""Each of the three workshops in Discord, from the lobby to the recap: with buttons and forms, without the right
to read messages."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import load
from bot.core.model.facts import Phase
from bot.core.model.steps import Choice, Gallery, Open, Scale, Step, Story, Vote, Written
from bot.core.participants.community import Times
from bot.core.queries import form_answer
from bot.core.steps.registry import only_talk
from bot.core.steps.tallies import labels_of
from bot.platforms.discord.forms import SHARE
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord, text_of, until_noon
from tests.platforms.discord.wire import walk
from tests.same import Act, came_to, differences, on_stage, share_all

ROOT = Path(__file__).parents[3]


class Evening:
    """A workshop, its host and its guests."""

    def __init__(self, house: House) -> None:
        self.house, self.server = house, house.server
        self.acts: list[Act] = []

    def did(self, act: Act) -> None:
        """Note what somebody did, to do it again elsewhere."""
        self.acts.append(act)

    async def answer(self, who: int, name: str, key: str) -> None:
        """What somebody does in a step: the button under the question, then what it opens."""
        house, server = self.house, self.server
        step = house.script.step(key)
        opened = server.press(who, house.room, "Answer", self.question(step))
        await server.answered(opened)
        if isinstance(step, Gallery):
            server.press(who, house.room, step.reactions[0].label, opened.shown[-1])
            session = await house.so(
                lambda s: s.steps[step.id].signs.get(f"discord:{who}"), f"a sign in {step.id}"
            )
            [(card, sign)] = session.steps[step.id].signs[f"discord:{who}"]
            whose = session.people[session.answers[card].person].name
            self.did(Act(name, step.id, sign=(whose, sign)))
        elif isinstance(step, Choice | Vote):
            shown = opened.shown[-1]
            if any(p["type"] == 3 for p in walk(shown["components"])):
                values = next(p for p in walk(shown["components"]) if p["type"] == 3)["options"]
                tapped = server.choose(who, house.room, shown, values[0]["value"])
            else:
                tapped = server.press(who, house.room, "1. ", shown)
            await server.answered(tapped, "Saved")
            first = next(iter(labels_of(await house.session(), step)))
            self.did(Act(name, step.id, picks=(first,)))
        else:
            self.did(await self.pages(who, name, opened, step))
        await house.so(
            lambda s: form_answer(s, step.id, f"discord:{who}") or isinstance(step, Gallery),
            f"{name} in {step.id}",
        )

    def question(self, step: Step) -> dict[str, Any]:
        """The message that asks a step."""
        server, room = self.server, self.house.room
        there = [
            m
            for m in server.messages[room].values()
            if f"{step.title}**" in text_of(m) and "Answer" in [p.get("label") for p in walk(m["components"])]
        ]
        assert there, f"{step.title} is not asked in {server.shown(room)}"
        return there[-1]

    async def days(self, people: dict[str, int]) -> set[str]:
        """A workshop over days: each day all that is open is answered, then the next one comes."""
        house, seen = self.house, set[str]()
        while (session := await house.session()).phase is Phase.RUNNING:
            for key in [key for key in session.asides if key not in seen]:
                step = house.script.step(key)
                seen.add(key)
                asks = isinstance(step, Choice | Vote | Scale | Gallery) or (
                    isinstance(step, Written) and not only_talk(step)
                )
                if asks and not (isinstance(step, Gallery) and not session.steps[key].cards):
                    await self.server.until(lambda step=step: self.question(step), step.title)
                    for name, who in people.items():
                        await self.answer(who, name, key)
            before = (await house.session()).version
            async with asyncio.timeout(30):
                while (await house.session()).version == before:  # nothing is asked at a weekend
                    self.server.ahead += 86_400
                    # while Discord is away (a late heartbeat under load is enough) clocks stand still
                    while house.runtime.away or (
                        (due := await house.runtime.next_due()) and due <= house.clock.now()
                    ):
                        await asyncio.sleep(0.01)
        return seen

    async def pages(self, who: int, name: str, opened: object, step: Step) -> Act:
        """Every page of a form."""
        server, act = self.server, Act(name, step.id)
        picks: list[str] = []
        while True:
            values = {}
            for label in opened.modal["components"]:  # type: ignore[attr-defined]
                inner = label["component"]
                if inner["type"] == 4:
                    values[inner["custom_id"]] = f"{name} on {inner['custom_id']}"[
                        : inner.get("max_length", 4000)
                    ]
                elif inner["custom_id"] == SHARE:  # left as it stands
                    act.share = next((o["value"] for o in inner["options"] if o.get("default")), "")
                elif not inner["custom_id"].endswith("?"):
                    values[inner["custom_id"]] = [
                        inner["options"][min(2, len(inner["options"]) - 1)]["value"]
                    ]
            for key, said in values.items():
                if isinstance(step, Scale):
                    picks.append(f"{key}={said[0]}")
                else:
                    act.texts[key] = said if isinstance(said, str) else ",".join(said)
            sent = server.send_form(opened, **values)  # type: ignore[arg-type]
            await server.answered(sent)
            onward = [
                m for m in sent.shown for p in walk(m["components"]) if "Continue" in (p.get("label") or "")
            ]
            if not onward:
                act.picks = tuple(picks) if picks else None
                return act
            opened = server.press(who, self.house.room, "Continue", onward[0])
            await server.answered(opened)

    async def walk(self, people: dict[str, int]) -> set[str]:
        """Through all steps, the host going on each time by the panel; the steps that were asked."""
        house = self.house
        seen: set[str] = set()
        while (session := await house.session()).phase is Phase.RUNNING:
            state, step = session.current, house.script.step(session.step)
            asks = isinstance(step, Choice | Vote | Scale | Gallery) or (
                isinstance(step, Written) and not only_talk(step)
            )
            if state is not None and not state.closed and step.id not in seen:
                seen.add(step.id)
                await self.server.until(
                    lambda title=step.title: any(title in t for t in self.server.shown(house.room)),
                    step.title,
                )
                if asks and not (isinstance(step, Gallery) and not state.cards):
                    for name, who in people.items():
                        await self.answer(who, name, step.id)
            self.server.ahead += 61
            moment = (await house.session()).moment
            self.server.slash(house.host, house.room, "workshop next", manages=True, leaving=moment)
            await house.so(
                lambda s, m=moment: s.moment != m or s.phase is not Phase.RUNNING, f"after {step.id}"
            )
        return seen


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("value-creation", ""),
        ("community-maturity", ""),
        ("change-agents", ""),
        ("value-creation", "call"),
        ("value-creation", "async"),
        ("community-maturity", "async"),
        ("change-agents", "async"),
    ],
)
async def test_a_whole_workshop(name: str, how: str, tmp_path: Path):
    server = await Discord().start()
    server.ahead = until_noon() if how == "async" else 0.0
    house = House(
        server, tmp_path, load(ROOT / "prompts" / f"{name}.yaml", "async" if how == "async" else "60")
    )
    house.clock = Ahead(server)
    await house.start()
    house.runtime.decider.times = Times(films=True)
    evening = Evening(house)
    try:
        names = ["Ada", "Bo", "Cy", "Dee"]
        people = dict(zip(names, await house.open(*names, how=how), strict=True))
        seen = await (evening.days(people) if how == "async" else evening.walk(people))
        assert {s.id for s in house.script.steps if isinstance(s, Story | Choice | Scale | Vote)} <= seen
        for who in people.values():
            for n in await share_all(house.script, await house.session(), f"discord:{who}"):
                await server.answered(server.slash(who, house.room, "my share", answer=n, how="name"))
        while (now := (await house.session()).phase) not in (Phase.FOLLOWING, Phase.CLOSED):
            server.ahead += 3600 * 49  # the tail is over, then the time to look over one's words
            await house.so(lambda s, now=now: s.phase is not now, f"what comes after {now.value}")
        await server.until(
            lambda: any(
                t.startswith(f"**{house.script.title}") or house.script.title in t[:80]
                for t in server.shown(house.room)[-8:]
            ),
            "the recap",
        )
        await server.until(lambda: server.named_files(house.room, "recap.html"), "the recap as a page")
        shown = server.pictures(house.room)
        assert shown, "no picture was shown"
        for about, data in shown:
            assert data.startswith(b"\x89PNG") and 20 < len(about) <= 1024
        [recap] = server.named_files(house.room, "recap.html")
        assert house.script.title.encode() in recap and b"<svg" in recap and b"<script" not in recap
        await server.until(lambda: server.named_files(house.room, "recap.mp4"), "the short film", seconds=60)
        [film] = server.named_files(house.room, "recap.mp4")
        assert film[4:8] == b"ftyp" and len(film) < 10_000_000  # what Discord takes
        assert not await house.store.outbox.dead() and not await house.store.inbox.all_held()
        session = await house.session()
        for name, who in people.items():
            mine = {a.step for a in session.answers.values() if a.person == f"discord:{who}"}
            private = {
                s.id
                for s in house.script.steps
                if s.id in seen and isinstance(s, Open | Story | Choice | Scale)
            }
            assert private <= mine, f"{name} was not heard in {private - mine}"
        here, there = (
            came_to(house.script, session),
            await on_stage(house.script, names, evening.acts, tmp_path, how),
        )
        assert not differences(here, there)
    finally:
        await house.close()
        await server.close()
