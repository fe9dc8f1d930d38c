"""Names for things in Discord: our channels and messages, what a button means, and the key of a message.

A button carries in its `custom_id` all that it means, so it works after any restart, and for as long as
its message is there. A message carries its key as the id of its text component: the nonce is forgotten
after some minutes and history does not return it, the component's id stays.
"""

from __future__ import annotations

import hashlib

from bot.errors import Permanent

NAME = "discord:"
DIRECT = NAME + "~"  # the channel where only this person reads
HOSTS = "/hosts"
WITHIN = "@"
MARK = "sc"
LONGEST = 100  # characters of a custom_id (Discord, Component reference)
EPOCH = 1_420_070_400_000  # milliseconds (Discord, Snowflakes)


def tap(action: str, *rest: str) -> str:
    """The custom_id of a button, select or form; empty if it would be too long to be one."""
    made = "|".join((MARK, action, *rest))
    return made if len(made) <= LONGEST else ""


def tapped(custom_id: str) -> tuple[str, list[str]]:
    """What a custom_id of ours means: the action and its details; the action is empty if it is not ours."""
    mark, *rest = custom_id.split("|")
    return (rest[0], rest[1:]) if mark == MARK and rest else ("", [])


def keyed(key: str) -> int:
    """The key of a message as the id of a component: 31 bits, above those that Discord gives by itself."""
    digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
    return (int.from_bytes(digest, "big") >> 1) | 1 << 16


def nonce(key: str) -> str:
    """The key of a message as its nonce, of at most 25 characters."""
    return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()


def number(name: str) -> int:
    """The id behind one of our names.

    Raises:
        Permanent: it is not of Discord.
    """
    digits = name.removeprefix(NAME).partition(WITHIN)[0]
    if not name.startswith(NAME) or not digits.isdecimal():
        raise Permanent(f"{name} is nothing of Discord")
    return int(digits)


def named(message: int | str, post: int = 0) -> str:
    """Our name of a message: of one in a post of a forum with the post, which is a channel of its own."""
    return f"{NAME}{message}{WITHIN}{post}" if post else f"{NAME}{message}"


def post_of(name: str) -> int:
    """The post of a forum in which a message is; 0 for one that stands in its room."""
    return int(name.partition(WITHIN)[2] or 0)


def snowflake(seconds: float) -> int:
    """The smallest id that something made at this time can have."""
    return max(int(seconds * 1000) - EPOCH, 0) << 22
