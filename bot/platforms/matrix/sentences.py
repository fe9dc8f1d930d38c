"""Sentences that are only said in Matrix: about keys, verification and rights."""

from __future__ import annotations

from bot.core.text.messages import N_

CANNOT_READ = N_(
    "I could not read what you just wrote: your app has not given me the key. I asked for it. If nothing happens, "
    "write it again, or log out and in with another app."
)
COMPARE = N_(
    "You are verifying me. If your app shows the same, confirm there: {signs}. Or in numbers: {numbers}. If it shows "
    "anything else, say there that they do not match, and tell whoever runs me."
)
INVITED = N_(
    "Thank you for inviting me. I say nothing in the room by myself. Whoever leads it (a moderator) can begin: "
    "/workshop list shows what there is."
)
OPEN_TO_ALL = N_(
    "They are out of the workshop, and nothing they write counts. They can still read this room, because anybody can "
    "come into it. A moderator can ban them."
)
MAY_PUT_OUT = N_(
    "They are out of the workshop, and nothing they write counts. I may not remove them from the room: a moderator "
    "can, or can give me the power level for it."
)
HOSTS_TOPIC = N_("Only hosts and companions of this session read here.")
NO_RIGHT_TO_RECOGNISE = N_(
    "I may not give {role} here: raise my power level above the one that it gives, or let me invite people into the "
    "room for it. Nobody's power is ever lowered."
)
ONLY_WORDS = N_(
    "I can only save words, so I didn't save that picture, recording or file. Write it in words here. The text under a "
    "picture counts, too."
)
