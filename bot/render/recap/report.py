"""What a community did in some weeks, for whoever looks after it: one page, and a few lines for the room.

Counts of sessions, and words that their authors allowed; nothing below four, and nothing that no recap says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core.model.facts import Phase, Progress
from bot.core.model.records import SMALL, record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text.dates import day
from bot.core.text.messages import ntr, tr
from bot.core.views.recap import Chosen, Recap, recap
from bot.render.i18n import spoken
from bot.render.recap.page import environment, style
from bot.render.recap.text import chosen as chosen_line

QUOTES = 6
UNBEGUN = (Phase.NEW, Phase.LOBBY)
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
        """How often somebody took part."""
        return sum(each.people for each in self.held)

    @property
    def stories(self) -> int:
        """The stories that may be read."""
        return sum(each.stories for each in self.held)


def report(since: datetime, until: datetime, sessions: Iterable[tuple[Script, Session]]) -> Report:
    """What these sessions came to; those that quote nobody yet are only counted."""
    found = [recap(script, session) for script, session in sessions if session.phase not in UNBEGUN]
    found = [each for each in found if each.people]
    found.sort(key=lambda each: each.at)
    later: dict[str, int] = {}
    for each in found:
        for asked in each.later:
            for label, n in asked.spread:
                later[label] = later.get(label, 0) + n
    return Report(
        since=since,
        until=until,
        held=tuple(
            Held(
                title=each.title,
                at=each.at,
                people=each.people,
                reading=each.reading,
                answers=each.answers,
                stories=len(each.stories),
            )
            for each in found
        ),
        chosen=tuple(step for each in found for step in each.chosen),
        later=tuple((label, n) for label, n in later.items() if n >= SMALL),
        thanks=sum(len(each.thanks) for each in found),
        quotes=tuple(_quotes(found)[:QUOTES]),
    )


def _quotes(found: Sequence[Recap]) -> list[Quoted]:
    """One of each session in turn, so that no evening speaks for all."""
    columns = [
        [(card.title or each.title, card.fields[0][1], card.author) for card in each.stories if card.fields]
        + [(p.title, q.fields[0][1], q.author) for p in each.parts for q in p.quotes]
        for each in found
    ]
    longest = max((len(column) for column in columns), default=0)
    return [column[n] for n in range(longest) for column in columns if n < len(column)]


def counted(n: int) -> str:
    """A number of people that shows nobody."""
    return str(n) if n >= SMALL or n == 0 else tr("fewer than four")


def page(found: Report, language: str = "en") -> str:
    """The report as one page that prints on A4."""
    with spoken(language):
        steps = [chosen_line(step, str).removeprefix("- ") for step in found.chosen]
        return (
            environment()
            .get_template("report.html")
            .render(report=found, counted=counted, steps=steps, style=style())
        )


def lines(found: Report) -> list[str]:
    """A few lines for the room: what was held, what came of it; nobody is quoted."""
    people = counted(found.people)
    head = ntr("{n} session was held", "{n} sessions were held", len(found.held))
    said = [
        tr("**{since} to {until}**: {sessions}; {people} times somebody took part.").format(
            since=day(found.since), until=day(found.until), sessions=head, people=people
        )
    ]
    said += [f"- {each.title}, {day(each.at)}" for each in found.held]
    if found.stories:
        said.append("- " + ntr("{n} story can be read", "{n} stories can be read", found.stories))
    if found.thanks:
        said.append("- " + ntr("{n} thanks", "{n} thanks", found.thanks))
    taken = [step for step in found.chosen if step.due is not None]
    if taken:
        done = sum(step.how == Progress.DONE.value for step in taken)
        said.append("- " + tr("{n} ideas were taken on, {done} of them are done", n=len(taken), done=done))
    said += [f"- {count} × {label}" for label, count in found.later]
    return said
