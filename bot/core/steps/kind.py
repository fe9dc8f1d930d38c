"""A kind of step: what every kind knows how to do.

Each kind is one module of this package. It derives a class from `Kind`, overrides what sets it apart, and registers it
for its class of the script (`registry.py`); whatever is common to all steps asks the kind, and never which one it is.
Three of its parts follow an answer's way: `Accepting` takes it, `Moving` shows and closes, `Showing` gives the data
that people, the board and the recap see. The fourth, `Relating`, ties the step to others and to the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from bot.core.model.events import Edited, Submitted
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.masked_count import MaskedCount
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session, StepState
from bot.core.model.steps import Field, Option, Stepping
from bot.core.steps.forms import Form
from bot.core.steps.scale_statistics import Measure
from bot.core.text import messages
from bot.core.text.wording import Sentence
from bot.core.turn import Turn

S = TypeVar("S", bound=Stepping)


@record
class Typed:
    """A message that may be an answer: whose, where, and whether it replies to the step."""

    person: PersonId
    text: str
    message: str
    place: PlaceName
    private: bool
    replying: bool


@record
class Result:
    """The result of the taps of a step; nothing for one that is answered in words."""

    spread: tuple[tuple[str, MaskedCount], ...] = ()  # option and count, the most first
    measure: Measure | None = None
    too_few: bool = False  # so it stays closed
    decides: bool = False  # its order is its result
    ideas: bool = False  # what can be picked is what people brought


class Accepting(Generic[S]):
    """The part of a kind of step that takes answers."""

    tapped = False  # it is answered with taps, not with words
    final = False  # it takes no answer once it is closed
    asks_everybody = False  # it waits for an answer of each person

    def fields(self, step: S) -> tuple[Field, ...]:
        """The fields that it takes words in; none if it takes no words."""
        return ()

    def in_private(self, step: S) -> bool:
        """True if it is answered where only its author reads."""
        return False

    def asks(self, step: S, state: StepState) -> bool:
        """True if it waits for an answer of each person."""
        return self.asks_everybody

    def listens(self, session: Session, step: S, person: PersonId) -> bool:
        """True if a line in the room, which replies to nothing, may concern it."""
        return False

    def reads(self, session: Session, step: S, text: str) -> bool:
        """True if a line could be an answer to it."""
        return False

    def typed(self, turn: Turn, step: S, line: Typed) -> None:
        """Somebody wrote a line that concerns it."""

    def submitted(self, turn: Turn, step: S, event: Submitted) -> None:
        """Somebody sent its form."""
        turn.tell(event.person.id, messages.NOTHING_OPEN)

    def answered(self, turn: Turn, step: S, person: PersonId, text: str, *, said: str = "") -> None:
        """Somebody answered it with the command for words; `said` is the message that held them."""
        turn.tell(person, messages.NOTHING_OPEN)

    def numbered(self, turn: Turn, step: S, person: PersonId, numbers: str, *, said: str = "") -> None:
        """Somebody answered it with the command for numbers; `said` is the message that held them."""
        turn.tell(person, messages.NOTHING_OPEN)

    def edited(self, turn: Turn, step: S, answer: Answer, event: Edited) -> None:
        """The author changed a message that says an answer to it."""


class Moving(Generic[S]):
    """The part of a kind of step that opens, shows what it brought, and closes."""

    waits_for_host = False  # no clock ends it
    read_in_silence = False  # who only reads has missed nothing
    shown_apart = False  # what is written stays with its author until they share it

    def live(self, step: S) -> bool:
        """True if its answers are read at once, as they are said in the room."""
        return False

    def watched(self, step: S) -> bool:
        """True if everybody sees, while it lies open, who taps what."""
        return False

    def shown_together(self, step: S) -> bool:
        """True if all its answers are shown at the moment when it closes."""
        return False

    def shows_result(self, step: S) -> bool:
        """True if how the taps are spread is shown when it closes."""
        return False

    def hours(self, step: S) -> int:
        """The hours that it lies open over days; 0 until the end."""
        return 0

    def coming(self, turn: Turn, step: S) -> bool:
        """It comes next: whether people are asked something before."""
        return False

    def opened(self, turn: Turn, step: S) -> None:
        """It was asked: what belongs to it, after its prompt."""

    def laid_out(self, turn: Turn, step: S) -> None:
        """It lies open beside the session: what belongs to it, after its prompt."""

    def day_begun(self, turn: Turn, step: S) -> None:
        """It lies open over days, from this morning on: what belongs to that."""

    def show_again(self, turn: Turn, step: S, answer: Answer) -> None:
        """An answer, to it or to another step, changed: so do its messages that show it."""


class Showing(Generic[S]):
    """The part of a kind of step that people, the board and the recap see."""

    story = False  # its answers are stories: recognised, thanked for, mapped and shown as cards
    about_others = False  # whoever shares an answer is asked once whether those in it are fine with that

    def form(self, script: Script, session: Session, person: str, step: S) -> Form | None:
        """The form for one person; None for something that is only read."""
        return None

    def seen_by(self, script: Script, step: S) -> tuple[Sentence, ...]:
        """The sentences about who can read what is written here, said before anybody types."""
        return ()

    def looked_at(self, script: Script, step: S) -> bool:
        """True if a host sees what it brought a minute before everybody does."""
        return False

    def anonymous(self, step: S) -> bool:
        """True if an answer may stand without a name, so that its place must not tell whose it is."""
        return False

    def labels(self, session: Session, step: S) -> Mapping[str, str]:
        """The options that can be picked, each with its words."""
        return {}

    def taps(self, session: Session, step: S, answer: Answer) -> tuple[tuple[str, str], ...]:
        """The taps of somebody: each label (nothing: taken back), and the number that they gave it, if any."""
        return ()

    def on_board(self, session: Session, step: S, state: StepState) -> tuple[str, ...]:
        """The answers that a projector shows while it is the current step: the cards that hang, or what was shown."""
        return state.cards or tuple(key for _, revealed in state.revealed for key in revealed)

    def in_recap(self, step: S) -> bool:
        """True if it has a part in the recap."""
        return True

    def result(self, script: Script, session: Session, step: S) -> Result:
        """The result of its taps."""
        return Result()

    def finding(self, script: Script, session: Session, step: S, name: str) -> str:
        """A finding that later steps may take up, such as its `top` option; empty if there is nothing to say."""
        return ""


@record
class Wall:
    """Cards that hang in the room: the messages that they stand in, and the signs that one can put on them."""

    messages: tuple[str, ...]  # the names that they were posted under, in order
    signs: tuple[Option, ...]


class Relating(Generic[S]):
    """The part of a kind of step that ties it to other steps, and to what a platform has for it."""

    sources: tuple[str, ...] = ()  # the keys in which a script names an earlier step that it can't do without
    in_pairs = False  # people talk in twos or threes

    def takes_up(self, step: S) -> tuple[tuple[str, str], ...]:
        """The earlier steps that it can't do without: the key that names each, and its id."""
        named = ((key, getattr(step, key).partition(".")[0]) for key in self.sources)
        return tuple((key, source) for key, source in named if source)

    def empty(self, script: Script, session: Session, step: S) -> bool:
        """True if there is nothing in it, as things stand."""
        return False

    def only(self, script: Script, session: Session, step: S) -> str:
        """The one item that it asks about, as things stand; nothing if it asks about all."""
        return ""

    def leanings(self, step: S) -> tuple[tuple[str, str], ...]:
        """The ways in which a whole room can lean in it: the key of each, and the label of the option, if it is one."""
        return ()

    def apart(self, step: S) -> bool:
        """True if its pairs talk where nobody else reads, even if all in the room can read its threads."""
        return False

    def wall(self, session: Session, step: S) -> Wall | None:
        """The cards that people put signs on; None for a kind without any."""
        return None


class Kind(Accepting[S], Moving[S], Showing[S], Relating[S]):
    """Everything that sets one kind of step apart from the others."""

    name = ""  # in workshop files
    findings: tuple[str, ...] = ()  # the names of what later steps may say of it

    def thanks(self, step: S) -> bool:
        """True if each line of it names somebody, and thanks them."""
        return False
