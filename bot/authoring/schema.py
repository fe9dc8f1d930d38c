"""`prompts/schema.json`: what may stand in a workshop, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from bot.authoring import model as m
from bot.authoring.translations import HOLDERS, TEXTS

LANGUAGES = {
    "description": "One text, or a text for each language.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "patternProperties": {"^[a-z]{2}(-[A-Z]{2})?$": {"type": "string"}},
            "additionalProperties": False,
        },
    ],
}


def schema() -> str:
    """The JSON schema of a workshop; `#/$defs/Series` and `#/$defs/Framework` are those of the other files."""
    whole = m.Script.model_json_schema(ref_template="#/$defs/{model}")
    definitions = whole.setdefault("$defs", {})
    for model in (m.Series, m.Framework):
        own = model.model_json_schema(ref_template="#/$defs/{model}")
        definitions |= own.pop("$defs", {})
        definitions[model.__name__] = own
    _in_languages(whole)
    for definition in definitions.values():
        _in_languages(definition)
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    whole["title"] = "A Storycircle workshop"
    return json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _in_languages(model: dict[str, Any]) -> None:
    """Every text may be a map of language to text; limits are those of one text, and `check` knows them."""
    for key, about in model.get("properties", {}).items():
        if key in TEXTS and about.get("type") == "string":
            model["properties"][key] = {**LANGUAGES, "title": about.get("title", key)}
        elif key in HOLDERS and "items" in about:
            about["items"] = LANGUAGES
        elif key in HOLDERS and "additionalProperties" in about:
            about["additionalProperties"] = LANGUAGES
