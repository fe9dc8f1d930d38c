"""Pace: from the lobby through the steps to the close, by the host's hand or by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.model import facts as f
from bot.core.model.cards import (
    Answers,
    Button,
    Closing,
    Film,
    Note,
    Notice,
    Prompt,
    RecapReady,
    Spread,
)
from bot.core.model.effects import Remove
from bot.core.model.events import About, TimerKind
from bot.core.model.facts import Mode, Phase
from bot.core.model.ids import PlaceName
from bot.core.model.presence import takes_part
from bot.core.model.session import HOSTS, StepState
from bot.core.model.steps import Asking, Step
from bot.core.pacing import follow_ups, recap_review
from bot.core.pacing.what_follows import asked_here, is_empty, say_empty
from bot.core.participants.moderation import begin_look
from bot.core.queries import a_moment_ago, deadline, relayed, taking_part
from bot.core.recognition import rules
from bot.core.steps import one_by_one, private_lines, second_lines
from bot.core.steps.copies import show_words
from bot.core.steps.empty_walls import MOMENT
from bot.core.steps.gallery import is_hung
from bot.core.steps.progress import answerable
from bot.core.steps.references import taken_up
from bot.core.steps.registry import kind_of
from bot.core.steps.reveals import reveal, to_reveal
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn

LOBBY_HOURS = 12
PAUSE_HOURS = 24
FREEZE_DAYS = 14  # after it was posted, the recap stays as it is
LONG_HOURS = 24 * 14  # over days, a lobby or a pause may last as long
QUIET = 0.25  # of the people; two steps in a row with fewer are something that a host should know
CALL_HOURS = 6  # a call that nobody ends
NOT_YOURS = "-"  # in place of a room in which whoever names it has no say


def open_lobby(turn: Turn) -> None:
    """The session exists: say who reads what here, and let people come in."""
    turn.say("notice", Notice(), ping=True)
    turn.say("lobby", _lobby_card(turn))
    for step in turn.script.prepare:
        lay_out(turn, step)
    begin = (Button(label=N_("Start"), command="workshop start"),)
    turn.tell_hosts(messages.LOBBY_HOST, begin, name="lobby")
    hours = LONG_HOURS if turn.session.mode is Mode.ASYNC else LOBBY_HOURS
    turn.wake(TimerKind.IDLE, turn.after(hours * 3600))


def add_room(turn: Turn, channel: str, person: str) -> None:
    """The session spans one more room; its people get the same notice."""
    if channel == NOT_YOURS:
        turn.tell(person, messages.NOT_YOUR_ROOM)
        return
    platform, _, name = channel.partition(":")
    if not platform or not name or "/" in name or channel in turn.session.channels:
        turn.tell(person, messages.ROOM_FORM)
        return
    turn.fact(f.RoomAdded(at=turn.now, channel=channel))
    place = turn.session.rooms[-1]
    turn.say("notice", Notice(), places=(place,), ping=True)
    turn.say("lobby", _lobby_card(turn), places=(place,))
    show_notice_again(turn, turn.session.rooms[:-1])  # more people will read
    turn.tell_hosts(messages.say(messages.ROOM_ADDED, n=len(turn.session.rooms)))


def show_notice_again(turn: Turn, places: tuple[PlaceName, ...] | None = None) -> None:
    """Show the notice as it is now, for what it says has changed."""
    turn.revise("notice", Notice(), places=places)


def _lobby_card(turn: Turn) -> Note:
    buttons = (
        Button(label=N_("Join"), command="join"),
        Button(label=N_("Just follow along"), command="join follow"),
        Button(label=N_("Privacy details"), command="help details"),
    )
    about = f"{turn.script.about.strip()}\n\n{turn.script.agreements.strip()}".strip()
    return Note(text=about, buttons=buttons)


def begin(turn: Turn) -> None:
    """The lobby is over: the first step is asked."""
    take_in(turn, show=True)
    turn.fact(f.Begun(at=turn.now))
    _onward(turn, 0)


def lay_out(turn: Turn, step: Step) -> None:
    """A step lies open beside the session: nobody is waited for, and no clock runs."""
    session = turn.session
    visit = session.visit + 1
    turn.fact(
        f.AsideOpened(
            at=turn.now,
            step=step.id,
            visit=visit,
            until=turn.after(hours * 3600)
            if session.over_days and (hours := kind_of(step).hours(step))
            else None,
            few=bool(step.if_few) and session.over_days and taking_part(session) < step.needs_people,
            found=taken_up(turn.script, session, step),
            only=kind_of(step).only(turn.script, session, step),
        )
    )
    turn.say(f"prompt:{visit}", Prompt(step=step.id), about=About(step=step.id, visit=visit))
    kind_of(step).laid_out(turn, step)


def take_in(turn: Turn, *, show: bool) -> None:
    """What lay open beside the session is closed; before the session its spread is shown."""
    for key, state in turn.session.steps.items():
        if state.aside and not state.closed:
            turn.fact(f.AsideClosed(at=turn.now, step=key))
            step = turn.script.step(key)
            one_by_one.show_tally(turn, step)
            if show and state.by_person and kind_of(step).shows_result(step):
                turn.say(f"spread:{state.visit}", Spread(step=key), about=About(step=key))


def _onward(turn: Turn, here: int) -> None:
    """To the next step after the first `here` ones with anything in it, or to the end."""
    for step in turn.script.steps[here:]:
        if not asked_here(turn, step):
            continue
        if not is_empty(turn, step):
            ask(turn, step)
            return
        say_empty(turn, step)
    finish(turn)


def ask(turn: Turn, step: Step, *, again: bool = False) -> None:
    """Open a step, and set its timers."""
    visit = turn.session.visit + 1
    minutes: float = step.minutes
    if kind_of(step).empty(turn.script, turn.session, step):  # until its first card is there
        minutes = min(MOMENT, minutes)
    until = turn.now + timedelta(minutes=minutes)
    before = turn.session.steps.get(step.id)
    turn.fact(
        f.Asked(
            at=turn.now,
            step=step.id,
            visit=visit,
            until=None if kind_of(step).waits_for_host else until,
            few=bool(step.if_few) and taking_part(turn.session) < step.needs_people,
            found=taken_up(turn.script, turn.session, step),
            only=before.only if before else kind_of(step).only(turn.script, turn.session, step),
        )
    )
    turn.say(
        f"prompt:{visit}",
        Prompt(step=step.id, again=again),
        about=About(step=step.id, visit=visit),
        ping=visit == 1,
    )
    one_by_one.ask_each(turn, step)
    kind_of(step).opened(turn, step)
    coming = next(iter(turn.script.steps[turn.script.number(step.id) :]), None)
    if coming is not None and not (coming.if_few and taking_part(turn.session) < coming.needs_people):
        kind_of(coming).coming(turn, coming)
    _time(turn, step, until)


def set_timers(turn: Turn, until: datetime) -> None:
    """The current step, open or being read, has until then."""
    state = turn.session.current
    if state is not None and state.closed:
        turn.wake(TimerKind.READ, until, visit=turn.session.visit)
    elif state is not None:
        _time(turn, turn.step, until)


def _time(turn: Turn, step: Step, until: datetime) -> None:
    visit = turn.session.visit
    if turn.session.mode is Mode.CALL:  # people talk; only the host moves on
        turn.wake(TimerKind.IDLE, turn.after(CALL_HOURS * 3600), until=turn.now)
        return
    if kind_of(step).waits_for_host:
        turn.wake(TimerKind.IDLE, turn.after(PAUSE_HOURS * 3600), until=turn.now)
        return
    turn.wake(TimerKind.TIME_UP, until, visit=visit)
    if isinstance(step, Asking) and step.say_again and until - turn.now > timedelta(minutes=2):
        turn.wake(TimerKind.NOTICE, until - timedelta(minutes=1), visit=visit, until=until)


def advance(turn: Turn) -> None:
    """Leave the moment: close what is open and show it, or go on from what was shown."""
    state = turn.session.current
    if state is None:
        return
    if state.closed:
        go_on(turn)
    elif not begin_look(turn):
        close_step(turn)


def close_step(turn: Turn) -> None:
    """No more live answers to this step; what was private is shown at once."""
    step, state = turn.step, turn.session.steps[turn.session.step]
    minutes = step.read_minutes if isinstance(step, Asking) else 0
    revealed: tuple[str, ...] = ()
    if state.looking is not None:
        revealed = state.looking
    elif kind_of(step).shown_together(step) and not is_hung(turn.script, step.id):
        revealed = to_reveal(turn.session, step, state)
    until = turn.now + timedelta(minutes=minutes)
    gather(turn, step)
    empty = kind_of(step).empty(turn.script, turn.session, step)
    if empty:
        minutes = 0
        say_empty(turn, step)
    if state.looking is not None:
        turn.effects.append(Remove(place=HOSTS, name=f"look:{state.visit}"))
    talking = turn.session.mode is Mode.CALL  # and what is said there nobody hears but them
    asked = not talking and answerable(turn.script, turn.session, step)
    quiet = (
        isinstance(step, Asking) and not (talking or kind_of(step).read_in_silence) and _quiet(turn, state)
    )
    turn.fact(
        f.StepClosed(
            at=turn.now,
            step=step.id,
            visit=state.visit,
            revealed=revealed,
            until=until,
            quiet=quiet,
            asked=asked,
        )
    )
    if turn.session.quiet_steps == 2:
        lines = [Button(label=name, command=f"workshop say {name}") for name in turn.script.rescue_lines]
        turn.tell_hosts(messages.QUIET_STEPS, tuple(lines[:4]))
    reveal(turn, step.id, state.visit, revealed)
    one_by_one.show_tally(turn, step)
    if kind_of(step).shows_result(step) and not empty:
        turn.say(f"spread:{state.visit}", Spread(step=step.id), about=About(step=step.id))
    if minutes and turn.session.mode is Mode.CALL:  # only the host goes on; nobody ends it, it ends by itself
        turn.wake(TimerKind.IDLE, turn.after(CALL_HOURS * 3600), until=turn.now)
        return
    if minutes:
        turn.wake(TimerKind.READ, until, visit=state.visit)
    else:
        go_on(turn)


def _quiet(turn: Turn, state: StepState) -> bool:
    """True if fewer than a quarter of those who take part did anything in a step."""
    present = [p.id for p in turn.session.people.values() if takes_part(p)]
    active = sum(p in state.by_person or p in state.passed or p in state.spoke for p in present)
    return bool(present) and active < QUIET * len(present)


def go_on(turn: Turn) -> None:
    """From what was shown to the next step, or to the end."""
    _onward(turn, turn.script.number(turn.session.step))


def back(turn: Turn, person: str) -> None:
    """Open the step before once more, for additions; what was shown stays shown."""
    here = turn.script.number(turn.session.step)
    state = turn.session.current
    if state is not None and state.closed:
        ask(turn, turn.step, again=True)
        return
    before = [step for step in turn.script.steps[: here - 1] if step.id in turn.session.steps]
    if before:
        ask(turn, before[-1], again=True)
    else:
        turn.tell(person, messages.FIRST_STEP)


def extend(turn: Turn, minutes: float, person: str, ends: str) -> None:
    """Give the open step more time.

    Args:
        ends: when it ended as the button said, in seconds since 1970: a late or a second press adds nothing.
    """
    state = turn.session.current
    if state is None or state.closed or state.until is None:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    again = ends != deadline(state) if ends else a_moment_ago(turn.now, state.extended_at)
    if again:
        turn.tell(person, messages.ALREADY_LONGER)
        return
    until = max(state.until, turn.now) + timedelta(minutes=minutes)
    turn.fact(f.Extended(at=turn.now, until=until))
    _time(turn, turn.step, until)


def pause(turn: Turn, why: str) -> None:
    """Stand still; after a day without a word the session ends by itself."""
    turn.fact(f.Paused(at=turn.now, why=why))
    hours = LONG_HOURS if turn.session.mode is Mode.ASYNC else PAUSE_HOURS
    turn.wake(TimerKind.IDLE, turn.after(hours * 3600), until=turn.now)


def resume(turn: Turn) -> None:
    """Go on with the time that was left, but at least a minute."""
    session = turn.session
    state, stopped = session.current, session.paused_at
    until = None
    if state is not None and stopped is not None:
        end = state.read_until if state.closed else state.until
        left = max((end or stopped) - stopped, timedelta(minutes=1))
        until = turn.now + left
    turn.fact(f.Resumed(at=turn.now, until=until))
    turn.say(f"resumed:{session.version}", Note(text=messages.RESUMED))
    if until is not None and session.mode is not Mode.CALL:
        set_timers(turn, until)


def finish(turn: Turn) -> None:
    """The live part is over: a quote-free card for everybody, their words for each person."""
    state = turn.session.current
    if state is not None and not state.closed:
        gather(turn, turn.step)
    second_lines.drop(turn)
    take_in(turn, show=False)
    tail = turn.script.tail_hours
    if tail and turn.session.phase is Phase.RUNNING:
        until = turn.after(tail * 3600)
        turn.fact(f.PhaseChanged(at=turn.now, phase=Phase.TAIL, until=until))
        turn.wake(TimerKind.TAIL, until)
        for step in turn.script.tail:
            if not is_empty(turn, step):
                lay_out(turn, step)
    else:
        review(turn)
    turn.say("closing", Closing())
    for person in turn.session.people.values():
        if any(person.id in state.by_person for state in turn.session.steps.values()):
            show_words(turn, person.id)


def review(turn: Turn) -> None:
    """Everybody has time to look over what they wrote and to say where it may go."""
    take_in(turn, show=False)
    until = turn.after(turn.script.review_hours * 3600)
    turn.fact(f.PhaseChanged(at=turn.now, phase=Phase.REVIEW, until=until))
    turn.wake(TimerKind.REVIEW, until)
    recap_review.begin(turn)


def publish(turn: Turn) -> None:
    """The recap, with what people allowed; then follow-ups, or the close. Taking back still works afterwards."""
    take_in(turn, show=False)  # a vote that was open to the end counts
    private_lines.drop(turn)
    follow_ups.begin(turn)
    turn.say("recap", RecapReady())
    turn.wake(TimerKind.FREEZE, turn.now + timedelta(days=FREEZE_DAYS))
    if turn.session.films:
        turn.say("film", Film())
    rules.issue(turn)


def gather(turn: Turn, step: Step) -> None:
    """Relay: one collected card a room, with the live answers that no message there shows."""
    one_by_one.show_tally(turn, step)
    state = turn.session.steps[step.id]
    if not kind_of(step).live(step) or not state.unshown:
        return
    before = state.gathered
    turn.fact(f.Gathered(at=turn.now, step=step.id, answers=state.unshown))
    after = turn.session.steps[step.id].gathered
    about = About(step=step.id, visit=state.visit)
    for place in turn.session.rooms:
        had, has = relayed(turn.session, before, place), relayed(turn.session, after, place)
        card = Answers(step=step.id, answers=has)
        if has and not had:
            turn.say(f"heard:{step.id}", card, about=about, places=(place,))
        elif has != had:
            turn.revise(f"heard:{step.id}", card, about, (place,))
