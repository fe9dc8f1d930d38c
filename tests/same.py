"""The same workshop on another platform: what people did there is done on the stage, as the web room's forms would
tell it, and both come to the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bot.core.model.facts import Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.views import participant
from bot.core.views.recap import recap
from bot.render.recap.text import text
from tests.support import Scene, person


@dataclass
class Act:
    """What one person did in one step."""

    name: str
    step: str
    texts: dict[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] | None = None
    share: str = ""
    sign: tuple[str, str] = ("", "")  # whose card, and a sign


def came_to(script: Script, session: Session) -> dict[str, Any]:
    """What a session is, ids, hours and the ways of its messages aside."""
    names = {id: p.name.casefold() for id, p in session.people.items()}
    steps: dict[str, Any] = {}
    for key, state in session.steps.items():
        steps[key] = {
            names[who]: [
                (
                    {f: p.text for f, p in session.answers[a].pieces.items()},
                    session.answers[a].picks,
                    session.answers[a].share,
                    session.answers[a].withdrawn,
                )
                for a in answers
            ]
            for who, answers in state.by_person.items()
        }
        cards = sorted(names[session.answers[a].person] for a in state.cards)  # some are mixed
        signs = {names[who]: sorted(s for _, s in held) for who, held in state.signs.items() if held}
        steps[key] |= {"(cards)": cards, "(signs)": signs, "(closed)": state.closed, "(few)": state.few}
    told = re.sub(r"\b\d{1,2} \w+ \d{4}\b", "(a day)", text(recap(script, session)).casefold())
    # What nobody signed is in an order of the session's own secret.
    told = "\n".join(
        ", ".join(sorted(line.split(", "))) if "\u2068" in line else line for line in told.split("\n")
    )
    return {
        "phase": session.phase,
        "people": sorted(n for id, n in names.items() if session.people[id].present),
        "steps": steps,
        "recap": told,
    }


def differences(here: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """Where two sessions did not come to the same."""
    found = [f"{k}: {here[k]} / {there[k]}" for k in ("phase", "people") if here[k] != there[k]]
    for key in {**here["steps"], **there["steps"]}:
        one, other = here["steps"].get(key), there["steps"].get(key)
        if one != other:
            parts = {**(one or {}), **(other or {})}
            found += [
                f"{key}, {p}: {(one or {}).get(p)} / {(other or {}).get(p)}"
                for p in parts
                if (one or {}).get(p) != (other or {}).get(p)
            ]
    pairs = zip_longest(here["recap"].splitlines(), there["recap"].splitlines())
    return [*found, *(f"recap: {one} / {other}" for one, other in pairs if one != other)]


async def share_all(script: Script, session: Session, who: str) -> list[str]:
    """The numbers of all that somebody wrote, for `/share`."""
    return [str(each.number) for each in participant.mine(script, session, who) if not each.answer.picks]


async def on_stage(
    script: Script, names: list[str], acts: list[Act], folder: Path, how: str = ""
) -> dict[str, Any]:
    """The same acts on the stage, from the lobby to the recap."""
    scene = await Scene(folder / "stage.db", script).open()
    try:
        await scene.order("Host", "workshop open", workshop=script.id, how=how)
        await scene.join(*names)
        await scene.order("Host", "workshop start")
        done: set[str] = set()
        while (session := await scene.session()).phase is Phase.RUNNING:
            for key in session.asides if how == "async" else [session.step]:
                if key and key not in done and not session.steps[key].closed:
                    done.add(key)
                    for act in acts:
                        if act.step == key:
                            await _do(scene, act)
            if how == "async":
                await scene.wait(86_400)
            else:
                await scene.next()
        session = await scene.session()
        for name in names:
            for n in await share_all(script, session, person(name).id):
                await scene.order(name, "share", answer=n, how="name")
        while (await scene.session()).phase not in (Phase.FOLLOWING, Phase.CLOSED):
            await scene.wait(3600 * 49)
        return came_to(script, await scene.session())
    finally:
        await scene.close()


async def _do(scene: Scene, act: Act) -> None:
    whose, sign = act.sign
    if not whose:
        await scene.submit(act.name, act.step, picks=act.picks, share=act.share, **act.texts)
        return
    session = await scene.session()
    cards = session.steps[act.step].cards
    [number] = [n for n, a in enumerate(cards, 1) if session.people[session.answers[a].person].name == whose]
    await scene.order(act.name, "react", card=str(number), sign=sign)
