"""Pairs without fear: asked before, formed with care, changed without a word to anybody."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.core import facts as f
from bot.core import words
from bot.core.cards import Button, Note, PairList, Prompt
from bot.core.effects import OpenThread, Seat
from bot.core.events import About
from bot.core.facts import Mode, PersonId, Wish
from bot.core.queries import find_person
from bot.core.script import Audience, Pair
from bot.core.session import PAIR, Session, counts
from bot.core.turn import Turn

LARGEST = 3  # people in one group; one more if somebody would else be left over


def ask_before(turn: Turn, coming: Pair) -> None:
    """One step before the pairs: ask everybody, privately, how they would like to talk."""
    session = turn.session
    if session.mode is Mode.CALL or turn.script.audience is Audience.UNDER_18:
        return
    buttons = (
        Button(label="With someone", command="pair someone"),
        Button(label="In three", command="pair three"),
        Button(label="Alone with the bot", command="pair alone"),
    )
    for person in session.people.values():
        if counts(person):
            turn.tell(person.id, Note(text=words.PAIR_ASK, buttons=buttons), name=f"wish:{coming.id}")


def wish(turn: Turn, person: str, how: str) -> None:
    """Somebody says how they would like to talk."""
    try:
        wanted = Wish(how.strip().lower())
    except ValueError:
        turn.tell(person, words.PAIR_HOW)
        return
    if turn.session.wishes.get(person) is not wanted:
        turn.fact(f.PairWished(at=turn.now, person=PersonId(person), wish=wanted))
    turn.tell(person, words.PAIR_NOTED[wanted.value])


def keep_apart(turn: Turn, names: str, host: str) -> None:
    """A host says which two should not be paired; nobody else hears of it."""
    found = [find_person(turn.session, name) for name in names.split(",")]
    if len(found) != 2 or found[0] is None or found[1] is None or found[0] == found[1]:
        turn.tell(host, words.APART_HOW)
        return
    people = (PersonId(found[0].id), PersonId(found[1].id))
    turn.fact(f.KeptApart(at=turn.now, people=people))
    turn.tell_hosts(words.APART)


def form(turn: Turn, step: Pair) -> None:
    """Groups within one room, by the secret seed, as people wished and hosts asked.

    For an audience under 18 there is no private pair: groups of at least three, with the companions.
    """
    session = turn.session
    young = turn.script.audience is Audience.UNDER_18
    pairs: dict[str, tuple[PersonId, ...]] = {}
    parents: dict[str, str] = {}
    for room in session.rooms:
        here = [p.id for p in session.people.values() if counts(p) and p.room == room]
        random.Random(f"{session.seed}:{step.id}:{room}").shuffle(here)
        for group in grouped(session, here, max(step.size, 3) if young else step.size):
            if young and len(group) < 3:
                continue  # too few for a room of their own: they write by themselves
            place = f"{PAIR}{session.visit}.{len(pairs) + 1}"
            pairs[place] = tuple(map(PersonId, group))
            parents[place] = room
    turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    if session.mode is Mode.CALL:
        turn.say(f"pairs:{session.visit}", PairList(step=step.id), about=About(step=step.id))
        return
    present = tuple(sorted(session.companions or {session.guide})) if young else ()
    for place, people in pairs.items():
        seats = (*people, *(who for who in present if who not in people))
        turn.effects.append(OpenThread(place=place, parent=parents[place], people=seats, title=step.title))
        turn.say(
            f"prompt:{session.visit}",
            Prompt(step=step.id, in_pair=True),
            about=About(step=step.id, visit=session.visit),
            places=(place,),
            ping=True,
        )
    seated = {person for group in pairs.values() for person in group}
    for person in session.people.values():
        if counts(person) and person.id not in seated:
            turn.tell(person.id, words.PAIR_ALONE, name=f"alone:{session.visit}")


def grouped(session: Session, people: Sequence[str], size: int) -> list[list[str]]:
    """Groups of about `size`: those who want three sit in threes, those who want nobody in none.

    Two who are kept apart never share a group; somebody who fits nowhere is left out.
    """
    wishes = session.wishes
    rest = [p for p in people if wishes.get(p) is not Wish.ALONE]
    in_three = [p for p in rest if wishes.get(p) is Wish.THREE]
    groups: list[list[str]] = []
    lone: list[str] = []
    while rest:
        first = in_three.pop(0) if in_three else rest[0]
        rest.remove(first)
        group = [first]
        most = max(size, LARGEST) if wishes.get(first) is Wish.THREE else size
        for other in [*in_three, *(p for p in rest if p not in in_three)]:
            if len(group) < most and _fits(session, group, other):
                group.append(other)
        for person in group[1:]:
            rest.remove(person)
        in_three = [p for p in in_three if p not in group]
        if len(group) == 1 and size > 1:
            lone.append(first)
        else:
            groups.append(group)
    for person in lone:
        open_to = [g for g in groups if len(g) <= max(size, LARGEST) and _fits(session, g, person)]
        if open_to:
            min(open_to, key=len).append(person)
    return groups


def _fits(session: Session, group: Sequence[str], person: str) -> bool:
    return not any(frozenset((each, person)) in session.apart for each in group)


def change_partner(turn: Turn, person: str) -> None:
    """Move somebody to another group, or to none; nobody is told who asked or why."""
    session, state = turn.session, turn.session.current
    step = turn.step if state else None
    if state is None or state.closed or not isinstance(step, Pair) or session.mode is Mode.CALL:
        turn.tell(person, words.NO_PAIRS)
        return
    if turn.script.audience is Audience.UNDER_18:
        turn.tell(person, words.PAIR_WITH_COMPANION)
        return
    old = next((place for place, group in state.pairs.items() if person in group), "")
    room = session.people[person].room
    pairs = {place: tuple(map(PersonId, group)) for place, group in state.pairs.items()}
    moved = [person]
    if old:
        left = tuple(p for p in pairs[old] if p != person)
        pairs[old] = left
        if len(left) == 1:
            moved.append(left[0])
    for who in moved:
        here = [
            place
            for place, group in pairs.items()
            if place != old
            and group
            and len(group) < LARGEST
            and session.people[group[0]].room == room
            and _fits(session, group, who)
            and not (who != person and person in group)
        ]
        if here:
            to = min(here, key=lambda place: len(pairs[place]))
            pairs[to] = (*pairs[to], PersonId(who))
            if who != person:
                pairs[old] = ()
            turn.tell(who, words.PAIR_MIXED)
        else:
            turn.tell(who, words.PAIR_ALONE)
    pairs = {place: group for place, group in pairs.items() if group or place == old}
    changed = {place: group for place, group in pairs.items() if group != state.pairs.get(place)}
    turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    for place, group in changed.items():
        turn.effects.append(Seat(place=place, people=group))
