"""The other two workshops in real Chromium, as parts of the series, and a workshop over days."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_access import no_serious_faults
from tests.platforms.web.test_evening import move_clock, press
from tests.platforms.web.test_walk import at, browser, end, panel, person, say, shot
from tests.support import fresh

__all__ = ["browser"]  # a fixture

NAMES = ("Ada", "Bo", "Chi", "Dan")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path, module="tests.platforms.web.clocked")
    await made.start()
    yield made
    await made.kill()


async def sent(form) -> None:
    await expect(form.locator(".said")).to_have_text("sent ✓")


async def tell(page: Page, where: str = "#now > form.answer", share: str = "", **fields: str) -> None:
    """Fill in the form that is open, and send it."""
    form = page.locator(where)
    for key, text in fields.items():
        await form.locator(f'[name="field.{key}"]').fill(text)
    if share:
        await form.get_by_label(share, exact=True).check()
    await form.get_by_role("button", name=re.compile("Send|Change|Add")).click()
    await sent(form)


async def tap(page: Page, label: str) -> None:
    form = page.locator("#now > form.answer")
    await form.get_by_label(label, exact=True).check()
    await form.get_by_role("button", name=re.compile("Send|Change")).click()
    await sent(form)


async def go_on(host: Page) -> None:
    """All four have answered: the host need not wait for the moment in which it goes on by itself."""
    await expect(host.locator("#panel")).to_contain_text("4 of 4")
    await panel(host, "Next")


async def drawn(page: Page, where: str) -> None:
    """A picture is there, and was drawn."""
    image = page.locator(f"{where} .picture img").last
    await image.scroll_into_view_if_needed()
    await expect(image).to_be_visible()
    await page.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=await image.element_handle())


async def test_the_series_through_the_second_and_third_workshop(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    people = {name: await person(browser, house.link, name) for name in NAMES}
    ada, bo, chi, _ = people.values()
    series = host.get_by_role("button", name="Community Conversations: more of 3")

    # the first part, cut short: Ada leaves with something
    await series.click()
    for page in people.values():
        await press(page, "Join")
    await panel(host, "Start")
    while await host.locator("#now h2").inner_text() != "One true story":  # drawn together with the panel
        await panel(host, await host.locator("#panel .main").first.inner_text())
    await at(ada, "One true story")
    await tell(ada, moment="Show and tell", takeaway="One empty slot a week", share="with my name")
    await end(host)
    await panel(host, "Post recap now")

    # the second part, of the community: what Ada left with is offered to her, and to nobody else
    await series.click()
    await expect(host.locator("#panel")).to_contain_text("Helping your community mature")
    for page in people.values():
        await press(page, "Join")
    await panel(host, "Start")
    await panel(host, "Next")
    for name, page in people.items():
        await say(page, f"{name}, our choir, sun")
    await go_on(host)
    await at(ada, "Three phases")
    await drawn(ada, "#now")
    await shot(ada, "s-1-curve")
    await panel(host, "Next")
    for page in people.values():
        await tap(page, "Spark the flame: we find each other")
    await go_on(host)
    await at(ada, "Nine ratings")
    for n, page in enumerate(people.values()):
        form = page.locator("#now > form.answer")
        for item in ("people", "doing", "talking", "newcomers"):
            said = "1" if item == "talking" and n % 2 else "5" if item == "talking" else "3"
            await form.locator(f'input[name="scale.{item}"][value="{item}={said}"]').check()
        await form.locator('input[name="scale.identity"][value="identity=?"]').check()
        await form.get_by_role("button", name="Send").click()
        await sent(form)
        if page is ada:
            await shot(ada, "s-2-scale")
            await no_serious_faults(ada, "series")
    await go_on(host)
    await at(ada, "What do you see?")
    await expect(ada.locator("#messages")).to_contain_text("Talking 3 (4 people, 1 to 5)")
    await expect(ada.locator("#now .ask em").first).to_have_text("what")
    await drawn(ada, "#now")
    await drawn(ada, "#messages")
    await shot(ada, "s-3-radar")
    await say(ada, "Talking is so far apart")
    await panel(host, "Next")
    await expect(ada.locator("#now .ask").first).to_contain_text("We differ most on Talking")
    await panel(host, "Next")
    await expect(ada.locator("#now > form.answer fieldset.scale")).to_have_count(1)
    await panel(host, "Next")
    await at(ada, "What would help most")
    for page in people.values():
        await tap(page, "Talking")
    await go_on(host)
    await at(ada, "Help when you're stuck")
    await expect(ada.locator("#now > form.answer")).to_have_count(0)  # they talk, and bring nothing back
    await panel(host, "Next")
    await at(ada, "One small step")
    offered = ada.locator(".offered", has_text="One empty slot a week")
    await expect(offered).to_contain_text("Creating value in your community")
    assert await bo.locator(".offered").count() == 0
    await offered.get_by_role("button", name="Join in here").click()
    await expect(ada.locator('[name="field.scene"]')).to_have_value("One empty slot a week")
    await shot(ada, "s-4-offered")
    await no_serious_faults(ada, "series")
    await tell(ada, step="Leave two slots empty", share="with my name")
    await tell(bo, scene="Nobody greets", step="I greet two", share="without my name")
    await panel(host, "Next")
    await at(chi, "Steps that people share")
    await expect(chi.locator("#now .gallery li")).to_have_count(2)
    await expect(chi.locator("#now .gallery")).not_to_contain_text("Bo")
    await press(chi, "I can help, card 1")
    await end(host)
    await ada.locator("#mine-box").evaluate("box => { box.open = true }")
    newest = ada.locator("#mine").get_by_role("button", name="Yes, ask me").first  # each part asks of its own
    await newest.click()
    await expect(newest).to_have_attribute("aria-pressed", "true")
    await panel(host, "Post recap now")
    await ada.locator("#now").get_by_role("link", name="Read the recap").click()
    await expect(ada.locator("svg").first).to_be_visible()
    await expect(ada.locator("body")).to_contain_text("The middle of 4 ratings")
    await shot(ada, "s-5-recap")
    await no_serious_faults(ada, "series")
    await ada.goto(house.link)

    # the third part: the wheel while they wait, two curves, one move
    await series.click()
    await expect(host.locator("#panel")).to_contain_text("Communities as change agents")
    for page in people.values():
        await press(page, "Join")
    await panel(host, "Start")
    for _ in range(3):
        await panel(host, await host.locator("#panel .main").first.inner_text())
    await at(ada, "Wearing out, and starting")
    for page in people.values():
        await tell(page, old="Paper lists", new="One shared list")
    await go_on(host)
    await panel(host, "Show it now")
    await panel(host, "Next")
    await at(ada, "Where I am now")
    for page in people.values():
        await tap(page, "Bridge")
    await go_on(host)
    await at(ada, "Where I'd like to be")
    await drawn(ada, "#now")
    await shot(ada, "s-6-loops")
    await no_serious_faults(ada, "series")
    await ada.get_by_role("button", name="What the words mean").click()
    await expect(ada.locator("#messages")).to_contain_text("I help people cross.")
    for page in people.values():
        assert page.faults == []  # type: ignore[attr-defined]


async def test_a_workshop_over_days_with_evenings_and_a_day_that_is_killed(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="Creating value in your community, over several days").click()
    people = {name: await person(browser, house.link, name) for name in NAMES}
    ada, bo, chi, _ = people.values()
    for page in people.values():
        await press(page, "Join")
    await tell(ada, "#now .aside form.answer", text="A laugh about the rota")
    await panel(host, "Start")
    await expect(ada.locator("#messages")).to_contain_text("Here we go, over 5 days")
    await expect(ada.locator("#now .where")).to_have_text("Before the first day")
    await panel(host, "Next day now")
    await expect(ada.locator("#now .where")).to_have_text("Day 1 of 5")
    await expect(bo.locator("#now > .aside")).to_have_count(5)  # Arriving is still open to Bo
    await shot(bo, "d-1-morning")
    await no_serious_faults(bo, "series")
    for page in people.values():
        scene = page.locator("#now .aside", has_text="Sam came tired")
        await scene.get_by_label("Several of these").check()
        await scene.get_by_role("button", name="Send").click()
    await expect(ada.locator("#now details.earlier > summary")).to_contain_text("You can still edit it")
    await expect(host.locator("#panel")).to_contain_text("A small scene: Sam: 4 of 4")
    await house.kill()
    await house.start()
    await expect(ada.locator("#line")).to_have_text("live", timeout=20_000)
    await panel(host, "Next day now")
    await expect(ada.locator("#now .where")).to_have_text("Day 2 of 5")
    await panel(host, "Next day now")
    story = ada.locator("#now .aside", has=ada.locator("h3", has_text="One true story"))
    await story.locator('[name="field.moment"]').fill("Thursday, eleven of us")
    await story.locator('[name="field.takeaway"]').fill("a trick")
    await story.get_by_label("with my name", exact=True).check()
    await story.get_by_role("button", name="Send").click()
    await expect(ada.locator("#messages")).to_contain_text("You can edit or delete it in /my answers")
    await panel(host, "Next day now")
    await expect(chi.locator("#now .gallery li")).to_have_count(1)
    await chi.locator("#now .gallery").get_by_role("button").first.click()
    await expect(chi.locator("#now .gallery [aria-pressed=true]")).to_have_count(1)
    await shot(chi, "d-2-wall")
    await chi.locator("#now").get_by_role("button", name="Remind me once").click()
    await expect(chi.locator("#now").get_by_role("button", name="Stop reminding me")).to_be_visible()
    move_clock(house, 36 * 3600)  # the next day comes by itself
    await expect(ada.locator("#now .where")).to_contain_text("Day ", timeout=20_000)
    for page in people.values():
        assert page.faults == []  # type: ignore[attr-defined]
