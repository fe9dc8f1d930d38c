"""The session: what an event comes to.

Theory of operation
-------------------

A session is a group walking through a script together. Three functions say everything about it:

    step(scripts, session, event) -> Outcome(facts, effects)     decides
    evolve(session, fact) -> session                             applies, never decides
    fold(facts) -> session                                       reduce(evolve, facts, Session())

An *event* is something that happened out there: somebody posted, tapped, edited, left, a timer was
due. `step` looks at it and at the session and writes down *facts*, in the past tense, and *effects*,
in the imperative. Facts and effects are stored together, in one transaction, with the id of the
event; only then is anything said. So after a crash there are two cases. The transaction is there:
the facts are true and the effects will be performed, each under a key that makes performing it
twice the same as once. Or it is not there: the event comes again, and is heard for the first time.

A session lives through phases:

    lobby -> running -> tail -> review -> following -> closed

In the *lobby* people read the notice and join. *Running*, one step is open at a time. A step has two
moments: it is open, then it is closed and what it brought can be read; between them a host may have a
minute to look at what is about to be shown. A host moves on, or the clock
does after asking the host, or everybody has answered. In the *tail* late answers still come in. In
*review* everybody looks over their own words. When it is over the recap is posted with what was
allowed. *Following*, those who said yes are asked some weeks later what became of it. Closed, a session
asks nothing, but it still hears a person who takes words back.

Timers are effects with a due date. They are never cancelled. A timer carries what it was set for
(the visit of a step and the moment it ends); if that has gone by, nothing happens.

Nothing here knows a platform. Places are symbolic (`room:1`, `private:<person>`, `pair:3.1`,
`hosts`); cards hold ids instead of people's words, which stand in one fact only, so that they can
be erased.

The rest of the core by room: `model` holds the nouns, `text` sentences and dates. `steps` knows each kind of step
and what people say in it, `recognition` what they earn, `participants` who they are and what is done for their sake
(also the community, which outlives a session). `views` is the reading side. `pacing` moves on, live or over days.
`commands` has a row for everything that can be typed, beside what it comes to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bot.core.commands import registry
from bot.core.model import facts as f
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Due,
    Edited,
    Event,
    HostRightsEnded,
    Joined,
    Left,
    MessageUsedAsAnswer,
    NotGranted,
    Placed,
    Posted,
    Present,
    Reacted,
    SeriesDone,
    Submitted,
    Timer,
    TimerFired,
    TimerKind,
)
from bot.core.model.facts import Fact, Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.pacing import clock, facilitation, follow_ups, multi_day
from bot.core.participants import membership
from bot.core.recognition import rules, thanks
from bot.core.steps import action_items, answers, gallery, offers, second_lines
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.turn import Outcome, Turn


def step(scripts: Mapping[str, Script], session: Session, event: Event) -> Outcome[Fact, Session]:
    """Decide what `event` comes to in `session`. Pure; never raises for what people do."""
    turn = Turn(scripts, session, event.at, event.id)
    match event:
        case Submitted():
            answers.submitted(turn, event)
        case Posted():
            if session.phase is not Phase.FOLLOWING or not follow_ups.stopped(turn, event):
                answers.posted(turn, event)
        case Edited():
            answers.edited(turn, event)
        case Deleted():
            answers.deleted(turn, event)
        case CommandGiven():
            registry.in_session(turn, event)
        case Joined():
            membership.joined(turn, event)
        case Left():
            membership.left(turn, event)
        case Placed():
            if session.places.get(event.place) != event.channel:
                turn.fact(f.PlaceReady(at=turn.now, place=event.place, channel=event.channel))
        case TimerFired(timer=Timer(kind=TimerKind.GUIDE)):
            facilitation.still_gone(turn, event)
        case TimerFired(timer=timer) if timer.kind in multi_day.KINDS:
            multi_day.woke(turn, timer)
        case TimerFired():
            clock.woke(turn, event)
        case Present():
            facilitation.present(turn, event)
        case MessageUsedAsAnswer():
            second_lines.chosen(turn, event)
        case SeriesDone(person=person):
            if person in session.people and session.whole.get(person) != event.badges:
                turn.fact(f.SeriesHeld(at=turn.now, person=PersonId(person), badges=event.badges))
        case NotGranted(role=role, why=why):
            turn.tell_hosts(messages.say(why, role=role))
        case HostRightsEnded():
            facilitation.revoked(turn, event)
        case Reacted():
            gallery.reacted(turn, event)
        case Due():
            pass  # what is planned is no session yet
        case _:
            assert_never(event)
    _bring_along(turn)
    return turn.outcome()


def _bring_along(turn: Turn) -> None:
    """What the facts of this turn bring along in thanks, choices to take on, and recognition; most bring nothing."""
    for fact in tuple(turn.facts):
        match fact:
            case f.Answered() | f.Amended():
                answer = turn.session.answers[fact.answer]
                step = turn.script.step(answer.step)
                if kind_of(step).thanks(step):
                    thanks.said(turn, answer)
            case f.Withdrawn():
                thanks.withdrawn(turn, fact.answer)
                offers.withdrawn(turn, fact.answer)
            case _:
                pass
    if any(isinstance(fact, f.StepClosed | f.AsideClosed) for fact in turn.facts):
        action_items.offer(turn)
    if turn.session.phase in rules.AFTER:
        rules.settle(turn)
