"""Workshops that follow each other in one web room: old words stay at hand, old buttons are no trap for newcomers."""

from __future__ import annotations

import re

import pytest

from bot.app.process import App
from bot.core.model.facts import Phase, Share
from bot.core.model.session import Session
from tests.platforms.web.test_server import Browser, app, people, session_of

__all__ = ["app", "people"]  # fixtures


async def sessions(app: App) -> list[Session]:
    """All sessions, the newest first."""
    return [
        (await app.runtime.sessions.load(key))[0]
        for key, _, _ in await app.store.sessions.listed("web:circle")
    ]


@pytest.fixture
async def second(app: App, people: list[Browser]) -> list[Browser]:
    """The first workshop is in its review, and the lobby of another one is open, in which Ada and Bo are."""
    host, ada, bo = people
    await ada.send(do="say", text="an apple of Ada")
    await bo.send(do="say", text="a pear of Bo")
    await host.send(do="order", command="workshop end")
    await host.send(do="order", command="workshop start value-creation 60")
    for browser in (ada, bo):
        await browser.send(do="order", command="join")
    return people


def forms(page: str, command: str) -> list[dict[str, str]]:
    """The fields of every form of a page that gives this command."""
    found = []
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        fields = dict(re.findall(r'name="([\w.]+)" value="([^"]*)"', form))
        if fields.get("command") == command:
            found.append(fields)
    return found


async def test_my_words_hold_those_of_the_workshop_before_and_act_on_it(app: App, second: list[Browser]):
    _, ada, bo = second
    latest, first = await sessions(app)
    assert latest.phase is Phase.LOBBY and first.phase is Phase.REVIEW
    page = await ada.page()
    mine = page.partition('id="mine"')[2].partition('id="room"')[0]
    assert "an apple of Ada" in mine and "a pear of Bo" not in mine
    (share,) = forms(mine, "my share")
    assert share["session"] == first.id
    answer = share["arg.answer"]
    await ada.http.post(f"{ada.room}/do", data={**share, "arg.how": "name"}, allow_redirects=False)
    latest, first = await sessions(app)
    assert first.answers[answer].share is Share.NAME
    frame = await ada.until(lambda f: 'value="name" selected' in f.get("views", {}).get("mine", ""))
    assert (
        "an apple of Ada" in frame["views"]["mine"]
    )  # the open page follows what happens in the earlier session
    await ada.send(do="say", text="/withdraw 1")
    latest, first = await sessions(app)
    assert first.answers[answer].withdrawn
    async with bo.http.get(f"{bo.room}/sheet") as sheet:
        assert "a pear of Bo" in await sheet.text()


async def test_a_newcomer_sees_the_workshop_of_now_and_a_link_to_the_recaps(app: App, second: list[Browser]):
    host, ada, _ = second
    await host.send(do="order", command="workshop start")
    zed = Browser(app)
    await zed.enter("Zed")
    page = await zed.page()
    log = page.partition('id="messages"')[2].partition("</ol>")[0]
    assert "an apple of Ada" not in page and "First circle" not in log
    assert "Creating value" in page and '/recaps">their recaps' in page
    await zed.connect()
    message = next(m for m in re.findall(r'id="m([\w-]+)"[^>]*data-author="(\w+)"', await ada.page()) if m[1])
    await ada.send(do="edit", message=message[0], text="a quince of Ada")
    await ada.send(do="say", text="hello, Zed")
    await zed.until(lambda f: "hello, Zed" in str(f.get("messages")))
    assert "quince" not in zed.seen()
    assert "an apple of Ada" in await ada.page() or "a quince of Ada" in await ada.page()
    await zed.close()


async def test_buttons_of_a_workshop_that_is_over_name_it_and_ask_for_nothing(
    app: App, people: list[Browser]
):
    host, ada, _ = people
    first = await session_of(app)
    await host.send(do="order", command="workshop end")
    await host.send(do="order", command="workshop publish")
    await host.send(do="order", command="workshop start value-creation 60")
    page = await ada.page()
    for form in re.findall(
        r"<form.*?</form>", page.partition('id="messages"')[2].partition('id="composer"')[0], re.DOTALL
    ):
        if f'value="{first.id}"' in form:
            for command in re.findall(r'name="command" value="([^"]*)"', form):
                assert command.split()[0] in ("recognition", "take", "progress", "thanked", "recap"), command
    host_page = await host.page()
    (look,) = [
        form
        for form in re.findall(r"<form.*?</form>", host_page, re.DOTALL)
        if "This workshop has ended" in form
    ][:1] or [""]
    assert "workshop next" not in look
