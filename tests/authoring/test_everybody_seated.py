"""Rehearsals of the workshops that ship, with few and many people: everybody has a seat in every round."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.loader import load
from bot.authoring.rehearsal import Rehearsal
from bot.core.model.facts import Wish
from bot.core.model.presence import takes_part, waited_for
from bot.core.steps.registry import kind_of


@pytest.mark.parametrize("people", [1, 3, 8, 30])
@pytest.mark.parametrize("version", ["90", "60", "async"])
@pytest.mark.parametrize("workshop", ["value-creation", "community-maturity", "change-agents"])
async def test_everybody_has_a_seat_in_every_round(workshop: str, version: str, people: int):
    script = load(Path(f"prompts/{workshop}.yaml"), version)
    session = (await Rehearsal(script, people).play()).session
    here = {person.id for person in session.people.values() if takes_part(person)}
    assert here and all(waited_for(person) for person in session.people.values() if takes_part(person))
    for key, state in session.steps.items():
        if kind_of(script.step(key)).in_pairs and not state.few:
            seated = {person for group in state.pairs.values() if len(group) > 1 for person in group}
            assert here - seated == {person for person in here if session.wishes.get(person) is Wish.ALONE}
