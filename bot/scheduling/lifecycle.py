"""What is done when a moment of a plan has come, in time or late.

An occurrence goes through its stages: card, a day before, soon, the door, the start; perhaps waiting. Each is done
once: the next moment is stored in the same transaction. If the bot was away, what is due is taken up where it still
makes sense: one reminder in place of two, the door late with a word of apology, and after `GRACE` its host is asked
to move it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.commands.command import HIDDEN, Who
from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven, Person
from bot.core.model.facts import Mode, Phase
from bot.core.model.homes import session_id
from bot.core.model.session import Session
from bot.core.queries import taking_part
from bot.core.text.messages import N_, say
from bot.scheduling import cards, messages
from bot.scheduling.announcing import announce, refresh
from bot.scheduling.command import OPTIONAL_PLAN, Need, PlanCommand, PlanContext, RoomState
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.outdated import outdated
from bot.scheduling.phrases import utc
from bot.scheduling.plan import BEFORE, GRACE, WAIT, Milestone, Plan, State, done_with, moment_of, staged
from bot.scheduling.references import refer
from bot.scheduling.reminding import day_before, remind

TRY_AGAIN = timedelta(minutes=5)
LATE_LOBBY = timedelta(minutes=5)  # how long the door is open before a late beginning
HOUR = timedelta(hours=1)


def due(decision: DecisionBuilder, room: RoomState) -> None:
    """Do what is due; a moment that was meant for something that has changed since is let go."""
    plan = decision.plan
    if plan is None or plan.state is not State.ON or plan.next_at is None or plan.at is None:
        return
    if retimed(plan) != plan:
        # the rules of its zone have changed since: it stays where it is on the wall
        plan = decision.keep(retimed(plan))
        refresh(decision)
        decision.appoint()
    if plan.next_at is None or plan.next_at > decision.now:
        return
    stage = _now_due(plan, decision)
    match stage:
        case Milestone.CARD:
            announce(decision)
        case Milestone.DAY:
            day_before(decision)
            decision.keep(staged(_plan(decision), Milestone.SOON))
        case Milestone.SOON:
            remind(decision, messages.REMINDER_SOON, "soon")
            decision.keep(staged(_plan(decision), Milestone.LOBBY))
        case Milestone.LOBBY:
            _open(decision, room)
        case Milestone.START | Milestone.WAIT | Milestone.LAST:
            _start(decision, room)


def retimed(plan: Plan) -> Plan:
    """The plan by the rules that its zone has now; the same if they have not changed."""
    if plan.when is None or not plan.occurrence or plan.at is None or plan.next_at is None:
        return plan
    wall = plan.moved.get(plan.occurrence, datetime.fromisoformat(plan.occurrence))
    at = utc(wall, plan.zone, second=plan.when.second)
    if at == plan.at or plan.stage not in BEFORE:
        return plan
    return replace(plan, at=at, next_at=plan.next_at + (at - plan.at))


def _plan(decision: DecisionBuilder) -> Plan:
    assert decision.plan is not None
    return decision.plan


def _now_due(plan: Plan, decision: DecisionBuilder) -> Milestone:
    """The stage to do now; those that it is too late for are passed over."""
    assert plan.at is not None
    stage = plan.stage
    if stage is Milestone.CARD and not plan.card:
        return stage  # people hear of it in any case
    if stage in (Milestone.CARD, Milestone.DAY) and decision.now >= plan.at - HOUR:
        stage = Milestone.SOON
    if stage is Milestone.SOON and decision.now >= plan.at:
        stage = Milestone.LOBBY
    return stage


def _open(decision: DecisionBuilder, room: RoomState) -> None:
    """The door opens: a lobby in the room, ten minutes before the start."""
    plan = _plan(decision)
    assert plan.at is not None
    if decision.now > plan.at + GRACE:
        _missed(decision)
        return
    if room.taken:
        told = say(messages.ROOM_TAKEN, title=plan.title, at=cards.at_of(plan))
        decision.tell(plan.host, told, name=f"plan:{plan.id}:taken:{plan.occurrence}:{plan.sequence}")
        decision.keep(replace(plan, next_at=decision.now + TRY_AGAIN))
        return
    order = _order(decision, "workshop open", "open", workshop=plan.workshop, how=plan.how)
    decision.orders.append(order)
    session = session_id(order.id, order.at, plan.community)
    for n, other in enumerate(plan.rooms[1:]):
        decision.orders.append(
            replace(_order(decision, "workshop add-room", f"room{n}", channel=other), session=session)
        )
    late = decision.now > plan.at
    begin = max(plan.at, decision.now + LATE_LOBBY) if late else plan.at
    decision.keep(replace(plan, session=session, stage=Milestone.START, next_at=begin, late=late))
    at = cards.at_of(plan, begin)
    if late:
        decision.say(
            f"plan:{plan.id}:late:{plan.occurrence}", say(messages.LATE, title=plan.title, at=at), ping=True
        )
    here = (Button(label=messages.I_AM_HERE, command=f"schedule here {refer(plan)}"),)
    name = f"plan:{plan.id}:door:{plan.occurrence}:{plan.sequence}"
    decision.tell(plan.host, say(messages.DOOR_OPEN, title=plan.title, at=at), here, name=name)


def _missed(decision: DecisionBuilder) -> None:
    """It is too late: nobody begins a session hours after its time. Its host is asked for a new one."""
    plan = _plan(decision)
    at = cards.at_of(plan)
    name = f"plan:{plan.id}:missed:{plan.occurrence}:{plan.sequence}"
    decision.tell(plan.host, say(messages.MISSED_HOST, title=plan.title, at=at), name=name)
    decision.say(name, say(messages.MISSED_ROOM, title=plan.title))
    _put_off(decision)


def _put_off(decision: DecisionBuilder) -> None:
    """It did not take place. It waits for a new time; a repeated one goes on with the next."""
    plan = _plan(decision)
    decision.appoint("off")
    if plan.again:
        after = done_with(plan, decision.now)
        if after.at is not None:
            _forget_past(decision)
            decision.keep(after)
            decision.tell(plan.host, say(messages.NEXT_IS, at=cards.at_of(after)))
            announce(decision)
            return
    decision.tell(plan.host, say(messages.MOVE_HOW, plan=plan.id))
    # with nothing after it, the host can move this one for as long as they like
    decision.keep(
        replace(
            plan,
            next_at=None,
            session="",
            stage=Milestone.LAST,
            passed=max(plan.passed, plan.at or plan.passed),
        )
    )


def _start(decision: DecisionBuilder, room: RoomState) -> None:
    """It is time: begin, or ask whoever guides."""
    plan, session = _plan(decision), room.session
    assert plan.at is not None
    if session is None or session.phase is not Phase.LOBBY:
        _over(decision)  # it has begun already, or was ended
        return
    known = session.people.get(session.guide)
    here = room.guide or plan.here or session.guide != plan.host
    guide = here or (known is not None and known.present)
    people = taking_part(session) - int(known is not None and known.present and not known.reading)
    late = decision.now > (plan.next_at or decision.now) + GRACE
    if plan.mode is Mode.ASYNC and not plan.ask:
        _begin(decision)
        return
    if plan.stage is Milestone.LAST or late:
        if guide and not late:
            _begin(decision) if people else _nobody(decision)
        elif late:
            _close(decision)
            _missed(decision)
        else:
            _nobody(decision)
        return
    if not guide:
        _no_host(decision, session)
    elif people < plan.fewest and plan.stage is Milestone.START:
        note = say(messages.FEW, title=plan.title, people=people, fewest=plan.fewest)
        _ask(decision, note)
    elif plan.ask and plan.stage is Milestone.START:
        _ask(decision, say(messages.SHALL_WE, title=plan.title, people=people))
    elif people == 0 or plan.ask:
        decision.keep(replace(plan, stage=Milestone.LAST, next_at=decision.now + WAIT))
    else:
        _begin(decision)


def _ask(decision: DecisionBuilder, note: Note) -> None:
    plan = _plan(decision)
    decision.tell(
        plan.host, note, _choices(plan), name=f"plan:{plan.id}:ask:{plan.occurrence}:{plan.version}"
    )
    decision.keep(replace(plan, stage=Milestone.WAIT, next_at=decision.now + WAIT))


def _choices(plan: Plan) -> tuple[Button, ...]:
    return (
        Button(label=messages.BEGIN, command=f"schedule begin {refer(plan)}"),
        Button(label=messages.WAIT_MORE, command=f"schedule wait {refer(plan)}"),
        *_move_button(plan),
    )


def _move_button(plan: Plan) -> tuple[Button, ...]:
    return (Button(label=messages.MOVE_IT, command=f"schedule move {refer(plan)}"),)


def _no_host(decision: DecisionBuilder, session: Session) -> None:
    """The host is asked, then the companion; ten minutes each."""
    plan = _plan(decision)
    if plan.stage is Milestone.START:
        _helpers(decision, session)
        until = decision.now + WAIT
        decision.tell(
            plan.host,
            say(messages.HOST_MISSING, title=plan.title),
            _choices(plan),
            name=f"plan:{plan.id}:missing:{plan.occurrence}:{plan.version}",
        )
        decision.say(
            f"plan:{plan.id}:waits:{plan.version}", say(messages.WAITING, at=cards.at_of(plan, until))
        )
        if plan.companion:
            begin = (Button(label=messages.BEGIN, command=f"schedule begin {refer(plan)}"),)
            decision.tell(plan.companion, say(messages.GUIDE_IT, title=plan.title), begin)
        decision.keep(replace(plan, stage=Milestone.WAIT, next_at=until))
    elif plan.stage is Milestone.WAIT:
        decision.keep(replace(plan, stage=Milestone.LAST, next_at=decision.now + WAIT))


def _nobody(decision: DecisionBuilder) -> None:
    """A polite end: nobody was there to guide it."""
    plan = _plan(decision)
    _close(decision)
    name = f"plan:{plan.id}:nobody:{plan.occurrence}:{plan.sequence}"
    decision.say(name, say(messages.NOBODY_GUIDES, title=plan.title))
    decision.tell(plan.host, say(messages.NOBODY_GUIDES_HOST, title=plan.title), name=name)
    _put_off(decision)


def _close(decision: DecisionBuilder) -> None:
    plan = _plan(decision)
    if plan.session:
        decision.orders.append(replace(_order(decision, "workshop close", "close"), session=plan.session))


def _helpers(decision: DecisionBuilder, session: Session) -> None:
    """Who was named beforehand, and is here, has their part in the session."""
    plan = _plan(decision)
    for role, person in (("companion", plan.companion), ("contact", plan.contact)):
        if person and person in session.people:
            decision.orders.append(
                replace(_order(decision, f"workshop {role}", role, name=person), session=session.id)
            )


def _begin(decision: DecisionBuilder) -> None:
    plan = _plan(decision)
    decision.orders.append(replace(_order(decision, "workshop start", "begin"), session=plan.session))
    decision.appoint("begun")
    _over(decision)


def begin(decision: DecisionBuilder, context: PlanContext) -> None:
    """Whoever may guide says: now."""
    plan, event, room = _plan(decision), decision.event, context.room
    assert isinstance(event, CommandGiven)
    if outdated(decision):
        return
    if room.session is None or room.session.phase is not Phase.LOBBY:
        closed = say(messages.NOT_OPEN, title=plan.title, at=cards.at_of(plan))
        decision.reply(closed if plan.at else messages.OLD_DRAFT)
        return
    _helpers(decision, room.session)
    order = _order(decision, "workshop start", "begin")
    if event.person.id == plan.companion != plan.host:
        takes = _order(decision, "workshop takeover", "takeover")
        decision.orders.append(replace(takes, session=plan.session, person=event.person))
        order = replace(order, person=event.person)
    decision.orders.append(replace(order, session=plan.session))
    decision.appoint("begun")
    _over(decision)


def _forget_past(decision: DecisionBuilder) -> None:
    """The next occurrence is over, and with it those before it that were left out."""
    plan = _plan(decision)
    for occurrence in {plan.occurrence, *(each.occurrence for each in decision.everyone)}:
        if occurrence == plan.occurrence or moment_of(plan, occurrence) <= decision.now:
            decision.forget_all(occurrence)


def _over(decision: DecisionBuilder) -> None:
    """This occurrence has begun; what people said about coming to it goes, and the next one comes."""
    plan = _plan(decision)
    if plan.card:
        decision.revise(plan.card, replace(cards.card(plan, decision.coming), buttons=()))
    _forget_past(decision)
    after = done_with(plan, decision.now)
    decision.keep(after)
    if after.at is not None:
        announce(decision)


def _order(decision: DecisionBuilder, command: str, what: str, **args: str) -> CommandGiven:
    plan = _plan(decision)
    return CommandGiven(
        id=f"{decision.event.id}:{what}",
        channel=plan.rooms[0],
        at=decision.now,
        person=Person(id=plan.host, name=plan.host_name),
        command=command,
        args=args,
        host=True,
    )


def wait(decision: DecisionBuilder, context: PlanContext) -> None:
    """Ten minutes more before it begins."""
    plan = decision.named_plan
    if outdated(decision):
        return
    if plan.state is not State.ON or plan.stage not in (Milestone.WAIT, Milestone.LAST):
        decision.reply(messages.OLD_DRAFT)
        return
    if plan.waits is not None and plan.waits > decision.now:
        decision.reply(say(messages.WAITING, at=cards.at_of(plan, plan.waits)))
        return
    until = decision.now + WAIT
    decision.keep(replace(plan, here=True, stage=Milestone.WAIT, next_at=until, waits=until))
    note = say(messages.WAITING, at=cards.at_of(plan, until))
    decision.say(f"plan:{plan.id}:waits:{plan.version}", note)
    decision.reply(note)


COMMANDS = (
    PlanCommand(
        name="schedule begin",
        shown=HIDDEN,
        help=N_("start now"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=begin,
        needs=Need.PLAN | Need.ROOM,
        companion=True,
    ),
    PlanCommand(
        name="schedule wait",
        shown=HIDDEN,
        help=N_("wait 10 more minutes"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=wait,
    ),
)
