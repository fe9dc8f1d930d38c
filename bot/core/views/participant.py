"""The read side: pure functions over a loaded session. Pages, panels, forms and boards ask these only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from bot.core.model.facts import Mode, Phase, Share
from bot.core.model.records import record
from bot.core.model.script import Audience, Script
from bot.core.model.session import PAIR, Answer, Session, StepState
from bot.core.model.steps import Step, Written
from bot.core.queries import is_asked, may_be_shown
from bot.core.steps.forms import Form
from bot.core.steps.gallery import reactions_of, signs_on
from bot.core.steps.offers import made_to, met
from bot.core.steps.pairs import group_of, on_their_own, partners
from bot.core.steps.registry import kind_of
from bot.core.steps.vote import stood_in_vote
from bot.core.views.recap import published

POSTED = (Phase.FOLLOWING, Phase.CLOSED)  # the recap is there


@record
class Aside:
    """A step that lies open beside others: what this person can fill in, and whether they have."""

    title: str
    form: Form
    done: bool = False


class Waiting(NamedTuple):
    """Words that wait for somebody to say whether they are their answer."""

    key: str
    by: str  # who typed them, if known
    words: str
    own: bool  # they said them themselves
    steps: tuple[
        tuple[str, str], ...
    ]  # the two questions, id and title, if only they know which one it is for


@record
class Now:
    """The place of a session, for one person."""

    phase: Phase
    title: str
    number: int
    total: int
    text: str
    step: str
    until: datetime | None
    paused: bool
    closed: bool
    joined: bool
    reading: bool
    removed: bool
    answered: bool
    moment: int
    form: Form | None
    coming_pair: bool = False  # pairs are next: how would this person like to talk?
    wish: str = ""
    alone: bool = False  # they do a step for two or three on their own
    in_pair: bool = False  # in a conversation whose partner can be changed
    partners: tuple[str, ...] = ()  # with whom this person talks now
    first: str = ""  # who begins there; nothing if it is this person
    lines: tuple[tuple[str, str], ...] = ()  # what their partners wrote for the group: by whom, and the words
    looking: bool = False  # the host looks before all is shown
    asides: tuple[Aside, ...] = ()  # what lies open before the session, after it, or over its days
    day: int = 0  # of a session over days
    days: int = 0
    follow: bool | None = None  # whether this person may be asked later; None if nothing is asked
    remind: bool | None = None  # whether they like to be reminded; None where nobody is
    earlier: tuple[Aside, ...] = ()  # what was asked before, and still takes an answer or a change
    offers: tuple[Waiting, ...] = ()


class Readers(Enum):
    """Who has read an answer."""

    PAIR = "pair"
    ROOM = "room"
    VOTERS = "voters"  # its idea stood in a vote, without a name
    COMPANION = "companion"
    RECAP = "recap"
    HOST = "host"


@record
class Mine:
    """One of a person's answers, as their *My words* lists it."""

    number: int  # stays the same whatever else is taken back
    answer: Answer
    title: str
    fields: tuple[tuple[str, str, str], ...]  # key, label, text
    taps: tuple[
        tuple[str, str], ...
    ]  # what was picked (nothing: it was taken back), and the number that it got
    readers: tuple[Readers, ...]  # who has read it so far, beside its author; none: nobody
    held: bool
    signs: tuple[str, ...]  # such as "2 × I can help"
    offers: tuple[tuple[str, str, str], ...] = ()  # who can be met: their id, name, and what they offer


def form_for(script: Script, session: Session, person: str, step: Step) -> Form | None:
    """The form of this person for this step; None for something that is only read."""
    return kind_of(step).form(script, session, person, step)


def offered(
    script: Script, step: str, person: str, earlier: Sequence[tuple[Script, Session]]
) -> dict[str, tuple[str, str]]:
    """The words of this person from earlier parts of the series, for the fields in which they are offered.

    It is read where it stands and copied nowhere: taken back there, it is gone from here.
    """
    answers: dict[str, tuple[str, str]] = {}
    for source, to in script.carry:
        workshop, _, where = source.partition(".")
        key, _, asked = where.partition(".")
        if to.partition(".")[0] != step:
            continue
        for other, session in earlier:
            state = session.steps.get(key)
            if other.id != workshop or state is None:
                continue
            for answer in map(session.answers.__getitem__, state.by_person.get(person, ())):
                if answer.text(asked) and not answer.withdrawn:
                    answers[to.partition(".")[2]] = (other.title, answer.text(asked))
    return answers


def _in_pairs(step: Step | None) -> bool:
    return step is not None and kind_of(step).in_pairs


def now(script: Script, session: Session, person: str) -> Now:
    """Where the session is and what it asks of this person."""
    participant = session.people.get(person)
    joined = participant is not None and participant.present
    state = session.steps.get(session.step)
    step = script.step(session.step) if session.step else None
    form = None
    running = session.phase is Phase.RUNNING
    if step is not None and state is not None and joined and running:
        over = kind_of(step).final and state.closed
        form = None if over else form_for(script, session, person, step)
    coming = next(iter(script.steps[script.number(step.id) :]), None) if step else None
    pairing = running and joined and session.mode is Mode.LIVE and script.audience is not Audience.UNDER_18
    return Now(
        phase=session.phase,
        title=step.title if step and running else script.title,
        number=script.number(step.id) if step else 0,
        total=len(script.steps),
        text=said(step, session, person) if step and running else script.about,
        step=step.id if step and running else "",
        until=until_of(state) if state and running and session.mode is not Mode.CALL else None,
        paused=bool(session.paused),
        closed=bool(state and state.closed),
        joined=joined,
        reading=bool(participant and participant.reading),
        removed=bool(participant and participant.removed),
        answered=bool(state and person in state.by_person),
        moment=session.moment,
        form=form,
        coming_pair=pairing and _in_pairs(coming) and not (participant and participant.reading),
        wish=session.wishes[person].value if person in session.wishes else "",
        partners=tuple(_names(session, partners(session, step.id, person))) if step and running else (),
        first=next(
            iter(_names(session, [p for p in group_of(session, step.id, person)[:1] if p != person])), ""
        )
        if step and running
        else "",
        lines=_lines(session, step, person) if step and running else (),
        alone=bool(step and running and on_their_own(session, step, person)),
        in_pair=pairing and _in_pairs(step) and bool(state and not state.closed),
        looking=bool(running and state and state.looking is not None),
        asides=_asides(script, session, person) if joined else (),
        earlier=_earlier(script, session, person)
        if joined and not (participant and participant.reading)
        else (),
        offers=_offers(script, session, person),
        day=session.day,
        days=script.days,
        follow=person in session.follow if joined and follow_up_days(script) else None,
        remind=person in session.remind if joined and session.over_days else None,
    )


def _names(session: Session, people: Sequence[str]) -> list[str]:
    return [known.name for each in people if (known := session.people.get(each)) and known.name]


def _lines(session: Session, step: Step, person: str) -> tuple[tuple[str, str], ...]:
    """What the others of a group have written for all of it."""
    found = []
    for other in partners(session, step.id, person):
        for answer in map(session.answers.__getitem__, session.steps[step.id].by_person.get(other, ())):
            words = " · ".join(piece.text for piece in answer.pieces.values() if piece.text)
            if words and may_be_shown(session, answer):
                found.append((session.people[other].name, words))
    return tuple(found)


def until_of(state: StepState) -> datetime | None:
    """Until when the current moment of a step lasts."""
    if state.closed:
        return state.read_until
    return state.until if state.looking is None else state.look_until


def _asides(script: Script, session: Session, person: str) -> tuple[Aside, ...]:
    asides = []
    for key in session.asides:
        step, state = script.step(key), session.steps[key]
        form = form_for(script, session, person, step)
        if form is not None and is_asked(script, session, key, person):
            done = person in state.by_person or person in state.passed  # a wall stays to be read
            asides.append(Aside(title=step.title, form=form, done=done))
    return tuple(asides)


def follow_up_days(script: Script) -> tuple[int, ...]:
    """The days after the recap on which somebody would be asked: what their yes is about."""
    if script.audience is Audience.UNDER_18:
        return ()
    return tuple(follow_up.days for follow_up in script.follow_ups if not follow_up.hosts)


def _earlier(script: Script, session: Session, person: str) -> tuple[Aside, ...]:
    """The questions that are past and still open to this person: all that is written, and taps not made yet."""
    if session.phase in (Phase.LOBBY, Phase.FOLLOWING, Phase.CLOSED):
        return ()
    earlier = []
    for key, state in session.steps.items():
        step = script.step(key)
        if (key == session.step and session.phase is Phase.RUNNING) or key in session.asides:
            continue
        kind = kind_of(step)
        tapped = kind.tapped and not kind.final and person not in state.by_person and not state.aside
        form = form_for(script, session, person, step) if isinstance(step, Written) or tapped else None
        if form is not None:
            earlier.append(Aside(title=step.title, form=form))
    return tuple(earlier)


def said(step: Step, session: Session, person: str = "") -> str:
    """What a step says: something else, if the script has it, with few people, or to one who has no partner."""
    state = session.steps.get(step.id)
    alone = (state is not None and state.few) or on_their_own(session, step, person)
    return step.if_few if alone and step.if_few not in ("", "skip") else step.say


def _offers(script: Script, session: Session, person: str) -> tuple[Waiting, ...]:
    """The lines that wait for somebody's word."""
    offers = []
    for key, offer in session.offers.items():
        if offer.person == person:
            by = session.people.get(offer.by)
            steps = (offer.earlier, offer.step) if offer.earlier else ()
            asked = tuple((step, script.step(step).title) for step in steps)
            offers.append(Waiting(key, by.name if by else "", offer.text, bool(offer.source), asked))
    return tuple(offers)


def mine(script: Script, session: Session, person: str, first: int = 1) -> tuple[Mine, ...]:
    """All that somebody wrote or tapped in this session and did not take back.

    An answer keeps its number for good: they are counted as they came, those that were taken back as well.

    Args:
        first: the number of the first one.
    """
    numbers = {key: number for number, key in enumerate(session.authored.get(person, ()), first)}
    items: list[Mine] = []
    offered_to = made_to(script, session, person)
    for key, state in session.steps.items():
        step = script.step(key)
        kind = kind_of(step)
        fields = {field.key: field for field in step.fields} if isinstance(step, Written) else {}
        for answer in map(session.answers.__getitem__, state.by_person.get(person, ())):
            texts = tuple(
                (field, fields[field].label, fields[field].shown(piece.text))
                for field, piece in answer.pieces.items()
                if piece.text and field in fields
            )
            if texts or answer.picks:
                items.append(
                    Mine(
                        number=numbers[answer.id],
                        answer=answer,
                        title=step.title,
                        fields=texts,
                        taps=kind.taps(session, step, answer),
                        readers=_readers(script, session, answer),
                        held=answer.held,
                        signs=_signs(script, session, answer),
                        offers=tuple(
                            (offer.giver, session.people[offer.giver].name, offer.label)
                            for offer in offered_to
                            if offer.answer.id == answer.id and not met(session, person, offer.giver)
                        ),
                    )
                )
    return tuple(sorted(items, key=lambda item: item.number))


def _signs(script: Script, session: Session, answer: Answer) -> tuple[str, ...]:
    labels = reactions_of(script)
    return tuple(f"{n} × {labels.get(key, key)}" for key, n in signs_on(session, answer).items())


def _readers(script: Script, session: Session, answer: Answer) -> tuple[Readers, ...]:
    """Who was shown an answer, or a part of it."""
    state = session.steps[answer.step]
    revealed = {key for _, keys in state.revealed for key in keys} | set(state.gathered)
    revealed |= {key for each in session.steps.values() for key in each.cards}
    in_pair = answer.room.startswith(PAIR)
    seen_by_group = in_pair and bool(answer.source)
    if kind_of(script.step(answer.step)).in_pairs:  # one writes for all of them
        seen_by_group = seen_by_group or bool(partners(session, answer.step, answer.person))
    found = {
        Readers.PAIR: seen_by_group,
        Readers.ROOM: (bool(answer.source) and not in_pair) or answer.id in revealed,
        Readers.VOTERS: stood_in_vote(script, session, answer),
        Readers.COMPANION: answer.share is Share.COMPANION and bool(session.companions),
        Readers.RECAP: session.phase in POSTED and published(script, session, answer),
        # as they were told, or in the minute before all is shown; of a report they are not told
        Readers.HOST: answer.held or answer.id in (state.looking or ()),
    }
    return tuple(readers for readers, read in found.items() if read)


def find_mine(session: Session, person: str, which: str) -> Answer | None:
    """One of a person's answers, by its id or by its number on the card that they were shown; perhaps taken back."""
    theirs: tuple[str, ...] = session.authored.get(person, ())
    if which not in theirs:
        participant = session.people.get(person)
        place = (
            int(which[:6]) - (participant.card_first or 1 if participant else 1) if which.isdecimal() else -1
        )
        which = theirs[place] if 0 <= place < len(theirs) else ""
    return session.answers.get(which) if which else None
