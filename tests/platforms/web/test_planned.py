"""A planned session in real Chromium: planned with the form, answered with a tap, in the calendar, begun by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_access import no_serious_faults
from tests.platforms.web.test_evening import move_clock
from tests.platforms.web.test_walk import FLAGS, person, say, shot
from tests.support import fresh


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path, module="tests.platforms.web.clocked")
    await made.start()
    yield made
    await made.kill()


async def test_planned_with_a_form_and_begun_by_itself(
    browser: Browser, house: Process, tmp_path: Path
) -> None:
    host = await person(browser, house.host_link, "Hedi")
    people = [await person(browser, house.link, name) for name in ("Ana", "Ben", "Cleo")]
    await host.get_by_text("Schedule a session").click()
    await host.get_by_label("What", exact=True).select_option("first-circle")
    await host.get_by_label("When, in your words").fill("in an hour")
    await host.get_by_label("When, in your words").press("Enter")
    understood = host.locator(".message", has_text="Schedule it")
    await expect(understood).to_contain_text("First circle")
    await no_serious_faults(host, "planning")
    await understood.get_by_role("button", name="Schedule it").click()
    card = people[0].locator(".message", has_text="/rsvp yes, maybe, watch or no")
    await expect(card).to_be_visible()
    await card.get_by_role("button", name="Going").click()
    await expect(people[0].locator(".message", has_text="You're going to")).to_be_visible()
    await expect(card).to_contain_text("Going: 1")
    await say(people[0], "/calendar")
    link = people[0].locator(".message", has_text="Your own calendar").get_by_role("link").last
    address = await link.get_attribute("href")
    assert address
    context = await browser.new_context(viewport={"width": 420, "height": 800}, timezone_id="Asia/Kathmandu")
    page = await context.new_page()
    await page.goto(address)
    await expect(page.get_by_role("heading", name="First circle")).to_be_visible()
    await expect(page.locator(".yours")).to_contain_text("Asia/Ka")
    await no_serious_faults(page, "calendar")
    await shot(page, "calendar")

    move_clock(house, 55 * 60)  # the door is open
    for one in people:
        await one.get_by_role("button", name="Join", exact=True).last.click()
        await expect(one.locator("#now")).to_contain_text(
            "We'll start when the host is ready"
        )  # else too few are here at the start
    await expect(host.locator(".message", has_text="The lobby of")).to_be_visible(timeout=15_000)
    await shot(host, "door")
    move_clock(house, 61 * 60)
    await expect(people[0].locator("#now")).to_contain_text("1 of", timeout=20_000)
    for each in (host, *people):
        assert each.faults == []  # type: ignore[attr-defined]
