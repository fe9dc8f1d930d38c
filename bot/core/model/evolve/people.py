"""Changes to a session by facts about who is in it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import facts as f
from bot.core.model.evolve.answers import heard_from
from bot.core.model.evolve.shared import Apply, put_person, put_step
from bot.core.model.ids import PersonId
from bot.core.model.records import replace
from bot.core.model.session import Introduction, Participant, Session


def _person_joined(session: Session, fact: f.PersonJoined) -> Session:
    known = session.people.get(fact.person)
    person = Participant(
        id=fact.person,
        name=fact.name,
        room=fact.room,
        reading=fact.reading,
        name_seq=session.version,
        one_by_one=fact.one_by_one,
    )
    if known is not None:  # who comes back, or takes another name, keeps what was theirs
        person = replace(
            person,
            needs_help=known.needs_help,
            help_at=known.help_at,
            card=known.card,
            card_first=known.card_first,
            language=known.language,
            passed_at=known.passed_at,
            seated_at=known.seated_at,
        )
    return put_person(session, person)


def _person_left(session: Session, fact: f.PersonLeft) -> Session:
    gone = replace(session.people[fact.person], present=False, removed=fact.removed)
    if fact.removed:  # who was asked to leave looks after nobody any more
        contact = PersonId("") if session.contact == fact.person else session.contact
        session = replace(session, companions=session.companions - {fact.person}, contact=contact)
    return put_person(session, gone)


def _host_named(session: Session, fact: f.HostNamed) -> Session:
    return replace(session, hosts=session.hosts | {fact.person})


def _host_revoked(session: Session, fact: f.HostRevoked) -> Session:
    """Another host guides; where there is none, a companion can take over as from one who is away."""
    hosts = session.hosts - {fact.person}
    session = replace(session, hosts=hosts, companions=session.companions - {fact.person})
    if session.guide == fact.person:
        return replace(
            session, guide=min(hosts, default=session.guide), guide_away=None if hosts else fact.at
        )
    return session


def _companion_named(session: Session, fact: f.CompanionNamed) -> Session:
    return replace(session, companions=session.companions | {fact.person})


def _took_over(session: Session, fact: f.TookOver) -> Session:
    hosts = session.hosts | {fact.person}
    return replace(session, guide=fact.person, hosts=hosts, guide_away=None)


def _guide_seen(session: Session, fact: f.GuideSeen) -> Session:
    return replace(session, guide_away=None if fact.here else fact.at)


def _contact_named(session: Session, fact: f.ContactNamed) -> Session:
    return replace(session, contact=fact.person)


def _kept_apart(session: Session, fact: f.KeptApart) -> Session:
    return replace(session, apart=session.apart | {frozenset(fact.people)})


def _people_introduced(session: Session, fact: f.PeopleIntroduced) -> Session:
    made = Introduction(
        place=fact.place,
        step=fact.step,
        answer=fact.answer,
        author=fact.author,
        giver=fact.giver,
        sign=fact.sign,
    )
    return replace(session, introductions=(*session.introductions, made))


def _pair_wished(session: Session, fact: f.PairWished) -> Session:
    return replace(session, wishes=session.wishes.put(fact.person, fact.wish))


def _pair_spoke(session: Session, fact: f.PairSpoke) -> Session:
    session = heard_from(session, fact.person)
    state = session.steps[fact.step]
    return put_step(session, fact.step, replace(state, spoke=state.spoke | {fact.person}))


def _follow_wanted(session: Session, fact: f.FollowWanted) -> Session:
    people = session.follow - {fact.person}
    return replace(session, follow=people | {fact.person} if fact.on else people)


def _language_chosen(session: Session, fact: f.LanguageChosen) -> Session:
    person = replace(session.people[fact.person], language=fact.language)
    return put_person(session, person)


def _remind_wanted(session: Session, fact: f.RemindWanted) -> Session:
    people = session.remind - {fact.person}
    return replace(session, remind=people | {fact.person} if fact.on else people)


def _pairs_formed(session: Session, fact: f.PairsFormed) -> Session:
    state = session.steps[fact.step]
    before = {person: group for group in state.pairs.values() for person in group}
    for group in fact.pairs.values():
        for person in group:
            if before.get(person) != group and person in session.people:
                session = put_person(session, replace(session.people[person], seated_at=fact.at))
    return put_step(session, fact.step, replace(state, pairs=dict(fact.pairs)))


def _reported(session: Session, fact: f.Reported) -> Session:
    return replace(session, reported=session.reported | {fact.answer} - {""})


def _help_asked(session: Session, fact: f.HelpAsked) -> Session:
    if fact.person not in session.people:
        return session
    person = replace(session.people[fact.person], needs_help=True, help_at=fact.at)
    return put_person(session, person)


APPLY: Mapping[type, Apply] = {
    f.PersonJoined: _person_joined,
    f.PersonLeft: _person_left,
    f.HostNamed: _host_named,
    f.HostRevoked: _host_revoked,
    f.CompanionNamed: _companion_named,
    f.TookOver: _took_over,
    f.GuideSeen: _guide_seen,
    f.ContactNamed: _contact_named,
    f.KeptApart: _kept_apart,
    f.PeopleIntroduced: _people_introduced,
    f.PairWished: _pair_wished,
    f.PairSpoke: _pair_spoke,
    f.FollowWanted: _follow_wanted,
    f.LanguageChosen: _language_chosen,
    f.RemindWanted: _remind_wanted,
    f.PairsFormed: _pairs_formed,
    f.Reported: _reported,
    f.HelpAsked: _help_asked,
}
