"""A choice: one tap (or a few) among options that the script names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.cards import Tally
from bot.core.model.events import About
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Asking, Choice, Reveal
from bot.core.steps.forms import Form
from bot.core.steps.kind import Result
from bot.core.steps.registry import register
from bot.core.steps.tallies import PLACES, option_finding, ranked, tallied
from bot.core.steps.tapped import Tapped, option_picks
from bot.core.steps.taps import is_exact
from bot.core.text.messages import N_
from bot.core.text.wording import Sentence, sentence
from bot.core.turn import Turn

SMALL_HIDDEN = N_("Nobody sees what you pick. Small numbers stay hidden.")
EVERYONE_SEES = N_("Your choice stays private. Everyone sees how many chose what when the question closes.")
RECAP_COUNTS = N_("Your choice stays private. The recap says how many chose what.")
SMALL_ONES_HIDDEN = N_(  # in sessions that were opened when this was so
    "Your choice stays private. Everyone sees the counts when the question closes. Small ones stay hidden."
)


def counted_how(step: Asking) -> str:
    """What everybody will see of the taps of a step."""
    if step.sensitive:
        return SMALL_HIDDEN
    if not is_exact(step):
        return SMALL_ONES_HIDDEN
    return RECAP_COUNTS if getattr(step, "reveal", None) is Reveal.NEVER else EVERYONE_SEES


class ChoiceKind(Tapped[Choice]):
    """The kind of a choice."""

    name = "choice"
    findings = (*PLACES, "ideas")

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
        seen_by = self.seen_by(script, step) or (sentence(counted_how(step)),)
        return self._form(session, person, step, step.most, seen_by)

    def seen_by(self, script: Script, step: Choice) -> tuple[Sentence, ...]:
        """All, where everybody watches."""
        if not self.watched(step):
            return ()
        return (sentence("Everyone sees what you pick right away, with your name."),)

    def result(self, script: Script, session: Session, step: Choice) -> Result:
        """The spread of the taps."""
        counts = tallied(session, step)
        return Result(spread=ranked(counts or {}, exact=is_exact(step)), too_few=counts is None)

    def finding(self, script: Script, session: Session, step: Choice, name: str) -> str:
        """The option that most people chose, or the framework's suggestion for it."""
        return option_finding(script, self.labels(session, step), tallied(session, step), name)


register(Choice, ChoiceKind())
