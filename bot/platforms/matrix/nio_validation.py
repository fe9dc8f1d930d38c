"""The checks that nio makes of a homeserver's answers, compiled once.

nio walks its schemas anew for every event, which was a third of what an answer cost. The verdicts, the
defaults that are filled in and the text of an error are the same (tests/platforms/matrix/test_checking.py),
but that a whole number may be written as 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import fastjsonschema
from fastjsonschema import JsonSchemaDefinitionException, JsonSchemaValueException
from nio import responses, schemas
from nio.crypto import olm_machine
from nio.events import misc

Check = Callable[[Any], Any]

DRAFT = {"$schema": "http://json-schema.org/draft-04/schema"}  # the one that nio's schemas are read as
FORMAT = re.compile(r"'format': '(\w+)'")

_slow: Callable[..., None] = schemas.validate_json
_checks: dict[int, tuple[Any, Check]] = {}  # by the id of a schema, which is held so that no other gets it


def use_compiled_checks() -> None:
    """Let nio use the compiled checks; once for the process."""
    for module in (responses, misc, olm_machine):
        module.validate_json = validate


def validate(instance: Any, schema: Any) -> None:
    """Check something against one of nio's schemas, and fill in its defaults.

    Raises:
        jsonschema.ValidationError: it does not fit.
    """
    cached = _checks.get(id(schema))
    if cached is None:
        cached = _checks[id(schema)] = (schema, _compiled(schema))
    try:
        cached[1](instance)
    except JsonSchemaValueException:
        _slow(instance, schema)  # says what is wrong, in the text that nio expects


def _compiled(schema: Any) -> Check:
    formats = {name: _conforms(name) for name in FORMAT.findall(repr(schema))}
    try:
        check: Check = fastjsonschema.compile({**_with_whole_defaults(schema), **DRAFT}, formats=formats)
    except JsonSchemaDefinitionException:  # one of nio's is no valid schema, and is walked as before
        return partial(_slow, schema=schema)
    return check


def _with_whole_defaults(schema: Any) -> Any:
    """A schema in which each default holds the defaults inside of it, which nio fills in as it walks on."""
    if isinstance(schema, list):
        return [_with_whole_defaults(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: _with_whole_defaults(value) for key, value in schema.items()}
    if isinstance(whole.get("default"), dict) and isinstance(whole.get("properties"), dict):
        _slow(whole["default"], whole)
    return whole


def _conforms(name: str) -> Callable[[str], bool]:
    return lambda value: bool(schemas.Checker.conforms(value, name))
