"""The clock of a live session: notices, the end of a step, absences, and people who ask for more time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.model import facts as f
from bot.core.model.cards import (
    Button,
    Note,
)
from bot.core.model.events import TimerFired, TimerKind
from bot.core.model.facts import Mode, Phase
from bot.core.model.ids import PersonId
from bot.core.model.session import StepState
from bot.core.model.steps import Advance, Asking, Step
from bot.core.pacing import follow_ups, live, recap_review, retention
from bot.core.queries import deadline, taking_part
from bot.core.steps import action_items, pairs
from bot.core.steps.progress import everybody, not_heard, waiting_for
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.host_panel import is_answered

GRACE = 60.0  # seconds that the host has to answer when the time is up
WRITING = 120.0  # seconds that "still writing" guarantees
LONG_AWAY = 120.0  # seconds; a shorter absence than this never pauses a session


def woke(turn: Turn, event: TimerFired) -> None:
    """A timer is due; one whose moment has passed by is ignored."""
    session, timer = turn.session, event.timer
    match timer.kind:
        case TimerKind.IDLE:
            _idle(turn, timer.until)
        case TimerKind.TAIL:
            if session.phase is Phase.TAIL:
                live.review(turn)
        case TimerKind.REVIEW:
            if session.phase is Phase.REVIEW and session.phase_until == timer.until:
                live.publish(turn)
        case TimerKind.EDIT:
            recap_review.remind(turn, timer.visit)
        case TimerKind.STEP:
            action_items.due(turn, str(timer.visit))
        case TimerKind.FREEZE:
            recap_review.freeze(turn)
        case TimerKind.EXPIRE:
            retention.expire(turn)
        case TimerKind.FOLLOW:
            follow_ups.due(turn, timer.visit)
        case TimerKind.PAIR:
            if session.current is not None and timer.visit == session.visit and not session.paused:
                pairs.join_the_lone(turn)
        case TimerKind.GATHER:
            for key, asked in session.steps.items():
                if asked.visit == timer.visit and session.live:
                    live.gather(turn, turn.script.step(key))
        case _:
            state = session.current
            if state is None or session.paused or timer.visit != session.visit:
                return
            if _away(turn, event):
                return
            _paced(turn, timer.kind, state, timer.until)


def _idle(turn: Turn, since: datetime | None) -> None:
    if turn.session.phase is Phase.LOBBY:
        retention.close(turn)
        turn.say("lobby-closed", Note(text=messages.LOBBY_CLOSED))
    elif turn.session.paused:
        if turn.session.paused_at == since:
            live.finish(turn)
    else:
        state = turn.session.current
        waits = state is not None and (turn.session.mode is Mode.CALL or kind_of(turn.step).waits_for_host)
        if waits and state is not None and state.moved_at == since:
            live.finish(turn)


def _away(turn: Turn, event: TimerFired) -> bool:
    """After an absence longer than the step, stand still and ask the host; steps do not cascade."""
    late = event.at - event.due
    if late < max(timedelta(seconds=LONG_AWAY), timedelta(minutes=turn.step.minutes)):
        return False
    live.pause(turn, "away")
    turn.say(f"away:{turn.session.version}", Note(text=messages.AWAY_ROOM))
    turn.tell_hosts(
        messages.say(messages.AWAY_HOST, minutes=int(late.total_seconds() // 60)),
        (
            Button(label=N_("Resume"), command="workshop resume"),
            Button(label=N_("End with recap"), command="workshop end"),
        ),
    )
    return True


def _paced(turn: Turn, kind: TimerKind, state: StepState, until: datetime | None) -> None:
    step = turn.step
    match kind:
        case TimerKind.NOTICE:
            if not state.closed and state.until == until and not state.nudged:
                again = step.say_again if isinstance(step, Asking) else ""
                turn.fact(f.Nudged(at=turn.now, visit=state.visit))
                turn.say(f"notice:{state.visit}", messages.say(messages.ONE_MINUTE, again=again))
        case TimerKind.TIME_UP:
            if state.looking is not None:
                if state.look_until is not None and state.look_until <= turn.now:
                    live.advance(turn)
            elif not state.closed and state.until == until:
                _time_up(turn, step, state)
        case TimerKind.LOOK:
            if not state.closed and state.looking is not None and state.look_until == until:
                live.advance(turn)
        case TimerKind.GRACE:
            if (
                not state.closed
                and state.looking is None
                and state.host_asked
                and not _still_writing(turn, state)
            ):
                live.advance(turn)
        case TimerKind.COMPLETE:
            if (
                not state.closed
                and state.looking is None
                and state.complete
                and everybody(turn.script, turn.session)
            ):
                live.advance(turn)
        case TimerKind.READ:
            if state.closed and state.read_until == until:
                live.go_on(turn)
        case _:
            raise AssertionError(kind)


def _time_up(turn: Turn, step: Step, state: StepState) -> None:
    if not isinstance(step, Asking):
        live.advance(turn)
        return
    if _still_writing(turn, state):
        return
    if step.advance is Advance.AUTO or kind_of(step).empty(turn.script, turn.session, step):
        live.advance(turn)
        return
    waiting = len(not_heard(turn.script, turn.session))
    of = taking_part(turn.session)
    turn.fact(f.HostAsked(at=turn.now, visit=state.visit))
    counts = messages.say(messages.TIME_UP_HOST, n=of - waiting, m=of)
    nobody = waiting == of and (turn.session.quiet_steps >= 2 or not of)
    says = messages.TIME_UP_NOBODY if nobody else counts
    if not is_answered(step):
        says = messages.TIME_UP_READ if kind_of(step).read_in_silence else messages.TIME_UP_TALK
    turn.tell_hosts(
        says,
        (
            Button(label=N_("Next"), command=f"workshop next {turn.session.moment}"),
            Button(label=N_("+2 min"), command=f"workshop time 2 {deadline(state)}"),
        ),
    )
    turn.wake(TimerKind.GRACE, turn.after(GRACE), visit=state.visit)


def _still_writing(turn: Turn, state: StepState) -> bool:
    """Whoever asked for time to finish gets it: the step is prolonged until they had two minutes."""
    waiting = {person.id for person in waiting_for(turn.script, turn.session)}
    late = [until for person, until in state.writing.items() if person in waiting and until > turn.now]
    if not late:
        return False
    turn.fact(f.Extended(at=turn.now, until=max(late)))
    turn.wake(TimerKind.TIME_UP, max(late), visit=state.visit)
    return True


def still_writing(turn: Turn, person: str) -> None:
    """Somebody asks for time to finish."""
    if turn.session.over_days:
        turn.tell(person, messages.ALL_OPEN)
        return
    state = turn.session.current
    if state is None or state.closed:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    turn.fact(
        f.Writing(
            at=turn.now,
            step=turn.session.step,
            person=PersonId(person),
            until=turn.after(WRITING),
        )
    )
    turn.tell(person, messages.TWO_MINUTES)
