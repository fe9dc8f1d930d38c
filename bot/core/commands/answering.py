"""Taking part in a step: answering, picking, skipping, reacting, and talking in pairs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.addressing import first_where
from bot.core.commands.command import HIDDEN, Command, Parameter, Typing, fixed, one
from bot.core.commands.command import Choice as Proposed
from bot.core.model import facts as f
from bot.core.model.events import CommandGiven
from bot.core.model.ids import PersonId
from bot.core.model.session import PARKED
from bot.core.model.steps import Step
from bot.core.participants import moderation
from bot.core.queries import before_it_was_read, is_asked
from bot.core.steps import gallery, offers, pair_wishes, pairs, parking, private_lines
from bot.core.steps import one_by_one as asking
from bot.core.steps.forms import Form
from bot.core.steps.progress import settled, unanswered
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.recap import Held


def meant(turn: Turn, event: CommandGiven) -> Step | None:
    """The step that a typed answer means; without one the person is told that nothing is open."""
    step = _meant(turn, event)
    if step is None:
        turn.tell(event.person.id, messages.NOTHING_OPEN)
    return step


def _meant_by(turn: Turn, event: CommandGiven, text: str, *, tapped: bool) -> Step | None:
    """The step that an answer means; where it may mean two, its author is asked which, and there is none yet."""
    step = meant(turn, event)
    if step is None or _replies(event) or turn.session.current is None or step.id != turn.session.step:
        return step
    steps = private_lines.meant(turn, event.person.id, text, event.at, tapped=tapped)
    if len(steps) > 1:
        private_lines.ask_which(turn, event.person.id, steps, text, event.id)
        return None
    return steps[0] if steps else step


def _meant(turn: Turn, event: CommandGiven) -> Step | None:
    """The step that a typed answer means, if any is open.

    It is the one that it was typed under, or in the thread of; else the current one; else the first beside the
    session that this person has not answered yet.
    """
    session, person = turn.session, event.person.id
    place = session.channels.get(event.thread or event.channel, "")
    under = event.about.step if event.about else ""
    talking = (key for key, state in session.steps.items() if place in state.pairs)
    named = under if under in session.steps and under != PARKED else next(talking, "")
    if named:
        return turn.script.step(named)
    if session.current is not None:
        return turn.step
    asides = [key for key in session.asides if is_asked(turn.script, session, key, person)]
    return unanswered(turn.script, session, person) or (turn.script.step(asides[0]) if asides else None)


def _replies(event: CommandGiven) -> bool:
    """True if a command was typed under a question, or pressed there."""
    return event.about is not None and bool(event.about.step)


def answer(turn: Turn, event: CommandGiven) -> None:
    """Answer in words."""
    text = event.args.get("text", "")
    step, person = _meant(turn, event), event.person.id
    if asking.heard_again(turn, person, text, step.id if step else "", replying=_replies(event)):
        return
    if gallery.typed(turn, person, text):
        return
    step = _meant_by(turn, event, text, tapped=False)
    if step is not None:
        kind_of(step).answered(turn, step, event.person.id, text, said=event.id)
        private_lines.warn_in_sight(turn, event, step)


def pick(turn: Turn, event: CommandGiven) -> None:
    """Answer with the numbers of options, or one for each line of a scale."""
    numbers = event.args.get("numbers", "")
    step = _meant_by(turn, event, numbers, tapped=True)
    if step is None:
        return
    kind_of(step).numbered(turn, step, event.person.id, numbers, said=event.id)
    private_lines.warn_in_sight(turn, event, step)


def skip(turn: Turn, event: CommandGiven) -> None:
    """Let a question go by."""
    person, several = event.person.id, turn.session.current is None
    if (
        several
        and not _replies(event)
        and before_it_was_read(turn.now, turn.session.people[person].passed_at)
    ):
        turn.tell(person, messages.PASSED)  # else the next question would go by, too
        return
    step = meant(turn, event)
    if step is None:
        return
    if person not in turn.session.steps[step.id].passed:
        turn.fact(f.Passed(at=turn.now, step=step.id, person=PersonId(person)))
    turn.tell(person, messages.PASSED)
    settled(turn)


def park(turn: Turn, event: CommandGiven) -> None:
    """Keep a point for later."""
    parking.park(turn, event.person.id, event.args.get("text", ""))


# -- a gallery -------------------------------------------------------------------------------------


def react(turn: Turn, event: CommandGiven) -> None:
    """Put a reaction on a card, or take it away."""
    gallery.react(turn, event.person.id, event.args.get("card", ""), event.args.get("sign", ""))


def whole(turn: Turn, event: CommandGiven) -> None:
    """Read a long card whole."""
    gallery.whole(turn, event.person.id, event.args.get("card", ""))


def report(turn: Turn, event: CommandGiven) -> None:
    """Ask hosts to look at a card or, where a platform names it, at a message."""
    moderation.report(turn, event.person.id, event.args.get("card", ""), event.args.get("message", ""))


def cards(typing: Typing) -> Sequence[Proposed]:
    """The cards of the gallery that is open, by number."""
    form = _form(typing)
    hanging = form.cards if form else ()
    return [
        (f"{card.number}. {card.card.fields[0][1] if card.card.fields else ''}", str(card.number))
        for card in hanging
    ]


def _reactions(typing: Typing) -> Sequence[Proposed]:
    form = _form(typing)
    return [(option.label, option.key) for option in form.options] if form and form.is_gallery else ()


def _form(typing: Typing) -> Form | None:
    """What the open step asks of whoever types."""
    if typing.script is None or typing.session is None or not typing.session.step:
        return None
    step = typing.script.step(typing.session.step)
    return kind_of(step).form(typing.script, typing.session, typing.person, step)


# -- pairs, and typing for each other --------------------------------------------------------------


def pair(turn: Turn, event: CommandGiven) -> None:
    """Say how one would like to talk."""
    pair_wishes.wish(turn, event.person.id, event.args.get("how", ""))


def partner(turn: Turn, event: CommandGiven) -> None:
    """Change one's partner."""
    pairs.change_partner(turn, event.person.id)


def introduce(turn: Turn, event: CommandGiven) -> None:
    """Open a place for the author of a card and somebody who offered something on it."""
    offers.introduce(turn, event.person.id, event.args.get("who", ""))


def type_for(turn: Turn, event: CommandGiven) -> None:
    """Type what somebody else said; a platform with fields names the person and the words apart."""
    name, _, text = event.args.get("what", "").partition(":")
    moderation.type_for(turn, event.person.id, event.args.get("name", name), event.args.get("text", text))


def approve(turn: Turn, event: CommandGiven) -> None:
    """Take what was typed for one as one's own."""
    step = event.args.get("step", "")
    moderation.settle_offer(turn, event.person.id, event.args.get("offer", ""), take=True, step=step)


def decline(turn: Turn, event: CommandGiven) -> None:
    """Refuse it."""
    moderation.settle_offer(turn, event.person.id, event.args.get("offer", ""), take=False)


def _offered(held: Held, event: CommandGiven) -> bool:
    """True if the line that is named, or any, was typed for somebody and waits for them."""
    named = event.args.get("offer", "")
    return any(
        offer.person == event.person.id and named in ("", key) for key, offer in held[0].offers.items()
    )


_OFFER = one("offer", N_("which one, if there are several"), required=False)
COMMANDS = (
    Command(
        name="answer",
        help=N_("reply to the current question"),
        parameters=(
            Parameter(name="text", help=N_("your words, or numbers such as 2, or 3 4 ? 2"), form=True),
        ),
        handler=answer,
        edits=True,
        replies=True,
    ),
    Command(
        name="pick",
        shown=HIDDEN,
        help=N_("answer with numbers"),
        parameters=one("numbers", N_("such as 2, or 1 3, or 3 4 ? 2 where ? is: can't tell")),
        handler=pick,
        edits=True,
        replies=True,
    ),
    Command(
        name="react",
        shown=HIDDEN,
        help=N_("react to a card in the gallery"),
        parameters=(
            Parameter(name="card", help=N_("its number"), proposals=cards),
            Parameter(
                name="sign", help=N_("one of the reactions that the gallery names"), proposals=_reactions
            ),
        ),
        handler=react,
    ),
    Command(
        name="card",
        aliases=("whole",),
        shown=HIDDEN,
        help=N_("read all of a long card"),
        parameters=one("card", N_("its number"), proposals=cards),
        handler=whole,
    ),
    Command(
        name="report",
        shown=HIDDEN,
        help=N_("ask a host to look at a card"),
        parameters=one("card", N_("its number"), required=False, proposals=cards),
        handler=report,
    ),
    Command(
        name="pair",
        shown=HIDDEN,
        help=N_("choose how you'd like to talk"),
        parameters=one(
            "how",
            N_("someone, three, alone, or not and a name"),
            proposals=fixed("someone", "three", "alone"),
        ),
        handler=pair,
    ),
    Command(
        name="partner", shown=HIDDEN, help=N_("change partners (no one is told who asked)"), handler=partner
    ),
    Command(
        name="introduce",
        shown=HIDDEN,
        help=N_("meet someone who offered something on your card"),
        parameters=one("who", N_("their name"), required=False),
        handler=introduce,
    ),
    Command(
        name="for",
        shown=HIDDEN,
        help=N_("type for someone else during a call"),
        parameters=one("what", N_("their name, a colon, and what they said")),
        handler=type_for,
    ),
    Command(
        name="approve",
        shown=HIDDEN,
        help=N_("confirm a line that was typed for you"),
        parameters=(
            *_OFFER,
            *one("step", N_("for a line that may answer two questions: the one it's for"), required=False),
        ),
        handler=approve,
        finds=first_where(_offered),
    ),
    Command(
        name="decline",
        shown=HIDDEN,
        help=N_("say that a line typed for you isn't yours"),
        parameters=_OFFER,
        handler=decline,
        finds=first_where(_offered),
    ),
    Command(
        name="skip",
        aliases=("pass",),
        shown=HIDDEN,
        help=N_("skip this question"),
        handler=skip,
        replies=True,
    ),
    Command(
        name="my park",
        aliases=("park",),
        help=N_("save a point for later"),
        parameters=one("text", N_("the point")),
        handler=park,
    ),
)
