"""The folders of workshops, looked at again each time it is asked what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.loader import is_series, series, variants
from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.errors import ScriptError

Stamp = tuple[int, int, int]  # modified at, length, inode: another one, and the file was written since


@dataclass(frozen=True)
class Found:
    """All workshops and series of a folder, by their ids.

    Where a file has faults just now, they stand in `faults`, and the last version without any among the others.
    """

    scripts: Mapping[str, tuple[Script, ...]]
    series: Mapping[str, Series]
    faults: Mapping[str, str]


@dataclass
class _File:
    stamp: Stamp
    scripts: tuple[Script, ...] = ()  # the last version without faults
    series: bool = False
    fault: str = ""


class WorkshopFolder:
    """Reads a file again only when it was written since the last look, and remembers its last good version.

    Args:
        folders: a file replaces one of the same name in a folder before.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._files: dict[Path, _File] = {}
        self._frameworks: Mapping[Path, Stamp] = {}

    def look(self) -> Found | None:
        """The workshops of the folders now; None if nothing in them has changed since the last look."""
        named = {path.name: (path, stamp) for folder in self._folders for path, stamp in _stamps(folder)}
        stamps = dict(named.values())
        frameworks = {
            path: stamp for folder in self._folders for path, stamp in _stamps(folder / "frameworks")
        }
        if frameworks == self._frameworks and stamps == {path: f.stamp for path, f in self._files.items()}:
            return None
        for path in self._files.keys() - stamps.keys():
            del self._files[path]
        for path, stamp in stamps.items():
            earlier = self._files.get(path)
            if earlier is None or earlier.stamp != stamp or frameworks != self._frameworks:
                self._files[path] = _read(path, stamp, earlier)
        self._frameworks = frameworks
        return self._found()

    def _found(self) -> Found:
        scripts: dict[str, tuple[Script, ...]] = {}
        faults: dict[str, str] = {}
        for path, file in self._files.items():
            key = file.scripts[0].id if file.scripts else path.stem
            if key in scripts:
                faults[path.stem] = f"{path}:1:1: the id {key} is used by another file. Rename one."
                continue
            if file.fault:
                faults[key] = file.fault
            if file.scripts:
                scripts[key] = file.scripts
        all_series: dict[str, Series] = {}
        for path in (path for path, file in self._files.items() if file.series):
            try:
                one = series(path, list(scripts))
                all_series[one.id] = one
            except ScriptError as error:
                faults[path.stem] = str(error)
        return Found(scripts, all_series, faults)


def shelf(*folders: Path) -> Mapping[str, tuple[Script, ...]]:
    """Every workshop in these folders, by its id, in all its variants; of files of one name that of the last folder.

    Raises:
        ScriptError: with the faults of all files.
    """
    found = WorkshopFolder(*folders).look()
    if found is None:  # there is no file
        return {}
    if found.faults:
        raise ScriptError("\n".join(found.faults.values()))
    return found.scripts


def _stamps(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    for path in sorted(folder.glob("*.yaml")):
        try:
            stat = path.stat()
        except OSError:  # it went between the two looks
            continue
        yield path, (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _read(path: Path, stamp: Stamp, known: _File | None) -> _File:
    try:
        if is_series(path):
            return _File(stamp, series=True)
        return _File(stamp, variants(path))
    except ScriptError as error:
        return _File(stamp, known.scripts if known else (), fault=str(error))
