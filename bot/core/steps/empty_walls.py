"""A wall that nobody has put anything on: people are asked for a tap each, and it waits a moment for a first card."""

from __future__ import annotations

from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, Note
from bot.core.model.events import TimerKind
from bot.core.model.facts import Mode, Share
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Step
from bot.core.steps.registry import kind_of
from bot.core.text.messages import N_
from bot.core.turn import Turn

MOMENT = 2.0  # minutes that an empty wall waits for its first card
NONE_YET = N_(
    "No one has shared anything here yet. If it stays like that, we'll move on in {minutes} minutes."
)
HOST_FIRST = N_("No one has shared anything for the wall yet. Put yours up first: others often follow.")
SHARE_YOURS = N_(
    "The wall is still empty. Want to put yours on it, without your name? Everyone here can read it then, and the "
    "recap may quote it."
)
SHARE_MINE = N_("Share mine without my name")


def kept(script: Script, session: Session, step: Step) -> tuple[Answer, ...]:
    """What could hang on a wall if its author said so: of each person the latest that they keep to themselves."""
    if kind_of(step).wall(session, step) is None:
        return ()
    key = next(source for _, source in kind_of(step).takes_up(step))
    source = session.steps.get(key)
    if source is None or not kind_of(script.step(key)).shown_apart:
        return ()
    found = []
    for person, keys in source.by_person.items():
        known = session.people.get(person)
        own = [answer for key in keys if not (answer := session.answers[key]).withdrawn and not answer.held]
        if own and known is not None and known.present and not known.removed and own[-1].share is Share.NO:
            found.append(own[-1])
    return tuple(found)


def rescue(turn: Turn, step: Step) -> None:
    """Ask whoever told something for a tap, and the host to be the first; say how long it waits."""
    own = kept(turn.script, turn.session, step)
    if not own:
        return
    visit = turn.session.steps[step.id].visit
    if turn.session.mode is Mode.LIVE:
        waits = Note(text=NONE_YET, values={"minutes": f"{MOMENT:.0f}"})
        turn.say(f"gallery:{visit}:empty", waits)
    turn.tell_hosts(HOST_FIRST, name=f"empty:{visit}")
    for answer in own:
        button = Button(label=SHARE_MINE, command=f"my share {answer.id} {Share.ANONYMOUS.value}")
        turn.tell(answer.person, Note(text=SHARE_YOURS, buttons=(button,)), name=f"empty:{visit}")


def filled(turn: Turn, step: Step) -> None:
    """The first card hangs: from here on there is time to read, as the script says."""
    session = turn.session
    if session.mode is not Mode.LIVE or session.paused:
        return
    until = turn.now + timedelta(minutes=step.minutes)
    turn.fact(f.Extended(at=turn.now, until=until))
    turn.wake(TimerKind.TIME_UP, until, visit=session.steps[step.id].visit)
