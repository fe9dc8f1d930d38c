"""A session in few lines: for someone who was not there, and for everyone at its close."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.model.facts import Phase
from bot.core.model.masked_count import MaskedCount, Unsaid, size
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.steps.tallies import leading
from bot.core.text.dates import day
from bot.core.text.messages import N_
from bot.core.text.wording import ntr, tr
from bot.core.views.recap import recap
from bot.core.views.recap_data import Before, Part, Recap
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import in_a_row

KEPT = N_("an idea that its author keeps in the room")


def label_of(label: str) -> str:
    """A label of the recap; an idea that its author keeps in the room has none of its own."""
    return label or tr(KEPT)


def summary(recap: Recap) -> tuple[str, ...]:
    """Three sentences: who was there, what was told, what comes of it."""
    first = ntr(
        "On {day}, {n} person took part in “{title}”.",
        "On {day}, {n} people took part in “{title}”.",
        recap.people,
        day=day(recap.at),
        title=recap.title,
    )
    if recap.reading:
        first += " " + ntr("{n} more followed along.", "{n} more followed along.", recap.reading)
    if recap.introductions:
        first += " " + _introductions(recap)
    return (first, *_told(recap), *_outcome(recap))


def _introductions(recap: Recap) -> str:
    return ntr(
        "{n} pair of people met because one offered something.",
        "{n} pairs of people met because one offered something.",
        recap.introductions,
    )


def before(part: Before) -> str:
    """A line about an earlier part of a series."""
    people = ntr("{n} took part", "{n} took part", part.people)
    line = f"{part.title}, {day(part.at)}: {people}, {ntr('{n} answer', '{n} answers', part.answers)}"
    if part.stories:
        line += ", " + ntr("{n} story can be read", "{n} stories can be read", part.stories)
    return line


def _told(recap: Recap) -> tuple[str, ...]:
    value_map = recap.map
    if value_map is None:
        return ()
    if not value_map.stories:
        return (tr("No stories are here yet. The ones people told stay private."),)
    labels = {cycle.key: cycle.label.lower() for cycle in value_map.cycles}
    ranked = sorted(value_map.nodes.items(), key=lambda node: -size(value_map.shown(node[1].all)))
    ranked = leading(ranked, 3, lambda node: size(value_map.shown(node[1].all)))
    count = ntr(
        "1 small story was told. The kinds of value it mentions: {kinds}.",
        "{n} small stories were told. The kinds of value they mention most: {kinds}.",
        value_map.stories,
        kinds=", ".join(f"{labels[key]} ({value_map.shown(counts.all)})" for key, counts in ranked),
    )
    return (count,)


def _outcome(recap: Recap) -> tuple[str, ...]:
    first = next(_headlines(recap), None)
    if first is not None:
        part, labels, dots = first
        head = tr("What most people would show up for") if part.ideas else part.title
        label = in_a_row(labels)
        if len(labels) > 1:
            each = ntr(
                "{head}: {label} ({n} dot each).",
                "{head}: {label} ({n} dots each).",
                dots,
                head=head,
                label=label,
            )
            return (each,)
        return (
            ntr("{head}: {label} ({n} dot).", "{head}: {label} ({n} dots).", dots, head=head, label=label),
        )
    return (tr("Next: {what}", what=recap.next_steps[0]),) if recap.next_steps else ()


def _headlines(recap: Recap) -> Iterator[tuple[Part, list[str], MaskedCount]]:
    """What won each vote, all that tie for it; an idea that stays in the room is no headline, nor a number unsaid."""
    for part in recap.parts:
        chosen = [(label, dots) for label, dots in part.spread if dots and label] if part.vote else []
        said = [(label, dots) for label, dots in chosen if not dots.few or len(chosen) == 1]
        if said:
            most = max(dots for _, dots in said)
            yield part, [label for label, dots in said if dots == most], most


def closing_lines(script: Script, session: Session) -> list[str]:
    """The card at the close: numbers, results and what comes next; nobody is quoted."""
    view = recap(script, session)
    counted = [ntr("{n} took part", "{n} took part", view.people)]
    if view.reading:
        counted.append(ntr("{n} followed along", "{n} followed along", view.reading))
    answers = ntr("{n} answer", "{n} answers", view.answers)
    lines = [
        tr("**{title}: thank you.**", title=script.title),
        f"{', '.join(counted)}; {answers}.",
    ]
    if view.map is not None and view.map.stories:
        lines.append(f"- {tr('The map: {twin}', twin=alt_text(view.map))}")
    for part in view.parts:
        if part.measured is not None and part.measured.shown:
            lines.append(f"- {part.title}: {alt_text(part.measured)}")
        if part.spread:
            first = leading(part.spread, 3, lambda each: size(each[1]))
            said = [each for each in first if each[1] and not isinstance(each[1], Unsaid)]
            top = [f"{label_of(label)} ({count})" for label, count in said]
            lines += [f"- {part.title}: " + "; ".join(top)] if top else []
    if view.introductions:
        lines.append(f"- {_introductions(view)}")
    lines += [f"- {tr('Next: {what}', what=step)}" for step in script.next_steps]
    hours = script.review_hours + (script.tail_hours if session.phase is Phase.TAIL else 0)
    lines.append(
        ntr(
            "You have {n} hour to review your answers: /my answers. Choose which ones go into the "
            "recap, with or without your name. If you do nothing, I won't quote you.",
            (
                "You have {n} hours to review your answers: /my answers. Choose which ones go into the "
                "recap, with or without your name. If you do nothing, I won't quote you."
            ),
            hours,
        )
    )
    return lines
