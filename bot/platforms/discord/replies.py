"""What a tap, a form or a command is answered with: seen by its author only, within three seconds.

Nothing is said before what was done is on disk. That takes milliseconds; if it takes longer, Discord is
told to wait. The answer of an interaction can be added to and changed for fifteen minutes.
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

HURRY = 1.8  # seconds until Discord is told to wait; it gives three (Interactions, Responding)
GRACE = 0.7  # seconds after the commit in which a word may come that belongs to the tap
LIFE = 14 * 60.0  # seconds that an answer can be added to; Discord gives fifteen minutes
KEPT = 2_000
A_PERSON = 3  # interactions of one person that are remembered


class Reply:
    """One interaction that waits for its word."""

    def __init__(self, interaction: discord.Interaction, *, taps: bool) -> None:
        self.interaction = interaction
        self.taps = taps  # of a button or select: it can be taken without a word
        self.heard = asyncio.Event()  # on disk
        self.spoke = asyncio.Event()
        self.more: Sequence[ui.Item[ui.LayoutView]] = ()  # stands under the first word
        self._born = time.monotonic()
        self._lock = asyncio.Lock()
        self._thinking = False

    @property
    def alive(self) -> bool:
        """Whether it can still be answered."""
        return time.monotonic() - self._born < LIFE

    async def say(self, view: ui.LayoutView) -> int:
        """A word to its author; the id of the message."""
        async with self._lock:
            with translated():
                response = self.interaction.response
                if not response.is_done():
                    made = await response.send_message(
                        view=view, ephemeral=True, allowed_mentions=components.NOBODY
                    )
                    self.spoke.set()
                    return int(made.message_id or 0)
                if self._thinking and not self.spoke.is_set():
                    self.spoke.set()
                    return (await self.interaction.edit_original_response(view=view)).id
                self.spoke.set()
                sent = await self.interaction.followup.send(
                    view=view, ephemeral=True, wait=True, allowed_mentions=components.NOBODY
                )
                return sent.id

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
        """Show one of the words differently."""
        with translated():
            await self.interaction.followup.edit_message(message, view=view)

    async def drop(self, message: int) -> None:
        """Take one of the words away."""
        with translated():
            await self.interaction.followup.delete_message(message)

    async def see_through(self) -> None:
        """Have it answered in time, whatever becomes of it."""
        await self.in_time()
        try:
            await asyncio.wait_for(self.spoke.wait(), GRACE)
        except TimeoutError:
            await self._done()

    async def in_time(self) -> None:
        """Return when it is on disk; if that takes long, Discord is told to wait."""
        try:
            await asyncio.wait_for(self.heard.wait(), HURRY)
        except TimeoutError:
            await self._wait_more()
            await self.heard.wait()

    async def _wait_more(self) -> None:
        async with self._lock:
            if not self.interaction.response.is_done():
                with translated():
                    await self.interaction.response.defer(ephemeral=True, thinking=not self.taps)
                self._thinking = not self.taps

    async def _done(self) -> None:
        if self.taps:
            async with self._lock:
                if not self.interaction.response.is_done():
                    with translated():
                        await self.interaction.response.defer()
            return
        await self.say(components.made(ui.TextDisplay("✓")))


class Replies:
    """Who can be answered where: by the event that they made, and by person."""

    def __init__(self) -> None:
        self._by_event: OrderedDict[str, Reply] = OrderedDict()
        self._by_person: OrderedDict[str, deque[Reply]] = OrderedDict()
        self._words: OrderedDict[int, Reply] = OrderedDict()  # message -> where it was said

    def keep(self, event: str, person: str, reply: Reply) -> None:
        """Somebody did something that can be answered."""
        self._by_event[event] = reply
        self._by_person.setdefault(person, deque(maxlen=A_PERSON)).append(reply)
        self._by_person.move_to_end(person)
        for held in (self._by_event, self._by_person):
            while len(held) > KEPT:
                held.popitem(last=False)

    def to(self, person: str, because: str, *, exactly: bool = False) -> Reply | None:
        """Where a word reaches this person: what it answers, else (unless `exactly`) the latest thing they did."""
        exact = self._by_event.get(because)
        if exact is not None and exact.alive and f"discord:{exact.interaction.user.id}" == person:
            return exact
        if exactly:
            return None
        latest = next(reversed(self._by_person.get(person, ())), None)
        return latest if latest is not None and latest.alive else None

    async def say(self, reply: Reply, view: ui.LayoutView) -> int | None:
        """The id of what was said; None if this way is closed."""
        try:
            message = await reply.say(view)
        except Permanent:
            return None
        self._words[message] = reply
        while len(self._words) > KEPT:
            self._words.popitem(last=False)
        return message

    async def change(self, message: int, view: ui.LayoutView | None) -> bool:
        """Show a fleeting word differently, or take it away; whether it was one of these."""
        reply = self._words.get(message)
        if reply is None:
            return False
        if reply.alive:
            try:
                await (reply.drop(message) if view is None else reply.change(message, view))
            except Permanent:
                pass  # its reader closed it
        return True


async def quietly(reply: Reply) -> None:
    """See an interaction through; one that Discord has given up by now is no fault of anybody."""
    try:
        await reply.see_through()
    except PlatformError:
        pass
