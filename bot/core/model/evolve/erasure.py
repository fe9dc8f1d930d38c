"""Erasure in a session: words go, and a person becomes a pseudonym."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from bot.core.model import facts as f
from bot.core.model.evolve.shared import Apply, put_person
from bot.core.model.facts import Share
from bot.core.model.ids import PersonId
from bot.core.model.recognition import Has
from bot.core.model.records import PersistentMap, replace
from bot.core.model.session import Session, StepState, private_place

T = TypeVar("T")


def _expired(session: Session, fact: f.Expired) -> Session:
    answers = session.answers
    for answer in map(answers.__getitem__, fact.answers):
        empty = {field: replace(piece, text="") for field, piece in answer.pieces.items()}
        answers = answers.put(answer.id, replace(answer, pieces=empty))
    gone = set(fact.blanks)
    thanks = {key: replace(t, text="") if t.seq in gone else t for key, t in session.thanks.items()}
    offers = session.offers
    for key, offer in session.offers.items():
        offers = offers.without(key) if offer.seq in gone else offers
    return replace(session, answers=answers, thanks=thanks, offers=offers)


def _forgotten(session: Session, fact: f.Forgotten) -> Session:
    """Rename the person to the pseudonym everywhere, and empty what they wrote.

    Folding a log in which they already are the pseudonym comes to the same state.
    """
    old, new = fact.person, fact.pseudonym
    person = session.people.get(old)
    if person is not None:
        session = put_person(session, replace(person, present=False, forgotten=True, name="", card=""))
        bare = replace(session.people[old], id=new)
        session = replace(session, people=session.people.renamed(old, new, bare))
    session = _answers_forgotten(session, old, new)
    session = _recognition_forgotten(session, old, new)
    session = _recap_forgotten(session, old, new)
    private = private_place(old)
    channel = session.places.get(private)
    return replace(
        session,
        hosts=_swap(session.hosts, old, new),
        companions=_swap(session.companions, old, new),
        guide=new if session.guide == old else session.guide,
        contact=new if session.contact == old else session.contact,
        apart=frozenset(_swap(pair, old, new) for pair in session.apart),
        introductions=tuple(
            replace(
                each,
                author=new if each.author == old else each.author,
                giver=new if each.giver == old else each.giver,
            )
            for each in session.introductions
        ),
        follow=session.follow - {old},
        remind=session.remind - {old},
        wishes=_renamed(session.wishes, old, new),
        told=session.told.without(old),
        authored=_renamed(session.authored, old, new),
        places=session.places.without(private),
        channels=session.channels.without(channel) if channel else session.channels,
    )


def _answers_forgotten(session: Session, old: PersonId, new: PersonId) -> Session:
    """Nothing that they wrote, tapped or typed for others stays in the steps."""
    steps: dict[str, StepState] = {}
    for key, state in session.steps.items():
        if old in state.by_person:
            for answer in map(session.answers.__getitem__, state.by_person[old]):
                empty = {field: replace(p, text="", said="") for field, p in answer.pieces.items()}
                empty_answer = replace(answer, person=new, pieces=empty, said="", share=Share.NO)
                sources = session.sources
                for message in answer.messages:
                    sources = sources.without(message)
                answers = session.answers.put(answer.id, empty_answer)
                session = replace(session, answers=answers, sources=sources)
        steps[key] = replace(
            state,
            by_person=_renamed(state.by_person, old, new),
            passed=_swap(state.passed, old, new),
            spoke=_swap(state.spoke, old, new),
            missed_by=_swap(state.missed_by, old, new),
            signs=_renamed(state.signs, old, new),
            writing={person: until for person, until in state.writing.items() if person != old},
            pairs={
                place: tuple(new if person == old else person for person in pair)
                for place, pair in state.pairs.items()
            },
        )
    for withdrawn in [answer for answer in session.answers.values() if answer.person == old]:
        answers = session.answers.put(withdrawn.id, replace(withdrawn, person=new))
        session = replace(session, answers=answers)
    offers = session.offers
    for key, offer in session.offers.items():
        if old in (offer.by, offer.person):
            offers = offers.without(key)
    return replace(session, steps=steps, offers=offers)


def _recognition_forgotten(session: Session, old: PersonId, new: PersonId) -> Session:
    """Thanks go, badges are nobody's, and the list for hosts names the pseudonym."""
    thanks = session.thanks
    for key, sentence in session.thanks.items():
        if old in (sentence.by, sentence.person):
            thanks = thanks.without(key)
    return replace(
        session,
        thanks=thanks,
        proposed=_swap_pairs(session.proposed, old, new),
        granted=_swap_pairs(session.granted, old, new),
        declined=_swap_pairs(session.declined, old, new),
        revoked=_swap_keys(session.revoked, old, new),
        by_hand=_swap_keys(session.by_hand, old, new),
        badges=_swap_keys(session.badges, old, new),
        dressed={pair: dress for pair, dress in session.dressed.items() if pair[0] != old},
        on_show=frozenset(pair for pair in session.on_show if pair[0] != old),
        whole={person: badges for person, badges in session.whole.items() if person != old},
        recognitions=tuple(
            replace(
                line,
                person=new if line.person == old else line.person,
                by=new if line.by == old else line.by,
                reason="" if old in (line.person, line.by) else line.reason,
            )
            for line in session.recognitions
        ),
    )


def _recap_forgotten(session: Session, old: PersonId, new: PersonId) -> Session:
    """Their lines in the recap go, and what they took on is the pseudonym's."""
    undertaken = session.undertaken
    for key, step in session.undertaken.items():
        if step.person == old:
            undertaken = undertaken.put(key, replace(step, person=new, text=""))
    threads = session.threads
    for key, woven in session.threads.items():
        threads = threads.without(key) if woven.by in (old, new) else threads
    held_by_them = session.recap_held_by in (old, new)
    return replace(
        session,
        threads=threads,
        undertaken=undertaken,
        recap_held="…" if held_by_them and session.recap_held else session.recap_held,
        recap_held_by=new if held_by_them else session.recap_held_by,
    )


def _renamed(by_person: PersistentMap[T], old: PersonId, new: PersonId) -> PersistentMap[T]:
    return by_person.renamed(old, new, by_person[old]) if old in by_person else by_person


def _swap(people: frozenset[PersonId], old: PersonId, new: PersonId) -> frozenset[PersonId]:
    return frozenset(new if person == old else person for person in people)


def _swap_pairs(pairs: frozenset[Has], old: PersonId, new: PersonId) -> frozenset[Has]:
    return frozenset((new if person == old else person, rule) for person, rule in pairs)


def _swap_keys(pairs: Mapping[Has, T], old: PersonId, new: PersonId) -> dict[Has, T]:
    return {(new if person == old else person, rule): item for (person, rule), item in pairs.items()}


APPLY: Mapping[type, Apply] = {
    f.Forgotten: _forgotten,
    f.Expired: _expired,
}
