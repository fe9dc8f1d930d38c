"""Files from strangers, read in or put back: refused with a sentence, and nothing is touched."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app as commands
from bot.errors import StorycircleError
from bot.render.recap.interchange import FORMAT, VERSION
from bot.render.recap.transfer import bring_in

ABOUT = '{"format": 1, "schema": "0001", "made": "2026-11-28"}'


def packed(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return held.getvalue()


def named(*names: str) -> bytes:
    def write(archive: zipfile.ZipFile) -> None:
        archive.writestr("backup.json", ABOUT)
        for name in names:
            archive.writestr(name, "x")

    return packed(write)


def linked(archive: zipfile.ZipFile) -> None:
    archive.writestr("backup.json", ABOUT)
    link = zipfile.ZipInfo("data/storycircle.db")
    link.external_attr = 0o120777 << 16
    archive.writestr(link, "/etc/passwd")


def bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("backup.json", ABOUT)
    with archive.open("data/storycircle.db", "w") as file:
        for _ in range(200):
            file.write(b"\0" * 1024 * 1024)


BACKUPS = {
    "absolute": named("/etc/cron.d/x"),
    "absolute under data": named("data//etc/passwd"),
    "above": named("data/../../x"),
    "another drive": named("data\\..\\x"),
    "elsewhere": named("home/x"),
    "link": packed(linked),
    "bomb": packed(bomb),
    "long": named("data/" + "a/" * 600 + "x"),
    "file and folder": named("data/a", "data/a/b"),
    "too long a part": named("data/" + "a" * 300),
    "numbers": packed(lambda archive: archive.writestr("backup.json", '{"format": ' + "9" * 9_000 + "}")),
    "infinite": packed(lambda archive: archive.writestr("backup.json", '{"format": Infinity}')),
    "no number": packed(lambda archive: archive.writestr("backup.json", '{"format": NaN}')),
    "deep": packed(lambda archive: archive.writestr("backup.json", "[" * 60_000)),
    "a list": packed(lambda archive: archive.writestr("backup.json", "[]")),
    "no text": packed(lambda archive: archive.writestr("backup.json", b"\xff\xfe{")),
    "large manifest": packed(lambda archive: archive.writestr("backup.json", " " * 1_000_000 + ABOUT)),
}


@pytest.mark.parametrize("kind", BACKUPS)
def test_a_hostile_backup_is_refused_and_nothing_is_touched(tmp_path: Path, kind: str):
    data = tmp_path / "data"
    data.mkdir()
    (data / "host.secret").write_text("ours")
    (tmp_path / "some.zip").write_bytes(BACKUPS[kind])
    result = CliRunner().invoke(
        commands,
        ["restore", str(tmp_path / "some.zip"), "--replace"],
        env={"STORYCIRCLE_DATA": str(data), "STORYCIRCLE_PROMPTS": str(tmp_path / "prompts")},
    )
    assert isinstance(result.exception, StorycircleError), (result.exception, result.output)
    assert len(str(result.exception)) < 600
    kept = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == {"some.zip", "data/host.secret", "data/running.lock"}
    assert (data / "host.secret").read_text() == "ours"


def recap(**held: object) -> bytes:
    body = {
        "format": FORMAT, "version": VERSION, "language": "en", "title": "T", "community": "C",
        "at": "2026-11-28T10:00:00+00:00", **held,
    }  # fmt: skip
    return json.dumps(body).encode()


def folders(archive: zipfile.ZipFile) -> None:
    for n in range(12):
        archive.writestr(f"{n}/recap.json", b" " * 9_999_999)


RECAPS = {
    "nothing": b"",
    "deep": b"[" * 100_000,
    "deep in place": b'{"format": "storycircle-recap", "version": 1, "parts": '
    + b"[" * 900
    + b"]" * 900
    + b"}",
    "long number": b'{"format": "storycircle-recap", "version": ' + b"9" * 9_000 + b"}",
    "infinite": recap(pictures=[{"kind": "radar", "data": {"items": [], "medians": [1e400]}}]),
    "huge count": recap(there=10**400),
    "wrong kinds": recap(title=[], parts={"a": 1}, stories="no"),
    "no text": b"\xff\xfe\x00",
    "a recap too long": b'"' + b"a" * 20_000_001 + b'"',
    "a zip of nothing": packed(lambda archive: archive.writestr("x", "")),
    "too much in all": packed(folders),
    "too many": packed(lambda archive: [archive.writestr(f"{n}/recap.json", "") for n in range(501)]),  # type: ignore[arg-type, return-value]
    "cut short": packed(lambda archive: archive.writestr("recap.json", "{}"))[:-30],
    "a year too far": recap(at="99999-01-01T00:00:00"),
}


@pytest.mark.parametrize("kind", RECAPS)
def test_a_hostile_recap_is_refused_and_nothing_is_kept(tmp_path: Path, kind: str):
    source = tmp_path / "source"
    source.write_bytes(RECAPS[kind])
    with pytest.raises(StorycircleError) as refused:
        list(bring_in(tmp_path / "data", "circle", source))
    assert len(str(refused.value)) < 600
    assert not (tmp_path / "data").exists()
