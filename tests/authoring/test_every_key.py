"""Every key of a workshop file is used: by a workshop that ships, or by a small one kept for it in `workshops/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from bot.authoring import model
from bot.authoring.loader import examine, load
from bot.authoring.rehearsal import Rehearsal
from bot.authoring.script_tests import play
from bot.core.model.facts import Phase

SHIPPED = Path(__file__).parents[2] / "prompts"
KEPT = Path(__file__).parent / "workshops"
FILES = sorted(KEPT.glob("*.yaml"))


def keys_of(annotation: Any, seen: set[type]) -> Iterator[str]:
    """The keys of a schema class, and of all that stands in it."""
    if isinstance(annotation, type) and issubclass(annotation, model.Model) and annotation not in seen:
        seen.add(annotation)
        for name, field in annotation.model_fields.items():
            yield field.alias or name
            yield from keys_of(field.annotation, seen)
    for part in get_args(annotation):
        yield from keys_of(part, seen)


def keys_in(node: Any) -> Iterator[str]:
    """The keys that a file uses."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from keys_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys_in(value)


def test_no_key_is_without_a_workshop_that_uses_it():
    used = {
        key
        for path in (*SHIPPED.rglob("*.yaml"), *FILES)
        for key in keys_in(yaml.safe_load(path.read_text(encoding="utf-8")))
    }
    seen: set[type] = set()
    known = {key for root in (model.Script, model.Series, model.Framework) for key in keys_of(root, seen)}
    assert not known - used, "give these keys a workshop in tests/authoring/workshops, or take them out"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_kept_workshop_has_no_faults_and_its_own_tests_pass(path: Path):
    examined = examine(path)  # raises where the file has faults
    assert not await play(examined.scripts[0], examined.tests)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_kept_workshop_rehearses_to_its_end(path: Path):
    played = await Rehearsal(load(path), 6).play()
    assert played.session.phase is Phase.CLOSED
