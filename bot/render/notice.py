"""The notice before anything is asked: who reads, what is kept, where it goes, who helps."""

from __future__ import annotations

from bot.core.model.facts import Mode
from bot.core.model.script import Audience, Script
from bot.core.model.session import Session
from bot.core.steps.registry import kind_of
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr

FOR = {
    Audience.ADULTS: N_("For people aged 18 and over."),
    Audience.MIXED: N_("There may be people under 18 here."),
    Audience.UNDER_18: N_(
        "Some people here are under 18. Nobody is paired one-to-one, and no names are published."
    ),
}


def notice(script: Script, session: Session) -> str:
    """What everyone gets before anything is asked, in at most 60 words: who reads what, and where it goes.

    It says what is so of this session; all of it, with what is kept and who can technically read it, is in `details`.
    """
    rooms = len(session.rooms)
    readers = [tr("Everyone here sees what you post.")]
    if rooms > 1:
        readers = [tr("Everyone in these {n} rooms sees what you post.", n=rooms)]
    if any(kind_of(s).shown_together(s) and not kind_of(s).in_pairs for s in script.steps):
        readers.append(tr("Some answers stay hidden until we show them together."))
    if any(kind_of(s).shown_apart for s in script.steps):
        readers.append(tr("Stories stay private unless you share them."))
    under_age = script.audience is not Audience.ADULTS
    goes = tr("The recap quotes you only if you say yes.")
    if script.nameless:
        goes += " " + tr("It doesn't show any names.")
    free = tr("Skip or leave anytime. Need help? /help host messages {name}.")
    first = f"**{script.title}**, {_length(script, session)}."
    lines = [
        " ".join([first, *([tr(FOR[script.audience])] if under_age else ()), tr("Before we start:")]),
        f"- {tr('Who sees what:')} {' '.join(readers)}",
        f"- {goes}",
        f"- {free.format(name=reached(script, session))}",
    ]
    return "\n".join(lines)


def details(script: Script, session: Session, *, open_threads: bool = False) -> str:
    """All that the notice says in short: each group of readers, what is kept, and who it is for.

    Readers come from the session's rooms and the script's steps, outputs from what the session makes,
    help from who is named.
    """
    rooms = [session.places[place].partition(":")[2] for place in session.rooms]
    readers = [tr("What you post here: everyone here, and anyone who can see the big screen.")]
    if len(rooms) > 1:
        readers = [
            tr(
                "What you post here: everyone in these {n} rooms ({rooms}), and anyone who can see the big screen.",
                n=len(rooms),
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
    readers += _pairs(script, session, open_threads=open_threads)
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
    held = [tr("Nothing of the call is recorded.")] if session.mode is Mode.CALL else []
    mine = tr("To see, download or erase your data: /my data")
    points = [*readers, kept, goes, *held, tr(FOR[script.audience]), mine]
    return "\n".join([f"**{tr('Privacy details')}**", *(f"- {point}" for point in points)])


def _length(script: Script, session: Session) -> str:
    """How long it takes, and how it is held where that is not the usual way."""
    if session.mode is Mode.ASYNC:
        return tr("over {days} days, {minutes} minutes a day", days=script.days, minutes=A_DAY)
    long = tr("about {minutes} minutes", minutes=script.minutes)
    return f"{long}, {tr('during a call')}" if session.mode is Mode.CALL else long


def _pairs(script: Script, session: Session, *, open_threads: bool) -> list[str]:
    """Who reads what pairs say, where there are any."""
    pairs = [s for s in script.steps if kind_of(s).in_pairs]
    if not pairs or session.mode is not Mode.LIVE:
        return []
    if open_threads and not all(kind_of(s).apart(s) for s in pairs):
        return [tr("Pairs: everyone here, because everyone can read the threads.")]
    if script.audience is Audience.UNDER_18:
        return [tr("Small groups, each with a co-host.")]
    return [tr("Pairs: only the people in your group.")]


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
