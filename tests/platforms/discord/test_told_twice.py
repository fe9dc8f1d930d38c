"""Discord tells the bot of an interaction twice, at once or after a restart: what it orders is done once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord, Interaction
from tests.platforms.discord.test_planned import plan_of
from tests.platforms.discord.test_planned import so as plan_so
from tests.platforms.discord.test_workshop import SCRIPT
from tests.support import SMALL


@pytest.fixture
async def house(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    server = await Discord().start()
    text = SMALL if getattr(request, "param", "") == "small" else SCRIPT
    made = House(server, tmp_path, parse(text))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()
    await server.close()


async def again(house: House, order: Interaction) -> None:
    """The order is told again, and then to the bot's next run."""
    house.server.redeliver(order)
    house.server.ahead += 5  # and not within the time in which the same order counts as one
    house.server.redeliver(order)
    await house.runtime.delivery.idle()
    await house.stop()
    await house.start()
    house.server.redeliver(order)
    probe = house.server.slash(house.host, house.room, "now", manages=True)  # heard after it
    await house.server.answered(probe)
    await house.runtime.delivery.idle()


async def test_orders_of_a_session(house: House):
    server, room = house.server, house.room
    ada, _ = await house.open("Ada", "Bo")
    answer = server.slash(ada, room, "answer", text="A fox")
    await server.answered(answer, "Got it")
    await again(house, answer)
    assert [a.text("text") for a in (await house.session()).answers.values()] == ["A fox"]
    until = (await house.session()).current.until
    more = server.slash(house.host, room, "workshop time", manages=True, minutes=2)
    await house.so(lambda s: s.current.until == until + timedelta(minutes=2), "two minutes more")
    await again(house, more)
    assert (await house.session()).current.until == until + timedelta(minutes=2)
    moment = (await house.session()).moment
    onward = server.slash(house.host, room, "workshop next", manages=True)
    session = await house.so(lambda s: s.moment != moment, "one on")
    await again(house, onward)
    assert (await house.session()).moment == session.moment
    thanked = server.slash(ada, room, "thanks", what="Bo: for the tea")
    await server.answered(thanked, "Thanks!")
    await again(house, thanked)
    assert len((await house.session()).thanks) == 1
    assert not await house.store.outbox.dead()


@pytest.mark.parametrize("house", ["small"], indirect=True)
async def test_orders_of_a_plan(house: House):
    server, room = house.server, house.room
    asked = server.slash(
        house.host, room, "schedule add", manages=True, workshop="small", when="every Tuesday 7pm"
    )
    await server.answered(asked, "Schedule them")
    yes = server.press(house.host, room, "Schedule it", asked.shown[-1], manages=True)
    await server.answered(yes, "Scheduled as")
    await again(house, yes)
    plan = await plan_of(house)
    skip = server.slash(house.host, room, "schedule skip", manages=True, plan=plan.id)
    plan = await plan_so(house, lambda p: p.skipped, "one is left out")
    second = plan.at
    await again(house, skip)
    assert (await plan_of(house)).at == second and len((await plan_of(house)).skipped) == 1
    ana = server.user("Ana")
    going = server.slash(ana, room, "rsvp", how="yes")
    await server.answered(going, "You're going to")
    await again(house, going)
    plan = await plan_of(house)
    assert len(await house.store.plans.coming(plan, plan.occurrence)) == 1
    assert not await house.store.outbox.dead()
