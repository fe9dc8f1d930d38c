"""The keys of a workshop's YAML file. `prompts/schema.json` is generated from these models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Spec

from bot.authoring.step_model import CLOCK, LONGEST_PROMPT, NAME, PICTURE, STEP_FIELD, AnyStep, Field, Model


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
