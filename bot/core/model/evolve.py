"""How facts make the state of a session: `evolve` applies, it never decides; `fold` is the reduction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar, assert_never

from bot.core.model import facts as f
from bot.core.model.facts import Fact, Phase, Share
from bot.core.model.ids import PersonId
from bot.core.model.records import PersistentMap, replace
from bot.core.model.session import (
    HOSTS,
    PARKED,
    ROOM,
    Answer,
    Dress,
    Has,
    Offer,
    Participant,
    Piece,
    Recognition,
    Session,
    StepState,
    Thanks,
    Undertaking,
    Woven,
    counts,
    private_place,
)

T = TypeVar("T")


def _put_person(session: Session, person: Participant) -> Session:
    before = session.people.get(person.id)
    silent = session.silent + (not counts(person))
    if before is not None:
        silent -= not counts(before)
    state = session.steps.get(session.step)
    if state is not None and state.complete and counts(person) and not (before and counts(before)):
        session = _put_step(session, session.step, replace(state, complete=False))  # one more is waited for
    return replace(session, people=session.people.put(person.id, person), silent=silent)


def _put_step(session: Session, key: str, state: StepState) -> Session:
    return replace(session, steps={**session.steps, key: state})


def _own(state: StepState, person: str, answer: str) -> PersistentMap[tuple[str, ...]]:
    had = state.by_person.get(person, ())
    return state.by_person if answer in had else state.by_person.put(person, (*had, answer))


def _answered(session: Session, fact: f.Answered, version: int, at: datetime) -> Session:
    session = _heard_from(session, fact.person)
    state = session.steps[fact.step]
    answer = session.answers.get(fact.answer)
    piece = Piece(text=fact.text, seq=version, said=fact.said)
    if answer is None:
        answer = Answer(
            id=fact.answer,
            step=fact.step,
            person=fact.person,
            room=fact.room,
            seq=version,
            source=fact.source,
            anonymous=fact.anonymous,
            pieces={fact.field: piece},
        )
        everywhere = bool(fact.source) and len(session.rooms) == 1
        hidden = () if everywhere else (fact.answer,)
        state = replace(
            state,
            by_person=_own(state, fact.person, fact.answer),
            unshown=state.unshown + hidden,
        )
        return replace(
            _kept(session, answer),
            version=version,
            at=at,
            steps={**session.steps, fact.step: state},
        )
    answer = replace(
        answer,
        pieces={**answer.pieces, fact.field: piece},
        anonymous=fact.anonymous,
        withdrawn=False,
    )
    return replace(_kept(session, answer), version=version, at=at)


def _kept(session: Session, answer: Answer) -> Session:
    """An answer as it is now; which messages it follows, goes with it."""
    before = session.answers.get(answer.id)
    sources = session.sources
    for message in before.messages if before else ():
        sources = sources.without(message)
    for message in answer.messages:
        sources = sources.put(message, answer.id)
    return replace(session, answers=session.answers.put(answer.id, answer), sources=sources)


def _heard_from(session: Session, key: str) -> Session:
    person = session.people.get(key)
    if person is None or not person.missed:
        return session
    return _put_person(session, replace(person, missed=0))


def _picked(session: Session, fact: f.Picked) -> Session:
    session = _heard_from(session, fact.person)
    state = session.steps[fact.step]
    before = session.answers.get(fact.answer)
    answer = Answer(
        id=fact.answer,
        step=fact.step,
        person=fact.person,
        room=fact.room,
        seq=before.seq if before else session.version,
        picks=fact.picks,
        said=fact.said,
    )
    session = _kept(session, answer)
    return _put_step(session, fact.step, replace(state, by_person=_own(state, fact.person, fact.answer)))


def _withdrawn(session: Session, fact: f.Withdrawn) -> Session:
    answer = session.answers[fact.answer]
    empty = replace(
        answer,
        pieces={key: replace(piece, text="", said="") for key, piece in answer.pieces.items()},
        picks=(),
        said="",
        share=Share.NO,
        withdrawn=True,
    )
    state = session.steps[answer.step]
    left = tuple(a for a in state.by_person.get(answer.person, ()) if a != answer.id)
    state = replace(
        state,
        by_person=state.by_person.put(answer.person, left)
        if left
        else state.by_person.without(answer.person),
        unshown=tuple(a for a in state.unshown if a != answer.id),
        complete=False,
    )
    session = _kept(session, empty)
    if answer.source:
        session = replace(session, sources=session.sources.without(answer.source))
    return _put_step(session, answer.step, state)


def _step_closed(session: Session, fact: f.StepClosed) -> Session:
    state = session.steps[fact.step]
    for person in session.people.values():
        if person.present and not person.reading and not person.removed:
            spoke = any(person.id in said for said in (state.by_person, state.passed, state.signs))
            if not spoke:  # one of a pair brings the line back for all of it
                spoke = any(
                    person.id in pair and any(each in state.by_person for each in pair)
                    for pair in state.pairs.values()
                )
            silent = 0 if state.cards else 1  # who reads a gallery in silence has missed nothing
            missed = 0 if spoke else person.missed + silent
            if missed != person.missed:
                session = _put_person(session, replace(person, missed=missed))
    return _put_step(
        session,
        fact.step,
        replace(
            state,
            closed=True,
            moved_at=fact.at,
            looking=None,
            revealed=(*state.revealed, (fact.visit, fact.revealed)) if fact.revealed else state.revealed,
            read_until=fact.until,
        ),
    )


def _asked(session: Session, fact: f.Asked) -> Session:
    before = session.steps.get(fact.step)
    if before is None:
        state = StepState(
            visit=fact.visit,
            visits=(fact.visit,),
            moved_at=fact.at,
            until=fact.until,
            few=fact.few,
            found=fact.found,
            only=fact.only,
        )
    else:
        state = replace(
            before,
            visit=fact.visit,
            visits=(*before.visits, fact.visit),
            moved_at=fact.at,
            until=fact.until,
            closed=False,
            read_until=None,
            nudged=False,
            host_asked=False,
            complete=False,
            looking=None,
            writing={},
        )
    session = replace(session, step=fact.step, visit=fact.visit, paused="", paused_at=None)
    return _put_step(session, fact.step, state)


def _undone(session: Session, fact: f.Undone) -> Session:
    """The step that was left is open (or being read) again; what it showed by that move counts as unshown."""
    state = session.steps[fact.step]
    if not fact.closed:
        for person in session.people.values():
            if person.missed and person.present and not person.reading:
                session = _put_person(session, replace(person, missed=person.missed - 1))
    state = replace(
        state,
        visit=fact.visit,
        visits=(*state.visits, fact.visit),
        moved_at=fact.at,
        closed=fact.closed,
        until=state.until if fact.closed else fact.until,
        read_until=fact.until if fact.closed else None,
        nudged=False,
        host_asked=False,
        complete=False,
        looking=None,
        revealed=state.revealed
        if fact.closed
        else tuple(each for each in state.revealed if each[0] != fact.undoes),
    )
    session = replace(session, step=fact.step, visit=fact.visit, moved=None, paused="", paused_at=None)
    return _put_step(session, fact.step, state)


def _added(session: Session, answer: str, at: datetime) -> Session:
    """Something was allowed or changed; once the recap stays as it is, the day of that stands beside it."""
    return session if session.frozen is None else replace(session, added={**session.added, answer: at})


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
        session = _put_person(session, replace(person, present=False, forgotten=True, name="", card=""))
        bare = replace(session.people[old], id=new)
        session = replace(session, people=session.people.renamed(old, new, bare))
    steps: dict[str, StepState] = {}
    for key, state in session.steps.items():
        if old in state.by_person:
            for answer in map(session.answers.__getitem__, state.by_person[old]):
                empty = {field: replace(p, text="", said="") for field, p in answer.pieces.items()}
                empty_answer = replace(answer, person=new, pieces=empty, said="", share=Share.NO)
                sources = session.sources
                for message in answer.messages:
                    sources = sources.without(message)
                session = replace(
                    session, answers=session.answers.put(answer.id, empty_answer), sources=sources
                )
            mine = state.by_person[old]
            state = replace(state, by_person=state.by_person.renamed(old, new, mine))
        steps[key] = replace(
            state,
            passed=frozenset(new if p == old else p for p in state.passed),
            spoke=frozenset(new if p == old else p for p in state.spoke),
            signs=state.signs.renamed(old, new, state.signs[old]) if old in state.signs else state.signs,
            writing={p: t for p, t in state.writing.items() if p != old},
            pairs={place: tuple(new if p == old else p for p in pair) for place, pair in state.pairs.items()},
        )
    withdrawn = [a for a in session.answers.values() if a.person == old]
    for answer in withdrawn:
        session = replace(session, answers=session.answers.put(answer.id, replace(answer, person=new)))
    private = private_place(old)
    channel = session.places.get(private)

    def swap(people: frozenset[str]) -> frozenset[str]:
        return frozenset(new if p == old else p for p in people)

    def swap_pairs(pairs: frozenset[Has]) -> frozenset[Has]:
        return frozenset((new if p == old else p, rule) for p, rule in pairs)

    def swap_keys(pairs: Mapping[Has, T]) -> dict[Has, T]:
        return {(new if p == old else p, rule): held for (p, rule), held in pairs.items()}

    thanks = session.thanks
    for key, each in session.thanks.items():
        if old in (each.by, each.person):
            thanks = thanks.without(key)
    offers = session.offers
    for key, offer in session.offers.items():
        if old in (offer.by, offer.person):
            offers = offers.without(key)
    undertaken = session.undertaken
    for key, mine_now in session.undertaken.items():
        if mine_now.person == old:
            undertaken = undertaken.put(key, replace(mine_now, person=new, text=""))
    threads = session.threads
    for key, woven in session.threads.items():
        threads = threads.without(key) if woven.by in (old, new) else threads
    held_by_them = session.recap_held_by in (old, new)
    return replace(
        session,
        steps=steps,
        threads=threads,
        recap_held="…" if held_by_them and session.recap_held else session.recap_held,
        recap_held_by=new if held_by_them else session.recap_held_by,
        undertaken=undertaken,
        hosts=swap(session.hosts),
        companions=swap(session.companions),
        guide=new if session.guide == old else session.guide,
        contact=new if session.contact == old else session.contact,
        apart=frozenset(map(swap, session.apart)),
        follow=session.follow - {old},
        remind=session.remind - {old},
        proposed=swap_pairs(session.proposed),
        granted=swap_pairs(session.granted),
        declined=swap_pairs(session.declined),
        revoked=swap_keys(session.revoked),
        by_hand=swap_keys(session.by_hand),
        badges=swap_keys(session.badges),
        dressed={pair: held for pair, held in session.dressed.items() if pair[0] != old},
        on_show=frozenset(pair for pair in session.on_show if pair[0] != old),
        whole={person: held for person, held in session.whole.items() if person != old},
        recognitions=tuple(
            replace(
                each,
                person=new if each.person == old else each.person,
                by=new if each.by == old else each.by,
                reason="" if old in (each.person, each.by) else each.reason,
            )
            for each in session.recognitions
        ),
        thanks=thanks,
        wishes=session.wishes.renamed(old, new, session.wishes[old])
        if old in session.wishes
        else session.wishes,
        offers=offers,
        told=session.told.without(old),
        places=session.places.without(private),
        channels=session.channels.without(channel) if channel else session.channels,
    )


def evolve(session: Session, fact: Fact) -> Session:
    """The session after one more fact."""
    version, at = session.version + 1, max(session.at, fact.at)
    if isinstance(fact, f.Answered):  # on the path of every answer: one copy of the session, not two
        return _answered(session, fact, version, at)
    session = replace(session, version=version, at=at)
    match fact:
        case f.Picked():
            return _picked(session, fact)
        case f.Opened():
            rooms = tuple(f"{ROOM}{n}" for n, _ in enumerate(fact.rooms, 1))
            places = dict(zip(rooms, fact.rooms, strict=True)) | {HOSTS: fact.hosts_channel}
            channels = {channel: place for place, channel in places.items()}
            return replace(
                session,
                id=fact.session,
                community=fact.community,
                script=fact.script,
                seed=fact.seed,
                rooms=rooms,
                places=PersistentMap(places),
                channels=PersistentMap(channels),
                hosts=frozenset({fact.host}),
                guide=fact.host,
                mode=fact.mode,
                zone=fact.zone,
                quiet=fact.quiet,
                keep_days=fact.keep_days,
                films=fact.films,
                earlier=fact.earlier,
                phase=Phase.LOBBY,
            )
        case f.RoomAdded():
            place = f"{ROOM}{len(session.rooms) + 1}"
            return replace(
                session,
                rooms=(*session.rooms, place),
                places=session.places.put(place, fact.channel),
                channels=session.channels.put(fact.channel, place),
            )
        case f.PersonJoined():
            known = session.people.get(fact.person)
            person = Participant(
                id=fact.person,
                name=fact.name,
                room=fact.room,
                reading=fact.reading,
                name_seq=session.version,
                needs_help=bool(known and known.needs_help),
                card=known.card if known else "",
                language=known.language if known else "",
                one_by_one=fact.one_by_one,
            )
            return _put_person(session, person)
        case f.PersonLeft():
            gone = replace(session.people[fact.person], present=False, removed=fact.removed)
            return _put_person(session, gone)
        case f.HostNamed():
            return replace(session, hosts=session.hosts | {fact.person})
        case f.CompanionNamed():
            return replace(session, companions=session.companions | {fact.person})
        case f.TookOver():
            hosts = session.hosts | {fact.person}
            return replace(session, guide=fact.person, hosts=hosts, guide_away=None)
        case f.GuideSeen():
            return replace(session, guide_away=None if fact.here else fact.at)
        case f.ContactNamed():
            return replace(session, contact=fact.person)
        case f.KeptApart():
            return replace(session, apart=session.apart | {frozenset(fact.people)})
        case f.PairWished():
            return replace(session, wishes=session.wishes.put(fact.person, fact.wish))
        case f.Begun():
            return replace(session, phase=Phase.RUNNING)
        case f.Asked():
            return _asked(session, fact)
        case f.AsideOpened():
            state = StepState(
                visit=fact.visit,
                visits=(fact.visit,),
                moved_at=fact.at,
                until=fact.until,
                aside=True,
                few=fact.few,
                found=fact.found,
                only=fact.only,
            )
            # what is parked belongs to no moment: the open step and its timers stay what they are
            visit = session.visit if fact.step == PARKED else fact.visit
            return _put_step(replace(session, visit=visit), fact.step, state)
        case f.DayBegun():
            return replace(session, day=fact.day)
        case f.DayRested():
            return replace(session, rested=fact.day)
        case f.Revealed():
            state = session.steps[fact.step]
            state = replace(state, revealed=(*state.revealed, (fact.visit, fact.answers)), looking=None)
            return _put_step(replace(session, visit=fact.visit), fact.step, state)
        case f.PairSpoke():
            state = session.steps[fact.step]
            return _put_step(session, fact.step, replace(state, spoke=state.spoke | {fact.person}))
        case f.FollowWanted():
            people = session.follow - {fact.person}
            return replace(session, follow=people | {fact.person} if fact.on else people)
        case f.LanguageChosen():
            person = replace(session.people[fact.person], language=fact.language)
            return _put_person(session, person)
        case f.RemindWanted():
            people = session.remind - {fact.person}
            return replace(session, remind=people | {fact.person} if fact.on else people)
        case f.AsideClosed():
            return _put_step(session, fact.step, replace(session.steps[fact.step], closed=True))
        case f.Amended():
            answer = session.answers[fact.answer]
            piece = Piece(text=fact.text, seq=session.version, said=fact.said)
            changed = replace(answer, pieces={**answer.pieces, fact.field: piece}, withdrawn=False)
            session = _kept(session, changed)
            return _added(session, answer.id, fact.at) if answer.share.public else session
        case f.Withdrawn():
            return _withdrawn(session, fact)
        case f.Allowed():
            answer = replace(session.answers[fact.answer], share=fact.share)
            session = replace(session, answers=session.answers.put(answer.id, answer))
            return _added(session, answer.id, fact.at) if answer.share.public else session
        case f.HeldBack():
            answer = replace(session.answers[fact.answer], held=fact.on)
            return replace(session, answers=session.answers.put(answer.id, answer))
        case f.Offered():
            offer = Offer(
                step=fact.step,
                by=fact.by,
                person=fact.person,
                field=fact.field,
                text=fact.text,
                seq=session.version,
            )
            return replace(session, offers=session.offers.put(fact.offer, offer))
        case f.OfferSettled():
            return replace(session, offers=session.offers.without(fact.offer))
        case f.GalleryOpened():
            state = session.steps[fact.step]
            return _put_step(session, fact.step, replace(state, cards=fact.answers))
        case f.ReactedTo():
            session = _heard_from(session, fact.person)
            state = session.steps[fact.step]
            held: frozenset[tuple[str, str]] = state.signs.get(fact.person, frozenset())
            sign = (fact.answer, fact.sign)
            held = held | {sign} if fact.on else held - {sign}
            state = replace(state, signs=state.signs.put(fact.person, held))
            return _put_step(session, fact.step, state)
        case f.Passed():
            session = _heard_from(session, fact.person)
            state = session.steps[fact.step]
            return _put_step(session, fact.step, replace(state, passed=state.passed | {fact.person}))
        case f.Writing():
            session = _heard_from(session, fact.person)
            state = session.steps[fact.step]
            writing = {**state.writing, fact.person: fact.until}
            return _put_step(session, fact.step, replace(state, writing=writing))
        case f.Completed():
            return _current(session, complete=True)
        case f.Nudged():
            return _current(session, nudged=True)
        case f.HostAsked():
            return _current(session, host_asked=True)
        case f.Gathered():
            state = session.steps[fact.step]
            return _put_step(
                session,
                fact.step,
                replace(state, unshown=(), gathered=state.gathered + fact.answers),
            )
        case f.LookBegun():
            state = session.steps[fact.step]
            return _put_step(session, fact.step, replace(state, looking=fact.answers, look_until=fact.until))
        case f.Moved():
            return replace(session, moved=fact)
        case f.Undone():
            return _undone(session, fact)
        case f.StepClosed():
            session = replace(session, quiet_steps=session.quiet_steps + 1 if fact.quiet else 0)
            return _step_closed(session, fact)
        case f.Extended():
            return _current(session, until=fact.until, nudged=False, host_asked=False, looking=None)
        case f.Paused():
            return replace(session, paused=fact.why, paused_at=fact.at)
        case f.Resumed():
            session = replace(session, paused="", paused_at=None)
            closed = session.steps[session.step].closed if session.step else False
            if not session.step:
                return session
            return _current(session, **({"read_until" if closed else "until": fact.until}))
        case f.PlaceReady():
            return replace(
                session,
                places=session.places.put(fact.place, fact.channel),
                channels=session.channels.put(fact.channel, fact.place),
            )
        case f.PairsFormed():
            state = session.steps[fact.step]
            return _put_step(session, fact.step, replace(state, pairs=dict(fact.pairs)))
        case f.DoorSet():
            return replace(session, locked=fact.locked)
        case f.LineSaid():
            return session
        case f.Reported():
            return replace(session, reported=session.reported | {fact.answer} - {""})
        case f.HelpAsked():
            if fact.person not in session.people:
                return session
            person = replace(session.people[fact.person], needs_help=True)
            return _put_person(session, person)
        case f.ToldOnce():
            told = session.told.get(fact.person, frozenset()) | {fact.what}
            return replace(session, told=session.told.put(fact.person, told))
        case f.WordsShown():
            person = replace(session.people[fact.person], card=fact.name)
            return _put_person(session, person)
        case f.PhaseChanged():
            return replace(session, phase=fact.phase, phase_until=fact.until, paused="", paused_at=None)
        case f.Proposed():
            return replace(session, proposed=session.proposed | {(fact.person, fact.rule)})
        case f.RecognisedByHost() | f.RecognitionDeclined() | f.Recognised():
            return _recognised(session, fact)
        case f.BadgeIssued():
            return replace(session, badges={**session.badges, (fact.person, fact.rule): fact.badge})
        case f.BadgeDisclosureSet():
            dress = Dress(named=fact.named, story=fact.story)
            return replace(session, dressed={**session.dressed, (fact.person, fact.rule): dress})
        case f.BadgeShown():
            pair = (fact.person, fact.rule)
            shown = session.on_show | {pair} if fact.on else session.on_show - {pair}
            return replace(session, on_show=shown)
        case f.SeriesHeld():
            return replace(session, whole={**session.whole, fact.person: fact.badges})
        case f.Thanked():
            thanks = Thanks(
                id=fact.thanks,
                by=fact.by,
                person=fact.person,
                name=fact.name,
                text=fact.text,
                seq=session.version,
                at=fact.at,
                answer=fact.answer,
                story=fact.story,
                passed=True if fact.answer or fact.story else None,  # the room has read it already
                share=Share.NAME if fact.story else Share.NO,
            )
            numbered = int(fact.thanks) if fact.thanks.isdecimal() else session.thanked
            return replace(session, thanks=session.thanks.put(fact.thanks, thanks), thanked=numbered)
        case f.ThanksLookedAt():
            return _thanks(session, fact.thanks, passed=fact.on)
        case f.ThanksAllowed():
            return _thanks(session, fact.thanks, share=fact.share)
        case f.ThanksHidden():
            return _thanks(session, fact.thanks, hidden=fact.on)
        case f.ThanksTaken():
            return replace(session, thanks=session.thanks.without(fact.thanks))
        case f.Forgotten():
            return _forgotten(session, fact)
        case f.RecapFrozen():
            return replace(session, frozen=frozenset(fact.answers))
        case f.FilmAllowed():
            return replace(
                session,
                filmed=session.filmed | {fact.answer} if fact.on else session.filmed - {fact.answer},
            )
        case f.RecapHeld():
            return replace(
                session,
                phase_until=None,
                recap_held=fact.reason,
                recap_held_by=fact.by,
                recap_held_seq=session.version,
            )
        case f.ThemeAdded():
            woven = Woven(by=fact.by, text=fact.text, seq=session.version)
            there = session.threads
            return replace(
                session, threads=there.put(fact.number, woven) if fact.text else there.without(fact.number)
            )
        case f.StepsOffered():
            return replace(session, offered_steps=session.offered_steps | set(fact.steps))
        case f.StepTaken() | f.StepTold() | f.StepLetGo():
            return _undertaken(session, fact)
        case f.Expired():
            return _expired(session, fact)
        case _:
            assert_never(fact)


def _undertaken(session: Session, fact: f.StepTaken | f.StepTold | f.StepLetGo) -> Session:
    there = session.undertaken
    before = there.get(fact.id)
    match fact:
        case f.StepTaken() if before is None:
            now = Undertaking(id=fact.id, choice=fact.choice, person=fact.person, at=fact.at, due=fact.due)
        case f.StepTaken():
            now = replace(before, due=fact.due)
        case f.StepTold():
            now = replace(before, how=fact.how, text=fact.text, seq=session.version, at=fact.at)
        case _:
            return replace(session, undertaken=there.without(fact.id), let_go=session.let_go + 1)
    return replace(session, undertaken=there.put(fact.id, now))


def _recognised(session: Session, fact: f.RecognisedByHost | f.RecognitionDeclined | f.Recognised) -> Session:
    """What somebody is recognised for, and a line in the list for hosts."""
    pair = (fact.person, fact.rule)
    granted, declined = session.granted, session.declined - {pair}
    by_hand, revoked = dict(session.by_hand), dict(session.revoked)
    badges = dict(session.badges)
    by, reason = PersonId(""), ""
    match fact:
        case f.RecognisedByHost():
            by_hand[pair], what, by = fact.thanks, "offered", fact.by
            revoked.pop(pair, None)
        case f.RecognitionDeclined():
            declined, what, by, reason = declined | {pair}, "given back", fact.by, fact.reason
            by_hand.pop(pair, None)
            if fact.by:
                revoked[pair], what = fact.at, "revoked"
        case f.Recognised(on=True):
            granted, what = granted | {pair}, "taken"
        case f.Recognised():
            granted, declined, what = granted - {pair}, session.declined, "gone"
            badges.pop(pair, None)  # that one is not true any more: taken again, it is another
    line = Recognition(
        at=fact.at,
        person=fact.person,
        rule=fact.rule,
        what=what,
        by=by,
        reason=reason,
        seq=session.version,
    )
    return replace(
        session,
        granted=granted,
        declined=declined,
        by_hand=by_hand,
        revoked=revoked,
        badges=badges,
        recognitions=(*session.recognitions, line),
    )


def _thanks(session: Session, key: str, **changes: object) -> Session:
    return replace(session, thanks=session.thanks.put(key, replace(session.thanks[key], **changes)))


def _current(session: Session, **changes: object) -> Session:
    state = replace(session.steps[session.step], **changes)
    return _put_step(session, session.step, state)


def fold(log: Iterable[Fact], start: Session | None = None) -> Session:
    """The session that these facts make: `reduce(evolve, log, Session())`."""
    session = start or Session()
    for fact in log:
        session = evolve(session, fact)
    return session
