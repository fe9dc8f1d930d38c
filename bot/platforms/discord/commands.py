"""The commands of the one table as Discord wants them, and what it proposes while somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.core.model.script import Gallery, Script
from bot.core.model.session import Session
from bot.core.participants.community import Listing
from bot.core.steps.action_items import choices
from bot.core.text import dates, messages
from bot.core.text.commands import COMMANDS, Command, Parameter
from bot.core.text.messages import tr
from bot.core.views import participant
from bot.platforms.discord.components import short
from bot.render.i18n import catalogues, spoken
from bot.scheduling import messages as s
from bot.scheduling.commands import CHECKS
from bot.scheduling.phrases.resolver import zones
from bot.scheduling.plan import Coming, Plan

HELP = 100
NAME = 32
CHOICES = 25
SUBCOMMAND, STRING, INTEGER = 1, 3, 4  # kinds of options (Discord, Application commands)
MANAGE = 1 << 5  # Manage Server (Discord, Permissions)
ON_MESSAGE = 3  # a command in the menu of a message
CALLED = {"es": "es-ES"}  # Discord's names of languages, where they are not ours
IN_SESSIONS = (
    "workshop",
    "how",
    "name",
    "answer",
    "card",
    "session",
    "language",
    "line",
    "sign",
    "who",
    "what",
)
PROPOSED = frozenset((*IN_SESSIONS, "zone", "plan", "which", "item", "begin"))
HOW = {
    "yes": s.GOING,
    "maybe": s.MAYBE,
    "reading": s.READING,
    "no": s.NO,
    "remind": s.REMIND_ME,
    "quiet": s.DO_NOT_REMIND,
}
MINE = ("words", "sheet", "data", "badges", "consent", "withdraw", "name", "forget me")
GROUPS = {"workshop": messages.GROUP_HELP, "review": messages.REVIEW_HELP, "schedule": messages.PLANS_HELP}
AS_ANSWER = "Use as my answer"
Choice = tuple[str, str]  # what is shown, what is sent


def payload(*, managed: bool = False) -> list[dict[str, Any]]:
    """All commands, for registering: words of two parts become a command with parts.

    Args:
        managed: hosts are those who manage the server, so what only hosts may do is shown to these alone, until a
            server says otherwise (Server Settings, Integrations).
    """
    found: dict[str, dict[str, Any]] = {}
    for command in COMMANDS:
        first, _, second = command.name.partition(" ")
        if second:
            group = found.setdefault(
                first,
                {**_described(first, GROUPS.get(first, messages.GROUP_HELP), called(first)), "options": []},
            )
            group["options"].append({**_option(command, second), "type": SUBCOMMAND})
        else:
            found[first] = _option(command, first)
    everybodys = {command.name.partition(" ")[0] for command in COMMANDS if not command.host}
    for name, each in found.items():
        each["default_member_permissions"] = MANAGE if managed and name not in everybodys else None
    listed = [{**each, "type": 1, "contexts": [0, 1], "integration_types": [0]} for each in found.values()]
    names = {code: short(text, NAME) for code, text in _in_all(messages.AS_ANSWER) if code != "en"}
    menu = {"name": AS_ANSWER, "name_localizations": names, "type": ON_MESSAGE}
    return [*listed, {**menu, "contexts": [0], "integration_types": [0]}]


def _option(command: Command, name: str) -> dict[str, Any]:
    parameters = sorted(command.parameters, key=lambda p: not _required(command, p))
    return {
        **_described(name, command.help, called(name)),
        "options": [_parameter(command, p) for p in parameters],
    }


def _required(command: Command, parameter: Parameter) -> bool:
    return parameter.required and command.name != "answer"  # without words it opens the form


def _parameter(command: Command, parameter: Parameter) -> dict[str, Any]:
    made = {
        **_described(parameter.name, parameter.help, asked(parameter.name)),
        "type": INTEGER if parameter.kind is int else STRING,
        "required": _required(command, parameter),
    }
    if made["type"] == STRING and parameter.name in PROPOSED:
        made["autocomplete"] = True
    return made


def called(word: str) -> str:
    """Under what the catalogues keep what a word of a command is called in their language."""
    return f"[command] {word}"


def asked(parameter: str) -> str:
    """Under what they keep what one of its parts is called."""
    return f"[part] {parameter}"


def _described(name: str, help: str, kept: str) -> dict[str, Any]:
    said = dict(_in_all(help))
    english = short(said.pop("en"), HELP)
    names = {code: short(text, NAME) for code, text in _in_all(kept) if text != kept}
    return {
        "name": name,
        "name_localizations": names,
        "description": english,
        "description_localizations": {code: short(text, HELP) for code, text in said.items()},
    }


def _in_all(text: str) -> Iterator[Choice]:
    for language in catalogues():
        with spoken(language):
            yield CALLED.get(language, language), tr(text)


def same(ours: Any, theirs: Any) -> bool:
    """Whether Discord has what we would register; it leaves out what is empty, and adds what is its own."""
    if isinstance(ours, Mapping):
        theirs = theirs if isinstance(theirs, Mapping) else {}
        return all(same(value, theirs.get(key)) for key, value in ours.items())
    if isinstance(ours, Sequence) and not isinstance(ours, str):
        there = theirs if isinstance(theirs, Sequence) else []
        return len(ours) == len(there) and all(map(same, ours, there))
    return bool(
        ours == theirs or (not ours and not theirs) or str(ours) == theirs
    )  # rights come back as text


def registered(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]) -> bool:
    """Whether all commands are registered as they are, and no others."""
    there = {(each["name"], each.get("type", 1)): each for each in theirs}
    return len(ours) == len(there) and all(same(o, there.get((o["name"], o["type"]))) for o in ours)


def given(data: Mapping[str, Any]) -> tuple[str, dict[str, str], str]:
    """A command as somebody gave it: its name, what was said with it, and what is being typed just now."""
    name, options = str(data.get("name", "")), list(data.get("options") or [])
    if options and options[0].get("type") == SUBCOMMAND:
        name, options = f"{name} {options[0]['name']}", list(options[0].get("options") or [])
    args = {str(each["name"]): str(each.get("value", "")) for each in options}
    return name, args, next((str(each["name"]) for each in options if each.get("focused")), "")


def proposals(
    command: str,
    asked: str,
    args: Mapping[str, str],
    shelf: Mapping[str, Listing],
    script: Script | None,
    session: Session | None,
    person: str,
    plans: Sequence[Plan] = (),
    coming: Sequence[Coming] = (),
) -> list[Choice]:
    """What may be meant by what somebody has typed so far, at most 25."""
    typed = args.get(asked, "").casefold()
    found = _planned(command, asked, plans, coming)
    if found is None:
        found = _known(command, asked, args, shelf, script, session, person)
    fitting = [each for each in found if typed in each[0].casefold() or typed in each[1].casefold()]
    return [(short(shown, HELP), sent) for shown, sent in fitting if len(sent) <= HELP][:CHOICES]


def _planned(
    command: str, asked: str, plans: Sequence[Plan], coming: Sequence[Coming]
) -> list[Choice] | None:
    """What may be meant in a command about what is planned; None if it is about something else."""
    if asked == "zone":
        return [(name.replace("_", " "), name) for name in sorted(set(zones().values()))]
    if asked == "plan":
        return [
            (f"{plan.title}, {dates.shown(plan.at, plan.zone) if plan.at else '-'}", plan.id)
            for plan in plans
        ]
    if command == "coming":
        return [(tr(label), how) for how, label in HOW.items()]
    if asked == "which" and command.startswith("schedule "):
        return [(tr(s.ONLY_THIS), "this"), (tr(s.ALL_OF_THEM), "all")]
    if asked == "begin" or command == "schedule check":
        return [(each, each) for each in (("ask",) if asked == "begin" else CHECKS)]
    if command in ("schedule companion", "schedule contact"):
        return [(each.name, each.person) for each in coming]
    return None


def _known(
    command: str,
    asked: str,
    args: Mapping[str, str],
    shelf: Mapping[str, Listing],
    script: Script | None,
    session: Session | None,
    person: str,
) -> list[Choice]:
    if asked == "workshop":
        return [(f"{each.title} ({each.lengths})", each.id) for each in shelf.values()]
    if command in ("workshop start", "schedule add") and asked == "how":
        there = shelf.get(args.get("workshop", ""))
        variants = {v.version: v.version for v in there.variants if v.version} if there else {}
        return [*variants.items(), ("call", "call"), ("async", "async")]
    if command == "recognition" and asked == "how":
        return [(how, how) for how in ("take", "decline", "explain", "log")]
    if command == "my" and asked == "what":
        return [(what, what) for what in MINE]
    if asked == "language":
        return [(code, code) for code in catalogues()]
    if command in ("onebyone", "remind", "follow") and asked == "how":
        return [("yes", "yes"), ("no", "no")]
    if command == "pair":
        return [(how, how) for how in ("someone", "three", "alone")]
    if command == "share" and asked == "how":
        return [(how, how) for how in ("name", "anonymous", "no")]
    if script is None or session is None:
        return []
    if command in ("recognition", "recognise", "revoke") and asked in ("which", "who"):
        return _recognitions(command, script, session, person)
    if command == "take" and asked == "which":
        return [(f"{c.number}. {c.label}", str(c.number)) for c in choices(script, session) if c.label]
    if asked == "name":
        return [(p.name, p.id) for p in session.people.values() if p.present and p.id != person]
    if asked == "answer":
        return [(f"{m.number}. {m.title}", str(m.number)) for m in participant.mine(script, session, person)]
    if asked == "line":
        return [(f"{name}: {line}", name) for name, line in script.rescue_lines.items()]
    step = script.step(session.step) if session.step else None
    if asked == "sign" and isinstance(step, Gallery):
        return [(option.label, option.key) for option in step.reactions]
    form = (
        participant.form_for(script, session, person, step)
        if asked == "card" and isinstance(step, Gallery)
        else None
    )
    if form is not None:
        return [
            (f"{c.number}. {c.card.fields[0][1] if c.card.fields else ''}", str(c.number)) for c in form.cards
        ]
    return []


def _recognitions(command: str, script: Script, session: Session, person: str) -> list[Choice]:
    """What there is to be recognised for; of hosts, for whom: a name, a colon, and as what."""
    if command == "recognition":
        return [(rule.name, rule.key) for rule in script.recognition]
    if person not in session.hosts and person != session.guide:
        return []  # what somebody holds is theirs to show
    people = [(id, p.name) for id, p in session.people.items() if p.name]
    if command == "revoke":
        names = dict(people)
        held = [(names[id], key) for id, key in sorted(session.granted) if id in names]
    else:
        held = [(name, rule.key) for _, name in people for rule in script.recognition]
    return [(f"{name}: {key}", f"{name}: {key}") for name, key in held]
