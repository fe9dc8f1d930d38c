"""A place in a row of tokens, and patterns that are looked for from there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.scheduling.phrases.lexer import Token

_NOTHING = Token("")


@cache
def _terms(pattern: str) -> tuple[tuple[tuple[str, ...], str, bool], ...]:
    """A pattern as (kinds, value, whether it may lack)."""
    terms = []
    for term in pattern.split():
        kinds, _, value = term.removesuffix("?").partition("=")
        terms.append((tuple(kinds.split("|")), value, term.endswith("?")))
    return tuple(terms)


class Cursor:
    """Walks over tokens.

    A pattern names the kinds of tokens in a row: `a|b` either, `a=x` one that says x, `a?` may lack.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.at = 0

    @property
    def done(self) -> bool:
        """True if nothing is left."""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        """A token that comes; one of no kind where there is none."""
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else _NOTHING

    def sees(self, pattern: str) -> bool:
        """True if the pattern comes next; nothing is taken."""
        before = self.at
        found = self.match(pattern) is not None
        self.at = before
        return found

    def match(self, pattern: str) -> list[Token] | None:
        """The tokens of a pattern, taken; one of no kind stands for each that lacks.

        None, and nothing is taken, if the pattern does not come next.
        """
        found: list[Token] = []
        place = self.at
        for kinds, value, optional in _terms(pattern):
            token = self.tokens[place] if place < len(self.tokens) else _NOTHING
            if token.kind in kinds and (not value or str(token.value) == value):
                found.append(token)
                place += 1
            elif optional:
                found.append(_NOTHING)
            else:
                return None
        self.at = place
        return found

    def listed(self, kinds: str) -> list[Token]:
        """Tokens of these kinds in a row, "and" between them or not; the last "and" is left if nothing follows it."""
        found: list[Token] = []
        while matched := self.match(f"and? {kinds}" if found else kinds):
            found.append(matched[-1])
        return found
