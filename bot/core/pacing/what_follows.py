"""Which step comes next: some are left out, with few people, by their condition, or for there is nothing in them."""

from __future__ import annotations

from bot.core.model.cards import Note
from bot.core.model.steps import Step
from bot.core.queries import taking_part
from bot.core.steps.empty_walls import kept
from bot.core.steps.references import fits
from bot.core.steps.registry import kind_of
from bot.core.text.messages import N_
from bot.core.turn import Turn

NOTHING_IN_IT = N_("There's nothing for *{title}* this time, so we'll skip it.")


def following(turn: Turn, here: int) -> Step | None:
    """The next step after the first `here` ones, as far as that can be said while people may still fill it."""
    return next((step for step in turn.script.steps[here:] if asked_here(turn, step)), None)


def asked_here(turn: Turn, step: Step) -> bool:
    """Whether a step is asked of these people, as things stand."""
    few = taking_part(turn.session) < step.needs_people
    return not (few and step.if_few == "skip") and fits(turn.script, turn.session, step)


def is_empty(turn: Turn, step: Step) -> bool:
    """Whether there is nothing in a step, and nobody could change that with a tap."""
    empty = kind_of(step).empty(turn.script, turn.session, step)
    return empty and not kept(turn.script, turn.session, step)


def say_empty(turn: Turn, step: Step) -> None:
    """One line instead of a step with nothing in it."""
    name = f"empty:{turn.session.visit}:{step.id}"
    turn.say(name, Note(text=NOTHING_IN_IT, values={"title": step.title}))
