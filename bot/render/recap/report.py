"""The report of some weeks in a community, for whoever looks after it: one page, and a few lines for the room.

Counts of sessions, and words that their authors allowed; nothing below four, and nothing that no recap says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core.model.facts import Phase, Progress
from bot.core.model.masked_count import SMALL
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.queries import was_held
from bot.core.text.dates import day
from bot.core.text.wording import ntr, tr
from bot.core.views.recap import recap
from bot.core.views.recap_data import Chosen, Recap
from bot.render.i18n import spoken
from bot.render.recap.page import environment, style
from bot.render.recap.text import chosen as chosen_line

QUOTES = 6
OVER = (Phase.TAIL, Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED)  # what runs may still change, and isn't over
Quoted = tuple[str, str, str]  # title, words, author (nothing: without a name)


@record
class Held:
    """One session of the time."""

    title: str
    at: datetime
    people: int
    reading: int
    answers: int
    stories: int  # that may be read


@record
class Report:
    """Some weeks of a community."""

    since: datetime
    until: datetime
    held: tuple[Held, ...]
    chosen: tuple[Chosen, ...]
    later: tuple[tuple[str, int], ...]  # what became of hopes, as people said weeks later; from four on
    thanks: int
    quotes: tuple[Quoted, ...]

    @property
    def people(self) -> int:
        """The number of times that someone took part."""
        return sum(session.people for session in self.held)

    @property
    def stories(self) -> int:
        """The stories that may be read."""
        return sum(session.stories for session in self.held)


def report(since: datetime, until: datetime, sessions: Iterable[tuple[Script, Session]]) -> Report:
    """Results of those of these sessions that were held; those that quote nobody yet are only counted."""
    recaps = [
        recap(script, session) for script, session in sessions if session.phase in OVER and was_held(session)
    ]
    recaps = [one for one in recaps if one.people]
    recaps.sort(key=lambda one: one.at)
    later: dict[str, int] = {}
    for one in recaps:
        for asked in one.later:
            for label, n in asked.spread:
                later[label] = later.get(label, 0) + n
    return Report(
        since=since,
        until=until,
        held=tuple(
            Held(
                title=one.title,
                at=one.at,
                people=one.people,
                reading=one.reading,
                answers=one.answers,
                stories=one.readable,
            )
            for one in recaps
        ),
        chosen=tuple(step for one in recaps for step in one.chosen),
        later=tuple((label, n) for label, n in later.items() if n >= SMALL),
        thanks=sum(len(one.thanks) for one in recaps),
        quotes=tuple(_quotes(recaps)[:QUOTES]),
    )


def _quotes(recaps: Sequence[Recap]) -> list[Quoted]:
    """One of each session in turn, so that no evening speaks for all."""
    columns = [
        [(card.title or one.title, card.fields[0][1], card.author) for card in one.stories if card.fields]
        + [(p.title, q.fields[0][1], q.author) for p in one.parts for q in p.quotes]
        for one in recaps
    ]
    longest = max((len(column) for column in columns), default=0)
    return [column[n] for n in range(longest) for column in columns if n < len(column)]


def counted(n: int) -> str:
    """A number of people that shows nobody."""
    return str(n) if n >= SMALL or n == 0 else tr("fewer than 4")


def page(data: Report, language: str = "en") -> str:
    """The report as one page that prints on A4."""
    with spoken(language):
        steps = [chosen_line(step, str).removeprefix("- ") for step in data.chosen]
        return (
            environment()
            .get_template("report.html")
            .render(report=data, counted=counted, steps=steps, style=style())
        )


def lines(data: Report) -> list[str]:
    """A few lines for the room: what was held, what came of it; nobody is quoted."""
    people = counted(data.people)
    head = ntr("{n} session was held", "{n} sessions were held", len(data.held))
    sentences = [
        tr("**{since} to {until}**: {sessions}, with {people} participations.").format(
            since=day(data.since), until=day(data.until), sessions=head, people=people
        )
    ]
    sentences += [f"- {session.title}, {day(session.at)}" for session in data.held]
    if data.stories:
        sentences.append("- " + ntr("{n} story can be read", "{n} stories can be read", data.stories))
    if data.thanks:
        sentences.append("- " + ntr("{n} thanks", "{n} thanks", data.thanks))
    taken = [step for step in data.chosen if step.due is not None]
    if taken:
        done = sum(step.how == Progress.DONE.value for step in taken)
        sentences.append(
            "- "
            + ntr(
                "{n} next step, {done} done so far",
                "{n} next steps, {done} done so far",
                len(taken),
                done=done,
            )
        )
    sentences += [f"- {count} × {label}" for label, count in data.later]
    return sentences
