"""The keys of a step in a workshop's YAML file: one entry for each kind, and the step that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, TypeVar, Union, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic import Field as Spec
from pydantic_core import CoreSchema

from bot.core.model import steps as core

NAME = r"^[a-z][a-z0-9_-]*$"
PICTURE = r"^[a-z][a-z0-9-]*(:[a-z][a-z0-9_-]*)?$"  # and the step that it is drawn from
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
STEP_FIELD = r"^$|^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$"
# What a gallery offers when its script names no reactions of its own.
REACTIONS = (
    core.Option(key="new", label="New to me"),
    core.Option(key="help", label="I can help", offer=True),
    core.Option(key="same", label="Same here"),
    core.Option(key="more", label="Tell me more"),
)
LONGEST_PROMPT = 600  # characters; domain: short blocks, no walls of text


class Model(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Option(Model):
    """Something to tap."""

    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=80)


Options = Annotated[tuple[Option, ...], Spec(max_length=25)] | Annotated[str, Spec(pattern=NAME)]


class Reaction(Option):
    """A reaction to a card; an offer names its giver to the card's author."""

    offer: bool = False


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


class Building(Protocol):
    """The parts of a workshop that an entry takes to become a step that the core plays."""

    def options(self, given: Options) -> tuple[core.Option, ...]:
        """Options as the file lists them, or those of a framework's list."""

    def fields(self, entry: Writing) -> tuple[core.Field, ...]:
        """The fields of a written step; a single one if it names none."""

    def items(self, entry: Scale) -> tuple[core.Item, ...]:
        """The items of a scale: its own, a framework's list, or those of the scale that it repeats."""


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

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Step:
        """The step that the core plays; `common` is what all steps have, or all that ask something."""
        raise NotImplementedError


KINDS: dict[str, type[Step]] = {}  # the entry of each kind of step, by its name
E = TypeVar("E", bound=Step)


def step_kind(entry: type[E]) -> type[E]:
    """A class decorator: this is what may stand in a file of steps of the kind that it names."""
    KINDS[get_args(entry.model_fields["kind"].annotation)[0]] = entry
    return entry


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


@step_kind
class Message(Step):
    """Something to read."""

    kind: Literal["message"]

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Message:
        """As the core plays it."""
        return core.Message(**common)


@step_kind
class Pause(Step):
    """The session waits for its host."""

    kind: Literal["pause"]

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Pause:
        """As the core plays it."""
        return core.Pause(**common)


@step_kind
class Digest(Step):
    """Answers of earlier steps, shown again."""

    kind: Literal["digest"]
    of: tuple[str, ...] = Spec(min_length=1)

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Digest:
        """As the core plays it."""
        return core.Digest(**common, of=self.of)


@step_kind
class Open(Writing):
    """A question in one's own words."""

    kind: Literal["open"]
    reveal: Literal["live", "together", "never"] = "live"
    anonymous_allowed: bool = False
    look: Literal["host", "none"] | None = None
    thanks: bool = False

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Open:
        """As the core plays it."""
        reveal = core.Reveal(self.reveal)
        hidden = self.anonymous_allowed and reveal is core.Reveal.TOGETHER
        return core.Open(
            **common,
            fields=workshop.fields(self),
            reveal=reveal,
            anonymous_allowed=self.anonymous_allowed,
            look=core.Look(self.look or ("host" if hidden else "none")),
            thanks=self.thanks,
        )


@step_kind
class Choice(Asking):
    """One tap, or `most`."""

    kind: Literal["choice"]
    options: Options
    most: int = Spec(default=1, ge=1, le=5)
    reveal: Literal["live", "together", "never"] = "together"
    named: bool = False
    sensitive: bool = False

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Choice:
        """As the core plays it."""
        return core.Choice(
            **common,
            options=workshop.options(self.options),
            most=self.most,
            reveal=core.Reveal(self.reveal),
            sensitive=self.sensitive,
        )


class Item(Model):
    """Something to give a number."""

    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=18)
    question: str = ""
    anchors: Mapping[str, str] = {}


@step_kind
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
    sensitive: bool = False

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Scale:
        """As the core plays it."""
        return core.Scale(
            **common,
            items=workshop.items(self),
            least=self.least,
            most=self.most,
            again=self.again,
            reveal=core.Reveal(self.reveal),
            only=self.only or "",
            sensitive=self.sensitive,
        )


@step_kind
class Story(Writing):
    """A few fields about something that happened, in private."""

    kind: Literal["story"]
    fields: tuple[Field, ...] = Spec(min_length=1)

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Story:
        """As the core plays it."""
        return core.Story(**common, fields=workshop.fields(self))


@step_kind
class Vote(Asking):
    """Dots over options."""

    kind: Literal["vote"]
    dots: int = Spec(default=3, ge=1, le=10)
    options: Options = ()
    options_from: str = Spec(default="", pattern=STEP_FIELD)
    hours: int = Spec(default=0, ge=0, le=240)
    sensitive: bool = False

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Vote:
        """As the core plays it."""
        return core.Vote(
            **common,
            options=workshop.options(self.options),
            dots=self.dots,
            options_from=self.options_from,
            hours=self.hours,
            sensitive=self.sensitive,
        )


@step_kind
class Gallery(Asking):
    """Cards to read."""

    kind: Literal["gallery"]
    cards_from: str = Spec(pattern=NAME)
    reactions: tuple[Reaction, ...] = Spec(default=(), max_length=5)

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Gallery:
        """As the core plays it."""
        reactions = tuple(core.Option(key=r.key, label=r.label, offer=r.offer) for r in self.reactions)
        return core.Gallery(**common, cards_from=self.cards_from, reactions=reactions or REACTIONS)


@step_kind
class Pair(Writing):
    """Two or three who talk."""

    kind: Literal["pair"]
    size: Literal[2, 3] = 2
    by: str = Spec(default="random", pattern=r"^random$|^(same|different|merge):[a-z][a-z0-9_-]*$")
    output: Literal["one_line", "none"] = "one_line"
    where: Literal["thread", "room"] = "thread"
    group: Literal["keep", "rotate"] = "rotate"

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Pair:
        """As the core plays it."""
        by, _, of = self.by.partition(":")
        return core.Pair(
            **common,
            fields=workshop.fields(self),
            size=self.size,
            by=core.By(by),
            by_step=of,
            output=self.output == "one_line",
            apart=self.where == "room",
            keep=self.group == "keep",
        )


@step_kind
class Reflection(Writing):
    """For oneself."""

    kind: Literal["reflection"]

    def built(self, common: Mapping[str, Any], workshop: Building) -> core.Reflection:
        """As the core plays it."""
        return core.Reflection(**common, fields=workshop.fields(self))


class _OfItsKind:
    """A step is read by the entry of the kind that it names."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(
            Annotated[Union[tuple(KINDS.values())], Spec(discriminator="kind")]  # noqa: UP007 (known at run time)
        )


if TYPE_CHECKING:
    AnyStep = Step
else:
    AnyStep = Annotated[Any, _OfItsKind()]
