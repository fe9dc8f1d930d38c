"""Pairs without fear: asked before, formed with care, changed without a word to anybody."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.core.model import facts as f
from bot.core.model.cards import Button, Note, PairList, Prompt
from bot.core.model.effects import OpenThread, SetThreadMembers
from bot.core.model.events import About
from bot.core.model.facts import Mode, Wish
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.presence import takes_part
from bot.core.model.script import Audience
from bot.core.model.session import PAIR, Session
from bot.core.model.steps import By, Pair
from bot.core.queries import find_person
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn

LARGEST = 3  # people in one group; one more if somebody would else be left over


def ask_before(turn: Turn, coming: Pair) -> None:
    """One step before the pairs: ask everybody, privately, how they would like to talk."""
    session = turn.session
    if session.mode is Mode.CALL or turn.script.audience is Audience.UNDER_18:
        return
    buttons = (
        Button(label=N_("With someone"), command="pair someone"),
        Button(label=N_("In three"), command="pair three"),
        Button(label=N_("Alone with the bot"), command="pair alone"),
    )
    for person in session.people.values():
        if takes_part(person):
            turn.tell(person.id, Note(text=messages.PAIR_ASK, buttons=buttons), name=f"wish:{coming.id}")


def wish(turn: Turn, person: str, how: str) -> None:
    """Somebody says how they would like to talk."""
    try:
        wanted = Wish(how.strip().lower())
    except ValueError:
        turn.tell(person, messages.PAIR_HOW)
        return
    if turn.session.wishes.get(person) is not wanted:
        turn.fact(f.PairWished(at=turn.now, person=PersonId(person), wish=wanted))
    turn.tell(person, messages.PAIR_NOTED[wanted.value])


def keep_apart(turn: Turn, names: str, host: str) -> None:
    """A host says which two should not be paired; nobody else hears of it."""
    members = [find_person(turn.session, name) for name in names.split(",")]
    if len(members) != 2 or members[0] is None or members[1] is None or members[0] == members[1]:
        turn.tell(host, messages.APART_HOW)
        return
    people = (PersonId(members[0].id), PersonId(members[1].id))
    turn.fact(f.KeptApart(at=turn.now, people=people))
    turn.tell_hosts(messages.APART)


def form(turn: Turn, step: Pair) -> None:
    """Groups within one room, by the secret seed, as people wished and hosts asked.

    For an audience under 18 there is no private pair: groups of at least three, with the companions.
    """
    session = turn.session
    young = turn.script.audience is Audience.UNDER_18
    pairs: dict[PlaceName, tuple[PersonId, ...]] = {}
    parents: dict[PlaceName, PlaceName] = {}
    for room in session.rooms:
        here = [p.id for p in session.people.values() if takes_part(p) and p.room == room]
        random.Random(f"{session.seed}:{step.id}:{room}").shuffle(here)
        size = max(step.size, 3) if young else step.size
        groups = merged(session, step, here) if step.by is By.MERGE else grouped(session, here, size, step)
        for group in groups:
            if young and len(group) < 3:
                continue  # too few for a room of their own: they write by themselves
            place = PlaceName(f"{PAIR}{session.visit}.{len(pairs) + 1}")
            pairs[place] = tuple(map(PersonId, group))
            parents[place] = room
    turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    if session.mode is Mode.CALL:
        turn.say(f"pairs:{session.visit}", PairList(step=step.id), about=About(step=step.id))
        return
    present = tuple(sorted(session.companions or {session.guide})) if young else ()
    for place, people in pairs.items():
        seats = (*people, *(who for who in present if who not in people))
        turn.effects.append(
            OpenThread(place=place, parent=parents[place], people=seats, title=step.title, apart=step.apart)
        )
        turn.say(
            f"prompt:{session.visit}",
            Prompt(step=step.id, in_pair=True),
            about=About(step=step.id, visit=session.visit),
            places=(place,),
            ping=session.mode is Mode.LIVE,
        )
    seated = {person for group in pairs.values() for person in group}
    for person in session.people.values():
        if takes_part(person) and person.id not in seated:
            turn.tell(person.id, messages.PAIR_ALONE, name=f"alone:{session.visit}")


def merged(session: Session, step: Pair, people: Sequence[PersonId]) -> list[list[PersonId]]:
    """The groups of an earlier step, two by two; a third joins where their number is odd."""
    earlier = session.steps.get(step.by_step)
    before = [
        [person for person in group if person in people]
        for group in (earlier.pairs.values() if earlier else ())
    ]
    before = [group for group in before if group]
    seated = {person for group in before for person in group}
    groups: list[list[PersonId]] = []
    for n, group in enumerate(before):
        if n % 2 and _fit(session, groups[-1], group):
            groups[-1] = groups[-1] + group
        else:
            groups.append(group)
    if len(groups) > 1 and len(before) % 2 and _fit(session, groups[-2], groups[-1]):
        groups[-2:] = [groups[-2] + groups[-1]]
    for person in people:  # who sat alone before, or came later
        open_to = [g for g in groups if _fits(session, g, person)]
        if person not in seated and open_to and session.wishes.get(person) is not Wish.ALONE:
            min(open_to, key=len).append(person)
    return [group for group in groups if len(group) > 1]


def _fit(session: Session, group: Sequence[str], other: Sequence[str]) -> bool:
    return all(_fits(session, group, person) for person in other)


def _near(session: Session, step: Pair | None, first: str, other: str) -> bool:
    """True if somebody is of those whom the script would rather put beside `first`."""
    if step is None or step.by not in (By.SAME, By.DIFFERENT):
        return True
    first_picks, other_picks = _taps(session, step.by_step, first), _taps(session, step.by_step, other)
    return bool(first_picks and other_picks) and bool(first_picks & other_picks) is (step.by is By.SAME)


def _taps(session: Session, step: str, person: str) -> frozenset[str]:
    state = session.steps.get(step)
    keys = state.by_person.get(person, ()) if state else ()
    return frozenset(pick for key in keys for pick in session.answers[key].picks)


def grouped(session: Session, people: Sequence[str], size: int, step: Pair | None = None) -> list[list[str]]:
    """Groups of about `size`: those who want three sit in threes, those who want nobody in none.

    By the same or a different answer as far as that goes: nobody stays alone for it. Two who are kept
    apart never share a group; somebody who fits nowhere is left out.
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
        others = [*in_three, *(p for p in rest if p not in in_three)]
        others.sort(key=lambda other: not _near(session, step, first, other))
        for other in others:
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
    return not any(frozenset((member, person)) in session.apart for member in group)


def open_pairs(turn: Turn) -> Pair | None:
    """The step in which people talk in pairs now; over days the latest of them."""
    session = turn.session
    keys = [session.step] if session.current and not session.current.closed else list(session.asides)
    pair_steps = [step for key in keys if isinstance(step := turn.script.step(key), Pair)]
    return pair_steps[-1] if pair_steps else None


def join_the_lone(turn: Turn) -> None:
    """Those who have said something and heard nothing are put together; nobody is shown to be missing.

    Who has not come yet keeps the place, and is told how to find company.
    """
    step = open_pairs(turn)
    if step is None or turn.script.audience is Audience.UNDER_18:
        return
    session, state = turn.session, turn.session.steps[step.id]
    lone = {
        place: next(person for person in group if person in state.spoke)
        for place, group in state.pairs.items()
        if len(group) > 1
        and sum(p in state.spoke for p in group) == 1
        and not any(p in state.by_person for p in group)
    }
    pairs = dict(state.pairs)
    changed: set[PlaceName] = set()
    waiting: list[tuple[PlaceName, PersonId]] = []
    for place, person in lone.items():
        room = session.people[person].room
        to = next(
            (
                (p, who)
                for p, who in waiting
                if session.people[who].room == room and _fits(session, pairs[p], person)
            ),
            None,
        )
        if to is None:
            waiting.append((place, person))
            continue
        waiting.remove(to)
        pairs[to[0]] = (*(p for p in pairs[to[0]] if p in state.spoke), person)
        pairs[place] = tuple(
            p for p in (*pairs[place], *state.pairs[to[0]]) if p != person and p not in state.spoke
        )
        changed |= {place, to[0]}
        turn.tell(person, messages.PAIR_MIXED)
    if not changed:
        return
    turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    for place in sorted(changed):
        turn.effects.append(SetThreadMembers(place=place, people=pairs[place]))


def change_partner(turn: Turn, person: PersonId) -> None:
    """Move somebody to another group, or to none; nobody is told who asked or why."""
    session = turn.session
    step = open_pairs(turn)
    if step is None or session.mode is Mode.CALL:
        turn.tell(person, messages.NO_PAIRS)
        return
    state = session.steps[step.id]
    if turn.script.audience is Audience.UNDER_18:
        turn.tell(person, messages.PAIR_WITH_COMPANION)
        return
    old = next((place for place, group in state.pairs.items() if person in group), None)
    room = session.people[person].room
    pairs = dict(state.pairs)
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
            pairs[to] = (*pairs[to], who)
            if old and who != person:
                pairs[old] = ()
            turn.tell(who, messages.PAIR_MIXED)
        else:
            turn.tell(who, messages.PAIR_ALONE)
    pairs = {place: group for place, group in pairs.items() if group or place == old}
    changed = {place: group for place, group in pairs.items() if group != state.pairs.get(place)}
    turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    for place, group in changed.items():
        turn.effects.append(SetThreadMembers(place=place, people=group))
