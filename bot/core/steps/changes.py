"""Every person's hand on their own words: changing them, taking them back, saying where they may go.

Whatever shows an answer follows: in the room, in galleries and reveals, in copies, in the recap.
"""

from __future__ import annotations

import re

from bot.core.model import facts as f
from bot.core.model.cards import (
    Answers,
    Card,
    Draft,
    Entrusted,
    Film,
    Glance,
    PairLine,
    RecapAdded,
    RecapReady,
    Reportable,
)
from bot.core.model.effects import Edit, Erase
from bot.core.model.facts import Phase, Share, Words
from bot.core.model.ids import PersonId
from bot.core.model.session import HOSTS, Answer, private_place
from bot.core.queries import relayed
from bot.core.steps.copies import LINE, follow_copies, follow_words, show_copy
from bot.core.steps.registry import kind_of
from bot.core.steps.reveals import CHUNK, reveal_part
from bot.core.text import messages
from bot.core.turn import Turn

OTHERS = "others"  # asked once whether those who are named in a story are fine with it
DRAFT = "draft:"  # the names of drafts of the recap, each shown to one host


def amend(turn: Turn, answer: Answer, field: str, text: str, *, said: str = "") -> None:
    """The author changed one field: the old words are erased, what shows them is shown anew."""
    piece = answer.pieces.get(field)
    if answer.withdrawn or (piece is not None and piece.text == text):
        return
    turn.fact(
        f.Amended(
            at=turn.now,
            answer=answer.id,
            field=field,
            text=Words(text),
            blanks=(piece.seq,) if piece and piece.text else (),
            said=said,
        )
    )
    show_again(turn, answer)


def withdraw(turn: Turn, answer: Answer) -> None:
    """The author takes an answer back: its words are erased, and gone from what shows them."""
    if answer.withdrawn:
        return
    turn.fact(f.Withdrawn(at=turn.now, answer=answer.id, blanks=answer.blanks))
    show_again(turn, answer)


def take_down(turn: Turn, mine: Answer) -> None:
    """Ask the platform to take the author's own message away, after they took the answer back."""
    turn.effects.append(Erase(place=mine.room, person=mine.person, messages=(mine.source,)))


def share(turn: Turn, answer: Answer, how: Share, *, quiet: bool = False) -> None:
    """The author decides where an answer may appear."""
    if answer.withdrawn or answer.share is how:
        if answer.share is how and not quiet:
            turn.tell(answer.person, messages.SHARED[how.value])
        return
    turn.fact(f.Allowed(at=turn.now, answer=answer.id, share=how))
    if how is Share.COMPANION:
        for person in sorted(turn.session.companions):
            show_copy(turn, person, "entrusted", Entrusted(answer=answer.id), answer.id)
    elif answer.share is Share.COMPANION:
        show_copies(turn, answer)
    follow_words(turn, answer.person)
    for step in turn.script.all_steps:  # a wall without a card waits for the first
        if how.public and step.id in turn.session.steps and kind_of(step).wall(turn.session, step):
            kind_of(step).show_again(turn, step, answer)
    _ask_for_others(turn, answer, how)
    recap_again(turn)
    if answer.id in turn.session.filmed:
        film_again(turn)
    if not quiet:
        turn.tell(answer.person, messages.SHARED[how.value])


def _ask_for_others(turn: Turn, answer: Answer, how: Share) -> None:
    """Whoever lets others read words in which somebody is named is asked whether they are fine with it.

    Whose name it may be outside of the session nobody here knows, so of a story it is asked once in any case.
    """
    if not how.public or answer.withdrawn:
        return
    said = " ".join(piece.text for piece in answer.pieces.values()).casefold()
    others = [p.name for p in turn.session.people.values() if p.name and p.id != answer.person]
    named = any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said) for name in others)
    told = turn.session.told.get(answer.person, frozenset())
    if named:
        turn.tell(answer.person, messages.OTHERS_NAMED)
    elif kind_of(turn.script.step(answer.step)).about_others and OTHERS not in told:
        turn.fact(f.ToldOnce(at=turn.now, person=PersonId(answer.person), what=OTHERS))
        turn.tell(answer.person, messages.OTHERS_MAYBE)


def film(turn: Turn, answer: Answer, *, on: bool) -> None:
    """Whether it may be in the short film, which asks for a yes of its own."""
    if not turn.session.films:
        turn.tell(answer.person, messages.NO_FILM)
        return
    if on and not answer.share.public:
        turn.tell(answer.person, messages.FILM_SHARE_FIRST)
        return
    if (answer.id in turn.session.filmed) is not on:
        turn.fact(f.FilmAllowed(at=turn.now, answer=answer.id, on=on))
        film_again(turn)
    turn.tell(answer.person, messages.FILM_YES if on else messages.FILM_NO)


def film_again(turn: Turn) -> None:
    """A film that was posted follows what its authors allow."""
    if turn.session.films and turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.revise("film", Film())


def show_copies(turn: Turn, answer: Answer) -> None:
    """What others were shown of an answer (whole, reported, entrusted) follows what its author does."""
    cards: dict[str, Card] = {
        "whole": Answers(step=answer.step, answers=(answer.id,)),
        "report": Reportable(answer=answer.id),
        "entrusted": Entrusted(answer=answer.id),
        LINE: PairLine(answer=answer.id),
    }
    follow_copies(turn, answer.id, cards)


def recap_again(turn: Turn) -> None:
    """A recap that was posted, and a draft that a host was shown, follow what its authors allow."""
    for person, told in turn.session.told.items():
        for name in sorted(told):
            if name.startswith(DRAFT):
                turn.effects.append(Edit(place=private_place(person), name=name, card=Draft()))
    if turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.revise("recap", RecapReady())
        if turn.session.added:
            turn.say("recap-added", RecapAdded())
            turn.revise("recap-added", RecapAdded())


def show_again(turn: Turn, answer: Answer) -> None:
    """Revise the messages that show this answer, if any do."""
    follow_words(turn, answer.person)
    recap_again(turn)
    state = turn.session.steps[answer.step]
    for visit, revealed in state.revealed:
        if answer.id in revealed:
            part = revealed.index(answer.id) // CHUNK
            name, card, about = reveal_part(answer.step, visit, revealed, part)
            turn.revise(name, card, about)
    if answer.id in state.gathered:
        for place in turn.session.rooms:
            has = relayed(turn.session, state.gathered, place)
            if answer.id in has:
                card = Answers(step=answer.step, answers=has)
                turn.revise(f"heard:{answer.step}", card, places=(place,))
    asked = turn.session.current
    if asked is not None and asked.looking is not None and answer.id in asked.looking:
        glance = Glance(step=turn.session.step)
        turn.effects.append(Edit(place=HOSTS, name=f"look:{asked.visit}", card=glance))
    if answer.id in turn.session.reported:
        report = Reportable(answer=answer.id)
        turn.effects.append(Edit(place=HOSTS, name=f"report:{answer.id}", card=report))
    show_copies(turn, answer)
    for step in turn.script.all_steps:
        if step.id in turn.session.steps:
            kind_of(step).show_again(turn, step, answer)
