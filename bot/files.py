"""Files that are there whole or not at all, also when the disk is full or the power goes in the middle."""

from __future__ import annotations

import os
from pathlib import Path


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
