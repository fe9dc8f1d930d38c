"""Questions: how a step asks in the room, and of one person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.commands import TABLE
from bot.core.model import cards
from bot.core.model.facts import Mode, Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Step, Written
from bot.core.platform import Capabilities
from bot.core.queries import form_answer, wrote
from bot.core.steps import diagrams
from bot.core.steps.pairs import on_their_own
from bot.core.steps.registry import kind_of
from bot.core.text import messages, wording
from bot.core.text.dates import moment_in_zone as shown_at
from bot.core.text.quoting import QUOTE_END, isolate
from bot.core.text.wording import tr
from bot.core.views import participant
from bot.render.diagrams.alt_text import alt_text
from bot.render.steps.pair import by_oneself, in_group
from bot.render.steps.renderer import renderer_of


def prompt(
    script: Script,
    session: Session,
    step: Step,
    *,
    again: bool = False,
    personal: bool = False,
    in_pair: bool = False,
    person: str = "",
    place: str = "",
    can: Capabilities,
) -> str:
    """A step as everybody sees it: where we are, what is asked, how long, how to answer."""
    number = script.number(step.id)
    head = tr("**{number} of {total}: {title}**", number=number, total=len(script.steps), title=step.title)
    if session.phase is Phase.LOBBY:
        head = f"**{step.title}** ({tr('while we wait, if you like')})"
    elif session.over_days:
        head = f"**{step.title}**"
    elif not number:
        head = f"**{step.title}** ({tr('open until the recap')})"
        if session.phase is Phase.FOLLOWING:
            head = f"**{script.title}: {step.title}**"
    alone = on_their_own(session, step, person)
    if alone:
        head += f" ({tr('on your own')})"
    if again:
        head += f" ({tr('once more, to add to it')})"
    text = worded(script, session, step, person)
    renderer = renderer_of(step)
    if in_pair:
        how = f"{in_group(script, session, step, place)}\n\n" if place else ""
        how += renderer.in_pair(session, step, can)
    elif alone:
        how = by_oneself(session, step, can) if kind_of(step).fields(step) else ""
    else:
        how = renderer.how(script, session, step, can, personal=personal)
    if session.phase is Phase.FOLLOWING and personal:
        how = f"{how}\n\n{tr(messages.FOLLOW_STOP if can.forms else messages.FOLLOW_STOP_HERE)}".strip()
    picture = diagrams.picture(script, session, step.attach) if step.attach else None
    in_words = tr("In words: {twin}", twin=alt_text(picture)) if picture is not None else ""
    return "\n\n".join(part for part in (head, text, in_words, how) if part)


def worded(script: Script, session: Session, step: Step, person: str = "") -> str:
    """The words of a step, with its times, commands, what it takes up from others, and what this person wrote."""
    state = session.steps.get(step.id)
    until = state.until if state else None
    values = dict(state.found) if state else {}
    if session.mode is Mode.ASYNC:
        values["deadline"] = shown_at(until, session.zone) if until else tr("the end")
    else:
        values["deadline"] = wording.stamped(until) or until.strftime("%H:%M UTC") if until else ""
    values["minutes"] = str(step.minutes)
    values |= renderer_of(step).variables(step)
    follow = next((follow_up for follow_up in script.follow_ups if follow_up.step.id == step.id), None)
    if follow is not None and follow.about and person:
        values["it"] = isolate(wrote(session, follow, person) or "…")
    return filled(participant.said(step, session, person), values)


_VARIABLE = re.compile(r"\{([a-z][a-z0-9_.:-]*(?: [a-z]+)?)(?:\|([^}]*))?\}(\.?)")
_ENDED = re.compile(rf"[.!?…]{QUOTE_END}?$")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text of ours with what stands for its variables; `{name|otherwise}` where there is nothing."""

    def one(found: re.Match[str]) -> str:
        name, otherwise, stop = found[1], found[2], found[3]
        if name.startswith("cmd:"):
            command = TABLE.get(name[4:])
            return f"/{command.name if command else name[4:]}{stop}"
        if name in values:  # somebody's sentence may end with a full stop of its own
            return values[name] + ("" if _ENDED.search(values[name]) else stop)
        return otherwise + stop if otherwise is not None else found[0]

    return _VARIABLE.sub(one, text).strip()


def question(script: Script, session: Session, card: cards.Prompt) -> str:
    """The question for one person in their private place; of several questions one."""
    step = script.step(card.step)
    asked, first = renderer_of(step).alone(script, session, step, card.field)
    if not first:
        return asked
    number = script.number(step.id)
    head = tr("**{number} of {total}: {title}**", number=number, total=len(script.steps), title=step.title)
    head = head if number and not session.over_days else f"**{step.title}**"
    if on_their_own(session, step, card.person):
        head += f" ({tr('on your own')})"
    return "\n\n".join(part for part in (head, worded(script, session, step, card.person), asked) if part)


def more_fields(script: Script, session: Session, card: cards.MoreFields) -> str:
    """The questions that may be added to an answer, each with its number and a mark if something stands there."""
    step = script.step(card.step)
    if not isinstance(step, Written):
        return ""
    answer = form_answer(session, step.id, card.person)
    lines = [tr("Want to add or edit one? Type its number and your words, such as “2 It took a month”.")]
    for n, field in enumerate(step.fields, 1):
        text = answer.text(field.key) if answer else ""
        listed = (
            ": " + ", ".join(f"{k} {o.label}" for k, o in enumerate(field.options, 1))
            if field.options
            else ""
        )
        lines.append(f"{n}. {field.label}{listed}" + (" ✓" if text else ""))
    if kind_of(step).story:
        lines.append(tr("Can others read it, now and in the recap? To decide: /my answers"))
    return "\n".join(lines)
