"""Long texts in parts: nothing is lost, and people's words stay marked as theirs in each part."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.quoting import QUOTE_END, QUOTE_START, quoted
from bot.render.cards import split

SAID = st.lists(st.text(st.sampled_from("ab *_\n👩🏽‍🚀ش"), max_size=120), min_size=1, max_size=6)


@given(SAID, st.integers(24, 90))
def test_every_part_is_short_enough_and_keeps_the_marks(said: list[str], limit: int):
    text = "\n\n".join("\n".join(["Ours", *quoted("A: ", each)]) for each in said)
    parts = split(text, limit)
    assert all(len(part) <= limit for part in parts)
    for part in parts:
        depth = 0
        for letter in part:
            depth += (letter == QUOTE_START) - (letter == QUOTE_END)
            assert depth in (0, 1)
        assert depth == 0

    def bare(told: str) -> str:
        return "".join(c for c in told if not c.isspace() and c not in f"{QUOTE_START}{QUOTE_END}>")

    assert bare("".join(parts)) == bare(text)
