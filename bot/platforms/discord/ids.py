"""Names and ids: our names of Discord's channels and messages, the custom_id of a button, the key of a message.

A button carries in its `custom_id` all that it means, so it works after any restart, and for as long as
its message is there. A message carries its key as the id of its text component: the nonce is forgotten
after some minutes and history does not return it, the component's id stays.
"""

from __future__ import annotations

import hashlib

from bot.errors import Permanent

NAME = "discord:"
DIRECT = NAME + "~"  # begins the name of the channel where only one person reads
WITHIN = "@"
MARK = "sc"
LONGEST = 100  # characters of a custom_id (Discord, Component reference)
EPOCH = 1_420_070_400_000  # milliseconds (Discord, Snowflakes)


def custom_id(action: str, *details: str) -> str:
    """The custom_id of a button, select or form; empty if it would be longer than Discord takes."""
    joined = "|".join((MARK, action, *details))
    return joined if len(joined) <= LONGEST else ""


def parse_custom_id(text: str) -> tuple[str, list[str]]:
    """The action and its details in a custom_id; the action is empty if the custom_id is not ours."""
    mark, *rest = text.split("|")
    return (rest[0], rest[1:]) if mark == MARK and rest else ("", [])


def component_id(key: str) -> int:
    """The key of a message as the id of a component: 31 bits, above those that Discord gives by itself."""
    digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
    return (int.from_bytes(digest, "big") >> 1) | 1 << 16


def nonce(key: str) -> str:
    """The key of a message as its nonce, of at most 25 characters."""
    return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()


def discord_id(name: str) -> int:
    """The id of the channel, message or person that one of our names stands for.

    Raises:
        Permanent: it is not of Discord.
    """
    digits = name.removeprefix(NAME).partition(WITHIN)[0]
    if not name.startswith(NAME) or not digits.isdecimal():
        raise Permanent(f"{name} is nothing of Discord")
    return int(digits)


def message_name(message: int | str, post: int = 0) -> str:
    """Our name of a message; with the post of a forum that it stands in, which is a channel of its own."""
    return f"{NAME}{message}{WITHIN}{post}" if post else f"{NAME}{message}"


def post_of(name: str) -> int:
    """The post of a forum in which a message is; 0 for one that stands in its room."""
    return int(name.partition(WITHIN)[2] or 0)


def snowflake(seconds: float) -> int:
    """The smallest id that something made at this time (seconds since 1970) can have."""
    return max(int(seconds * 1000) - EPOCH, 0) << 22
