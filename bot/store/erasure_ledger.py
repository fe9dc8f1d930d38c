"""The ledger of people who asked to be forgotten, kept beside the database, so that a restore does not bring them back.

A line is a keyed digest of the person's id: it tells whether somebody who is in a database is meant, and
nobody who is not. The database knows how many lines it has followed; one from a backup knows of fewer.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from bot.files import write_whole

NAME = "forgotten.ledger"
FOLLOWED = "ledger"  # in place of a platform, among the cursors: how many lines a database has followed


class Ledger:
    """The file; its first line is the key of the digests."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._key, self._lines = _read(self.path)

    def __len__(self) -> int:
        return len(self._lines)

    def digest(self, person: str) -> str:
        """The digest that stands for a person."""
        return hashlib.blake2b(person.encode(), key=bytes.fromhex(self._key), digest_size=16).hexdigest()

    def add(self, person: str) -> int:
        """Note somebody, on disk; how many lines there are now. Noting them twice is once in a row."""
        line = self.digest(person)
        if not self._lines or self._lines[-1] != line:
            if not self.path.exists():
                _write(self.path, [self._key])
            before = self.path.stat().st_size
            try:
                with self.path.open("a", encoding="ascii") as file:
                    file.write(line + "\n")
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, before)  # half a line would make one with the next
                raise
            self._lines.append(line)
        return len(self._lines)

    def since(self, followed: int) -> frozenset[str]:
        """Those who were noted after so many lines."""
        return frozenset(self._lines[followed:])

    def take_over(self, other: Path) -> None:
        """Add what another ledger of the same installation has more, such as the one from before a restore."""
        key, lines = _read(other)
        same = key == self._key or not self.path.exists()  # nobody was forgotten when the backup was made
        if other.exists() and same and len(lines) > len(self._lines):
            self._key, self._lines = key, lines
            _write(self.path, [key, *lines])


def _read(path: Path) -> tuple[str, list[str]]:
    if not path.exists():
        return secrets.token_hex(16), []
    key, *lines = path.read_text(encoding="ascii").split()
    return key, lines


def _write(path: Path, lines: list[str]) -> None:
    write_whole(path, "".join(f"{line}\n" for line in lines))
