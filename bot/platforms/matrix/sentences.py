"""Sentences that are only said in Matrix: about keys, verification and rights."""

from __future__ import annotations

from bot.core.text.messages import N_

CANNOT_READ = N_(
    "I couldn't read your message, because your app hasn't given me the key. I asked for "
    "it. If nothing happens, send it again, or sign in with another app."
)
COMPARE = N_(
    "You're verifying me. If your app shows the same, confirm there: {signs}. Or in "
    "numbers: {numbers}. If it shows something else, say there that they don't match, and "
    "tell the person who runs me."
)
INVITED = N_(
    "Thanks for inviting me. I won't post here on my own. A moderator can open a workshop: /workshop open"
)
OPEN_TO_ALL = N_(
    "They're out of the workshop. They can still read this room, because it's open to everyone. A moderator can ban "
    "them."
)
MAY_PUT_OUT = N_(
    "They're out of the workshop, but I can't remove them from this room. A moderator can, or can give me the power "
    "level for it."
)
HOSTS_TOPIC = N_("Only hosts and co-hosts of this session can read this.")
NO_RIGHT_TO_RECOGNISE = N_(
    "I can't give {role} here. Raise my power level above the level it gives, or let me "
    "invite people to its room. I never lower anyone's power level."
)
MAY_WRITE = N_(
    "I can't write in the room, so the session waits. Raise my power level there until I may send messages (room "
    "settings, Roles & permissions). Then I'll continue."
)
OUT = N_("I'm no longer in the room, so the session waits. Invite me again, and I'll continue.")
ONLY_WORDS = N_(
    "I can only save words, so I didn't save that picture, recording or file. Write it in words here. The text under a "
    "picture counts, too."
)
