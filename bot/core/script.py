"""What a workshop script is, once it has been read and checked: plain data, the same for everyone.

`bot/scripts.py` reads YAML into these values and names every fault; nothing here can be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from bot.core.values import value


class Reveal(Enum):
    """When the others see an answer."""

    LIVE = "live"  # at once, as it is said in the room
    TOGETHER = "together"  # all at the same moment, when the writing time is over
    NEVER = "never"  # not in the session; at most in the recap, if its author allows it


class Look(Enum):
    """Who sees what was written in private a moment before the others do."""

    NONE = "none"
    HOST = "host"  # for a minute, without names; one line can be held back


class Audience(Enum):
    """Who is in the room. It decides what the bot may do, not only what it says."""

    ADULTS = "adults"
    MIXED = "mixed"
    UNDER_18 = "under_18"


class Advance(Enum):
    """What happens when the time of a step is up."""

    ASK = "ask"  # the host is asked, and after a minute without a word it moves on
    AUTO = "auto"  # it moves on


@value
class Option:
    """One thing to tap."""

    key: str
    label: str


@value
class Cycle:
    """One kind of value, as a framework file says it; `at` is its place on the map."""

    key: str
    label: str
    line: str  # what it is, in one sentence
    question: str
    at: tuple[int, int]
    core: bool = False  # taught live; the others have their day in the long version
    row: bool = False  # on the path that a story often takes


@value
class Field:
    """One thing to write (or to tap, if it has options): its key, its label, and what it may hold."""

    key: str
    label: str
    help: str = ""
    max_chars: int = 600
    optional: bool = False
    loop: bool = False  # what the community could do with it: feeds a vote
    options: tuple[Option, ...] = ()
    many: bool = False  # several may be tapped
    later: bool = False  # an invitation: not asked for while time runs
    cycle: str = ""  # the kind of value that this part of a story tells
    hope: str = ""  # the field that says whether this part has happened or is hoped for

    def shown(self, text: str) -> str:
        """The words of this field; taps are kept as keys and shown as their labels."""
        if not self.options:
            return text
        labels = {option.key: option.label for option in self.options}
        return ", ".join(labels.get(key, key) for key in text.split(",") if key)


@value
class Message:
    """Something to read; it moves on by itself when its minutes are over."""

    id: str
    title: str
    say: str
    minutes: int = 1
    host_notes: str = ""
    if_few: str = ""


@value
class Asking:
    """What all steps that ask for something have in common."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0  # to read what was shown, before the next step
    say_again: str = ""  # said once, a minute before the end
    advance: Advance = Advance.ASK
    host_notes: str = ""
    if_few: str = ""  # with fewer than four: "skip", or what to say instead


@value
class Written(Asking):
    """A step that is answered in words."""

    fields: tuple[Field, ...]
    quote: bool = True  # in the recap, if its author allows it


@value
class Open(Written):
    """A question to answer in one's own words."""

    reveal: Reveal = Reveal.LIVE
    anonymous_allowed: bool = False
    look: Look = Look.NONE


@value
class Choice(Asking):
    """One tap among a few options; the spread is shown when the step closes."""

    options: tuple[Option, ...]


@value
class Story(Written):
    """A few fields about something that happened, told in private; its teller decides who sees it."""


@value
class Vote(Asking):
    """A few dots to spread over options, hidden until it closes; options may be people's own ideas."""

    dots: int = 3
    options: tuple[Option, ...] = ()
    options_from: str = ""  # "step.field": each answer's field is an option


@value
class Gallery(Asking):
    """What was said in an earlier step, card by card, to read and to answer with a named sign."""

    cards_from: str
    reactions: tuple[Option, ...]


@value
class Pair(Written):
    """Two (or three) people in a thread of their own, who bring one line back."""

    size: int = 2


@value
class Reflection(Written):
    """A line or two for oneself; never shown unless its author allows it for the recap."""


Step = Message | Open | Choice | Story | Vote | Gallery | Pair | Reflection


@value
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
    version: str = ""  # such as "60", of a workshop that has several
    setting: str = ""  # one or many communities, of a workshop that tells them apart
    cycles: tuple[Cycle, ...] = ()
    agreements: str = ""
    next_steps: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    credits: str = ""
    tail_hours: int = 0
    review_hours: int = 24
    rescue_lines: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = Audience.ADULTS
    contact: str = ""  # who to turn to, if it is not the host
    second_contact: str = ""  # and somebody who is not the host
    help_text: str = ""  # help outside of the session

    def step(self, key: str) -> Step:
        """The step with this id; KeyError if there is none."""
        for step in self.all_steps:
            if step.id == key:
                return step
        raise KeyError(key)

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Every step, also those before and after the session."""
        return (*self.prepare, *self.steps, *self.tail)

    def number(self, key: str) -> int:
        """Which step this is, counted from 1; 0 for one before or after the session."""
        return next((n for n, step in enumerate(self.steps, 1) if step.id == key), 0)
