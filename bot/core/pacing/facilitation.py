"""Facilitation: hosts, companions, taking over, a second contact, and undoing the last move."""

from __future__ import annotations

from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, Entrusted, Note
from bot.core.model.effects import Remove, Say, SetThreadMembers
from bot.core.model.events import HostRightsEnded, Present, TimerFired, TimerKind
from bot.core.model.facts import Mode, Phase, Share
from bot.core.model.ids import PersonId
from bot.core.model.session import HOSTS, PRIVATE, UNDO
from bot.core.pacing import live
from bot.core.queries import find_person
from bot.core.steps import pairs
from bot.core.steps.copies import show_copy
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn

HOST_REVOKED = N_("Someone here isn't a host any more. Another host or co-host can /workshop takeover.")
GONE = 180.0  # seconds that a guide is away before a companion is asked


def companion(turn: Turn, name: str, host: str) -> None:
    """Somebody who is here helps the host from now on."""
    person = find_person(turn.session, name)
    if person is None:
        turn.tell(host, messages.say(messages.WHO_IS, name=name[:80]))
        return
    if person.id in turn.session.companions:
        turn.tell(host, messages.ALREADY_SO)
        return
    turn.fact(f.CompanionNamed(at=turn.now, person=PersonId(person.id)))
    button = (Button(label=N_("Take over"), command="workshop takeover"),)
    turn.tell(person.id, Note(text=messages.COMPANION, buttons=button))
    turn.tell_hosts(messages.COMPANION_HOST)
    for answer in turn.session.answers.values():
        if answer.share is Share.COMPANION and not answer.withdrawn:
            show_copy(turn, person.id, "entrusted", Entrusted(answer=answer.id), answer.id)


def take_over(turn: Turn, person: str) -> None:
    """A host or companion guides from here on."""
    if turn.session.guide != person:
        turn.fact(f.TookOver(at=turn.now, person=PersonId(person)))
        turn.tell_hosts(messages.TOOK_OVER)
    else:
        turn.tell(person, messages.ALREADY_SO)


def revoked(turn: Turn, event: HostRightsEnded) -> None:
    """Somebody guides no more, because the operator or the platform says so; hosts hear that, without who."""
    if event.person in turn.session.hosts | turn.session.companions:
        turn.fact(f.HostRevoked(at=turn.now, person=event.person))
        if turn.session.live:
            turn.tell_hosts(HOST_REVOKED)
        turn.effects.append(SetThreadMembers(place=HOSTS, people=(), out=(event.person,)))


def name_contact(turn: Turn, name: str, host: str) -> None:
    """Somebody who is not the host can be turned to, too; the notice says so from here on."""
    person = find_person(turn.session, name)
    if person is None:
        turn.tell(host, messages.say(messages.WHO_IS, name=name[:80]))
    elif person.id == turn.session.guide:
        turn.tell(host, messages.CONTACT_IS_HOST)
    elif person.id != turn.session.contact:
        turn.fact(f.ContactNamed(at=turn.now, person=PersonId(person.id)))
        turn.tell(person.id, messages.CONTACT)
        turn.tell_hosts(messages.CONTACT_HOST)
        live.show_notice_again(turn)
    else:
        turn.tell(host, messages.ALREADY_SO)


def present(turn: Turn, event: Present) -> None:
    """Note that the one who guides came or went; after three minutes somebody else is asked."""
    session = turn.session
    if event.person.id != session.guide or not session.live:
        return
    if event.here is (session.guide_away is None):
        return
    turn.fact(f.GuideSeen(at=turn.now, person=PersonId(session.guide), here=event.here))
    if not event.here:
        turn.wake(TimerKind.GUIDE, turn.after(GONE), until=turn.now)


def still_gone(turn: Turn, event: TimerFired) -> None:
    """The guide has been away for three minutes: ask the companions, and whoever else may guide."""
    session = turn.session
    if not session.live or session.guide_away is None or session.guide_away != event.timer.until:
        return
    button = (Button(label=N_("Take over"), command="workshop takeover"),)
    turn.tell_hosts(messages.GUIDE_GONE, button)
    for person in sorted(session.companions):
        turn.tell(person, Note(text=messages.GUIDE_GONE, buttons=button))


def move(turn: Turn) -> None:
    """A host moves on; what that brought is remembered, so that it can be undone."""
    session = turn.session
    state = session.current
    if state is None:
        return
    end = state.read_until if state.closed else state.until
    left = max((end - turn.now).total_seconds(), 0.0) if end else 0.0
    before = len(turn.effects)
    live.advance(turn)
    if turn.session.phase is not Phase.RUNNING or turn.session.moment == session.moment:
        return
    now_open = turn.session.current
    if now_open is not None and now_open.looking is not None:
        return  # only the host sees more than before; +2 opens it again
    sayings = tuple(
        (effect.place, effect.name)
        for effect in turn.effects[before:]
        if isinstance(effect, Say) and effect.place != HOSTS and not effect.place.startswith(PRIVATE)
    )
    turn.fact(
        f.Moved(
            at=turn.now, step=session.step, visit=session.visit, closed=state.closed, left=left, said=sayings
        )
    )


def undo(turn: Turn, person: str) -> None:
    """Back to where the last move left, within ten seconds of it."""
    moved = turn.session.moved
    if (
        moved is None
        or turn.session.phase is not Phase.RUNNING
        or turn.now - moved.at > timedelta(seconds=UNDO)
    ):
        turn.tell(person, messages.UNDO_LATE)
        return
    until = turn.after(max(moved.left, 30.0))
    turn.fact(
        f.Undone(
            at=turn.now,
            step=moved.step,
            visit=turn.session.visit + 1,
            undoes=moved.visit,
            closed=moved.closed,
            until=until,
        )
    )
    for place, name in moved.said:
        turn.effects.append(Remove(place=place, name=name))
    pairs.look_over(turn)
    turn.tell_hosts(messages.UNDONE)
    if turn.session.mode is not Mode.CALL:
        live.set_timers(turn, until)
