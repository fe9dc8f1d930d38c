"""Galleries: only what is shared hangs; signs are named, and tell nobody who gave them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.events import Reacted
from bot.core.model.evolve import fold
from tests.support import GALLERIED, ROOM, Scene, person, plain


@pytest.fixture
async def wall(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = await Scene(tmp_path / "wall.db", parse(GALLERIED)).open()
    await scene.gathered("Ada", "Bo", "Chi", *(f"P{n}" for n in range(6)))
    await scene.submit("Ada", "tale", moment="Ines showed her rota", share="name")
    await scene.submit("Bo", "tale", moment="a long one " * 60, share="name")
    await scene.submit("Chi", "tale", moment="kept to myself", share="no")
    for n in range(6):
        await scene.submit(f"P{n}", "tale", moment=f"story of {n}", share="name")
    await scene.next()
    yield scene
    await scene.close()


async def test_only_what_is_shared_hangs_numbered_five_in_a_message(wall: Scene):
    cards = [plain(text) for text in wall.room() if "Card " in text]
    assert len(cards) == 2
    assert "Card 1, Ada:" in cards[0] and "Card 6, " in cards[1] and "Card 9" not in cards[1]
    assert not any("kept to myself" in text for text in wall.room())


async def test_a_long_card_is_cut_and_can_be_read_whole(wall: Scene):
    first = next(plain(text) for text in wall.room() if "Card 2" in text)
    assert "(to read all of it: /card 2)" in first and len(first.split("Card 2")[1].split("Card 3")[0]) < 400
    await wall.order("Ada", "whole", card="2")
    assert plain(wall.private("Ada")[-1]).count("a long one") == 60


async def test_signs_reach_the_author_as_counts_and_can_be_taken_away(wall: Scene):
    await wall.order("Bo", "react", card="1", sign="help")
    await wall.order("Chi", "react", card="1", sign="I can help")
    await wall.order("Chi", "react", card="1", sign="same")
    await wall.order("Chi", "react", card="1", sign="same")  # and away again
    await wall.order("Ada", "my")
    told = plain(wall.private("Ada")[-1])
    assert "Others answered: 2 × I can help" in told and "Same here" not in told


@pytest.mark.parametrize(
    ("card", "sign", "says"),
    [("99", "help", "no card"), ("1", "applause", "You can react with"), ("x", "help", "no card")],
)
async def test_a_wrong_card_or_sign_is_said(wall: Scene, card: str, sign: str, says: str):
    await wall.order("Bo", "react", card=card, sign=sign)
    assert says in wall.private("Bo")[-1]


async def test_a_card_that_is_taken_back_is_gone_and_keeps_the_other_numbers(wall: Scene):
    await wall.order("P0", "withdraw", answer="1")
    cards = "\n".join(plain(text) for text in wall.room())
    assert "story of 0" not in cards and "Card 3" not in cards and "Card 4, P1:" in cards
    await wall.order("Bo", "react", card="3", sign="help")
    assert "no card" in wall.private("Bo")[-1]


async def test_who_is_forgotten_leaves_no_signs_under_their_name(wall: Scene):
    await wall.order("Bo", "react", card="1", sign="help")
    await wall.order("Bo", "forget", me="me")
    session = await wall.session()
    assert "stage:bo" not in session.steps["wall"].signs and len(session.steps["wall"].signs) == 1
    assert fold(await wall.store.facts(wall.session_id)) == session


async def test_with_nothing_shared_the_gallery_says_so(tmp_path: Path):
    scene = await Scene(tmp_path / "empty.db", parse(GALLERIED)).open()
    await scene.gathered("Ada")
    await scene.submit("Ada", "tale", moment="kept to myself", share="no")
    await scene.next()
    assert any("No one has shared anything here yet" in text for text in scene.room())
    await scene.wait(600)
    assert (await scene.session()).step == "bye" or not (await scene.session()).live
    await scene.close()


async def test_reading_in_silence_is_not_missing_something(wall: Scene):
    before = {p.id: p.missed for p in (await wall.session()).people.values()}
    await wall.next()
    assert {p.id: p.missed for p in (await wall.session()).people.values()} == before


async def test_a_number_and_a_sign_count_as_they_are_typed_and_talk_stays_talk(wall: Scene):
    await wall.say("Bo", "1 help")
    await wall.say("Chi", "1. I can help")
    for text in ("1 more thing", "brb, doorbell", "help", "2023 was a good year"):
        await wall.say("P1", text)
    await wall.say("P2", "99 help")
    assert "no card" in wall.private("P2")[-1]
    await wall.order("Ada", "my")
    assert "Others answered: 2 × I can help" in plain(wall.private("Ada")[-1])
    assert wall.ticked("Bo") == [True] and wall.ticked("P1") == [False] * 4


async def put(wall: Scene, name: str, part: int, sign: str, *, on: bool = True) -> None:
    """Somebody puts a sign on one of the messages with cards."""
    there = [line.id for line in wall.stage.lines.values() if line.channel == ROOM and "Card " in line.text]
    who = person(name)
    await wall.happen(
        Reacted(id="", channel=ROOM, at=wall.clock.now(), person=who, message=there[part], sign=sign, on=on)
    )


async def signs(wall: Scene) -> dict[str, set[tuple[str, str]]]:
    session = await wall.session()
    state = session.steps[session.step]
    numbers = {key: str(n) for n, key in enumerate(state.cards, 1)}
    found = {p: {(numbers[key], sign) for key, sign in held} for p, held in state.signs.items()}
    return {p: held for p, held in found.items() if held}


async def test_the_number_of_a_card_as_a_reaction_is_its_first_sign_and_taken_away_it_is_gone(wall: Scene):
    await put(wall, "Bo", 0, "1\ufe0f\u20e3")
    await put(wall, "Bo", 0, "1\ufe0f\u20e3")  # told twice it is put once
    await put(wall, "Chi", 1, "6\u20e3")
    first = wall.script.step("wall").reactions[0].key
    assert await signs(wall) == {"stage:bo": {("1", first)}, "stage:chi": {("6", first)}}
    await wall.reopen()
    await put(wall, "Bo", 0, "1\ufe0f\u20e3", on=False)
    await put(wall, "Bo", 0, "1\ufe0f\u20e3", on=False)
    assert await signs(wall) == {"stage:chi": {("6", first)}}


@pytest.mark.parametrize(
    ("name", "part", "sign"),
    [
        ("Bo", 0, "\u2764\ufe0f"),
        ("Bo", 0, "6\u20e3"),
        ("Bo", 1, "9\u20e3"),
        ("Bo", 0, "0\u20e3"),
        ("Sam", 0, "1\u20e3"),
    ],
)
async def test_any_other_reaction_is_nothing_to_us(wall: Scene, name: str, part: int, sign: str):
    before = len(wall.private(name))
    await put(wall, name, part, sign)
    assert await signs(wall) == {} and len(wall.private(name)) == before
