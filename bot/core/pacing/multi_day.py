"""Over days: prompts in the morning, what they brought in the evening, everything open until the end.

Times of day are wall times in the community's zone, each computed from the date on which it falls, so
they stay right when clocks change. Workshops of up to five days ask nothing on Saturdays and Sundays.
Nothing is said in the quiet hours. One post of a day pings, and who asked for it is reminded once of
what they have not answered. When fewer than three in ten took part in a day, the next one brings
nothing new.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, DayDigest, Glance, Note, Spread
from bot.core.model.events import About, Timer, TimerKind
from bot.core.model.ids import PersonId
from bot.core.model.presence import takes_part
from bot.core.model.script import Script
from bot.core.model.session import StepState
from bot.core.model.steps import Asking, Step
from bot.core.pacing import live
from bot.core.pacing.what_follows import asked_here, is_empty, say_empty
from bot.core.steps.gallery import hang_new, is_hung
from bot.core.steps.registry import kind_of
from bot.core.steps.reveals import reveal, to_reveal
from bot.core.text import messages
from bot.core.text.dates import WORKING_WEEK, after_quiet_hours, moment_value, morning_of, when_clocks_show
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.host_panel import is_answered

RESTING = 0.3  # of the people; with fewer in a day the next is a rest
LOOK_AHEAD = timedelta(hours=1)  # before the digest, hosts see what it will show
KINDS = frozenset({TimerKind.DAY, TimerKind.DIGEST, TimerKind.AHEAD, TimerKind.VOTE, TimerKind.PAIR_QUIET})


def begin(turn: Turn) -> None:
    """The lobby is over: say when the first day begins."""
    turn.fact(f.Begun(at=turn.now))
    first = _plan(turn, 1, days=0)
    ends = _last(turn, first)
    turn.say(
        "calendar",
        Note(
            text=messages.CALENDAR,
            values={
                "days": str(turn.script.days),
                "first": moment_value(first, turn.session.zone),
                "last": moment_value(ends, turn.session.zone),
            },
        ),
    )


def _plan(turn: Turn, day: int, *, days: int = 1) -> datetime:
    """Plan a day for the next time that clocks show its hour, at least `days` dates from now."""
    weekends = day > turn.script.days or not in_a_week(turn.script)  # the end may come on a Saturday
    at = morning_of(turn.now, turn.session.zone, turn.script.day_at, days=days, weekends=weekends)
    turn.wake(TimerKind.DAY, after_quiet_hours(turn.session, at), visit=day)
    return at


def _last(turn: Turn, first: datetime) -> datetime:
    """When the last day ends, if the first one begins at `first` and none is a rest."""
    script, at = turn.script, first
    for day in range(2, script.days + 2):
        weekends = day > script.days or not in_a_week(script)
        at = morning_of(at, turn.session.zone, script.day_at, days=1, weekends=weekends)
    return at


def in_a_week(script: Script) -> bool:
    """Whether its days fit into a working week: nothing is asked on a Saturday or a Sunday then."""
    return script.days <= WORKING_WEEK


def plan_next(turn: Turn) -> None:
    """After a pause: the next day, at its hour."""
    _plan(turn, turn.session.day + 1, days=0)


def woke(turn: Turn, timer: Timer) -> None:
    """A time of day has come; one that belongs to another day is ignored."""
    session = turn.session
    if not session.over_days:
        return
    match timer.kind:
        case TimerKind.DAY if timer.visit == session.day + 1 and not session.paused:
            later = after_quiet_hours(session, turn.now)
            if later > turn.now:  # it fell into the quiet hours, because the bot was away
                turn.wake(TimerKind.DAY, later, visit=timer.visit)
            else:
                _morning(turn, timer.visit)
        case TimerKind.AHEAD if timer.visit == session.day:
            _ahead(turn)
        case TimerKind.DIGEST if (
            timer.visit == session.day and after_quiet_hours(session, turn.now) == turn.now
        ):
            _evening(turn)
        case TimerKind.VOTE:
            for key in session.asides:
                if session.steps[key].visit == timer.visit:
                    close_vote(turn, key)
        case TimerKind.PAIR_QUIET:
            _quiet_pairs(turn, timer.visit)
        case _:
            pass


def next_day(turn: Turn) -> None:
    """A host brings the next day forward."""
    _morning(turn, turn.session.day + 1, resting=False)


def _morning(turn: Turn, day: int, *, resting: bool = True) -> None:
    if day > turn.script.days:
        end(turn)
        return
    if resting and day > 1 and turn.session.rested != day and _tired(turn, day - 1):
        turn.fact(f.DayRested(at=turn.now, day=day))
        turn.say(f"rest:{day}", Note(text=messages.REST_DAY, buttons=(CATCH_UP,)))
        _plan(turn, day)
        return
    turn.fact(f.DayBegun(at=turn.now, day=day))
    here = [step for step in turn.script.steps if step.day == day and asked_here(turn, step)]
    steps = [step for step in here if not _empty(turn, step)]
    minutes = sum(step.minutes for step in steps)
    values = {"day": str(day), "days": str(turn.script.days), "minutes": str(max(minutes, 1))}
    turn.say(f"day:{day}", Note(text=messages.DAY, values=values, buttons=(CATCH_UP,)), ping=True)
    for step in here:
        if step in steps:
            lay_out(turn, step)
        else:
            say_empty(turn, step)
    _remind(turn, day)
    digest = when_clocks_show(turn.now, turn.session.zone, turn.script.digest_at)
    if digest > turn.now:
        turn.wake(TimerKind.DIGEST, digest, visit=day)
        if digest - LOOK_AHEAD > turn.now:
            turn.wake(TimerKind.AHEAD, digest - LOOK_AHEAD, visit=day)
    _plan(turn, day + 1)


CATCH_UP = Button(label=N_("Catch up"), command="catchup")


def _empty(turn: Turn, step: Step) -> bool:
    """Whether a step stays out of a day: not a wall, on which cards are hung every evening."""
    return is_empty(turn, step) and kind_of(step).wall(turn.session, step) is None


def lay_out(turn: Turn, step: Step) -> None:
    """Open a step beside those that are open already, with what belongs to it."""
    live.lay_out(turn, step)
    kind_of(step).day_begun(turn, step)


def _tired(turn: Turn, day: int) -> bool:
    """True if fewer than three in ten took part in what a day brought."""
    session = turn.session
    present = [p.id for p in session.people.values() if takes_part(p)]
    asked = [
        session.steps[step.id]
        for step in turn.script.steps
        if step.day == day and step.id in session.steps and isinstance(step, Asking)
    ]
    if not present or not asked:
        return False
    active = sum(
        any(p in s.by_person or p in s.passed or p in s.signs or p in s.spoke for s in asked) for p in present
    )
    return active < RESTING * len(present)


def _remind(turn: Turn, day: int) -> None:
    """One private line to whoever asked for it, about the questions of the days before."""
    session = turn.session
    before = [
        step
        for step in turn.script.steps
        if isinstance(step, Asking)
        and step.reminders
        and is_answered(step)
        and step.day < day
        and step.id in session.steps
        and not session.steps[step.id].closed
    ]
    for key in sorted(session.remind):
        person = session.people.get(key)
        if person is None or not takes_part(person) or person.needs_help:
            continue
        reminded = session.told.get(key, frozenset())
        due = [
            step
            for step in before
            if key not in session.steps[step.id].by_person
            and key not in session.steps[step.id].passed
            and f"reminded:{step.id}" not in reminded
        ]
        if not due:
            continue
        for step in due:
            turn.fact(f.ToldOnce(at=turn.now, person=PersonId(key), what=f"reminded:{step.id}"))
        titles = "; ".join(step.title for step in due)
        turn.tell(key, Note(text=messages.REMINDER, values={"titles": titles}, buttons=(CATCH_UP,)))


def _ahead(turn: Turn) -> None:
    """An hour before the digest hosts see what it will show, and can hold a line back."""
    for key in turn.session.asides:
        step, state = turn.script.step(key), turn.session.steps[key]
        if not kind_of(step).looked_at(turn.script, step):
            continue
        keys = to_reveal(turn.session, step, state)
        if keys and state.looking is None:
            until = turn.now + LOOK_AHEAD
            turn.fact(f.LookBegun(at=turn.now, step=key, visit=state.visit, answers=keys, until=until))
            turn.tell_hosts(messages.LOOK_HOST_DAY)
            turn.tell_hosts(Glance(step=key), name=f"look:{turn.session.visit}:{turn.session.day}")


def _evening(turn: Turn) -> None:
    """End a day: private answers are shown together, walls grow, spreads are gathered in one post."""
    show_new(turn)
    day = turn.session.day
    today = tuple(key for key in turn.session.asides if turn.script.step(key).day == day)
    before = tuple(key for key in turn.session.asides if key not in today)
    turn.say(f"digest:{day}", DayDigest(day=day, steps=today, before=before))
    for step in turn.script.steps:
        if step.day == turn.session.day + 1 and kind_of(step).coming(turn, step):
            break


def show_new(turn: Turn) -> None:
    """Show what was written in private since the last time, and hang new cards."""
    for key in turn.session.asides:
        step, state = turn.script.step(key), turn.session.steps[key]
        if kind_of(step).live(step):
            live.gather(turn, step)
        if kind_of(step).shown_together(step):
            _reveal(turn, step, state)
        hang_new(turn, step)


def _reveal(turn: Turn, step: Step, state: StepState) -> None:
    keys = () if is_hung(turn.script, step.id) else to_reveal(turn.session, step, state)
    if state.looking is not None:
        keys = tuple(key for key in keys if key in state.looking)  # the rest tomorrow, after a look
    if not keys:
        return
    visit = turn.session.visit + 1
    turn.fact(f.Revealed(at=turn.now, step=step.id, visit=visit, answers=keys))
    reveal(turn, step.id, visit, keys)


def close_vote(turn: Turn, key: str) -> None:
    """A vote is over; its result is shown."""
    state = turn.session.steps[key]
    turn.fact(f.AsideClosed(at=turn.now, step=key))
    turn.say(f"spread:{state.visit}", Spread(step=key), about=About(step=key))


def _quiet_pairs(turn: Turn, visit: int) -> None:
    """After a day without a word, somebody else is offered, or to do it alone."""
    session = turn.session
    for key in session.asides:
        state = session.steps[key]
        if state.visit != visit:
            continue
        for group in state.pairs.values():
            if any(person in state.spoke or person in state.by_person for person in group):
                continue
            for person in group:
                participant = session.people.get(person)
                if participant is not None and takes_part(participant):
                    buttons = (
                        Button(label=N_("Someone else"), command="partner"),
                        Button(label=N_("On my own"), command="pair alone"),
                    )
                    turn.tell(person, Note(text=messages.PAIR_QUIET, buttons=buttons))


def end(turn: Turn) -> None:
    """The last day is over: what is not shown yet is shown, and everybody looks over their words."""
    show_new(turn)
    for key in turn.session.asides:
        if kind_of(turn.script.step(key)).final:
            close_vote(turn, key)
    live.finish(turn)
