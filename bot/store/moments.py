"""Moments as the database keeps them: seconds since 1970, or UTC as text."""

from __future__ import annotations

from datetime import datetime, timezone


def stamp(at: datetime) -> float:
    """Seconds since 1970, as the database keeps moments."""
    return at.timestamp()


def moment(seconds: float) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromtimestamp(seconds, timezone.utc)


def utc(at: datetime) -> str:
    """A moment as `session.opened_at` is written; texts of this form sort by time."""
    return at.astimezone(timezone.utc).isoformat()
