"""Backup and restore: the database, the keys and the workshops as one file, and back again.

A restored database still knows people who have asked to be forgotten since; the ledger beside it
(`bot/store/erasure_ledger.py`) names them, and the next start forgets them before it hears anything.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot import __version__
from bot.config import Config
from bot.errors import StoreError
from bot.store.erasure_ledger import NAME as LEDGER
from bot.store.erasure_ledger import Ledger
from bot.store.migrate import HEAD
from bot.store.opening import check, copy_database

FORMAT = 1
MANIFEST = "backup.json"
LEFT_OUT = ("running.lock", "running.lock.next", "trials")  # what is of one process, or thrown away anyway
ASIDE = "before-"  # folders with what was there before a restore
UNPACKED = "restoring-"  # a folder in which a backup is looked at
LARGEST_MANIFEST = 64 * 1024  # bytes
MOST_FILES = 100_000
LONGEST_NAME = 1_000  # characters
RATIO = 200  # times the size of the file that its contents may have; databases of ours shrink to a fifth
LINK = 0o12  # the kind of file in the attributes of an entry
ROOM = 64 * 1024 * 1024  # bytes that may be unpacked whatever the ratio


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
    try:
        part.touch(mode=0o600)
        lines = _packed(config, target, part)
    except (OSError, StoreError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"{target} can't be written: {error}. Free some space, or name another place."
        ) from error
    part.replace(target)
    return lines


def _packed(config: Config, target: Path, part: Path) -> list[str]:
    """Write all that belongs into a backup; what that is, line by line."""
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
            scripts = (
                sorted(config.prompts.rglob("*.yaml"))
                if config.prompts.is_dir() and config.prompts == config.own_workshops
                else []
            )
            for path in scripts:
                archive.write(path, f"prompts/{path.relative_to(config.prompts)}")
            lines.append(f"{len(scripts)} files of workshops")
    return lines


def _beside(config: Config) -> Iterator[Path]:
    """Files beside the database that belong into a backup."""
    own = config.database.name
    for path in sorted(config.data.rglob("*")):
        first = path.relative_to(config.data).parts[0]
        if path.is_file() and first not in LEFT_OUT and not first.startswith((own, ASIDE, UNPACKED)):
            yield path


def restore(config: Config, source: Path, *, replace: bool) -> list[str]:
    """Put a backup in the place of what is there; what was done, line by line.

    All of it is unpacked and looked at in a folder beside before anything is touched. What was there before is moved
    aside. Storycircle must not run meanwhile; the caller sees to that.

    Raises:
        StoreError: the file is damaged, no backup of ours or from a newer program, or something is there and not
            to be replaced. All is as it was.
    """
    try:
        opened = zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(f"{source} is no backup of Storycircle: {error}.") from error
    try:
        with opened as archive:
            about = _manifest(archive, source)
            if config.database.exists() and not replace:
                raise StoreError(
                    f"{config.database} is there already. With --replace it is moved aside, and the backup takes its "
                    "place."
                )
            entries = _entries(archive, source)
            config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=config.data, prefix=UNPACKED) as folder:
                _unpack(archive, entries, Path(folder))
                _look_at(Path(folder) / "data" / config.database.name, source)
                return _swap(config, Path(folder), about)
    except (OSError, zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise StoreError(f"{source} cannot be restored: {error}. All is as it was.") from error


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        entry = archive.getinfo(MANIFEST)
        if entry.file_size > LARGEST_MANIFEST:
            raise ValueError(f"its {MANIFEST} is too large")
        about = json.loads(archive.read(entry))
        if not isinstance(about, dict):
            raise ValueError(f"its {MANIFEST} is none")
        newer = int(about.get("format", 0)) > FORMAT or str(about.get("schema", "")) > HEAD
    except (KeyError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise StoreError(f"{source} is no backup of Storycircle: {error}.") from error
    if newer:
        raise StoreError(
            f"{source} was written by a newer Storycircle ({about.get('version')}). Use that one."
        )
    return about


def _entries(archive: zipfile.ZipFile, source: Path) -> list[zipfile.ZipInfo]:
    """The files of a backup, if they stay in their folders and there is room for them."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and entry.filename != MANIFEST]
    if len(entries) > MOST_FILES:
        raise StoreError(f"{source} holds {len(entries):,} files, and a backup of ours holds far fewer.")
    seen = set()
    for entry in entries:
        if len(entry.filename) > LONGEST_NAME or entry.filename in seen or entry.external_attr >> 28 == LINK:
            raise StoreError(
                f"The backup names {entry.filename[:80]}, which is a link, or there twice, or too long. "
                "It was not made by us."
            )
        seen.add(entry.filename)
        parts = entry.filename.split("/")
        if parts[0] not in ("data", "prompts") or any(
            part in ("", ".", "..") or "\\" in part for part in parts
        ):
            raise StoreError(
                f"The backup names {entry.filename}, which lies outside of its folder. It was not made by us."
            )
    return entries


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path) -> None:
    """Write the files of a backup into a folder; each is held to the size that it declares, and to its checksum."""
    wanted, free = sum(entry.file_size for entry in entries), shutil.disk_usage(folder).free
    size = Path(archive.filename or "").stat().st_size
    if wanted > size * RATIO + ROOM:
        raise StoreError(
            f"The backup would unpack to {wanted:,} bytes, {wanted // max(size, 1):,} times its size. "
            "It was not made by us."
        )
    if wanted > free:
        raise StoreError(
            f"The backup needs {wanted:,} bytes, and {free:,} are free. Free some space first; all is as it was."
        )
    for entry in entries:
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.touch(mode=0o600)
        with archive.open(entry) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file)


def _look_at(database: Path, source: Path) -> None:
    """Read the whole database of a backup; a damaged one is none."""
    if not database.exists():
        raise StoreError(f"{source} holds no database {database.name}. All is as it was.")
    fault = check(database)
    if fault:
        raise StoreError(
            f"The database in {source} is damaged: {fault}. All is as it was; take another backup."
        )


def _swap(config: Config, folder: Path, about: Mapping[str, Any]) -> list[str]:
    """Move what is there aside, and what was unpacked into its place."""
    lines = []
    before = Path()
    kept = (*LEFT_OUT, folder.name)
    if config.database.exists():
        # Inside the folder, which may be a volume of its own that cannot be renamed.
        before = config.data / f"{ASIDE}{datetime.now(timezone.utc):%Y%m%d-%H%M%S}"
        present = [p for p in config.data.iterdir() if p.name not in kept and not p.name.startswith(ASIDE)]
        before.mkdir(mode=0o700)
        for path in present:
            path.rename(before / path.name)
        lines.append(
            f"what was there is now in {before}; delete it when all is well, it holds people's words"
        )
    for path in sorted((folder / "data").rglob("*")):
        if path.is_file():
            target = config.data / path.relative_to(folder / "data")
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.replace(target)
    workshops = folder / "prompts"
    for path in sorted(workshops.rglob("*")):
        target = config.own_workshops / path.relative_to(workshops)
        shipped = config.prompts / path.relative_to(workshops)
        if path.is_file() and not target.exists() and not shipped.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
            lines.append(f"the workshop file {path.relative_to(workshops)} is back")
    ledger = Ledger(config.data)
    if before != Path():
        ledger.take_over(before / LEDGER)
    lines.insert(
        0, f"the backup of {str(about.get('made', '?'))[:16].replace('T', ' ')} UTC is in {config.data}"
    )
    if len(ledger):
        lines.append("who asked to be forgotten since is forgotten at the next start, before anything else")
    return lines
