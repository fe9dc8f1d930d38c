"""From the session to the badge: given in private after the review, on a page of its own, and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from bot.app import App, start
from bot.badges import baking
from bot.config import Config
from bot.core.events import Event, Joined, Ordered, Person, Submitted
from bot.core.facts import Phase
from bot.rehearse import VirtualClock
from tests.support import SMALL
from tests.web.house import free_port

RULES = """
badge: {name: Small Story, statements: [I told one moment, I said what came of it]}
recognition:
  - {earn: story, role: Storyteller, badge: true}
"""
ROOM = "web:circle"
PEOPLE = {name: Person(id=f"web:{name.lower()}", name=name) for name in ("Hedi", "Ada", "Bo")}


class Town:
    """A running Storycircle whose clock is turned by hand."""

    def __init__(self, app: App, clock: VirtualClock) -> None:
        self.app, self.clock, self.count, self.session = app, clock, 0, ""

    def next(self) -> str:
        self.count += 1
        return f"web:t{self.count}"

    def own(self, name: str) -> str:
        return f"{ROOM}/~{name.lower()}"

    async def hear(self, event: Event) -> None:
        await self.app.runtime.hear(event)
        await self.app.runtime.idle()

    async def order(self, name: str, command: str, **args: str) -> None:
        await self.hear(
            Ordered(
                id=self.next(), channel=ROOM, at=self.clock.now(), person=PEOPLE[name], command=command, args=args,
                host=name == "Hedi", private=self.own(name),
            )
        )  # fmt: skip

    async def wait(self, **time: float) -> None:
        self.clock.at += timedelta(**time)
        while await self.app.runtime.wake():
            await self.app.runtime.idle()

    async def told(self, name: str) -> str:
        rows = await self.app.store._read("SELECT body FROM web_message WHERE channel = ?", self.own(name))
        return "\n".join(json.loads(body).get("text", "") for (body,) in rows if body)

    async def get(self, url: str) -> tuple[int, bytes, Mapping[str, str]]:
        async with aiohttp.ClientSession() as http, http.get(url) as answer:
            return answer.status, await answer.read(), answer.headers

    async def session_of(self):
        return (await self.app.runtime.load((await self.app.store.sessions())[0][0]))[0]


@pytest.fixture
async def town(tmp_path: Path):
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    (prompts / "small.yaml").write_text(SMALL + RULES)
    clock = VirtualClock()
    app = await start(
        Config(data=tmp_path / "data", prompts=prompts, port=free_port(), community="The Garden"), clock
    )
    for task in app.runtime.tasks:
        if task.get_name() == "clock":
            task.cancel()
    town = Town(app, clock)
    await town.order("Hedi", "workshop start", workshop="small")
    for name in ("Ada", "Bo"):
        who = PEOPLE[name]
        await town.hear(
            Joined(id=town.next(), channel=ROOM, at=clock.now(), person=who, private=town.own(name))
        )
    await town.order("Hedi", "workshop begin")
    while (await town.session_of()).step != "tale":
        await town.order("Hedi", "workshop next", leaving=str((await town.session_of()).moment))
    session = await town.session_of()
    await town.hear(
        Submitted(
            id=town.next(), channel=ROOM, at=clock.now(), person=PEOPLE["Ada"], session=session.id, step="tale",
            fields={"moment": "It rained SECRETLY."},
        )
    )  # fmt: skip
    await town.order("Hedi", "workshop end")
    await town.order("Ada", "share", answer="1", how="anonymous")
    yield town
    await app.close()


async def link_of(town: Town) -> str:
    found = re.search(r"http\S+/badge/\S+", await town.told("Ada"))
    assert found, await town.told("Ada")
    return found[0]


async def test_a_badge_comes_after_the_review_and_can_be_checked(town: Town, tmp_path: Path) -> None:
    await town.order("Ada", "recognition", how="take", which="storyteller")
    assert "After the review you get a badge" in await town.told("Ada")
    assert "/badge/" not in await town.told("Ada")
    await town.wait(hours=25)
    assert (await town.session_of()).phase in (Phase.CLOSED, Phase.FOLLOWING)
    link = await link_of(town)
    assert "/badge/" not in await town.told("Bo")
    status, body, _ = await town.get(link)
    assert status == 200 and b"Small Story" in body and b"The Garden" in body
    _, document, headers = await town.get(f"{link}.json")
    assert headers["Access-Control-Allow-Origin"] == "*"
    made = json.loads(document)
    assert OB3LdpVerifier(town.app.server.badges._desk.load().current.public_pem).verify(dict(made))
    for ending, read in (("png", baking.from_png), ("svg", lambda raw: baking.from_svg(raw.decode()))):
        _, raw, _ = await town.get(f"{link}.{ending}")
        assert read(raw) == made
    assert b"SECRETLY" not in document and b"Ada" not in document
    _, body, _ = await town.get(f"{link}?check=yes")
    assert b"The signature holds" in body and b"taken back" not in body
    # an address that was made up, or that is another's, leads nowhere
    for wrong in (link[:-3] + "AAA", link.replace("/badge/", "/badge/x"), link + ".exe"):
        assert (await town.get(wrong))[0] == 404


async def test_it_goes_with_the_story(town: Town) -> None:
    await town.order("Ada", "recognition", how="take", which="storyteller")
    await town.wait(hours=25)
    link = await link_of(town)
    await town.order("Ada", "withdraw", answer="1")
    _, body, _ = await town.get(f"{link}?check=yes")
    assert b"taken back, and is not true any more" in body


async def test_who_is_forgotten_has_no_badge_and_is_in_no_row(town: Town) -> None:
    await town.order("Ada", "recognition", how="take", which="storyteller")
    await town.wait(hours=25)
    await town.order("Ada", "forget", me="me")
    rows = await town.app.store._read("SELECT person, revoked FROM badge")
    assert rows == [("", 1)]


async def test_nothing_is_issued_to_whoever_did_not_take_it_or_gave_it_back(town: Town) -> None:
    await town.order("Ada", "recognition", how="take", which="storyteller")
    await town.order("Ada", "recognition", how="decline", which="storyteller")
    await town.wait(hours=25)
    assert await town.app.store._read("SELECT * FROM badge") == []


async def test_taken_after_the_review_it_comes_at_once_and_only_once(town: Town) -> None:
    await town.wait(hours=25)
    for _ in range(2):
        await town.order("Ada", "recognition", how="take", which="storyteller")
    assert len(await town.app.store._read("SELECT id FROM badge")) == 1
    assert (await town.told("Ada")).count("/badge/") == 1


async def test_the_mark_stands_beside_the_name(town: Town) -> None:
    await town.order("Ada", "recognition", how="take", which="storyteller")
    assert town.app.server.pages.marks == {"ada": "Storyteller"}
    await town.order("Ada", "recognition", how="decline", which="storyteller")
    assert town.app.server.pages.marks == {}
