"""Lines of the conversation in real Chromium: when they were said, which of them counts, what begins with a slash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_walk import at, browser, panel, person, press_join, say, shot
from tests.support import fresh

__all__ = ["browser"]  # a fixture

NEW_YORK = "America/New_York"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path)
    await made.start()
    yield made
    await made.kill()


async def arriving(browser: Browser, house: Process, **more: str) -> tuple[Page, Page]:
    """A host, and Ada, who is asked for one line."""
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    ada = await person(browser, house.link, "Ada", **more)
    bo = await person(browser, house.link, "Bo")  # who keeps the question open
    for page in (ada, bo):
        await press_join(page)
    await panel(host, "Start")
    await at(ada, "Welcome")
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    return host, ada


def line(page: Page, text: str) -> Locator:
    return page.locator("#messages .message", has_text=text)


async def said_at(message: Locator, zone: str) -> None:
    """The message shows when it was said, by clocks of this zone."""
    shown = message.locator("time")
    moment = datetime.fromisoformat(await shown.get_attribute("datetime") or "")
    await expect(shown).to_have_text(moment.astimezone(ZoneInfo(zone)).strftime("%H:%M"))


async def test_messages_tell_the_time_in_the_zone_of_whoever_reads(browser: Browser, house: Process):
    _, ada = await arriving(browser, house, timezone_id=NEW_YORK)
    await say(ada, "by the window")
    for _ in range(2):  # as they come in, and as they stand there when the page is loaded
        await said_at(line(ada, "by the window"), NEW_YORK)
        await said_at(ada.locator("#messages .message.bot").first, NEW_YORK)
        await ada.reload()
    plain = await browser.new_context(java_script_enabled=False, timezone_id=NEW_YORK)
    page = await plain.new_page()
    await page.goto(house.link)
    await page.get_by_label("Your name or nickname").fill("Plain")
    await page.get_by_role("button", name="Join").click()
    await expect(line(page, "by the window").locator("time")).to_contain_text("UTC")
    await shot(ada, "times")


async def test_the_tick_moves_to_the_line_that_counts(browser: Browser, house: Process):
    _, ada = await arriving(browser, house)
    await say(ada, "sorry, what was asked?")
    first, second = line(ada, "sorry, what was asked?"), line(ada, "A walk by the sea")
    await expect(first.locator(".signs")).to_have_text("✓ saved")
    await say(ada, "A walk by the sea")
    await ada.locator("#now").get_by_role("button", name="Use this instead").click()
    await expect(second.locator(".signs")).to_have_text("✓ saved")
    await expect(first.locator(".signs")).to_have_count(0)
    await ada.reload()
    await expect(second.locator(".signs")).to_have_text("✓ saved")
    await expect(first.locator(".signs")).to_have_count(0)

    # the first one after all
    await first.get_by_role("button", name="use as my answer").click()
    await ada.locator("#now").get_by_role("button", name="Use this instead").click()
    await expect(first.locator(".signs")).to_have_text("✓ saved")
    await expect(second.locator(".signs")).to_have_count(0)
    await expect(ada.locator("#mine li")).to_have_count(1)
    await shot(ada, "tick-moved")
    assert not ada.faults  # type: ignore[attr-defined]


async def test_lines_with_a_slash_that_are_no_commands_are_answers(browser: Browser, house: Process):
    host, ada = await arriving(browser, house)
    await say(ada, "/shrug")
    await expect(line(ada, "/shrug").locator(".signs")).to_have_text("✓ saved")
    await line(ada, "/shrug").get_by_role("button", name="edit").click()
    await ada.locator(".message textarea").fill("/s kidding")
    await ada.locator(".message textarea").press("Enter")
    await expect(ada.locator("#mine")).to_contain_text("/s kidding")
    await expect(line(host, "/s kidding")).to_be_visible()
    await say(ada, "//")
    await ada.locator("#now").get_by_role("button", name="Use this instead").click()
    await expect(ada.locator("#mine")).to_contain_text("//")
    await panel(host, "Next")
    await at(ada, "What I bring, what I get")
    await ada.get_by_label("I bring").fill("/usr/bin is a folder")
    await ada.locator("#now").get_by_role("button", name="Send").click()
    await expect(ada.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await say(ada, "/answer /now")
    await expect(ada.locator("#mine")).to_contain_text("/now")
    await expect(ada.locator("#mine")).to_contain_text("/usr/bin is a folder")
    await shot(ada, "slashes")
