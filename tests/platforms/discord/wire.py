"""Every request that the bot makes, held against Discord's own API document and the limits that it leaves out."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT = Path(__file__).parent / "api" / "openapi.json"


@functools.cache
def document() -> dict[str, Any]:
    """Discord's API document, as published; its licence lies beside it."""
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


@functools.cache
def _registry() -> Registry:
    made = document()
    return Registry().with_resource("urn:discord", Resource.from_contents(made, DRAFT202012))


@functools.cache
def _paths() -> list[tuple[re.Pattern[str], str]]:
    made = document()
    found = []
    for path in sorted(made["paths"], key=lambda p: (p.count("{"), p)):  # /users/@me before /users/{id}
        found.append((re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path))
    return found


@functools.cache
def _validator(path: str, method: str) -> Draft202012Validator | None:
    made = document()
    operation = made["paths"].get(path, {}).get(method)
    if operation is None or "requestBody" not in operation:
        return None
    kind = operation["requestBody"]["content"]
    name = "application/json" if "application/json" in kind else next(iter(kind))
    pointer = "/".join(
        part.replace("~", "~0").replace("/", "~1")
        for part in ("paths", path, method, "requestBody", "content", name, "schema")
    )
    return Draft202012Validator({"$ref": f"urn:discord#/{pointer}"}, registry=_registry())


LEFT_OUT = {"tts", "flags", "nonce", "enforce_nonce", "nsfw", "embeds"}  # the document forgets them in places


def faults(method: str, path: str, body: Any) -> Iterator[str]:
    """What is wrong with a request."""
    known = next((name for pattern, name in _paths() if pattern.match(path)), None)
    if known is None or method.lower() not in document()["paths"][known]:
        yield f"{method} {path}: there is no such route"
        return
    validator = _validator(known, method.lower())
    if validator is not None and body is not None:
        for error in validator.iter_errors(_numbers(body)):
            if not set(map(str, error.absolute_path)) & LEFT_OUT:
                deep = min(error.context or [error], key=lambda e: len(e.context or []))
                yield f"{method} {known}: {list(error.absolute_path)} {deep.message[:300]}"
    if isinstance(body, dict):
        yield from limits(body.get("data") if "type" in body and "data" in body else body)
    if isinstance(body, list) and "/commands" in path:
        yield from (f"{c['name']}: {n} characters" for c in body if (n := size(c)) > 8000)
        if len(body) > 100:
            yield "more than 100 commands"
        if any(len(c.get("options") or []) > 25 for c in body):
            yield "more than 25 options"
        yield from names([c for c in body if c.get("type", 1) == 1])


CALLED = re.compile(r"[-_'\w]{1,32}")  # Discord, Application command naming


def names(commands: list[Any]) -> Iterator[str]:
    """Names that Discord would not take, in any language: in one place each stands for one thing."""
    taken: dict[tuple[str, str], str] = {}
    for each in commands:
        own = {"": each["name"], **(each.get("name_localizations") or {})}
        for name in own.values():
            if not CALLED.fullmatch(name) or name != name.lower():
                yield f"{name!r} is no name of a command"
        for key in (*own.items(), *(("", name) for name in own.values())):
            if taken.setdefault(key, each["name"]) != each["name"]:
                yield f"{key[1]!r} ({key[0] or 'any language'}) stands for {taken[key]} and {each['name']}"
        yield from names(each.get("options") or [])


def size(command: Any) -> int:
    """How much a command counts: names, descriptions and values, of each the longest language."""
    own = sum(
        max([len(command.get(key, "")), *map(len, (command.get(f"{key}_localizations") or {}).values())])
        for key in ("name", "description")
    )
    return own + sum(size(option) for option in command.get("options") or [])


def _numbers(body: Any) -> Any:
    """Ids are strings in the document, and may be numbers in practice."""
    if isinstance(body, dict):
        if "filename" in body and isinstance(body.get("id"), int):
            body = body | {"id": str(body["id"])}  # of a file that is sent along
        return {
            k: str(v) if k.endswith("_id") and isinstance(v, int) else _numbers(v) for k, v in body.items()
        }
    return [_numbers(each) for each in body] if isinstance(body, list) else body


def walk(components: list[Any]) -> Iterator[dict[str, Any]]:
    """Every component, whatever it lies in."""
    for each in components:
        yield each
        yield from walk(each.get("components") or [])
        if each.get("component"):
            yield from walk([each["component"]])


def units(text: str) -> int:
    """Characters as Discord counts them."""
    return len(text.encode("utf-16-le")) // 2


def limits(body: Any) -> Iterator[str]:
    """Limits that the document does not know or has wrong."""
    if not isinstance(body, dict):
        return
    if units(body.get("content") or "") > 2000:
        yield "content over 2000"
    if len(str(body.get("nonce", ""))) > 25:
        yield "nonce over 25"
    parts = list(walk(body.get("components") or []))
    form = "title" in body
    if form and (len(body["title"]) > 45 or not 1 <= len(body["components"]) <= 5):
        yield "a form of more than five, or with a long title"
    if (
        not form
        and parts
        and not int(body.get("flags") or 0) & 1 << 15
        and any(p["type"] in (9, 10, 17) for p in parts)
    ):
        yield "components of version 2 without their flag"
    if len(parts) > 40:
        yield f"{len(parts)} components"
    if sum(units(p.get("content", "")) for p in parts if p["type"] == 10) > 4000:
        yield "more than 4000 characters of text"
    ids = [p["custom_id"] for p in parts if "custom_id" in p]
    if len(set(ids)) < len(ids):
        yield f"a custom_id twice: {ids}"
    marks = [p["id"] for p in parts if p.get("id")]
    if len(set(marks)) < len(marks):
        yield "a component's id twice"
    for part in parts:
        if not 1 <= len(part.get("custom_id", "x")) <= 100:
            yield f"custom_id {part['custom_id']!r}"
        if part["type"] == 2 and not 1 <= units(part.get("label") or "") <= 80:
            yield f"label {part.get('label')!r}"
        if part["type"] == 1 and len(part["components"]) > 5:
            yield "more than five in a row"
        if part["type"] == 18 and not (
            1 <= units(part["label"]) <= 45 and units(part.get("description") or "") <= 100
        ):
            yield f"a label of {units(part['label'])}, described with {units(part.get('description') or '')}"
        if part["type"] == 3:
            options = part.get("options") or []
            values = [o["value"] for o in options]
            if not 1 <= len(options) <= 25 or len(set(values)) < len(values):
                yield "a select of none, too many, or with one twice"
            if any(units(o["label"]) > 100 or units(o.get("description") or "") > 100 for o in options):
                yield "an option too long"
            if part.get("max_values", 1) > len(options):
                yield "more may be selected than there are"
        if part["type"] == 4 and units(part.get("value") or "") > part.get("max_length", 4000):
            yield "a text longer than its box"
