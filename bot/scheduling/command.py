"""A row of the command registry that is about plans, and what its decision can know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import Flag, auto

from bot.core.commands.command import Choice, Command, Parameter, Proposals, Typing
from bot.core.model.ids import PersonId
from bot.core.model.records import record
from bot.core.model.session import Session
from bot.core.participants.community import Listing, Times
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.scheduling import messages
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.phrases.zones import zones
from bot.scheduling.plan import Coming, Plan


class Need(Flag):
    """A thing that has to be brought for a decision."""

    NOTHING = 0
    PLAN = auto()  # the plan that is named, or the next one here
    PLANS = auto()  # all that is planned here, and who comes to it
    ROOM = auto()  # what is going on in the room of the plan
    RIGHTS = auto()  # what the platform may not do there
    CALENDARS = auto()  # where somebody finds theirs


@record
class RoomState:
    """The state of a room at this moment."""

    taken: bool = False  # by another session
    session: Session | None = None  # that was opened for this occurrence
    guide: bool = False  # the platform sees that whoever guides is here


@record
class PlanContext:
    """The context of a decision about plans, beside the plan itself."""

    shelf: Mapping[str, Listing]
    times: Times
    community: str
    zone: str  # in which whoever asks is told times
    planning_zone: str = (
        ""  # on whose clocks they plan, if the phrase names none: theirs, or their community's
    )
    offered_zone: str = ""  # of the clock before them, where neither has said theirs
    clock_zone: str = ""  # of the clock before them, if it is known
    languages: Sequence[str] = ()
    plans: Sequence[Plan] = ()  # of this community, the next ones first
    coming: Mapping[str, Mapping[PersonId, Coming]] = field(default_factory=dict)  # plan -> who comes
    room: RoomState = RoomState()
    lacking: str = ""  # what the platform may not do in the room
    addresses: Mapping[str, str] | None = None  # of calendars
    files: bool = False  # people get files where they ask


@record
class PlanCommand(Command):
    """A row whose answer is a decision about plans."""

    decide: Callable[[DecisionBuilder, PlanContext], None]
    needs: Need = Need.PLAN
    companion: bool = False  # the companion of a plan may give it, too


def _plans(typing: Typing) -> Sequence[Choice]:
    return typing.plans


def _this_or_all(typing: Typing) -> Sequence[Choice]:
    return [(tr(messages.ONLY_THIS), "this"), (tr(messages.ALL_OF_THEM), "all")]


def zone_choices(typing: Typing) -> Sequence[Choice]:
    """Every time zone."""
    return [(name.replace("_", " "), name) for name in sorted(set(zones().values()))]


def option(
    name: str,
    help: str,
    proposals: Proposals | None = None,
    *,
    kind: type[str] | type[int] = str,
    room: bool = False,
) -> Parameter:
    """A parameter that may be left out, and is typed as name:value."""
    return Parameter(
        name=name, help=help, kind=kind, required=False, named=True, room=room, proposals=proposals
    )


PLAN = Parameter(name="plan", help=N_("its name (see /schedule list)"), proposals=_plans)
OPTIONAL_PLAN = Parameter(
    name="plan", help=N_("its name, if several are scheduled here"), required=False, proposals=_plans
)
OF_ALL = option("which", N_("this or all"), _this_or_all)
