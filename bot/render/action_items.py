"""The cards about action items: choices of votes, and their owners."""

from __future__ import annotations

from bot.core.model.cards import Button, StepAsked
from bot.core.model.facts import Progress
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.steps import action_items
from bot.core.steps.action_items import Choice, choices
from bot.core.text.dates import moment_in_zone as shown_at
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate
from bot.core.text.wording import ntr, tr

Drawn = tuple[str, tuple[Button, ...]]

TAKE_HOW = N_(
    "Want to do one of these? Press its button, or type /my actions 1. Your name appears "
    "next to it, here and in the recap. I'll check in once, in a week."
)
BUTTONS = 3  # that stand under the card; the rest is typed
HOW: dict[Progress, str] = {
    Progress.DONE: N_("done"),
    Progress.STARTED: N_("on the way"),
    Progress.LATER: N_("not yet"),
    Progress.DROPPED: N_("it won't happen"),
}


def _label(choice: Choice) -> str:
    return isolate(choice.label) if choice.label else tr("(deleted)")


def _state(session: Session, choice: Choice) -> str:
    undertaking = choice.taken
    if undertaking is None:
        return ""
    member = session.people.get(undertaking.person)
    name = isolate(member.name) if member and member.name else tr("someone")
    day = shown_at(undertaking.due, session.zone)
    state = tr("{name} is doing this by {day}", name=name, day=day)
    if undertaking.how is not None:
        state += f"; {tr(HOW[undertaking.how])}" + (
            f": {isolate(undertaking.text)}" if undertaking.text else ""
        )
    return state


def standing(script: Script, session: Session, step: str) -> dict[str, str]:
    """The lines of what a vote chose, by option, once it is offered: who has it, or that nobody does."""
    if step not in session.offered_steps:
        return {}
    return {
        choice.key.partition(".")[2]: _line(session, choice)
        for choice in choices(script, session)
        if choice.key.startswith(f"{step}.")
    }


def _line(session: Session, choice: Choice) -> str:
    dots = ntr("{n} dot", "{n} dots", choice.dots)
    state = _state(session, choice)
    return f"{choice.number}. {_label(choice)} ({dots})" + (f": {state}" if state else "")


def next_steps(script: Script, session: Session) -> Drawn:
    """Choices of votes with their owners, and how to take one on."""
    offered = choices(script, session)
    if not offered:
        return "", ()
    lines = [tr("**What you'd show up for.** Who'll do one of these?")]
    lines += [_line(session, choice) for choice in offered]
    return "\n".join([*lines, tr(TAKE_HOW)]), taking(script, session)


def taking(script: Script, session: Session, step: str = "") -> tuple[Button, ...]:
    """Buttons for what nobody has taken on yet, of one vote or of all that were offered."""
    free = [
        choice
        for choice in choices(script, session)
        if choice.taken is None
        and choice.label
        and choice.key.partition(".")[0] in session.offered_steps
        and choice.key.startswith(f"{step}." if step else "")
    ][:BUTTONS]
    return tuple(
        Button(label=tr(action_items.TAKE).format(n=choice.number), command=f"my actions {choice.number}")
        for choice in free
    )


def my_step(script: Script, session: Session, id: str) -> Drawn:
    """The action item that someone has taken on, for them."""
    undertaking = session.undertaken.get(id)
    choice = action_items.number_of(script, session, undertaking.choice) if undertaking else None
    if undertaking is None or choice is None:
        return "", ()
    text = tr(
        "Thank you! You're doing this by {day}: {what}. To update it or hand it back: /my actions {n}",
        what=_label(choice),
        day=shown_at(undertaking.due, session.zone),
        n=choice.number,
    )
    return text, action_items.hands(choice.number)


def step_asked(script: Script, session: Session, card: StepAsked) -> Drawn:
    """A question to one person: whether they take something on, or how it is going."""
    choice = action_items.number_of(script, session, card.choice)
    if choice is None:
        return "", ()
    if card.proposed:
        text = tr(
            "A host asks if you could do this: {what}. It's up to you. If you say yes, your name "
            "appears next to it in the recap: /my actions {n}",
            what=_label(choice),
            n=choice.number,
        )
        button = Button(
            label=tr(action_items.TAKE).format(n=choice.number), command=f"my actions {choice.number}"
        )
        return text, (button,)
    text = tr(
        "A week ago you said you'd do this: {what}. How's it going? Your update goes into the "
        "recap: /my actions {n} started: we met twice",
        what=_label(choice),
        n=choice.number,
    )
    return text, action_items.hands(choice.number)
