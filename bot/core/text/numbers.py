"""Numbers that people type."""

from __future__ import annotations

MOST_DIGITS = 6  # of any number that means something here


def whole_number(text: str) -> int:
    """The number that stands there, from 1; 0 for anything else, and for more digits than anything here has."""
    digits = text.strip().lstrip("0")
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else 0
