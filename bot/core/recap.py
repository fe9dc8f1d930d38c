"""What a session comes to: counts for everybody, words only as their authors allow."""

from __future__ import annotations

from datetime import datetime

from bot.core import views
from bot.core.facts import Phase, Share
from bot.core.script import Audience, Choice, Gallery, Message, Script, Vote, Written
from bot.core.session import Answer, Session
from bot.core.values import value


@value
class Quote:
    """Something that its author allowed in the recap, under the name that they chose."""

    answer: str
    author: str  # empty: without a name
    fields: tuple[tuple[str, str], ...]  # label, words


@value
class Part:
    """What one step brought."""

    title: str
    say: str
    answered: int
    spread: tuple[tuple[str, int], ...] = ()
    quotes: tuple[Quote, ...] = ()
    closed: bool = False  # a spread that stays closed because too few tapped


@value
class Recap:
    """Everything that a recap page shows. Quotes are there only after the review time."""

    title: str
    about: str
    at: datetime
    people: int
    reading: int
    answers: int
    parts: tuple[Part, ...]
    next_steps: tuple[str, ...]
    resources: tuple[str, ...]
    credits: str
    review_until: datetime | None
    ready: bool


def recap(script: Script, session: Session) -> Recap:
    """The recap as it is now; it lives as long as people change what they allow."""
    ready = session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    given = [a for a in session.answers.values() if not a.withdrawn]
    took_part = {answer.person for answer in given}
    reading = sum(person.reading for person in session.people.values())
    parts: list[Part] = []
    for step in script.steps:
        if isinstance(step, Message | Gallery) or step.id not in session.steps:
            continue
        here = [a for a in given if a.step == step.id]
        tally = views.tally(session, step) if isinstance(step, Choice | Vote) else None
        spread: tuple[tuple[str, int], ...] = ()
        if tally is not None and isinstance(step, Choice | Vote):
            labels = _public_labels(script, session, step)
            ranked = sorted(tally.items(), key=lambda item: -item[1])
            spread = tuple((labels[key], count) for key, count in ranked if key in labels)
        parts.append(
            Part(
                title=step.title,
                say=step.say,
                answered=len({answer.person for answer in here}),
                spread=spread,
                closed=isinstance(step, Choice | Vote) and tally is None,
                quotes=tuple(q for a in here if ready and (q := _quote(script, session, a))),
            )
        )
    return Recap(
        title=script.title,
        about=script.about,
        at=session.at,
        people=len(took_part),
        reading=reading,
        answers=len(given),
        parts=tuple(parts),
        next_steps=script.next_steps,
        resources=script.resources,
        credits=script.credits,
        review_until=session.phase_until if session.phase is Phase.REVIEW else None,
        ready=ready,
    )


def _public_labels(script: Script, session: Session, step: Choice | Vote) -> dict[str, str]:
    """Options with words; a person's own idea only with that person's yes."""
    labels: dict[str, str] = {}
    for option in views.option_labels(script, session, step):
        idea = session.answers.get(option.key)
        hidden = idea is not None and idea.share is Share.NO
        labels[option.key] = "an idea that its author keeps in the room" if hidden else option.label
    return labels


def _quote(script: Script, session: Session, answer: Answer) -> Quote | None:
    step = script.step(answer.step)
    if not isinstance(step, Written) or not step.quote or answer.held or answer.share is Share.NO:
        return None
    author = session.people.get(answer.person)
    if author is None or author.removed or author.forgotten:
        return None
    labels = {field.key: field.label for field in step.fields}
    several = len(labels) > 1
    fields = tuple(
        (labels.get(key, key) if several else "", piece.text)
        for key, piece in answer.pieces.items()
        if piece.text
    )
    if not fields:
        return None
    young = script.audience is Audience.UNDER_18  # no names leave the room
    named = answer.share is Share.NAME and not answer.anonymous and not young
    return Quote(answer=answer.id, author=author.name if named else "", fields=fields)


def closing_lines(script: Script, session: Session) -> list[str]:
    """The card at the close: numbers, results and what comes next; nobody is quoted."""
    found = recap(script, session)
    reading = f", {found.reading} read along" if found.reading else ""
    lines = [
        f"**{script.title}: thank you.**",
        f"{found.people} took part{reading}; {found.answers} answers.",
    ]
    for part in found.parts:
        if part.spread:
            top = [f"{label} ({count})" for label, count in part.spread[:3] if count]
            lines.append(f"- {part.title}: " + "; ".join(top))
    lines += [f"- Next: {each}" for each in script.next_steps]
    lines.append(
        f"You have {script.review_hours} hours to look over your words (/my): what may go into the "
        "recap, under which name, or not at all. Silence means that you are only counted."
    )
    return lines
