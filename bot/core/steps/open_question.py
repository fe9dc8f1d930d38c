"""An open question: a line in one's own words, read at once, together, or by nobody."""

from __future__ import annotations

from bot.core.model.ids import PersonId
from bot.core.model.script import Audience, Script
from bot.core.model.session import Session, StepState
from bot.core.model.steps import Look, Open, Reveal
from bot.core.steps.registry import register
from bot.core.steps.written import OPERATOR, InWords
from bot.core.text.wording import Sentence, sentence


class OpenKind(InWords[Open]):
    """The kind of an open question."""

    name = "open"

    def in_private(self, step: Open) -> bool:
        """Unless it is live."""
        return not self.live(step)

    def live(self, step: Open) -> bool:
        """As the script says."""
        return step.reveal is Reveal.LIVE

    def listens(self, session: Session, step: Open, person: PersonId) -> bool:
        """The first line of each person in the room is their answer; in private ones it is only a warning."""
        if person in session.steps[step.id].by_person:
            return False
        return len(step.fields) == 1 if self.live(step) else True

    def shown_together(self, step: Open) -> bool:
        """As the script says."""
        return step.reveal is Reveal.TOGETHER

    def looked_at(self, script: Script, step: Open) -> bool:
        """What is shown together is, where the script says so, and wherever there are people under 18."""
        if step.reveal is not Reveal.TOGETHER:
            return False
        return step.look is Look.HOST or script.audience is Audience.UNDER_18

    def thanks(self, step: Open) -> bool:
        """As the script says."""
        return step.thanks

    def anonymous(self, step: Open) -> bool:
        """As the script says."""
        return step.anonymous_allowed

    def seen_by(self, script: Script, step: Open) -> tuple[Sentence, ...]:
        """All or nobody, when, and with which name."""
        operator: tuple[Sentence, ...] = (sentence(OPERATOR),)
        if self.looked_at(script, step):
            operator = (sentence("A host sees it a minute earlier, without your name."), *operator)
        match step.reveal:
            case Reveal.LIVE:
                return (sentence("Everyone here sees this right away."),)
            case Reveal.TOGETHER if step.anonymous_allowed:
                named_or_not = sentence(
                    "Everyone sees this when time is up, with or without your name. In a small group, "
                    "people may guess who wrote it."
                )
                return named_or_not, *operator
            case Reveal.TOGETHER:
                return sentence("Everyone sees this when time is up, with your name."), *operator
            case _:
                return sentence(
                    "No one reads it during the session. Only you can, unless you share it."
                ), *operator

    def on_board(self, session: Session, step: Open, state: StepState) -> tuple[str, ...]:
        """Live answers as they come; others once they were shown."""
        if self.live(step):
            return tuple(key for keys in state.by_person.values() for key in keys)
        return super().on_board(session, step, state)


register(Open, OpenKind())
