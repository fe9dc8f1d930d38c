"""The board's link in real Chromium, opened on another machine than the host's; and a question in a tab behind others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.platforms.web.assets import KEPT
from tests.platforms.web.house import Process
from tests.platforms.web.test_access import no_serious_faults
from tests.platforms.web.test_walk import at, browser, panel, person, press_join, say, shot
from tests.support import fresh

__all__ = ["browser"]  # a fixture

# what a browser says of a tab that lies behind another one
STILL, NEWS = f"{KEPT}/icon.svg", f"{KEPT}/icon-new.svg"
BEHIND = """hidden => {
  Object.defineProperty(Document.prototype, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path)
    await made.start()
    yield made
    await made.kill()


async def test_the_link_of_the_board_shows_it_on_any_machine(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    ada = await person(browser, house.link, "Ada")
    await press_join(ada)
    link = await host.get_by_role("link", name="Open the big screen").get_attribute("href")
    assert link
    other = await (await browser.new_context(viewport={"width": 1920, "height": 1080})).new_page()
    await other.goto(link)
    await expect(other.locator(".ways .code")).to_be_visible()
    assert await other.locator(".ways img").evaluate("img => img.decode().then(() => img.naturalWidth > 50)")
    await shot(other, "board-elsewhere-lobby")
    await no_serious_faults(other, "board elsewhere")
    await panel(host, "Start")
    await expect(other.get_by_role("heading", name="Welcome")).to_be_visible()
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    await say(ada, "by the window")
    await expect(other.locator(".cards")).to_contain_text("by the window")
    await expect(other.locator("#panel, #say, input")).to_have_count(0)
    await shot(other, "board-elsewhere")

    # what a host has in the address bar is that link, too
    await host.goto(f"{house.link}/board")
    assert host.url == link
    await ada.goto(f"{house.link}/board")
    assert ada.url == f"{house.link}/board"
    await expect(ada.locator(".cards")).to_contain_text("by the window")


async def test_a_new_question_is_seen_on_the_tab_that_lies_behind_others(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    ada = await person(browser, house.link, "Ada")
    await press_join(ada)
    await ada.evaluate(BEHIND, True)
    icon = ada.locator("link[rel=icon]")
    await expect(icon).to_have_attribute("href", STILL)
    await panel(host, "Start")
    await at(ada, "Welcome")
    await expect(ada).to_have_title("● Welcome · Storycircle")
    await expect(icon).to_have_attribute("href", NEWS)
    assert (await ada.request.get(f"{house.link.removesuffix('/r/circle')}{NEWS}")).ok
    await ada.evaluate(BEHIND, False)
    await expect(ada).to_have_title("Welcome · Storycircle")
    await expect(icon).to_have_attribute("href", STILL)
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    await expect(ada).to_have_title("One line to arrive · Storycircle")  # in sight: nothing to tell
    await expect(icon).to_have_attribute("href", STILL)
