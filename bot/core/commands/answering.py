"""Taking part in a step: answering, picking, skipping, reacting, and talking in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from bot.core.commands.addressing import first_where
from bot.core.commands.command import Choice as Proposed
from bot.core.commands.command import Command, Parameter, Typing, Who, fixed, one
from bot.core.model import facts as f
from bot.core.model.cards import Note, Partners, Prompt
from bot.core.model.events import About, CommandGiven
from bot.core.model.facts import Mode, Phase
from bot.core.model.ids import PersonId
from bot.core.model.session import PARKED, guides
from bot.core.model.steps import Step
from bot.core.pacing import live
from bot.core.participants import moderation, translation
from bot.core.queries import before_it_was_read, is_asked, taking_part
from bot.core.steps import gallery, pair_wishes, pairs, parking, private_lines
from bot.core.steps import one_by_one as asking
from bot.core.steps.forms import Form
from bot.core.steps.pairs import partners
from bot.core.steps.progress import not_heard, settled, unanswered
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate
from bot.core.turn import Turn
from bot.core.views.participant import until_of
from bot.core.views.recap import Held

MINUTES_LEFT = N_("{n} min left.")
MINUTE_LEFT = N_("Less than a minute left.")
ON_A_BREAK = N_("We're taking a break. The timer has stopped.")
NEXT = N_("Next: {title}")
NEXT_ON_DAY = N_("Next, on day {day}: {title}")
LAST_STEP = N_("We're on the last step. The recap comes next.")
RECAP_NEXT = N_("The recap comes next.")
STILL_ANSWERING = N_("Still answering: {names}")
ALL_ANSWERED = N_("Everyone we're waiting for has answered.")


def now(turn: Turn, event: CommandGiven) -> None:
    """The open question and what comes next; for hosts, who need not take part, also who is still answering."""
    session, person = turn.session, event.person.id
    if person in session.people:
        catch_up(turn, event)
    elif session.current is not None:
        _show_question(turn, person, turn.step)
    left = _left(turn)
    if left is not None:
        turn.tell(person, left)
    coming = _coming(turn, person)
    if coming is not None:
        turn.tell(person, coming)
    elif person not in session.people:
        turn.tell(person, messages.NOTHING_OPEN)
    if guides(session, person):
        _tell_who_answers(turn, person)


def _left(turn: Turn) -> Note | None:
    """The time that is left for what is open, as far as a clock moves the session on."""
    session, state = turn.session, turn.session.current
    if state is None or session.phase is not Phase.RUNNING or session.mode is not Mode.LIVE:
        return None
    if session.paused:
        return messages.say(ON_A_BREAK)
    until = until_of(state)
    if until is None or until <= turn.now:
        return None
    minutes = ceil((until - turn.now).total_seconds() / 60)
    return messages.say(MINUTES_LEFT, n=minutes) if minutes > 1 else messages.say(MINUTE_LEFT)


def _coming(turn: Turn, person: str) -> Note | None:
    """The step that comes next, in the language of whoever asks; nothing once the recap is posted."""
    session = turn.session
    if session.phase in (Phase.TAIL, Phase.REVIEW):
        return messages.say(RECAP_NEXT)
    if not session.live:
        return None
    asked = [step.id for step in turn.script.steps if step.id in session.steps]
    here = session.step if session.step and not session.over_days else (asked or [""])[-1]
    step = live.following(turn, turn.script.number(here) if here else 0)
    if step is None:
        return messages.say(LAST_STEP)
    title = translation.spoken_to(turn.script, session, person).step(step.id).title
    later = session.over_days and step.day > session.day
    return messages.say(NEXT_ON_DAY, day=step.day, title=title) if later else messages.say(NEXT, title=title)


def _tell_who_answers(turn: Turn, host: str) -> None:
    """Name the people who have not answered yet, as the panel does; nobody while people read or react."""
    session, state = turn.session, turn.session.current
    if state is None or state.closed or state.looking is not None or not taking_part(session):
        return
    kind = kind_of(turn.step)
    if not kind.tapped and not kind.fields(turn.step):
        return
    waiting = ", ".join(isolate(person.name) for person in not_heard(turn.script, session))
    turn.tell(host, messages.say(STILL_ANSWERING, names=waiting) if waiting else messages.say(ALL_ANSWERED))


def catch_up(turn: Turn, event: CommandGiven) -> None:
    """The open question; where several lie open, the first that waits for this person, in the order they came."""
    session, person = turn.session, event.person.id
    if not session.asides:
        _show_question(turn, person, turn.step if session.current else None)
        return
    someone = session.people.get(person)
    first = asking.waiting if someone is not None and someone.one_by_one else unanswered
    step = first(turn.script, session, person)
    if step is None:
        turn.tell(person, messages.CAUGHT_UP)
    else:
        _show_question(turn, person, step)


def _show_question(turn: Turn, person: PersonId, step: Step | None) -> None:
    """A question as this person is asked it: all of it, or the part that comes next."""
    if step is None:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    someone = turn.session.people.get(person)
    card = Prompt(step=step.id, personal=True, person=person)
    if someone is not None and someone.one_by_one and kind_of(step).in_private(step):
        card = asking.question(turn.session, step, person)
        what = asking.shown(step)
        if turn.session.current is None and what not in turn.session.told.get(person, frozenset()):
            turn.fact(f.ToldOnce(at=turn.now, person=person, what=what))
    if partners(turn.session, step.id, person):
        turn.tell(person, Partners(step=step.id, person=person))
    turn.tell(person, card, about=About(step=step.id, visit=turn.session.steps[step.id].visit))


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


_OFFER = one("offer", N_("which, if there are several"), required=False)
COMMANDS = (
    Command(
        name="now",
        help=N_("see what's open, for how long, and what comes next; hosts also see who is still answering"),
        who=Who.MEMBER_OR_HOST,
        handler=now,
    ),
    Command(
        name="answer",
        help=N_("answer what is open"),
        parameters=(Parameter(name="text", help=N_("your answer"), form=True),),
        handler=answer,
        edits=True,
        replies=True,
    ),
    Command(
        name="pick",
        help=N_("tap by typing: the numbers of your choice, or one for each line of a scale"),
        parameters=one("numbers", N_("such as 2, or 1 3, or 3 4 ? 2 where ? is: can't tell")),
        handler=pick,
        edits=True,
        replies=True,
    ),
    Command(
        name="react",
        help=N_("answer a card of a gallery with a sign, or take the sign away"),
        parameters=(
            Parameter(name="card", help=N_("its number"), proposals=cards),
            Parameter(name="sign", help=N_("one of the signs that the gallery names"), proposals=_reactions),
        ),
        handler=react,
    ),
    Command(
        name="whole",
        help=N_("read a long card whole"),
        parameters=one("card", N_("its number"), proposals=cards),
        handler=whole,
    ),
    Command(
        name="report",
        help=N_("say that a card should be looked at; the host and the second contact hear of it"),
        parameters=one("card", N_("its number"), required=False, proposals=cards),
        handler=report,
    ),
    Command(
        name="pair",
        help=N_("say how you would like to talk when pairs are made: someone, three or alone"),
        parameters=one("how", N_("someone, three or alone"), proposals=fixed("someone", "three", "alone")),
        handler=pair,
    ),
    Command(name="partner", help=N_("change your partner; nobody is told who asked"), handler=partner),
    Command(
        name="for",
        help=N_("in a call: type what somebody else said; it counts when they say so"),
        parameters=one("what", N_("their name, a colon, and what they said")),
        handler=type_for,
    ),
    Command(
        name="approve",
        help=N_("what was typed for you is yours"),
        parameters=(
            *_OFFER,
            *one("step", N_("for a line that may answer two questions: the one it's for"), required=False),
        ),
        handler=approve,
        finds=first_where(_offered),
    ),
    Command(
        name="decline",
        help=N_("what was typed for you is not yours"),
        parameters=_OFFER,
        handler=decline,
        finds=first_where(_offered),
    ),
    Command(name="pass", help=N_("let this question go by"), handler=skip, replies=True),
    Command(name="catchup", help=N_("the first open question that waits for you"), handler=catch_up),
    Command(
        name="park",
        help=N_("keep a good point for later"),
        parameters=one("text", N_("the point")),
        handler=park,
    ),
)
