"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigPath = Annotated[
    Path | None, typer.Option("--config", help="A settings file, in place of config.yaml.")
]
