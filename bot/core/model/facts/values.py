"""The values that facts hold: phases, modes, choices, and the text that somebody wrote."""

from __future__ import annotations

from enum import Enum
from typing import NewType

Words = NewType("Words", str)  # that a person wrote


class Phase(Enum):
    """The life of a session."""

    NEW = "new"
    LOBBY = "lobby"
    RUNNING = "running"
    TAIL = "tail"
    REVIEW = "review"
    FOLLOWING = "following"
    CLOSED = "closed"


class Mode(Enum):
    """The ways in which a session runs."""

    LIVE = "live"  # in text, with times
    CALL = "call"  # beside a voice or video call: only the host moves on
    ASYNC = "async"  # over days: a day's prompts in the morning, what they brought in the evening


class Wish(Enum):
    """A wish for how to talk when pairs are made."""

    ANY = "any"
    SOMEONE = "someone"
    THREE = "three"
    ALONE = "alone"


class Evidence(Enum):
    """The evidence of a story that a badge bears: none, its words, or where it can be read."""

    NONE = "none"
    TEXT = "text"  # the words are signed, and stay wherever the badge goes
    LINK = "link"  # an address and a digest: taken down there, it cannot be read any more


class Progress(Enum):
    """The progress of a step that somebody took on."""

    DONE = "done"
    STARTED = "started"
    LATER = "later"
    DROPPED = "dropped"


class Share(Enum):
    """The places where somebody's words may go after the session, and as whose."""

    NO = "no"
    COMPANION = "companion"  # only the companions may read it
    NAME = "name"
    ANONYMOUS = "anonymous"

    @property
    def public(self) -> bool:
        """True if it may be shown to others at all."""
        return self in (Share.NAME, Share.ANONYMOUS)
