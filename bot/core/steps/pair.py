"""A pair: two or three people in a conversation of their own, who may bring one line back."""

from __future__ import annotations

from bot.core.model.events import TimerKind
from bot.core.model.facts import Mode
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Field, Pair
from bot.core.steps import pair_wishes, pairs
from bot.core.steps.registry import register
from bot.core.steps.written import InWords
from bot.core.text import messages
from bot.core.text.dates import after_quiet_hours
from bot.core.text.wording import Sentence, sentence
from bot.core.turn import Turn

NO_SHOW = 90.0  # seconds until who has nobody to talk with is put with others
QUIET = 24 * 3600.0  # seconds over days, until a pair without a word is offered something else


class PairKind(InWords[Pair]):
    """The kind of a pair step: people are put together, and bring something back."""

    name = "pair"
    in_pairs = True

    def _not_here(self, turn: Turn, step: Pair, person: PersonId) -> str:
        if not turn.session.steps[step.id].few:
            return messages.PAIR_BRINGS
        return super()._not_here(turn, step, person)

    def fields(self, step: Pair) -> tuple[Field, ...]:
        """One line, if they bring one back at all."""
        return step.fields if step.output else ()

    def in_private(self, step: Pair) -> bool:
        """What a pair brings back is for all."""
        return False

    def listens(self, session: Session, step: Pair, person: PersonId) -> bool:
        """A pair talks; its outcome goes by form or command."""
        return False

    def shown_together(self, step: Pair) -> bool:
        """When the talking is over."""
        return True

    def apart(self, step: Pair) -> bool:
        """As the script says."""
        return step.apart

    def show_again(self, turn: Turn, step: Pair, answer: Answer) -> None:
        """The others of the group see that a line is there, and how it changes."""
        if answer.step == step.id:
            pairs.show_line(turn, answer)

    def coming(self, turn: Turn, step: Pair) -> bool:
        """People are asked how they would like to talk."""
        pair_wishes.ask_before(turn, step)
        return True

    def opened(self, turn: Turn, step: Pair) -> None:
        """Groups are formed, once; opened again, they are looked over."""
        state = turn.session.steps[step.id]
        if state.pairs:
            pairs.look_over(turn)
        if state.pairs or state.few:
            return
        pairs.form(turn, step)
        if turn.session.mode is Mode.LIVE:
            turn.wake(TimerKind.PAIR, turn.after(NO_SHOW), visit=state.visit)

    def day_begun(self, turn: Turn, step: Pair) -> None:
        """Groups are formed; one in which nobody says a word is looked after a day later."""
        if not turn.session.steps[step.id].few:
            pairs.form(turn, step)
            turn.wake(
                TimerKind.PAIR_QUIET,
                after_quiet_hours(turn.session, turn.after(QUIET)),
                visit=turn.session.visit,
            )

    def seen_by(self, script: Script, step: Pair) -> tuple[Sentence, ...]:
        """Everybody."""
        return (sentence("Everyone sees the line you bring back."),)


register(Pair, PairKind())
