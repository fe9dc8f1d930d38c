"""Retention: words that nobody may read are erased some time after the close, unasked.

What people allowed stays, in the recap; what they did is counted still. Who has nothing there that bears
their name is a pseudonym from then on.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.events import TimerKind
from bot.core.model.facts import Phase, Share
from bot.core.model.ids import PersonId
from bot.core.model.session import Session
from bot.core.turn import Turn


def close(turn: Turn) -> None:
    """The session asks nothing any more; from here on the time runs."""
    turn.fact(f.PhaseChanged(at=turn.now, phase=Phase.CLOSED))
    if turn.session.keep_days:
        turn.wake(TimerKind.EXPIRE, turn.now + timedelta(days=turn.session.keep_days))


def expire(turn: Turn) -> None:
    """The time is over."""
    session = turn.session
    if session.phase is not Phase.CLOSED:
        return
    unread = [a for a in session.answers.values() if a.blanks and not a.share.public]
    thanks = [t.seq for t in session.thanks.values() if t.text and not t.share.public]
    offers = [offer.seq for offer in session.offers.values()]
    if unread or thanks or offers:
        blanks = (*(seq for answer in unread for seq in answer.blanks), *thanks, *offers)
        turn.fact(f.Expired(at=turn.now, answers=tuple(a.id for a in unread), blanks=blanks))
    for person in sorted(_nameless(turn.session)):
        participant = turn.session.people[person]
        digest = hashlib.blake2b(f"{session.seed}:{person}:kept".encode(), digest_size=6).hexdigest()
        names = (participant.name_seq,) if participant.name_seq else ()
        turn.fact(
            f.Forgotten(
                at=turn.now, person=PersonId(person), pseudonym=PersonId(f"forgotten:{digest}"), blanks=names
            )
        )


def _nameless(session: Session) -> set[str]:
    """Those who guide nothing, hold nothing, and whose words stand nowhere, with or without their name."""
    kept = {a.person for a in session.answers.values() if a.share.public and a.blanks}
    kept |= {who for who, _ in session.granted} | set(session.hosts) | set(session.companions)
    for thanks in session.thanks.values():
        if thanks.share.public:
            kept |= {thanks.by, thanks.person} if thanks.share is Share.NAME else {thanks.person}
    return {p.id for p in session.people.values() if not p.forgotten and p.id not in kept}
