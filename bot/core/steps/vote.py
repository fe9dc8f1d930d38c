"""A vote: a few dots to spread over options, which may be people's own ideas; hidden until it closes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.cards import Prompt, Spread
from bot.core.model.events import About, TimerKind
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Vote
from bot.core.queries import may_be_shown, shuffled
from bot.core.steps.choice import counted_how
from bot.core.steps.forms import Form
from bot.core.steps.kind import Result
from bot.core.steps.registry import register
from bot.core.steps.tallies import PLACES, option_finding, ranked, tallied
from bot.core.steps.tapped import Tapped, option_picks
from bot.core.text.dates import after_quiet_hours
from bot.core.text.wording import sentence
from bot.core.turn import Turn


class VoteKind(Tapped[Vote]):
    """The kind of a vote."""

    name = "vote"
    sources = ("options_from",)
    final = True
    findings = (*PLACES, "ideas")

    def _read(self, session: Session, step: Vote, text: str) -> tuple[str, ...]:
        return option_picks(list(self.labels(session, step)), text)

    def _chosen(
        self, session: Session, step: Vote, mine: Answer | None, picks: tuple[str, ...]
    ) -> tuple[str, ...]:
        keys = {option.key for option in step.options}
        return tuple(key for key in dict.fromkeys(picks) if key in keys or _is_idea(session, step, key))

    def empty(self, script: Script, session: Session, step: Vote) -> bool:
        """Without an idea there is nothing to vote on."""
        return not self.labels(session, step)

    def shows_result(self, step: Vote) -> bool:
        """Always: its result is what it is for."""
        return True

    def hours(self, step: Vote) -> int:
        """As the script says."""
        return step.hours

    def day_begun(self, turn: Turn, step: Vote) -> None:
        """It closes by itself after its hours."""
        if step.hours:
            until = after_quiet_hours(turn.session, turn.after(step.hours * 3600))
            turn.wake(TimerKind.VOTE, until, visit=turn.session.visit)

    def show_again(self, turn: Turn, step: Vote, answer: Answer) -> None:
        """An idea of somebody's changed: its words stand in the prompt, and in the result."""
        if not step.options_from.startswith(f"{answer.step}."):
            return
        state = turn.session.steps[step.id]
        for n, visit in enumerate(state.visits):
            about = About(step=step.id, visit=visit)
            turn.revise(f"prompt:{visit}", Prompt(step=step.id, again=n > 0), about)
            if visit != state.visit or state.closed:
                turn.revise(f"spread:{visit}", Spread(step=step.id), about)

    def labels(self, session: Session, step: Vote) -> Mapping[str, str]:
        """The options of the script, then people's ideas in their own words."""
        labels = {option.key: option.label for option in step.options}
        source, _, field = step.options_from.partition(".")
        state = session.steps.get(source) if source else None
        everything = (key for keys in state.by_person.values() for key in keys) if state else ()
        ideas = [key for key in everything if _is_idea(session, step, key)]
        asked = session.steps[step.id].seq if step.id in session.steps else 0
        late = [
            key for key in ideas if asked and session.answers[key].seq > asked
        ]  # numbers stay as they are
        ordered = [*shuffled(session, (key for key in ideas if key not in late)), *late]
        return labels | {key: session.answers[key].text(field) for key in ordered}

    def form(self, script: Script, session: Session, person: str, step: Vote) -> Form | None:
        """The options, with the dots that somebody gave."""
        return self._form(session, person, step, step.dots, (sentence(counted_how(step)),))

    def result(self, script: Script, session: Session, step: Vote) -> Result:
        """The fall of the dots."""
        counts = tallied(session, step)
        return Result(
            spread=ranked(counts or {}, exact=not step.sensitive),
            too_few=counts is None,
            decides=True,
            ideas=bool(step.options_from),
        )

    def takes_up(self, step: Vote) -> tuple[tuple[str, str], ...]:
        """With options of its own it is a vote without anybody's ideas, too."""
        return () if step.options else super().takes_up(step)

    def finding(self, script: Script, session: Session, step: Vote, name: str) -> str:
        """The option that got most dots, or the framework's suggestion for it."""
        return option_finding(script, self.labels(session, step), tallied(session, step), name)


def fields_voted_on(script: Script) -> frozenset[str]:
    """The fields (step.field) whose answers stand in a vote of this script, for all to read."""
    return frozenset(step.options_from for step in script.all_steps if isinstance(step, Vote)) - {""}


def stood_in_vote(script: Script, session: Session, answer: Answer) -> bool:
    """Whether a field of an answer stands, or stood, in a vote."""
    asked = (step for step in script.all_steps if isinstance(step, Vote) and step.id in session.steps)
    taken = (step.options_from.partition(".") for step in asked)
    return any(source == answer.step and answer.text(field) for source, _, field in taken)


def _is_idea(session: Session, step: Vote, key: str) -> bool:
    """True if this is an idea that can be voted on."""
    answer = session.answers.get(key)
    source, _, field = step.options_from.partition(".")
    return (
        answer is not None
        and answer.step == source
        and bool(answer.text(field))
        and may_be_shown(session, answer)
    )


register(Vote, VoteKind())
