"""The state of one session: what is true in it, nested by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timezone
from hashlib import blake2b

from bot.core.model.facts import Mode, Moved, Phase, Progress, Share, Wish
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.recognition import Dress, Has, Recognition, Thanks
from bot.core.model.records import PersistentMap, record

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

ROOM = "room:"
PRIVATE = "private:"
PAIR = "pair:"
HOSTS = PlaceName("hosts")
UNDO = 10.0  # seconds in which a move of the host can be undone
PARKED = "parked"  # the id of the step that keeps what people park


def private_place(person: str) -> PlaceName:
    """The place in which only this person reads."""
    return PlaceName(PRIVATE + person)


@record
class Piece:
    """One field of an answer, and the fact that holds its words."""

    text: str
    seq: int
    said: str = ""  # the message of its author that said it, in private or with a command
    at: datetime | None = None


@record
class Answer:
    """An answer of somebody in a step: words by field, or taps."""

    id: str
    step: str
    person: PersonId
    room: PlaceName
    seq: int
    source: str = ""
    anonymous: bool = False
    pieces: Mapping[str, Piece] = field(default_factory=dict)
    picks: tuple[str, ...] = ()
    said: str = ""  # the message of its author that named the taps
    share: Share = Share.NO
    withdrawn: bool = False
    held: bool = False  # back, by a host

    @property
    def blanks(self) -> tuple[int, ...]:
        """The facts that hold this answer's words."""
        return tuple(piece.seq for piece in self.pieces.values() if piece.text)

    @property
    def messages(self) -> tuple[str, ...]:
        """The messages of its author that it follows."""
        said = (self.source, self.said, *(piece.said for piece in self.pieces.values()))
        return tuple(message for message in said if message)

    def text(self, field: str) -> str:
        """The words of one field, or nothing."""
        piece = self.pieces.get(field)
        return piece.text if piece else ""


@record
class Participant:
    """Somebody in the session."""

    id: PersonId
    name: str
    room: PlaceName
    reading: bool = False
    present: bool = True
    removed: bool = False
    name_seq: int = 0
    missed: int = 0  # questions in a row that they could have answered and did not
    forgotten: bool = False
    needs_help: bool = False
    card: str = ""  # the message that shows them their own words
    card_first: int = 0  # the number of its first answer; 0: it is the only such card, and counts from 1
    one_by_one: bool = False  # there are no forms where they are
    language: str = ""  # that they read in private, if it is not that of the room
    passed_at: datetime | None = None  # when they last let a question go by
    seated_at: datetime | None = None  # when the people they talk with last changed
    help_at: datetime | None = None  # when they last asked for a private word


@record
class Offer:
    """Words that wait for a person to say whether they are their answer: typed for them, said after
    the first, or said in private when a question had just changed."""

    step: str
    by: PersonId
    person: PersonId
    field: str
    text: str
    seq: int
    source: str = ""  # the message that said them, if it is their own
    place: PlaceName = PlaceName("")
    earlier: str = ""  # the step before, if the words may answer that one


@record
class Introduction:
    """A place for the author of a card and somebody who offered something on it."""

    place: PlaceName
    step: str
    answer: str
    author: PersonId
    giver: PersonId
    sign: str


@record
class Woven:
    """A line of a host's own in the recap."""

    by: PersonId
    text: str
    seq: int


@record
class Undertaking:
    """A step that somebody took on, and what they say of it."""

    id: str
    choice: str  # step.option
    person: PersonId
    at: datetime
    due: datetime
    how: Progress | None = None
    text: str = ""
    seq: int = 0


@record
class StepState:
    """The state of one step, over all its visits."""

    visit: int
    visits: tuple[int, ...]
    moved_at: datetime  # asked or closed
    until: datetime | None
    closed: bool = False
    aside: bool = False  # before or after the session
    few: bool = False
    read_until: datetime | None = None
    by_person: PersistentMap[tuple[str, ...]] = PersistentMap()
    passed: frozenset[PersonId] = frozenset()
    writing: Mapping[PersonId, datetime] = field(default_factory=dict)
    nudged: bool = False
    host_asked: bool = False
    complete: bool = False
    unshown: tuple[str, ...] = ()  # accepted live, but not yet to be read in every room
    gathered: tuple[str, ...] = ()
    revealed: tuple[tuple[int, tuple[str, ...]], ...] = ()  # visit, what it showed
    looking: tuple[str, ...] | None = None  # what the host sees before it is shown
    look_until: datetime | None = None
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # taps when it closed, by answer
    first_counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # when four first had
    cards: tuple[str, ...] = ()  # of a gallery
    signs: PersistentMap[frozenset[tuple[str, str]]] = PersistentMap()  # person -> card and sign
    pairs: Mapping[PlaceName, tuple[PersonId, ...]] = field(default_factory=dict)
    spoke: frozenset[PersonId] = frozenset()  # who said something in their pair
    missed_by: frozenset[PersonId] = frozenset()  # who could have answered, and let it go by without a word
    found: Mapping[str, str] = field(default_factory=dict)  # what its words take up from earlier steps
    only: str = ""  # the one item that a scale asks about again
    asked_at: datetime | None = None  # when it was asked last
    extended_at: datetime | None = None  # when it was last given more time
    seq: int = 0  # the fact that asked it first


@record
class Session:
    """Everything that is true in one session after `version` facts."""

    id: str = ""
    version: int = 0
    at: datetime = EPOCH
    opened_at: datetime = EPOCH
    ended_at: datetime | None = None  # since when it does not hold its rooms any more
    community: str = ""
    script: str = ""
    seed: str = ""
    phase: Phase = Phase.NEW
    phase_until: datetime | None = None
    rooms: tuple[PlaceName, ...] = ()
    places: PersistentMap[str] = PersistentMap()  # place -> channel
    channels: PersistentMap[str] = PersistentMap()  # channel -> place
    mode: Mode = Mode.LIVE
    zone: str = "UTC"
    quiet: tuple[str, str] = ("21:00", "08:00")
    films: bool = False  # a short film of the recap is made
    filmed: frozenset[str] = frozenset()  # answers that may be in the short film
    frozen: frozenset[str] | None = None  # the answers that stand in the recap, since it stays as it is
    added: Mapping[str, datetime] = field(default_factory=dict)  # allowed or changed after that, and when
    recap_held: str = ""  # why, as the room was told
    recap_held_by: PersonId = PersonId("")
    recap_held_seq: int = 0
    threads: PersistentMap[Woven] = PersistentMap()  # woven by hosts through the recap, by number
    undertaken: PersistentMap[Undertaking] = PersistentMap()
    let_go: int = 0  # steps that were taken on and given up
    offered_steps: frozenset[str] = frozenset()  # votes whose choices the room was shown
    keep_days: int = 0  # after the close, what nobody may read is erased
    earlier: tuple[str, ...] = ()
    day: int = 0  # of a session over days
    day_at: datetime | None = None  # when that day began
    rested: int = 0  # the last day that a rest came before
    lines: Mapping[str, datetime] = field(default_factory=dict)  # of the script, and when each was last said
    quiet_steps: int = 0  # steps in a row with fewer than a quarter of the people
    follow: frozenset[PersonId] = frozenset()  # who may be asked later
    proposed: frozenset[Has] = frozenset()  # told that they earned it
    granted: frozenset[Has] = frozenset()  # they have it
    declined: frozenset[Has] = frozenset()  # they do not want it
    revoked: Mapping[Has, datetime] = field(default_factory=dict)  # by a host; only a host gives it again
    by_hand: Mapping[Has, str] = field(default_factory=dict)  # a host recognised them; for which thanks
    badges: Mapping[Has, str] = field(default_factory=dict)  # the number of the badge
    dressed: Mapping[Has, Dress] = field(default_factory=dict)
    on_show: frozenset[Has] = frozenset()  # badges on the page that their owners show
    whole: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # person -> badges of a series
    recognitions: tuple[Recognition, ...] = ()
    thanks: PersistentMap[Thanks] = PersistentMap()
    thanked: int = 0  # the number of the last thanks that had one
    remind: frozenset[PersonId] = frozenset()  # who likes to be reminded
    hosts: frozenset[PersonId] = frozenset()
    companions: frozenset[PersonId] = frozenset()
    guide: PersonId = PersonId("")  # who guides now
    guide_away: datetime | None = None
    contact: PersonId = PersonId("")  # whom to turn to beside the host
    apart: frozenset[frozenset[PersonId]] = frozenset()
    wishes: PersistentMap[Wish] = PersistentMap()  # how people would like to talk in pairs
    offers: PersistentMap[Offer] = PersistentMap()
    introductions: tuple[Introduction, ...] = ()
    reported: frozenset[str] = frozenset()  # answers that hosts were asked to look at
    moved: Moved | None = None  # the last move of a host, while it can be undone
    people: PersistentMap[Participant] = PersistentMap()
    visit: int = 0
    step: str = ""
    locked: bool = False
    paused: str = ""
    paused_at: datetime | None = None
    steps: Mapping[str, StepState] = field(default_factory=dict)
    answers: PersistentMap[Answer] = PersistentMap()
    sources: PersistentMap[str] = PersistentMap()  # message that an answer follows -> answer
    authored: PersistentMap[tuple[str, ...]] = PersistentMap()  # person -> all their answers, as they came
    told: PersistentMap[frozenset[str]] = PersistentMap()  # what each person was told once
    silent: int = 0  # people that no question waits for: reading along, gone, or silent for two questions

    @property
    def current(self) -> StepState | None:
        """The step that is open or being read now."""
        return self.steps.get(self.step) if self.phase is Phase.RUNNING else None

    @property
    def moment(self) -> int:
        """Which step is open, looked at, or being read: grows with every move. `next` names the one it leaves."""
        state = self.steps.get(self.step)
        past = 0 if state is None else 2 if state.closed else state.looking is not None
        return 3 * self.visit + past

    @property
    def asides(self) -> tuple[str, ...]:
        """The steps that lie open before the session begins, after it, or over its days."""
        if self.phase not in (Phase.LOBBY, Phase.TAIL, Phase.FOLLOWING) and not self.over_days:
            return ()
        return tuple(
            key for key, state in self.steps.items() if state.aside and not state.closed and key != PARKED
        )

    @property
    def over_days(self) -> bool:
        """True if the session runs, and its steps lie open beside each other."""
        return self.mode is Mode.ASYNC and self.phase is Phase.RUNNING

    @property
    def counted(self) -> int:
        """The number of people for whom a question waits."""
        return len(self.people) - self.silent

    @property
    def next_answer(self) -> str:
        """The id of an answer that comes next: it stands in pages and files, and does not tell which came first."""
        return f"a{self.secret_of(str(self.version + 1))[:12]}"

    def secret_of(self, what: str) -> str:
        """A number that only this session gives to something, in hexadecimal digits."""
        return blake2b(f"{self.seed}:order:{what}".encode(), digest_size=8).hexdigest()

    @property
    def live(self) -> bool:
        """True if the session holds its rooms."""
        return self.phase in (Phase.LOBBY, Phase.RUNNING)


def guides(session: Session, person: str) -> bool:
    """True if somebody sees the host's panel: hosts and companions."""
    return person in session.hosts or person in session.companions
