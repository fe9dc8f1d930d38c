"""What is done when a moment of a plan has come, in time or late.

An occurrence goes through its stages: card, a day before, soon, the door, the start; perhaps waiting. Each is done
once: the next moment is stored in the same transaction. If the bot was away, what is due is taken up where it still
makes sense: one reminder in place of two, the door late with a word of apology, and after `GRACE` its host is asked
to move it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven, Person
from bot.core.model.facts import Mode, Phase
from bot.core.model.records import record
from bot.core.model.session import Session
from bot.core.participants.community import session_id
from bot.core.queries import taking_part
from bot.core.text.dates import kept
from bot.core.text.messages import say
from bot.scheduling import cards
from bot.scheduling import messages as s
from bot.scheduling.commands import CHECKS, announce, refresh
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.phrases import utc
from bot.scheduling.plan import BEFORE, GRACE, WAIT, How, Plan, Stage, State, done_with, staged

TRY_AGAIN = timedelta(minutes=5)
LATE_LOBBY = timedelta(minutes=5)  # how long the door is open before a late beginning
HOUR = timedelta(hours=1)


@record
class There:
    """What is true in the room at this moment."""

    taken: bool = False  # by another session
    session: Session | None = None  # that was opened for this occurrence
    guide: bool = False  # the platform sees that whoever guides is here


def due(pen: DecisionBuilder, there: There) -> None:
    """Do what is due; a moment that was meant for something that has changed since is let go."""
    plan = pen.plan
    if plan is None or plan.state is not State.ON or plan.next_at is None or plan.at is None:
        return
    if retimed(plan) != plan:
        # the rules of its zone have changed since: it stays where it is on the wall
        plan = pen.keep(retimed(plan))
        refresh(pen)
        pen.appoint()
    if plan.next_at is None or plan.next_at > pen.now:
        return
    stage = _now_due(plan, pen)
    match stage:
        case Stage.CARD:
            announce(pen)
        case Stage.DAY:
            _day_before(pen)
            pen.keep(staged(_plan(pen), Stage.SOON))
        case Stage.SOON:
            _remind(pen, s.REMINDER_SOON, "soon")
            pen.keep(staged(_plan(pen), Stage.LOBBY))
        case Stage.LOBBY:
            _open(pen, there)
        case Stage.START | Stage.WAIT | Stage.LAST:
            _start(pen, there)


def retimed(plan: Plan) -> Plan:
    """The plan by the rules that its zone has now; the same if they have not changed."""
    if plan.when is None or not plan.occurrence or plan.at is None or plan.next_at is None:
        return plan
    wall = plan.moved.get(plan.occurrence, datetime.fromisoformat(plan.occurrence))
    at = utc(wall, plan.zone, second=plan.when.second)
    if at == plan.at or plan.stage not in BEFORE:
        return plan
    return replace(plan, at=at, next_at=plan.next_at + (at - plan.at))


def _plan(pen: DecisionBuilder) -> Plan:
    assert pen.plan is not None
    return pen.plan


def _now_due(plan: Plan, pen: DecisionBuilder) -> Stage:
    """The stage to do now; those that it is too late for are passed over."""
    assert plan.at is not None
    stage = plan.stage
    if stage is Stage.CARD and not plan.card:
        return stage  # people hear of it in any case
    if stage in (Stage.CARD, Stage.DAY) and pen.now >= plan.at - HOUR:
        stage = Stage.SOON
    if stage is Stage.SOON and pen.now >= plan.at:
        stage = Stage.LOBBY
    return stage


def _comers(pen: DecisionBuilder) -> dict[str, int]:
    placed, _ = cards.going(_plan(pen), pen.coming)
    return {
        "going": len(placed),
        "maybe": cards.counted(pen.coming, How.MAYBE),
        "reading": cards.counted(pen.coming, How.READING),
    }


def _day_before(pen: DecisionBuilder) -> None:
    plan = _plan(pen)
    pen.tell(
        plan.host,
        checklist(plan, _comers(pen)),
        name=f"plan:{plan.id}:list:{plan.occurrence}:{plan.sequence}",
    )
    if plan.prepare:
        _remind(pen, s.REMINDER_PREPARE, "day", prepare=plan.prepare)
    else:
        _remind(pen, s.REMINDER_DAY, "day")


def checklist(plan: Plan, comers: dict[str, int]) -> Note:
    """What a host is told a day before, with a button for each thing."""
    labels = {
        "example": s.OWN_EXAMPLE,
        "companion": s.COMPANION,
        "contact": s.CONTACT,
        "room": s.PERMISSIONS,
    }
    buttons = [
        Button(label=label, command=f"schedule check {plan.id} {what}")
        for what, label in labels.items()
        if what not in plan.checked
    ]
    buttons.append(Button(label=s.WHO_COMES, command=f"schedule show {plan.id}"))
    left = len([what for what in CHECKS if what not in plan.checked])
    note = say(s.CHECKLIST, title=plan.title, at=cards.at_of(plan), **comers, left=left)
    return replace(note, buttons=tuple(buttons))


def _remind(pen: DecisionBuilder, text: str, kind: str, **values: str) -> None:
    """A private word, in their own zone, to those who wanted it."""
    plan = _plan(pen)
    for each in pen.coming.values():
        if each.remind and each.how is not How.NO and plan.at is not None:
            pen.tell(
                each.person,
                say(text, title=plan.title, at=kept(plan.at, each.zone or plan.zone), **values),
                name=f"plan:{plan.id}:{kind}:{plan.occurrence}:{plan.sequence}",
            )


def _open(pen: DecisionBuilder, there: There) -> None:
    """The door opens: a lobby in the room, ten minutes before the start."""
    plan = _plan(pen)
    assert plan.at is not None
    if pen.now > plan.at + GRACE:
        _missed(pen)
        return
    if there.taken:
        told = say(s.ROOM_TAKEN, title=plan.title, at=cards.at_of(plan))
        pen.tell(plan.host, told, name=f"plan:{plan.id}:taken:{plan.occurrence}:{plan.sequence}")
        pen.keep(replace(plan, next_at=pen.now + TRY_AGAIN))
        return
    order = _order(pen, "workshop start", "open", workshop=plan.workshop, how=plan.how)
    pen.orders.append(order)
    session = session_id(order.id)
    for n, room in enumerate(plan.rooms[1:]):
        pen.orders.append(replace(_order(pen, "workshop room", f"room{n}", channel=room), session=session))
    late = pen.now > plan.at
    begin = max(plan.at, pen.now + LATE_LOBBY) if late else plan.at
    pen.keep(replace(plan, session=session, stage=Stage.START, next_at=begin, late=late))
    at = cards.at_of(plan, begin)
    if late:
        pen.say(f"plan:{plan.id}:late:{plan.occurrence}", say(s.LATE, title=plan.title, at=at), ping=True)
    here = (Button(label=s.I_AM_HERE, command=f"schedule here {plan.id}"),)
    name = f"plan:{plan.id}:door:{plan.occurrence}:{plan.sequence}"
    pen.tell(plan.host, say(s.DOOR_OPEN, title=plan.title, at=at), here, name=name)


def _missed(pen: DecisionBuilder) -> None:
    """It is too late: nobody begins a session hours after its time. Its host is asked for a new one."""
    plan = _plan(pen)
    at = cards.at_of(plan)
    name = f"plan:{plan.id}:missed:{plan.occurrence}:{plan.sequence}"
    pen.tell(plan.host, say(s.MISSED_HOST, title=plan.title, at=at), name=name)
    pen.say(name, say(s.MISSED_ROOM, title=plan.title))
    _put_off(pen)


def _put_off(pen: DecisionBuilder) -> None:
    """It did not take place. It waits for a new time; a repeated one goes on with the next."""
    plan = _plan(pen)
    pen.appoint("off")
    if plan.again:
        after = done_with(plan, pen.now)
        if after.at is not None:
            pen.forget_all(plan.occurrence)
            pen.keep(after)
            pen.tell(plan.host, say(s.NEXT_IS, at=cards.at_of(after)))
            announce(pen)
            return
    pen.tell(plan.host, say(s.MOVE_HOW, plan=plan.id))
    # with nothing after it, the host can move this one for as long as they like
    pen.keep(
        replace(
            plan, next_at=None, session="", stage=Stage.LAST, passed=max(plan.passed, plan.at or plan.passed)
        )
    )


def _start(pen: DecisionBuilder, there: There) -> None:
    """It is time: begin, or ask whoever guides."""
    plan, session = _plan(pen), there.session
    assert plan.at is not None
    if session is None or session.phase is not Phase.LOBBY:
        _over(pen)  # it has begun already, or was ended
        return
    known = session.people.get(session.guide)
    here = there.guide or plan.here or session.guide != plan.host
    guide = here or (known is not None and known.present)
    people = taking_part(session) - int(known is not None and known.present and not known.reading)
    late = pen.now > (plan.next_at or pen.now) + GRACE
    if plan.mode is Mode.ASYNC and not plan.ask:
        _begin(pen)
        return
    if plan.stage is Stage.LAST or late:
        if guide and not late:
            _begin(pen) if people else _nobody(pen)
        elif late:
            _close(pen)
            _missed(pen)
        else:
            _nobody(pen)
        return
    if not guide:
        _no_host(pen, session)
    elif people < plan.fewest and plan.stage is Stage.START:
        note = say(s.FEW, title=plan.title, people=people, fewest=plan.fewest)
        _ask(pen, note)
    elif plan.ask and plan.stage is Stage.START:
        _ask(pen, say(s.SHALL_WE, title=plan.title, people=people))
    elif people == 0 or plan.ask:
        pen.keep(replace(plan, stage=Stage.LAST, next_at=pen.now + WAIT))
    else:
        _begin(pen)


def _ask(pen: DecisionBuilder, note: Note) -> None:
    plan = _plan(pen)
    pen.tell(plan.host, note, _choices(plan), name=f"plan:{plan.id}:ask:{plan.occurrence}:{plan.version}")
    pen.keep(replace(plan, stage=Stage.WAIT, next_at=pen.now + WAIT))


def _choices(plan: Plan) -> tuple[Button, ...]:
    return (
        Button(label=s.BEGIN, command=f"schedule begin {plan.id}"),
        Button(label=s.WAIT_MORE, command=f"schedule wait {plan.id}"),
        *_move_button(plan),
    )


def _move_button(plan: Plan) -> tuple[Button, ...]:
    return (Button(label=s.MOVE_IT, command=f"schedule move {plan.id}"),)


def _no_host(pen: DecisionBuilder, session: Session) -> None:
    """The host is asked, then the companion; ten minutes each."""
    plan = _plan(pen)
    if plan.stage is Stage.START:
        _helpers(pen, session)
        until = pen.now + WAIT
        pen.tell(
            plan.host,
            say(s.HOST_MISSING, title=plan.title),
            _choices(plan),
            name=f"plan:{plan.id}:missing:{plan.occurrence}:{plan.version}",
        )
        pen.say(f"plan:{plan.id}:waits:{plan.version}", say(s.WAITING, at=cards.at_of(plan, until)))
        if plan.companion:
            begin = (Button(label=s.BEGIN, command=f"schedule begin {plan.id}"),)
            pen.tell(plan.companion, say(s.GUIDE_IT, title=plan.title), begin)
        pen.keep(replace(plan, stage=Stage.WAIT, next_at=until))
    elif plan.stage is Stage.WAIT:
        pen.keep(replace(plan, stage=Stage.LAST, next_at=pen.now + WAIT))


def _nobody(pen: DecisionBuilder) -> None:
    """A polite end: nobody was there to guide it."""
    plan = _plan(pen)
    _close(pen)
    name = f"plan:{plan.id}:nobody:{plan.occurrence}:{plan.sequence}"
    pen.say(name, say(s.NOBODY_GUIDES, title=plan.title))
    pen.tell(plan.host, say(s.NOBODY_GUIDES_HOST, title=plan.title), name=name)
    _put_off(pen)


def _close(pen: DecisionBuilder) -> None:
    plan = _plan(pen)
    if plan.session:
        pen.orders.append(replace(_order(pen, "workshop close", "close"), session=plan.session))


def _helpers(pen: DecisionBuilder, session: Session) -> None:
    """Who was named beforehand, and is here, has their part in the session."""
    plan = _plan(pen)
    for role, person in (("companion", plan.companion), ("contact", plan.contact)):
        if person and person in session.people:
            pen.orders.append(replace(_order(pen, f"workshop {role}", role, name=person), session=session.id))


def _begin(pen: DecisionBuilder) -> None:
    plan = _plan(pen)
    pen.orders.append(replace(_order(pen, "workshop begin", "begin"), session=plan.session))
    pen.appoint("begun")
    _over(pen)


def begin(pen: DecisionBuilder, there: There) -> None:
    """Whoever may guide says: now."""
    plan, event = _plan(pen), pen.event
    assert isinstance(event, CommandGiven)
    if there.session is None or there.session.phase is not Phase.LOBBY:
        pen.reply(s.OLD_DRAFT)
        return
    _helpers(pen, there.session)
    order = _order(pen, "workshop begin", "begin")
    if event.person.id == plan.companion != plan.host:
        takes = _order(pen, "workshop takeover", "takeover")
        pen.orders.append(replace(takes, session=plan.session, person=event.person))
        order = replace(order, person=event.person)
    pen.orders.append(replace(order, session=plan.session))
    pen.appoint("begun")
    _over(pen)


def _over(pen: DecisionBuilder) -> None:
    """This occurrence has begun; what people said about coming to it goes, and the next one comes."""
    plan = _plan(pen)
    if plan.card:
        pen.revise(plan.card, replace(cards.card(plan, pen.coming), buttons=()))
    pen.forget_all(plan.occurrence)
    after = done_with(plan, pen.now)
    pen.keep(after)
    if after.at is not None:
        announce(pen)


def _order(pen: DecisionBuilder, command: str, what: str, **args: str) -> CommandGiven:
    plan = _plan(pen)
    return CommandGiven(
        id=f"{pen.event.id}:{what}",
        channel=plan.rooms[0],
        at=pen.now,
        person=Person(id=plan.host, name=plan.host_name),
        command=command,
        args=args,
        host=True,
    )
