"""Backup and restore: the database, the keys and the workshops as one file, and back again.

A restored database still knows people who have asked to be forgotten since; the ledger beside it
(`bot/store/erasure_ledger.py`) names them, and the next start forgets them before it hears anything.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from bot import __version__
from bot.config import Config
from bot.errors import StoreError
from bot.store.erasure_ledger import NAME as LEDGER
from bot.store.erasure_ledger import Ledger
from bot.store.migrate import HEAD
from bot.store.opening import copy_database

FORMAT = 1
MANIFEST = "backup.json"
LEFT_OUT = ("running.lock", "trials")  # what is of one process, or thrown away anyway
ASIDE = "before-"  # folders with what was there before a restore


def backup(config: Config, target: Path) -> list[str]:
    """Write a backup, also while Storycircle runs; what is in it, line by line.

    Raises:
        StoreError: there is nothing to back up, or the file is there already.
    """
    if not config.database.exists():
        raise StoreError(f"There is no database {config.database} to back up.")
    if target.exists():
        raise StoreError(f"{target} is there already. Name another file.")
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    lines = []
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / config.database.name
        copy_database(config.database, copy)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            about = {
                "format": FORMAT,
                "schema": HEAD,
                "version": __version__,
                "made": datetime.now(timezone.utc).isoformat(),
            }
            archive.writestr(MANIFEST, json.dumps(about))
            archive.write(copy, f"data/{config.database.name}")
            lines.append(f"the database, {copy.stat().st_size:,} bytes")
            kept = list(_beside(config))
            for path in kept:
                archive.write(path, f"data/{path.relative_to(config.data)}")
            lines.append(f"{len(kept)} files with keys, secrets and who is forgotten")
            scripts = sorted(config.prompts.rglob("*.yaml")) if config.prompts.is_dir() else []
            for path in scripts:
                archive.write(path, f"prompts/{path.relative_to(config.prompts)}")
            lines.append(f"{len(scripts)} files of workshops")
    part.replace(target)
    return lines


def _beside(config: Config) -> Iterator[Path]:
    """Files beside the database that belong into a backup."""
    own = config.database.name
    for path in sorted(config.data.rglob("*")):
        first = path.relative_to(config.data).parts[0]
        if path.is_file() and first not in LEFT_OUT and not first.startswith((own, ASIDE)):
            yield path


def restore(config: Config, source: Path, *, replace: bool) -> list[str]:
    """Put a backup in the place of what is there; what was done, line by line.

    What was there before is moved aside. Storycircle must not run meanwhile; the caller sees to that.

    Raises:
        StoreError: the file is no backup of ours or from a newer program, or something is there and not
            to be replaced.
    """
    try:
        archive = zipfile.ZipFile(source)
        about = json.loads(archive.read(MANIFEST))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise StoreError(f"{source} is no backup of Storycircle: {error}.") from error
    if about.get("format", 0) > FORMAT or str(about.get("schema", "")) > HEAD:
        raise StoreError(
            f"{source} was written by a newer Storycircle ({about.get('version')}). Use that one."
        )
    lines = []
    before = Path()
    if config.database.exists():
        if not replace:
            raise StoreError(
                f"{config.database} is there already. With --replace it is moved aside, and the backup takes its place."
            )
        # Inside the folder, which may be a volume of its own that cannot be renamed.
        before = config.data / f"{ASIDE}{datetime.now(timezone.utc):%Y%m%d-%H%M%S}"
        present = [
            p for p in config.data.iterdir() if p.name not in LEFT_OUT and not p.name.startswith(ASIDE)
        ]
        before.mkdir()
        for path in present:
            path.rename(before / path.name)
        lines.append(
            f"what was there is now in {before}; delete it when all is well, it holds people's words"
        )
    with archive:
        for name in archive.namelist():
            first, _, rest = name.partition("/")
            if first == "data":
                _put(archive, name, config.data, rest)
            elif first == "prompts" and not (config.prompts / rest).exists():
                _put(archive, name, config.prompts, rest)
                lines.append(f"the workshop file {rest} is back")
    ledger = Ledger(config.data)
    if before != Path():
        ledger.take_over(before / LEDGER)
    lines.insert(0, f"the backup of {about.get('made', '?')[:16].replace('T', ' ')} UTC is in {config.data}")
    if len(ledger):
        lines.append("who asked to be forgotten since is forgotten at the next start, before anything else")
    return lines


def _put(archive: zipfile.ZipFile, name: str, folder: Path, rest: str) -> None:
    target = (folder / rest).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise StoreError(f"The backup names {name}, which lies outside of its folder. It was not made by us.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with archive.open(name) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
