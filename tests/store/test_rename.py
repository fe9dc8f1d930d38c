"""Ids of people give way to a pseudonym by type: in lists, in keys, and in the names of private places."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args, get_type_hints

from bot.authoring.rehearsal import START
from bot.core.model import effects, events, facts
from bot.core.model.ids import PersonId, PlaceName
from bot.core.participants import community
from bot.store import codec, rewriting

OLD, NEW = PersonId("stage:ada"), PersonId("forgotten:1f")
OF_PEOPLE = {"person", "host", "by", "people", "pseudonym"}


def _renamed(fact: Any) -> Any:
    return codec.loads(rewriting.rename(codec.dumps(fact), OLD, NEW))


def test_an_id_is_replaced_wherever_it_stands():
    private = PlaceName(f"private:{OLD}")
    fact = facts.PairsFormed(
        at=START, step="talk", pairs={PlaceName("pair:1.1"): (OLD, PersonId("stage:bo"))}
    )
    assert _renamed(fact).pairs == {"pair:1.1": (NEW, "stage:bo")}
    assert _renamed(facts.PlaceReady(at=START, place=private, channel=OLD)).place == f"private:{NEW}"
    moved = facts.Moved(at=START, step="a", visit=1, closed=True, left=0.0, said=((private, "name"),))
    assert _renamed(moved).said == ((f"private:{NEW}", "name"),)


def test_what_is_no_id_stays():
    told = facts.Answered(
        at=START,
        answer="a1",
        step=str(OLD),
        person=OLD,
        field="text",
        text=facts.Words(OLD),
        room=PlaceName("room:1"),
    )
    raw = json.loads(rewriting.rename(codec.dumps(told), OLD, NEW))
    assert raw["person"] == NEW and raw["text"] == OLD and raw["step"] == OLD


def test_every_field_that_names_people_is_typed_so():
    unions = (facts.Fact, effects.Effect, events.Event, community.CommunityFact)
    for cls in {cls for union in unions for cls in get_args(union)}:
        hints = get_type_hints(cls)
        for field in dataclasses.fields(cls):
            if field.name in OF_PEOPLE and hints[field.name] is not bool:
                hint = hints[field.name]
                typed = hint in (PersonId, events.Person) or {PersonId, events.Person} & {*get_args(hint)}
                assert typed, f"{cls.__name__}.{field.name}"
