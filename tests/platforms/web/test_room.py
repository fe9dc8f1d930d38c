"""The room as people meet it: names that are nobody's, slashes that are no commands, private questions, an old panel."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.app.process import App
from bot.core.model.facts import Phase
from bot.render.html import html
from tests.platforms.web.test_server import Browser, app, people, session_of

__all__ = ["app", "people"]  # fixtures


@pytest.mark.parametrize(
    "name", ["Somebody", "everyone", "HERE", "host", "Alguien", "jemand", "quelqu'un", "Niemand"]
)
async def test_nobody_is_called_what_means_somebody_else(app: App, name: str):
    browser = Browser(app)
    async with await browser.enter(name) as answer:
        assert "is reserved for the bot or the hosts" in await answer.text()
    await browser.close()


async def test_a_line_with_a_slash_that_is_no_command_is_said_and_a_near_miss_is_asked_about(
    app: App, people: list[Browser]
):
    _, ada, bo = people
    for line in ("/shrug", "/s kidding", "/usr/bin is a folder"):
        assert "ack" in await ada.send(do="say", text=line)
        await bo.until(lambda f, line=line: line in str(f.get("messages")))
    assert "Did you mean /answer?" in (await ada.send(do="say", text="/anwser hello"))["why"]


def test_our_text_keeps_its_lines_and_shows_commands_as_such():
    assert html("one\ntwo") == "<p>one<br>two</p>"
    assert html("- `/help <what>`: all") == "<ul><li><code>/help &lt;what&gt;</code>: all</li></ul>"
    assert "<code>" not in html("\u2068`theirs`\u2069")


async def test_the_box_of_the_room_steps_back_while_a_question_is_private(app: App, people: list[Browser]):
    host, ada, _ = people
    seen = {}
    while (session := await session_of(app)).phase is Phase.RUNNING and session.step != "story":
        seen[session.step] = "data-alone=" in (await ada.page())
        await host.send(do="order", command=f"workshop next {session.moment}")
    assert not seen["arrive"]
    assert "data-alone=" in await ada.page()


async def test_who_helped_a_host_keeps_no_panel_of_a_session_that_is_over(app: App, people: list[Browser]):
    host, ada, _ = people
    await host.send(do="order", command="workshop companion Ada")
    assert "People" in (await ada.page()).partition('id="panel"')[2].partition('id="now"')[0]
    await host.send(do="order", command="workshop end")
    assert re.search(r'value="recap publish" data-ask="[^"]+"', await host.page())
    await host.send(do="order", command="workshop publish")
    assert "People" not in (await ada.page()).partition('id="panel"')[2].partition('id="now"')[0]


async def test_when_the_recap_is_posted_is_a_moment_that_the_page_shows_in_its_own_zone(
    app: App, people: list[Browser]
):
    host, ada, _ = people
    await host.send(do="order", command="workshop end")
    session = await session_of(app)
    assert session.phase_until is not None
    shown = re.search(
        r'posted automatically after <time class="at" datetime="([^"]+)">[^<]* UTC</time>', await ada.page()
    )
    assert shown and datetime.fromisoformat(shown[1]) >= session.phase_until


async def test_a_link_that_only_this_computer_opens_says_so(app: App, people: list[Browser]):
    host, *_ = people
    assert "Only this computer can open that link." in await host.page()
