"""One whole evening in real Chromium: a host, a companion and twelve people, each in a browser of their own.

One is on a phone, one works by keyboard alone, one reads along, one is late, one is removed. The host's
line is cut for four minutes, and the bot is killed. With STORYCIRCLE_SHOTS screenshots of every state go to `.scratch/`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.platforms.web.house import Process
from tests.platforms.web.test_access import no_serious_faults
from tests.platforms.web.test_walk import at, browser, end, panel, person, say, shot
from tests.support import fresh

__all__ = ["browser"]  # a fixture

EVENING = """
id: evening
title: An evening
about: Everything that a workshop can ask, in forty minutes.
minutes: 60
rescue_lines: {silence: "I will go first, and short."}
steps:
  - {id: arrive, kind: open, title: Arriving, minutes: 5, max_chars: 140, say: "One line: where are you?",
     host_notes: Greet people by name.}
  - id: quiet
    kind: open
    title: Quietly
    minutes: 5
    read_minutes: 5
    reveal: together
    anonymous_allowed: true
    say: What do you bring?
    fields: [{key: bring, label: I bring, max_chars: 140}]
  - id: kind
    kind: choice
    title: Which kind
    minutes: 5
    say: Which is it mostly?
    options: [{key: was, label: It was good to be there}, {key: did, label: I did something with it}]
  - id: pair
    kind: pair
    title: Two by two
    minutes: 5
    read_minutes: 2
    say: What surprised you lately?
    fields: [{key: line, label: What we bring back, max_chars: 140}]
  - id: tale
    kind: story
    title: A tale
    minutes: 5
    say: Tell one small thing that happened.
    fields:
      - {key: moment, label: "What happened?", max_chars: 900}
      - {key: loop, label: "What's one thing we could try?", max_chars: 80, optional: true, loop: true}
  - {id: wall, kind: gallery, title: The wall, minutes: 5, cards_from: tale, say: Read one slowly.}
  - {id: choose, kind: vote, title: What we try, minutes: 5, dots: 2, options_from: tale.loop, say: Two dots.}
"""
TALKERS = ("Bo", "Chi", "Dan", "Eve", "Fay", "Gus")
LONG = "Ines showed her rota, half broken, and apologised; ours is worse, and now we both mend it. " * 6


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Process]:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "evening.yaml").write_text(EVENING)
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path, tmp_path / "prompts", module="tests.platforms.web.clocked")
    await made.start()
    yield made
    await made.kill()


def move_clock(house: Process, seconds: int) -> None:
    """Let time go by in the house; the file is never half written."""
    (house.data / "ahead.new").write_text(str(seconds))
    (house.data / "ahead.new").replace(house.data / "ahead")


async def press(page: Page, name: str, where: str = "#now") -> None:
    await page.locator(where).get_by_role("button", name=name, exact=True).click()


async def tab_to(page: Page, what: str) -> None:
    """Go there with the Tab key, as somebody does who has no mouse."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate(what):
            return
    raise AssertionError(f"the Tab key does not reach {what}")


async def open_details(page: Page, summary: str) -> None:
    await page.locator("#panel summary", has_text=re.compile(f"^{summary}")).click()


async def test_an_evening_with_fourteen_browsers(browser: Browser, evening: Process):
    host = await person(browser, evening.host_link, "Hedi")
    await expect(host.get_by_role("heading", name="For the host")).to_be_visible()
    await host.get_by_role("button", name="An evening, 60 min").click()
    await expect(host.locator("#panel .code")).to_be_visible()
    code = await host.locator("#panel .code").inner_text()
    await shot(host, "e01-host-lobby")

    # everybody comes in: by link, Ada on a phone, Kai by keyboard; Ina reads along
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    ada_context = await browser.new_context(**phone)  # type: ignore[arg-type]
    ada = await ada_context.new_page()
    ada.faults = []  # type: ignore[attr-defined]
    await ada.goto(evening.link)
    await ada.get_by_label("Your name or nickname").fill("Ada")
    await shot(ada, "e02-phone-door")
    await ada.get_by_role("button", name="Join").tap()
    await expect(ada.locator("#now")).to_contain_text("Who sees what")
    await shot(ada, "e03-phone-notice")
    await ada.locator("#now").get_by_role("button", name="Join").tap()
    cora, kai, ina, rex = [await person(browser, evening.link, n) for n in ("Cora", "Kai", "Ina", "Rex")]
    talkers = {name: await person(browser, evening.link, name) for name in TALKERS}
    for page in (cora, rex, *talkers.values()):
        await press(page, "Join")
    await press(ina, "Just follow along")
    await tab_to(kai, "document.activeElement.value === 'join'")
    await kai.keyboard.press("Enter")
    await expect(kai.get_by_text("We'll start when the host is ready")).to_be_visible()
    await expect(host.locator("#panel")).to_contain_text("People (11)")
    everybody = [host, ada, cora, kai, ina, rex, *talkers.values()]

    board = await cora.context.new_page()  # on another machine than the host's, beside the projector
    await board.goto(f"{evening.link}/board")
    await board.set_viewport_size({"width": 1920, "height": 1080})
    await expect(board.locator(".ways .code")).to_be_visible()
    await shot(board, "e04-board-lobby")
    await no_serious_faults(board, "board lobby")

    # a companion, a second contact, two who are kept apart
    await open_details(host, "People")
    await press(host, "Make Cora co-host", "#panel")
    await expect(cora.get_by_role("heading", name="For the host")).to_be_visible()
    await press(host, "Make Fay support contact", "#panel")
    await expect(host.locator("#panel")).to_contain_text("Support contact: Fay")
    await host.get_by_label("Never pair these two").fill("Bo, Chi")
    await press(host, "Never pair", "#panel")
    await expect(host.locator("#messages")).to_contain_text("I won't pair these two")
    await shot(host, "e05-host-people")
    await no_serious_faults(host, "host people")
    await no_serious_faults(cora, "companion")

    # a live line each; a late one comes by the code
    await panel(host, "Start")
    await at(ada, "Arriving")
    for name, page in talkers.items():
        await say(page, f"{name} by the window")
        await expect(page.locator(".message.mine-own .signs")).to_have_text("✓ saved")
    await tab_to(kai, "document.activeElement.id === 'say'")
    await kai.keyboard.type("only keys here")
    await kai.keyboard.press("Enter")
    await expect(kai.locator(".message.mine-own .signs")).to_have_text("✓ saved")
    zoe = await (await browser.new_context()).new_page()
    await zoe.goto(evening.link.removesuffix("/r/circle"))
    await shot(zoe, "e06-start-page")
    await no_serious_faults(zoe, "start page")
    await zoe.get_by_label("Enter your 5-letter code").fill(f" {code.upper()} ")
    await press(zoe, "Join", "main")
    await zoe.get_by_label("Your name or nickname").fill("Zоe")  # a Cyrillic o: nobody here is called so
    await press(zoe, "Join", "main")
    await press(zoe, "Join")
    await expect(zoe.get_by_text("We're on 1 of 7")).to_be_visible()
    await shot(zoe, "e07-late")
    fake = await (await browser.new_context()).new_page()
    await fake.goto(evening.link)
    await fake.get_by_label("Your name or nickname").fill("Zoe")
    await press(fake, "Join", "main")
    await expect(fake.get_by_role("alert")).to_contain_text("already uses")
    await say(ada, "On the train")
    await expect(board.locator(".cards li")).to_have_count(8)
    await shot(board, "e08-board-live")
    await shot(ada, "e09-phone-live")

    # on, undone, and on again
    await panel(host, "Next")
    await at(bo := talkers["Bo"], "Quietly")
    await press(host, "Undo", "#panel")
    await at(bo, "Arriving")
    await expect(host.locator("#panel .desk")).to_contain_text("Arriving")
    await panel(host, "Next")
    await at(bo, "Quietly")

    # quietly; the host looks first, holds one back, removes its author
    await ada.get_by_label("I bring").fill("a patient ear")
    await ada.locator("#now").get_by_role("button", name="Send").tap()
    await rex.get_by_label("I bring").fill("you are all so stupid")
    await rex.get_by_label("show it without my name").check()
    await press(rex, "Send")
    await expect(rex.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await shot(rex, "e10-writing")
    await panel(host, "Next")
    cruel = host.locator(".said-cards li", has_text="you are all so stupid")
    await cruel.get_by_role("button").click()
    await expect(rex.locator("#messages")).to_contain_text(
        "A host has hidden your answer, so others can't see it"
    )
    await expect(cora.locator("#panel")).to_contain_text("hidden")
    await expect(ada.locator("#now")).to_contain_text(
        "A host checks this first, without names, for up to 1 minute"
    )
    await shot(host, "e11-host-looks")
    await no_serious_faults(host, "Some answers stay hidden until we show them all together")
    await panel(host, "Show it now")
    await expect(bo.locator("#messages")).to_contain_text("a patient ear")
    await expect(bo.locator("#messages")).not_to_contain_text("stupid")
    await shot(board, "e12-board-together")
    await open_details(cora, "People")
    await press(cora, "Remove Rex", "#panel")
    await expect(host.locator("#panel")).not_to_contain_text("Rex")
    await expect(rex.locator("main")).to_contain_text("A host removed you from this session")
    await expect(rex.locator("#say")).to_have_count(0)
    await expect(rex.get_by_role("button", name="Join")).to_have_count(0)
    await expect(rex.get_by_role("button", name="Message the host")).to_be_visible()
    await shot(rex, "e13-removed")
    await panel(host, "Next")

    # killed in the middle of a choice
    await at(ada, "Which kind")
    for page in (ada, kai, bo):
        await page.get_by_label("I did something with it").check()
        await press(page, "Send")
        await expect(page.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await expect(ada.locator("#now")).to_contain_text("Next, we'll talk in pairs")
    await shot(ada, "e14-phone-wish")
    await press(talkers["Gus"], "On my own")
    await evening.kill()
    await expect(kai.locator("#line")).to_contain_text("I'll send your answers when you're back")
    await talkers["Dan"].get_by_label("It was good to be there").check()
    await press(talkers["Dan"], "Send")
    await evening.start()
    await expect(talkers["Dan"].locator("#now > form.answer .said")).to_have_text("sent ✓", timeout=20_000)
    for page in (host, cora, ada, kai, ina, *talkers.values()):
        await expect(page.locator("#line")).to_have_text("live", timeout=20_000)

    # the host's line is cut for four minutes: the companion takes over
    await host.context.set_offline(True)
    await host.evaluate("dispatchEvent(new Event('offline'))")
    await host.close()
    await expect(cora.locator("#panel")).to_contain_text("The host is away", timeout=20_000)
    move_clock(evening, 240)
    await expect(cora.locator("#messages")).to_contain_text(
        "If not, the workshop continues by itself", timeout=20_000
    )
    await shot(cora, "e15-companion-asked")
    await no_serious_faults(cora, "companion asked")
    await press(cora, "Take over", "#panel")
    await panel(cora, "Next")

    # two by two; one changes partner, silently
    await at(ada, "Two by two")
    await expect(ada.locator("#channel")).to_be_visible()
    await shot(ada, "e16-phone-pair")
    assert await talkers["Gus"].locator("#channel").count() == 0
    await expect(bo.locator("#channel")).to_have_value(re.compile("t.+"))
    await say(bo, "between us: hello")
    await expect(bo.locator("#messages")).to_contain_text("between us: hello")
    heard = [n for n, p in talkers.items() if "between us" in await p.locator("#messages").inner_text()]
    assert "Chi" not in heard and len(heard) <= 3
    await press(kai, "Change partner")
    await expect(kai.locator("#messages")).to_contain_text("in a new group now")
    await bo.get_by_label("What we bring back").fill("We both fear the calendar")
    await press(bo, "Send")
    await panel(cora, "Next")
    await expect(ina.locator("#messages")).to_contain_text("We both fear the calendar")
    await expect(ada.locator("#channel")).to_have_value("")  # what is typed now goes to the room again
    await panel(cora, "Next")

    # stories, and the wall
    await at(ada, "A tale")
    for name, page in talkers.items():
        await page.get_by_label("What happened?").fill(
            LONG if name == "Bo" else f"{name} met somebody by the lift."
        )
        await page.get_by_label("What's one thing we could try?").fill(f"More lifts, says {name}")
        await page.get_by_role("radio", name="with my name").check()
        await press(page, "Send")
        await expect(page.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await shot(bo, "e17-story")
    await panel(cora, "Next")
    await at(ada, "The wall")
    await expect(ada.locator("#now > .gallery > li")).to_have_count(3)
    await expect(ada.locator("#now details.more > summary")).to_contain_text("The other 3 cards")
    await shot(ada, "e18-phone-wall")
    await no_serious_faults(ada, "wall")
    first = ada.locator("#now > .gallery > li").first
    await first.get_by_role("button", name="I can help").click()
    await expect(first.get_by_role("button", name="I can help")).to_have_attribute("aria-pressed", "true")
    await first.get_by_role("button", name="Report").click()
    await expect(talkers["Fay"].locator("#messages")).to_contain_text("You're the support contact")
    await shot(board, "e19-board-wall")
    await panel(cora, "Next")

    # dots, the end, one's own words, the recap
    await at(ada, "What we try")
    for page in (ada, kai, bo, talkers["Dan"]):
        await page.get_by_label("More lifts, says Eve").check()
        await press(page, "Send")
    await shot(kai, "e20-vote")
    await end(cora)
    await expect(ina.get_by_text("Reviewing our answers")).to_be_visible()
    await shot(ada, "e21-phone-my-words")
    await shot(board, "e22-board-end")
    await panel(cora, "Post recap now")
    await ina.get_by_role("link", name="Read the recap").first.click()
    recap = await ina.content()
    assert "met somebody by the lift" in recap and "stupid" not in recap and "between us" not in recap
    await shot(ina, "e23-recap")
    for page in everybody:
        assert not page.faults  # type: ignore[attr-defined]
    log = await evening.stop()
    assert "Traceback" not in log and '"error"' not in log, log


async def test_a_call_is_only_moved_by_its_host(browser: Browser, evening: Process):
    host = await person(browser, evening.host_link, "Hedi")
    await host.get_by_role("button", name="An evening during a call").click()
    ada, bo = [await person(browser, evening.link, name) for name in ("Ada", "Bo")]
    for page in (ada, bo):
        await press(page, "Join")
    await panel(host, "Start")
    await at(ada, "Arriving")
    await shot(ada, "c1-call")
    assert await ada.locator("#now .left").inner_text() == ""
    move_clock(evening, 1200)
    await ada.get_by_text("Type for someone else").click()
    await ada.get_by_label("For", exact=True).select_option("Bo")
    await ada.get_by_label("What they said").fill("by the window, he said")
    await press(ada, "Ask them")
    await expect(bo.locator("#now .offer")).to_contain_text("by the window, he said")
    await shot(bo, "c2-typed-for")
    await press(bo, "That's mine")
    await expect(bo.locator("#mine")).to_contain_text("by the window, he said")
    await at(ada, "Arriving")
    await panel(host, "Next")
    await at(ada, "Quietly")
    await shot(host, "c3-host-in-call")


@pytest.mark.parametrize("role", ["participant", "host"])
async def test_trying_it_alone_reaches_nobody_and_keeps_nothing(browser: Browser, tmp_path: Path, role: str):
    fresh(tmp_path / "storycircle.db")
    house = Process(tmp_path)
    await house.start()
    try:
        inside = await person(browser, house.link, "Ada")
        page = await (await browser.new_context()).new_page()
        await page.goto(house.link.removesuffix("/r/circle") + "/try")
        await no_serious_faults(page, "try")
        await page.get_by_label("What's their name?").fill("Tess")
        await press(page, "As the host" if role == "host" else "As a participant", "main")
        await expect(page.get_by_text("The others are made up, and I keep nothing")).to_be_visible()
        if role == "host":
            await panel(page, "Start")
        else:
            await press(page, "Join")
        await at(page, "One line to arrive")
        await say(page, "an xylophone in a cupboard")
        await expect(page.locator("#messages")).to_contain_text("(made up)", timeout=30_000)
        await shot(page, f"t-{role}")
        assert "xylophone" not in await inside.content()
        assert b"xylophone" not in (tmp_path / "storycircle.db").read_bytes()
        assert list((tmp_path / "trials").iterdir())
    finally:
        await house.stop()
    assert not list((tmp_path / "trials").iterdir())
