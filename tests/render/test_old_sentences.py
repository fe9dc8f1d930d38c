"""Recordings of the release before the words were rewritten differ by a map of sentences, which is kept true here.

`old_sentences.yaml` has each sentence of that release that isn't said any more, and what is said in its place. When a
sentence is reworded again, `scripts/test tests/render/test_old_sentences.py --update` follows the map to null; write the new one there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.render import catalogues

MAP = Path(__file__).parent / "old_sentences.yaml"
HEAD = "# Sentences of the release before the twelve commands, and what is said in their place; null: nothing is.\n"
PLACE = re.compile(r"\{(\w+)\}|%\((\w+)\)s")


def said() -> frozenset[str]:
    """Every English sentence that the sources mark, each plural form by itself."""
    ids = (message.id for message in catalogues.gather() if message.id)
    return frozenset(form for id in ids for form in (id if isinstance(id, tuple) else (id,)))


def test_each_old_sentence_is_said_in_other_words_or_no_more(request: pytest.FixtureRequest) -> None:
    old: dict[str, str | None] = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    now = said()
    if request.config.getoption("--update"):
        kept = {before: after if after in now else None for before, after in old.items() if before not in now}
        MAP.write_text(HEAD + yaml.safe_dump(kept, allow_unicode=True, width=110), encoding="utf-8")
        return
    assert len(old) > 800
    assert not [before for before in old if before in now], "these are said again: take them out"
    assert not [after for after in old.values() if after is not None and after not in now]


def test_what_replaced_a_sentence_names_nothing_that_it_did_not() -> None:
    """A value that the old sentence had no place for would have to come from somewhere; a plural has its number."""
    old: dict[str, str | None] = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    for before, after in old.items():
        assert places(after or "") - places(before) <= {"n"}, (before, after)


def places(sentence: str) -> set[str]:
    """The names of the values that stand in a sentence."""
    return {name for pair in PLACE.findall(sentence) for name in pair if name}
