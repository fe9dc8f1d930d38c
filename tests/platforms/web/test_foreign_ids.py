"""Ids of messages in the web room are consecutive; asking or acting by one that is not one's own gives nothing."""

from __future__ import annotations

import pytest

from bot.app.process import App
from bot.core.model.facts import Phase
from tests.platforms.web.test_server import Browser, app, people, session_of

__all__ = ["app", "people"]  # fixtures


async def lines(app: App) -> list[tuple]:
    """All that stands in the room, as it is kept."""
    from bot.store import web_rows

    room = (await session_of(app)).places["room:1"]
    private = [f"{room}/~{person.removeprefix('web:')}" for person in (await session_of(app)).people]
    kept = await app.store.read(lambda db: web_rows.since(db, [room, f"{room}/hosts", *private], 0))
    return [(m.id, m.author, m.body, m.deleted, m.edited) for m in kept if m.author]


@pytest.mark.parametrize("do", ["edit", "delete", "use"])
async def test_nothing_happens_by_the_id_of_another_ones_message(app: App, people: list[Browser], do: str):
    _, ada, bo = people
    await ada.send(do="say", text="mine, and mine alone")
    await bo.until(lambda frame: "mine alone" in str(frame))
    before, answers = await lines(app), set((await session_of(app)).answers)
    replies = set()
    for number in range(1, 12):
        answer = await bo.send(do=do, message=number, text="taken over")
        replies.add(str(answer.get("why", "ack")))
    assert await lines(app) == before
    assert set((await session_of(app)).answers) == answers
    assert len(replies) == 1, "whether there is a message with this id cannot be told"


async def test_no_address_of_a_running_session_gives_a_file(app: App, people: list[Browser]):
    host, ada, _ = people
    session = await session_of(app)
    assert session.phase is Phase.RUNNING or session.phase is Phase.LOBBY
    for who in (host, ada):
        for path in (
            "recap/{}",
            "recap/{}.json",
            "recap/{}.csv",
            "recap/{}.md",
            "recap/{}.mp4",
            "recap/{}.txt",
            "pack/{}",
        ):
            async with who.http.get(f"{who.room}/{path.format(session.id)}", allow_redirects=False) as answer:
                assert answer.status in (302, 403, 404), path
                assert not (await answer.read()).startswith((b"PK", b"{", b"\xef\xbb\xbf"))
