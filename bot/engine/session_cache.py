"""Folded sessions, kept so that an answer does not read a log."""

from __future__ import annotations

from collections import OrderedDict

from bot.core.model.session import Session

MOST_SESSIONS = 20_000
MOST_FACTS = 500_000


class SessionCache:
    """The least recently used is dropped first; bounded by sessions and by facts."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._facts = 0

    def get(self, key: str) -> Session | None:
        """The session, if it is here."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

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
