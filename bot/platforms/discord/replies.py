"""Replies to a tap, a form or a command: seen by their author only, and begun within three seconds.

Nothing is said before what was done is on disk. That takes milliseconds; if it takes longer, Discord is
told to wait. A reply can be added to and changed for fifteen minutes (Discord, Receiving and responding).
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Sequence

import discord
from discord import ui

from bot.errors import Permanent, PlatformError
from bot.platforms.discord import components
from bot.platforms.discord.client import translated

DEFER_AFTER = 1.8  # seconds until Discord is told to wait; it gives three (Interactions, Responding)
GRACE = 0.7  # seconds after the commit in which a message may come that belongs to the tap
LIFE = 14 * 60.0  # seconds that a reply can be added to; Discord gives fifteen minutes
KEPT = 2_000
LATEST = 3  # interactions of one person that are remembered


class Reply:
    """The reply to one interaction."""

    def __init__(self, interaction: discord.Interaction, *, taps: bool) -> None:
        self.interaction = interaction
        self.taps = taps  # of a button or select: Discord lets it go unanswered in words
        self.committed = asyncio.Event()  # what was done is on disk
        self.spoke = asyncio.Event()  # something was said
        self.told_how = False  # to take direct messages
        self.extra: Sequence[ui.Item[ui.LayoutView]] = ()  # stands under the first message
        self._received = time.monotonic()
        self._lock = asyncio.Lock()
        self._thinking = False

    @property
    def alive(self) -> bool:
        """True while Discord still takes messages for it."""
        return time.monotonic() - self._received < LIFE and not getattr(
            self.interaction._session, "closed", False
        )

    async def say(
        self, view: ui.LayoutView, files: Sequence[discord.File] = (), *, first: bool = False
    ) -> int:
        """Say something to its author; the id of the message. With `first`, only if nothing was said (else 0)."""
        async with self._lock:
            if first and self.spoke.is_set():
                return 0
            with translated():
                response = self.interaction.response
                if not response.is_done():
                    sent = await response.send_message(
                        view=view, ephemeral=True, allowed_mentions=components.NOBODY, files=files
                    )
                    self.spoke.set()
                    return int(sent.message_id or 0)
                if self._thinking and not self.spoke.is_set():
                    self.spoke.set()
                    return (await self.interaction.edit_original_response(view=view, attachments=files)).id
                self.spoke.set()
                followup = await self.interaction.followup.send(
                    view=view, ephemeral=True, wait=True, allowed_mentions=components.NOBODY, files=files
                )
                return followup.id

    async def redraw(self, view: ui.LayoutView) -> None:
        """Show the message that was tapped on differently."""
        async with self._lock:
            with translated():
                self.spoke.set()
                if not self.interaction.response.is_done():
                    await self.interaction.response.edit_message(view=view)
                else:
                    await self.interaction.edit_original_response(view=view)

    async def change(self, message: int, view: ui.LayoutView) -> None:
        """Show one of its messages differently."""
        with translated():
            await self.interaction.followup.edit_message(message, view=view)

    async def drop(self, message: int) -> None:
        """Take one of its messages away."""
        with translated():
            await self.interaction.followup.delete_message(message)

    async def see_through(self) -> None:
        """Answer it in time, with a check mark if nothing is said."""
        await self.in_time()
        try:
            async with asyncio.timeout(GRACE):
                await self.spoke.wait()
        except TimeoutError:
            await self._acknowledge()

    async def in_time(self) -> None:
        """Wait until what was done is on disk; if that takes long, tell Discord to wait, too."""
        try:
            async with asyncio.timeout(DEFER_AFTER):
                await self.committed.wait()
        except TimeoutError:
            await self._defer()
            await self.committed.wait()

    async def _defer(self) -> None:
        async with self._lock:
            if not self.interaction.response.is_done():
                with translated():
                    await self.interaction.response.defer(ephemeral=True, thinking=not self.taps)
                self._thinking = not self.taps

    async def _acknowledge(self) -> None:
        if self.taps:
            async with self._lock:
                if not self.interaction.response.is_done():
                    with translated():
                        await self.interaction.response.defer()
            return
        await self.say(components.layout(ui.TextDisplay("✓")), first=True)


class Replies:
    """The replies that can still be given: by the event that somebody caused, and by person."""

    def __init__(self) -> None:
        self._by_event: OrderedDict[str, Reply] = OrderedDict()
        self._by_person: OrderedDict[str, deque[Reply]] = OrderedDict()
        self._by_message: OrderedDict[int, Reply] = OrderedDict()  # those in which something was said

    def keep(self, event: str, person: str, reply: Reply) -> None:
        """Remember how somebody can be answered for an event."""
        self._by_event[event] = reply
        self._by_person.setdefault(person, deque(maxlen=LATEST)).append(reply)
        self._by_person.move_to_end(person)
        for replies in (self._by_event, self._by_person):
            while len(replies) > KEPT:
                replies.popitem(last=False)

    def to(self, person: str, because: str, *, exactly: bool = False) -> Reply | None:
        """The reply that reaches this person: to the event `because`, else (unless `exactly`) to the latest one."""
        caused = self._by_event.get(because)
        if caused is not None and caused.alive and f"discord:{caused.interaction.user.id}" == person:
            return caused
        if exactly:
            return None
        latest = next(reversed(self._by_person.get(person, ())), None)
        return latest if latest is not None and latest.alive else None

    async def say(self, reply: Reply, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> int | None:
        """Say something in a reply; the id of the message, or None if Discord takes it no more."""
        try:
            message = await reply.say(view, files)
        except Permanent:
            return None
        self._by_message[message] = reply
        while len(self._by_message) > KEPT:
            self._by_message.popitem(last=False)
        return message

    async def change(self, message: int, view: ui.LayoutView | None) -> bool:
        """Show a message of a reply differently, or take it away (None); False if it is no such message."""
        reply = self._by_message.get(message)
        if reply is None:
            return False
        if reply.alive:
            try:
                await (reply.drop(message) if view is None else reply.change(message, view))
            except Permanent:
                pass  # its reader closed it
        return True


async def quietly(reply: Reply) -> None:
    """See a reply through; that Discord has given up by now is no fault of anybody."""
    try:
        await reply.see_through()
    except PlatformError:
        pass
