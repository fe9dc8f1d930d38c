"""A whole workshop in real Chromium: a host and three people, one reload, one edit, one taking back,
and kill -9 in the middle. With STORYCIRCLE_SHOTS screenshots of every state go to `.scratch/` for somebody to look at."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.platforms.web.house import ROOT, Process
from tests.support import fresh

SHOTS = ROOT / ".scratch"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path)
    await made.start()
    yield made
    await made.kill()


async def person(browser: Browser, link: str, name: str, **more) -> Page:
    """Somebody comes in through the door."""
    context = await browser.new_context(viewport={"width": 1200, "height": 860}, **more)
    page = await context.new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    page.on("dialog", lambda asked: asked.accept())  # yes, post the recap now
    await page.goto(link)
    await page.get_by_label("Your name or nickname").fill(name)
    await page.get_by_role("button", name="Join").click()
    await expect(page.locator("#line")).to_have_text("live")
    return page


async def shot(page: Page, name: str) -> None:
    """For somebody to look at, where STORYCIRCLE_SHOTS is set."""
    if "STORYCIRCLE_SHOTS" not in os.environ:
        return
    SHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


async def say(page: Page, text: str) -> None:
    await page.locator("#say").fill(text)
    await page.locator("#say").press("Enter")


async def panel(host: Page, name: str) -> None:
    """Press a button of the host's panel, and wait until the panel has moved on with it."""
    button = host.locator("#panel").get_by_role("button", name=name, exact=True)
    order = await button.get_attribute("value")
    await button.click()
    await expect(host.locator(f'#panel button[value="{order}"]')).to_have_count(0)


async def end(host: Page) -> None:
    """End the session; the button stands apart, so that nobody presses it by mistake."""
    await host.locator("#panel summary", has_text="Lock or end").click()
    await panel(host, "End the session")


async def press_join(page: Page) -> None:
    await page.locator("#now").get_by_role("button", name="Join").click()
    await expect(page.get_by_text("We'll start when the host is ready")).to_be_visible()


async def at(page: Page, title: str) -> None:
    await expect(page.locator("#now h2")).to_have_text(title, timeout=15_000)


async def test_a_whole_circle_killed_in_the_middle(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await expect(host.get_by_role("heading", name="For the host")).to_be_visible()
    assert "host=" not in host.url  # the secret does not stay in the address
    ada = await person(browser, house.link, "Ada")
    bo = await person(browser, house.link, "Bo")
    chi = await person(browser, house.link, "Chi")
    everybody = [host, ada, bo, chi]
    await shot(ada, "1-before")

    await host.get_by_role("button", name="First circle, 16 min").click()
    for page in (ada, bo, chi):
        await press_join(page)
    await shot(bo, "2-lobby")
    await panel(host, "Start")
    await at(ada, "Welcome")
    await panel(host, "Next")

    # one line, in the room; one of them is changed, and the page is reloaded
    await at(ada, "One line to arrive")
    await say(ada, "By the wndow, with tea")
    await say(bo, "On the train <script>alert(1)</script>")
    await expect(bo.locator(".message.mine-own .signs")).to_have_text("✓ saved")
    mine = ada.locator(".message.mine-own")
    await expect(mine.locator(".signs")).to_have_text("✓ saved")
    await mine.get_by_role("button", name="edit").click()
    await mine.locator("textarea").fill("By the window, with tea")
    await mine.locator("textarea").press("Enter")
    await expect(chi.get_by_text("By the window, with tea")).to_be_visible()
    await ada.reload()
    await expect(ada.locator("#messages").get_by_text("By the window, with tea")).to_be_visible()
    await expect(ada.locator("#mine")).to_contain_text("By the window, with tea")
    await shot(chi, "3-live")

    # killed while people write; what they send meanwhile goes out by itself
    await house.kill()
    await expect(chi.locator("#line")).to_contain_text("I'll send your answers when you're back")
    await say(chi, "Sent while it was dead")
    await house.start()
    await expect(chi.locator(".message.mine-own .signs")).to_have_text("✓ saved", timeout=15_000)
    for page in everybody:
        await expect(page.locator("#line")).to_have_text("live", timeout=15_000)
    await expect(ada.locator("#messages").get_by_text("Sent while it was dead")).to_have_count(1)
    await shot(host, "4-after-the-kill")

    # private, shown together
    await at(bo, "What I bring, what I get")
    await ada.get_by_label("I bring").fill("a patient ear")
    await ada.locator("#now").get_by_role("button", name="Send").click()
    await expect(ada.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await bo.get_by_label("I bring").fill("one bad joke")
    await bo.get_by_label("show it without my name").check()
    await bo.locator("#now").get_by_role("button", name="Send").click()
    await expect(bo.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await expect(chi.get_by_text("a patient ear")).to_have_count(0)
    await chi.get_by_label("I bring").fill("half a thou")  # still being written
    await panel(host, "Next")
    looked = host.locator("#panel .said-cards")
    await expect(looked).to_contain_text("one bad joke")
    await expect(looked).not_to_contain_text("Bo")
    await expect(chi.get_by_text("a patient ear")).to_have_count(0)
    await shot(host, "5-host-looks")
    await panel(host, "Show it now")
    await expect(chi.locator("#messages").get_by_text("a patient ear")).to_be_visible()
    await expect(chi.locator("#messages").get_by_text("someone")).to_be_visible()
    assert await chi.get_by_label("I bring").input_value() == "half a thou"  # an update takes no words away
    await shot(chi, "5-together")
    await panel(host, "Next")

    # a choice, then a story
    await at(ada, "Which kind of value")
    for page, option in ((ada, "I did something with it"), (bo, "It was good to be there")):
        await page.get_by_label(option).check()
        await page.locator("#now").get_by_role("button", name="Send").click()
    await shot(ada, "6-choice")
    await panel(host, "Next")
    await at(ada, "One small story")
    await expect(ada.locator("#now > form.answer > .seen")).to_contain_text(
        "is shown to everyone, without your name, as an idea to vote on"
    )
    await ada.get_by_label("What happened, and what was it like?").fill("Ines showed her rota, half broken.")
    await ada.get_by_label("What's one thing we could try?").fill("Show more broken things")
    await ada.get_by_role("radio", name="with my name").check()
    await ada.locator("#now").get_by_role("button", name="Send").click()
    await bo.get_by_label("What happened, and what was it like?").fill("A story that I will take back.")
    await bo.locator("#now").get_by_role("button", name="Send").click()
    await expect(bo.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await shot(ada, "7-story")
    await panel(host, "Next")

    await at(chi, "What we'll try")
    await chi.get_by_label("Show more broken things").check()
    await chi.locator("#now").get_by_role("button", name="Send", exact=True).click()
    await shot(chi, "8-vote")
    await end(host)

    # looking over one's words: one is taken back, one is allowed
    await expect(host.get_by_text("First circle: thank you.")).to_be_visible()
    await bo.reload()
    story = bo.locator("#mine li", has_text="A story that I will take back.")
    await story.get_by_role("button", name="Delete it").click()
    await expect(bo.locator("#mine")).not_to_contain_text("A story that I will take back.")
    await shot(ada, "9-my-words")
    await panel(host, "Post recap now")
    await ada.get_by_role("link", name="Read the recap").first.click()
    await expect(ada.get_by_role("heading", name="First circle")).to_be_visible()
    await expect(ada.get_by_text("Ines showed her rota, half broken.")).to_be_visible()
    await expect(ada.get_by_text("Ada", exact=True)).to_be_visible()
    page = await ada.content()
    assert "delete" not in page and "patient ear" not in page and "By the window" not in page
    await shot(ada, "10-recap")

    for page in everybody:
        assert not page.faults  # type: ignore[attr-defined]
    log = await house.stop()
    assert "Traceback" not in log and "error" not in log, log


async def test_without_javascript_one_can_come_in_join_and_answer(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(house.link)
    await page.get_by_label("Your name or nickname").fill("Plain")
    await page.get_by_role("button", name="Join").click()
    await page.locator("#now").get_by_role("button", name="Join").click()
    await expect(page.get_by_text("We'll start when the host is ready")).to_be_visible()
    await panel(host, "Start")
    await at(host, "Welcome")
    await panel(host, "Next")
    await at(host, "One line to arrive")
    await page.reload()
    await expect(page.locator("#now")).to_contain_text("One line to arrive")
    await page.locator("#say").fill("typed without any script")
    await page.locator("#composer").get_by_role("button", name="Send").click()
    await expect(page.locator("#messages").get_by_text("typed without any script")).to_be_visible()
    await page.reload()
    await expect(page.locator(".signs")).to_have_text("✓ saved")


async def test_by_keyboard_alone(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    ada = await person(browser, house.link, "Ada")
    join = ada.locator("#now").get_by_role("button", name="Join")
    for _ in range(40):
        await ada.keyboard.press("Tab")
        if await join.evaluate("b => b === document.activeElement"):
            break
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_text("We'll start when the host is ready")).to_be_visible()
    await panel(host, "Start")
    await at(ada, "Welcome")
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    await ada.keyboard.press("Home")
    for _ in range(40):
        await ada.keyboard.press("Tab")
        if await ada.evaluate("document.activeElement.id === 'say'"):
            break
    await ada.keyboard.type("only keys")
    await ada.keyboard.press("Enter")
    await expect(ada.locator(".message.mine-own .signs")).to_have_text("✓ saved")
    assert await ada.evaluate("document.activeElement.id") == "say"  # focus stays where it was


async def test_a_new_question_comes_into_sight_and_into_the_title(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    ada = await person(browser, house.link, "Ada")
    await ada.locator("#now").get_by_role("button", name="Join").click()
    await expect(ada.get_by_text("We'll start when the host is ready")).to_be_visible()
    await ada.set_viewport_size({"width": 380, "height": 640})
    await panel(host, "Start")
    await at(ada, "Welcome")
    await ada.evaluate("scrollTo(0, document.body.scrollHeight)")
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    await expect(ada.locator("#now .status h2")).to_be_in_viewport()
    await expect(ada).to_have_title(re.compile("One line to arrive"))


async def test_the_board_grows_as_answers_come_in(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    await host.get_by_role("button", name="First circle, 16 min").click()
    people = [await person(browser, house.link, name) for name in ("Ada", "Bo", "Chi")]
    for page in people:
        await page.locator("#now").get_by_role("button", name="Join").click()
    async with host.expect_popup() as opening:
        await host.get_by_role("link", name="Open the big screen").click()
    board = await opening.value
    await board.set_viewport_size({"width": 1920, "height": 1080})
    await panel(host, "Start")
    await expect(board.get_by_role("heading", name="Welcome")).to_be_visible()
    await panel(host, "Next")
    for n, page in enumerate(people, 1):
        await at(page, "One line to arrive")
        await say(page, f"line {n}: by the window, and a laugh about the broken rota")
        await expect(board.locator(".cards li")).to_have_count(n)
    await expect(board.get_by_text("3 of 3 have answered")).to_be_visible()
    await shot(board, "board")


async def test_what_is_pressed_stays_where_it_is_until_the_finger_is_up(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    ada, bo = await person(browser, house.link, "Ada"), await person(browser, house.link, "Bo")
    await host.get_by_role("button", name="First circle, 16 min").click()
    await press_join(ada)
    await expect(host.locator("#panel")).to_contain_text("People (1)")
    door = host.locator("#panel summary", has_text="Lock or end")
    before = await door.element_handle()
    await door.hover()
    await host.mouse.down()
    await press_join(bo)
    await say(bo, "Good evening")
    await expect(host.locator("#messages")).to_contain_text("Good evening")  # and what came before it
    assert before and await before.evaluate("each => each.isConnected")
    await host.mouse.up()
    await expect(host.locator("#panel")).to_contain_text("People (2)")
    await expect(host.get_by_role("button", name="Close the lobby")).to_be_visible()


async def test_who_still_types_when_the_step_moves_on_keeps_the_box_and_the_cursor(
    browser: Browser, house: Process
):
    host = await person(browser, house.host_link, "Hedi")
    ada, bo = await person(browser, house.link, "Ada"), await person(browser, house.link, "Bo")
    await host.get_by_role("button", name="First circle, 16 min").click()
    for page in (ada, bo):
        await press_join(page)
    await panel(host, "Start")
    await at(ada, "Welcome")
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    await panel(host, "Next")
    await at(ada, "What I bring, what I get")
    await bo.get_by_label("I bring").fill("one bad joke")
    await bo.locator("#now").get_by_role("button", name="Send").click()
    box = ada.get_by_label("I bring")
    await box.click()
    await ada.keyboard.type("a patent ear")
    for _ in range(len("ent ear")):
        await ada.keyboard.press("ArrowLeft")
    await panel(host, "Next")
    await panel(host, "Show it now")
    await panel(host, "Next")
    await at(ada, "Which kind of value")

    # the cursor is where it was, in a box that is in sight and says that it is late
    await ada.keyboard.type("i")
    await expect(box).to_be_focused()
    await expect(box).to_be_in_viewport()
    await expect(box).to_have_value("a patient ear")
    await expect(ada.locator("#now .late")).to_contain_text(
        "You can finish your answer here and send it late"
    )
    await expect(ada.locator("#moved")).to_contain_text("You can finish your answer here and send it late")
    await expect(ada.locator("#moved")).to_contain_text("Which kind of value")  # told once, to who cannot see
    await shot(ada, "late")

    # a reload takes no draft away, neither of a form nor of the conversation
    await ada.locator("#say").fill("half a sent")
    await ada.reload()
    await expect(ada.locator("#line")).to_have_text("live")
    await expect(ada.locator("#say")).to_have_value("half a sent")
    await expect(box).to_be_visible()
    await expect(box).to_have_value("a patient ear")
    await ada.locator("#now .late").get_by_role("button", name="Send it late").click()
    await expect(ada.locator("#mine")).to_contain_text("a patient ear")
    await expect(ada.locator("#now .late")).to_have_count(0)
    await ada.locator("#say").press("Enter")
    await expect(ada.locator("#messages")).to_contain_text("half a sent")

    # what is sent is no draft any more
    await ada.reload()
    await expect(ada.locator("#line")).to_have_text("live")
    await expect(ada.locator("#say")).to_have_value("")
    await expect(ada.locator("#now .late")).to_have_count(0)
    kept = await ada.evaluate("Object.values(sessionStorage).join()")
    assert "patient" not in kept and "half a sent" not in kept
    assert not ada.faults  # type: ignore[attr-defined]


async def test_what_is_shown_to_all_comes_into_sight_on_a_phone(browser: Browser, house: Process):
    host = await person(browser, house.host_link, "Hedi")
    ada, bo = await person(browser, house.link, "Ada"), await person(browser, house.link, "Bo")
    await host.get_by_role("button", name="First circle, 16 min").click()
    for page in (ada, bo):
        await press_join(page)
        await page.set_viewport_size({"width": 380, "height": 640})
    await panel(host, "Start")
    await at(ada, "Welcome")
    await panel(host, "Next")
    await at(ada, "One line to arrive")
    await panel(host, "Next")
    await at(ada, "What I bring, what I get")
    await ada.get_by_label("I bring").fill("a patient ear")
    await ada.locator("#now").get_by_role("button", name="Send").click()
    await expect(ada.locator("#now > form.answer .said")).to_have_text("sent ✓")
    await bo.get_by_label("I bring").fill("half a thou")  # still writing: nothing is taken from under the eye
    await panel(host, "Next")
    await panel(host, "Show it now")
    for page in (ada, bo):
        await expect(page.locator("#now .status")).to_have_attribute("data-shown", "")
    await expect(ada.locator("#messages").get_by_text("a patient ear")).to_be_in_viewport()
    await expect(bo.locator("#messages").get_by_text("a patient ear")).to_have_count(1)
    await expect(bo.get_by_label("I bring")).to_be_in_viewport()
    await expect(bo.locator("#messages").get_by_text("a patient ear")).not_to_be_in_viewport()
    await panel(host, "Next")
    await at(ada, "Which kind of value")
    await expect(ada.locator("#now .status h2")).to_be_in_viewport()
