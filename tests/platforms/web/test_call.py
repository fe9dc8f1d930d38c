"""*Creating value in your community* beside a call, in real Chromium: a host and six people who mostly talk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_access import no_serious_faults
from tests.platforms.web.test_evening import press
from tests.platforms.web.test_walk import at, browser, panel, person, shot
from tests.support import fresh

__all__ = ["browser"]  # a fixture

NAMES = ("Ada", "Bo", "Chi", "Dan", "Eve", "Finn")
# headings with nothing below them: the next thing is a heading as high, or there is none
EMPTY = """() => [...document.querySelectorAll("h2, h3, h4")].filter((heading) => {
  const next = heading.nextElementSibling;
  return !next ? heading.parentElement.innerText.trim() === heading.innerText.trim()
    : /^H[1-6]$/.test(next.tagName) && next.tagName <= heading.tagName;
}).map((heading) => heading.innerText)"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path)
    await made.start()
    yield made
    await made.kill()


async def answered(host: Page, n: int) -> None:
    """The panel counts all six, and those who typed."""
    await expect(host.locator("#panel")).to_contain_text(f"{n} of 6 have answered")


async def seated(host: Page, people: dict[str, Page]) -> None:
    """Everybody stands in the list of pairs, once, and every page names those who sit with it there."""
    listed = host.locator("#messages .message", has_text="Your groups").last
    await expect(listed).to_be_visible()
    text = await listed.inner_text()
    groups = [set(re.findall("|".join(NAMES), line)) for line in text.splitlines()]
    groups = [group for group in groups if group]
    assert sorted(name for group in groups for name in group) == sorted(NAMES), text
    assert all(len(group) > 1 for group in groups), text
    for name, page in people.items():
        await expect(page.locator("#messages")).to_contain_text("Your groups")
        mine = page.locator("#now", has_text="You're with")
        await expect(mine).to_be_visible()
        said = re.search(r"You're with [^\n]*", await mine.inner_text())
        assert said
        partners = set(re.findall("|".join(NAMES), said[0]))
        assert {name} | partners in groups, (name, said[0], groups)


async def story(page: Page, moment: str) -> None:
    """Tell a story in the form, under one's own name."""
    await page.get_by_label("What happened, and what was it like?").fill(moment)
    await page.get_by_label("What did you leave with?").fill("an answer")
    await page.get_by_role("radio", name="with my name", exact=True).check()
    await sent(page)


async def sent(page: Page) -> None:
    await press(page, "Send")
    await expect(page.locator("#now > form.answer .said")).to_have_text("sent ✓")


async def test_six_people_talk_and_two_of_them_type(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    title = "Creating value in your community during a call, 60 min"
    await host.get_by_role("button", name=title, exact=True).click()
    people = {name: await person(browser, house.link, name) for name in NAMES}
    ada, bo = people["Ada"], people["Bo"]
    await ada.set_viewport_size({"width": 390, "height": 800})
    for page in people.values():
        await press(page, "Join")
    await expect(host.locator("#panel")).to_contain_text("People (6)")
    await panel(host, "Start")
    typed = {"What I bring, what I get": 1, "One true story": 2}  # all others say it in the call
    ahead = host.locator("#panel").get_by_role("button", name=re.compile("^(Next|Show it now)$"))
    seen: list[str] = []
    while await ahead.count():
        title = await host.locator("#now h2").inner_text()
        for page in people.values():
            await at(page, title)
        if title not in seen:  # not shown together yet
            seen.append(title)
            if title == "What I bring, what I get":
                await ada.get_by_label("I bring").fill("a patient ear")
                await sent(ada)
            elif title == "Imagine it goes well":
                await seated(host, people)
                await shot(ada, "k1-phone-pair")
                await shot(host, "k2-host-pair")
                await no_serious_faults(ada, "pairs beside a call")
            elif title == "One true story":
                await story(ada, "Ines showed her rota, half broken.")
                await story(bo, "I asked a beginner's question.")
            if title in ("Arriving", "Imagine it goes well", "Thanks", "Before you go", *typed):
                await answered(host, typed.get(title, 0))
        await panel(host, await ahead.inner_text())
    assert [title for title in seen if title != "What could be"] == [
        "Welcome",
        "Arriving",
        "Four kinds of value",
        "What I bring, what I get",
        "Imagine it goes well",
        "One true story",
        "Stories that people share",
        "Thanks",
        "Before you go",
        "Thank you",
    ]
    await expect(host.locator("#panel")).to_contain_text("People (6)")  # nobody is dropped for silence
    await panel(host, "Post recap now")
    link = await ada.locator("#now a", has_text="Read the recap").get_attribute("href")
    assert link
    await bo.goto(house.link.removesuffix("/r/circle") + link if link.startswith("/") else link)
    await shot(bo, "k3-recap")
    await no_serious_faults(bo, "recap of a call")
    text = await bo.locator("main").inner_text()
    for words in ("Ines showed her rota, half broken.", "I asked a beginner's question.", "Stories"):
        assert words in text
    assert "a patient ear" not in text
    empty = await bo.evaluate(EMPTY)
    assert not empty, (empty, text)
    for page in (host, *people.values()):
        assert not page.faults  # type: ignore[attr-defined]
    log = await house.stop()
    assert "Traceback" not in log and '"error"' not in log, log
