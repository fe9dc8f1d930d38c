"""Checks of what a homeserver says: those of nio, compiled once.

nio walks its schemas anew for every event, which was a third of what an answer cost. The verdicts, the
defaults that are filled in and the words of a refusal are the same (tests/matrix/test_checking.py), but
that a whole number may be written as 3.0.
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


def check_quickly() -> None:
    """Let nio use the compiled checks; once for the process."""
    for module in (responses, misc, olm_machine):
        module.validate_json = validate


def validate(instance: Any, schema: Any) -> None:
    """Check something against one of nio's schemas, and fill in its defaults.

    Raises:
        jsonschema.ValidationError: it does not fit.
    """
    known = _checks.get(id(schema))
    if known is None:
        known = _checks[id(schema)] = (schema, _compiled(schema))
    try:
        known[1](instance)
    except JsonSchemaValueException:
        _slow(instance, schema)  # says what is wrong, in the words that nio expects


def _compiled(schema: Any) -> Check:
    formats = {name: _conforms(name) for name in FORMAT.findall(repr(schema))}
    try:
        made: Check = fastjsonschema.compile({**_with_whole_defaults(schema), **DRAFT}, formats=formats)
    except JsonSchemaDefinitionException:  # one of nio's is no valid schema, and is walked as before
        return partial(_slow, schema=schema)
    return made


def _with_whole_defaults(schema: Any) -> Any:
    """Each default with the defaults that belong inside of it; nio fills those in as it walks on."""
    if isinstance(schema, list):
        return [_with_whole_defaults(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: _with_whole_defaults(each) for key, each in schema.items()}
    if isinstance(whole.get("default"), dict) and isinstance(whole.get("properties"), dict):
        _slow(whole["default"], whole)
    return whole


def _conforms(name: str) -> Callable[[str], bool]:
    return lambda value: bool(schemas.Checker.conforms(value, name))
