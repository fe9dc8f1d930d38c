"""Makes THIRD-PARTY-NOTICES.md: the packages that the lock pins, with their licenses as the packages state them."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "THIRD-PARTY-NOTICES.md"

# What a package does not say of itself, or says in a way of its own, by what its license file holds.
KNOWN: Mapping[str, str] = {
    "aiofiles": "Apache-2.0",
    "aiosignal": "Apache-2.0",
    "aiosqlite": "MIT",
    "audioop-lts": "PSF-2.0",  # from Python 3.13 on only
    "colorama": "BSD-3-Clause",  # on Windows only
    "defusedxml": "PSF-2.0",
    "discord-py": "MIT",
    "hyperframe": "MIT",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "matrix-nio": "ISC",
    "mdurl": "MIT",
    "openbadgeslib": "LGPL-3.0-only",
    "peewee": "MIT",
    "pyld": "BSD-3-Clause",
    "resvg-py": "MIT",
    "segno": "BSD-3-Clause",
    "shellingham": "ISC",
    "vodozemac": "MIT",
}
INTRODUCTION = """# Third-party notices

Storycircle itself is under the MIT license. This page lists what an installation brings along, and under which license. None of it
lies in this repository except the fonts: pip downloads each package from whom it comes, with its license text inside.
`scripts/notices` writes this page from the lock, and a test holds it to it.

**LGPL.** openbadgeslib and frozendict come with the part `badges`. They are used as they are published, as modules of their own that
you can replace.

**GPL.** The package `av`, of the optional part `film`, holds x264 and x265, which are under the GPL-2.0-or-later. It isn't in the default
installation. Our films use libvpx (BSD-3-Clause). If you pass on a machine or a container image with this part, the GPL holds for that.
"""
FONTS = """## In this repository

| fonts | license |
|---|---|
| DejaVu Sans, DejaVu Sans Bold | Bitstream Vera, with changes in the public domain ([text](bot/render/fonts/LICENSE_DEJAVU)) |
| Droid Sans Fallback | Apache-2.0 ([text](bot/render/fonts/LICENSE_DROID)) |
| Manrope, cut to Latin letters and renamed Circle Sans | OFL-1.1 ([text](bot/platforms/web/static/fonts/LICENSE_MANROPE)) |
| Source Serif Pro, cut to Latin letters and renamed Circle Serif | OFL-1.1 ([text](bot/platforms/web/static/fonts/LICENSE_SOURCE_SERIF)) |
| Nanum Gothic Coding | OFL-1.1 ([text](bot/render/fonts/LICENSE_NANUM)) |
"""


def pinned(lock: Path) -> Iterator[tuple[str, str]]:
    """The name and the versions of each package in a lock."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", lock.read_text()):
        found.setdefault(name, []).append(version)
    return ((name, ", ".join(versions)) for name, versions in found.items())


def license_of(name: str) -> str:
    """What a package says of its license, in one line."""
    if name in KNOWN:
        return KNOWN[name]
    about = importlib.metadata.metadata(name)
    said = about.get("License-Expression") or about.get("License") or ""
    assert said and "\n" not in said and len(said) < 60, f"name the license of {name} in KNOWN: {said[:60]!r}"
    return said


def notices() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for title, lock in (
        ("The default installation", "requirements.txt"),
        ("The optional part `film`", "requirements-film.txt"),
    ):
        parts.append(f"## {title}\n\n| package | version | license |\n|---|---|---|\n")
        parts[-1] += "".join(
            f"| {name} | {version} | {license_of(name)} |\n" for name, version in pinned(ROOT / lock)
        )
    return "\n".join([*parts, FONTS])


if __name__ == "__main__":
    FILE.write_text(notices(), encoding="utf-8")
