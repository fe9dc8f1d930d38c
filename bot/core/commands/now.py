"""What is open now, how long it takes, and what comes next."""

from __future__ import annotations

from math import ceil

from bot.core.commands.command import HIDDEN, Command, Who
from bot.core.model import facts as f
from bot.core.model.cards import Note, Partners, Prompt
from bot.core.model.events import About, CommandGiven
from bot.core.model.facts import Mode, Phase
from bot.core.model.ids import PersonId
from bot.core.model.session import guides
from bot.core.model.steps import Step
from bot.core.pacing.what_follows import following
from bot.core.participants import translation
from bot.core.queries import taking_part
from bot.core.steps import one_by_one as asking
from bot.core.steps.pairs import partners
from bot.core.steps.progress import not_heard, unanswered
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate
from bot.core.turn import Turn
from bot.core.views.participant import until_of

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
    step = following(turn, turn.script.number(here) if here else 0)
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


COMMANDS = (
    Command(
        name="now",
        help=N_("show the current question, and what comes next"),
        who=Who.MEMBER_OR_HOST,
        handler=now,
    ),
    Command(name="catchup", shown=HIDDEN, help=N_("show your first open question"), handler=catch_up),
)
