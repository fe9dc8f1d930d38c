"""Two weeks after it was posted a recap stays as it is; what comes later is added with its day, and taking back works."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.views.recap import recap
from bot.render.recap import exports
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from tests.support import Scene, plain, small

FORTNIGHT = 14 * 86_400 + 60


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = await Scene(tmp_path / "frozen.db", small()).open()
    await made.gathered("Ada", "Bo", "Chi")
    await made.say("Ada", "By the window")
    await made.say("Bo", "On the train")
    await made.say("Chi", "In the garden")
    await made.order("Ada", "share", answer="1", how="name")
    await made.order("Chi", "share", answer="1", how="name")
    await made.order("Host", "workshop end")
    await made.order("Host", "workshop publish")
    yield made
    await made.close()


def of(scene: Scene, words: str) -> list[str]:
    return [plain(text) for text in scene.room() if words in plain(text)]


async def files(scene: Scene) -> list[str]:
    session = await scene.session()
    found = recap(scene.script, session)
    return [
        page(scene.script, session), exports.markdown(found), as_json(found), exports.as_csv(found)
    ]  # fmt: skip


async def test_until_then_it_is_changed_in_place(scene: Scene):
    await scene.order("Bo", "share", answer="1", how="anonymous")
    session = await scene.session()
    assert session.frozen is None and not session.added
    assert all("On the train" in file and "Added later" not in file for file in await files(scene))


async def test_what_comes_later_is_added_with_its_day(scene: Scene):
    await scene.wait(FORTNIGHT)
    await scene.order("Bo", "share", answer="1", how="anonymous")
    session = await scene.session()
    found = recap(scene.script, session)
    assert [quote.author for part in found.parts for quote in part.quotes] == ["Ada", "Chi"]
    [late] = found.added
    assert late.title == "Hello" and late.quote.author == "" and late.at == scene.clock.now()
    [told] = of(scene, "Added to the recap")
    assert "29 January 2026, Hello" in told and "On the train" in told
    assert all("On the train" in file for file in await files(scene))
    assert "29 January 2026" in (await files(scene))[0]


async def test_changed_words_leave_their_place_and_stand_among_what_came_later(scene: Scene):
    await scene.wait(FORTNIGHT)
    await scene.order("Ada", "change", answer="1", text="By the door")
    found = recap(scene.script, await scene.session())
    assert [late.quote.fields[0][1] for late in found.added] == ["By the door"]
    assert not any("By the window" in text for text in scene.room())
    assert not any("By the window" in file for file in await files(scene))


async def test_what_is_taken_back_is_gone_in_both(scene: Scene):
    await scene.wait(FORTNIGHT)
    await scene.order("Bo", "share", answer="1", how="name")
    await scene.reopen()
    await scene.order("Ada", "withdraw", answer="1")
    await scene.order("Bo", "my", what="forget", how="me")
    said = [*map(plain, scene.room()), *await files(scene)]
    assert not any(re.search(r"By the window|On the train|\bBo\b", each) for each in said)
    assert any("In the garden" in each for each in said)
    assert not of(scene, "Added to the recap")


async def test_whoever_lets_others_read_a_name_is_asked_about_it(tmp_path: Path):
    made = await Scene(tmp_path / "names.db", small()).open()
    await made.gathered("Ada", "Bo")
    await made.say("Ada", "Bo and I by the window")
    await made.say("Bo", "Boston by night")
    for name in ("Ada", "Bo"):
        await made.order(name, "share", answer="1", how="anonymous")
    asked = "If you're not sure, edit it in /my answers"
    assert any(asked in text for text in made.private("Ada"))
    assert not any(asked in text for text in made.private("Bo"))
    await made.next()
    await made.next()
    await made.next()
    await made.submit("Bo", "tale", moment="A colleague came", share="name")
    await made.submit("Bo", "tale", moment="A colleague came again", share="name")
    assert (
        sum(
            "You can still edit it in /my answers, and write “a colleague” instead" in text
            for text in made.private("Bo")
        )
        == 1
    )
    await made.close()
