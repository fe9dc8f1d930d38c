"""The common part of all kinds of steps that are answered with taps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.core.model import facts as f
from bot.core.model.cards import Spread
from bot.core.model.effects import Say
from bot.core.model.events import About, Edited, Submitted, TimerKind
from bot.core.model.ids import PersonId
from bot.core.model.session import Answer, Session, private_place
from bot.core.model.steps import Asking, Option
from bot.core.queries import form_answer
from bot.core.steps.changes import withdraw
from bot.core.steps.forms import Form
from bot.core.steps.kind import Kind, Typed
from bot.core.steps.one_by_one import left_out, show_tally
from bot.core.steps.progress import settled
from bot.core.steps.taking import soon
from bot.core.text import messages, quoting
from bot.core.text.numbers import whole_number
from bot.core.text.wording import Sentence
from bot.core.turn import Turn

T = TypeVar("T", bound=Asking)


class Tapped(Kind[T]):
    """A kind of step that is answered with taps."""

    tapped = True
    asks_everybody = True

    # -- what a kind says of itself

    def _read(self, session: Session, step: T, text: str) -> tuple[str, ...]:
        """The taps that a line of numbers stands for; none if it is something else."""
        raise NotImplementedError

    def _chosen(
        self, session: Session, step: T, mine: Answer | None, picks: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The picks of somebody from now on, who taps this."""
        raise NotImplementedError

    def _form(self, session: Session, person: str, step: T, most: int, seen_by: Sequence[Sentence]) -> Form:
        """The options as a form, with those that somebody holds."""
        mine = form_answer(session, step.id, person)
        labels = self.labels(session, step)
        return Form(
            step=step.id,
            title=step.title,
            options=tuple(Option(key=key, label=label) for key, label in labels.items()),
            most=min(most, len(labels)),
            picks=mine.picks if mine else (),
            answered=bool(mine and mine.picks),
            seen_by=tuple(seen_by),
        )

    # -- taking

    def in_private(self, step: T) -> bool:
        """Taps are nobody's to see, unless everybody watches them."""
        return not self.watched(step)

    def listens(self, session: Session, step: T, person: PersonId) -> bool:
        """A number in the room counts where everybody watches; anything else is talk."""
        return self.watched(step)

    def reads(self, session: Session, step: T, text: str) -> bool:
        """Numbers that stand for taps could."""
        return bool(self._read(session, step, quoting.clean(text)))

    def typed(self, turn: Turn, step: T, line: Typed) -> None:
        """Numbers, in private, or in the room where everybody watches."""
        takes = line.private or (self.watched(step) and line.place in turn.session.rooms)
        picks = self._read(turn.session, step, quoting.clean(line.text)) if takes else ()
        if picks:
            self._pick(turn, step, line.person, picks, said=line.message)
            turn.tick(line.place, line.message)
        elif line.private and left_out(turn, step, line.person, line.text):
            pass
        elif line.private or line.replying:
            turn.tell(line.person, messages.NOT_THIS_STEP)

    def submitted(self, turn: Turn, step: T, event: Submitted) -> None:
        """Buttons, or a form with all taps at once."""
        if event.picks is None:
            turn.tell(event.person.id, messages.NOT_THIS_STEP)
        else:
            self._pick(turn, step, event.person.id, event.picks)

    def answered(self, turn: Turn, step: T, person: PersonId, text: str, *, said: str = "") -> None:
        """Numbers are one, words are none."""
        if self._read(turn.session, step, text):
            self.numbered(turn, step, person, text, said=said)
        else:
            turn.tell(person, messages.NOT_THIS_STEP)

    def numbered(self, turn: Turn, step: T, person: PersonId, numbers: str, *, said: str = "") -> None:
        """Numbers, with the command."""
        self._pick(turn, step, person, self._read(turn.session, step, numbers), said=said)
        if any(isinstance(effect, Say) and effect.place == private_place(person) for effect in turn.effects):
            return
        back = any(isinstance(fact, f.Withdrawn) for fact in turn.facts)
        turn.tell(
            person, messages.BACK_WORDS if back else messages.TAKEN if turn.facts else messages.ALREADY_SO
        )

    def edited(self, turn: Turn, step: T, answer: Answer, event: Edited) -> None:
        """The message that held the numbers holds others."""
        picks = self._read(turn.session, step, quoting.clean(event.text))
        if picks:
            self._pick(turn, step, answer.person, picks, said=event.message)
        else:
            turn.tell(answer.person, messages.NOT_THIS_STEP)

    def _pick(self, turn: Turn, step: T, person: PersonId, picks: tuple[str, ...], *, said: str = "") -> None:
        """Taps, all at once: what the person holds from now on. `said` is the message that named them."""
        state = turn.session.steps[step.id]
        if self.final and state.closed:
            turn.tell(person, messages.VOTE_CLOSED)
            return
        mine = form_answer(turn.session, step.id, person)
        chosen = self._chosen(turn.session, step, mine, picks)
        if not chosen and not picks and mine is not None and self.watched(step):
            withdraw(turn, mine)  # a poll lets people take their tap back
            return
        if not chosen:
            turn.tell(person, messages.EMPTY)
            return
        form = self.form(turn.script, turn.session, person, step)
        if form and 0 < form.most < len(chosen):  # which of them are meant only they know
            turn.tell(person, messages.say(messages.TOO_MANY, n=len(chosen), most=form.most))
            return
        if mine is not None and mine.picks == chosen:
            return
        turn.fact(
            f.Picked(
                at=turn.now,
                answer=mine.id if mine else turn.session.next_answer,
                step=step.id,
                person=PersonId(person),
                picks=chosen,
                room=turn.session.people[person].room,
                said=said,
            )
        )
        if self.watched(step) and turn.session.live:
            turn.wake(TimerKind.GATHER, soon(turn), visit=state.visit, until=state.moved_at)
        settled(turn)

    # -- showing

    def show_again(self, turn: Turn, step: T, answer: Answer) -> None:
        """A tap that everybody watches was taken back, or held."""
        if answer.step != step.id or not self.watched(step):
            return
        show_tally(turn, step)
        state = turn.session.steps[step.id]
        for visit in state.visits if state.closed else ():
            turn.revise(f"spread:{visit}", Spread(step=step.id), About(step=step.id, visit=visit))

    def taps(self, session: Session, step: T, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Each option that somebody picked; one that was taken back has no words any more."""
        labels = self.labels(session, step)
        return tuple((labels.get(pick, ""), "") for pick in answer.picks)


def option_picks(keys: Sequence[str], text: str) -> tuple[str, ...]:
    """The options whose numbers a line holds; none if it holds anything else."""
    words = text.replace(",", " ").split()
    if not all(0 < whole_number(word) <= len(keys) for word in words):
        return ()
    return tuple(keys[whole_number(word) - 1] for word in words)
