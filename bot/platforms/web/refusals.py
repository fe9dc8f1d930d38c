"""The sentences for whoever may not do what they ask for in a room; who may is decided in `bot.core.access`."""

from __future__ import annotations

from bot.core.access import Act, Moment, Standing, may, moment, standing
from bot.core.model.session import Session
from bot.core.text import messages
from bot.store.web_members import Member

SENTENCES = {
    Act.PACK: messages.NOT_HOST,
    Act.REPORT_OF_WEEKS: messages.NOT_HOST,
    Act.READ_HOSTS: messages.NOT_HOST,
    Act.READ_REPORTED: messages.NOT_HOST,
    Act.ANSWER: messages.JOIN_FIRST,
    Act.RECAP: messages.RECAP_AT_THE_END,
    Act.EDIT: messages.ONLY_YOUR_OWN,
    Act.TAKE_BACK: messages.ONLY_YOUR_OWN,
}
FOR_HOSTS = (Act.PACK, Act.REPORT_OF_WEEKS, Act.READ_HOSTS, Act.READ_REPORTED)


def refused(session: Session, member: Member | None, act: Act, *, own: bool = False) -> str:
    """The sentence for somebody, perhaps without a name, who may not do this in a session; nothing if they may."""
    me = f"web:{member.id}" if member else ""
    who = standing(session, me, host=member.host) if member else Standing.NAMELESS
    return refusal(who, act, moment(session, me, own=own))


def refusal(who: Standing, act: Act, when: Moment) -> str:
    """The sentence for somebody of this standing; nothing if they may."""
    if may(who, act, when):
        return ""
    if act not in FOR_HOSTS and who is Standing.REMOVED:
        return messages.REMOVED
    if act not in FOR_HOSTS and when.shut and who in (Standing.NAMELESS, Standing.VISITOR):
        return messages.LOCKED
    if act not in FOR_HOSTS and who is Standing.NAMELESS:
        return messages.NAME_FIRST
    return SENTENCES.get(act, messages.NOT_OPEN_TO_YOU)
