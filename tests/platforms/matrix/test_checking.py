"""The compiled checks of what a homeserver says come to what nio's own come to."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from jsonschema import ValidationError
from nio import schemas
from nio.events import misc

from bot.platforms.matrix import nio_validation

SCHEMAS = {name: each for name, each in vars(schemas.Schemas).items() if isinstance(each, dict)}
WHOLE = [name for name in SCHEMAS if name != "delete_devices"]
OTHERS: tuple[Any, ...] = (
    None, True, 0, -1, 7, 1.5, "", "@ada:home", "ada", "https://home", "!room:home", [], ["x"], [3], {}, {"a": 1}
)  # fmt: skip


def fitting(schema: dict[str, Any]) -> Any:
    """Something that a schema takes, with everything in it that may be there."""
    if "enum" in schema or "const" in schema:
        return (schema.get("enum") or [schema["const"]])[0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: fitting(each) for name, each in schema.get("properties", {}).items()}
    if kind == "array":
        return [fitting(schema["items"])] if isinstance(schema.get("items"), dict) else []
    formats = {"user_id": "@ada:home", "http_url": "https://home"}
    return {"string": formats.get(schema.get("format", ""), "words"), "boolean": True}.get(kind, 1)


def faulty(good: Any) -> Iterator[Any]:
    """The same with one thing missing, too much, or of another kind, anywhere in it."""
    yield from OTHERS
    keys = list(good) if isinstance(good, dict) else list(range(len(good))) if isinstance(good, list) else []
    for key in keys:
        for each in faulty(good[key]):
            made = copy.copy(good)
            made[key] = each
            yield made
        if isinstance(good, dict):
            yield {name: each for name, each in good.items() if name != key}
    if isinstance(good, dict):
        yield good | {"more": "than was asked", "@bo:home": 3}


def verdict(check: Any, instance: Any, schema: Any) -> tuple[str, Any]:
    held = copy.deepcopy(instance)
    try:
        check(held, schema)
    except ValidationError as refused:
        return str(refused), None
    except AttributeError as broken:  # nio's own cannot fill defaults into what is no object
        return f"broken: {broken}", None
    return "", held


@pytest.mark.parametrize("name", WHOLE)
def test_a_compiled_check_decides_as_the_slow_one(name: str):
    schema = SCHEMAS[name]
    good = fitting(schema)
    for instance in (good, *faulty(good)):
        slow = verdict(schemas.validate_json, instance, schema)
        assert verdict(nio_validation.validate, instance, schema) == slow, instance


def _is_slow(check: Any) -> bool:
    return isinstance(check, partial) and check.func is schemas.validate_json


def test_all_of_them_are_compiled_but_one():
    slow = [name for name, each in SCHEMAS.items() if _is_slow(nio_validation._compiled(each))]
    assert slow == ["delete_devices"]  # "required" stands among its properties; the bot never asks for it


def test_nio_uses_them():
    nio_validation.use_compiled_checks()
    assert misc.validate_json is nio_validation.validate
