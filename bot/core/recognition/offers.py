"""How what was earned is offered, and why it was given."""

from __future__ import annotations

from bot.core.model.recognition import Earn
from bot.core.text.messages import N_

OFFERS = {
    Earn.STORY: N_("You shared a story, so you've earned the role **{name}**. Want it?"),
    Earn.ANSWERED: N_("You went all the way to your next step, so you've earned **{name}**. Want it?"),
    Earn.WITNESS: N_("You followed along to the end, so you've earned **{name}**. Want it?"),
    Earn.HOST: N_("You hosted this session, so you've earned **{name}**. Want it?"),
    Earn.COMPANION: N_("You helped to host this session, so you've earned **{name}**. Want it?"),
    Earn.FOLLOW: N_(
        "You came back and told us what happened, so you've earned the role **{name}**. Want it?"
    ),
    Earn.SERIES: N_("You have the badges of all parts of the series, so you've earned **{name}**. Want it?"),
}
WHY = {
    Earn.STORY: N_("**{name}**: for telling a story and letting others read it."),
    Earn.ANSWERED: N_("**{name}**: for going all the way to a next step of your own."),
    Earn.WITNESS: N_("**{name}**: for following along to the end."),
    Earn.HOST: N_("**{name}**: for hosting a session."),
    Earn.COMPANION: N_("**{name}**: for helping to host a session."),
    Earn.FOLLOW: N_("**{name}**: for coming back weeks later to say how it went."),
    Earn.THANKED: N_("**{name}**: for something someone thanked you for, if a host agrees."),
    Earn.SERIES: N_("**{name}**: for earning the badges of all parts of the series."),
}
