"""A choice that everybody watches, as a poll of Discord: a vote there is the answer to the step.

Discord counts a poll and shows its votes itself (Discord, Poll resource).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import discord
import structlog

from bot.core.model.events import Event, Person, Submitted
from bot.core.model.ids import PersonId
from bot.core.platform import Poll, Post
from bot.errors import Permanent
from bot.platforms.discord.channels import POLL
from bot.platforms.discord.client import NO_PERMISSION, DiscordClient, Refused
from bot.platforms.discord.components import NOBODY, short
from bot.platforms.discord.ids import NAME, nonce
from bot.platforms.room_registry import RoomRegistry
from bot.platforms.sessions import LoadSession

log = structlog.get_logger()

ENDED = "ended"  # is kept in place of a poll that is over
QUESTION, ANSWER = 300, 55  # characters (Discord, Poll resource)
AN_EVENING = timedelta(hours=24)
DAYS = timedelta(hours=768)  # the longest that a poll may be open
LOOK_BACK = 50  # messages among which a poll is looked for that could not be noted down
PAGE = 100  # voters that Discord tells at a time
POLL_EXPIRED = 520001


@dataclass
class OpenPoll:
    """A poll of ours: the step that it asks, its options in their order, and each person's votes by their id."""

    session: str
    step: str
    channel: int
    options: tuple[str, ...]
    votes: dict[int, list[int]] = field(default_factory=dict)

    def row(self) -> str:
        """The poll as it is kept."""
        return "|".join((self.session, self.step, str(self.channel), ",".join(self.options)))

    def vote(self, message: int, user: int, name: str, answer: int, *, on: bool) -> Event | None:
        """A vote given or taken back, as what somebody holds from then on.

        Of a changed vote Discord tells the new one and the removal of the old one, in either order.
        """
        if not 0 < answer <= len(self.options):
            return None
        others = [vote for vote in self.votes.get(user, []) if vote != answer]
        self.votes[user] = [*others, answer] if on else others
        return self.submitted(message, user, name, self.votes[user][-1:], f"v{time.time_ns()}")

    def submitted(self, message: int, user: int, name: str, answers: list[int], mark: str) -> Event:
        """The event that somebody holds these answers (numbers from 1 on)."""
        return Submitted(
            id=f"{NAME}{message}:{mark}:{user}",
            channel=f"{NAME}{self.channel}",
            at=datetime.now(timezone.utc),
            person=Person(id=PersonId(f"{NAME}{user}"), name=name),
            session=self.session,
            step=self.step,
            picks=tuple(self.options[answer - 1] for answer in answers),
        )


def from_row(row: str) -> OpenPoll:
    """A poll from the row in which it is kept."""
    session, step, channel, options = row.split("|")
    return OpenPoll(session, step, int(channel), tuple(options.split(",")))


def discord_poll(poll: Poll) -> discord.Poll:
    """A poll as Discord wants it."""
    created = discord.Poll(short(poll.question, QUESTION), DAYS if poll.days else AN_EVENING)
    for _, label in poll.options:
        created.add_answer(text=short(label, ANSWER))
    return created


class Polls:
    """All polls of ours, by the id of their message; they are kept in the registry of rooms."""

    def __init__(self, client: DiscordClient, rooms: RoomRegistry, load: LoadSession) -> None:
        self._client = client
        self._rooms = rooms
        self._load = load
        self._open: dict[int, OpenPoll] = {}

    def _poll(self, message: int) -> OpenPoll | None:
        """The poll in a message, while it is open."""
        if message not in self._open:
            row = self._rooms.known(f"{POLL}{message}")
            if row is None or row == ENDED:
                return None
            self._open[message] = from_row(row)
        return self._open[message]

    def has(self, message: int) -> bool:
        """True if a message is a poll of ours, open or ended."""
        return self._rooms.known(f"{POLL}{message}") is not None

    def voted(self, message: int, user: int, answer: int, *, on: bool) -> Event | None:
        """A vote given or taken back; None in a poll that is not ours."""
        poll = self._poll(message)
        if poll is None:
            return None
        voter = self._client.get_user(user)
        return poll.vote(message, user, voter.display_name if voter else "", answer, on=on)

    async def send(self, target: int, post: Post, key: str) -> str | None:
        """Our name of a poll, made once for its key; None if the bot may make none, and the text has to do."""
        if post.poll is None or post.poll.closed:
            return None
        name, begun = f"polled/{nonce(key)}", f"begun/{nonce(key)}"
        noted = await self._rooms.find(name)
        if noted is not None:
            return f"{NAME}{noted}"
        room = self._client.get_partial_messageable(target)
        message: int | None = None
        if await self._rooms.find(begun) is not None:
            message = await self._find(room, short(post.poll.question, QUESTION))
        if message is None:
            await self._rooms.keep(begun, "1")
            try:
                async with self._client.asking():
                    sent = await room.send(
                        poll=discord_poll(post.poll), nonce=nonce(key), silent=True, allowed_mentions=NOBODY
                    )
            except Refused as error:
                if error.code != NO_PERMISSION:
                    raise
                return None
            message = sent.id
        options = tuple(option for option, _ in post.poll.options)
        await self._rooms.keep(f"{POLL}{message}", OpenPoll(post.session, post.step, target, options).row())
        await self._rooms.keep(name, str(message))
        return f"{NAME}{message}"

    async def _find(self, room: discord.PartialMessageable, question: str) -> int | None:
        """The poll of ours with this question, if one was made and could not be noted down."""
        async with self._client.asking():
            async for message in room.history(limit=LOOK_BACK):
                ours = message.author.id == self._client.me and not self.has(message.id)
                if ours and message.poll is not None and message.poll.question == question:
                    return message.id
        return None

    async def change(self, message: int, post: Post) -> None:
        """End a poll with its step; while it is open, Discord itself shows how it stands."""
        poll = self._poll(message)
        if poll is None or post.poll is None or not post.poll.closed:
            return
        try:
            async with self._client.asking():
                await self._client.http.end_poll(poll.channel, message)
        except Refused as error:
            if error.code != POLL_EXPIRED:
                raise
        del self._open[message]
        await self._rooms.keep(f"{POLL}{message}", ENDED)

    async def missed(self) -> list[Event]:
        """The votes in open polls that are not counted yet.

        Who has no vote there may have typed one, so it stays as it is.
        """
        missed: list[Event] = []
        for message in map(int, self._rooms.under(POLL)):
            poll = self._poll(message)
            if poll is None:
                continue
            session, _ = await self._load(poll.session)
            state = session.steps.get(poll.step)
            if state is None or state.closed or not session.live:
                continue
            try:
                for n, option in enumerate(poll.options, 1):
                    for user in await self._voters(poll, message, n):
                        poll.votes[user] = [n]
                        answers = state.by_person.get(f"{NAME}{user}", ())
                        if not answers or session.answers[answers[-1]].picks != (option,):
                            missed.append(poll.submitted(message, user, "", [n], f"m{n}"))
            except Permanent as error:
                log.warning("a poll cannot be read", error=str(error))
        return missed

    async def _voters(self, poll: OpenPoll, message: int, answer: int) -> list[int]:
        voters: list[int] = []
        while True:
            async with self._client.asking():
                after = voters[-1] if voters else None
                page = await self._client.http.get_poll_answer_voters(
                    poll.channel, message, answer, after, PAGE
                )
            voters += [int(user["id"]) for user in page["users"]]
            if len(page["users"]) < PAGE:
                return voters
