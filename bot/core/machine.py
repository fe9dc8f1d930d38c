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

The rest of the core by file: `flow` pace, `hosting` who guides, `answers` people's words, `gallery` reading
them, `pairs` talking in twos and threads, `care` what is held back, reported or typed for another, `people`
coming and going, `valuemap` what stories tell, `views` and `recap` the reading side, `community` what belongs
to no single session. `days` runs a workshop over days, where all steps lie open beside each other; `follow` asks
later; `found`, `conditions` and `measure` say what one step may take up from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.core.model import facts as f
from bot.core.model.cards import Help, Note, Prompt, RecapReady, Roster, Words
from bot.core.model.effects import DeliverFile
from bot.core.model.events import (
    About,
    CommandGiven,
    Deleted,
    Due,
    Edited,
    Event,
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
from bot.core.model.facts import Mode, PersonId, Phase, Share
from bot.core.model.script import Choice, Scale, Script, Step, Vote, Written
from bot.core.model.session import HOSTS, PARKED, PRIVATE, Session, guides
from bot.core.pacing import facilitation, follow_ups, live, multi_day, recap_review, retention
from bot.core.participants import membership, moderation, translation
from bot.core.queries import is_asked, unanswered
from bot.core.recognition import badge_options, rules, thanks
from bot.core.steps import action_items, answers, gallery, pairs
from bot.core.steps import one_by_one as asking
from bot.core.text import messages
from bot.core.text.commands import BY_NAME
from bot.core.turn import Outcome, Turn
from bot.core.views import participant

TWICE = 2.0  # seconds within which a second bare "next" is taken for the same one


def step(scripts: Mapping[str, Script], session: Session, event: Event) -> Outcome:
    """Decide what `event` comes to in `session`. Pure; never raises for what people do."""
    turn = Turn(scripts, session, event.at, event.id)
    match event:
        case Submitted():
            answers.submitted(turn, event)
        case Posted():
            answers.posted(turn, event)
        case Edited():
            answers.edited(turn, event)
        case Deleted():
            answers.deleted(turn, event)
        case CommandGiven():
            _ordered(turn, event)
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
            live.woke(turn, event)
        case Present():
            facilitation.present(turn, event)
        case MessageUsedAsAnswer():
            answers.chosen(turn, event)
        case SeriesDone(person=person):
            if person in session.people and session.whole.get(person) != event.badges:
                turn.fact(f.SeriesHeld(at=turn.now, person=PersonId(person), badges=event.badges))
        case NotGranted(role=role, why=why):
            turn.tell_hosts(messages.say(why, role=role))
        case Reacted():
            gallery.reacted(turn, event)
        case Due():
            pass  # what is planned is no session yet
        case _:
            assert_never(event)
    thanks.settle(turn)
    action_items.settle(turn)
    rules.settle(turn)
    return turn.outcome()


def _ordered(turn: Turn, event: CommandGiven) -> None:
    person = event.person.id
    if event.host and person not in turn.session.hosts:
        turn.fact(f.HostNamed(at=turn.now, person=PersonId(person)))
    command = BY_NAME.get(event.command)
    if command is None:
        turn.tell(person, messages.NOTHING_OPEN)
    elif command.host and not guides(turn.session, person):
        turn.tell(person, messages.NOT_HOST)
    elif event.command in facilitation.PACE and person not in turn.session.hosts:
        turn.tell(person, messages.TAKE_OVER_FIRST)
    elif event.command in ("recognise", "revoke"):
        rules.by_host(turn, person, event.args.get("who", ""), on=event.command == "recognise")
    elif event.command == "nod":
        rules.nod(turn, person, event.args.get("thanks", ""), event.args.get("how", ""))
    elif event.command.startswith(("workshop ", "review ")):
        _hosted(turn, event)
    else:
        _asked_by_participant(turn, event)


def _hosted(turn: Turn, event: CommandGiven) -> None:
    session, person = turn.session, event.person.id
    verb = event.command.partition(" ")[2]
    phase = session.phase
    match verb:
        case "start" if session.phase is Phase.LOBBY and session.version <= 2:
            live.open_lobby(turn)
        case "room" if phase is Phase.LOBBY:
            live.add_room(turn, event.args.get("channel", "").strip(), person)
        case "begin" if phase is Phase.LOBBY:
            if session.mode is Mode.ASYNC:
                multi_day.begin(turn)
            else:
                live.begin(turn)
        case "next" if session.over_days:
            if event.args.get("leaving", "") in ("", str(session.moment)):
                multi_day.next_day(turn)
            else:
                turn.tell(person, messages.ALREADY_MOVED)
        case "back" | "extend" if session.over_days:
            turn.tell(person, messages.ALL_OPEN)
        case "next" if phase is Phase.RUNNING:
            _next(turn, event)
        case "back" if phase is Phase.RUNNING:
            live.back(turn, person)
        case "extend" if phase is Phase.RUNNING:
            live.extend(turn, min(int(event.args.get("minutes", "2")[:4]), 1440))
        case "pause" if phase is Phase.RUNNING and not session.paused:
            live.pause(turn, "host")
            turn.say(f"paused:{session.version}", Note(text=messages.PAUSED))
        case "resume" if session.paused:
            live.resume(turn)
            if session.over_days:
                multi_day.plan_next(turn)
        case "lock" | "unlock" if session.live:
            if session.locked is not (verb == "lock"):
                turn.fact(f.DoorSet(at=turn.now, locked=verb == "lock"))
                turn.tell_hosts(messages.DOOR[verb == "lock"])
        case "rescue" if session.live:
            _rescue(turn, event)
        case "companion" if phase is not Phase.CLOSED:
            facilitation.companion(turn, event.args.get("name", ""), person)
        case "takeover" if session.live:
            facilitation.take_over(turn, person)
        case "contact" if phase is not Phase.CLOSED:
            facilitation.name_contact(turn, event.args.get("name", ""), person)
        case "undo" if phase is Phase.RUNNING:
            facilitation.undo(turn, person)
        case "hold" | "release":
            moderation.hold(turn, person, event.args.get("card", ""), on=verb == "hold")
        case "report":
            days_back = min(int(event.args.get("days", "")[:4] or "90"), 3650)
            of = f"{session.community} {days_back}"
            name, place = f"report:{turn.because}", PRIVATE + person
            turn.effects.append(DeliverFile(place=place, person=person, name=name, what="report", of=of))
        case "pack" | "board":
            name, place = f"{verb}:{turn.because}", PRIVATE + person
            turn.effects.append(DeliverFile(place=place, person=person, name=name, what=verb, of=session.id))
        case "draft":
            recap_review.draft(turn, person)
        case "thread":
            recap_review.add_theme(turn, person, event.args.get("line", ""))
        case "postpone":
            recap_review.hold(turn, person, event.args.get("reason", ""))
        case "owner":
            action_items.propose(turn, person, event.args.get("who", ""))
        case "apart":
            pairs.keep_apart(turn, event.args.get("names", ""), person)
        case "remove":
            membership.remove(turn, event.args.get("name", ""), person)
        case "close" if phase is Phase.LOBBY:
            retention.close(turn)
            turn.say("lobby-closed", Note(text=messages.LOBBY_SHUT))
        case "end" if session.over_days:
            multi_day.end(turn)
        case "end" if phase in (Phase.LOBBY, Phase.RUNNING):
            live.finish(turn)
        case "publish" if phase in (Phase.TAIL, Phase.REVIEW):
            live.publish(turn)
        case "who":
            turn.tell(person, Roster())
        case "list" | "try":
            pass  # the community answers
        case _:
            turn.tell(person, messages.say(messages.NOT_NOW, phase=session.paused or phase.value))


def _rescue(turn: Turn, event: CommandGiven) -> None:
    name = event.args.get("line", "").strip().lower()
    line = turn.script.rescue_lines.get(name)
    if line is None:
        there = ", ".join(turn.script.rescue_lines) or "-"
        turn.tell(event.person.id, messages.say(messages.NO_SUCH_LINE, there=there))
        return
    turn.fact(f.LineSaid(at=turn.now, name=name))
    turn.say(f"line:{turn.session.version}", Note(text=line))


def _next(turn: Turn, event: CommandGiven) -> None:
    """`next` names the moment that it leaves, so that two hosts pressing at once move one step."""
    session = turn.session
    state = session.current
    leaving = event.args.get("leaving", "")
    if state is None:
        return
    if leaving:
        gone = leaving != str(session.moment)
    else:
        gone = (turn.now - state.moved_at).total_seconds() < TWICE
    if gone:
        turn.tell(event.person.id, messages.ALREADY_MOVED)
    else:
        facilitation.move(turn)


def _asked_by_participant(turn: Turn, event: CommandGiven) -> None:
    session, person, args = turn.session, event.person.id, event.args
    known = session.people.get(person)
    match event.command:
        case "join" | "read":
            membership.joined(turn, _joining(event))
            return
        case "help":
            turn.tell(person, Help(host=guides(session, person)))
            return
        case "recap":
            posted = session.phase in (Phase.FOLLOWING, Phase.CLOSED)
            turn.tell(person, RecapReady() if posted else messages.RECAP_LATER)
            return
        case "glossary":
            turn.tell(person, Words() if turn.script.glossary else messages.NO_GLOSSARY)
            return
        case "helpme" if known is not None:
            membership.ask_help(turn, person)
            return
        case "recognition" if known is None and guides(session, person):  # a host need not take part
            rules.answer(turn, person, args.get("how", ""), args.get("which", ""))
            return
        case "my" if known is None and guides(session, person) and args.get("what", "") == "badges":
            badge_options.mine(turn, person, args.get("how", ""))
            return
        case _:
            pass
    asked = args.get("what", "").split()[:1] if event.command == "my" else []
    if known is not None and (event.command == "forget" or asked == ["data"]):
        pass  # also of those who left, or were asked to leave
    elif known is None or known.forgotten or (not known.present and session.live):
        turn.tell(person, messages.JOIN_FIRST)
        return
    match event.command:
        case "leave":
            membership.left(turn, Left(id=event.id, channel=event.channel, at=event.at, person=event.person))
        case "now" | "catchup" if session.asides:
            _catch_up(turn, person)
        case "now" | "catchup":
            _tell_question(turn, person, turn.step if session.current else None)
        case "park":
            answers.park(turn, person, args.get("text", ""))
        case "follow":
            follow_ups.wanted(turn, person, args.get("how", "yes"))
        case "language":
            translation.choose(turn, person, args.get("language", ""))
        case "onebyone":
            membership.one_by_one(turn, person, args.get("how", "yes"))
        case "remind":
            follow_ups.remind(turn, person, args.get("how", "yes"))
        case "my":
            _mine(turn, event)
        case "thanks":
            thanks.thank(turn, person, args.get("what", ""))
        case "thanked":
            thanks.settle_own(turn, person, args.get("thanks", ""), args.get("how", ""))
        case "endorse":
            thanks.endorse(turn, person, args.get("what", ""))
        case "take":
            action_items.take(turn, person, f"{args.get('which', '')} {args.get('days', '')}")
        case "progress":
            action_items.told(turn, person, args.get("how", ""))
        case "recognition":
            rules.answer(turn, person, args.get("how", ""), args.get("which", ""))
        case "forget":
            _forget(turn, person, args)
        case "share" | "withdraw" | "change" | "film":
            _own_words(turn, event)
        case "react":
            gallery.react(turn, person, args.get("card", ""), args.get("sign", ""))
        case "whole":
            gallery.whole(turn, person, args.get("card", ""))
        case "report":
            moderation.report(turn, person, args.get("card", ""), args.get("message", ""))
        case "pair":
            pairs.wish(turn, person, args.get("how", ""))
        case "partner":
            pairs.change_partner(turn, person)
        case "for":
            name, _, text = args.get("what", "").partition(":")
            moderation.type_for(turn, person, args.get("name", name), args.get("text", text))
        case "approve" | "decline":
            moderation.settle_offer(turn, person, args.get("offer", ""), take=event.command == "approve")
        case "answer" | "pick" | "pass" | "writing":
            _open_step(turn, event)
        case _:
            turn.tell(person, messages.NOTHING_OPEN)


def _catch_up(turn: Turn, person: str) -> None:
    """The first of the open questions that waits for this person, in the order in which they came."""
    known = turn.session.people.get(person)
    one_by_one = known is not None and known.one_by_one
    first = asking.waiting if one_by_one else unanswered
    step = first(turn.script, turn.session, person)
    if step is None:
        turn.tell(person, messages.CAUGHT_UP)
    else:
        _tell_question(turn, person, step)


def _tell_question(turn: Turn, person: str, step: Step | None) -> None:
    """A question as this person is asked it: all of it, or the part that comes next."""
    if step is None:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    known = turn.session.people.get(person)
    card = Prompt(step=step.id, personal=True, person=person)
    if known is not None and known.one_by_one and asking.in_private(step):
        card = asking.question(turn.session, step, person)
    turn.tell(person, card, about=About(step=step.id, visit=turn.session.steps[step.id].visit))


def _joining(event: CommandGiven) -> Joined:
    return Joined(
        id=event.id,
        channel=event.channel,
        at=event.at,
        person=event.person,
        reading=event.command == "read",
        private=event.args.get("private") or None,
    )


def _mine(turn: Turn, event: CommandGiven) -> None:
    """What somebody has here, and every hand on it, under one command."""
    person, said = event.person.id, event.args
    what, _, rest = f"{said.get('what', '')} {said.get('how', '')}".strip().partition(" ")
    first, _, more = rest.strip().partition(" ")
    match what.lower():
        case "" | "words":
            turn.show_words(person)
        case "data" | "sheet":
            place, name = PRIVATE + person, f"{what.lower()}:{turn.because}"
            turn.effects.append(DeliverFile(place=place, person=person, name=name, what=what.lower()))
        case "badges":
            badge_options.mine(turn, person, rest)
        case "name":
            membership.rename(turn, person, rest)
        case "consent" | "share":
            _own_words(turn, replace(event, command="share", args={"answer": first, "how": more}))
        case "withdraw":
            _own_words(turn, replace(event, command="withdraw", args={"answer": first}))
        case _:  # "forget" is a command of its own by now
            turn.tell(person, messages.MY_HOW)


def _forget(turn: Turn, person: str, args: Mapping[str, str]) -> None:
    how = membership.forgotten_how(args)
    if how is None:
        turn.tell(person, messages.FORGET_HOW)
    else:
        membership.forget(turn, person, keep_badges="badges" in how, quiet="again" in how)


def _own_words(turn: Turn, event: CommandGiven) -> None:
    person, which = event.person.id, event.args.get("answer", "")
    answer = participant.find_mine(turn.script, turn.session, person, which)
    if answer is None:
        turn.tell(person, messages.say(messages.NO_SUCH_ANSWER, which=which[:20]))
        return
    match event.command:
        case "withdraw":
            answers.withdraw(turn, answer)
            if answer.source:
                answers.take_down(turn, answer)
            turn.tell(person, messages.BACK_WORDS)
        case "film":
            answers.film(turn, answer, on=event.args.get("how", "").strip().lower() not in ("no", "off"))
        case "share":
            how = event.args.get("how", "").strip().lower()
            if how in {s.value for s in Share}:
                answers.share(turn, answer, Share(how))
            else:
                turn.tell(person, messages.HOW_SHARE)
        case _:
            answers.change(turn, answer, event.args.get("field", ""), event.args.get("text", ""))


def _open_for(turn: Turn, event: CommandGiven) -> Step | None:
    """The step that a typed answer means.

    The one that it was typed under, or in the thread of; else the current one; else the first beside the session that
    this person has not answered yet.
    """
    session, person = turn.session, event.person.id
    place = session.channels.get(event.thread or event.channel, "")
    under = event.about.step if event.about else ""
    talking = (key for key, state in session.steps.items() if place in state.pairs)
    named = under if under in session.steps and under != PARKED else next(talking, "")
    if named:
        return turn.script.step(named)
    if turn.session.current is not None:
        return turn.step
    asides = [k for k in turn.session.asides if is_asked(turn.script, turn.session, k, person)]
    first = unanswered(turn.script, turn.session, person)
    return first or (turn.script.step(asides[0]) if asides else None)


def _open_step(turn: Turn, event: CommandGiven) -> None:
    session, person = turn.session, event.person.id
    here = _open_for(turn, event)
    if here is None:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    state = session.steps[here.id]
    match event.command:
        case "answer":
            answers.answer(turn, here, person, event.args.get("text", ""), said=event.id)
        case "pick":
            if isinstance(here, Choice | Vote | Scale):
                raw = event.args.get("numbers", "")
                answers.pick(turn, here, person, asking.picked(session, here, raw), said=event.id)
            else:
                turn.tell(person, messages.NOT_TAPPED if isinstance(here, Written) else messages.NOTHING_OPEN)
        case "pass":
            if person not in state.passed:
                turn.fact(f.Passed(at=turn.now, step=here.id, person=PersonId(person)))
            turn.tell(person, messages.PASSED)
            answers.settled(turn)
        case _:
            live.still_writing(turn, person)
    if event.command in ("answer", "pick") and event.seen and asking.in_private(here):
        _say_seen(turn, event, here)


def _say_seen(turn: Turn, event: CommandGiven, step: Step) -> None:
    """A private answer was typed where others read it: it counts, and its author is told, once a step."""
    person = event.person.id
    place = turn.session.channels.get(event.thread or event.channel, "")
    what = f"seen:{step.id}"
    if place.startswith((PRIVATE, HOSTS)) or what in turn.session.told.get(person, frozenset()):
        return
    turn.fact(f.ToldOnce(at=turn.now, person=PersonId(person), what=what))
    turn.tell(person, messages.TYPED_IN_SIGHT)
