"""A host and the recap before it is posted: a draft, threads, holding it back; without a word it goes out by itself."""

from __future__ import annotations

from bot.core.model.evolve import fold
from bot.core.model.facts import Phase
from bot.core.views.recap import recap
from tests.store.test_erasure import bytes_of
from tests.support import ROOM, Scene, plain

HOUR = 3600.0
SECRET = "Wolkenkuckucksheim-4711"


async def over(scene: Scene) -> None:
    """A session with a line of Bo's that may be read, in its review."""
    await scene.gathered("Bo", "Chi")
    await scene.say("Bo", f"The heron was back, {SECRET}.")
    await scene.order("Host", "workshop end")
    await scene.order("Bo", "share", answer="1", how="name")
    assert (await scene.session()).phase is Phase.REVIEW


def hosts(scene: Scene) -> str:
    there = (x for x in scene.stage.lines.values() if x.channel == f"{ROOM}/hosts" and not x.deleted)
    return plain("\n".join(x.text for x in there))


def room(scene: Scene) -> str:
    return plain("\n".join(x.text for x in scene.stage.lines.values() if x.channel == ROOM and not x.deleted))


async def test_reminded_once_at_half_time_and_posted_without_a_word(scene: Scene):
    await over(scene)
    await scene.wait(11 * HOUR)
    assert "Until then you can preview it, add a theme, delay it or post it now" not in hosts(scene)
    await scene.wait(2 * HOUR)
    assert hosts(scene).count("Until then you can preview it, add a theme, delay it or post it now") == 1
    await scene.wait(12 * HOUR)
    assert (await scene.session()).phase is Phase.CLOSED
    assert hosts(scene).count(
        "Until then you can preview it, add a theme, delay it or post it now"
    ) == 1 and "recap of Small talk is ready" in room(scene)


async def test_a_draft_shows_what_may_be_read_to_the_host_alone_and_follows_what_is_taken_back(scene: Scene):
    await over(scene)
    await scene.order("Host", "review draft")
    draft = plain("\n".join(scene.private("Hedi")))
    mark = next(iter((await scene.session()).answers))
    assert SECRET in draft and f"Bo; {mark})" in draft
    assert SECRET not in room(scene).partition("The draft")[2]
    await scene.order("Host", "workshop hold", card=mark)
    assert SECRET not in plain("\n".join(scene.private("Hedi")))
    await scene.order("Host", "workshop release", card=mark)
    assert SECRET in plain("\n".join(scene.private("Hedi")))
    await scene.order("Bo", "withdraw", answer="1")
    await scene.store.engine.finish()
    assert SECRET not in plain("\n".join(scene.private("Hedi")))
    assert SECRET.encode() not in bytes_of(scene.path)


async def test_held_back_with_a_reason_until_it_is_posted_by_hand(scene: Scene):
    await over(scene)
    await scene.order("Host", "review postpone", reason="")
    assert "Add a reason" in plain("\n".join(scene.private("Hedi")))
    await scene.order("Host", "review postpone", reason="two stories are still to come")
    assert "The recap comes later: two stories are still to come" in room(scene)
    await scene.wait(24 * 6 * HOUR)
    assert (await scene.session()).phase is Phase.REVIEW and "is still waiting" not in hosts(scene)
    await scene.wait(24 * 30 * HOUR)
    assert (await scene.session()).phase is Phase.REVIEW and hosts(scene).count("is still waiting") == 1
    await scene.order("Host", "workshop publish")
    assert (await scene.session()).phase is Phase.CLOSED
    await scene.order("Host", "review postpone", reason="too late")
    assert "The recap has already been posted" in plain("\n".join(scene.private("Hedi")))


async def test_threads_are_woven_changed_taken_away_and_go_with_who_wove_them(scene: Scene):
    await scene.order("Host", "workshop open", workshop="small")
    await scene.join("Host", "Bo", "Chi")
    await scene.order("Host", "workshop start")
    await scene.order("Host", "review thread", line="too early")
    await scene.say("Bo", "Hello.")
    await scene.order("Host", "workshop end")
    for line in (f"Broken things came up again, {SECRET}", "So did keys", "And tea", "One too many"):
        await scene.order("Host", "review thread", line=line)
    await scene.order("Host", "review thread", line="2 Keys came up three times")
    await scene.order("Host", "review thread", line="3 no")
    session = await scene.session()
    assert [w.text for w in session.threads.values()] == [
        f"Broken things came up again, {SECRET}",
        "Keys came up three times",
    ]
    assert recap(scene.script, session).threads == ()  # not before the review is over
    await scene.order("Host", "workshop publish")
    assert len(recap(scene.script, await scene.session()).threads) == 2
    await scene.order("Host", "forget", me="me")
    await scene.store.engine.finish()
    assert SECRET.encode() not in bytes_of(scene.path)
    session = await scene.session()
    assert not session.threads and fold(await scene.store.facts(scene.session_id)) == session


async def test_only_hosts_see_drafts_and_weave(scene: Scene):
    await over(scene)
    for command, args in (("draft", {}), ("thread", {"line": "mine"}), ("postpone", {"reason": "mine"})):
        await scene.order("Chi", f"review {command}", **args)
    session = await scene.session()
    assert not session.threads and not session.recap_held
    assert SECRET not in plain("\n".join(scene.private("Chi")))
