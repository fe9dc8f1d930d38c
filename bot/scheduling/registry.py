"""The commands about plans."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.command import Choice, Command, Parameter, Typing, Who, fixed, one
from bot.core.commands.opening import ways, workshops
from bot.core.text.messages import N_, tr
from bot.scheduling import messages as s
from bot.scheduling.commands import CHECKS
from bot.scheduling.phrases.resolver import zones

HOW = {
    "yes": s.GOING,
    "maybe": s.MAYBE,
    "reading": s.READING,
    "no": s.NO,
    "remind": s.REMIND_ME,
    "quiet": s.DO_NOT_REMIND,
}


def _plans(typing: Typing) -> Sequence[Choice]:
    return typing.plans


def _comers(typing: Typing) -> Sequence[Choice]:
    return typing.comers


def _answers(typing: Typing) -> Sequence[Choice]:
    return [(tr(label), how) for how, label in HOW.items()]


def _this_or_all(typing: Typing) -> Sequence[Choice]:
    return [(tr(s.ONLY_THIS), "this"), (tr(s.ALL_OF_THEM), "all")]


def _zones(typing: Typing) -> Sequence[Choice]:
    return [(name.replace("_", " "), name) for name in sorted(set(zones().values()))]


_PLAN = Parameter(name="plan", help=N_("its name; /schedule list shows the names"), proposals=_plans)
_ITS = Parameter(
    name="plan", help=N_("its name, if several are planned here"), required=False, proposals=_plans
)
_OF_ALL = Parameter(name="which", help=N_("this or all"), required=False, named=True, proposals=_this_or_all)
COMMANDS = (
    Command(
        name="coming",
        who=Who.ANYONE,
        help=N_("say whether you come to what is planned"),
        parameters=(
            Parameter(name="how", help=N_("yes, maybe, reading or no; remind or quiet"), proposals=_answers),
            _ITS,
        ),
    ),
    Command(
        name="needs",
        who=Who.ANYONE,
        help=N_("tell the hosts, and nobody else, what helps you to take part in what is planned"),
        parameters=one("text", N_("a few words; they are deleted after the session")),
    ),
    Command(
        name="zone",
        who=Who.ANYONE,
        help=N_("the time zone in which you are told times"),
        parameters=one("zone", N_("such as Europe/Lisbon"), required=False, proposals=_zones),
    ),
    Command(
        name="calendar",
        who=Who.ANYONE,
        help=N_("addresses for your calendar app: what you come to, and all that is planned"),
    ),
    Command(
        name="schedule add",
        help=N_("plan a workshop or a series; you are shown what was understood before anything is planned"),
        who=Who.HOST,
        parameters=(
            Parameter(name="workshop", help=N_("such as first-circle, or a series"), proposals=workshops),
            Parameter(
                name="when", help=N_("such as: next Tuesday 7pm, or every second Tuesday 7pm until 1 June")
            ),
            Parameter(
                name="repeat",
                help=N_("such as: weekly, or monthly third Thursday"),
                required=False,
                named=True,
            ),
            Parameter(
                name="zone",
                help=N_("where the clocks hang, such as Europe/Lisbon"),
                proposals=_zones,
                required=False,
                named=True,
            ),
            Parameter(
                name="how",
                help=N_("such as 60, async, call or many"),
                required=False,
                named=True,
                proposals=ways,
            ),
            Parameter(name="rooms", help=N_("other rooms that it spans"), required=False, named=True),
            Parameter(
                name="cap",
                help=N_("how many can take part; others wait for a place"),
                required=False,
                named=True,
                kind=int,
            ),
            Parameter(
                name="fewest",
                help=N_("with fewer people you are asked first"),
                required=False,
                named=True,
                kind=int,
            ),
            Parameter(
                name="days", help=N_("between the parts of a series"), required=False, named=True, kind=int
            ),
            Parameter(
                name="begin",
                help=N_("ask: you are asked before it begins"),
                required=False,
                named=True,
                proposals=fixed("ask"),
            ),
        ),
    ),
    Command(name="schedule list", help=N_("what is planned here"), who=Who.HOST),
    Command(
        name="schedule show",
        help=N_("one plan, who comes and what they need"),
        who=Who.HOST,
        parameters=(_ITS,),
    ),
    Command(
        name="schedule move",
        help=N_("another time, for the next one or for all"),
        who=Who.HOST,
        parameters=(
            _PLAN,
            _OF_ALL,
            Parameter(name="when", help=N_("the new time, such as next Tuesday 7pm"), required=False),
        ),
    ),
    Command(name="schedule skip", help=N_("let the next one fall out"), who=Who.HOST, parameters=(_ITS,)),
    Command(
        name="schedule pause", help=N_("nothing begins until you resume it"), who=Who.HOST, parameters=(_ITS,)
    ),
    Command(name="schedule resume", help=N_("go on after a pause"), who=Who.HOST, parameters=(_ITS,)),
    Command(
        name="schedule cancel",
        help=N_("the next one, or all of them, do not take place"),
        who=Who.HOST,
        parameters=(_ITS, _OF_ALL),
    ),
    Command(
        name="schedule confirm",
        help=N_("yes, it is understood as you mean it"),
        who=Who.HOST,
        parameters=(_PLAN,),
    ),
    Command(name="schedule drop", help=N_("no, plan nothing"), who=Who.HOST, parameters=(_PLAN,)),
    Command(
        name="schedule choose",
        help=N_("answer a question about the time"),
        who=Who.HOST,
        parameters=(_PLAN, Parameter(name="option", help=N_("its number"))),
    ),
    Command(
        name="schedule check",
        help=N_("tick something of your list for the day before"),
        who=Who.HOST,
        parameters=(
            _PLAN,
            Parameter(name="item", help=N_("example, companion, contact or room"), proposals=fixed(*CHECKS)),
        ),
    ),
    Command(
        name="schedule companion",
        help=N_("name who helps you, of those who come"),
        who=Who.HOST,
        parameters=(_PLAN, Parameter(name="name", help=N_("their name"), proposals=_comers)),
    ),
    Command(
        name="schedule contact",
        help=N_("name whom people can turn to beside you, of those who come"),
        who=Who.HOST,
        parameters=(_PLAN, Parameter(name="name", help=N_("their name"), proposals=_comers)),
    ),
    Command(
        name="schedule here", help=N_("you are there, and it can begin"), who=Who.HOST, parameters=(_ITS,)
    ),
    Command(name="schedule begin", help=N_("begin now"), who=Who.HOST, parameters=(_ITS,)),
    Command(name="schedule wait", help=N_("wait ten minutes more"), who=Who.HOST, parameters=(_ITS,)),
)
