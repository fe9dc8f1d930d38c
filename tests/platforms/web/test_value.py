"""*Creating value in your community*, the 60-minute version, in real Chromium: a host, five people, a board;
the program is killed twice, once while stories are written and once while people look over their words."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_access import no_serious_faults
from tests.platforms.web.test_evening import move_clock, press
from tests.platforms.web.test_walk import at, browser, panel, person, say, shot
from tests.support import fresh

__all__ = ["browser"]  # a fixture

NAMES = ("Ada", "Bo", "Chi", "Dan", "Eve")
STORIES = {
    "Ada": (
        "Ines showed her rota, half broken.",
        "one empty slot a week",
        "two empty slots in December",
        "hoped",
    ),
    "Bo": (
        "I asked a beginner's question.",
        "four answers, no sigh",
        "I begin with questions now",
        "happened",
    ),
    "Chi": ("We met on the stairs.", "a checklist", "", ""),
    "Dan": ("An honest quarrel about the calendar.", "a doubt", "one task given back", "happened"),
    "Eve": ("I read along for a month.", "that I am not the only one", "", ""),
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path, module="tests.platforms.web.clocked")
    await made.start()
    yield made
    await made.kill()


async def sent(page: Page) -> None:
    await expect(page.locator("#now > form.answer .said")).to_have_text("sent ✓")


async def again(house: Process, *pages: Page) -> None:
    """Pull the plug, and start it anew; every page finds its way back by itself."""
    await house.kill()
    await expect(pages[0].locator("#line")).to_contain_text("I'll send your answers when you're back")
    await house.start()
    for page in pages:
        await expect(page.locator("#line")).to_have_text("live", timeout=20_000)


async def test_the_first_workshop_as_five_people_live_it(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    start = host.get_by_role("button", name="Creating value in your community, 60 min", exact=True)
    await start.click()
    people = {name: await person(browser, house.link, name) for name in NAMES}
    ada, bo, chi, dan, eve = people.values()
    for page in people.values():
        await press(page, "Join")
    board = await people["Eve"].context.new_page()
    await board.set_viewport_size({"width": 1920, "height": 1080})
    await board.goto(f"{house.link}/board")

    # three small scenes while they wait
    for page in people.values():
        await expect(page.locator("#now .aside")).to_have_count(3)
        scene = page.locator("#now .aside", has_text="Sam")
        await scene.get_by_label("Immediate: it was good to be there").check()
        await scene.get_by_role("button", name="Send").click()
        await expect(scene.locator(".said")).to_have_text("sent ✓")
    await shot(ada, "v01-lobby")
    await no_serious_faults(ada, "lobby with scenes")
    await panel(host, "Start")
    await expect(ada.locator("#messages")).to_contain_text("5 × Immediate")
    await panel(host, "Next")
    await at(ada, "Arriving")
    for name, page in people.items():
        await say(page, f"{name}; a laugh about the rota")
        await expect(page.locator(".message.mine-own .signs")).to_have_text("✓ saved")
    await panel(host, "Next")
    await at(ada, "Four kinds of value")
    await panel(host, "Next")
    await at(ada, "What I bring, what I get")
    for name, page in people.items():
        await page.get_by_label("I bring").fill(f"what {name} brings")
        await press(page, "Send")
        await sent(page)
    await press(eve, "On my own")
    await panel(host, "Next")
    await panel(host, "Show it now")
    await expect(chi.locator("#messages")).to_contain_text("what Dan brings")
    await panel(host, "Next")

    # pairs
    await at(ada, "Imagine it goes well")
    for name, page in people.items():
        if name in ("Ada", "Eve"):
            await page.get_by_label("It was …").fill(f"a newcomer's question, says {name}")
            await page.get_by_label("They left with …").fill("an answer")
            await press(page, "Send")
            await sent(page)
    await shot(ada, "v02-pair")
    await panel(host, "Next")
    await at(bo, "What could be")
    await bo.get_by_role("button", name="It happened here, card 1").click()
    await panel(host, "Next")

    # stories; killed while they are written
    await at(ada, "One true story")
    await dan.get_by_label("What happened, and what was it like?").fill("half a story that is")
    for name in ("Ada", "Bo"):
        await write(people[name], name, "with my name" if name == "Ada" else "without my name")
    await again(house, host, *people.values())
    kept = dan.get_by_label("What happened, and what was it like?")
    assert await kept.input_value() == "half a story that is"  # not sent yet, and not lost
    await write(chi, "Chi", "no")
    await write(dan, "Dan", "only the co-host")
    await shot(dan, "v03-story")
    await no_serious_faults(dan, "story")
    await write(eve, "Eve", "with my name")
    await expect(board.locator(".map svg")).to_be_visible()
    await shot(board, "v04-board-stories")
    await no_serious_faults(board, "board with the map")
    await panel(host, "Next")
    await at(ada, "Stories that people share")
    await expect(ada.locator("#now .gallery > li")).to_have_count(3)  # Chi's and Dan's are not there
    await expect(ada.locator("#now")).not_to_contain_text("quarrel")
    await shot(ada, "v05-wall")
    await ada.get_by_role("button", name="I can help, card 2").click()
    await panel(host, "Next")
    await at(ada, "Thanks")
    await say(ada, "Ines, for showing what was broken")
    await panel(host, "Next")
    await at(ada, "Before you go")
    await panel(host, "Next")
    await at(ada, "Thank you")
    await panel(host, "Next")

    # two days for the vote; killed while people look over their words
    await expect(ada.locator("#now .aside h3")).to_have_text("What we'd show up for")
    for page in (ada, bo, chi, dan):
        await page.get_by_label("Ada's idea").check()
        await press(page, "Send")
        await expect(page.locator("#now .aside .said")).to_have_text("sent ✓")
    await shot(ada, "v06-tail")
    await no_serious_faults(ada, "tail")
    await again(house, host, *people.values())
    # a story stays open: what became of it can be added after the evening
    await dan.locator("#now summary", has_text="Earlier questions").click()
    await dan.locator("#now .earlier summary", has_text="One true story").click()
    await dan.locator("#now .earlier summary", has_text="It's open until the recap").click()
    await (
        dan.locator("#now .earlier")
        .get_by_label("What changed, and for which people?")
        .fill("I sleep again.")
    )
    await no_serious_faults(dan, "earlier questions")
    await shot(dan, "v06b-earlier")
    form = dan.locator('#now .earlier form[data-step="story"]')
    await form.get_by_role("button", name="Edit my answer").click()
    await expect(form.locator(".said")).to_have_text("sent ✓")
    await expect(dan.locator("#mine")).to_contain_text("I sleep again.")
    mine = eve.locator("#mine li", has_text="I read along for a month.")
    await mine.get_by_role("button", name="Delete it").click()
    await expect(eve.locator("#mine")).not_to_contain_text("I read along for a month.")
    await shot(board, "v07-board-end")
    move_clock(house, 49 * 3600)
    await expect(ada.locator("#now")).not_to_contain_text("What we'd show up for", timeout=20_000)
    move_clock(house, 75 * 3600)
    await expect(ada.locator("#now")).to_contain_text("Read the recap", timeout=20_000)

    # the recap, on paper and as files
    key = re.search(
        r"recap/(\w+)", await ada.locator("#now a", has_text="Read the recap").get_attribute("href")
    )[1]
    await chi.goto(f"{house.link}/recap/{key}")
    recap = await chi.content()
    await shot(chi, "v08-recap")
    await no_serious_faults(chi, "recap")
    assert "Ines showed her rota" in recap and "beginner's question" in recap
    for private in ("met on the stairs", "quarrel", "read along for a month", "what Dan brings"):
        assert private not in recap
    for kind in ("md", "json", "csv"):
        answer = await chi.request.get(f"{house.link}/recap/{key}.{kind}")
        body = await answer.text()
        assert answer.ok and "Ines showed her rota" in body and "quarrel" not in body
        if kind == "json":
            found = json.loads(body)
            assert found["map"]["nodes"]["immediate"] == {"all": 4, "happened": 4, "hoped": 0}
            assert found["summary"][2].startswith("What most people would show up for")
    for page in (host, *people.values(), board):
        assert not getattr(page, "faults", [])
    log = await house.stop()
    assert "Traceback" not in log and '"error"' not in log, log


async def write(page: Page, name: str, share: str) -> None:
    """Tell a story in the form, and send it."""
    moment, takeaway, use, status = STORIES[name]
    await page.get_by_label("What happened, and what was it like?").fill(moment)
    await page.get_by_label("What did you leave with?").fill(takeaway)
    if use:
        await page.get_by_label("What did you do with it, or hope to?").fill(use)
        label = "Yes" if status == "happened" else "Not yet, I hope it will"
        await page.get_by_role("radio", name=label, exact=True).check()
    await page.get_by_label("What's one thing we could try?").fill(f"{name}'s idea")
    await page.get_by_role("radio", name=share, exact=True).check()
    await press(page, "Send")
    await sent(page)
