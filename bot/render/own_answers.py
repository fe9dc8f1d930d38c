"""The list of what one person wrote and tapped, as they see it."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.steps import forms
from bot.core.steps.scale_statistics import UNSURE
from bot.core.text.messages import N_
from bot.core.text.wording import ntr, tr
from bot.core.views.participant import Mine, Readers, follow_up_days

READ = {
    Readers.PAIR: N_("shown to your group"),
    Readers.ROOM: N_("shown in the room"),
    Readers.VOTERS: N_("voted on as an idea, without your name"),
    Readers.COMPANION: N_("shown to the co-host"),
    Readers.RECAP: N_("in the recap"),
    Readers.HOST: N_("seen by a host"),
}


def author(session: Session, answer: Answer) -> str:
    """The name that an answer is shown under in the session."""
    return forms.author(session, answer) or tr("someone")


def listed(mine: Mine) -> tuple[tuple[str, str, str], ...]:
    """The words and taps of an answer: the key of a field (none for a tap), its label, and what stands there."""
    return (*mine.fields, *(("", tr("you picked"), _tap(label, number)) for label, number in mine.taps))


def _tap(label: str, number: str) -> str:
    if not label:
        return tr("(deleted)")
    answer = tr("can't tell") if number == UNSURE else number
    return f"{label}: {answer}" if number else label


def where_shown(mine: Mine) -> str:
    """Who has read an answer."""
    return ", ".join(tr(READ[each]) for each in mine.readers) or tr("not shown to anyone so far")


def follow_up_question(script: Script) -> str:
    """The question whether somebody may be asked later, with how often and when; nothing if nobody is."""
    days = follow_up_days(script)
    if not days:
        return ""
    return ntr(
        "Can I message you once, {when} days after the recap, to ask how it went?",
        "Can I message you {n} times, {when} days after the recap, to ask how it went?",
        len(days),
        when=f" {tr('and')} ".join(map(str, days)),
    )
