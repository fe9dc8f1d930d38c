"""Sentences that are only said in Discord: what the bot may not do there, and words for its menus."""

from __future__ import annotations

from bot.core.text.messages import N_

CANNOT_THERE = N_(
    "I could not do something in {room}: {what} Until then people there miss what I would have said."
)
MAY_SEND = N_(
    "I may not write there. Give my role View Channel, Send Messages, Send Messages in Threads and "
    "Read Message History in that channel, or open the workshop in another one."
)
MAY_THREAD = N_(
    "I may not make private threads there, or bring people into them. Give my role Create Private Threads, "
    "Send Messages in Threads and Manage Threads in that channel."
)
NO_THREADS = N_(
    "Discord has no private threads here (nor in any forum post, voice, stage or announcement channel). What is meant "
    "for hosts comes to you in a direct message, and pairs have no place of their own. For a workshop with pairs, use "
    "a text channel or a thread in one."
)
NO_DIRECT_MESSAGES = N_(
    "You take no direct messages from me, so this stands here only, and goes when you close it. To get what is for you "
    "alone as messages: open the menu of this server, Privacy Settings, and turn on Direct Messages."
)
NOT_IN_THREAD = N_("I am not in this private thread, so I can say nothing in it. Mention me there, and I am.")
READS_ON = N_(
    "They are out of the workshop, and nothing they write counts. They can still read this channel: who may is set in "
    "its permissions."
)
MAY_PUT_OUT = N_(
    "They are out of the workshop, and nothing they write counts. I may not take them out of the thread: do it there, "
    "or give my role Manage Threads in its channel."
)
GONE = N_(
    "The channel of *{title}* was deleted, so nothing can be said there any more. The workshop stands still. What was "
    "written is kept: /my reaches it."
)
GONE_THREAD = N_(
    "A thread of *{title}* was deleted, so nothing can be said there any more. /partner moves its people into another "
    "conversation."
)
MAY_ATTACH = N_("I may not send pictures and files there. Give my role Attach Files in that channel.")
MAY_DELETE = N_(
    "I may not take away what people ask to have erased there. Give my role Manage Messages in that channel."
)
MAY_ROLES = N_(
    "I may not give the roles that people took. Give my role Manage Roles, and drag it above theirs (Server Settings, "
    "Roles)."
)
ROLE_ABOVE = N_(
    "I cannot give the role {role}, which stands above mine. Drag mine above it (Server Settings, Roles)."
)
NO_RIGHT_TO_GIVE = N_(
    "I may not give the role {role} here: I need Manage Roles, and my own role has to stand above it (Server Settings, "
    "Roles). Whoever took it gets it then with /recognition take."
)
MAY_EVENTS = N_(
    "I may not keep the server's events there, so planned sessions are told in the channel only. Give my role "
    "Create Events."
)
IN_FORUM = N_("**{title}**: the question stands in {post}; you answer there.")
NO_FORUM = N_(
    "There is no forum channel {forum} in this server, so the questions of a workshop over days will stand in its "
    "room. Make one, let me post in it, or change discord_forum in the settings."
)
MAY_FORUM = N_(
    "I may not post in the forum channel {forum}. Give my role View Channel, Send Messages, Send Messages in Threads "
    "and Read Message History there."
)
MAY_REACT = N_("I may not put a tick on messages there. Give my role Add Reactions in that channel.")
GROUP_HELP = N_("start and guide workshops")
REVIEW_HELP = N_("after a session: the draft of its recap, and what comes of it")
PLANS_HELP = N_("plan sessions that begin by themselves")
