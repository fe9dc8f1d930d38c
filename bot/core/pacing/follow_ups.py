"""Follow-ups: some weeks later, asking those who said yes what became of it.

A story that ends in a hope becomes one that happened, or honestly one that did not. Who asked for help
in the session is not asked anything more.
"""

from __future__ import annotations

from datetime import timedelta

from bot.core.access import Act, allowed
from bot.core.model import facts as f
from bot.core.model.cards import Note, Prompt
from bot.core.model.events import About, Posted, TimerKind
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Audience, FollowUp, Script
from bot.core.model.session import PRIVATE
from bot.core.pacing import retention
from bot.core.queries import asked_later
from bot.core.steps.copies import follow_words
from bot.core.text import messages, quoting
from bot.core.turn import Turn

STOP = frozenset({"stop", "stopp", "unsubscribe", "basta", "para", "parar", "arrêt", "arrêter", "arrete"})
LATE_DAYS = 14  # how long the last question stays open


def wanted(turn: Turn, person: str, said: str) -> None:
    """Somebody says whether they may be asked later."""
    on = said.strip().lower() not in ("no", "off")
    if turn.script.audience is Audience.UNDER_18 or not mine(turn.script):
        turn.tell(person, messages.NO_FOLLOW_UPS)
        return
    if (person in turn.session.follow) is not on:
        turn.fact(f.FollowWanted(at=turn.now, person=PersonId(person), on=on))
        follow_words(turn, person)
    times = ", ".join(str(follow_up.days) for follow_up in mine(turn.script))
    turn.tell(person, Note(text=messages.FOLLOW_YES, values={"days": times}) if on else messages.FOLLOW_NO)


def stopped(turn: Turn, event: Posted) -> bool:
    """True if a line in private says that its author does not want to be asked any more; then they are not."""
    session, person = turn.session, event.person.id
    place = session.channels.get(event.channel) or session.channels.get(event.parent or "")
    if place is None or not place.startswith(PRIVATE) or not allowed(session, person, Act.ANSWER):
        return False
    if quoting.clean(event.text).strip(" .!").lower() not in STOP:
        return False
    wanted(turn, person, "no")
    turn.tick(place, event.id)
    return True


def remind(turn: Turn, person: str, said: str) -> None:
    """Somebody says whether they like to be reminded, over days."""
    on = said.strip().lower() not in ("no", "off")
    if (person in turn.session.remind) is not on:
        turn.fact(f.RemindWanted(at=turn.now, person=PersonId(person), on=on))
    turn.tell(person, messages.REMIND_YES if on else messages.REMIND_NO)


def mine(script: Script) -> tuple[FollowUp, ...]:
    """The follow-ups that people get; hosts have theirs beside."""
    return tuple(follow_up for follow_up in script.follow_ups if not follow_up.hosts)


def begin(turn: Turn) -> None:
    """After the recap: wait for the days of the follow-ups, or close if there is nobody to ask."""
    script, session = turn.script, turn.session
    people = any(
        asked_later(script, session, follow_up, person)
        for follow_up in mine(script)
        for person in session.follow
    )
    hosts = any(follow_up.hosts for follow_up in script.follow_ups)
    if not (people or hosts) or script.audience is Audience.UNDER_18:
        retention.close(turn)
        return
    last = turn.now + timedelta(days=max(follow_up.days for follow_up in script.follow_ups) + LATE_DAYS)
    turn.fact(f.PhaseChanged(at=turn.now, phase=Phase.FOLLOWING, until=last))
    for n, follow_up in enumerate(script.follow_ups):
        turn.wake(TimerKind.FOLLOW, turn.now + timedelta(days=follow_up.days), visit=n, until=last)
    turn.wake(TimerKind.FOLLOW, last, visit=len(script.follow_ups), until=last)


def due(turn: Turn, nth: int) -> None:
    """The day of a follow-up has come, or the last one is over."""
    session = turn.session
    if session.phase is not Phase.FOLLOWING:
        return
    if nth >= len(turn.script.follow_ups):
        retention.close(turn)
        return
    follow = turn.script.follow_ups[nth]
    if follow.hosts:
        turn.tell_hosts(follow.step.say, name=f"follow:{follow.step.id}")
        return
    people = [
        person for person in sorted(session.follow) if asked_later(turn.script, session, follow, person)
    ]
    if not people:
        return
    visit = session.visit + 1
    turn.fact(f.AsideOpened(at=turn.now, step=follow.step.id, visit=visit))
    for person in people:
        turn.tell(
            person,
            Prompt(step=follow.step.id, personal=True, person=person),
            name=f"follow:{follow.step.id}",
            about=About(step=follow.step.id, visit=visit),
        )
