"""The award behind a credential: who, for what, with which evidence. All that a credential says comes from here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from uuid import UUID, uuid5

from bot.core.model.records import record

OURS = UUID("6d0f7d8e-5a8c-4d0e-9a55-2f1b7f0c7a11")
# A tab breaks one wallet, vertical tab, backspace and DEL the verifiers in JavaScript.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
GENRE = "Value creation story"


@record
class Community:
    """The community that recognizes, by its name and its address (nothing if it has no page)."""

    name: str
    url: str = ""
    about: str = ""

    @property
    def lasting(self) -> bool:
        """True if others can reach it under an address that is its own."""
        return self.url.startswith("https://")


@record
class Story:
    """Evidence: words that their author has approved for a badge, or (`url`) where they can be read."""

    title: str
    text: str
    url: str = ""


@record
class Endorsement:
    """A sentence that somebody added to a story. They have no key: the community vouches that it was said."""

    by: str
    text: str
    at: datetime


@record
class Achievement:
    """An achievement, the same for everyone who has it."""

    badge: str  # its name
    about: str
    statements: tuple[str, ...]  # of which some hold, in the first person
    workshop: str
    kind: str = "story"  # what it is earned by
    shape: str = "story"  # of its picture
    language: str = "en"
    aligned: tuple[
        tuple[str, str, str], ...
    ] = ()  # kinds of value that it is about: key, label, what it means

    @property
    def number(self) -> UUID:
        """The same for every badge of this name in this workshop, in every community."""
        return uuid5(OURS, f"{self.workshop}/{self.badge}")


@record
class Award:
    """One recognition of one person."""

    id: str  # random, 32 hexadecimal digits or a UUID; it stays when the badge is issued anew
    what: Achievement
    name: str = ""  # of the person, only if they want it
    story: Story | None = None
    told: Mapping[str, str] = field(default_factory=dict)  # kinds of value -> what was told of them
    endorsements: tuple[Endorsement, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # name and number of the badges that a series is made of
    began: datetime | None = None
    ended: datetime | None = None
    awarded: datetime
    index: int = 0  # its byte in the list of what was taken back


def signable(text: str) -> str:
    """Words as every verifier reads them: composed, one kind of line end, no tabs, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return _CONTROL.sub("", text)
