"""A choice that everybody watches, as a poll of Discord: what people vote there is what they have tapped."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import discord
import structlog

from bot.core.model.events import Event, Person, Submitted
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.platform import Poll, Post
from bot.errors import Permanent
from bot.platforms.discord.client import NO_PERMISSION, DiscordClient, Refused
from bot.platforms.discord.components import NOBODY, short
from bot.platforms.discord.ids import NAME, nonce

log = structlog.get_logger()

Load = Callable[[str], Awaitable[tuple[Session, Script]]]
ENDED = "ended"
POLL = "poll/"  # what a poll is kept under
QUESTION, ANSWER = 300, 55  # characters (Discord, Poll resource)
AN_EVENING = timedelta(hours=24)
DAYS = timedelta(hours=768)  # the longest that a poll may be open
LOOK_BACK = 50
PAGE = 100  # voters that Discord tells at a time
OVER = 520001  # Poll expired


@dataclass
class Held:
    """A poll of ours: the step that it asks, its options in their order, and what people hold in it."""

    session: str
    step: str
    channel: int
    options: tuple[str, ...]
    votes: dict[int, list[int]] = field(default_factory=dict)

    def kept(self) -> str:
        """As it is written down."""
        return "|".join((self.session, self.step, str(self.channel), ",".join(self.options)))

    def vote(self, message: int, user: int, name: str, answer: int, *, on: bool) -> Event | None:
        """Somebody voted, or took their vote back: what they hold from now on, whatever comes first of a change."""
        if not 0 < answer <= len(self.options):
            return None
        held = [each for each in self.votes.get(user, []) if each != answer]
        self.votes[user] = [*held, answer] if on else held
        return self.heard(message, user, name, self.votes[user][-1:], f"v{time.time_ns()}")

    def heard(self, message: int, user: int, name: str, answers: list[int], mark: str) -> Event:
        """What somebody holds, as an event."""
        return Submitted(
            id=f"{NAME}{message}:{mark}:{user}",
            channel=f"{NAME}{self.channel}",
            at=datetime.now(timezone.utc),
            person=Person(id=f"{NAME}{user}", name=name),
            session=self.session,
            step=self.step,
            picks=tuple(self.options[answer - 1] for answer in answers),
        )


def read(kept: str) -> Held:
    """A poll as it was written down."""
    session, step, channel, options = kept.split("|")
    return Held(session, step, int(channel), tuple(options.split(",")))


def made(asked: Poll) -> discord.Poll:
    """A poll as Discord wants it."""
    poll = discord.Poll(short(asked.question, QUESTION), DAYS if asked.days else AN_EVENING)
    for _, label in asked.options:
        poll.add_answer(text=short(label, ANSWER))
    return poll


class Polls:
    """All polls of ours. `places` is what the adapter keeps over restarts, `keep` how it keeps more."""

    def __init__(
        self, client: DiscordClient, places: Mapping[str, str], keep: Callable[[str, str], Awaitable[None]]
    ) -> None:
        self._client = client
        self._kept = places
        self._keep = keep
        self._held: dict[int, Held] = {}  # by the message that it stands in
        self._ended: set[int] = set()

    def know(self, name: str, kept: str) -> None:
        """Something that was written down; polls are among it."""
        if not name.startswith(POLL):
            return
        message = int(name.removeprefix(POLL))
        self._ended.add(message) if kept == ENDED else self._held.update({message: read(kept)})

    def has(self, message: int) -> bool:
        """Whether a message is a poll of ours."""
        return message in self._held or message in self._ended

    def voted(self, message: int, user: int, answer: int, *, on: bool) -> Event | None:
        """Somebody voted in a poll, or took their vote back; None if it is none of ours."""
        held = self._held.get(message)
        known = self._client.get_user(user)
        name = known.display_name if known else ""
        return held.vote(message, user, name, answer, on=on) if held is not None else None

    async def send(self, target: int, post: Post, key: str) -> str | None:
        """A question that everybody watches, as a poll; None where the bot may not make one, and a list tells it."""
        if post.poll is None or post.poll.closed:
            return None
        kept, begun = f"polled/{nonce(key)}", f"begun/{nonce(key)}"
        if kept in self._kept:
            return f"{NAME}{self._kept[kept]}"
        talk = self._client.get_partial_messageable(target)
        found = (
            await self._made_before(talk, short(post.poll.question, QUESTION))
            if begun in self._kept
            else None
        )
        if found is None:
            await self._keep(begun, "1")
            try:
                async with self._client.asking():
                    sent = await talk.send(
                        poll=made(post.poll), nonce=nonce(key), silent=True, allowed_mentions=NOBODY
                    )
            except Refused as error:
                if error.code != NO_PERMISSION:
                    raise
                return None
            found = sent.id
        options = tuple(key for key, _ in post.poll.options)
        await self._keep(f"{POLL}{found}", Held(post.session, post.step, target, options).kept())
        await self._keep(kept, str(found))
        return f"{NAME}{found}"

    async def _made_before(self, talk: discord.PartialMessageable, asked: str) -> int | None:
        """The poll of ours that asks this, if it was made and nobody could note it down."""
        me = self._client.user
        async with self._client.asking():
            async for message in talk.history(limit=LOOK_BACK):
                poll = message.poll
                mine = poll is not None and me is not None and message.author.id == me.id
                if mine and not self.has(message.id) and poll and poll.question == asked:
                    return message.id
        return None

    async def change(self, message: int, post: Post) -> None:
        """Discord counts by itself; a poll ends with its step."""
        held = self._held.get(message)
        if held is None or post.poll is None or not post.poll.closed:
            return
        try:
            async with self._client.asking():
                await self._client.http.end_poll(held.channel, message)
        except Refused as error:
            if error.code != OVER:
                raise
        del self._held[message]
        await self._keep(f"{POLL}{message}", ENDED)

    async def missed(self, load: Load | None) -> list[Event]:
        """What was voted meanwhile in the polls that are open.

        Who holds no vote there may have typed one, so it stays as it is.
        """
        found: list[Event] = []
        if load is None:
            return found
        for message, held in self._held.items():
            session, _ = await load(held.session)
            state = session.steps.get(held.step)
            if state is None or state.closed or not session.live:
                continue
            try:
                for n, option in enumerate(held.options, 1):
                    for user in await self._voters(held, message, n):
                        held.votes[user] = [n]
                        mine = state.by_person.get(f"{NAME}{user}", ())
                        if not mine or session.answers[mine[-1]].picks != (option,):
                            found.append(held.heard(message, user, "", [n], f"m{n}"))
            except Permanent as error:
                log.warning("a poll cannot be read", error=str(error))
        return found

    async def _voters(self, held: Held, message: int, answer: int) -> list[int]:
        found: list[int] = []
        while True:
            async with self._client.asking():
                after = found[-1] if found else None
                told = await self._client.http.get_poll_answer_voters(
                    held.channel, message, answer, after, PAGE
                )
            found += [int(each["id"]) for each in told["users"]]
            if len(told["users"]) < PAGE:
                return found
