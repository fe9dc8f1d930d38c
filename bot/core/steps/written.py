"""The common part of all kinds of steps that are answered in words."""

from __future__ import annotations

from typing import TypeVar

from bot.core.model import facts as f
from bot.core.model.events import Edited, Submitted
from bot.core.model.facts import Share
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session, private_place
from bot.core.model.steps import Field, Written
from bot.core.queries import form_answer
from bot.core.steps import one_by_one, private_lines
from bot.core.steps.changes import amend, share
from bot.core.steps.forms import Form
from bot.core.steps.gallery import told_late
from bot.core.steps.kind import Kind, Typed
from bot.core.steps.taking import checked, take
from bot.core.steps.vote import fields_voted_on
from bot.core.text import messages, quoting
from bot.core.text.messages import N_
from bot.core.text.wording import Sentence, sentence
from bot.core.turn import Turn

W = TypeVar("W", bound=Written)

OPERATOR = N_("The person who runs this bot could technically read the database.")


class InWords(Kind[W]):
    """A kind of step that is answered in words."""

    asks_everybody = True

    # -- what a kind says of itself

    def _not_here(self, turn: Turn, step: W, person: PersonId) -> str:
        """What somebody is told, once, who answers in the room what is not answered there."""
        return messages.SEEN_BY_ALL_HERE if turn.session.people[person].one_by_one else messages.SEEN_BY_ALL

    def _asked(self, session: Session, step: W) -> tuple[Field, ...]:
        """The fields that its form has now."""
        return step.fields

    # -- taking

    def fields(self, step: W) -> tuple[Field, ...]:
        """All that the script asks for."""
        return step.fields

    def in_private(self, step: W) -> bool:
        """It is, unless the script has it said in the room."""
        return True

    def listens(self, session: Session, step: W, person: PersonId) -> bool:
        """A first line in the room: only to warn that everybody can see it."""
        return self.in_private(step) and person not in session.steps[step.id].by_person

    def reads(self, session: Session, step: W, text: str) -> bool:
        """Any words could, where it takes words."""
        return bool(self.fields(step))

    def typed(self, turn: Turn, step: W, line: Typed) -> None:
        """Words, in private or where they are to be said."""
        session, person = turn.session, line.person
        if not self.fields(step):
            return
        if line.place in session.rooms and not self.live(step):
            told = session.told.get(person, frozenset())
            if f"seen:{step.id}" not in told:
                turn.fact(f.ToldOnce(at=turn.now, person=PersonId(person), what=f"seen:{step.id}"))
                turn.tell(person, self._not_here(turn, step, person))
            return
        if line.private:
            if not one_by_one.heard_again(turn, person, line.text, step.id, replying=line.replying):
                private_lines.typed(turn, step, line)
            return
        words = checked(turn, person, line.text, step.fields[0])
        if words is None:
            return
        take(turn, step, person, {step.fields[0].key: words}, room=line.place, source=line.message)
        if turn.facts:
            turn.tick(line.place, line.message)

    def submitted(self, turn: Turn, step: W, event: Submitted) -> None:
        """A form: each field that it holds, and where the words may go."""
        person, fields = event.person.id, self.fields(step)
        if not fields:
            turn.tell(person, messages.NOTHING_OPEN)
            return
        mine = form_answer(turn.session, step.id, person)
        texts: dict[str, str] = {}
        for field in fields:
            if field.key not in event.fields:
                continue
            if not quoting.clean(event.fields[field.key]):
                if field.optional and mine is not None and mine.text(field.key):
                    texts[field.key] = ""
                continue
            text = checked(turn, person, event.fields[field.key], field)
            if text is None:
                return
            texts[field.key] = text
        if not any(texts.values()) and mine is None:
            turn.tell(person, messages.EMPTY)
            return
        room = turn.session.people[person].room
        take(turn, step, person, texts, room=room, anonymous=event.anonymous and self.anonymous(step))
        mine = form_answer(turn.session, step.id, person)
        if mine is not None and event.share in {s.value for s in Share}:
            share(turn, mine, Share(event.share), quiet=True)
        one_by_one.nothing_new(turn, person)

    def answered(self, turn: Turn, step: W, person: PersonId, text: str, *, said: str = "") -> None:
        """One field at a time where there are several."""
        if not self.fields(step):
            turn.tell(person, messages.NOTHING_OPEN)
            return
        session = turn.session
        if session.people[person].one_by_one or (session.current is not None and session.step != step.id):
            place = private_place(person)
            line = Typed(person=person, text=text, message=said, place=place, private=True, replying=True)
            private_lines.typed(turn, step, line)
            return
        field = one_by_one.next_field(session, step.fields, step, person)
        words = checked(turn, person, text, field)
        if words is not None:
            room = turn.session.people[person].room
            take(turn, step, person, {field.key: words}, room=room, said=said)
            one_by_one.nothing_new(turn, person)

    def numbered(self, turn: Turn, step: W, person: PersonId, numbers: str, *, said: str = "") -> None:
        """Numbers are no answer here."""
        turn.tell(person, messages.NOT_TAPPED)

    def edited(self, turn: Turn, step: W, answer: Answer, event: Edited) -> None:
        """The words of the message are others now."""
        own = [each for each in step.fields if said_by(answer, each.key) == event.message]
        field = own[0] if own else step.fields[0]
        text = one_by_one.without_number(step, field, event.text) if own else event.text
        words = checked(turn, answer.person, text, field)
        if words is not None:
            amend(turn, answer, field.key, words, said=event.message if own else "")

    # -- showing

    def form(self, script: Script, session: Session, person: str, step: W) -> Form | None:
        """Its fields, with what stands in them; nothing where people only talk."""
        if not self.fields(step):
            return None
        mine = form_answer(session, step.id, person)
        texts = _prefilled(session, person, step)
        texts |= {key: piece.text for key, piece in mine.pieces.items()} if mine else {}
        return Form(
            step=step.id,
            title=step.title,
            fields=self._asked(session, step),
            texts=texts,
            answered=mine is not None,
            anonymous_allowed=self.anonymous(step),
            ask_share=self.story,
            share=mine.share.value if mine else "no",
            seen_by=told_late(script, session, step) or self.seen_by(script, step),
        )


def said_by(answer: Answer, field: str) -> str:
    """The message in private that said a field."""
    piece = answer.pieces.get(field)
    return piece.said if piece else ""


def kept_private(script: Script, step: Written) -> tuple[Sentence, ...]:
    """Who reads what is shown to nobody: also which of its fields are put to the vote, without a name."""
    return (
        sentence("Only you can see this for now. You decide later whether to share it."),
        *ideas_of(script, step),
        sentence(OPERATOR),
    )


def ideas_of(script: Script, step: Written) -> tuple[Sentence, ...]:
    """Which of its private fields a vote of this script takes up, said before anybody types."""
    taken = fields_voted_on(script)
    return tuple(
        sentence(
            "What you write under “{question}” is shown to everyone, without your name, as an idea "
            "to vote on.",
            question=field.label,
        )
        for field in step.fields
        if f"{step.id}.{field.key}" in taken
    )


def _prefilled(session: Session, person: str, step: Written) -> dict[str, str]:
    """What somebody tapped before and would tap here again; it counts once they send it."""
    texts = {}
    for field in step.fields:
        earlier = form_answer(session, field.prefill, person) if field.prefill else None
        keys = {option.key for option in field.options}
        picks = [pick for pick in (earlier.picks if earlier else ()) if pick in keys]
        if picks:
            texts[field.key] = ",".join(picks if field.many else picks[:1])
    return texts
