"""The recap as one list of blocks: its parts in the order in which every form shows them.

A writer for each form goes through the list and leaves out what the form has no place for: `text.py` messages,
`page.py` the page (one small template a block, in `blocks/`), `exports.py` Markdown, `video/storyboard.py` films.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from bot.core.model.records import record
from bot.core.steps.diagrams import Picture
from bot.core.steps.value_map import ValueMap
from bot.core.text.wording import tr
from bot.core.views import recap_data as view
from bot.core.views.recap_data import Recap
from bot.render.recap.summary import before, summary


@record
class Opening:
    """The title, the day, and three sentences for someone who was not there."""

    kind: ClassVar[str] = "opening"
    title: str
    at: datetime
    people: int
    reading: int
    sentences: tuple[str, ...]


@record
class Review:
    """The notice that people are still looking over their words, until a moment if it is known."""

    kind: ClassVar[str] = "review"
    until: datetime | None


@record
class Listing:
    """A titled list; `typed` lines are people's own words, and are set off as such."""

    kind: ClassVar[str] = "listing"
    title: str
    lines: tuple[str, ...]
    typed: bool = False
    ordered: bool = False
    small: bool = False  # a list at the end of a page, without a section of its own


@record
class Drawing:
    """A picture with its title; the map of value has a sentence on how to read it."""

    kind: ClassVar[str] = "drawing"
    title: str
    picture: Picture | ValueMap


@record
class Stories:
    """The stories that their tellers let others read."""

    kind: ClassVar[str] = "stories"
    stories: tuple[view.StoryCard, ...]


@record
class StepResult:
    """The numbers and quotes of one step."""

    kind: ClassVar[str] = "step_result"
    part: view.Part


@record
class Thanks:
    """Sentences of thanks: by whom (empty: without a name), to whom, for what."""

    kind: ClassVar[str] = "thanks"
    thanks: tuple[tuple[str, str, str], ...]


@record
class FollowUps:
    """Answers to the questions that came weeks later, as numbers."""

    kind: ClassVar[str] = "follow_ups"
    later: tuple[view.Later, ...]


@record
class AddedLater:
    """Words that were allowed or changed after the recap was frozen, each with its day."""

    kind: ClassVar[str] = "added_later"
    added: tuple[view.Added, ...]


@record
class Discuss:
    """An address where people talk on."""

    kind: ClassVar[str] = "discuss"
    address: str


@record
class Effects:
    """Counts and stories side by side, a row for each kind of value."""

    kind: ClassVar[str] = "effects"
    effects: tuple[view.Effect, ...]


@record
class Chosen:
    """Choices of votes, with their owners and how far they are."""

    kind: ClassVar[str] = "chosen"
    chosen: tuple[view.Chosen, ...]


@record
class Closing:
    """The sentence about consent, and credits."""

    kind: ClassVar[str] = "closing"
    credits: str


Block = (
    Opening
    | Review
    | Listing
    | Drawing
    | Stories
    | StepResult
    | Thanks
    | FollowUps
    | AddedLater
    | Discuss
    | Effects
    | Chosen
    | Closing
)


def blocks(recap: Recap) -> Iterator[Block]:
    """The blocks of a recap; a block without content is left out."""
    yield Opening(
        title=recap.title,
        at=recap.at,
        people=recap.people,
        reading=recap.reading,
        sentences=summary(recap),
    )
    if not recap.ready:
        yield Review(until=recap.review_until)
    if recap.threads:
        yield Listing(title=tr("Themes"), lines=recap.threads, typed=True)
    if recap.series:
        yield Listing(title=tr("The series"), lines=tuple(map(before, recap.series)), ordered=True)
    if recap.map is not None:
        yield Drawing(title=tr("The map"), picture=recap.map)
    for title, picture in recap.pictures:
        yield Drawing(title=title, picture=picture)
    if recap.stories:
        yield Stories(stories=recap.stories)
    for part in recap.parts:
        if not part.stories:
            yield StepResult(part=part)
    if recap.thanks:
        yield Thanks(thanks=recap.thanks)
    if recap.recognised:
        yield Listing(title=tr("Recognized"), lines=tuple(f"{n} × {name}" for name, n in recap.recognised))
    if later := tuple(each for each in recap.later if each.answered):
        yield FollowUps(later=later)
    if recap.added:
        yield AddedLater(added=recap.added)
    if recap.discuss:
        yield Discuss(address=recap.discuss)
    if recap.effects:
        yield Effects(effects=recap.effects)
    if recap.chosen:
        yield Chosen(chosen=recap.chosen)
    for title, lines in ((tr("What comes next"), recap.next_steps), (tr("Read more"), recap.resources)):
        if lines:
            yield Listing(title=title, lines=lines, small=True)
    yield Closing(credits=recap.credits)
