"""The files that pages load, at an address that changes with them, so that a browser may keep them for good."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

FOLDER = Path(__file__).parent / "static"


def _digest(folder: Path) -> str:
    """A digest of all files: scripts load each other, so they change their address together."""
    digest = blake2b(digest_size=6)
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


KEPT = f"/static/{_digest(FOLDER)}"  # what is loaded from here never changes
