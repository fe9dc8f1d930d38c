"""Changes to a session by thanks, recognition and badges."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import facts as f
from bot.core.model.evolve.shared import Apply
from bot.core.model.facts import Share
from bot.core.model.ids import PersonId
from bot.core.model.recognition import Dress, Recognition, Thanks
from bot.core.model.records import replace
from bot.core.model.session import Session


def _thanks(session: Session, key: str, **changes: object) -> Session:
    return replace(session, thanks=session.thanks.put(key, replace(session.thanks[key], **changes)))


def _recognised(session: Session, fact: f.RecognisedByHost | f.RecognitionDeclined | f.Recognised) -> Session:
    """What somebody is recognised for, and a line in the list for hosts."""
    pair = (fact.person, fact.rule)
    granted, declined = session.granted, session.declined - {pair}
    by_hand, revoked = dict(session.by_hand), dict(session.revoked)
    badges = dict(session.badges)
    by, reason = PersonId(""), ""
    match fact:
        case f.RecognisedByHost():
            by_hand[pair], what, by = fact.thanks, "offered", fact.by
            revoked.pop(pair, None)
        case f.RecognitionDeclined():
            declined, what, by, reason = declined | {pair}, "given back", fact.by, fact.reason
            by_hand.pop(pair, None)
            if fact.by:
                revoked[pair], what = fact.at, "revoked"
        case f.Recognised(on=True):
            granted, what = granted | {pair}, "taken"
        case f.Recognised():
            granted, declined, what = granted - {pair}, session.declined, "gone"
            badges.pop(pair, None)  # that one is not true any more: taken again, it is another
    line = Recognition(
        at=fact.at,
        person=fact.person,
        rule=fact.rule,
        what=what,
        by=by,
        reason=reason,
        seq=session.version,
    )
    return replace(
        session,
        granted=granted,
        declined=declined,
        by_hand=by_hand,
        revoked=revoked,
        badges=badges,
        recognitions=(*session.recognitions, line),
    )


def _proposed(session: Session, fact: f.Proposed) -> Session:
    return replace(session, proposed=session.proposed | {(fact.person, fact.rule)})


def _badge_issued(session: Session, fact: f.BadgeIssued) -> Session:
    return replace(session, badges={**session.badges, (fact.person, fact.rule): fact.badge})


def _badge_disclosure_set(session: Session, fact: f.BadgeDisclosureSet) -> Session:
    dress = Dress(named=fact.named, story=fact.story)
    return replace(session, dressed={**session.dressed, (fact.person, fact.rule): dress})


def _badge_shown(session: Session, fact: f.BadgeShown) -> Session:
    pair = (fact.person, fact.rule)
    shown = session.on_show | {pair} if fact.on else session.on_show - {pair}
    return replace(session, on_show=shown)


def _series_held(session: Session, fact: f.SeriesHeld) -> Session:
    return replace(session, whole={**session.whole, fact.person: fact.badges})


def _thanked(session: Session, fact: f.Thanked) -> Session:
    thanks = Thanks(
        id=fact.thanks,
        by=fact.by,
        person=fact.person,
        name=fact.name,
        text=fact.text,
        seq=session.version,
        at=fact.at,
        answer=fact.answer,
        story=fact.story,
        passed=True if fact.answer or fact.story else None,  # the room has read it already
        share=Share.NAME if fact.story else Share.NO,
    )
    numbered = int(fact.thanks) if fact.thanks.isdecimal() else session.thanked
    return replace(session, thanks=session.thanks.put(fact.thanks, thanks), thanked=numbered)


def _thanks_looked_at(session: Session, fact: f.ThanksLookedAt) -> Session:
    return _thanks(session, fact.thanks, passed=fact.on)


def _thanks_allowed(session: Session, fact: f.ThanksAllowed) -> Session:
    return _thanks(session, fact.thanks, share=fact.share)


def _thanks_hidden(session: Session, fact: f.ThanksHidden) -> Session:
    return _thanks(session, fact.thanks, hidden=fact.on)


def _thanks_taken(session: Session, fact: f.ThanksTaken) -> Session:
    return replace(session, thanks=session.thanks.without(fact.thanks))


APPLY: Mapping[type, Apply] = {
    f.Proposed: _proposed,
    f.RecognisedByHost: _recognised,
    f.RecognitionDeclined: _recognised,
    f.Recognised: _recognised,
    f.BadgeIssued: _badge_issued,
    f.BadgeDisclosureSet: _badge_disclosure_set,
    f.BadgeShown: _badge_shown,
    f.SeriesHeld: _series_held,
    f.Thanked: _thanked,
    f.ThanksLookedAt: _thanks_looked_at,
    f.ThanksAllowed: _thanks_allowed,
    f.ThanksHidden: _thanks_hidden,
    f.ThanksTaken: _thanks_taken,
}
