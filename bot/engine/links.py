"""Addresses of web pages, as the engine asks for them; the web part knows how they are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Links(Protocol):
    """Addresses of pages; each holds what cannot be guessed, so whoever has an address may read its page."""

    def page(self, path: str) -> str:
        """The address of a path, which begins without a slash."""
        ...

    def room(self, channel: str) -> str:
        """The address of a channel's room; empty for those of other platforms."""
        ...

    def board(self, session: str) -> str:
        """The board of a session, for whoever has its address."""
        ...

    def badge(self, badge: str) -> str:
        """The page of a badge."""
        ...

    def showcase(self, page: str) -> str:
        """The page on which somebody shows their badges."""
        ...

    def calendars(self, community: str, person: str) -> Mapping[str, str]:
        """`mine` and `all` that a calendar program can follow, and `page` to read."""
        ...
