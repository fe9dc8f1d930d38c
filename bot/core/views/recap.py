"""The recap of a session: counts for everybody, words only as their authors allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.core.model.facts import Mode, Phase, Share
from bot.core.model.masked_count import count, size
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Asking, InRecap, Step, Written
from bot.core.queries import shuffled
from bot.core.recognition.rules import counted
from bot.core.recognition.thanks import in_recap, of_story
from bot.core.recognition.thanks import sentence as words_of
from bot.core.steps.action_items import choices
from bot.core.steps.diagrams import pictures_of
from bot.core.steps.registry import kind_of, only_talk
from bot.core.steps.tallies import labels_of
from bot.core.steps.taps import is_exact, says_counts
from bot.core.steps.value_map import came_true, coverage, stories_of, value_map
from bot.core.views.contributions import contributions
from bot.core.views.recap_data import Added, Before, Chosen, Later, Part, Quote, Recap, StoryCard

TITLE = "title"  # the field that names a story


Held = tuple[Session, Script]


def recap(script: Script, session: Session, *, draft: bool = False, earlier: Sequence[Held] = ()) -> Recap:
    """The recap as it is now; it lives as long as people change what they allow. A draft quotes already.

    Args:
        earlier: the sessions of the same series that were held before.
    """
    ready = draft or session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    given = [a for a in session.answers.values() if not a.withdrawn]
    people = len(_took_part(session, given))
    reading = count(
        sum(p.reading and not p.removed for p in session.people.values()), exact=says_counts(script)
    )
    value = value_map(script, session) if _tells_value(script) else None
    return Recap(
        series=tuple(_before(*part) for part in earlier),
        threads=tuple(woven.text for _, woven in sorted(session.threads.items())) if ready else (),
        map=value,
        stories=_stories(script, session) if ready else (),
        effects=contributions(script, session, people, reading, value) if value else (),
        chosen=_chosen(script, session),
        thanks=_thanks(script, session) if ready else (),
        recognised=tuple(
            (name, n)
            for name, n in counted(session, script.recognition)
            if count(n, exact=says_counts(script)).enough
        ),
        added=_added(script, session) if ready else (),
        discuss=_discuss(session),
        pictures=pictures_of(script, session),
        later=_later(script, session),
        title=script.title,
        about=script.about,
        at=_when(session),
        people=people,
        reading=reading,
        answers=len(given),
        parts=tuple(_parts(script, session, given, ready=ready)),
        next_steps=script.next_steps,
        resources=script.resources,
        credits=script.credits,
        review_until=session.phase_until if session.phase is Phase.REVIEW else None,
        ready=ready,
        introductions=len(session.introductions),
    )


def _took_part(session: Session, given: Sequence[Answer]) -> set[str]:
    """Who answered, or talked in a pair; beside a call, where most people talk, whoever joined."""
    people: set[str] = {answer.person for answer in given}
    answered = {(answer.step, answer.person) for answer in given}
    for key, state in session.steps.items():
        people |= state.spoke
        for group in state.pairs.values():
            if any((key, person) in answered for person in group):  # one of them wrote for all
                people.update(group)
    if session.mode is Mode.CALL:
        people |= {id for id, person in session.people.items() if not (person.reading or person.removed)}
    return people


def _before(session: Session, script: Script) -> Before:
    view = recap(script, session)
    return Before(
        title=view.title,
        at=view.at,
        people=view.people,
        answers=view.answers,
        stories=view.readable,
    )


def _parts(script: Script, session: Session, answers: Sequence[Answer], *, ready: bool) -> Iterator[Part]:
    """The parts of the steps; quotes only once everybody had time to look over their words."""
    later = {follow_up.step.id for follow_up in script.follow_ups}
    for step in script.all_steps:
        kind = kind_of(step)
        if (
            not isinstance(step, Asking)
            or not kind.in_recap(step)
            or only_talk(step)
            or step.id not in session.steps
        ):
            continue
        if step.recap is InRecap.NONE or step.id in later:
            continue
        own = [answer for answer in answers if answer.step == step.id]
        result = kind.result(script, session, step)
        labels = _public_labels(session, step)
        stories = _is_story(script, step)
        quotes = (
            _quote(script, session, answer)
            for answer in own
            if ready and not stories and not _late(session, answer)
        )
        yield Part(
            title=step.title,
            say=step.say,
            answered=count(len({answer.person for answer in own}), exact=is_exact(step)),
            spread=tuple((labels[key], count) for key, count in result.spread),
            vote=result.decides,
            ideas=result.ideas,
            stories=stories,
            told=kind.story,
            closed=result.too_few,
            measured=result.measure,
            quotes=tuple(_without_order(session, [quote for quote in quotes if quote is not None])),
        )


Q = TypeVar("Q", Quote, StoryCard)


def _without_order(session: Session, quotes: Sequence[Q]) -> list[Q]:
    """Where one of them has no name, the order in which they came says nothing of whose it is."""
    if all(quote.author for quote in quotes):
        return list(quotes)
    by_id = {quote.answer: quote for quote in quotes}
    return [by_id[key] for key in shuffled(session, by_id)]


def _later(script: Script, session: Session) -> tuple[Later, ...]:
    """The taps of follow-ups, counted; the words are in the parts, as people allow."""
    taps = []
    for follow_up in script.follow_ups:
        step = follow_up.step
        state = session.steps.get(step.id)
        if state is None or not isinstance(step, Written):
            continue
        tapped = next((asked for asked in step.fields if asked.options), None)
        counted: dict[str, int] = {}
        exact = is_exact(step)
        if tapped is not None and count(len(state.by_person), exact=exact).enough:
            for answer in session.answers.values():
                if answer.step == step.id and not answer.withdrawn and answer.text(tapped.key):
                    label = tapped.shown(answer.text(tapped.key))
                    counted[label] = counted.get(label, 0) + 1
        masked = ((label, count(n, exact=exact)) for label, n in counted.items())
        spread = tuple(sorted(masked, key=lambda tap: -size(tap[1])))
        taps.append(Later(title=step.title, spread=spread, answered=count(len(state.by_person), exact=exact)))
    return tuple(taps)


def _public_labels(session: Session, step: Step) -> dict[str, str]:
    """Options with their words; a person's own idea only with that person's yes."""
    labels = dict(labels_of(session, step))
    for key in labels:
        idea = session.answers.get(key)
        if idea is not None and not idea.share.public:
            labels[key] = ""
    return labels


def _discuss(session: Session) -> str:
    """The first room of the session, as Discord and Matrix let one link to it."""
    channel = next(iter(map(session.places.get, session.rooms)), None) or ""
    platform, _, room = channel.partition(":")
    if platform == "discord" and session.community.startswith("discord:"):
        return f"https://discord.com/channels/{session.community.partition(':')[2]}/{room}"
    return f"https://matrix.to/#/{room}" if platform == "matrix" and room.startswith("!") else ""


def _late(session: Session, answer: Answer) -> bool:
    """True if an answer came to the recap after it was to stay as it is, or says something else since then."""
    return session.frozen is not None and (answer.id not in session.frozen or answer.id in session.added)


def _added(script: Script, session: Session) -> tuple[Added, ...]:
    """The words that came later, by their day."""
    late = []
    for key, at in sorted(session.added.items(), key=lambda each: each[1]):
        answer = session.answers[key]
        quote = None if answer.withdrawn else _quote(script, session, answer)
        step = script.step(answer.step)
        if quote is not None:
            # taps are counted elsewhere
            tapped = {field.label for field in kind_of(step).fields(step) if field.options}
            quote = replace(quote, fields=tuple(each for each in quote.fields if each[0] not in tapped))
        if quote is not None and quote.fields:
            late.append(Added(at=at, title=script.step(answer.step).title, quote=quote))
    return tuple(late)


def quoted(script: Script, session: Session) -> tuple[str, ...]:
    """The answers whose words stand in the recap."""
    view = recap(script, session)
    cards = (story.answer for story in view.stories)
    return (*(quote.answer for part in view.parts for quote in part.quotes), *cards)


def published(script: Script, session: Session, answer: Answer) -> bool:
    """Whether the recap that was posted has the words of an answer."""
    posted = session.phase in (Phase.FOLLOWING, Phase.CLOSED) and session.visit > 0
    if not posted or answer.withdrawn or _quote(script, session, answer) is None:
        return False
    step = script.step(answer.step)
    counted_only = any(each.step.id == step.id for each in script.follow_ups) or not kind_of(step).in_recap(
        step
    )
    if not counted_only and not _late(session, answer):
        return True
    words = any(answer.text(field.key) for field in kind_of(step).fields(step) if not field.options)
    return answer.id in session.added and words


def _quote(script: Script, session: Session, answer: Answer) -> Quote | None:
    step = script.step(answer.step)
    if (
        not isinstance(step, Written)
        or step.recap is not InRecap.QUOTE
        or answer.held
        or not answer.share.public
        or any(
            given.hidden for given in session.thanks.values() if given.answer == answer.id
        )  # by who is thanked
    ):
        return None
    author = session.people.get(answer.person)
    if author is None or author.removed or author.forgotten:
        return None
    labels = {field.key: field for field in step.fields}
    several = len(labels) > 1
    fields = tuple(
        (labels[key].label if several else "", labels[key].shown(piece.text))
        for key, piece in answer.pieces.items()
        if piece.text and key in labels
    )
    if not fields:
        return None
    named = answer.share is Share.NAME and not answer.anonymous and not script.nameless
    return Quote(answer=answer.id, author=author.name if named else "", fields=fields)


def _when(session: Session) -> datetime:
    """The day of the session itself, not of its recap."""
    return min((s.moved_at for s in session.steps.values() if not s.aside), default=session.at)


def _is_story(script: Script, step: Step) -> bool:
    """True if the answers of a step stand among the stories, as cards."""
    return kind_of(step).story and _tells_value(script)


def _tells_value(script: Script) -> bool:
    """True if its stories say which kinds of value they tell."""
    return any(
        field.cycle
        for step in script.all_steps
        if kind_of(step).story
        for field in kind_of(step).fields(step)
    )


def _stories(script: Script, session: Session) -> tuple[StoryCard, ...]:
    """The stories that may be read, with what each of them tells."""
    true = came_true(script, session)
    cards = []
    for step, answer in stories_of(script, session):
        quote = _quote(script, session, answer)
        if quote is None or _late(session, answer):
            continue
        words = [
            (each.label, answer.text(each.key))
            for each in step.fields
            if answer.text(each.key) and not each.options and each.key != TITLE
        ]
        cards.append(
            StoryCard(
                answer=answer.id,
                title=answer.text(TITLE),
                author=quote.author,
                coverage=coverage(script, step, answer, true),
                fields=tuple(words),
                added=tuple(
                    (_called(script, session, each.by), words_of(session, each))
                    for each in of_story(session, answer.id)
                ),
            )
        )
    return tuple(_without_order(session, cards))


def _chosen(script: Script, session: Session) -> tuple[Chosen, ...]:
    """The choices of votes. An idea stands here as its author allows; who took it on was told that their name does."""
    listed = []
    for choice in choices(script, session):
        idea = session.answers.get(choice.key.partition(".")[2])
        hidden = not choice.label or (idea is not None and not idea.share.public)
        undertaking = choice.taken
        listed.append(
            Chosen(
                label="" if hidden else choice.label,
                dots=choice.dots,
                idea=idea.id if idea is not None else "",
                owner=_called(script, session, undertaking.person) if undertaking else "",
                due=undertaking.due if undertaking else None,
                how=undertaking.how.value if undertaking and undertaking.how else "",
                told=undertaking.text if undertaking else "",
            )
        )
    return tuple(listed)


def _called(script: Script, session: Session, person: str) -> str:
    """The name of somebody in a recap; none where no names leave the room."""
    member = session.people.get(person)
    return member.name if member is not None and not script.nameless else ""


def _thanks(script: Script, session: Session) -> tuple[tuple[str, str, str], ...]:
    """Thanks whose author lets them be read, and whom they are for does not hide."""
    if script.nameless:
        return ()
    readable = {given.id: given for given in in_recap(session)}
    nameless = any(given.share is not Share.NAME for given in readable.values())
    return tuple(
        (
            _called(script, session, given.by) if given.share is Share.NAME else "",
            _called(script, session, given.person) if given.person else given.name,
            words_of(session, given),
        )
        for given in (readable[key] for key in (shuffled(session, readable) if nameless else readable))
    )
