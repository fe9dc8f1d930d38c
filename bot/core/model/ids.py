"""The ids that name a person, also where they stand inside the name of a place: what an erasure replaces, by type."""

from __future__ import annotations

from typing import NewType

PersonId = NewType("PersonId", str)  # such as discord:77

PlaceName = NewType("PlaceName", str)  # of a session: room:1, pair:3, hosts, or private:<person>
