"""A session from its lobby to its end, live and over days, at the moments that differ for commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from bot.authoring.loader import load
from bot.core.model.facts import Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from tests.support import Scene

Moment = tuple[str, Script, Session]

SCRIPT = '\nid: small\ntitle: Small talk\nabout: A step of each kind.\nminutes: 40\nreview_hours: 24\ntail_hours: 1\nglossary: {loop: what we would do}\nrescue_lines: {silence: Take your time.}\nbadge: {name: Small Story, statements: [I told one moment]}\nrecognition: [{earn: story, role: Storyteller, badge: true}]\nfollow_ups:\n  - {id: later, days: 14, title: Follow-up, about: tale.moment, say: "You told: {it}. And now?",\n     fields: [{key: became, label: It has,\n               options: [{key: happened, label: happened}, {key: not_yet, label: not yet}]}]}\nsteps:\n  - {id: hello, kind: open, title: Hello, minutes: 4, DAY, say: "One line, please?"}\n  - {id: deep, kind: open, title: Deeper, minutes: 4, DAY, reveal: together, look: none, say: "Quietly: what else?",\n     fields: [{key: bring, label: I bring, max_chars: 140}, {key: take, label: I take, max_chars: 140}]}\n  - {id: tale, kind: story, title: A tale, minutes: 4, DAY, say: Tell one.,\n     fields: [{key: moment, label: "What happened?", max_chars: 300},\n              {key: loop, label: "What should we do?", max_chars: 80, optional: true, loop: true}]}\n  - {id: wall, kind: gallery, title: The wall, minutes: 4, NEXT, cards_from: tale, say: Read one slowly.}\n  - {id: talk, kind: pair, title: With a partner, minutes: 4, NEXT, read_minutes: 1, say: "What surprised you?",\n     fields: [{key: line, label: "What we bring back", max_chars: 140}]}\n  - {id: choose, kind: vote, title: Choose, minutes: 4, NEXT, say: "Up to two.", dots: 2, options_from: tale.loop,\n     options: [{key: rest, label: Rest a while}]}\n'
DAYS = (
    SCRIPT.replace("review_hours", "days: 2\nreview_hours_async")
    .replace("DAY", "day: 1")
    .replace("NEXT", "day: 2")
)


async def moments(folder: Path) -> list[Moment]:
    """Every moment with its name."""
    there: list[Moment] = []
    for name, text in (("live", SCRIPT.replace("DAY, ", "").replace("NEXT, ", "")), ("days", DAYS)):
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        script = load(path, "async" if name == "days" else "")
        scene = await Scene(folder / f"{name}.db", script).open()
        async for moment, session in play(scene):
            there.append((moment if name == "live" else f"days: {moment}", script, session))
        await scene.close()
    return there


async def play(scene: Scene) -> AsyncIterator[tuple[str, Session]]:
    """A session from the lobby to its end, at the moments that differ for commands."""
    await scene.order("Host", "workshop open", workshop="small", how=scene.script.version)
    yield "nobody is here", await scene.session()
    await scene.join("Ada", "Bo", "Co", "Lea", "Dee")
    await scene.join("Cy", reading=True)
    await scene.order("Host", "workshop companion", name="Co")
    await scene.order("Lea", "leave")
    yield "lobby", await scene.session()
    await scene.order("Host", "workshop start")
    if (await scene.session()).over_days:
        await scene.submit("Bo", "hello", text="Good evening.")
        await scene.submit("Ada", "tale", moment="It rained.", loop="Go for a walk.", share="name")
        await scene.wait(30 * 3600)
        yield "over days", await scene.session()
        await scene.order("Host", "workshop pause")
        yield "over days, paused", await scene.session()
        return
    await scene.say("Bo", "Good evening.")
    yield "a live question", await scene.session()
    await scene.wait(5)
    await scene.order("Host", "workshop pause")
    yield "paused", await scene.session()
    await scene.order("Host", "workshop resume")
    await scene.order("Host", "workshop next")
    yield "just moved on", await scene.session()
    await scene.wait(20)
    await until(scene, "deep")
    await scene.submit("Ada", "deep", bring="A lamp.")
    yield "a private question", await scene.session()
    await until(scene, "tale")
    await scene.submit("Ada", "tale", moment="It rained.", loop="Go for a walk.", share="name")
    await scene.order("Bo", "thanks", what="Ada: for the story")
    await until(scene, "wall")
    yield "a gallery", await scene.session()
    await until(scene, "talk")
    yield "pairs", await scene.session()
    await until(scene, "choose")
    await scene.submit("Ada", "choose", picks=("rest",))
    yield "a vote", await scene.session()
    await scene.order("Host", "workshop lock")
    yield "locked", await scene.session()
    await scene.order("Host", "workshop end")
    for phase in (Phase.TAIL, Phase.REVIEW):
        await scene.wait(0 if phase is Phase.TAIL else 2 * 3600)
        assert (await scene.session()).phase is phase
        yield phase.value, await scene.session()
    await scene.order("Ada", "my badges accept")
    await scene.order("Ada", "follow", how="yes")
    await scene.order("Host", "workshop publish")
    assert (await scene.session()).phase is Phase.FOLLOWING
    await scene.wait(15 * 86400)
    yield "following", await scene.session()
    await scene.wait(40 * 86400)
    assert (await scene.session()).phase is Phase.CLOSED
    yield "closed", await scene.session()


async def until(scene: Scene, step: str) -> None:
    while (await scene.session()).step != step:
        await scene.next()
