"""Our messages in Discord: said once for each key, changed in place, taken away; questions as posts of a forum."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import discord

from bot.core.model.facts import Mode
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Written
from bot.core.platform import Post
from bot.core.text.wording import language, tr
from bot.core.views.host_panel import said
from bot.core.views.participant import form_for
from bot.errors import Transient
from bot.platforms.discord import components, forums, sentences
from bot.platforms.discord.channels import POST, Channels
from bot.platforms.discord.client import ARCHIVED, TOO_OLD_TO_EDIT, DiscordClient, Refused
from bot.platforms.discord.ids import NAME, component_id, discord_id, message_name, nonce
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.replies import Replies
from bot.platforms.discord.threads import Threads
from bot.platforms.room_registry import RoomRegistry
from bot.platforms.sessions import LoadSession
from bot.render.i18n import spoken

LOOK_BACK = 50  # messages of ours that are read before this process says something in a channel
REMEMBERED = 5_000  # channels
EPHEMERAL = f"{NAME}e"  # begins our name of a message in a reply


class Messages:
    """Messages in channels and replies.

    Args:
        command_ids: of the registered commands, by their names, for commands that can be tapped in a text.
        address: of the web room; empty if there is none.
        forum: where the questions of workshops over days stand, by name or id; empty for in their room.
    """

    def __init__(
        self,
        client: DiscordClient,
        rooms: RoomRegistry,
        channels: Channels,
        threads: Threads,
        polls: Polls,
        replies: Replies,
        load: LoadSession,
        command_ids: Mapping[str, int],
        *,
        address: str = "",
        forum: str = "",
    ) -> None:
        self._client = client
        self._rooms = rooms
        self._channels = channels
        self._threads = threads
        self._polls = polls
        self._replies = replies
        self._load = load
        self._command_ids = command_ids
        self._address = address
        self._forum = forum
        self._sent: OrderedDict[int, dict[int, int]] = OrderedDict()  # channel -> key of a message -> its id

    async def view(self, post: Post, key: str) -> discord.ui.LayoutView:
        """A post with the controls that Discord adds: to answer, to come in, to reach one's own words."""
        controls: list[discord.ui.Item[discord.ui.LayoutView]] = []
        if post.session:
            session, script = await self._load(post.session)
            with spoken(language()):
                controls = self._controls(post, script, session)
        return components.view(post, key, self._command_ids, controls, self._address)

    def _controls(self, post: Post, script: Script, session: Session) -> list[Any]:
        if post.kind == "notice":
            return components.notice_controls(post.session)
        if post.kind == "mine":
            return components.own_words_controls(post.session)
        if post.kind == "panel":
            return components.panel_controls(post.session, len(said(script, session)))
        if post.kind in ("prompt", "question") and post.step:
            step = script.step(post.step)
            form = step.id in session.steps and form_for(script, session, "", step) is not None
            several = isinstance(step, Written) and len(step.fields) > 1
            return components.prompt_controls(
                post.session,
                post.step,
                form=form,
                several=several,
                one_by_one=post.kind == "question",
                pairs=bool(session.steps[step.id].pairs) if step.id in session.steps else False,
            )
        if post.kind in components.OWN:
            return [*components.rows([components.own_words(post.session)])]
        return []

    async def send(self, target: int, post: Post, key: str) -> str:
        """Say it, if it was not said before; our name of the message."""
        poll = await self._polls.send(target, post, key)
        if poll is not None:
            return poll
        sent = await self._sent_in(target)
        mark = component_id(key)
        if mark not in sent:
            view = await self.view(post, key)
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
                self._sent.pop(target, None)  # it may have arrived: look before it is said again
                raise
            sent[mark] = message.id
        return f"{NAME}{sent[mark]}"

    async def _sent_in(self, target: int) -> dict[int, int]:
        """The latest messages of ours in a channel, by their keys; read once, before this process says something."""
        if target in self._sent:
            self._sent.move_to_end(target)
            return self._sent[target]
        sent: dict[int, int] = {}
        if target in self._threads.fresh:  # nothing was said there before this process
            self._threads.fresh.remove(target)
            self._sent[target] = sent
            return sent
        async with self._client.asking():
            async for message in self._client.get_partial_messageable(target).history(limit=LOOK_BACK):
                if message.author.id == self._client.me:
                    sent |= dict.fromkeys(components.keys_of(message), message.id)
        self._sent[target] = sent
        while len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)
        return sent

    async def forum_of(self, channel: str, post: Post) -> discord.ForumChannel | None:
        """The forum channel that a question goes to: those of a workshop over days, where one is configured."""
        if not self._forum or post.kind not in ("prompt", "tally") or not post.step:
            return None
        session, _ = await self._load(post.session)
        room = await self._channels.guild_channel(channel) if session.mode is Mode.ASYNC else None
        return None if room is None else forums.find(room.guild, self._forum)

    async def send_to_forum(self, forum: discord.ForumChannel, channel: str, post: Post, key: str) -> str:
        """Make a post of its own for a question, and say in the room where it stands."""
        name, begun = f"forum/{post.session}/{post.step}", f"begun/{nonce(key)}"
        _, script = await self._load(post.session)
        title = script.step(post.step).title
        noted = await self._rooms.find(name)
        if noted is None:
            created: int | None = None
            async with self._client.asking():
                if await self._rooms.find(begun) is not None:
                    created = await forums.find_post(forum, key, self._client.me)
            if created is None:
                await self._rooms.keep(begun, "1")
                view = await self.view(post, key)
                async with self._client.asking():
                    created = await forums.create_post(forum, title, view, components.attached(post))
            await self._rooms.keep(f"{POST}{created}", channel)
            await self._rooms.keep(name, str(created))
            noted = str(created)
        id = int(noted)
        text = tr(sentences.IN_FORUM, title=components.literal(title), post=f"<#{id}>")
        await self.send(await self._channels.target(channel), Post(text=text), f"{name}/there")
        # The first part stands there already; a second one is sent under it.
        return message_name(discord_id(await self.send(id, post, key)), id)

    async def change(self, channel: str, message: str, post: Post, key: str) -> str | None:
        """Show a message differently; our name of it, if it had to be said anew."""
        view = await self.view(post, key)
        if message.startswith(EPHEMERAL):
            await self._replies.change(int(message.removeprefix(EPHEMERAL)), view)
            return None
        id = discord_id(message)
        if self._polls.has(id):
            await self._polls.change(id, post)
            return None
        target = await self._channels.holding(channel, message)
        for again in (False, True):
            try:
                async with self._client.asking():
                    room = self._client.get_partial_messageable(target)
                    await room.get_partial_message(id).edit(
                        view=view, allowed_mentions=components.NOBODY, attachments=components.attached(post)
                    )
                return None
            except Refused as error:
                if error.code == ARCHIVED and not again:
                    await self._unarchive(target)
                elif error.code == TOO_OLD_TO_EDIT:
                    renewed = await self.send(target, post, f"{key}/anew")
                    await self.delete(channel, message)
                    return renewed
                else:
                    raise
        return None

    async def _unarchive(self, target: int) -> None:
        async with self._client.asking():
            thread = await self._client.fetch_channel(target)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)

    async def delete(self, channel: str, message: str) -> None:
        """Take a message away; one that is gone is fine."""
        if message.startswith(EPHEMERAL):
            await self._replies.change(int(message.removeprefix(EPHEMERAL)), None)
            return
        target, id = await self._channels.holding(channel, message), discord_id(message)
        try:
            async with self._client.asking():
                if target == id:  # the message that a post begins with takes the post along
                    await self._client.http.delete_channel(target)
                else:
                    room = self._client.get_partial_messageable(target)
                    await room.get_partial_message(id).delete()
        except Refused as error:
            if error.status != 404:
                raise
