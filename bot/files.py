"""Files: where this installation keeps them, and how they are written whole."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_HERE = Path(__file__).parent
NAME = "storycircle"

CLONE = (_HERE.parent / "scripts" / "run").is_file()
"""True in a clone: there all paths are relative to the folder that one stands in."""

SHIPPED = Path("prompts") if CLONE else _HERE / "workshops"
"""The workshops that come with the program."""

FRAMEWORKS = (_HERE.parent / "prompts" if CLONE else _HERE / "workshops") / "frameworks"
"""The frameworks that come with the program, also for workshops that lie in another folder."""


EXAMPLE = (_HERE.parent if CLONE else _HERE) / "config.example.yaml"
"""Every setting, with its default and what it does."""


def data_folder() -> Path:
    """The folder of the data where no setting names one: `data` in a clone, else that of the platform."""
    return Path("data") if CLONE else user_data_path(NAME, appauthor=False)


def settings_file() -> Path:
    """The settings file where none is named: `config.yaml` here, or else that of the platform; it need not exist."""
    here = Path("config.yaml")
    return here if CLONE or here.exists() else user_config_path(NAME, appauthor=False) / "config.yaml"


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file beside, and put it in the place of the old one once it is on disk.

    Raises:
        OSError: it can't be written; the old one is as it was.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
