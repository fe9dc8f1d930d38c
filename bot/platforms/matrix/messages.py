"""Our messages in Matrix: sent once for each key, edited or replaced, in threads, as files and as polls."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Any

from bot.core.platform import Post
from bot.core.text.quoting import isolate
from bot.errors import Permanent, Transient
from bot.platforms.matrix import event_content, polls
from bot.platforms.matrix.channels import DIRECT, POLL, STEP, Channels
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.event_mapping import NAME
from bot.platforms.matrix.line_reader import LineReader
from bot.platforms.matrix.rate_limiter import Urgency
from bot.platforms.matrix.replies import Replies, offered, sentence, words_for
from bot.platforms.matrix.sender import Sender
from bot.platforms.room_registry import HOSTS, RoomRegistry, parent_of
from bot.render.attachments import PAGE, seal
from bot.render.i18n import spoken

# A message of these kinds holds people's words: an edit would leave the old ones readable to everybody.
WORDED = frozenset({"answers", "look", "report", "entrusted", "digest", "mine", "offer"})

ASKING = frozenset({"question", "prompt"})  # what is said after one of these to one person answers it
NOBODY_COMES = 60.0  # seconds after which a room of hosts is taken for one whose hosts are elsewhere


def urgency(channel: str) -> Urgency:
    """The urgency of what is said in a channel, where the server limits us."""
    if channel.startswith(DIRECT):
        return Urgency.PRIVATE
    return Urgency.HOSTS if channel.endswith(HOSTS) else Urgency.ROOM


def event_id(message: str) -> str:
    """The event of one of our names of a message.

    Raises:
        Permanent: it is not of Matrix.
    """
    if not message.startswith(NAME + "$"):
        raise Permanent(f"{message} is no message of Matrix")
    return message.removeprefix(NAME)


class Messages:
    """Posts in rooms.

    Args:
        reader: knows the channels of recent messages, for replies.
        address: of the web room; empty if there is none.
        threads: whether what belongs to a step hangs under its question.
    """

    def __init__(
        self,
        client: MatrixClient,
        sender: Sender,
        channels: Channels,
        rooms: RoomRegistry,
        reader: LineReader,
        replies: Replies,
        *,
        address: str = "",
        threads: bool = False,
    ) -> None:
        self._client = client
        self._sender = sender
        self._channels = channels
        self._rooms = rooms
        self._reader = reader
        self._replies = replies
        self._address = address
        self._threads = threads
        self._empty_since: dict[str, float] = {}  # rooms of hosts in which nobody is yet

    async def say(self, channel: str, text: str, key: str) -> None:
        """Say a text in a channel, once for a key."""
        room, root = await self._channels.target(channel)
        await self.send(room, root, channel, Post(text=text), key, "")

    async def send(self, room: str, root: str, channel: str, post: Post, key: str, because: str) -> str:
        """Send a post once for each key; our name of the message.

        Args:
            root: the message that the channel's thread hangs under; empty for none.
            because: the message that it replies to, if it stands in the same channel.
        """
        if channel.endswith(HOSTS):
            self._await_hosts(room)
        if post.poll is not None and not post.poll.closed:
            return await self._open_poll(room, post, key)
        content = self._content(post, channel)
        step = f"{STEP}{room}/{post.session}/{post.step}" if self._threads and post.step else ""
        in_room = not root and urgency(channel) is Urgency.ROOM
        if step and in_room:
            root = self._rooms.known(step) or ""
        if post.file is not None:
            # Who takes words back takes the message back; its key goes with it, and the file is noise from then on.
            encrypt = post.kind == PAGE or self._sender.encrypted(room)
            location = await self._sender.upload(
                post.file.data, post.file.media, post.file.name, encrypt=encrypt
            )
            content = event_content.file_content(post, post.file) | location
        if root:
            content = event_content.in_thread(root, content)
        elif because and self._reader.channel_of(because) == channel:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": event_id(because)}}
        event = await self._sender.send(room, "m.room.message", content, key, urgency(channel))
        if step and in_room and not root and post.kind == "prompt":
            await self._rooms.keep(step, event)
        return NAME + event

    def _content(self, post: Post, channel: str) -> dict[str, Any]:
        """A post as content; where one person reads it, with bare words for its buttons, and whether it asks."""
        if post.kind in ASKING:
            self._replies.asked(channel)
        asks = {event_content.ASKS: True} if post.kind in ASKING and channel.startswith(DIRECT) else {}
        words = words_for(post.buttons) if self._replies.free(channel) else {}
        if not words:
            return event_content.content(post, self._address) | asks
        with spoken(post.language):
            named = sentence(words)
        return event_content.content(post, self._address, named) | asks | offered(words)

    def _await_hosts(self, room: str) -> None:
        """Say nothing in a room of hosts before the first of them is invited: nobody else gets the key to it.

        Raises:
            Transient: nobody is there yet.
        """
        nio_room = self._client.nio.rooms.get(room)
        if (
            nio_room is None or not self._client.encryption
        ):  # the server may tell a room before its encryption
            return
        others = nio_room.users.keys() - {self._client.account.user}
        if others or nio_room.member_count > 1:
            return
        since = self._empty_since.setdefault(room, time.monotonic())
        if time.monotonic() - since < NOBODY_COMES:
            raise Transient(f"no host is invited into {room} yet", 0.5)

    async def change(
        self, room: str, root: str, channel: str, message: str, post: Post, key: str
    ) -> str | None:
        """Show a message differently; our name of it, if it had to be said anew."""
        if post.poll is not None:
            await self._end_poll(room, event_id(message), post)
            return None
        if post.kind in WORDED or post.file is not None:
            again = f"{key}/{seal(post)}"
            renewed = await self.send(room, root, channel, post, again, "")
            if renewed != message:
                await self._sender.redact(room, event_id(message), f"{again}/old")
            return renewed
        content = event_content.edit_content(event_id(message), self._content(post, channel))
        # One revision is sent once, and another is another message.
        revision = hashlib.blake2b(post.text.encode(), digest_size=6).hexdigest()
        await self._sender.send(room, "m.room.message", content, f"{key}/{revision}", urgency(channel))
        return None

    async def _open_poll(self, room: str, post: Post, key: str) -> str:
        """Send a question that everybody watches; clients count its votes by themselves."""
        assert post.poll is not None
        content = polls.start(post.poll, event_content.content(post)["body"])
        event = await self._sender.send(room, polls.START, content, key)
        if self._channels.poll(event) is None:
            await self._rooms.keep(f"{POLL}{event}", f"{post.session}|{post.step}")
        return NAME + event

    async def _end_poll(self, room: str, event: str, post: Post) -> None:
        """End a poll with its step, once; clients that know no polls are told in words."""
        if post.poll is not None and post.poll.closed and self._channels.poll(event) is not None:
            content = polls.end(event, event_content.content(post)["body"])
            await self._sender.send(room, polls.END, content, f"{event}/end")

    async def open_thread(self, room: str, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """The channel of a thread under a message that mentions these people."""
        users = [person.removeprefix(NAME) for person in people if person.startswith(NAME)]
        nio_room = self._client.nio.rooms.get(room)
        shown = [(nio_room.user_name(user) if nio_room else None) or user for user in users]
        names = ", ".join(isolate(event_content.name_shown(name)) for name in shown)
        content = event_content.content(Post(text=f"**{title}**: {names}", kind="prompt"))
        content["m.mentions"] = {"user_ids": users}
        root = await self._sender.send(room, "m.room.message", content, key)
        thread = f"{parent_of(channel)}/{root}"
        if self._rooms.known(thread) is None:
            await self._rooms.keep(thread, room)
        return thread
