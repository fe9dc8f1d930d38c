"""The common part of drawing all kinds of steps in which one picks among options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from bot.core.model.facts import Mode
from bot.core.model.masked_count import SMALL
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Asking, Option
from bot.core.platform import Capabilities, Poll
from bot.core.steps.registry import kind_of
from bot.core.steps.tallies import labels_of
from bot.core.steps.taps import is_exact
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr
from bot.render.action_items import TAKE_HOW, standing
from bot.render.own_answers import author
from bot.render.recap.text import spread as listed
from bot.render.steps.phrases import in_private, numbered
from bot.render.steps.renderer import Blank, StepRenderer

T = TypeVar("T", bound=Asking)


class OptionsRenderer(StepRenderer[T]):
    """A kind of step in which one picks among options."""

    def most(self, step: T) -> int:
        """The number of options that one person may pick."""
        return 1

    # -- asking

    def how(
        self, script: Script, session: Session, step: T, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The options with their numbers, and how one picks them."""
        return f"{numbered(labels_of(session, step).values())}\n\n{self._ways(session, step, can)}"

    def _ways(self, session: Session, step: T, can: Capabilities) -> str:
        """The ways to pick."""
        most = min(self.most(step), len(labels_of(session, step)))
        if kind_of(step).watched(step):
            if can.forms:
                return tr("Pick one. Everyone sees who picked what.")
            return tr("Pick one: type its number. Everyone sees who picked what.")
        if not can.forms:
            number = tr("Up to {n} numbers.", n=most) if most > 1 else tr("One number.")
            return f"{number} {in_private(session, can)} {tr('Your choice stays private.')}"
        if most > 1:
            return tr("Pick up to {n}. Your choices stay private.", n=most)
        return tr("Pick one. Your choice stays private.")

    def alone(self, script: Script, session: Session, step: T, field: str) -> tuple[str, bool]:
        """The options with their numbers, to be written in a line."""
        most = min(self.most(step), len(labels_of(session, step)))
        how = tr("Reply with the number, or “skip”. Your choice stays private.")
        if most > 1:
            how = tr(
                "Reply with up to {n} numbers, such as 1 3, or “skip”. Your choices stay private.", n=most
            )
        return f"{numbered(labels_of(session, step).values())}\n\n{how}", True

    # -- showing what came of it

    def spread(self, script: Script, session: Session, step: T) -> str:
        """The options with their counts, or with names if everybody watched; counts only from four people on."""
        if kind_of(step).watched(step):
            return "\n".join([f"**{step.title}**", "", *with_names(session, step)])
        result = kind_of(step).result(script, session, step)
        if result.too_few:
            closed = tr("Fewer than {n} people answered, so there are no results to show.", n=SMALL)
            if is_exact(step):
                closed = tr("No one answered.")
            return f"**{step.title}**\n\n{closed}"
        labels = labels_of(session, step)
        taken = standing(script, session, step.id)
        ranked = [(key, count) for key, count in result.spread if key in labels]
        lines = [taken[key] for key, count in ranked if count and key in taken]
        lines += listed([(labels[key], count) for key, count in ranked if not (count and key in taken)])
        return "\n".join([f"**{step.title}**", "", *lines, *(["", tr(TAKE_HOW)] if taken else [])])

    def tally(self, session: Session, step: T) -> str:
        """The taps as they stand, and whose they are; once it is closed, only that it is."""
        if session.steps[step.id].closed:
            return tr("**{title}** has ended. The results are below.", title=step.title)
        return "\n".join([tr("**{title}**, so far:", title=step.title), "", *with_names(session, step)])

    def poll(self, session: Session, step: T) -> Poll | None:
        """Its options, and its words as the question."""
        return Poll(
            question=f"{step.title}: {' '.join(step.say.split())}",
            options=tuple(labels_of(session, step).items()),
            closed=session.steps[step.id].closed,
            days=session.mode is Mode.ASYNC,
        )


def with_names(session: Session, step: Asking) -> list[str]:
    """Each option with those who tapped it, a line each."""
    taps = [a for a in session.answers.values() if a.step == step.id and a.picks and not a.withdrawn]
    labels = labels_of(session, step)
    whose = {key: [isolate(author(session, a)) for a in taps if key in a.picks] for key in labels}
    lines = [
        f"- {len(whose[key])} × {isolate(label)}: {', '.join(whose[key])}"
        for key, label in labels.items()
        if whose[key]
    ]
    nobody = [isolate(label) for key, label in labels.items() if not whose[key]]
    return [*lines, *([f"- {tr('nobody')}: {', '.join(nobody)}"] if nobody else [])]


def to_tick(options: Iterable[Option]) -> tuple[Blank, ...]:
    """Options on paper; nothing if the script names none."""
    labels = tuple(option.label for option in options)
    return (Blank(label="", options=labels),) if labels else ()
