"""A workshop script, once it has been read and checked: plain data, the same for everyone.

`authoring` reads YAML into these values and names every fault; nothing here can be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from bot.core.model.recognition import Rule
from bot.core.model.records import record
from bot.core.model.steps import PARKING, Attached, Step


class Audience(Enum):
    """The kind of people in the room. It decides what the bot may do, not only what it says."""

    ADULTS = "adults"
    MIXED = "mixed"
    UNDER_18 = "under_18"


@record
class Entry:
    """One of the things that a framework tells apart: a kind of value, a spoke, a station, a kind of work.

    `at` is its place on a picture 1000 wide and 620 high; `group` the phase or loop that it belongs to.
    """

    key: str
    label: str
    line: str = ""  # what it is, in one sentence
    question: str = ""
    group: str = ""
    at: tuple[int, int] = (0, 0)
    anchors: Mapping[str, str] = field(default_factory=dict)  # what 1, 3 and 5 look like
    ideas: tuple[str, ...] = ()  # what others have tried
    core: bool = False  # taught live; the others have their day in the long version
    row: bool = False  # on the path that a story often takes
    below: float | None = None  # a group whose mean is lower than this is where the attention goes
    stage: str = ""  # what the whole is called while it does


@record
class FollowUp:
    """A step some days after the recap: for each person who said yes, or for the hosts."""

    step: Step
    days: int
    about: str = ""  # "step.field": only those who wrote it are asked, and `{it}` is what they wrote
    hosts: bool = False  # it goes to the hosts, not to people


@record
class Script:
    """A whole workshop."""

    id: str
    title: str
    about: str
    language: str = "en"
    minutes: int
    steps: tuple[Step, ...]
    prepare: tuple[Step, ...] = ()  # open in the lobby, for those who like
    tail: tuple[Step, ...] = ()  # open after the session, until its review begins
    follow_ups: tuple[FollowUp, ...] = ()
    version: str = ""  # such as "60", or "async", of a workshop that has several
    setting: str = ""  # one or many communities, of a workshop that tells them apart
    days: int = 0  # over how many; 0 for one that is held in one go
    day_at: str = "09:00"  # when a day's prompts come, in the zone of the community
    digest_at: str = "20:00"
    lists: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)  # of its frameworks, by name
    glossary: Mapping[str, str] = field(default_factory=dict)
    series: str = ""  # the title of the series that it is played in
    carry: tuple[tuple[str, str], ...] = ()  # "workshop.step.field" of an earlier part -> "step.field" here
    badge: str = ""  # the name of its story badge
    statements: tuple[str, ...] = ()  # what it says of whoever earned it
    recognition: tuple[Rule, ...] = ()
    agreements: str = ""
    pictures: tuple[Attached, ...] = ()  # that the recap shows beside those of the steps
    next_steps: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    credits: str = ""
    host_card: tuple[str, ...] = ()
    tail_hours: int = 0
    review_hours: int = 24
    rescue_lines: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = Audience.ADULTS
    contact: str = ""  # who to turn to, if it is not the host
    second_contact: str = ""  # and somebody who is not the host
    help_text: str = ""  # help outside of the session
    names: bool = True  # whether anybody's name may stand in the recap (no: Chatham House Rule)
    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language -> our words -> theirs

    @property
    def nameless(self) -> bool:
        """True if no name leaves the room: the script says so, or there are people under 18."""
        return not self.names or self.audience is Audience.UNDER_18

    @property
    def cycles(self) -> tuple[Entry, ...]:
        """The kinds of value, if a framework of this workshop tells them apart."""
        return self.lists.get("cycles", ())

    def step(self, key: str) -> Step:
        """The step with this id; KeyError if there is none."""
        for step in self.all_steps:
            if step.id == key:
                return step
        raise KeyError(key)

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Every step, also those before and after the session."""
        later = (each.step for each in self.follow_ups)
        return (*self.prepare, *self.steps, *self.tail, *later, PARKING)

    def number(self, key: str) -> int:
        """Which step this is, counted from 1; 0 for one before or after the session."""
        return next((n for n, step in enumerate(self.steps, 1) if step.id == key), 0)

    def entry(self, key: str) -> Entry | None:
        """The entry of a framework of this workshop under this key."""
        return next((e for entries in self.lists.values() for e in entries if e.key == key), None)
