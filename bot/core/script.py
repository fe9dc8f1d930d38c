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


class Advance(Enum):
    """What happens when the time of a step is up."""

    ASK = "ask"  # the host is asked, and after a minute without a word it moves on
    AUTO = "auto"  # it moves on


@value
class Field:
    """One thing to write: its key, its label (at most 45 characters), and what it may hold."""

    key: str
    label: str
    help: str = ""
    max_chars: int = 600
    optional: bool = False
    loop: bool = False  # what the community could do with it: feeds a vote


@value
class Option:
    """One thing to tap."""

    key: str
    label: str


@value
class Message:
    """Something to read; it moves on by itself when its minutes are over."""

    id: str
    title: str
    say: str
    minutes: int = 1
    host_notes: str = ""


@value
class Open:
    """A question to answer in one's own words."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0
    fields: tuple[Field, ...]
    reveal: Reveal = Reveal.LIVE
    anonymous_allowed: bool = False
    say_again: str = ""
    advance: Advance = Advance.ASK
    quote: bool = True
    host_notes: str = ""


@value
class Choice:
    """One tap among a few options; the spread is shown when the step closes."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0
    options: tuple[Option, ...]
    say_again: str = ""
    advance: Advance = Advance.ASK
    host_notes: str = ""


@value
class Story:
    """A few fields about something that happened, told in private; its teller decides who sees it."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0
    fields: tuple[Field, ...]
    say_again: str = ""
    advance: Advance = Advance.ASK
    quote: bool = True
    host_notes: str = ""


@value
class Vote:
    """A few dots to spread over options, hidden until it closes; options may be people's own ideas."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0
    dots: int = 3
    options: tuple[Option, ...] = ()
    options_from: str = ""  # "step.field": each answer's field is an option
    say_again: str = ""
    advance: Advance = Advance.ASK
    host_notes: str = ""


@value
class Pair:
    """Two (or three) people in a thread of their own, who bring one line back."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0
    size: int = 2
    fields: tuple[Field, ...]
    say_again: str = ""
    advance: Advance = Advance.ASK
    quote: bool = True
    host_notes: str = ""


@value
class Reflection:
    """A line or two for oneself; never shown unless its author allows it for the recap."""

    id: str
    title: str
    say: str
    minutes: int
    read_minutes: int = 0
    fields: tuple[Field, ...]
    say_again: str = ""
    advance: Advance = Advance.ASK
    quote: bool = True
    host_notes: str = ""


Step = Message | Open | Choice | Story | Vote | Pair | Reflection
Written = Open | Story | Pair | Reflection  # answered in words
Tapped = Choice | Vote  # answered with taps


@value
class Script:
    """A whole workshop."""

    id: str
    title: str
    about: str
    language: str = "en"
    minutes: int
    steps: tuple[Step, ...]
    agreements: str = ""
    next_steps: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    credits: str = ""
    tail_hours: int = 0
    review_hours: int = 24
    rescue_lines: Mapping[str, str] = field(default_factory=dict)

    def step(self, key: str) -> Step:
        """The step with this id; KeyError if there is none."""
        for step in self.steps:
            if step.id == key:
                return step
        raise KeyError(key)

    def number(self, key: str) -> int:
        """Which step this is, counted from 1."""
        return next(n for n, step in enumerate(self.steps, 1) if step.id == key)
