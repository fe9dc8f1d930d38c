"""The read side: pure functions over a loaded session. Pages, panels, forms and boards ask these only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from bot.core.model.facts import Mode, Phase, Share
from bot.core.model.records import record
from bot.core.model.script import (
    Audience,
    Choice,
    Field,
    Gallery,
    Item,
    Open,
    Option,
    Pair,
    Reflection,
    Reveal,
    Scale,
    Script,
    Step,
    Story,
    Vote,
    Written,
    takes_words,
)
from bot.core.model.session import Answer, Session, StepState
from bot.core.participants.moderation import looked_at
from bot.core.queries import form_answer, is_asked, items_of, labels_of, may_be_shown
from bot.core.steps.gallery import signs_on
from bot.core.steps.scale_statistics import UNSURE
from bot.core.text.messages import N_, ntr, tr

LATE = N_(
    "It comes after the others: it is not shown now, stays with you, and can go into the recap (My words)."
)
FIRST = 3  # cards of a gallery that a person is shown first
IN_CALL = 3  # fields of a story while people talk


@record
class Card:
    """Something said that everybody in the room can read already."""

    author: str
    fields: tuple[tuple[str, str], ...]  # label (empty if there is one field), words


@record
class Hanging:
    """A card of a gallery, for one person: its number, and the signs that they put on it."""

    number: int
    answer: str
    card: Card
    signs: tuple[str, ...]
    first: bool = True  # among the three that this person is shown first


@record
class Form:
    """What a step asks of one person: fields to write or options to tap, with what they hold already."""

    step: str
    title: str
    fields: tuple[Field, ...] = ()
    options: tuple[Option, ...] = ()
    most: int = 0  # how many options at most
    items: tuple[Item, ...] = ()  # of a scale, with its numbers
    numbers: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] = ()
    anonymous_allowed: bool = False
    ask_share: bool = False
    share: str = "no"
    seen_by: str = ""  # who can read it, before typing
    cards: tuple[Hanging, ...] = ()  # of a gallery; the options are the signs


@record
class Aside:
    """A step that lies open beside others: what this person can fill in, and whether they have."""

    title: str
    form: Form
    done: bool = False


@record
class Now:
    """Where the session is, for one person."""

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
    in_pair: bool = False  # in a conversation whose partner can be changed
    looking: bool = False  # the host looks before all is shown
    asides: tuple[Aside, ...] = ()  # what lies open before the session, after it, or over its days
    day: int = 0  # of a session over days
    days: int = 0
    follow: bool | None = None  # whether this person may be asked later; None if nothing is asked
    remind: bool | None = None  # whether they like to be reminded; None where nobody is
    earlier: tuple[Aside, ...] = ()  # what was asked before, and still takes an answer or a change
    offers: tuple[tuple[str, str, str], ...] = ()  # typed for this person: key, by whom, words


@record
class Mine:
    """One of a person's answers, as their *My words* lists it."""

    number: int
    answer: Answer
    title: str
    fields: tuple[tuple[str, str, str], ...]  # key, label, text
    shown_in: str
    held: bool
    signs: tuple[str, ...]  # such as "2 × I can help"


def option_labels(script: Script, session: Session, step: Choice | Vote) -> tuple[Option, ...]:
    """The options of a step with their words; ideas of people are read from their answers."""
    return tuple(Option(key=key, label=label) for key, label in labels_of(session, step).items())


def form_for(script: Script, session: Session, person: str, step: Step) -> Form | None:
    """What this person can fill in for this step; None for something that is only read."""
    mine = form_answer(session, step.id, person)
    match step:
        case Gallery():
            return _gallery_form(script, session, person, step)
        case Scale():
            return Form(
                step=step.id,
                title=step.title,
                items=items_of(session, step),
                numbers=tuple(str(n) for n in range(step.least, step.most + 1)),
                picks=mine.picks if mine else (),
                seen_by=tr("Nobody sees what you tap. Medians are shown from four answers on."),
            )
        case Choice() | Vote():
            return Form(
                step=step.id,
                title=step.title,
                options=option_labels(script, session, step),
                most=step.dots if isinstance(step, Vote) else step.most,
                picks=mine.picks if mine else (),
                seen_by=seen_by(step)
                or tr("Nobody sees what you tap. The spread is shown from four answers on."),
            )
        case Written() if takes_words(step):
            texts = _prefilled(session, person, step)
            texts |= {k: piece.text for k, piece in mine.pieces.items()} if mine else {}
            fields = step.fields
            if isinstance(step, Story) and session.mode is Mode.CALL and not session.steps[step.id].closed:
                fields = tuple(field for field in fields if not field.options)[:IN_CALL]
            return Form(
                step=step.id,
                title=step.title,
                fields=fields,
                texts=texts,
                anonymous_allowed=isinstance(step, Open) and step.anonymous_allowed,
                ask_share=isinstance(step, Story),
                share=mine.share.value if mine else "no",
                seen_by=tr(LATE) if _past(session, step) else seen_by(step, looked=looked_at(script, step)),
            )
        case _:
            return None


def _prefilled(session: Session, person: str, step: Written) -> dict[str, str]:
    """What somebody tapped before and would tap here again; it counts once they send it."""
    found = {}
    for asked in step.fields:
        earlier = form_answer(session, asked.prefill, person) if asked.prefill else None
        keys = {option.key for option in asked.options}
        picks = [pick for pick in (earlier.picks if earlier else ()) if pick in keys]
        if picks:
            found[asked.key] = ",".join(picks if asked.many else picks[:1])
    return found


def offered(
    script: Script, step: str, person: str, earlier: Sequence[tuple[Script, Session]]
) -> dict[str, tuple[str, str]]:
    """What this person said in earlier parts of the series, for the fields that it is offered in.

    It is read where it stands and copied nowhere: taken back there, it is gone from here.
    """
    found: dict[str, tuple[str, str]] = {}
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
                    found[to.partition(".")[2]] = (other.title, answer.text(asked))
    return found


def _gallery_form(script: Script, session: Session, person: str, step: Gallery) -> Form:
    state = session.steps[step.id]
    held: frozenset[tuple[str, str]] = state.signs.get(person, frozenset())
    there = shown(session, state.cards)
    mine_first = first_three(session, person, tuple(answer.id for answer in there))
    cards = tuple(
        Hanging(
            number=state.cards.index(answer.id) + 1,
            answer=answer.id,
            card=card_of(script, session, answer),
            signs=tuple(option.key for option in step.reactions if (answer.id, option.key) in held),
            first=answer.id in mine_first,
        )
        for answer in there
    )
    return Form(
        step=step.id,
        title=step.title,
        options=step.reactions,
        cards=cards,
        seen_by=tr("A sign tells its author something; nobody is shown who gave it, and nothing is ranked."),
    )


def _past(session: Session, step: Step) -> bool:
    """Whether what is written here now comes after all was shown together."""
    state = session.steps.get(step.id)
    together = isinstance(step, Pair) or (isinstance(step, Open) and step.reveal is Reveal.TOGETHER)
    return together and state is not None and state.closed


def first_three(session: Session, person: str, keys: tuple[str, ...]) -> frozenset[str]:
    """The cards that one person is shown first, so that each card is among somebody's three."""
    others = [key for key in keys if session.answers[key].person != person]
    if len(others) <= FIRST:
        return frozenset(keys)
    place = list(session.people).index(person) if person in session.people else 0
    return frozenset(others[(place + n) % len(others)] for n in range(FIRST))


def seen_by(step: Step, *, looked: bool = False) -> str:
    """Who can read what is written in this step: said before anybody types."""
    operator = tr("Whoever runs this bot could read its database.")
    if looked:
        operator = f"{tr('A host sees it a minute before, without your name.')} {operator}"
    match step:
        case Choice(reveal=Reveal.LIVE):
            return tr("Everybody in the room sees at once what you tap, with your name.")
        case Open(reveal=Reveal.LIVE):
            return tr("Everybody in the room reads it at once.")
        case Open(reveal=Reveal.TOGETHER, anonymous_allowed=True):
            told = tr(
                "Everybody reads it when the writing time is over, with your name or without. "
                "In a small group people may guess."
            )
            return f"{told} {operator}"
        case Open(reveal=Reveal.TOGETHER):
            return f"{tr('Everybody reads it, with your name, when the writing time is over.')} {operator}"
        case Pair():
            return tr("Everybody reads the line that you bring back.")
        case Story() | Reflection():
            ideas = ideas_of(step)
            told = tr("Nobody reads it now; only you, unless you allow more.")
            return " ".join(filter(None, (told, ideas, operator)))
        case Open():
            return f"{tr('Nobody reads it in the session; only you, unless you allow more.')} {operator}"
        case _:
            return ""


def ideas_of(step: Step) -> str:
    """Which of the private fields of a step are put to the vote, said before anybody types."""
    if not isinstance(step, Written):
        return ""
    loops = [field.label for field in step.fields if field.loop]
    if not loops:
        return ""
    return tr(
        "What you write under “{question}” is shown to all, without your name, as an idea to vote on.",
        question=loops[0],
    )


def now(script: Script, session: Session, person: str) -> Now:
    """Where the session is and what it asks of this person."""
    known = session.people.get(person)
    joined = known is not None and known.present
    state = session.steps.get(session.step)
    step = script.step(session.step) if session.step else None
    form = None
    running = session.phase is Phase.RUNNING
    if step is not None and state is not None and joined and running:
        closed_vote = isinstance(step, Vote) and state.closed
        form = None if closed_vote else form_for(script, session, person, step)
    coming = next(iter(script.steps[script.number(step.id) :]), None) if step else None
    pairing = running and joined and session.mode is Mode.LIVE and script.audience is not Audience.UNDER_18
    return Now(
        phase=session.phase,
        title=step.title if step and running else script.title,
        number=script.number(step.id) if step else 0,
        total=len(script.steps),
        text=said(step, session) if step and running else script.about,
        step=step.id if step and running else "",
        until=until_of(state) if state and running and session.mode is not Mode.CALL else None,
        paused=bool(session.paused),
        closed=bool(state and state.closed),
        joined=joined,
        reading=bool(known and known.reading),
        removed=bool(known and known.removed),
        answered=bool(state and person in state.by_person),
        moment=session.moment,
        form=form,
        coming_pair=pairing and isinstance(coming, Pair) and not (known and known.reading),
        wish=session.wishes[person].value if person in session.wishes else "",
        in_pair=pairing and isinstance(step, Pair) and bool(state and not state.closed),
        looking=bool(running and state and state.looking is not None),
        asides=_asides(script, session, person) if joined else (),
        earlier=_earlier(script, session, person) if joined and not (known and known.reading) else (),
        offers=_offers(session, person),
        day=session.day,
        days=script.days,
        follow=person in session.follow if joined and follow_ups_of(script) else None,
        remind=person in session.remind if joined and session.over_days else None,
    )


def until_of(state: StepState) -> datetime | None:
    """Until when the current moment of a step lasts."""
    if state.closed:
        return state.read_until
    return state.until if state.looking is None else state.look_until


def _asides(script: Script, session: Session, person: str) -> tuple[Aside, ...]:
    found = []
    for key in session.asides:
        step, state = script.step(key), session.steps[key]
        form = form_for(script, session, person, step)
        if form is not None and is_asked(script, session, key, person):
            done = person in state.by_person or person in state.passed  # a wall stays to be read
            found.append(Aside(title=step.title, form=form, done=done))
    return tuple(found)


def follow_ups_of(script: Script) -> str:
    """How often somebody would be asked later, and when: what the yes is about."""
    mine = [each.days for each in script.follow_ups if not each.hosts]
    if not mine or script.audience is Audience.UNDER_18:
        return ""
    return ntr(
        "May I ask you once, privately, what became of it? It would be {when} days after the recap.",
        "May I ask you {n} times, privately, what became of it? It would be {when} days after the recap.",
        len(mine),
        when=f" {tr('and')} ".join(map(str, mine)),
    )


def _earlier(script: Script, session: Session, person: str) -> tuple[Aside, ...]:
    """The questions that are past and still open to this person: all that is written, and taps not made yet."""
    if session.phase in (Phase.LOBBY, Phase.FOLLOWING, Phase.CLOSED):
        return ()
    found = []
    for key, state in session.steps.items():
        step = script.step(key)
        if (key == session.step and session.phase is Phase.RUNNING) or key in session.asides:
            continue
        tapped = isinstance(step, Choice | Scale) and person not in state.by_person and state.aside is False
        form = form_for(script, session, person, step) if isinstance(step, Written) or tapped else None
        if form is not None:
            found.append(Aside(title=step.title, form=form))
    return tuple(found)


def said(step: Step, session: Session) -> str:
    """What a step says: something else, if the script has it, when there are few people."""
    state = session.steps.get(step.id)
    few = state is not None and state.few and step.if_few not in ("", "skip")
    return step.if_few if few else step.say


def _offers(session: Session, person: str) -> tuple[tuple[str, str, str], ...]:
    """What was typed for somebody and waits for their word."""
    found = []
    for key, offer in session.offers.items():
        if offer.person == person:
            by = session.people.get(offer.by)
            found.append((key, by.name if by else tr("somebody"), offer.text))
    return tuple(found)


def mine(script: Script, session: Session, person: str) -> tuple[Mine, ...]:
    """All that somebody wrote or tapped in this session and did not take back, numbered from 1."""
    found: list[Mine] = []
    for key, state in session.steps.items():
        step = script.step(key)
        labels: dict[str, str] = {}
        asked: dict[str, Field] = {}
        if isinstance(step, Choice | Vote):
            labels = {option.key: option.label for option in option_labels(script, session, step)}
        elif isinstance(step, Scale):
            labels = _scale_labels(step)
        elif isinstance(step, Written):
            asked = {field.key: field for field in step.fields}
        for answer in map(session.answers.__getitem__, state.by_person.get(person, ())):
            texts = tuple(
                (k, asked[k].label, asked[k].shown(p.text))
                for k, p in answer.pieces.items()
                if p.text and k in asked
            )
            taps = tuple(("", tr("you picked"), labels.get(p, tr("(taken back)"))) for p in answer.picks)
            if texts or taps:
                found.append(
                    Mine(
                        number=len(found) + 1,
                        answer=answer,
                        title=step.title,
                        fields=texts + taps,
                        shown_in=_shown_in(session, answer),
                        held=answer.held,
                        signs=_signs(script, session, answer),
                    )
                )
    return tuple(found)


def _scale_labels(step: Scale) -> dict[str, str]:
    said = [*(str(n) for n in range(step.least, step.most + 1)), UNSURE]
    words = {UNSURE: tr("can't tell")}
    return {f"{i.key}={n}": f"{i.label}: {words.get(n, n)}" for i in step.items for n in said}


def _signs(script: Script, session: Session, answer: Answer) -> tuple[str, ...]:
    labels = {
        o.key: o.label for step in script.all_steps if isinstance(step, Gallery) for o in step.reactions
    }
    return tuple(f"{n} × {labels.get(key, key)}" for key, n in signs_on(session, answer).items())


def _shown_in(session: Session, answer: Answer) -> str:
    state = session.steps[answer.step]
    shown = {key for _, revealed in state.revealed for key in revealed} | set(state.gathered)
    shown |= {key for each in session.steps.values() for key in each.cards}
    if answer.source or answer.id in shown:
        return tr("shown in the room")
    return tr("not shown to anybody")


def find_mine(script: Script, session: Session, person: str, which: str) -> Answer | None:
    """One of a person's answers, by its number under /my or by its id."""
    for item in mine(script, session, person):
        if which in (str(item.number), item.answer.id):
            return item.answer
    return None


def shown(session: Session, keys: tuple[str, ...]) -> tuple[Answer, ...]:
    """Those of these answers that may still be shown, in this order."""
    return tuple(
        answer for answer in map(session.answers.get, keys) if answer and may_be_shown(session, answer)
    )


def author(session: Session, answer: Answer) -> str:
    """The name that an answer is shown under in the session."""
    if answer.anonymous or (answer.share is Share.ANONYMOUS and not answer.source):
        return tr("somebody")
    person = session.people.get(answer.person)
    return person.name if person and person.name else tr("somebody")


def card_of(script: Script, session: Session, answer: Answer) -> Card:
    """An answer as a card: whose it is, and its words field by field."""
    step = script.step(answer.step)
    asked = {field.key: field for field in step.fields} if isinstance(step, Written) else {}
    several = len(asked) > 1
    fields = tuple(
        (asked[key].label if several else "", asked[key].shown(piece.text))
        for key, piece in answer.pieces.items()
        if piece.text and key in asked
    )
    return Card(author=author(session, answer), fields=fields)
