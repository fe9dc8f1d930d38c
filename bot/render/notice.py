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
    Audience.ADULTS: N_("For people aged 18 and over."),
    Audience.MIXED: N_("There may be people under 18 here."),
    Audience.UNDER_18: N_(
        "Some people here are under 18. Nobody is paired one-to-one, and no names are published."
    ),
}


def notice(script: Script, session: Session, *, open_threads: bool = False) -> str:
    """The four lines that everybody gets before anything is asked, from what is really so.

    Readers come from the session's rooms and the script's steps, outputs from what the session makes,
    help from who is named.
    """
    rooms = [session.places[place].partition(":")[2] for place in session.rooms]
    readers = [tr("everyone here, and anyone who can see the big screen.")]
    if len(rooms) > 1:
        readers = [
            ntr(
                "everyone in this room ({rooms}), and anyone who can see the big screen.",
                "everyone in these {n} rooms ({rooms}), and anyone who can see the big screen.",
                len(rooms),
                rooms=", ".join(map(isolate, rooms)),
            )
        ]
    if any(kind_of(s).shown_together(s) and not kind_of(s).in_pairs for s in script.steps):
        looked = any(kind_of(s).looked_at(script, s) for s in script.steps)
        first = tr(
            "Some answers stay hidden until we show them all together. A host checks them first, "
            "without names."
        )
        plain = tr("Some answers stay hidden until we show them all together.")
        readers.append(first if looked else plain)
    if any(kind_of(s).shown_apart for s in script.steps):
        readers.append(tr("Stories and reflections: only you, unless you share them."))
    pairs = [s for s in script.steps if kind_of(s).in_pairs]
    if pairs and session.mode is Mode.LIVE:
        if open_threads and not all(kind_of(s).apart(s) for s in pairs):
            readers.append(tr("Pairs: everyone here, because everyone can read the threads."))
        elif script.audience is Audience.UNDER_18:
            readers.append(tr("Small groups, each with a co-host."))
        else:
            readers.append(tr("Pairs: only the people in your group."))
    long = tr("about {minutes} minutes", minutes=script.minutes)
    if session.mode is Mode.CALL:
        long += f", {tr('during a call (nothing is recorded)')}"
    if session.mode is Mode.ASYNC:
        long = tr(
            "over {days} days, up to {minutes} minutes a day, whenever it suits you",
            days=script.days,
            minutes=A_DAY,
        )
    kept = tr(
        "I save your answers so you can edit or delete them. A ✓ means saved. The person who "
        "runs this bot could technically read the database."
    )
    if session.keep_days:
        kept += " " + tr(
            "Anything you don't share is deleted {n} days after the workshop.", n=session.keep_days
        )
    goes = tr("Afterwards there's a recap. It counts everyone, but quotes you only if you say yes.")
    if script.nameless:
        goes += " " + tr("It doesn't show any names.")
    free = tr("Skip any question, or leave anytime. Need help? /help host messages {name}.")
    lines = [
        f"**{script.title}**, {long}. {tr(FOR[script.audience])} {tr('Before we start:')}",
        f"- {tr('Who sees what:')} {' '.join(readers)}",
        f"- {kept}",
        f"- {goes}",
        f"- {free.format(name=reached(script, session))}",
    ]
    return "\n".join(lines)


def reached(script: Script, session: Session, person: str = "") -> str:
    """Whom /help host reaches, by name where there is one: nobody, if that is only the person who asks."""
    guide = session.people.get(session.guide)
    first = script.contact or (isolate(guide.name) if guide and guide.name else tr("the host"))
    second = session.people.get(session.contact)
    other = isolate(second.name) if second and second.name else script.second_contact
    if person and person == session.guide and not script.contact:
        return other
    return tr("{first}, or {second}", first=first, second=other) if other else first


A_DAY = 15  # minutes that a day may ask for
