"""Sentences that are only said in Discord: what the bot may not do there, and words for its menus."""

from __future__ import annotations

from bot.core.text.messages import N_

CANNOT_THERE = N_(
    "I couldn't do something in {room}: {what} Until then, people there may miss messages from me."
)
WAITS_THERE = N_("I can't write in {room}, so the session waits. {what} Then I'll continue.")
MAY_SEND = N_(
    "I can't post in that channel. Give my role View Channel, Send Messages, Send Messages "
    "in Threads and Read Message History there, or open the workshop in another channel."
)
MAY_THREAD = N_(
    "I can't create private threads there or add people to them. Give my role Create "
    "Private Threads, Send Messages in Threads and Manage Threads in that channel."
)
NO_THREADS = N_(
    "Discord has no private threads here (nor in any forum post, voice, stage or announcement channel). What is meant "
    "for hosts comes to you in a direct message, and pairs have no place of their own. For a workshop with pairs, use "
    "a text channel or a thread in one."
)
NO_DIRECT_MESSAGES = N_(
    "You don't accept direct messages from me, so this appears only here, until you close "
    "it. To get messages: open this server's menu, then Privacy Settings, and turn on "
    "Direct Messages."
)
NOT_IN_THREAD = N_("I'm not in this private thread, so I can't post in it. Mention me there to add me.")
READS_ON = N_(
    "They're out of the workshop. They can still read this channel: change that in its permissions."
)
MAY_PUT_OUT = N_(
    "They're out of the workshop, but I can't remove them from the thread. Do that there, "
    "or give my role Manage Threads in its channel."
)
GONE = N_(
    "The channel of *{title}* was deleted, so the workshop has stopped. No answers are "
    "lost: /my answers shows yours."
)
GONE_THREAD = N_("A thread of *{title}* was deleted. To move its people to another one: /partner")
MAY_ATTACH = N_("I can't send pictures and files there. Give my role Attach Files in that channel.")
MAY_DELETE = N_(
    "I can't delete messages there when people erase their data. Give my role Manage "
    "Messages in that channel."
)
MAY_ROLES = N_(
    "I can't give the roles that people accepted. Give my role Manage Roles, and drag it "
    "above theirs (Server Settings, Roles)."
)
ROLE_ABOVE = N_(
    "I can't give the role {role}, because it's above mine. Drag my role above it (Server Settings, Roles)."
)
NO_RIGHT_TO_GIVE = N_(
    "I can't give the role {role} here. I need Manage Roles, and my role must be above it "
    "(Server Settings, Roles). After that, people who accepted it can press Accept again."
)
MAY_EVENTS = N_(
    "I can't manage the server's events, so I announce sessions in the channel only. Give "
    "my role Create Events."
)
IN_FORUM = N_("**{title}**: you'll find the question in {post}. Answer it there.")
NO_FORUM = N_(
    "There's no forum channel {forum} in this server, so I'll post the questions in the "
    "room. Create it, let me post in it, or change discord_forum in the settings."
)
MAY_FORUM = N_(
    "I can't post in the forum channel {forum}. Give my role View Channel, Send Messages, "
    "Send Messages in Threads and Read Message History there."
)
MAY_REACT = N_("I can't add a ✓ to messages there. Give my role Add Reactions in that channel.")
GROUP_HELP = N_("open and host workshops")
REVIEW_HELP = N_("after a session: preview and manage its recap")
PLANS_HELP = N_("schedule sessions that start by themselves")
