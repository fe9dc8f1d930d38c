"""The steps of a workshop script, as plain data: what each is, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from bot.core.model.records import record


class Reveal(Enum):
    """The moment at which the others see an answer."""

    LIVE = "live"  # at once, as it is said in the room
    TOGETHER = "together"  # all at the same moment, when the writing time is over
    NEVER = "never"  # not in the session; at most in the recap, if its author allows it


class Look(Enum):
    """The people who see what was written in private a moment before the others do."""

    NONE = "none"
    HOST = "host"  # for a minute, without names; one line can be held back


class Advance(Enum):
    """The move when the time of a step is up."""

    ASK = "ask"  # the host is asked, and after a minute without a word it moves on
    AUTO = "auto"  # it moves on


class InRecap(Enum):
    """The part of a step that the recap holds."""

    QUOTE = "quote"  # counts, and words if their author allows it
    COUNT = "count"  # how many answered, and how taps are spread
    NONE = "none"  # nothing


class By(Enum):
    """The rule by which people are put together."""

    RANDOM = "random"
    SAME = "same"  # those who tapped the same in an earlier step
    DIFFERENT = "different"  # those who tapped something else
    MERGE = "merge"  # two groups of an earlier step become one


@record
class Option:
    """One thing to tap."""

    key: str
    label: str
    offer: bool = False  # of a reaction: the author of the card sees who gave it


@record
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
    prefill: str = ""  # the earlier step whose taps stand here until they are changed

    def shown(self, text: str) -> str:
        """The words of this field; taps are kept as keys and shown as their labels."""
        if not self.options:
            return text
        labels = {option.key: option.label for option in self.options}
        return ", ".join(labels.get(key, key) for key in text.split(",") if key)


@record
class Attached:
    """A picture that stands under a step's words: which, and the step that its numbers come from."""

    picture: str
    of: str = ""


@record
class Stepping:
    """The common part of all steps."""

    id: str
    title: str
    say: str
    minutes: int = 1
    host_notes: str = ""
    if_few: str = ""  # with fewer people than it needs: "skip", or what to say instead
    needs_people: int = 4
    when: str = ""  # a condition; the step is left out if it does not hold (see core/model/conditions.py)
    day: int = 0  # of a workshop over days
    attach: Attached | None = None


@record
class Message(Stepping):
    """Something to read; it moves on by itself when its minutes are over."""


@record
class Pause(Stepping):
    """The session waits here until its host says go on."""


@record
class Digest(Stepping):
    """A gathering of some earlier steps: spreads, and a few lines that the room may read."""

    of: tuple[str, ...] = ()


@record
class Asking(Stepping):
    """The common part of all steps that ask for something."""

    read_minutes: int = 0  # to read what was shown, before the next step
    min_seconds: int = 0  # it does not end early before that
    say_again: str = ""  # said once, a minute before the end
    advance: Advance = Advance.ASK
    reminders: bool = True  # over days: whoever asked for it is reminded once
    recap: InRecap = InRecap.QUOTE
    sensitive: bool = False  # no number of its taps tells of a few people, or of all
    exact: bool = (
        False  # its counts are said as they are; not in scripts that were stored before there was a choice
    )


@record
class Written(Asking):
    """A step that is answered in words."""

    fields: tuple[Field, ...]


@record
class Open(Written):
    """A question to answer in one's own words."""

    reveal: Reveal = Reveal.LIVE
    anonymous_allowed: bool = False
    look: Look = Look.NONE
    thanks: bool = False  # each line names somebody, and thanks them


@record
class Choice(Asking):
    """One tap (or `most`) among a few options; the spread is shown when the step closes."""

    options: tuple[Option, ...]
    most: int = 1
    reveal: Reveal = Reveal.TOGETHER  # never: only in the recap; live: all see whose, at once


@record
class Item:
    """One thing to say a number about."""

    key: str
    label: str
    question: str = ""
    group: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)


@record
class Scale(Asking):
    """A number for each of a few items, or "can't tell", which is an answer and never a nought."""

    items: tuple[Item, ...]
    least: int = 1
    most: int = 5
    again: str = ""  # an earlier scale that this one asks once more
    reveal: Reveal = (
        Reveal.TOGETHER
    )  # or never: what it comes to is shown by another step's picture, or not at all
    only: str = ""  # of that one only: "widest" (where people differ most) or "weakest"


@record
class Story(Written):
    """A few fields about something that happened, told in private; its teller decides who sees it."""


@record
class Vote(Asking):
    """A few dots to spread over options, hidden until it closes; options may be people's own ideas."""

    dots: int = 3
    options: tuple[Option, ...] = ()
    options_from: str = ""  # "step.field": each answer's field is an option
    hours: int = 0  # over days: how long it is open; otherwise until the end


@record
class Gallery(Asking):
    """The answers to an earlier step, card by card, to read and to answer with a named sign."""

    cards_from: str
    reactions: tuple[Option, ...]


@record
class Pair(Written):
    """Two (or three) people in a thread of their own, who may bring one line back."""

    size: int = 2
    by: By = By.RANDOM
    by_step: str = ""
    output: bool = True  # one of them brings a line back
    apart: bool = False  # a room of their own, also where everybody in a room can read its threads
    keep: bool = False  # the groups of the last pair step stay together


@record
class Reflection(Written):
    """A line or two for oneself; never shown unless its author allows it for the recap."""


Step = Stepping  # of any kind


# What people park: points for later, kept outside of every step, in the recap if their author allows it.
PARKING = Open(
    id="parked",
    title="Parked for later",
    say="",
    fields=(Field(key="text", label="Parked", max_chars=300),),
    reveal=Reveal.NEVER,
)
