"""Offers have names, for the author of a card only, who may ask for a place for the two of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.evolve import fold
from tests.support import GALLERIED, Scene, plain


@pytest.fixture
async def wall(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = await Scene(tmp_path / "wall.db", parse(GALLERIED)).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan", "Eve")
    await scene.submit("Ada", "tale", moment="Ines showed her rota", share="name")
    await scene.submit("Bo", "tale", moment="I lost the keys", share="anonymous")
    await scene.submit("Chi", "tale", moment="We painted the hall", share="name")
    await scene.submit("Dan", "tale", moment="Nobody came", share="name")
    await scene.next()
    yield scene
    await scene.close()


async def card_of(scene: Scene, name: str) -> str:
    session = await scene.session()
    keys = session.steps["wall"].cards
    return str(keys.index(next(k for k in keys if session.answers[k].person == f"stage:{name.lower()}")) + 1)


async def offer(scene: Scene, giver: str, author: str, sign: str = "help") -> None:
    await scene.order(giver, "react", card=await card_of(scene, author), sign=sign)


def told(scene: Scene, name: str) -> list[str]:
    return [plain(text) for text in scene.private(name)]


async def test_it_is_said_before_that_the_author_sees_who(wall: Scene):
    asked = next(plain(text) for text in wall.room() if "Read one slowly" in text)
    assert "If you press “I can help”, the card's author sees that it's you." in asked
    assert "“Same here”, the" not in asked


async def test_the_author_alone_reads_who_offers_and_other_reactions_have_no_name(wall: Scene):
    await offer(wall, "Eve", "Ada")
    await offer(wall, "Dan", "Ada", "same")
    assert any(
        "Eve says “I can help” about your card" in text and "rota" in text for text in told(wall, "Ada")
    )
    assert not any("Dan" in text for text in told(wall, "Ada"))
    assert "author can see that it's from you" in told(wall, "Eve")[-1]
    assert not any("author can see" in text for text in told(wall, "Dan"))
    assert not any("Eve says" in text for name in ("Bo", "Chi", "Host") for text in told(wall, name))
    assert not any("Eve says" in text for text in wall.room())
    await wall.order("Ada", "my")
    assert "1 × I can help" in told(wall, "Ada")[-1]


async def test_taken_back_it_names_nobody_and_given_again_it_does(wall: Scene):
    await offer(wall, "Eve", "Ada")
    await offer(wall, "Eve", "Ada")
    assert not any("Eve says" in text for text in told(wall, "Ada"))
    assert "Deleted" in told(wall, "Eve")[-1]
    await wall.order("Ada", "introduce", who="Eve")
    assert "No one has offered" in told(wall, "Ada")[-1] and not (await wall.session()).introductions
    await offer(wall, "Eve", "Ada")
    assert any("Eve says" in text for text in told(wall, "Ada"))


async def test_introduced_they_have_a_place_with_a_line_of_each(wall: Scene):
    await offer(wall, "Eve", "Ada")
    await wall.order("Ada", "introduce", who="stage:eve")
    session = await wall.session()
    [made] = session.introductions
    place = session.places[made.place]
    assert wall.stage.threads[place] == {"stage:ada", "stage:eve"} or set(wall.stage.threads[place]) == {
        "stage:ada",
        "stage:eve",
    }
    [first] = [plain(line.text) for line in wall.stage.lines.values() if line.channel == place]
    assert "Ada wrote:" in first and "Ines showed her rota" in first and "Eve said: “I can help”" in first
    assert "opened a place" in told(wall, "Ada")[-1] and "opened a place" in told(wall, "Eve")[-1]
    await wall.order("Ada", "introduce", who="Eve")
    assert "already have a place" in told(wall, "Ada")[-1]
    assert len((await wall.session()).introductions) == 1
    assert fold(await wall.store.facts(wall.session_id)) == await wall.session()


async def test_who_told_without_a_name_reads_first_what_the_other_will_learn(wall: Scene):
    await offer(wall, "Eve", "Bo")
    asked = next(text for text in told(wall, "Bo") if "Eve says" in text)
    assert "they'll learn that you wrote it" in asked and "/introduce Eve" in asked
    assert not any("Bo" in text for text in told(wall, "Eve") if "lost the keys" in text)
    await offer(wall, "Eve", "Ada")
    assert not any("they'll learn" in text for text in told(wall, "Ada"))


@pytest.mark.parametrize("how", ["host", "author", "giver"])
async def test_who_are_never_paired_are_not_introduced(wall: Scene, how: str):
    if how == "host":
        await wall.order("Host", "workshop apart", names="Ada, Eve")
    else:
        one, other = ("Ada", "Eve") if how == "author" else ("Eve", "Ada")
        await wall.order(one, "pair", how=f"not {other}")
    await offer(wall, "Eve", "Ada")
    assert not any("Eve says" in text for text in told(wall, "Ada"))
    await wall.order("Ada", "introduce", who="Eve")
    assert not (await wall.session()).introductions
    await wall.order("Ada", "my")
    assert "1 × I can help" in told(wall, "Ada")[-1]


@pytest.mark.parametrize("who", ["Ada", "Eve"])
async def test_who_is_forgotten_is_named_in_no_offer_and_no_place(wall: Scene, who: str):
    await offer(wall, "Eve", "Ada")
    await wall.order("Ada", "introduce", who="Eve")
    place = (await wall.session()).places[(await wall.session()).introductions[0].place]
    await wall.order(who, "forget", me="me")
    session = await wall.session()
    assert f"stage:{who.lower()}" not in {
        p for each in session.introductions for p in (each.author, each.giver)
    }
    assert fold(await wall.store.facts(wall.session_id)) == session
    shown = [
        plain(line.text) for line in wall.stage.lines.values() if line.channel == place and not line.deleted
    ]
    assert not any(who in text or "rota" in text for text in shown)
    if who == "Eve":
        assert not any("Eve says" in text for text in told(wall, "Ada"))
    assert f"stage:{who.lower()}" not in wall.stage.threads[place]


async def test_a_card_that_is_taken_back_is_quoted_in_no_offer_and_no_place(wall: Scene):
    await offer(wall, "Eve", "Ada")
    await wall.order("Ada", "introduce", who="Eve")
    await wall.order("Ada", "my withdraw", answer="1")
    session = await wall.session()
    place = session.places[session.introductions[0].place]
    shown = [
        plain(line.text) for line in wall.stage.lines.values() if line.channel == place and not line.deleted
    ]
    assert not any("rota" in text for text in shown)


async def test_with_people_under_18_nobody_is_named_and_nobody_introduced(tmp_path: Path):
    young = GALLERIED.replace(
        "minutes: 20\n",
        "minutes: 20\naudience: under_18\n" + "contact: Mo\nsecond_contact: Li\nhelp_text: Call 123.\n",
    )
    scene = await Scene(tmp_path / "young.db", parse(young)).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.submit(name, "tale", moment=f"a tale of {name}", share="name")
    await scene.next()
    await offer(scene, "Bo", "Ada")
    assert not any("Bo says" in text for text in told(scene, "Ada"))
    assert not any("author sees that it's you" in text for text in scene.room())
    await scene.close()


async def test_the_close_counts_introductions(wall: Scene):
    await offer(wall, "Eve", "Ada")
    await wall.order("Ada", "introduce", who="Eve")
    await wall.next()
    await wall.next()
    closing = [plain(text) for text in wall.room() if "1 pair of people met" in text]
    assert closing and not any("Eve" in text for text in closing)
