"""One page for whoever looks after a community, and a few lines a month for the room: once, and only what recaps say."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.authoring.loader import load
from bot.core.views.recap import recap
from bot.engine.monthly_digest import digests, month_before
from bot.render.recap.exports import markdown
from bot.render.recap.page import page as recap_page
from bot.render.recap.report import lines, page, report
from bot.render.recap.text import text
from tests.support import ROOM, Scene, plain

PROMPTS = Path(__file__).parents[2] / "prompts"
KEPT, SHARED = "which Ada keeps to herself", "It rained <b>cats</b>, which Bo shares"


async def held(scene: Scene, people: tuple[str, ...]) -> None:
    """A session whose recap is posted: Bo's story may be read, Ada's may not."""
    scene.session_id = ""
    await scene.gathered(*people)
    while (await scene.session()).step != "tale":
        await scene.next()
    await scene.submit("Ada", "tale", moment=KEPT, share="no")
    await scene.submit("Bo", "tale", moment=SHARED, loop="Meet in the shed", share="name")
    await scene.next()
    for name in people:
        idea = next(a.id for a in (await scene.session()).answers.values() if a.text("loop"))
        await scene.submit(name, "choose", picks=(idea,))
    await scene.next()
    await scene.order("Bo", "take", which="1")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")


async def test_the_page_counts_and_quotes_only_as_recaps_do(scene: Scene):
    await held(scene, ("Ada", "Bo", "Chi", "Dan", "Eve"))
    now = scene.clock.now()
    found = report(now - timedelta(days=90), now, [(scene.script, await scene.session())])
    shown = page(found)
    assert (
        "Small talk" in shown
        and "<td>5</td>" in shown
        and "Meet in the shed" in shown
        and "Bo is doing this by" in shown
    )
    assert KEPT not in shown and "<b>cats" not in shown and "&lt;b&gt;cats" in shown
    assert KEPT not in "\n".join(lines(found))


async def test_stories_of_a_workshop_without_kinds_of_value_are_counted(tmp_path: Path):
    """They stand in the recap as quotes of their step, and may be read all the same."""
    scene = await Scene(tmp_path / "circle.db", load(PROMPTS / "first-circle.yaml")).open()
    await scene.order("Host", "workshop open", workshop="first-circle")
    await scene.join("Ada", "Bo", "Chi")
    await scene.order("Host", "workshop start")
    while (await scene.session()).step != "story":
        await scene.next()
    await scene.submit("Ada", "story", moment=KEPT, share="no")
    await scene.submit("Bo", "story", moment=SHARED, share="name")
    await scene.submit("Chi", "story", moment="A rota, half broken", share="anonymous")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    now = scene.clock.now()
    found = report(now - timedelta(days=90), now, [(scene.script, await scene.session())])
    await scene.close()
    assert found.stories == 2
    assert "2 stories can be read" in "\n".join(lines(found))


@pytest.mark.parametrize("version", ["60", "90"])
async def test_decisions_of_a_recap_that_was_posted_early_are_in_it(tmp_path: Path, version: str):
    """The vote is still open when the host posts: in the tail of the short one, in the session of the long one."""
    scene = await Scene(tmp_path / "v.db", load(PROMPTS / "value-creation.yaml", version)).open()
    names = ("Ada", "Bo", "Chi", "Dee", "Eve")
    await scene.gathered(*names)
    if version == "60":
        await scene.order("Host", "workshop end")
    while version == "90" and (await scene.session()).step != "next":
        await scene.order("Host", "workshop next")
        await scene.wait(3)
    for name in names:
        await scene.submit(name, "next", picks=("again",))
    if version == "90":
        await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    await scene.order("Bo", "take", which="1")
    now = scene.clock.now()
    found = report(now - timedelta(days=90), now, [(scene.script, await scene.session())])
    await scene.close()
    assert [(step.label, step.owner) for step in found.chosen] == [("Meet like this once more", "Bo")]
    assert "Meet like this once more" in page(found)
    assert "- 1 next step, 0 done so far" in lines(found)


async def test_fewer_than_four_are_no_number(scene: Scene):
    await held(scene, ("Ada", "Bo"))
    now = scene.clock.now()
    found = report(now - timedelta(days=90), now, [(scene.script, await scene.session())])
    assert "fewer than 4" in page(found) and "fewer than 4" in lines(found)[0]
    assert "<td>2</td>" not in page(found).partition("Answers")[0]


async def test_a_session_that_never_began_is_not_in_it(scene: Scene):
    await scene.order("Host", "workshop open", workshop="small")
    await scene.join("Ada")
    session = await scene.session()
    now = scene.clock.now()
    assert report(now, now, [(scene.script, session)]).held == ()


@pytest.mark.parametrize("until", ["lobby", "running"])
async def test_a_session_that_is_not_over_or_was_never_held_is_not_in_it(scene: Scene, until: str):
    if until == "lobby":
        await scene.order("Host", "workshop open", workshop="small")
        await scene.join("Ada", "Bo", "Chi", "Dan", "Eve")
        await scene.order("Host", "workshop end")  # closes it
    else:
        await scene.gathered("Ada", "Bo", "Chi", "Dan", "Eve")
        await scene.say("Ada", "A first line")
    now = scene.clock.now()
    assert report(now - timedelta(days=90), now, [(scene.script, await scene.session())]).held == ()
    if until == "running":
        await scene.order("Host", "workshop end")
        [one] = report(now - timedelta(days=90), now, [(scene.script, await scene.session())]).held
        assert one.answers == 1


async def test_the_room_hears_of_a_month_once_also_after_a_restart(scene: Scene):
    await held(scene, ("Ada", "Bo", "Chi", "Dan", "Eve"))
    scene.clock.at = datetime(2026, 2, 1, 6, tzinfo=timezone.utc)

    async def told() -> list[str]:
        await digests(scene.store, scene.runtime, "UTC", "en")
        await scene.runtime.idle()
        there = [plain(x.text) for x in scene.stage.lines.values() if x.channel == ROOM]
        return [text for text in there if "Recent workshops here" in text]

    [text] = await told()
    assert "Small talk" in text and "1 session was held" in text and SHARED not in text and KEPT not in text
    await scene.reopen()
    assert len(await told()) == 1
    scene.clock.at += timedelta(days=31)  # nothing was held in February
    assert len(await told()) == 1


async def test_late_in_a_month_nothing_is_said_any_more(scene: Scene):
    await held(scene, ("Ada", "Bo", "Chi", "Dan"))
    scene.clock.at = datetime(2026, 2, 20, tzinfo=timezone.utc)
    assert await digests(scene.store, scene.runtime, "UTC", "en") == 0


@pytest.mark.parametrize(
    ("now", "zone", "begins"),
    [
        (datetime(2026, 1, 1, 0, 30, tzinfo=timezone.utc), "UTC", "2025-12-01T00:00:00+00:00"),
        (datetime(2026, 1, 1, 0, 30, tzinfo=timezone.utc), "America/New_York", "2025-11-01T00:00:00-04:00"),
        (datetime(2026, 4, 2, tzinfo=timezone.utc), "Europe/Lisbon", "2026-03-01T00:00:00+00:00"),
    ],
)
def test_a_month_is_one_of_the_communitys_clocks(now: datetime, zone: str, begins: str):
    assert month_before(now, zone)[0].isoformat() == begins


async def test_a_recap_names_the_parts_of_its_series_before_it_in_numbers(scene: Scene):
    await held(scene, ("Ada", "Bo", "Chi", "Dan"))
    first = await scene.session()
    await held(scene, ("Ada", "Bo"))
    second = await scene.session()
    found = recap(scene.script, second, earlier=[(first, scene.script)])
    [part] = found.series
    assert (part.title, part.people) == ("Small talk", 4)
    for shown in (
        text(found),
        markdown(found),
        recap_page(scene.script, second, earlier=[(first, scene.script)]),
    ):
        series = shown.partition("The series")[2]
        assert "Small talk, 15 January 2026: 4 took part" in series
    assert "The series" not in text(recap(scene.script, second))
