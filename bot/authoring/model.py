"""The keys of a workshop's YAML file. `prompts/schema.json` is generated from these models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Spec

NAME = r"^[a-z][a-z0-9_-]*$"
PICTURE = r"^[a-z][a-z0-9-]*(:[a-z][a-z0-9_-]*)?$"  # and the step that it is drawn from
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
STEP_FIELD = r"^$|^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$"
LONGEST_PROMPT = 600  # characters; domain: short blocks, no walls of text


class Model(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Option(Model):
    """Something to tap."""

    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=80)


Options = Annotated[tuple[Option, ...], Spec(max_length=25)] | Annotated[str, Spec(pattern=NAME)]


class Field(Model):
    """Something to write, or to tap."""

    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=45)
    help: str = ""
    max_chars: int = Spec(default=600, ge=1, le=4000)
    optional: bool = False
    loop: bool = False
    options: Options = ()
    many: bool = False
    later: bool = False
    cycle: str = ""
    hope: str = ""
    prefill: str = ""


class Step(Model):
    """The keys that all steps have in common."""

    id: str = Spec(pattern=NAME)
    title: str = Spec(min_length=1, max_length=80)
    say: str = Spec(min_length=1)
    say_async: str = ""
    minutes: int = Spec(ge=0, le=60 * 24)
    minutes_short: int | None = Spec(default=None, ge=0, le=60 * 24)
    minutes_async: int | None = Spec(default=None, ge=0, le=60)
    short: Literal["prepare", "tail", "skip"] = "skip"
    day: int | None = Spec(default=None, ge=0, le=30)
    setting: Literal["one_community", "many_communities"] | None = None
    when: str = ""
    needs_people: int = Spec(default=4, ge=2, le=300)
    if_few: str = Spec(default="", max_length=LONGEST_PROMPT)
    host_notes: str = ""
    purpose: str = ""
    attach: str = Spec(default="", pattern=rf"^$|{PICTURE}")


class Asking(Step):
    """A step that asks for something."""

    read_minutes: int = Spec(default=0, ge=0, le=60)
    read_minutes_short: int | None = Spec(default=None, ge=0, le=60)
    min_seconds: int = Spec(default=0, ge=0, le=3600)
    say_again: str = ""
    advance: Literal["ask", "auto"] = "ask"
    reminders: bool = True
    recap: Literal["quote", "count", "none"] = "quote"
    pass_: bool = Spec(default=True, alias="pass")


class Writing(Asking):
    """A step that is answered in words."""

    max_chars: int | None = Spec(default=None, ge=1, le=4000)
    fields: tuple[Field, ...] = ()


class Message(Step):
    """Something to read."""

    kind: Literal["message"]


class Pause(Step):
    """The session waits for its host."""

    kind: Literal["pause"]


class Digest(Step):
    """Answers of earlier steps, shown again."""

    kind: Literal["digest"]
    of: tuple[str, ...] = Spec(min_length=1)


class Open(Writing):
    """A question in one's own words."""

    kind: Literal["open"]
    reveal: Literal["live", "together", "never"] = "live"
    anonymous_allowed: bool = False
    look: Literal["host", "none"] | None = None
    thanks: bool = False


class Choice(Asking):
    """One tap, or `most`."""

    kind: Literal["choice"]
    options: Options
    most: int = Spec(default=1, ge=1, le=5)
    reveal: Literal["live", "together", "never"] = "together"
    named: bool = False


class Item(Model):
    """Something to give a number."""

    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=18)
    question: str = ""
    anchors: Mapping[str, str] = {}


class Scale(Asking):
    """A number for each item, or "can't tell"."""

    kind: Literal["scale"]
    items: Annotated[tuple[Item, ...], Spec(max_length=12)] | Annotated[str, Spec(pattern=NAME)] = ()
    anchors: Mapping[str, str] = {}
    least: int = Spec(default=1, ge=0, le=9)
    most: int = Spec(default=5, ge=2, le=10)
    again: str = ""
    reveal: Literal["together", "never"] = "together"
    only: Literal["widest", "weakest"] | None = None


class Story(Writing):
    """A few fields about something that happened, in private."""

    kind: Literal["story"]
    fields: tuple[Field, ...] = Spec(min_length=1)


class Vote(Asking):
    """Dots over options."""

    kind: Literal["vote"]
    dots: int = Spec(default=3, ge=1, le=10)
    options: Options = ()
    options_from: str = Spec(default="", pattern=STEP_FIELD)
    hours: int = Spec(default=0, ge=0, le=240)


class Gallery(Asking):
    """Cards to read."""

    kind: Literal["gallery"]
    cards_from: str = Spec(pattern=NAME)
    reactions: tuple[Option, ...] = Spec(default=(), max_length=5)


class Pair(Writing):
    """Two or three who talk."""

    kind: Literal["pair"]
    size: Literal[2, 3] = 2
    by: str = Spec(default="random", pattern=r"^random$|^(same|different|merge):[a-z][a-z0-9_-]*$")
    output: Literal["one_line", "none"] = "one_line"
    where: Literal["thread", "room"] = "thread"


class Reflection(Writing):
    """For oneself."""

    kind: Literal["reflection"]


AnyStep = Annotated[
    Message | Pause | Digest | Open | Choice | Scale | Story | Vote | Gallery | Pair | Reflection,
    Spec(discriminator="kind"),
]
KINDS: dict[str, type[Step]] = {
    "message": Message,
    "pause": Pause,
    "digest": Digest,
    "open": Open,
    "choice": Choice,
    "scale": Scale,
    "story": Story,
    "vote": Vote,
    "gallery": Gallery,
    "pair": Pair,
    "reflection": Reflection,
}


class FollowUp(Model):
    """Asked some days after the recap, of those who said yes."""

    id: str = Spec(pattern=NAME)
    days: int = Spec(ge=1, le=400)
    title: str = Spec(min_length=1, max_length=80)
    say: str = Spec(min_length=1, max_length=LONGEST_PROMPT)
    about: str = Spec(default="", pattern=STEP_FIELD)
    to: Literal["people", "hosts"] = "people"
    fields: tuple[Field, ...] = ()
    again: str = ""


class Badge(Model):
    """The story badge of a workshop."""

    name: str = Spec(min_length=1, max_length=80)
    statements: tuple[str, ...] = ()


class Recognition(Model):
    """A rule of recognition: a role at once, for those who take it, and perhaps the badge after the review."""

    earn: Literal["story", "answered", "witness", "host", "companion", "follow", "thanked", "series"]
    role: str = Spec(min_length=1, max_length=80)
    steps: tuple[str, ...] = ()
    badge: bool = False
    nominate: bool = False
    statements: tuple[str, ...] = ()


class Test(Model):
    """A line of a rehearsed session, and the reply that the bot should give."""

    do: str = Spec(min_length=1)
    expect: str = ""


class Script(Model):
    """A whole workshop."""

    id: str = Spec(pattern=NAME)
    title: str = Spec(min_length=1, max_length=80)
    about: str = Spec(min_length=1, max_length=LONGEST_PROMPT)
    language: str = Spec(default="en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    minutes: int = Spec(ge=1)
    minutes_short: int | None = Spec(default=None, ge=1)
    days: int | None = Spec(default=None, ge=1, le=30)
    day_at: str = Spec(default="09:00", pattern=CLOCK)
    digest_at: str = Spec(default="20:00", pattern=CLOCK)
    frameworks: tuple[str, ...] = ()
    glossary: Mapping[str, str] = {}
    badge: Badge | None = None
    recognition: tuple[Recognition, ...] = ()
    agreements: str = ""
    steps: tuple[AnyStep, ...] = Spec(min_length=1)
    follow_ups: tuple[FollowUp, ...] = ()
    pictures: tuple[Annotated[str, Spec(pattern=PICTURE)], ...] = Spec(default=(), max_length=6)
    next_steps: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    credits: str = ""
    host_card: tuple[str, ...] = ()
    tail_hours: int = Spec(default=0, ge=0)
    review_hours: int = Spec(default=24, ge=1)
    review_hours_async: int = Spec(default=48, ge=1)
    rescue_lines: Mapping[str, str] = {}
    audience: Literal["adults", "mixed", "under_18"] = "adults"
    contact: str = Spec(default="", max_length=80)
    second_contact: str = Spec(default="", max_length=80)
    help_text: str = Spec(default="", max_length=LONGEST_PROMPT)
    names: bool = True
    tests: tuple[Test, ...] = ()


class Entry(Model):
    """One of the things that a framework tells apart."""

    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=60)
    line: str = ""
    question: str = ""
    group: str = ""
    at: tuple[int, int] = (0, 0)
    anchors: Mapping[str, str] = {}
    ideas: tuple[str, ...] = ()
    core: bool = False
    row: bool = False
    below: float | None = None
    stage: str = ""


class Framework(Model):
    """A framework: lists of entries, and what its words mean."""

    id: str = Spec(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    note: str = ""
    credits: str = ""
    glossary: Mapping[str, str] = {}
    lists: Mapping[str, tuple[Entry, ...]]


class Carry(Model):
    """An answer of one part of a series, and the field of a later part in which it is offered."""

    source: str = Spec(alias="from", pattern=r"^[a-z0-9_-]+\.[a-z0-9_-]+\.[a-z0-9_-]+$")
    to: str = Spec(pattern=r"^[a-z0-9_-]+\.[a-z0-9_-]+\.[a-z0-9_-]+$")


class Series(Model):
    """A few workshops that belong together."""

    kind: Literal["series"]
    id: str = Spec(pattern=NAME)
    title: str = Spec(min_length=1, max_length=80)
    about: str = Spec(min_length=1, max_length=LONGEST_PROMPT)
    language: str = "en"
    parts: tuple[str, ...] = Spec(min_length=2)
    days_between: int = Spec(default=7, ge=1, le=365)
    badge: Badge | None = None
    carry: tuple[Carry, ...] = ()
    next_steps: tuple[str, ...] = ()
    credits: str = ""
