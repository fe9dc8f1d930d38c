"""What leaves of a message's number: a text without order or meaning, by which its page still finds it."""

from __future__ import annotations

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from bot.app.process import App
from bot.platforms.web.signing import PublicIds, Signer
from bot.store import web_rows
from tests.platforms.web.test_server import Browser, app, people, session_of

__all__ = ["app", "people"]  # fixtures

IDS = PublicIds(Signer("a secret"))


@given(st.integers(0, 2**40 - 1), st.sampled_from(["message", "change"]))
def test_a_text_leads_back_to_its_number_and_to_no_other_kind(number: int, kind: str):
    text = IDS.of(kind, number)
    assert IDS.number(kind, text) == number
    assert not any(letter.isdigit() for letter in text)
    assert IDS.number("other", text) is None
    assert PublicIds(Signer("another")).number(kind, text) is None


@given(st.text(max_size=40) | st.text("bcdfghjklmnpqrst", min_size=16, max_size=16))
def test_no_text_of_others_is_a_number(text: str):
    assert IDS.number("message", text) is None


def test_neighbors_have_nothing_in_common():
    texts = [IDS.of("message", n) for n in range(200)]
    assert len(set(texts)) == 200
    rising = sum(a < b for a, b in itertools.pairwise(texts))
    assert 70 < rising < 130, "their order is that of their numbers, or its reverse"
    for place in range(16):
        assert len({text[place] for text in texts}) > 10


async def test_no_number_of_a_message_or_a_change_leaves(app: App, people: list[Browser]):
    host, ada, bo = people
    await ada.send(do="say", text="a line of mine")
    await bo.until(lambda frame: "a line of mine" in str(frame))
    room = (await session_of(app)).places["room:1"]
    kept = await app.store.read(lambda db: web_rows.since(db, [room], 0))
    for browser in (host, ada, bo):
        for frame in browser.frames:
            for message in frame.get("messages", ()):
                assert not str(message["id"]).isdecimal() and not str(message["rev"]).isdecimal()
        async with browser.http.get(browser.room) as answer:
            page = await answer.text()
        for message in kept:
            assert f'data-id="{message.id}"' not in page and f'id="m{message.id}"' not in page
            assert f'web:{message.id}"' not in page
        assert f'data-rev="{max(m.rev for m in kept)}"' not in page


async def test_a_page_of_an_earlier_version_is_loaded_anew_and_its_numbers_still_mean_its_own(
    app: App, people: list[Browser]
):
    _, ada, bo = people
    await ada.send(do="say", text="typed in an old page")
    await bo.until(lambda frame: "typed in an old page" in str(frame))
    room = (await session_of(app)).places["room:1"]
    kept = await app.store.read(lambda db: web_rows.since(db, [room], 0))
    mine = next(m for m in kept if m.body == "typed in an old page")
    assert "ack" in await ada.send(do="edit", message=str(mine.id), text="changed in an old page")
    await bo.until(lambda frame: "changed in an old page" in str(frame))
    assert bo.ws
    bo.frames.clear()
    await bo.ws.send_json({"do": "since", "rev": mine.rev})
    assert await bo.until(lambda frame: frame.get("out")) == {"out": True}
    assert not any("messages" in frame for frame in bo.frames)


async def test_what_comes_live_before_the_rest_does_not_end_the_catching_up(app: App, people: list[Browser]):
    """A line that is cut while a page catches up: the page asks from where it was, not from the newest it saw."""
    _, ada, bo = people
    assert bo.ws
    first = next(f["upto"] for f in bo.frames if "upto" in f)
    await ada.send(do="say", text="the first that is missed")
    await ada.send(do="say", text="the second")
    await bo.until(lambda frame: "the second" in str(frame))
    bo.frames.clear()
    await bo.ws.send_json({"do": "since", "rev": first})
    end = await bo.until(lambda frame: "upto" in frame)
    before = bo.frames[: bo.frames.index(end) + 1]
    assert "the first that is missed" in json.dumps(before) and "the second" in json.dumps(before)
    assert end["upto"] == [m["rev"] for f in before for m in f.get("messages", ())][-1]
