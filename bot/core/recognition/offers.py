"""How what was earned is offered, and why it was given."""

from __future__ import annotations

from bot.core.model.recognition import Earn
from bot.core.text.messages import N_

OFFERS = {
    Earn.STORY: N_(
        "You told a story and let others read it. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.ANSWERED: N_(
        "You went all the way to your next step. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.WITNESS: N_(
        "You read along and listened to the end. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.HOST: N_("You held this session. If you like, you are **{name}** here. Only if you take it."),
    Earn.COMPANION: N_(
        "You helped to hold this session. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.FOLLOW: N_(
        "You came back and said what happened. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.SERIES: N_(
        "You hold the badges of all parts of the series. If you like, you are **{name}** here. Only if you take it."
    ),
}
WHY = {
    Earn.STORY: N_("**{name}**: for a story that you told and let others read (/share)."),
    Earn.ANSWERED: N_("**{name}**: for going all the way to a next step of your own."),
    Earn.WITNESS: N_("**{name}**: for reading along to the end."),
    Earn.HOST: N_("**{name}**: for holding a session."),
    Earn.COMPANION: N_("**{name}**: for helping to hold a session."),
    Earn.FOLLOW: N_("**{name}**: for coming back, weeks later, to say what happened."),
    Earn.THANKED: N_("**{name}**: for something that somebody thanked you for (/thanks), if a host agrees."),
    Earn.SERIES: N_("**{name}**: for holding the badges of all parts of the series."),
}
