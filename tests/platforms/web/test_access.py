"""Everybody can use it: axe-core on every state, a phone, 200 % zoom, dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_walk import at, browser, end, house, panel, person, shot
from tests.support import GALLERIED, fresh

__all__ = ["browser", "house"]  # fixtures


async def no_serious_faults(page: Page, state: str) -> None:
    """axe-core finds nothing serious or critical."""
    found = await Axe().run(page)
    faults = [
        f"{state}: {v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_in_any_state(browser: Browser, house: Process, scheme: str):
    door = await (await browser.new_context(color_scheme=scheme)).new_page()
    await door.goto(house.link)
    await no_serious_faults(door, "door")
    host = await person(browser, house.host_link, "Hedi", color_scheme=scheme)
    await expect(host.get_by_role("heading", name="For the host")).to_be_visible()
    await no_serious_faults(host, "host before")
    await host.get_by_role("button", name="First circle, 16 min").click()
    ada = await person(browser, house.link, "Ada", color_scheme=scheme)
    await no_serious_faults(ada, "lobby")
    await ada.locator("#now").get_by_role("button", name="Join").click()
    await panel(host, "Start")
    await panel(host, "Next")
    titles = ["One line to arrive", "What I bring, what I get", "Which kind of value", "One small story"]
    for title in [*titles, "What we'll try", "Before you go"]:
        await at(ada, title)
        await no_serious_faults(ada, title)
        await panel(host, "Next")
        if title == "What I bring, what I get":
            await panel(host, "Next")
    await at(host, "Thank you")
    await no_serious_faults(host, "host")
    await end(host)
    await expect(ada.get_by_text("Reviewing our answers")).to_be_visible()
    await no_serious_faults(ada, "review")
    await panel(host, "Post recap now")
    await ada.get_by_role("link", name="Read the recap").first.click()
    await no_serious_faults(ada, "recap")


async def test_a_phone_and_a_large_print_show_everything_without_scrolling_sideways(
    browser: Browser, house: Process
):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    phone = await person(browser, house.link, "Ada")
    await phone.set_viewport_size({"width": 360, "height": 740})
    await phone.locator("#now").get_by_role("button", name="Join").click()
    await panel(host, "Start")
    await panel(host, "Next")
    await at(phone, "One line to arrive")
    await shot(phone, "phone")
    for width in (320, 360, 600):  # 320 is 1280 at 400 %, 640 at 200 %
        await phone.set_viewport_size({"width": width, "height": 700})
        assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    small = await phone.evaluate(
        """[...document.querySelectorAll('button')].filter(b => b.offsetParent && b.getBoundingClientRect().height < 24)
           .map(b => b.textContent)"""
    )
    assert small == []


async def test_a_gallery_is_read_and_answered_by_keyboard(browser: Browser, tmp_path: Path):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "galleried.yaml").write_text(GALLERIED)
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path, tmp_path / "prompts")
    await made.start()
    try:
        host = await person(browser, made.host_link, "Hedi")
        await host.get_by_role("button", name="Reading each other, 20 min").click()
        ada, bo = [await person(browser, made.link, name) for name in ("Ada", "Bo")]
        for page in (ada, bo):
            await page.locator("#now").get_by_role("button", name="Join").click()
        await panel(host, "Start")
        await ada.get_by_label("What happened?").fill("Ines showed her rota, half broken. " * 12)
        await ada.get_by_role("radio", name="with my name").check()
        await ada.locator("#now").get_by_role("button", name="Send").click()
        await expect(ada.locator("#now > form.answer .said")).to_have_text("sent ✓")
        await panel(host, "Next")
        await at(bo, "The wall")
        sign = bo.get_by_role("button", name="I can help, card 1")
        await sign.focus()
        await bo.keyboard.press("Enter")
        await expect(sign).to_have_attribute("aria-pressed", "true")
        await expect(sign).to_be_focused()
        await no_serious_faults(bo, "gallery")
        await shot(bo, "gallery")
        await expect(ada.locator("#mine")).to_contain_text("1 × I can help")
    finally:
        await made.kill()
