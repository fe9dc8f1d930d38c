"""Our messages in Discord: said once for each key, changed in place, taken away; questions as posts of a forum."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import discord

from bot.core.model.facts import Mode
from bot.core.model.script import Script, Written
from bot.core.model.session import Session
from bot.core.platform import Post
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.core.views.participant import form_for
from bot.errors import Transient
from bot.platforms.discord import components, forums
from bot.platforms.discord.channels import POST, Channels
from bot.platforms.discord.client import ARCHIVED, TOO_OLD_TO_EDIT, DiscordClient, Refused
from bot.platforms.discord.given import Given
from bot.platforms.discord.ids import NAME, keyed, named, nonce, number
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.replies import Replies
from bot.render.i18n import spoken

LOOK_BACK = 50  # messages of ours that are read before the first word in a channel
REMEMBERED = 5_000


class Messages:
    """What we say. `forum`: where the questions of workshops over days stand, by name or id; empty: nowhere."""

    def __init__(
        self,
        client: DiscordClient,
        channels: Channels,
        polls: Polls,
        replies: Replies,
        given: Given,
        *,
        address: str = "",
        forum: str = "",
    ) -> None:
        self._client = client
        self._channels = channels
        self._polls = polls
        self._replies = replies
        self._given = given
        self._address = address
        self._forum = forum
        self._said: OrderedDict[int, dict[int, int]] = OrderedDict()  # channel -> key of a message -> its id

    async def drawn(self, post: Post, key: str) -> discord.ui.LayoutView:
        """A post with what Discord adds: buttons to answer, to come in, to reach one's own words."""
        controls: list[discord.ui.Item[discord.ui.LayoutView]] = []
        if post.session and self._given.load is not None:
            session, script = await self._given.load(post.session)
            with spoken(messages.language()):
                controls = self._controls(post, script, session)
        return components.view(post, key, self._given.commands, controls, self._address)

    def _controls(self, post: Post, script: Script, session: Session) -> list[Any]:
        if post.kind == "notice":
            return components.notice_hands(post.session)
        if post.kind == "mine":
            return components.words_hands(post.session)
        if post.kind in ("prompt", "question") and post.step:
            step = script.step(post.step)
            form = step.id in session.steps and form_for(script, session, "", step) is not None
            several = isinstance(step, Written) and len(step.fields) > 1
            return components.prompt_hands(
                post.session, post.step, form=form, several=several, one_by_one=post.kind == "question"
            )
        if post.kind in components.OWN:
            return [*components.rows([components.own_words(post.session)])]
        return []

    async def send(self, target: int, post: Post, key: str) -> str:
        """Say it, if it was not said before; our name of the message."""
        poll = await self._polls.send(target, post, key)
        if poll is not None:
            return poll
        said = await self._look_back(target)
        mark = keyed(key)
        if mark not in said:
            view = await self.drawn(post, key)
            try:
                async with self._client.asking():
                    message = await self._client.get_partial_messageable(target).send(
                        view=view,
                        nonce=nonce(key),
                        silent=not post.ping,
                        allowed_mentions=components.NOBODY,
                        files=components.attached(post),
                    )
            except Transient:
                self._said.pop(target, None)  # it may have arrived: look before it is said again
                raise
            said[mark] = message.id
        return f"{NAME}{said[mark]}"

    async def forum_of(self, channel: str, post: Post) -> discord.ForumChannel | None:
        """The forum channel that a question goes to: those of a workshop over days, where one is configured."""
        if (
            not self._forum
            or post.kind not in ("prompt", "tally")
            or self._given.load is None
            or not post.step
        ):
            return None
        session, _ = await self._given.load(post.session)
        room = await self._channels.guild_channel(channel) if session.mode is Mode.ASYNC else None
        return None if room is None else forums.find(room.guild, self._forum)

    async def in_forum(self, forum: discord.ForumChannel, channel: str, post: Post, key: str) -> str:
        """A post of its own for a question, and a line in the room that leads there."""
        kept, begun = f"forum/{post.session}/{post.step}", f"begun/{nonce(key)}"
        script = (await self._given.load(post.session))[1] if self._given.load else None
        title = script.step(post.step).title if script else ""
        if kept not in self._channels.ids:
            made: int | None = None
            async with self._client.asking():
                if begun in self._channels.ids:
                    made = await forums.made_before(forum, key, self._client.me)
            if made is None:
                await self._channels.keep(begun, "1")
                view = await self.drawn(post, key)
                async with self._client.asking():
                    made = await forums.make(forum, title, view, components.attached(post))
            await self._channels.keep(f"{POST}{made}", channel)
            await self._channels.keep(kept, str(made))
        id = int(self._channels.ids[kept])
        said = tr(messages.IN_FORUM, title=components.literal(title), post=f"<#{id}>")
        await self.send(await self._channels.target(channel), Post(text=said), f"{kept}/there")
        return named(number(await self.send(id, post, key)), id)  # it is there; a second part comes under it

    async def _look_back(self, target: int) -> dict[int, int]:
        """The keys of what we said last in a channel: read once, before the first word of this process there."""
        if target in self._said:
            self._said.move_to_end(target)
            return self._said[target]
        found: dict[int, int] = {}
        if target in self._channels.fresh:  # nothing was said there before this process
            self._channels.fresh.remove(target)
            self._said[target] = found
            return found
        async with self._client.asking():
            async for message in self._client.get_partial_messageable(target).history(limit=LOOK_BACK):
                if message.author.id == self._client.me:
                    found |= dict.fromkeys(components.keys_of(message), message.id)
        self._said[target] = found
        while len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return found

    async def change(self, channel: str, message: str, post: Post, key: str) -> str | None:
        """Show it differently; our name of the message, if it had to be said anew."""
        view = await self.drawn(post, key)
        if message.startswith(f"{NAME}e"):
            await self._replies.change(int(message.removeprefix(f"{NAME}e")), view)
            return None
        if self._polls.has(number(message)):
            await self._polls.change(number(message), post)
            return None
        target = await self._channels.holding(channel, message)
        for again in (False, True):
            try:
                async with self._client.asking():
                    talk = self._client.get_partial_messageable(target)
                    await talk.get_partial_message(number(message)).edit(
                        view=view, allowed_mentions=components.NOBODY, attachments=components.attached(post)
                    )
                return None
            except Refused as error:
                if error.code == ARCHIVED and not again:
                    await self._wake_thread(target)
                elif error.code == TOO_OLD_TO_EDIT:
                    made = await self.send(target, post, f"{key}/anew")
                    await self.drop(channel, message)
                    return made
                else:
                    raise
        return None

    async def _wake_thread(self, target: int) -> None:
        async with self._client.asking():
            thread = await self._client.fetch_channel(target)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)

    async def drop(self, channel: str, message: str) -> None:
        """Take it away; one that is gone is fine."""
        if message.startswith(f"{NAME}e"):
            await self._replies.change(int(message.removeprefix(f"{NAME}e")), None)
            return
        target = await self._channels.holding(channel, message)
        try:
            async with self._client.asking():
                if target == number(message):  # what a post begins with takes the post along
                    await self._client.http.delete_channel(target)
                else:
                    talk = self._client.get_partial_messageable(target)
                    await talk.get_partial_message(number(message)).delete()
        except Refused as error:
            if error.status != 404:
                raise
