"""Numbers as people, and programs, type them."""

from __future__ import annotations

import pytest

from bot.core.text.numbers import whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("1", 1), (" 19 ", 19), ("00019", 19), ("٣", 3), ("999999", 999_999)),
        *(
            ("", 0),
            ("0", 0),
            ("0000", 0),
            ("-1", 0),
            ("1.5", 0),
            ("²", 0),
            ("x1", 0),
            ("1 2", 0),
            ("\ud800", 0),
        ),
        *(("1000000", 0), ("9" * 5_000, 0), ("0" * 5_000 + "7", 7)),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(typed: str, number: int):
    assert whole_number(typed) == number
