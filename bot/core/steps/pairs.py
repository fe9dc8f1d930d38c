"""Pairs without fear: formed with care, changed without a word to anybody."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from bot.core.model import facts as f
from bot.core.model.cards import Button, Change, Group, Note, PairLine, PairList, Partners, Prompt
from bot.core.model.effects import OpenThread, SetThreadMembers
from bot.core.model.events import About
from bot.core.model.facts import Mode, Wish
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.presence import takes_part
from bot.core.model.script import Audience
from bot.core.model.session import PAIR, Answer, Session
from bot.core.model.steps import By, Pair, Step
from bot.core.queries import a_moment_ago
from bot.core.steps.copies import LINE, show_copy
from bot.core.steps.seating import LARGEST, fits, grouped, kept, last_pairs, merged, met
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn


def form(turn: Turn, step: Pair) -> None:
    """Groups within one room, by the secret seed, as people wished and hosts asked.

    For an audience under 18 there is no private pair: groups of at least three, with the companions.
    """
    session = turn.session
    young = turn.script.audience is Audience.UNDER_18
    pairs: dict[PlaceName, tuple[PersonId, ...]] = {}
    parents: dict[PlaceName, PlaceName] = {}
    before = last_pairs(session, step.id)
    for room in session.rooms:
        here = [p.id for p in session.people.values() if takes_part(p) and p.room == room]
        random.Random(f"{session.seed}:{step.id}:{room}").shuffle(here)
        size = max(step.size, 3) if young else step.size
        earlier = merged(session, step, here) if step.by is By.MERGE else []
        earlier = kept(session, step, here) if step.keep else earlier
        groups = earlier or grouped(session, here, size, step)
        for group in groups:
            if young and len(group) < 3:
                continue  # too few for a room of their own: they write by themselves
            fresh = PlaceName(f"{PAIR}{session.visit}.{len(pairs) + 1}")
            talked = next((where for where, last in before.items() if set(last) == set(group)), fresh)
            place = talked if step.keep else fresh
            pairs[place] = tuple(map(PersonId, group))
            parents[place] = room
    turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    if session.mode is Mode.CALL:
        turn.say(f"pairs:{session.visit}", PairList(step=step.id), about=About(step=step.id))
        return
    for place, people in pairs.items():
        _open_thread(turn, step, place, people, parents[place])
    for person in session.people.values():
        if takes_part(person):
            turn.tell(person.id, Partners(step=step.id, person=person.id), name=f"partners:{session.visit}")


def _open_thread(
    turn: Turn, step: Pair, place: PlaceName, people: tuple[PersonId, ...], room: PlaceName
) -> None:
    """A conversation of their own, where they are asked."""
    session = turn.session
    seats = _with_companions(turn, people)
    if place not in session.places:  # those who stay together go on where they talked
        turn.effects.append(
            OpenThread(place=place, parent=room, people=seats, title=step.title, apart=step.apart)
        )
    visit = session.steps[step.id].visit
    turn.say(
        f"prompt:{visit}",
        Prompt(step=step.id, in_pair=True, place=place),
        about=About(step=step.id, visit=visit),
        places=(place,),
        ping=session.mode is Mode.LIVE,
    )


def group_of(session: Session, step: str, person: str) -> tuple[PersonId, ...]:
    """The people of somebody's group in a step, with them among them; nothing if they are in none."""
    state = session.steps.get(step)
    groups = state.pairs.values() if state else ()
    return next((group for group in groups if person in group), ())


def partners(session: Session, step: str, person: str) -> tuple[PersonId, ...]:
    """With whom somebody talks in a step; nothing if they are alone."""
    return tuple(each for each in group_of(session, step, person) if each != person)


def on_their_own(session: Session, step: Step, person: str) -> bool:
    """Whether groups were formed in a step, and somebody who takes part is in none."""
    known, state = session.people.get(person), session.steps.get(step.id)
    if not isinstance(step, Pair) or known is None or not takes_part(known) or state is None or state.few:
        return False
    return not partners(session, step.id, person)


def show_line(turn: Turn, answer: Answer) -> None:
    """What one of a group wrote for all of it is shown to the others of the group, as it is now."""
    pairs, card = turn.session.steps[answer.step].pairs, PairLine(answer=answer.id)
    others = partners(turn.session, answer.step, answer.person)
    new = answer.seq > turn.session.version - len(turn.facts)
    if not new and turn.session.mode is not Mode.CALL:
        turn.revise(f"line:{answer.id}", card, places=tuple(pairs))  # wherever its author sat then
    elif new and turn.session.mode is Mode.CALL:
        for other in others:
            show_copy(turn, other, LINE, card, answer.id)
    elif new and others:
        places = [place for place, group in pairs.items() if answer.person in group]
        turn.say(f"line:{answer.id}", card, places=places)


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
    moved: dict[PersonId, Change] = {}
    waiting: list[tuple[PlaceName, PersonId]] = []
    for place, person in lone.items():
        room = session.people[person].room
        to = next(
            (
                (p, who)
                for p, who in waiting
                if session.people[who].room == room and fits(session, pairs[p], person)
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
        moved[person] = Change.MOVED
    if moved:
        _settle(turn, step, pairs, moved)


def change_partner(turn: Turn, person: PersonId) -> None:
    """Move somebody to another group, or to none; nobody is told who asked or why."""
    session = turn.session
    step = open_pairs(turn)
    if step is None or session.steps[step.id].few or session.mode is Mode.CALL:
        turn.tell(person, messages.NO_PAIRS)
        return
    if session.people[person].reading:
        join = (Button(label=N_("Join"), command="join"),)
        turn.tell(person, Note(text=messages.PAIR_READING, buttons=join))
        return
    if turn.script.audience is Audience.UNDER_18:
        turn.tell(person, messages.PAIR_WITH_COMPANION)
        return
    seated = session.people[person].seated_at
    if seated != session.steps[step.id].moved_at and a_moment_ago(turn.now, seated):
        turn.tell(person, Partners(step=step.id, person=person))
        return
    pairs = dict(session.steps[step.id].pairs)
    left = _taken_out(pairs, person)
    _seat(session, step, pairs, person, avoid=left, asked=True)
    moved = {person: Change.MOVED}
    if len(left) == 1 and not _moved_on(session, step, pairs, left[0], avoid=(person,)):
        _given_company(session, step, pairs, left[0], instead=person)
    if len(left) == 1:
        company = any(left[0] in group and len(group) > 1 for group in pairs.values())
        moved[left[0]] = Change.MOVED if company else Change.NONE
    _settle(turn, step, pairs, moved)


def departed(turn: Turn, person: PersonId) -> None:
    """Somebody has left a conversation of two or three: the others hear it at once, and nobody stays alone for it."""
    for step in _open(turn):
        session = turn.session
        pairs = dict(session.steps[step.id].pairs)
        if not any(person in group for group in pairs.values()):
            continue
        left = _taken_out(pairs, person)
        lonely = len(left) == 1 and turn.script.audience is not Audience.UNDER_18
        if lonely and not _moved_on(session, step, pairs, left[0], avoid=(person,)):
            _given_company(session, step, pairs, left[0])
        _settle(turn, step, pairs, dict.fromkeys(left, Change.LEFT))


def arrived(turn: Turn, person: PersonId) -> None:
    """Somebody comes while others talk: they get a seat, too, first with whoever has none."""
    for step in _open(turn) if takes_part(turn.session.people[person]) else ():
        session = turn.session
        pairs = dict(session.steps[step.id].pairs)
        if not any(person in group for group in pairs.values()):
            _seat(session, step, pairs, person, avoid=(), young=turn.script.audience is Audience.UNDER_18)
            _settle(turn, step, pairs, {person: Change.NONE})


def look_over(turn: Turn) -> None:
    """A step opens once more: who has gone since sits nowhere, who has come gets a seat, the others keep theirs."""
    young = turn.script.audience is Audience.UNDER_18
    for step in _open(turn):
        session = turn.session
        pairs = dict(session.steps[step.id].pairs)
        here = [person.id for person in session.people.values() if takes_part(person)]
        seated = {person for group in pairs.values() for person in group}
        told: dict[PersonId, Change] = {}
        for person in seated.difference(here):
            told |= dict.fromkeys(_taken_out(pairs, person), Change.LEFT)
        for person in [each for each in told if each in here and not young]:
            alone = (person,) in pairs.values()
            if alone and not _moved_on(session, step, pairs, person, avoid=()):
                _given_company(session, step, pairs, person)
        for person in [each for each in here if each not in seated]:
            if not any(person in group for group in pairs.values()):
                _seat(session, step, pairs, person, avoid=(), young=young)
            told[person] = Change.NONE
        if session.mode is Mode.CALL:
            visit = session.steps[step.id].visit
            turn.say(f"pairs:{visit}", PairList(step=step.id), about=About(step=step.id))
        _settle(turn, step, pairs, {person: change for person, change in told.items() if person in here})


def _open(turn: Turn) -> list[Pair]:
    """The steps in which people sit in groups now."""
    session = turn.session
    now = [session.step] if session.current and not session.current.closed else []
    steps = [turn.script.step(key) for key in (now or session.asides)]
    return [step for step in steps if isinstance(step, Pair) and not session.steps[step.id].few]


_Pairs = dict[PlaceName, tuple[PersonId, ...]]


def _taken_out(pairs: _Pairs, person: PersonId) -> tuple[PersonId, ...]:
    """Take somebody out of their group; who is left in it."""
    old = next((place for place, group in pairs.items() if person in group), None)
    if old is None:
        return ()
    pairs[old] = tuple(p for p in pairs[old] if p != person)
    return pairs[old]


def _moved_on(
    session: Session, step: Pair, pairs: _Pairs, alone: PersonId, avoid: Sequence[PersonId]
) -> bool:
    """Whether somebody who was left alone could be put with others."""
    before = dict(pairs)
    _taken_out(pairs, alone)
    _seat(session, step, pairs, alone, avoid=avoid, most=LARGEST)
    if any(alone in group for group in pairs.values()):
        return True
    pairs.update(before)  # they keep their place, so that others can come to it
    return False


def _given_company(
    session: Session, step: Pair, pairs: _Pairs, alone: PersonId, instead: PersonId | None = None
) -> None:
    """Somebody of another group goes to whoever was left alone: out of a group of three, if there is one.

    Args:
        instead: who takes the seat that becomes free; without them a group of two is left as it is.
    """
    room, before = session.people[alone].room, met(session, step.id)
    found = []
    for place, group in pairs.items():
        stay = tuple(each for each in group if each != instead)
        if alone in group or len(stay) < (2 if instead else LARGEST) or session.people[stay[0]].room != room:
            continue
        for each in stay:
            rest = tuple(other for other in stay if other != each)
            if fits(session, (alone,), each) and (instead is None or fits(session, rest, instead)):
                found.append(
                    (len(stay) < LARGEST, before.get(frozenset((alone, each)), 0), place, each, rest)
                )
    kept = next((where for where, group in pairs.items() if alone in group), None)
    if not found or kept is None:
        return
    _, _, place, each, rest = min(found)
    if instead is not None:
        _taken_out(pairs, instead)
        rest = (*rest, instead)
    pairs[place] = rest
    pairs[kept] = (*pairs[kept], each)


def _seat(
    session: Session,
    step: Pair,
    pairs: _Pairs,
    person: PersonId,
    *,
    avoid: Sequence[PersonId],
    asked: bool = False,
    young: bool = False,
    most: int = LARGEST + 1,
) -> None:
    """Give somebody a seat: with those who sit alone, else in the smallest group, else with one of a large one.

    Where nobody fits, they get none.

    Args:
        most: people in a group with them; it is more than `LARGEST` only where they would else be left over.
        avoid: whom they are not to sit with.
        asked: they want company now, whatever they said before.
        young: a group of two is none; only one that is there already takes somebody in.
    """
    if session.wishes.get(person) is Wish.ALONE and not asked:
        return
    room, before = session.people[person].room, met(session, step.id)
    seated = {each for group in pairs.values() for each in group}
    lone = [
        each.id
        for each in session.people.values()
        if takes_part(each) and each.id not in seated and session.wishes.get(each.id) is not Wish.ALONE
    ]
    found: list[tuple[int, int, PlaceName, tuple[PersonId, ...]]] = []
    for place, group in pairs.items():
        if group and len(group) < most:
            found.append((len(group), 0, place, group))
    fresh = PlaceName(f"{PAIR}{session.steps[step.id].visit}.{len(pairs) + 1}")
    if not young:
        found += [(1, 1, fresh, (each,)) for each in lone if each != person]
    open_to = [
        (len(group), sum(before.get(frozenset((person, each)), 0) for each in group), new, place, group)
        for _, new, place, group in found
        if session.people[group[0]].room == room
        and not set(group) & set(avoid)
        and fits(session, group, person)
    ]
    if open_to:
        *_, place, group = min(open_to)
        pairs[place] = (*group, person)
    elif most > LARGEST and not avoid and not young:
        pairs[fresh] = (person,)
        _given_company(session, step, pairs, person)
        if pairs[fresh] == (person,):
            del pairs[fresh]


def _settle(turn: Turn, step: Pair, pairs: _Pairs, moved: Mapping[PersonId, Change]) -> None:
    """Make the groups what they are now; everybody whose partners changed is told who they are."""
    session, before = turn.session, turn.session.steps[step.id].pairs
    changed = {place: group for place, group in pairs.items() if group != before.get(place, ())}
    if changed:
        turn.fact(f.PairsFormed(at=turn.now, step=step.id, pairs=pairs))
    new = {place for place in changed if place not in before}
    told = dict(moved)
    for place, group in changed.items():  # whoever comes into a group that they were not in
        told |= {person: Change.MOVED for person in group if person not in (*told, *before.get(place, ()))}
    if session.mode is Mode.CALL:
        told |= {person: Change.MOVED for group in changed.values() for person in group if person not in told}
        turn.revise(f"pairs:{session.steps[step.id].visit}", PairList(step=step.id), About(step=step.id))
    for place, group in changed.items():
        if session.mode is Mode.CALL:
            continue
        if place in new:
            _open_thread(turn, step, place, group, session.people[group[0]].room)
            continue
        turn.effects.append(SetThreadMembers(place=place, people=_with_companions(turn, group)))
        if len(group) > 1:
            turn.say(f"group:{turn.session.version}", Group(step=step.id, place=place), places=(place,))
    for person, change in told.items():
        turn.tell(person, Partners(step=step.id, person=person, change=change))


def _with_companions(turn: Turn, group: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Who is in a conversation: for an audience under 18 also a companion."""
    if turn.script.audience is not Audience.UNDER_18:
        return group
    present = sorted(turn.session.companions or {turn.session.guide})
    return (*group, *(who for who in present if who not in group))
