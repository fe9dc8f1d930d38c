"""Draws a pair step: in the room, and in the thread of each pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.model.cards import Button, Change, Partners
from bot.core.model.facts import Mode
from bot.core.model.ids import PlaceName
from bot.core.model.presence import takes_part
from bot.core.model.script import Audience, Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import By, Pair, Step
from bot.core.platform import Capabilities
from bot.core.steps.pairs import group_of, on_their_own, partners
from bot.core.text import messages
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr
from bot.render.answers import quote
from bot.render.i18n import in_a_row
from bot.render.steps.phrases import in_private, time_given
from bot.render.steps.renderer import register
from bot.render.steps.written import InWordsRenderer

BUTTONS = 20  # names to press under one message


class PairRenderer(InWordsRenderer[Pair]):
    """It says where people talk, who can read along, and what they bring back."""

    def variables(self, step: Pair) -> Mapping[str, str]:
        """`{each}`: the minutes that each of them has to talk."""
        return {"each": str(max(step.minutes // step.size, 1))}

    def how(
        self, script: Script, session: Session, step: Pair, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The place to talk, and the way that the outcome comes back; with too few people it is written alone."""
        state = session.steps.get(step.id)
        if state is not None and state.few:
            return by_oneself(session, step, can)
        brings = _brings(step, can)
        if session.mode is Mode.CALL:
            return f"{tr('Talk in the call.')} {brings}".strip()
        if script.audience is Audience.UNDER_18:
            group = tr("You'll talk in small groups, each with a co-host and a thread of its own.")
            return f"{group} {brings}{time_given(session, step)}"
        group = tr(
            "Each group talks in its own thread. Only the group can read it. (The person who runs "
            "this bot technically could, too.)"
        )
        if _read_by_all(step, can):
            group = tr("Each group talks in its own thread. Everyone here can read it.")
        change = tr("Want a new partner? No one is told who asked.")
        if not can.forms:
            change = tr("Want a new partner? Type /partner. No one is told who asked.")
        return f"{group} {brings}{time_given(session, step)} {change}"

    def in_pair(self, session: Session, step: Pair, can: Capabilities) -> str:
        """The readers of this thread, and the way back."""
        here = tr(
            "Talk here. Only your group can read this thread. (The person who runs this bot "
            "technically could, too.)"
        )
        if _read_by_all(step, can):
            here = tr(
                "Talk here, in this thread. Everyone here can read it. It's for the people named above."
            )
        return f"{here} {_brings(step, can)}{time_given(session, step)}"


def by_oneself(session: Session, step: Step, can: Capabilities) -> str:
    """How it is done alone: where everybody does it so, or by somebody who sits with nobody."""
    if isinstance(step, Pair) and not step.output:
        return tr("Just talk here.")
    how = in_private(session, can)
    if not can.forms:
        how = tr("This one is private. Type /answer and your line in our direct chat.")
    return f"{how} {time_given(session, step)}"


def _read_by_all(step: Pair, can: Capabilities) -> bool:
    """True if everybody in the room can read the threads of its pairs."""
    return can.open_threads and not step.apart


def _brings(step: Pair, can: Capabilities) -> str:
    return f"{brings_back(can)} " if step.output else ""


def brings_back(can: Capabilities) -> str:
    """The way in which a pair tells all others what it came to."""
    if can.forms:
        return tr("Afterwards, one of you shares a line with everyone: press Answer.")
    return tr("One of you brings a line back for everyone: type /answer and the line.")


def _names(session: Session, people: Iterable[str]) -> str:
    """Names to be read, one after the other."""
    known = (session.people.get(person) for person in people)
    return ", ".join(isolate(person.name) for person in known if person is not None and person.name)


def why(script: Script, step: Step) -> str:
    """The rule that people are together by; it says nothing of how either of them answered. None if by chance."""
    if not isinstance(step, Pair) or step.by is By.RANDOM:
        return ""
    title = script.step(step.by_step).title
    match step.by:
        case By.SAME:
            return tr(
                "Where I could, I put people together who gave the same answer to “{title}”.", title=title
            )
        case By.DIFFERENT:
            return tr("Where I could, I put people together who answered “{title}” differently.", title=title)
        case By.MERGE:
            return tr("Where I could, I put 2 groups of “{title}” together.", title=title)


def goes_first(session: Session, step: str, person: str) -> str:
    """Who begins in somebody's group, as that person is told it."""
    group = group_of(session, step, person)
    known = session.people.get(group[0]) if len(group) > 1 else None
    if known is None:
        return ""
    return _first(known.name) if known.id != person else tr("You go first.")


def _first(name: str) -> str:
    return tr("{name} goes first.", name=isolate(name)) if name else ""


def pair_list(script: Script, session: Session, step: Step, can: Capabilities) -> str:
    """The pairs, to be read out; whoever has none stands there, too."""
    lines = [f"{tr('**Your groups**')} {tr('The first name in each group goes first.')}", why(script, step)]
    groups = [group for group in session.steps[step.id].pairs.values() if len(group) > 1]
    lines += [f"{n}. {_names(session, group)}" for n, group in enumerate(groups, 1)]
    alone = _names(session, (p for p in session.people if on_their_own(session, step, p)))
    if alone:
        lines.append(tr("On their own: {names}", names=alone))
    if isinstance(step, Pair) and step.output:
        lines.append(brings_back(can))
    return "\n".join(line for line in lines if line)


def in_group(script: Script, session: Session, step: Step, place: str, *, now: bool = False) -> str:
    """Who is in a conversation, who begins, and why they are together."""
    group = session.steps[step.id].pairs.get(PlaceName(place), ())
    names = _names(session, group)
    if now:
        lines = [tr("In this group now: {names}", names=names)]
    else:
        lines = [tr("In this group: {names}", names=names), why(script, step)]
    if len(group) > 1 and (known := session.people.get(group[0])):
        lines.insert(1, _first(known.name))
    return "\n".join(line for line in lines if line)


def partners_of(script: Script, session: Session, step: Step, card: Partners) -> str:
    """With whom somebody talks, or that they do this one on their own."""
    others = [session.people[each].name for each in partners(session, card.step, card.person)]
    names = in_a_row([isolate(name) for name in others if name])
    if names:
        match card.change:
            case Change.MOVED:
                told = [tr("You're in a new group now, with {names}.", names=names)]
            case Change.LEFT:
                told = [tr("Someone has left your group. You're with {names} now.", names=names)]
            case _:
                told = [tr("You're with {names}.", names=names), why(script, step)]
        told.insert(1, goes_first(session, step.id, card.person))
        return " ".join(line for line in told if line)
    writes = isinstance(step, Pair) and step.output and session.mode is not Mode.CALL
    alone = tr(messages.PAIR_ALONE) if writes else tr("You're on your own for this one.")
    return f"{tr('Your partner has left.')} {alone}" if card.change is Change.LEFT else alone


def who_not(session: Session, person: str) -> tuple[str, tuple[Button, ...]]:
    """Whom somebody would rather not be paired with: a button for each, as far as there is room."""
    others = [p for p in session.people.values() if takes_part(p) and p.id != person]
    text = tr(
        "Who would you rather not be paired with? Only you see this. Type /pair not and the name, or press "
        "one below."
    )
    if not others or len(others) > BUTTONS:
        text = tr("Who would you rather not be paired with? Only you see this. Type /pair not and the name.")
        return text, ()
    return text, tuple(Button(label=p.name, command=f"pair not {p.id}") for p in others)


def pair_line(script: Script, session: Session, answer: Answer) -> str:
    """A line that one of a group wrote for all of it; nothing once it is taken back."""
    known = session.people.get(answer.person)
    if not answer.blanks or known is None:
        return ""
    head = tr("{name} wrote this for your group:", name=isolate(known.name))
    words = quote(script, answer, "").partition("\n")[2]  # the heading says whose they are
    return f"{head}\n{words}"


register("pair", PairRenderer())
