"""What counts as an answer, and every person's hand on their own words (accept, amend, withdraw, share)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core.model import facts as f
from bot.core.model.cards import (
    Answers,
    Button,
    Card,
    Draft,
    Entrusted,
    Film,
    Glance,
    MoreFields,
    Note,
    Prompt,
    RecapAdded,
    RecapReady,
    Reportable,
    Spread,
)
from bot.core.model.effects import Edit, Erase
from bot.core.model.events import About, Deleted, Edited, MessageUsedAsAnswer, Posted, Submitted, TimerKind
from bot.core.model.facts import Mode, Phase, Share, Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.script import (
    PARKING,
    Asking,
    Choice,
    Field,
    Gallery,
    Open,
    Pair,
    Reveal,
    Scale,
    Step,
    Story,
    Vote,
    Written,
    takes_words,
)
from bot.core.model.session import HOSTS, PAIR, PARKED, PRIVATE, Answer, Session, private_place
from bot.core.pacing import follow_ups
from bot.core.queries import (
    everybody,
    form_answer,
    is_option,
    items_of,
    relayed,
    unanswered,
    unanswered_fields,
)
from bot.core.steps import gallery, one_by_one
from bot.core.steps.scale_statistics import UNSURE
from bot.core.text import messages
from bot.core.text.dates import calm
from bot.core.text.messages import N_
from bot.core.turn import Turn

MAX_ANSWERS = 5  # by one person in one step; a flood is not a contribution
GATHER_SECONDS = 10
OTHERS = "others"  # asked once whether those who are named in a story are fine with it
SETTLE_SECONDS = 5
DRAFT = "draft:"  # the names of drafts of the recap, each shown to one host
STOP = frozenset({"stop", "stopp", "unsubscribe", "basta", "para", "parar", "arrêt", "arrêter", "arrete"})
CHUNK = 5  # cards in one message


def posted(turn: Turn, event: Posted) -> None:
    """Somebody said something: an answer, or plain talk, which is left alone."""
    place = turn.session.channels.get(event.channel)
    if place is None and event.parent is not None:
        place = turn.session.channels.get(event.parent)
    if place is None:
        return
    person = event.person.id
    known = turn.session.people.get(person)
    if place.startswith(PAIR) and known is not None:
        _spoke(turn, place, person)
    replying = event.about.step if event.about else ""
    if known is None or not known.present:
        if replying and not (known and known.removed):
            turn.tell(person, messages.JOIN_FIRST)
        return
    in_private = place.startswith(PRIVATE)
    said = messages.clean(event.text).strip(" .!").lower()
    if in_private and turn.session.phase is Phase.FOLLOWING and said in STOP:
        follow_ups.wanted(turn, person, "no")
        turn.tick(place, event.id)
        return
    step = _meant(turn, place, person, replying)
    if step is None:
        return
    if isinstance(step, Gallery):
        if gallery.typed(turn, person, event.text):
            turn.tick(place, event.id)
        return
    if isinstance(step, Choice | Vote | Scale):
        here = in_private or (one_by_one.watched(step) and place in turn.session.rooms)
        picks = one_by_one.picked(turn.session, step, messages.clean(event.text)) if here else ()
        if picks:
            pick(turn, step, person, picks, said=event.id)
            turn.tick(place, event.id)
        elif in_private or replying:
            turn.tell(person, messages.NOT_THIS_STEP)
        return
    if not isinstance(step, Written) or not takes_words(step):
        return
    open_to_all = place in turn.session.rooms
    if open_to_all and not (isinstance(step, Open) and step.reveal is Reveal.LIVE):
        told = turn.session.told.get(person, frozenset())
        if f"seen:{step.id}" not in told:
            turn.fact(f.ToldOnce(at=turn.now, person=PersonId(person), what=f"seen:{step.id}"))
            if isinstance(step, Pair) and not turn.session.steps[step.id].few:
                turn.tell(person, messages.PAIR_BRINGS)
            else:
                turn.tell(person, messages.SEEN_BY_ALL_HERE if known.one_by_one else messages.SEEN_BY_ALL)
        return
    field, said = step.fields[0], event.text
    if in_private:
        field, said = one_by_one.meant_field(turn.session, step, person, said)
    text = checked(turn, person, said, field)
    if text is None:
        return
    if in_private:
        take(turn, step, person, {field.key: text}, room=known.room, said=event.id)
        return  # what it says is the sign that it counts
    take(turn, step, person, {field.key: text}, room=place, source=event.id)
    if turn.facts:
        turn.tick(place, event.id)


def _spoke(turn: Turn, place: PlaceName, person: PersonId) -> None:
    """Somebody says something in their pair; that they did is kept, once, and not what."""
    for key, state in turn.session.steps.items():
        if person in state.pairs.get(place, ()) and person not in state.spoke:
            turn.fact(f.PairSpoke(at=turn.now, step=key, person=PersonId(person)))


def _meant(turn: Turn, place: str, person: str, replying: str) -> Step | None:
    """The step that a message in this place answers, if it answers one."""
    session = turn.session
    if replying and replying in session.steps:
        return turn.script.step(replying)
    state = session.current
    if state is None and place.startswith(PRIVATE) and session.people[person].one_by_one:
        step = one_by_one.waiting(turn.script, session, person)  # what they were asked here last
        return step if step is not None and one_by_one.in_private(step) else None
    if state is None or state.closed:
        return None
    if place.startswith(PRIVATE):
        return turn.step
    if place.startswith(PAIR):
        return None  # a pair talks; its outcome goes by button or /answer
    step = turn.step
    if isinstance(step, Gallery) or one_by_one.watched(step):
        return step  # a number and a sign, such as "3 help", or a number; anything else is talk
    one_line = isinstance(step, Open) and step.reveal is Reveal.LIVE and len(step.fields) == 1
    if isinstance(step, Open) and one_line:
        return step if person not in state.by_person else None
    if isinstance(step, Written) and one_by_one.in_private(step) and person not in state.by_person:
        return step  # only to warn that everybody can see it
    return None


def next_field(session: Session, fields: tuple[Field, ...], step: Step, person: str) -> Field:
    """One field at a time: the first one that has no words yet, else the first."""
    mine = form_answer(session, step.id, person)
    for field in fields:
        if mine is None or not mine.text(field.key):
            return field
    return fields[0]


def checked(turn: Turn, person: str, raw: str, field: Field) -> str | None:
    """What somebody typed, if it is an answer of the right length; else they are told why not."""
    text = messages.clean(raw)
    if field.options:
        text = tapped(field, text)
    if not text:
        turn.tell(person, messages.EMPTY)
        return None
    if len(text) > field.max_chars:
        turn.tell(
            person, messages.say(messages.TOO_LONG, length=f"{len(text):,}", most=f"{field.max_chars:,}")
        )
        return None
    return text


def tapped(field: Field, raw: str) -> str:
    """Keys of options, from keys, labels or numbers with commas between; unknown ones are left out."""
    known = {option.key: option.key for option in field.options}
    known |= {option.label.casefold(): option.key for option in field.options}
    known |= {str(n): option.key for n, option in enumerate(field.options, 1)}
    found = [known[part] for each in raw.split(",") if (part := each.strip().casefold()) in known]
    return ",".join(dict.fromkeys(found if field.many else found[:1]))


def submitted(turn: Turn, event: Submitted) -> None:
    """A form or a tap that belongs to a step."""
    person = event.person.id
    known = turn.session.people.get(person)
    if known is None or not known.present:
        turn.tell(person, messages.JOIN_FIRST)
        return
    if event.step not in turn.session.steps or event.step == PARKED:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    step = turn.script.step(event.step)
    match step:
        case Choice() | Vote() | Scale():
            if event.picks is None:
                turn.tell(person, messages.NOT_THIS_STEP)
            else:
                pick(turn, step, person, event.picks)
        case Written() if takes_words(step):
            _submitted_words(turn, event, step.fields)
        case _:
            turn.tell(person, messages.NOTHING_OPEN)


def _submitted_words(turn: Turn, event: Submitted, fields: tuple[Field, ...]) -> None:
    person = event.person.id
    step = turn.script.step(event.step)
    mine = form_answer(turn.session, step.id, person)
    texts: dict[str, str] = {}
    for field in fields:
        if field.key not in event.fields:
            continue
        if not messages.clean(event.fields[field.key]):
            had = mine.text(field.key) if mine else ""
            if field.optional and had:
                texts[field.key] = ""
            continue
        text = checked(turn, person, event.fields[field.key], field)
        if text is None:
            return
        texts[field.key] = text
    if not any(texts.values()) and mine is None:
        turn.tell(person, messages.EMPTY)
        return
    anonymous = event.anonymous and isinstance(step, Open) and step.anonymous_allowed
    room = turn.session.people[person].room
    take(turn, step, person, texts, room=room, anonymous=anonymous)
    mine = form_answer(turn.session, step.id, person)
    if mine is not None and event.share in {s.value for s in Share}:
        share(turn, mine, Share(event.share), quiet=True)


def chosen(turn: Turn, event: MessageUsedAsAnswer) -> None:
    """Somebody says that a message of theirs, already in the room, is their answer."""
    person = event.person.id
    known = turn.session.people.get(person)
    if known is None or not known.present:
        turn.tell(person, messages.JOIN_FIRST)
        return
    state = turn.session.current
    step = turn.step if state else None
    place = turn.session.channels.get(event.channel)
    if state is None or place is None or not isinstance(step, Written) or not takes_words(step):
        turn.tell(person, messages.NOTHING_OPEN)
        return
    if event.message in turn.session.sources:
        return
    text = checked(turn, person, event.text, step.fields[0])
    if text is not None:
        room = place if place in turn.session.rooms else known.room
        take(turn, step, person, {step.fields[0].key: text}, room=room, source=event.message)
        if turn.facts:
            turn.tick(place, event.message)


def _merged(session: Session, step: Scale, mine: Answer | None, picks: tuple[str, ...]) -> tuple[str, ...]:
    """What somebody holds for each item from now on: the new taps over the earlier ones."""
    keys = [item.key for item in items_of(session, step)]
    held = dict(pick.split("=", 1) for pick in (mine.picks if mine else ()))
    for pick in picks:
        key, _, said = pick.partition("=")
        fine = said.isdecimal() and step.least <= int(said[:4]) <= step.most
        if key in keys and (fine or said == UNSURE):
            held[key] = said
    return tuple(f"{key}={held[key]}" for key in keys if key in held)


def pick(
    turn: Turn, step: Choice | Vote | Scale, person: str, picks: tuple[str, ...], *, said: str = ""
) -> None:
    """Taps, all at once: what the person holds for this step from now on. `said` is the message that named them."""
    state = turn.session.steps[step.id]
    if isinstance(step, Vote) and state.closed:
        turn.tell(person, messages.VOTE_CLOSED)
        return
    mine = form_answer(turn.session, step.id, person)
    if isinstance(step, Scale):
        chosen = _merged(turn.session, step, mine, picks)
    else:
        most = step.dots if isinstance(step, Vote) else step.most
        there = (key for key in dict.fromkeys(picks) if is_option(turn.session, step, key))
        chosen = tuple(there)[:most]
    if not chosen and not picks and mine is not None and one_by_one.watched(step):
        withdraw(turn, mine)  # a poll lets people take their tap back
        return
    if not chosen:
        turn.tell(person, messages.EMPTY)
        return
    if mine is not None and mine.picks == chosen:
        return
    turn.fact(
        f.Picked(
            at=turn.now,
            answer=mine.id if mine else f"a{turn.session.version + 1}",
            step=step.id,
            person=PersonId(person),
            picks=chosen,
            room=turn.session.people[person].room,
            said=said,
        )
    )
    if one_by_one.watched(step) and turn.session.live:
        turn.wake(TimerKind.GATHER, _soon(turn), visit=state.visit, until=state.moved_at)
    settled(turn)


def take(
    turn: Turn,
    step: Step,
    person: PersonId,
    texts: Mapping[str, str],
    *,
    room: PlaceName,
    source: str = "",
    said: str = "",
    anonymous: bool = False,
) -> None:
    """Accept words: a new answer, or changes to the one that a form already holds.

    Args:
        source: the message that everybody can read, if it was said in one.
        said: the message of its author, if it came in one in private or with a command.
    """
    session = turn.session
    mine = None if source else form_answer(session, step.id, person)
    if mine is None and len(session.steps[step.id].by_person.get(person, ())) >= MAX_ANSWERS:
        turn.tell(person, messages.say(messages.MANY, n=MAX_ANSWERS))
        return
    key = mine.id if mine else f"a{session.version + 1}"
    for field, text in texts.items():
        if mine and field in mine.pieces:
            amend(turn, mine, field, text, said=said)
        elif text:
            turn.fact(
                f.Answered(
                    at=turn.now,
                    answer=key,
                    step=step.id,
                    person=PersonId(person),
                    field=field,
                    text=Words(text),
                    room=room,
                    source=source,
                    anonymous=anonymous,
                    said=said,
                )
            )
    if not turn.facts:
        return
    state = turn.session.steps[step.id]
    if not source:
        beside = state.aside and not state.closed
        late = not beside and (state.closed or state.looking is not None or not turn.session.live)
        card: Card | str = messages.TAKEN_LATE if late and mine is None else messages.TAKEN
        if turn.session.over_days and mine is None and _waits(turn, person):
            card = Note(text=messages.TAKEN_MORE, buttons=(Button(label=N_("Catch up"), command="catchup"),))
        _say_taken(turn, step, person, card)
    live = isinstance(step, Open) and step.reveal is Reveal.LIVE
    several = len(turn.session.rooms) > 1
    if live and turn.session.live and mine is None and (several or not source):
        turn.wake(TimerKind.GATHER, _soon(turn), visit=state.visit, until=state.moved_at)
    settled(turn)


def _say_taken(turn: Turn, step: Step, person: PersonId, card: Card | str) -> None:
    """An answer is in; whoever is asked one by one hears the next question instead."""
    known = turn.session.people.get(person)
    if known is not None and known.one_by_one and one_by_one.in_private(step):
        about = About(step=step.id, visit=turn.session.steps[step.id].visit)
        if unanswered_fields(turn.session, step, person):
            turn.tell(person, one_by_one.question(turn.session, step, person), about=about)
            return
        turn.tell(person, card)
        if isinstance(step, Written) and len(step.fields) > 1:
            turn.tell(person, MoreFields(step=step.id, person=person), about=about, name=f"more:{step.id}")
        return
    turn.tell(person, card)


def _soon(turn: Turn) -> datetime:
    """When answers that no room message shows are gathered; over days not in the quiet hours."""
    at = turn.after(GATHER_SECONDS)
    return calm(turn.session, at) if turn.session.mode is Mode.ASYNC else at


def _waits(turn: Turn, person: str) -> bool:
    """Whether another open question waits for this person."""
    return unanswered(turn.script, turn.session, person) is not None


def amend(turn: Turn, answer: Answer, field: str, text: str, *, said: str = "") -> None:
    """The author changed one field: the old words are erased, what shows them is shown anew."""
    piece = answer.pieces.get(field)
    if answer.withdrawn or (piece is not None and piece.text == text):
        return
    turn.fact(
        f.Amended(
            at=turn.now,
            answer=answer.id,
            field=field,
            text=Words(text),
            blanks=(piece.seq,) if piece and piece.text else (),
            said=said,
        )
    )
    show_again(turn, answer)


def answer(turn: Turn, step: Step, person: PersonId, raw: str, *, said: str = "") -> None:
    """`/answer` and what somebody says: one field at a time where a step has several."""
    match step:
        case Choice() | Vote() | Scale():
            turn.tell(person, messages.NOT_THIS_STEP)
        case Written() if takes_words(step):
            field = next_field(turn.session, step.fields, step, person)
            text = checked(turn, person, raw, field)
            if text is not None:
                room = turn.session.people[person].room
                take(turn, step, person, {field.key: text}, room=room, said=said)
        case _:
            turn.tell(person, messages.NOTHING_OPEN)


def park(turn: Turn, person: str, raw: str) -> None:
    """Somebody keeps a good point for later; it belongs to no step."""
    field = PARKING.fields[0]
    text = checked(turn, person, raw, field)
    if text is None:
        return
    if PARKED not in turn.session.steps:
        turn.fact(f.AsideOpened(at=turn.now, step=PARKED, visit=0))
    if len(turn.session.steps[PARKED].by_person.get(person, ())) >= MAX_ANSWERS:
        turn.tell(person, messages.say(messages.MANY, n=MAX_ANSWERS))
        return
    turn.fact(
        f.Answered(
            at=turn.now,
            answer=f"a{turn.session.version + 1}",
            step=PARKED,
            person=PersonId(person),
            field=field.key,
            text=Words(text),
            room=turn.session.people[person].room,
        )
    )
    turn.tell(person, messages.PARKED)


def change(turn: Turn, mine: Answer, field: str, raw: str) -> None:
    """The author changes one field of an answer; the first one if none is named."""
    step = turn.script.step(mine.step)
    if not isinstance(step, Written):
        turn.tell(mine.person, messages.NOT_THIS_STEP)
        return
    wanted = next((each for each in step.fields if each.key == field), step.fields[0])
    text = checked(turn, mine.person, raw, wanted)
    if text is not None:
        amend(turn, mine, wanted.key, text)
        turn.tell(mine.person, messages.TAKEN)


def take_down(turn: Turn, mine: Answer) -> None:
    """Ask the platform to take the author's own message away, after they took the answer back."""
    turn.effects.append(Erase(place=mine.room, person=mine.person, messages=(mine.source,)))


def edited(turn: Turn, event: Edited) -> None:
    """A message changed; if it is an answer of its author, the answer changes with it."""
    key = turn.session.sources.get(event.message)
    if key is None:
        return
    answer = turn.session.answers[key]
    if answer.person != event.person.id or not event.text:
        return  # an edit event without content says nothing about the text
    step = turn.script.step(answer.step)
    if event.message == answer.said:
        assert isinstance(step, Choice | Vote | Scale)  # only these are answered by numbers
        picks = one_by_one.picked(turn.session, step, messages.clean(event.text))
        if picks:
            pick(turn, step, answer.person, picks, said=event.message)
        else:
            turn.tell(answer.person, messages.NOT_THIS_STEP)
        return
    assert isinstance(step, Written)  # only these are answered by words
    found = [each for each in step.fields if _said(answer, each.key) == event.message]
    field = found[0] if found else step.fields[0]
    said = one_by_one.without_number(step, field, event.text) if found else event.text
    text = checked(turn, answer.person, said, field)
    if text is not None:
        amend(turn, answer, field.key, text, said=event.message if found else "")


def _said(answer: Answer, field: str) -> str:
    """The message in private that said a field."""
    piece = answer.pieces.get(field)
    return piece.said if piece else ""


def deleted(turn: Turn, event: Deleted) -> None:
    """A message is gone; if it was an answer, it is taken back; if it was one field of several, that one is."""
    key = turn.session.sources.get(event.message)
    if key is None:
        return
    answer = turn.session.answers[key]
    own = [key for key in answer.pieces if _said(answer, key) == event.message]
    if own and any(piece.text for key, piece in answer.pieces.items() if key not in own):
        amend(turn, answer, own[0], "")
    else:
        withdraw(turn, answer)


def withdraw(turn: Turn, answer: Answer) -> None:
    """The author takes an answer back: its words are erased, and gone from what shows them."""
    if answer.withdrawn:
        return
    turn.fact(f.Withdrawn(at=turn.now, answer=answer.id, blanks=answer.blanks))
    show_again(turn, answer)


def share(turn: Turn, answer: Answer, how: Share, *, quiet: bool = False) -> None:
    """The author decides where an answer may appear."""
    if answer.withdrawn or answer.share is how:
        return
    turn.fact(f.Allowed(at=turn.now, answer=answer.id, share=how))
    if how is Share.COMPANION:
        for person in sorted(turn.session.companions):
            turn.show_copy(person, "entrusted", Entrusted(answer=answer.id), answer.id)
    elif answer.share is Share.COMPANION:
        show_copies(turn, answer)
    turn.follow_words(answer.person)
    _ask_for_others(turn, answer, how)
    recap_again(turn)
    if answer.id in turn.session.filmed:
        film_again(turn)
    if not quiet:
        turn.tell(answer.person, messages.SHARED[how.value])


def _ask_for_others(turn: Turn, answer: Answer, how: Share) -> None:
    """Whoever lets others read words in which somebody is named is asked whether they are fine with it.

    Whose name it may be outside of the session nobody here knows, so of a story it is asked once in any case.
    """
    if not how.public or answer.withdrawn:
        return
    said = " ".join(piece.text for piece in answer.pieces.values()).casefold()
    others = [p.name for p in turn.session.people.values() if p.name and p.id != answer.person]
    named = any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said) for name in others)
    told = turn.session.told.get(answer.person, frozenset())
    if named:
        turn.tell(answer.person, messages.OTHERS_NAMED)
    elif isinstance(turn.script.step(answer.step), Story) and OTHERS not in told:
        turn.fact(f.ToldOnce(at=turn.now, person=PersonId(answer.person), what=OTHERS))
        turn.tell(answer.person, messages.OTHERS_MAYBE)


def film(turn: Turn, answer: Answer, *, on: bool) -> None:
    """Whether it may be in the short film, which asks for a yes of its own."""
    if not turn.session.films:
        turn.tell(answer.person, messages.NO_FILM)
        return
    if on and not answer.share.public:
        turn.tell(answer.person, messages.FILM_SHARE_FIRST)
        return
    if (answer.id in turn.session.filmed) is not on:
        turn.fact(f.FilmAllowed(at=turn.now, answer=answer.id, on=on))
        film_again(turn)
    turn.tell(answer.person, messages.FILM_YES if on else messages.FILM_NO)


def film_again(turn: Turn) -> None:
    """A film that was posted follows what its authors allow."""
    if turn.session.films and turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.revise("film", Film())


def show_copies(turn: Turn, answer: Answer) -> None:
    """What others were shown of an answer (whole, reported, entrusted) follows what its author does."""
    cards: dict[str, Card] = {
        "whole": Answers(step=answer.step, answers=(answer.id,)),
        "report": Reportable(answer=answer.id),
        "entrusted": Entrusted(answer=answer.id),
    }
    turn.follow_copies(answer.id, cards)


def recap_again(turn: Turn) -> None:
    """A recap that was posted, and a draft that a host was shown, follow what its authors allow."""
    for person, told in turn.session.told.items():
        for name in sorted(told):
            if name.startswith(DRAFT):
                turn.effects.append(Edit(place=private_place(person), name=name, card=Draft()))
    if turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.revise("recap", RecapReady())
        if turn.session.added:
            turn.say("recap-added", RecapAdded())
            turn.revise("recap-added", RecapAdded())


def show_again(turn: Turn, answer: Answer) -> None:
    """Revise the messages that show this answer, if any do."""
    turn.follow_words(answer.person)
    recap_again(turn)
    state = turn.session.steps[answer.step]
    for visit, revealed in state.revealed:
        if answer.id in revealed:
            part = revealed.index(answer.id) // CHUNK
            name, card, about = reveal_part(answer.step, visit, revealed, part)
            turn.revise(name, card, about)
    if answer.id in state.gathered:
        for place in turn.session.rooms:
            has = relayed(turn.session, state.gathered, place)
            if answer.id in has:
                card = Answers(step=answer.step, answers=has)
                turn.revise(f"heard:{answer.step}", card, places=(place,))
    asked = turn.session.current
    if asked is not None and asked.looking is not None and answer.id in asked.looking:
        glance = Glance(step=turn.session.step)
        turn.effects.append(Edit(place=HOSTS, name=f"look:{asked.visit}", card=glance))
    if answer.id in turn.session.reported:
        report = Reportable(answer=answer.id)
        turn.effects.append(Edit(place=HOSTS, name=f"report:{answer.id}", card=report))
    show_copies(turn, answer)
    gallery.show_again(turn, answer)
    there = turn.script.step(answer.step)
    if one_by_one.watched(there):
        one_by_one.show_tally(turn, there)
        for visit in state.visits if state.closed else ():
            turn.revise(f"spread:{visit}", Spread(step=there.id), About(step=there.id, visit=visit))
    for step in turn.script.all_steps:  # a vote over people's ideas shows their words, too
        asked = turn.session.steps.get(step.id)
        if isinstance(step, Vote) and asked and step.options_from.startswith(f"{answer.step}."):
            for n, visit in enumerate(asked.visits):
                about = About(step=step.id, visit=visit)
                turn.revise(f"prompt:{visit}", Prompt(step=step.id, again=n > 0), about)
                if visit != asked.visit or asked.closed:
                    turn.revise(f"spread:{visit}", Spread(step=step.id), about)


def reveal_part(step: str, visit: int, revealed: tuple[str, ...], part: int) -> tuple[str, Answers, About]:
    """The name, card and subject of one message of a reveal: five answers at most."""
    chunk = revealed[part * CHUNK : (part + 1) * CHUNK]
    parts = -(-len(revealed) // CHUNK)
    first = part * CHUNK + 1
    card = Answers(step=step, answers=chunk, part=part + 1, parts=parts, numbered_from=first, cut=False)
    return f"reveal:{visit}:{part}", card, About(step=step, visit=visit, answers=chunk)


def settled(turn: Turn) -> None:
    """Notice when everybody has answered or passed; the host sees it in the panel, the room does not."""
    session = turn.session
    state = session.current
    if state is None or state.closed or state.complete or session.phase is not Phase.RUNNING:
        return
    too_few = len(state.by_person) + len(state.passed) < session.counted
    if (too_few and not state.pairs) or not everybody(turn.script, session):
        return
    turn.fact(f.Completed(at=turn.now, visit=session.visit))
    if session.mode is not Mode.CALL:
        step = turn.step
        least = step.min_seconds if isinstance(step, Asking) else 0
        at = max(turn.after(SETTLE_SECONDS), state.moved_at + timedelta(seconds=least))
        turn.wake(TimerKind.COMPLETE, at, visit=session.visit)
