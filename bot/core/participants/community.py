"""The community, which outlives a session: its hosts, its series, and the workshops that it can start.

The same form as a session: its commands decide, `evolve` applies, `fold` is the reduction. A community is
a Discord server, a Matrix space or room, or the web part of this installation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import assert_never

from bot.core.model.cards import Note
from bot.core.model.facts import Mode
from bot.core.model.ids import PersonId
from bot.core.model.records import PersistentMap, record
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate

NO_SUCH = N_("I can't find a workshop called {name}. To see all: /workshop open")
FAULTY = N_(
    "{title} can't start, because its file has faults:\n{faults}\nFix the file, save it, and "
    "try again. Sessions already running keep their version."
)
NEAR = N_("I can't find a workshop called {name}. Did you mean {near}?")


@record
class SessionOpened:
    """A host opened a workshop in a room."""

    at: datetime
    session: str
    workshop: str
    room: str
    host: PersonId
    series: str = ""  # that it is a part of


@record
class CommunityHostNamed:
    """Somebody may open workshops in this community."""

    at: datetime
    person: PersonId


@record
class CommunityHostRevoked:
    """Somebody may not open workshops in this community any more."""

    at: datetime
    person: PersonId


CommunityFact = SessionOpened | CommunityHostNamed | CommunityHostRevoked


@record
class Community:
    """A community after `version` facts."""

    id: str = ""
    version: int = 0
    hosts: frozenset[PersonId] = frozenset()
    sessions: PersistentMap[str] = PersistentMap()  # session -> workshop
    series: PersistentMap[tuple[str, ...]] = PersistentMap()  # series -> its sessions in the present run


@record
class Times:
    """The clock of a community: its zone, the hours in which nothing is said, and how long words are kept."""

    zone: str = "UTC"
    quiet: tuple[str, str] = ("21:00", "08:00")
    films: bool = False  # whether short films are made of recaps
    keep_days: int = 0  # how long after the close words are kept that nobody may read; 0: for ever


@record
class Variant:
    """One way in which a workshop can run: its version and setting, and the script's content hash."""

    version: str
    setting: str
    minutes: int
    hash: str
    language: str = ""  # if it is another than the script's own
    prepare: str = ""  # what people may think about beforehand
    days: int = 0  # over how many it runs; 0 for one that is held in one go


@record
class Listing:
    """One workshop that can be started, by its name on the shelf."""

    id: str
    title: str
    minutes: int
    hash: str
    refusal: str = ""  # why it cannot be started here, in a sentence
    variants: tuple[Variant, ...] = ()
    parts: tuple[Listing, ...] = ()  # of a series, in their order
    about: str = ""
    days_between: int = 7  # the parts of a series
    fault: str = ""  # of its file as it is now, lines; what else stands here is of its last good version

    def with_fault(self, fault: str) -> Listing:
        """This workshop, whose file cannot be read just now."""
        return replace(self, fault=fault)

    @property
    def refused(self) -> Note | None:
        """The reason why it cannot be started; None if it can."""
        if self.fault:
            faults = "\n".join(map(isolate, self.fault.split("\n")))
            return say(FAULTY, title=isolate(self.title), faults=faults)
        return say(self.refusal) if self.refusal else None

    @property
    def versions(self) -> tuple[str, ...]:
        """Such as 90 and 60; none if there is only one."""
        return tuple(dict.fromkeys(v.version for v in self.variants if v.version))

    @property
    def lengths(self) -> str:
        """Its length in words, such as "90 or 60 min, or over days"."""
        if self.parts:
            return f"a series of {len(self.parts)}"
        long = [version for version in self.versions if version != Mode.ASYNC.value]
        days = ", or over days (async)" if Mode.ASYNC.value in self.versions else ""
        return f"{' or '.join(long) or self.minutes} min{days}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Other languages than its own that it can be held in."""
        return tuple(dict.fromkeys(v.language.lower() for v in self.variants if v.language))

    @property
    def settings(self) -> tuple[str, ...]:
        """One community or many, if the workshop tells them apart."""
        return tuple(dict.fromkeys(v.setting for v in self.variants if v.setting))

    def choose(self, how: str) -> tuple[str, Mode] | Note:
        """The script's hash and the mode for words such as "60 call many"; or the sentence that says no."""
        version, setting, language, mode = "", "", "", Mode.LIVE
        for word in how.lower().replace(",", " ").split():
            near = [s for s in self.settings if s.startswith(word)]
            if word in self.versions:
                version = word
            elif near:
                setting = near[0]
            elif word in self.languages:
                language = word
            elif word in {each.value for each in Mode}:
                mode = Mode(word)
            else:
                settings = (s.partition("_")[0] for s in self.settings)
                ways = [*self.versions, *settings, "live", "call", *self.languages]
                ways = list(dict.fromkeys(ways))
                return say(
                    N_("{title} can't run as “{word}”. There are: {there}."),
                    title=self.title,
                    word=word[:40],
                    there=", ".join(ways),
                )
        if version == Mode.ASYNC.value:
            if mode is Mode.CALL:
                return say(N_("{title} runs over several days or during a call, not both."), title=self.title)
            mode = Mode.ASYNC
        elif mode is Mode.ASYNC:
            ways = list(self.versions) or ["live", "call"]
            return say(
                N_("{title} can't run over several days. There are: {there}."),
                title=self.title,
                there=", ".join(ways),
            )
        for variant in self.variants:
            fits = version in ("", variant.version) and setting in ("", variant.setting)
            if fits and language == variant.language:
                return variant.hash, mode
        return self.hash, mode


def unknown(shelf: Mapping[str, Listing], wanted: str) -> Note:
    """The sentence for a workshop that is not there, with the one that was perhaps meant."""
    near = get_close_matches(wanted, shelf, 1)
    return say(NEAR if near else NO_SUCH, name=wanted[:40], near=(near or [""])[0])


def evolve(community: Community, fact: CommunityFact) -> Community:
    """The community after one more fact."""
    community = replace(community, version=community.version + 1)
    match fact:
        case SessionOpened():
            community = replace(community, sessions=community.sessions.put(fact.session, fact.workshop))
            if not fact.series:
                return community
            parts: tuple[str, ...] = community.series.get(fact.series, ())
            if fact.workshop in [community.sessions[part] for part in parts]:
                parts = ()  # it begins anew
            return replace(community, series=community.series.put(fact.series, (*parts, fact.session)))
        case CommunityHostNamed():
            return replace(community, hosts=community.hosts | {fact.person})
        case CommunityHostRevoked():
            return replace(community, hosts=community.hosts - {fact.person})
        case _:
            assert_never(fact)


def fold(log: Iterable[CommunityFact], start: Community) -> Community:
    """The community that these facts make."""
    for fact in log:
        start = evolve(start, fact)
    return start


def next_part(community: Community, series: Listing) -> tuple[Listing, tuple[str, ...]]:
    """The part of a series that comes next here, and the sessions of those before it; after the last the first."""
    sessions: tuple[str, ...] = community.series.get(series.id, ())
    done = [community.sessions[session] for session in sessions]
    for part in series.parts:
        if part.id not in done:
            return part, sessions
    return series.parts[0], ()
