"""Coming and going, asking for help, and being forgotten."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.core import access
from bot.core.access import Act, Standing
from bot.core.model import facts as f
from bot.core.model.cards import Prompt, RecapWaits
from bot.core.model.effects import Erase, SetThreadMembers
from bot.core.model.events import About, Joined, Left
from bot.core.model.facts import Phase, Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.session import HOSTS, Participant, Session, private_place
from bot.core.queries import a_moment_ago, find_person
from bot.core.recognition import rules, thanks
from bot.core.steps import offers, pairs
from bot.core.steps import one_by_one as asking
from bot.core.steps.changes import recap_again, show_again
from bot.core.steps.progress import settled
from bot.core.steps.registry import kind_of
from bot.core.text import messages, quoting
from bot.core.text.names import passes_for_a_role
from bot.core.turn import Turn


def joined(turn: Turn, event: Joined) -> None:
    """Somebody comes in, to take part or to read along; a latecomer is told where we are."""
    session, person = turn.session, event.person
    participant = session.people.get(person.id)
    if not access.allowed(session, person.id, Act.JOIN, host=event.host):
        removed = access.standing(session, person.id, host=event.host) is Standing.REMOVED
        over = session.phase in (Phase.FOLLOWING, Phase.CLOSED)
        turn.tell(person.id, messages.JOIN_OVER if over else messages.REMOVED if removed else messages.LOCKED)
        return
    place = session.channels.get(event.channel, session.rooms[0])
    room = place if place in session.rooms else session.rooms[0]
    if event.host and person.id not in session.hosts:
        turn.fact(f.HostNamed(at=turn.now, person=PersonId(person.id)))
    private = private_place(person.id)
    if event.private and session.places.get(private) != event.private:
        turn.fact(f.PlaceReady(at=turn.now, place=private, channel=event.private))
    if participant and participant.present and participant.reading is event.reading:
        if not turn.facts:
            turn.tell(person.id, messages.ALREADY_SO)
        return
    turn.fact(
        f.PersonJoined(
            at=turn.now,
            person=PersonId(person.id),
            name=Words(" ".join(quoting.clean(person.name).split())[:80] or "somebody"),
            room=room,
            reading=event.reading,
            one_by_one=event.one_by_one or bool(participant and participant.one_by_one),
            blanks=(participant.name_seq,) if participant and participant.name_seq else (),
        )
    )
    state = turn.session.current
    if event.reading:
        turn.tell(person.id, messages.WELCOME_READING)
        pairs.departed(turn, PersonId(person.id))
    elif state is not None and not participant:
        turn.tell(
            person.id,
            messages.say(
                messages.WELCOME_LATE,
                number=turn.script.number(turn.session.step),
                total=len(turn.script.steps),
                title=turn.step.title,
            ),
        )
        about = About(step=turn.session.step, visit=state.visit)
        one_by_one = turn.session.people[person.id].one_by_one and kind_of(turn.step).in_private(turn.step)
        card = Prompt(step=turn.session.step, personal=True)
        if one_by_one:
            card = asking.question(turn.session, turn.step, person.id)
        turn.tell(person.id, card, about=about)
    else:
        turn.tell(person.id, messages.WELCOME)
    if not event.reading:
        pairs.arrived(turn, PersonId(person.id))
    settled(turn)


def one_by_one(turn: Turn, person: PersonId, answer: str) -> None:
    """Somebody says whether they like to be asked one question at a time, in private, or by forms."""
    on = answer.strip().lower() not in ("no", "off")
    participant = turn.session.people[person]
    turn.tell(person, messages.ONE_BY_ONE_YES if on else messages.ONE_BY_ONE_NO)
    if participant.one_by_one is on:
        return
    _note(turn, participant, participant.name, one_by_one=on)
    state = turn.session.current
    step = turn.step if state else asking.waiting(turn.script, turn.session, person)
    if state is not None and state.closed:
        return
    if on and step is not None and kind_of(step).in_private(step):
        asking.ask(turn, person, step)


def rename(turn: Turn, person: str, name_given: str) -> None:
    """Somebody goes by another name here, also where their name stands already."""
    participant = turn.session.people[person]
    name = " ".join(quoting.clean(name_given).split())[:80]
    if not name:
        turn.tell(person, messages.NAME_HOW)
        return
    if passes_for_a_role(name):
        turn.tell(person, messages.say(messages.NAME_OF_A_ROLE, name=quoting.isolate(name)))
        return
    taken = find_person(turn.session, name)
    if taken is not None and taken.id != person:
        turn.tell(person, messages.NAME_TAKEN)
        return
    if participant.name == name:
        turn.tell(person, messages.NAME_IS)
        return
    _note(turn, participant, name, one_by_one=participant.one_by_one)
    for answer in [a for a in turn.session.answers.values() if a.person == person and not a.withdrawn]:
        show_again(turn, answer)
    recap_again(turn)
    turn.tell(person, messages.NAME_IS)


def _note(turn: Turn, known: Participant, name: str, *, one_by_one: bool) -> None:
    """Note how somebody wants to be called and asked; who has left stays away."""
    turn.fact(
        f.PersonJoined(
            at=turn.now,
            person=known.id,
            name=Words(name),
            room=known.room,
            reading=known.reading,
            one_by_one=one_by_one,
            blanks=(known.name_seq,) if known.name_seq else (),
        )
    )
    if not known.present:
        turn.fact(f.PersonLeft(at=turn.now, person=known.id))


def left(turn: Turn, event: Left) -> None:
    """Somebody is gone; nobody waits for them."""
    participant = turn.session.people.get(event.person.id)
    if participant is None or not participant.present:
        return
    turn.fact(f.PersonLeft(at=turn.now, person=PersonId(participant.id)))
    pairs.departed(turn, PersonId(participant.id))
    settled(turn)


def remove(turn: Turn, name: str, host: str) -> None:
    """A host asks somebody to leave; what they wrote and was not shown yet stays unshown."""
    person = find_person(turn.session, name) or _who_left(turn.session, name)
    if person is None:
        turn.tell(host, messages.say(messages.WHO_IS, name=name[:80]))
        return
    out = _places_of(turn.session, person.id)
    turn.fact(f.PersonLeft(at=turn.now, person=PersonId(person.id), removed=True))
    turn.tell_hosts(messages.REMOVED_HOST)
    turn.effects += [SetThreadMembers(place=place, people=(), out=(PersonId(person.id),)) for place in out]
    pairs.departed(turn, PersonId(person.id))
    settled(turn)


def _places_of(session: Session, person: str) -> list[PlaceName]:
    """Where somebody reads with others, on their platform: rooms, the threads of their pairs, and where hosts read."""
    groups = [pair for state in session.steps.values() for pair in state.pairs.items()]
    pairs = [place for place, group in groups if person in group]
    pairs += [each.place for each in session.introductions if person in (each.author, each.giver)]
    hosts = [HOSTS] if person in session.companions else []
    there = [*session.rooms, *dict.fromkeys(pairs), *hosts]
    theirs = person.partition(":")[0]
    return [place for place in there if session.places.get(place, "").partition(":")[0] == theirs]


def _who_left(session: Session, name: str) -> Participant | None:
    """Somebody who went by themselves, and would come back as they like; by name or id."""
    wanted = name.strip().removeprefix("@").casefold()
    away = (each for each in session.people.values() if not (each.present or each.removed or each.forgotten))
    return next((each for each in away if each.name.casefold() == wanted or each.id == name.strip()), None)


def ask_help(turn: Turn, person: str) -> None:
    """Somebody asks for a word with the host: quietly, and nothing else happens to them."""
    known = turn.session.people.get(person)
    out = f" {turn.script.help_text.strip()}" if turn.script.help_text.strip() else ""
    if known is not None and a_moment_ago(turn.now, known.help_at):
        turn.tell(person, messages.HELP_TAKEN + out)
    elif known is not None:
        turn.fact(f.HelpAsked(at=turn.now, person=PersonId(person)))
        turn.tell_hosts(messages.HELP_HOST)
        contact = turn.session.contact
        if contact and contact != person:
            turn.tell(contact, messages.HELP_CONTACT)
        turn.tell(person, messages.HELP_TAKEN + out)


def forgotten_how(args: Mapping[str, str]) -> tuple[str, ...] | None:
    """The words after /my erase, if they are complete: `confirm`, or `confirm keep badges`; else None.

    `me again` is what the bot says to itself after a restore (see `bot/store/erasure_ledger.py`).
    """
    match args.get("me", "").lower().split():
        case ["me" | "confirm"]:
            return ()
        case ["me" | "confirm", "keep", "badges"]:
            return ("badges",)
        case ["me", "again"]:
            return ("again",)
        case _:
            return None


def forget(turn: Turn, person: PersonId, *, keep_badges: bool = False, quiet: bool = False) -> None:
    """Erase a person: words and name everywhere, a pseudonym in their place.

    They are told, and hosts hear that somebody was, without who; unless it is `quiet`.
    """
    session = turn.session
    participant = session.people.get(person)
    if participant is None:
        if not quiet:
            turn.tell(person, messages.FORGOTTEN)  # what is kept of who is in no session goes elsewhere
        return
    answers = [a for a in session.answers.values() if a.person == person]
    blanks = tuple(seq for answer in answers for seq in answer.blanks)
    names = tuple(seq for seq in (participant.name_seq,) if seq)
    names += tuple(o.seq for o in session.offers.values() if person in (o.by, o.person))
    digest = hashlib.blake2b(f"{session.seed}:{person}:{session.version}".encode(), digest_size=6).hexdigest()
    sources = tuple(answer.source for answer in answers if answer.source)
    for key, offer in session.offers.items():
        if offer.by == person:
            turn.retract(offer.person, key)
    if not quiet:
        turn.tell(person, messages.FORGOTTEN)
        turn.tell_hosts(messages.FORGOTTEN_HOST)
    rules.let_go(turn, person, keep=keep_badges)
    names += thanks.forget(turn, person)
    offers.forget(turn, person)
    names += tuple(woven.seq for woven in session.threads.values() if woven.by == person)
    names += (session.recap_held_seq,) if session.recap_held_by == person else ()
    names += tuple(u.seq for u in session.undertaken.values() if u.person == person and u.text)
    names += tuple(r.seq for r in session.recognitions if r.reason and person in (r.person, r.by))
    for place in session.rooms:
        turn.effects.append(Erase(place=place, person=person, messages=sources, everything=True))
    pairs.departed(turn, person)
    turn.fact(
        f.Forgotten(
            at=turn.now,
            person=PersonId(person),
            pseudonym=PersonId(f"forgotten:{digest}"),
            blanks=blanks + names,
        )
    )
    for answer in answers:
        show_again(turn, answer)
    recap_again(turn)
    if session.recap_held_by == person:
        turn.revise("recap-held", RecapWaits())
    settled(turn)
