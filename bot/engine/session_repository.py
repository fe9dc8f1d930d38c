"""Sessions, scripts and communities as they are now; what was read once is kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping

from bot.core.model.evolve import fold
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.participants import community as communities
from bot.core.participants.community import Community
from bot.core.platform import Platform
from bot.core.views.recap import Held
from bot.store.store import Store

MOST_SESSIONS = 20_000  # in memory
MOST_FACTS = 500_000  # of these sessions

UNSEEN = Session()
MOST = 50  # sessions of one channel that are looked through

LoadSession = Callable[[str], Awaitable[tuple[Session, Script]]]  # by the session's id
MaySpan = Callable[[str, str, str], Awaitable[bool]]


class SessionCache:
    """Folded sessions, so that an answer reads no log; the least recently used goes first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._facts = 0

    def get(self, key: str) -> Session | None:
        """The session, if it is here."""
        session = self._held.get(key)
        if session is not None:
            self._held.move_to_end(key)
        return session

    def put(self, session: Session) -> None:
        """Keep a session as it is now."""
        self.drop(session.id)
        self._held[session.id] = session
        self._facts += session.version
        while len(self._held) > MOST_SESSIONS or (self._facts > MOST_FACTS and len(self._held) > 1):
            self._facts -= self._held.popitem(last=False)[1].version

    def drop(self, key: str) -> None:
        """Forget a session; it is folded anew when it is needed."""
        before = self._held.pop(key, None)
        if before is not None:
            self._facts -= before.version


class SessionRepository:
    """Loads from the store, and is told by whoever writes what has changed."""

    def __init__(self, store: Store, language: str) -> None:
        self._store = store
        self._language = language  # of this installation, where no workshop is held
        self._cache = SessionCache()
        self._scripts: dict[str, Script] = {}
        self._communities: dict[str, Community] = {}

    async def get(self, key: str) -> Session:
        """A session; one without an id where there is none."""
        found = self._cache.get(key)
        return fold(await self._store.facts(key)) if found is None else found

    def put(self, session: Session) -> None:
        """Keep a session as it is on disk now."""
        self._cache.put(session)

    def invalidate(self, keys: Iterable[str]) -> None:
        """Something was not written: read these sessions anew, and every community."""
        for key in keys:
            self._cache.drop(key)
        self._communities.clear()

    async def load(self, key: str) -> tuple[Session, Script]:
        """A session as it is now, and its script; empty ones for words to no session, or an id that nobody has."""
        session = await self.get(key) if key else UNSEEN
        if not session.id:
            return UNSEEN, Script(id="", title="", about="", minutes=0, steps=(), language=self._language)
        self._cache.put(session)
        return session, await self.script(session.script)

    async def earlier(self, session: Session) -> list[tuple[Script, Session]]:
        """The parts of the same series that were held before, each with its script."""
        loaded = [await self.load(key) for key in session.earlier]
        return [(script, held) for held, script in loaded]

    async def script(self, hash: str) -> Script:
        """The script that a session was opened with.

        Raises:
            KeyError: it is not in the database.
        """
        if hash not in self._scripts:
            stored = await self._store.script(hash)
            if stored is None:
                raise KeyError(f"script {hash} is not in the database")
            self._scripts[hash] = stored
        return self._scripts[hash]

    async def community(self, key: str) -> Community:
        """A community: its hosts, and which session opens where."""
        if key not in self._communities:
            log_of = await self._store.community_facts(key)
            self._communities[key] = communities.fold(log_of, Community(id=key))
        return self._communities[key]

    def put_community(self, community: Community) -> None:
        """Keep a community as this batch has decided it."""
        self._communities[community.id] = community


async def may_span(
    platforms: Mapping[str, Platform], sessions: SessionRepository, person: str, here: str, there: str
) -> bool:
    """True if a workshop opened in one room may be held in another: in one community, or if they host there, too."""
    own = platforms.get(here.partition(":")[0])
    other = platforms.get(there.partition(":")[0])
    if own is None or other is None:
        return False
    community = other.community(there)
    if community and community == own.community(here):
        return True
    if community and person in (await sessions.community(community)).hosts:
        return True
    return await other.is_moderator(person, there)


async def sessions_held(store: Store, load: LoadSession, channel: str) -> list[Held]:
    """The sessions that were or are held in a channel: the one at home there first, then the newest first."""
    context = await store.context_for([], [channel], [])
    keys = dict.fromkeys(place.session for place in context.places.get(channel, ()))
    return [await load(key) for key in list(keys)[:MOST]]
