"""Draws what README and docs show: the map, the recap page, a story on a phone. Run by `scripts/pictures`."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from bot.authoring.loader import load
from bot.authoring.rehearsal import Rehearsal
from bot.core.steps.value_map import value_map
from bot.render.diagrams import value_map as picture
from bot.render.recap.page import page as recap_page
from tests.platforms.web.house import Process
from tests.platforms.web.test_walk import FLAGS, at, panel, person
from tests.render.recaps import write
from tests.support import fresh

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"


async def draw() -> int:
    """The map always; pages only where there is Chromium. 1 if something could not be drawn."""
    FOLDER.mkdir(exist_ok=True)
    await write()
    script = load(ROOT / "prompts" / "value-creation.yaml", "90", "one_community")
    played = await Rehearsal(script, people=12).play()
    (FOLDER / "value-map.svg").write_text(picture(value_map(script, played.session)) + "\n", encoding="utf-8")
    print("docs/pictures/value-map.svg")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium here, so the pages were not drawn.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "recap.html").write_text(recap_page(script, played.session, rehearsal=True), encoding="utf-8")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = await browser.new_page(viewport={"width": 900, "height": 1250})
            await page.goto(f"file://{data / 'recap.html'}")
            await page.screenshot(path=FOLDER / "recap.png")
            fresh(data / "storycircle.db")
            house = Process(data)
            await house.start()
            try:
                host = await person(browser, house.host_link, "Hedi")
                await host.get_by_role("button", name="First circle, 16 min").click()
                ada = await person(browser, house.link, "Ada")
                await ada.locator("#now").get_by_role("button", name="Join").click()
                await panel(host, "Begin")
                await at(ada, "Welcome")
                await panel(host, "Next")
                await at(ada, "One line to arrive")
                await ada.locator("#say").fill("By the window, with tea, and a laugh about the rota")
                await ada.locator("#say").press("Enter")
                await ada.locator(".message.mine-own .signs").wait_for()
                await ada.screenshot(path=FOLDER / "room.png")
            finally:
                await house.kill()
            await browser.close()
    print("docs/pictures/recap.png\ndocs/pictures/room.png")
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(draw()))
