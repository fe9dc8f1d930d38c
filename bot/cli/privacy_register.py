"""The privacy register: docs/privacy.md and `storycircle privacy`, from `privacy_register.yaml` and the schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.store.schema import META

_REGISTER: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
KEPT: Mapping[str, Mapping[str, Any]] = _REGISTER["tables"]  # by the name of a table


def document() -> str:
    """The register as Markdown."""
    parts = [_REGISTER["summary"], "## In the database\n"]
    for table in META.sorted_tables:
        kept = KEPT[table.name]
        columns = "; ".join(f"`{column.name}`: {kept['columns'][column.name]}" for column in table.columns)
        parts.append(
            f"### `{table.name}`\n\n"
            f"- **What**: {kept['what']}.\n- **Why**: {kept['why']}.\n- **Until**: {kept['until']}.\n"
            f"- **Who reads it**, beside whoever runs the bot: {kept['readers']}.\n- Columns: {columns}.\n"
        )
    return "\n".join([*parts, _REGISTER["outside"]])
