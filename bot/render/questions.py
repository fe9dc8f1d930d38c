"""How a step asks: in the room, and of one person, question by question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.model import cards
from bot.core.model.facts import Mode, Phase
from bot.core.model.script import Audience, Script
from bot.core.model.session import Session
from bot.core.model.steps import (
    Choice,
    Digest,
    Field,
    Gallery,
    Open,
    Pair,
    Pause,
    Reflection,
    Reveal,
    Scale,
    Step,
    Story,
    Vote,
    Written,
)
from bot.core.platform import Capabilities
from bot.core.queries import form_answer, wrote
from bot.core.steps import diagrams
from bot.core.steps.registry import kind_of
from bot.core.steps.scale_statistics import items_of
from bot.core.steps.tallies import labels_of
from bot.core.steps.written import ideas_of
from bot.core.text import messages, wording
from bot.core.text.dates import shown as shown_at
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr
from bot.core.views import participant
from bot.render.answers import FEW_LINES, day_digest
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import translated
from bot.render.notice import reached

TALK_APART = N_(
    "Each group talks in a thread of its own; only those in it, and whoever runs this bot, can read it."
)

ONE_SIGN = N_("A reaction with the number of a card, such as 3️⃣, says “{sign}” of it.")


def prompt(
    script: Script,
    session: Session,
    step: Step,
    *,
    again: bool = False,
    personal: bool = False,
    in_pair: bool = False,
    person: str = "",
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
    if again:
        head += f" ({tr('once more, for additions')})"
    text = worded(script, session, step, person)
    ideas = isinstance(step, Vote) and bool(step.options_from)
    tail = (
        tr("The ideas stand in the room.")
        if personal and ideas
        else _how(script, session, step, can, personal)
    )
    if can.reactions and isinstance(step, Gallery):
        tail = f"{tail} {tr(ONE_SIGN, sign=step.reactions[0].label)}"
    open_threads = can.open_threads and not (isinstance(step, Pair) and step.apart)
    if open_threads and isinstance(step, Pair):
        closed = tr(TALK_APART)
        tail = tail.replace(
            closed, tr("Each group talks in a thread of its own; everybody in this room can read it.")
        )
    if in_pair:
        here = tr("Talk here; only those in this thread, and whoever runs this bot, can read it.")
        if open_threads:
            here = tr(
                "Talk here, in this thread. Everybody in the room can read it; whoever is named above talks."
            )
        tail = f"{here} {_brings(step, can)}{_time(session, step)}"
    if isinstance(step, Digest):
        tail = day_digest(script, session, step.of, lines_of=FEW_LINES)
    if session.phase is Phase.FOLLOWING and personal:
        tail = f"{tail}\n\n{tr(messages.FOLLOW_STOP)}".strip()
    picture = diagrams.picture(script, session, step.attach) if step.attach else None
    attached = tr("In words: {twin}", twin=alt_text(picture)) if picture is not None else ""
    return "\n\n".join(part for part in (head, text, attached, tail) if part)


def worded(script: Script, session: Session, step: Step, person: str = "") -> str:
    """What a step says, with its times, commands, what it takes up from others, and what this person wrote."""
    state = session.steps.get(step.id)
    until = state.until if state else None
    values = dict(state.found) if state else {}
    if session.mode is Mode.ASYNC:
        values["deadline"] = shown_at(until, session.zone) if until else tr("the end")
    else:
        values["deadline"] = wording.stamped(until) or until.strftime("%H:%M UTC") if until else ""
    values["minutes"] = str(step.minutes)
    if isinstance(step, Pair):
        values["each"] = str(max(step.minutes // step.size, 1))
    follow = next((each for each in script.follow_ups if each.step.id == step.id), None)
    if follow is not None and follow.about and person:
        values["it"] = isolate(wrote(session, follow, person) or "…")
    return filled(participant.said(step, session), values)


_VARIABLE = re.compile(r"\{([a-z][a-z0-9_.:-]*(?: [a-z]+)?)(?:\|([^}]*))?\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text of ours with what stands for its variables; `{name|otherwise}` where there is nothing."""

    def one(found: re.Match[str]) -> str:
        name, otherwise = found[1], found[2]
        if name.startswith("cmd:"):
            return "/" + name[4:]
        if name in values:
            return values[name]
        return otherwise if otherwise is not None else found[0]

    return _VARIABLE.sub(one, text).strip()


def _time(session: Session, step: Step) -> str:
    """How long there is, in words; over days everything is open until the end."""
    if session.over_days:
        return tr("Open until the end.")
    return tr("{n} min.", n=step.minutes) if session.phase is Phase.RUNNING else tr("Open until the recap.")


def brings_back(can: Capabilities) -> str:
    """How a pair tells all others what it came to."""
    if can.forms:
        return tr("One of you brings a line back for all: the form, or /answer.")
    return tr("One of you brings a line back for all: /answer and the line.")


def _brings(step: Step, can: Capabilities) -> str:
    bare = isinstance(step, Pair) and not step.output
    return "" if bare else brings_back(can) + " "


def _private(session: Session, can: Capabilities) -> str:
    """How words are said that not everybody reads."""
    if can.forms:
        return tr("In private, with the form or /answer.")
    if session.phase is Phase.RUNNING and not session.over_days:
        return tr("In private: I ask you in the room that you have with me.")
    return tr("In private: say /catchup, and I ask you in the room that you have with me.")


def _taps(session: Session, step: Choice | Vote, can: Capabilities) -> str:
    """How one says which of several things."""
    dots = step.dots if isinstance(step, Vote) else step.most
    if kind_of(step).watched(step):
        if can.forms:
            return tr("One, with the buttons or /pick and the number. Everybody sees at once who taps what.")
        return tr("One: write its number here. Everybody sees at once who taps what.")
    if not can.forms:
        number = tr("Up to {n} numbers.", n=dots) if dots > 1 else tr("One number.")
        return f"{number} {_private(session, can)} {tr('Nobody sees whose.')}"
    if dots > 1:
        return tr("Up to {n}, with the buttons or /pick and the number. Nobody sees whose.", n=dots)
    return tr("One, with the buttons or /pick and the number. Nobody sees whose.")


def _how(script: Script, session: Session, step: Step, can: Capabilities, personal: bool = False) -> str:
    private = _private(session, can)
    pass_by = tr("/pass lets it go by.")
    open_for = _time(session, step).rstrip(".")
    match step:
        case Pause():
            return tr("We wait here until the host goes on.")
        case Scale():
            return f"{_items(session, step, personal=personal)}\n\n{_scale(session, step, can)}"
        case Gallery():
            signs = "\n".join(f"- {o.key}: {o.label}" for o in step.reactions)
            sign = step.reactions[0].key
            how = tr(
                "Read slowly. Answer a card with the buttons, or type its number and a sign: 3 {sign}.",
                sign=sign,
            )
            if not can.forms:
                how = tr("Read slowly. Answer a card with its number and a sign: 3 {sign}.", sign=sign)
            return f"{signs}\n\n{how}"
        case Choice() | Vote():
            labels = labels_of(session, step).values()
            listed = "\n".join(f"{n}. {isolate(label)}" for n, label in enumerate(labels, 1))
            return f"{listed}\n\n{_taps(session, step, can)}"
        case Open(reveal=Reveal.LIVE):
            if session.over_days:
                return f"{tr('Reply to this message, or /answer.')} {open_for}; {pass_by}"
            return f"{tr('Just write it here, or /answer.')} {open_for}; {pass_by}"
        case Open(reveal=Reveal.TOGETHER):
            when = tr("Shown together in {minutes} min").format(minutes=step.minutes)
            if session.over_days:
                when = tr("Shown together in the evening")
            return f"{private} {when}; {pass_by}"
        case Pair() if _few(session, step) and not step.output:
            return tr("Just talk here.")
        case Pair() if _few(session, step):
            if not can.forms:
                private = tr("In private: /answer and your line, in the room that you have with me.")
            return f"{private} {open_for}; {pass_by}"
        case Pair() if session.mode is Mode.CALL:
            return f"{tr('Talk in the call.')} {_brings(step, can)}".strip()
        case Pair() if script.audience is Audience.UNDER_18:
            group = tr("You talk in small groups, each with a companion, in a thread of its own.")
            return f"{group} {_brings(step, can)}{open_for}."
        case Pair():
            group = tr(TALK_APART)
            return f"{group} {_brings(step, can)}{open_for}; {tr('/partner changes your partner, silently.')}"
        case Story():
            ideas = translated(ideas_of(step))
            told = f"{tr('Nobody reads this now, and nobody later unless you allow it.')} {ideas}".rstrip()
            told += " " + tr("Hard to tell? /helpme reaches {name}.").format(name=reached(script, session))
            return f"{private} {told} {open_for}; {pass_by}"
        case Open() | Reflection():
            return f"{private} {open_for}; {pass_by}"
        case _:
            return ""


def question(script: Script, session: Session, card: cards.Prompt) -> str:
    """What one person is asked in their private place; of several questions one."""
    step = script.step(card.step)
    first = True
    tail = ""
    if isinstance(step, Choice | Vote | Scale):
        tail = _numbers_here(script, session, step)
    elif isinstance(step, Written):
        asked = next((each for each in step.fields if each.key == card.field), step.fields[0])
        due = [each for each in step.fields if not each.later and not each.optional] or step.fields[:1]
        first = asked.key == due[0].key
        tail = field_asked(asked, due.index(asked) + 1 if asked in due else 0, len(due))
        if first:
            tail += f"\n\n{translated(kind_of(step).seen_by(script, step))} {tr('/pass lets it go by.')}"
    if not first:
        return tail
    number = script.number(step.id)
    head = tr("**{number} of {total}: {title}**", number=number, total=len(script.steps), title=step.title)
    head = head if number and not session.over_days else f"**{step.title}**"
    return "\n\n".join(part for part in (head, worded(script, session, step, card.person), tail) if part)


def field_asked(asked: Field, number: int, of: int) -> str:
    """One question, with its number among several, and what can be tapped."""
    place = f" ({tr('{n} of {total}', n=number, total=of)})" if number and of > 1 else ""
    help_ = f"\n{asked.help}" if asked.help else ""
    listed = "".join(f"\n{n}. {option.label}" for n, option in enumerate(asked.options, 1))
    how = tr("Write the number here.") if asked.options else tr("Just write it here.")
    return f"**{asked.label}**{place}{help_}{listed}\n\n{how}"


def _numbers_here(script: Script, session: Session, step: Choice | Vote | Scale) -> str:
    if isinstance(step, Scale):
        listed = _items(session, step, personal=True)
        how = tr(
            "Write here, in one line, a number from {least} to {most} for each, or ? if you can't tell, "
            "such as 3 4 ? 2. Nobody sees whose.",
            least=step.least,
            most=step.most,
        )
        return f"{listed}\n\n{how}"
    labels = labels_of(session, step).values()
    listed = "\n".join(f"{n}. {isolate(label)}" for n, label in enumerate(labels, 1))
    dots = step.dots if isinstance(step, Vote) else step.most
    how = tr("Write its number here. Nobody sees whose.")
    if dots > 1:
        how = tr("Write up to {n} numbers here, with spaces between. Nobody sees whose.", n=dots)
    return f"{listed}\n\n{how}"


def more_fields(script: Script, session: Session, card: cards.MoreFields) -> str:
    """What may be added to an answer: each question with its number, and what stands there already."""
    step = script.step(card.step)
    if not isinstance(step, Written):
        return ""
    mine = form_answer(session, step.id, card.person)
    lines = [
        tr(
            "If you like, add or change any of these: its number, then your words, such as “2 It took a month”."
        )
    ]
    for n, each in enumerate(step.fields, 1):
        held = mine.text(each.key) if mine else ""
        listed = (
            ": " + ", ".join(f"{k} {o.label}" for k, o in enumerate(each.options, 1)) if each.options else ""
        )
        lines.append(f"{n}. {each.label}{listed}" + (" ✓" if held else ""))
    if any(isinstance(s, Story) for s in (step,)):
        lines.append(
            tr("May others read it, now and in the recap? /my shows what you wrote, and how to say so.")
        )
    return "\n".join(lines)


def _few(session: Session, step: Step) -> bool:
    state = session.steps.get(step.id)
    return state is not None and state.few


def _scale(session: Session, step: Scale, can: Capabilities) -> str:
    """How one answers a scale."""
    if can.forms:
        return tr(
            "A number from {least} to {most} for each, or ? if you can't tell, with the buttons or /pick 3 4 ? 2. "
            "Nobody sees whose.",
            least=step.least,
            most=step.most,
        )
    numbers = tr(
        "A number from {least} to {most} for each, or ? if you can't tell.", least=step.least, most=step.most
    )
    return f"{numbers} {_private(session, can)} {tr('Nobody sees whose.')}"


def _items(session: Session, step: Scale, *, personal: bool) -> str:
    """The items of a scale, three in a block; what the numbers look like is said to each person who asks."""
    blocks: list[list[str]] = [[]]
    for n, item in enumerate(items_of(session, step), 1):
        if len(blocks[-1]) == 3:
            blocks.append([])
        ends = "; ".join(f"{at}: {text}" for at, text in item.anchors.items()) if personal else ""
        lines = f"{n}. **{item.label}**: {item.question}" if item.question else f"{n}. **{item.label}**"
        blocks[-1].append(lines + (f" ({ends})" if ends else ""))
    return "\n\n".join("\n".join(block) for block in blocks)
