"""The recap as data: what a page, a message, a file or a film of it is made of."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.masked_count import MaskedCount
from bot.core.model.records import record
from bot.core.steps.diagrams import Picture
from bot.core.steps.scale_statistics import Measure
from bot.core.steps.value_map import ValueMap
from bot.core.text.wording import Sentence


@record
class Quote:
    """Something that its author allowed in the recap, under the name that they chose."""

    answer: str
    author: str  # empty: without a name
    fields: tuple[tuple[str, str], ...]  # label, words


@record
class Added:
    """Something that was allowed, or changed, after the recap was to stay as it is."""

    at: datetime
    title: str  # of the step that it answers
    quote: Quote


@record
class StoryCard:
    """A story as its teller lets others read it."""

    answer: str
    title: str
    author: str  # empty: without a name
    coverage: tuple[tuple[str, str], ...]  # kind of value, happened or hoped for or not told
    fields: tuple[tuple[str, str], ...]  # label, words
    added: tuple[tuple[str, str], ...] = ()  # whose, and the sentence that they added to it


@record
class Effect:
    """One kind of value: what can be counted, and how many told of it (domain: effect and contribution data)."""

    cycle: str
    signs: tuple[Sentence, ...]
    told: tuple[Sentence, ...]


@record
class Part:
    """The part of one step."""

    title: str
    say: str
    answered: MaskedCount
    spread: tuple[
        tuple[str, MaskedCount], ...
    ] = ()  # a label (nothing: an idea that its author keeps), a count
    measured: Measure | None = None
    quotes: tuple[Quote, ...] = ()
    vote: bool = False
    ideas: bool = False  # a vote over what people themselves had brought
    stories: bool = False  # its answers stand among the stories
    told: bool = False  # its answers are stories, as cards among the stories or as quotes here
    closed: bool = False  # a spread that stays closed because too few tapped


@record
class Later:
    """The answers to a follow-up: what became of it."""

    title: str
    spread: tuple[tuple[str, MaskedCount], ...]
    answered: MaskedCount


@record
class Chosen:
    """The choice of a vote, who has taken it on, and what became of it."""

    label: str  # nothing: an idea that its author keeps in the room
    dots: int
    idea: str = ""  # the answer that it is from, if it is somebody's
    owner: str = ""
    due: datetime | None = None
    how: str = ""  # a word of `Progress`
    told: str = ""


@record
class Before:
    """An earlier part of the same series, in numbers only: words there are changed by their authors, and not here."""

    title: str
    at: datetime
    people: int
    answers: int
    stories: int  # that may be read


@record
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
    series: tuple[Before, ...] = ()  # the parts before this one, the first one first
    threads: tuple[str, ...] = ()  # woven by hosts
    map: ValueMap | None = None
    pictures: tuple[tuple[str, Picture], ...] = ()
    later: tuple[Later, ...] = ()
    stories: tuple[StoryCard, ...] = ()
    effects: tuple[Effect, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    thanks: tuple[tuple[str, str, str], ...] = ()  # whose (empty: without a name), whom, what for
    recognised: tuple[tuple[str, int], ...] = ()  # what was taken, and by how many
    introductions: int = 0  # places that were opened for two
    added: tuple[Added, ...] = ()  # later than everything else here
    discuss: str = ""  # an address where people talk on, if there is one that everybody can open

    @property
    def readable(self) -> int:
        """The number of stories that may be read: those on cards, and those quoted beside their step."""
        return len(self.stories) + sum(len(part.quotes) for part in self.parts if part.told)
