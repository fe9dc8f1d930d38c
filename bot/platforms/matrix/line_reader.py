"""Lines of rooms as events, with what only the database and the homeserver know of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.core.model.events import CommandGiven, Edited, Event, HostRightsEnded, Reacted
from bot.core.model.ids import PersonId
from bot.platforms.matrix import event_content
from bot.platforms.matrix.channels import DIRECT, Channels
from bot.platforms.matrix.edits import Edits
from bot.platforms.matrix.event_mapping import NAME, Fault, Line, RoomFacts, event_of
from bot.platforms.matrix.replies import Replies
from bot.platforms.matrix.rights import MODERATOR, Rights, levels_of
from bot.platforms.matrix.sync_answer import left_out
from bot.platforms.room_registry import HOSTS, RoomRegistry, direct_channel, parent_of
from bot.store import matrix_rows
from bot.store.store import Store

REMEMBERED = 5_000  # messages whose channel and author are known, for replies and acknowledgements


class LineReader:
    """Reads lines for the bot's user `me`. `tell` says something to one person, once for a key."""

    def __init__(
        self,
        store: Store,
        rooms: RoomRegistry,
        channels: Channels,
        rights: Rights,
        me: str,
        tell: Callable[[str, str, str], None],
        edits: Edits,
        replies: Replies,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._channels = channels
        self._rights = rights
        self._me = me
        self._tell = tell
        self._edits = edits
        self._replies = replies
        self._recent: OrderedDict[str, tuple[str, str]] = OrderedDict()  # message -> channel, author's name

    async def events(self, lines: Sequence[Line]) -> list[Event]:
        """The events that lines come to; what is wrong with a command is said to whoever gave it."""
        facts = self._facts(await self._redacted_reactions(lines))
        events: list[Event] = []
        for line in lines:
            events += _demoted(line)
            if line.source.get("sender") == self._me:
                self._replies.said(line)
            else:
                line = await self._replies.meant(line)
            await self._learn_rights(line)
            undone = await self._edits.undone(line, self._channels.room_of(line.channel))
            if undone is not None:
                events.append(undone)
                continue
            try:
                event = event_of(line, facts)
            except Exception as error:  # whatever a stranger's line sets off costs that line only
                left_out(line.source, error)
                continue
            if isinstance(event, Fault):
                self._tell(event.line.person.id, event.text, event.once or f"fault:{event.line.id}")
                continue
            if event is None:
                continue
            if isinstance(event, Reacted) and event.on:
                reaction = event
                await self._store.write(lambda db, r=reaction: matrix_rows.keep_reaction(db, r))  # type: ignore[misc]
            if isinstance(event, Edited):
                await self._edits.keep(event)
            if isinstance(event, CommandGiven):
                event = _with_person_id(event)
            self._remember(event.id, line.channel, line.name)
            events.append(event)
        await self._replies.keep()
        return events

    async def _redacted_reactions(self, lines: Sequence[Line]) -> Mapping[str, Reacted]:
        redacted = [
            NAME + str(line.source.get("redacts") or line.content.get("redacts"))
            for line in lines
            if line.source.get("type") == "m.room.redaction"
        ]
        return await self._store.read(lambda db: matrix_rows.reactions(db, redacted)) if redacted else {}

    async def _learn_rights(self, line: Line) -> None:
        """Fetch who leads a room before a line that may be a command is read."""
        body = line.content.get("body")
        may_be_command = isinstance(body, str) and (
            event_content.MARK in body or self._me in str(line.content.get("m.mentions"))
        )
        if may_be_command:
            await self._rights.learn(self._channels.room_of(line.channel.partition(HOSTS)[0]))

    def _facts(self, reactions: Mapping[str, Reacted]) -> RoomFacts:
        return RoomFacts(
            me=self._me,
            is_thread=lambda channel: self._rooms.known(channel) is not None,
            is_host=self._is_host,
            direct=direct_channel,
            poll=self._channels.poll,
            reaction=reactions.get,
        )

    def _is_host(self, person: str, channel: str) -> bool:
        room = parent_of(channel)
        if room.startswith(DIRECT):
            return False
        return self._rights.leads(person.removeprefix(NAME), self._channels.room_of(room))

    def channel_of(self, message: str) -> str:
        """The channel of a recent message, else an empty text."""
        return self._recent.get(message, ("", ""))[0]

    def author_of(self, message: str) -> str:
        """The name of whoever wrote a recent message, else an empty text."""
        return self._recent.get(message, ("", ""))[1]

    def forget(self, person: str) -> None:
        """Forget what this person said privately."""
        direct = direct_channel(person)
        self._recent = OrderedDict((k, v) for k, v in self._recent.items() if v[0] != direct)

    def _remember(self, message: str, channel: str, name: str) -> None:
        self._recent[message] = (channel, name)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)


def _demoted(line: Line) -> list[HostRightsEnded]:
    """Who led a room before its power levels were changed, and does not any more."""
    if line.source.get("type") != "m.room.power_levels" or line.source.get("state_key") != "":
        return []
    unsigned = line.source.get("unsigned")
    before = unsigned.get("prev_content") if isinstance(unsigned, Mapping) else None
    if not isinstance(before, Mapping):
        return []
    old, new = levels_of(before), levels_of(line.content)
    return [
        HostRightsEnded(
            id=f"{line.id}/{user}", channel=line.channel, at=line.at, session="", person=PersonId(NAME + user)
        )
        for user in sorted(old.users.keys() | new.users.keys())
        if old.of(user) >= MODERATOR > new.of(user)
    ]


def _with_person_id(command: CommandGiven) -> CommandGiven:
    """A command with our id of the person whom it names by a user id, as a mention does."""
    name = command.args.get("name", "")
    if name.startswith("@") and ":" in name:
        return replace(command, args={**command.args, "name": NAME + name})
    return command
