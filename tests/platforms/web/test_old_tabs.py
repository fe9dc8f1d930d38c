"""Old tabs: every button and form that a page ever held is pressed in a later workshop, twice, and by others' pages."""

from __future__ import annotations

import asyncio
import re
import secrets
from datetime import timedelta
from html import unescape

import pytest

from bot.app.process import App
from bot.core import queries
from bot.core.model import facts as f
from bot.core.model.session import Session
from tests.platforms.web.test_server import Browser, app, people

__all__ = ["app", "people"]  # fixtures

Pressed = tuple[str, tuple[tuple[str, str], ...]]  # where a form goes, and what it holds


def presses(page: str) -> set[Pressed]:
    """Everything that can be sent from a page: each button of each form with what stands in it."""
    found: set[Pressed] = set()
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL):
        action = re.search(r'action="([^"]*)"', form)
        if action is None or not action[1].endswith("/do"):
            continue
        held, buttons = {}, []
        for tag in re.findall(r"<(?:input|button|textarea|select)[^>]*>", form):
            named = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
            if not named.get("name"):
                continue
            if tag.startswith("<button"):
                buttons.append((named["name"], unescape(named.get("value", ""))))
            elif named.get("type") == "hidden":
                held[named["name"]] = unescape(named.get("value", ""))
            elif named.get("type") in ("radio", "checkbox"):
                held.setdefault(named["name"], unescape(named.get("value", "")))
            else:
                held.setdefault(named["name"], "some words")
        for button in buttons or [("", "")]:
            fields = {**held, button[0]: button[1]} if button[0] else held
            found.add((action[1], tuple(sorted(fields.items()))))
    return found


async def sessions(app: App) -> list[Session]:
    """All sessions, the newest first."""
    return [
        (await app.runtime.sessions.load(key))[0]
        for key, _, _ in await app.store.sessions.listed("web:circle")
    ]


async def send(browser: Browser, press: Pressed) -> tuple[int, str]:
    """Send a form, as a page without a script does."""
    action, fields = press
    async with browser.http.post(
        f"{browser.base}{action}", data=dict(fields), allow_redirects=False
    ) as answer:
        return answer.status, await answer.text()


async def evening(app: App, people: list[Browser], host: Browser) -> dict[Browser, set[Pressed]]:
    """First circle from its first question to its recap; what could be pressed on each page at each moment."""
    seen: dict[Browser, set[Pressed]] = {browser: set() for browser in people}

    async def look() -> None:
        for browser in people:
            seen[browser] |= presses(await browser.page())

    for name, browser in zip(("Ada", "Bo"), people[1:], strict=True):
        await browser.send(do="say", text=f"a line of {name}")
    await look()
    while True:
        newest = (await sessions(app))[0]
        if newest.phase is not f.Phase.RUNNING:
            break
        await look()
        await host.send(do="order", command=f"workshop next {newest.moment}")
    await look()
    await people[1].send(do="order", command="thanks Bo: for the tea")
    await look()
    await host.send(do="order", command="workshop publish")
    await look()
    return seen


def settled(session: Session) -> tuple[object, ...]:
    """What is true in a session, apart from what was shown to whom."""
    answers = [
        (
            a.id,
            a.step,
            {key: piece.text for key, piece in a.pieces.items()},
            a.picks,
            a.share,
            a.withdrawn,
            a.held,
        )
        for a in session.answers.values()
    ]
    people = [(p.id, p.name, p.present, p.removed, p.reading, p.needs_help) for p in session.people.values()]
    return (
        (session.phase, session.moment, session.paused, session.locked, session.companions, session.hosts),
        (answers, people, session.reported, session.follow, session.apart),
        (session.granted, session.declined, session.proposed, session.on_show),
        [(u.choice, u.person, u.how) for u in session.undertaken.values()],
        [(t.by, t.person, t.hidden, t.passed, t.share) for t in session.thanks.values()],
    )


EVERYWHERE = ("my erase",)  # reaches every workshop that somebody was in, and says so


async def test_whatever_an_old_page_holds_acts_on_its_own_workshop_and_once(
    app: App, people: list[Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "TWICE", 60.0)  # a busy machine may need seconds between the two
    host, ada, bo = people
    seen = await evening(app, people, host)
    await host.send(do="order", command="workshop start value-creation 60")
    for browser in (ada, bo):
        await browser.send(do="order", command="join")
    await host.send(do="order", command="workshop start")
    await app.runtime.idle()
    old = (await sessions(app))[1].id
    pressed = 0
    for browser, held in seen.items():
        for press in sorted(held):
            fields = dict(press[1])
            if fields.get("session") != old or fields.get("command") in EVERYWHERE:
                continue
            pressed += 1
            after = []
            for _ in range(3):  # as it is, pressed, and pressed again
                after.append([settled(each) for each in await sessions(app)])
                status, told = await send(browser, press)
                assert status < 500, (fields, told)
                await app.runtime.idle()
            new, first, second = after[0][0], after[1], after[2]
            assert first[0] == second[0] == new, f"reached the workshop of now: {fields}"
            assert first[1] == second[1], f"heard twice: {fields}"
    assert pressed > 50


async def test_two_pages_of_one_person_send_the_same_and_it_counts_once(
    app: App, people: list[Browser]
) -> None:
    host, ada, _ = people
    pages = {}
    for browser in (host, ada):  # a second tab: the same cookies, a line of its own
        tab = Browser(app)
        await tab.http.close()
        tab.http = browser.http
        await tab.connect()
        pages[browser] = (browser, tab)

    async def both(browser: Browser, **what: str) -> Session:
        await asyncio.gather(*(page.send(nonce=secrets.token_hex(4), **what) for page in pages[browser]))
        await app.runtime.idle()
        return (await sessions(app))[0]

    before = (await sessions(app))[0]
    after = await both(ada, do="order", command="thanks Bo: for the tea")
    assert len(after.thanks) == 1
    assert before.current and before.current.until
    after = await both(host, do="order", command="workshop extend 5")
    assert after.current and after.current.until
    assert after.current.until - before.current.until == timedelta(minutes=5)
    for command in ("helpme", "pass", "writing", "workshop pause", "workshop resume", "workshop lock"):
        after = await both(host if command.startswith("workshop") else ada, do="order", command=command)
    assert after.locked and not after.paused
    moment = after.moment
    after = await both(host, do="order", command=f"workshop next {moment}")
    assert after.moment > moment and after.visit - moment // 3 <= 1
    for _, tab in pages.values():
        await tab.ws.close()  # type: ignore[union-attr]
