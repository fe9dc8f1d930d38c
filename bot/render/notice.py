"""The notice before anything is asked: who reads, what is kept, where it goes, who helps."""

from __future__ import annotations

from bot.core.model.facts import Mode
from bot.core.model.script import Audience, Script
from bot.core.model.session import Session
from bot.core.steps.registry import kind_of
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate
from bot.core.text.wording import ntr, tr

FOR = {
    Audience.ADULTS: N_("It is meant for adults."),
    Audience.MIXED: N_("There may be people under 18 here."),
    Audience.UNDER_18: N_(
        "There are people under 18 here: nobody talks alone with somebody, and no names are published."
    ),
}


def notice(script: Script, session: Session, *, open_threads: bool = False) -> str:
    """The four lines that everybody gets before anything is asked, from what is really so.

    Readers come from the session's rooms and the script's steps, outputs from what the session makes,
    help from who is named.
    """
    rooms = [session.places[place].partition(":")[2] for place in session.rooms]
    readers = [tr("everybody in this room, also on a screen (the board).")]
    if len(rooms) > 1:
        readers = [
            ntr(
                "everybody in this room ({rooms}), also on a screen (the board).",
                "everybody in these {n} rooms ({rooms}), also on a screen (the board).",
                len(rooms),
                rooms=", ".join(map(isolate, rooms)),
            )
        ]
    if any(kind_of(s).shown_together(s) and not kind_of(s).in_pairs for s in script.steps):
        looked = any(kind_of(s).looked_at(script, s) for s in script.steps)
        first = tr(
            "Some questions are written in private and shown together; a host looks first, without names."
        )
        plain = tr("Some questions are written in private and shown together.")
        readers.append(first if looked else plain)
    if any(kind_of(s).shown_apart for s in script.steps):
        readers.append(tr("Stories and reflections: nobody, unless you allow it."))
    pairs = [s for s in script.steps if kind_of(s).in_pairs]
    if pairs and session.mode is Mode.LIVE:
        if open_threads and not all(kind_of(s).apart(s) for s in pairs):
            readers.append(tr("Pairs: everybody in this room, because all can read its threads."))
        elif script.audience is Audience.UNDER_18:
            readers.append(tr("Small groups: with a companion."))
        else:
            readers.append(tr("Pairs: only those in them."))
    long = tr("about {minutes} minutes", minutes=script.minutes)
    if session.mode is Mode.CALL:
        long += f", {tr('beside a call (nothing is recorded)')}"
    if session.mode is Mode.ASYNC:
        long = tr(
            "over {days} days, at most {minutes} minutes a day, whenever it suits you",
            days=script.days,
            minutes=A_DAY,
        )
    kept = tr(
        "What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on "
        "your message says that it counts."
    )
    if session.keep_days:
        kept += " " + tr("What you do not share is erased {n} days after the end.", n=session.keep_days)
    goes = tr(
        "Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you "
        "are only counted."
    )
    if script.nameless:
        goes += " " + tr("No names stand in it.")
    free = tr("Pass on anything, read along, or leave, at any time. Help: /helpme reaches {name}.")
    lines = [
        f"**{script.title}**, {long}. {tr(FOR[script.audience])} {tr('Before we begin:')}",
        f"- {tr('Who reads:')} {' '.join(readers)}",
        f"- {kept}",
        f"- {goes}",
        f"- {free.format(name=reached(script, session))}",
    ]
    return "\n".join(lines)


def reached(script: Script, session: Session, person: str = "") -> str:
    """Whom /helpme reaches, by name where there is one: nobody, if that is only the person who asks."""
    guide = session.people.get(session.guide)
    first = script.contact or (isolate(guide.name) if guide and guide.name else tr("the host"))
    second = session.people.get(session.contact)
    other = isolate(second.name) if second and second.name else script.second_contact
    if person and person == session.guide and not script.contact:
        return other
    return tr("{first}, or {second}", first=first, second=other) if other else first


A_DAY = 15  # minutes that a day may ask for
