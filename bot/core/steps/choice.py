"""A choice: one tap (or a few) among options that the script names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.cards import Tally
from bot.core.model.events import About
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Choice, Reveal
from bot.core.steps.forms import Form
from bot.core.steps.kind import Result
from bot.core.steps.registry import register
from bot.core.steps.tallies import option_finding, ranked, tallied
from bot.core.steps.tapped import Tapped, option_picks
from bot.core.text.messages import N_
from bot.core.text.wording import Sentence, sentence
from bot.core.turn import Turn

SMALL_HIDDEN = N_("Nobody sees what you pick. Small numbers stay hidden.")
SEEN_BY_NOBODY = N_(
    "Your choice stays private. Everyone sees the counts when the question closes. Small ones stay hidden."
)


class ChoiceKind(Tapped[Choice]):
    """The kind of a choice."""

    name = "choice"
    findings = ("top", "ideas")

    def _read(self, session: Session, step: Choice, text: str) -> tuple[str, ...]:
        return option_picks([option.key for option in step.options], text)

    def _chosen(
        self, session: Session, step: Choice, mine: Answer | None, picks: tuple[str, ...]
    ) -> tuple[str, ...]:
        keys = {option.key for option in step.options}
        return tuple(key for key in dict.fromkeys(picks) if key in keys)

    def watched(self, step: Choice) -> bool:
        """A live one is: all see whose tap it is."""
        return step.reveal is Reveal.LIVE

    def shows_result(self, step: Choice) -> bool:
        """Unless the script keeps it for the recap."""
        return step.reveal is not Reveal.NEVER

    def opened(self, turn: Turn, step: Choice) -> None:
        """Under a question that everybody watches stands how its taps are spread."""
        if self.watched(step):
            visit = turn.session.visit
            turn.say(f"tally:{visit}", Tally(step=step.id), about=About(step=step.id, visit=visit))

    def laid_out(self, turn: Turn, step: Choice) -> None:
        """The same, beside the session."""
        self.opened(turn, step)

    def labels(self, session: Session, step: Choice) -> Mapping[str, str]:
        """The options of the script."""
        return {option.key: option.label for option in step.options}

    def leanings(self, step: Choice) -> tuple[tuple[str, str], ...]:
        """All pick the same option."""
        return tuple((option.key, option.label) for option in step.options)

    def form(self, script: Script, session: Session, person: str, step: Choice) -> Form | None:
        """The options, with those that somebody holds."""
        nobody = sentence(SMALL_HIDDEN if step.sensitive else SEEN_BY_NOBODY)
        return self._form(session, person, step, step.most, self.seen_by(script, step) or (nobody,))

    def seen_by(self, script: Script, step: Choice) -> tuple[Sentence, ...]:
        """All, where everybody watches."""
        if not self.watched(step):
            return ()
        return (sentence("Everyone sees what you pick right away, with your name."),)

    def result(self, script: Script, session: Session, step: Choice) -> Result:
        """The spread of the taps, from four people on."""
        counts = tallied(session, step)
        return Result(spread=ranked(counts or {}, exact=False), too_few=counts is None)

    def finding(self, script: Script, session: Session, step: Choice, name: str) -> str:
        """The option that most people chose, or the framework's suggestion for it."""
        return option_finding(script, step.options, tallied(session, step), name)


register(Choice, ChoiceKind())
