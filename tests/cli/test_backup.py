"""Backup and restore, as an operator does them; who was forgotten stays forgotten."""

from __future__ import annotations

import asyncio
import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.app.process import App, start
from bot.cli.main import app as commands
from bot.config import Config
from bot.core.model.events import CommandGiven, Person
from bot.errors import StoreError
from bot.store.erasure_ledger import Ledger
from tests.platforms.web.house import ROOT
from tests.ports import free_port

SECRET = "Wolkenkuckucksheim-4711"
HOST, ANA, BEN = (Person(id=f"web:{name.lower()}", name=name) for name in ("Hedi", "Ana", "Ben"))


class House:
    def __init__(self, folder: Path) -> None:
        self.config = Config(data=folder / "data", prompts=ROOT / "prompts", port=free_port())
        self.count = 0

    async def __aenter__(self) -> House:
        self.app: App = await start(self.config)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.app.close()

    async def order(self, who: Person, command: str, **args: str) -> None:
        self.count += 1
        await self.app.runtime.hear(
            CommandGiven(
                id=f"web:keeping{self.count}",
                channel="web:circle",
                at=self.app.runtime.clock.now(),
                person=who,
                command=command,
                args=args,
                host=who is HOST,
                private=f"web:circle/~{who.id.removeprefix('web:')}",
            )
        )
        await self.app.runtime.idle()

    async def people(self) -> set[str]:
        [(key, *_)] = await self.app.store.sessions.listed()
        session, _ = await self.app.runtime.sessions.load(key)
        return {p.name for p in session.people.values() if p.name}

    def bytes(self) -> bytes:
        files = self.config.data.glob("storycircle.db*")
        return b"".join(path.read_bytes() for path in files)


async def run(house: House, *words: str) -> str:
    """The command, in a thread of its own as it would be in a process of its own."""
    env = {"STORYCIRCLE_DATA": str(house.config.data), "STORYCIRCLE_PROMPTS": str(house.config.prompts)}
    result = await asyncio.to_thread(CliRunner().invoke, commands, list(words), env=env)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


async def test_what_was_kept_comes_back_but_nobody_who_was_forgotten_since(tmp_path: Path):
    house, saved = House(tmp_path), tmp_path / "saved.zip"
    async with house:
        await house.order(HOST, "workshop open", workshop="first-circle")
        for who in (ANA, BEN):
            await house.order(who, "join")
        await house.order(HOST, "workshop start")
        await house.order(ANA, "park", text=f"of Ana {SECRET}")
        await house.order(BEN, "park", text="of Ben, which stays")
        assert "the database" in await run(house, "backup", str(saved))
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
        await house.order(ANA, "forget", me="me")
        assert await house.people() == {"Ben"}
    said = await run(house, "restore", str(saved), "--replace")
    assert "is forgotten at the next start" in said
    assert SECRET.encode() in house.bytes()  # the backup knew her
    async with house:
        assert await house.people() == {"Ben"}
        await house.app.store.engine.finish()
        found = house.bytes()
        assert SECRET.encode() not in found and b'"Ana"' not in found
        assert b"of Ben, which stays" in found
        # who comes back after being forgotten is not forgotten by the next start
        await house.order(ANA, "join")
        assert "Ana" in await house.people()
    async with house:
        assert "Ana" in await house.people()


async def test_my_forget_me_is_forget_me_everywhere(tmp_path: Path):
    async with House(tmp_path) as house:
        await house.order(HOST, "workshop open", workshop="first-circle")
        await house.order(ANA, "join")
        await house.order(HOST, "workshop start")
        await house.order(ANA, "park", text=SECRET)
        await house.order(ANA, "zone", zone="Europe/Lisbon")
        await house.order(ANA, "my", what="forget", how="me keep badges")
        assert await house.people() == set()
        assert await house.app.store.plans.zone(ANA.id) == ""
        assert SECRET.encode() not in house.bytes()


def test_the_ledger_tells_nobody_who_and_follows_its_own_kind_only(tmp_path: Path):
    (tmp_path / "other").mkdir()
    ledger, other = Ledger(tmp_path), Ledger(tmp_path / "other")
    assert [ledger.add("web:ana"), ledger.add("web:ana"), ledger.add("web:ben")] == [1, 1, 2]
    assert "ana" not in ledger.path.read_text() and stat.S_IMODE(ledger.path.stat().st_mode) == 0o600
    again = Ledger(tmp_path)
    assert again.since(1) == {ledger.digest("web:ben")} and again.since(2) == frozenset()
    other.add("web:cy")
    other.take_over(ledger.path)  # another installation: its digests mean nothing here
    assert len(Ledger(tmp_path / "other")) == 1


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (b"nothing", "no backup of Storycircle"),
        ({"backup.json": '{"format": 99, "version": "9"}'}, "newer Storycircle"),
        ({"backup.json": "{}", "data/../../out": "x"}, "outside of its folder"),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, held: object, says: str):
    path = tmp_path / "some.zip"
    if isinstance(held, bytes):
        path.write_bytes(held)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in held.items():  # type: ignore[attr-defined]
                archive.writestr(name, text)
    result = CliRunner().invoke(
        commands, ["restore", str(path)], env={"STORYCIRCLE_DATA": str(tmp_path / "d")}
    )
    assert result.exit_code != 0 and says in str(result.exception)
    assert not (tmp_path / "out").exists()


async def test_a_damaged_backup_is_refused_and_what_is_there_stays(tmp_path: Path):
    house, saved, damaged = House(tmp_path), tmp_path / "saved.zip", tmp_path / "damaged.zip"
    async with house:
        await house.order(HOST, "workshop open", workshop="first-circle")
        await house.order(ANA, "join")
        await run(house, "backup", str(saved))
    before = {path: path.read_bytes() for path in house.config.data.rglob("*") if path.is_file()}
    whole = saved.read_bytes()
    with zipfile.ZipFile(saved) as archive:
        entry = archive.getinfo("data/storycircle.db")
        middle = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
        database = bytearray(archive.read(entry))
    page = len(database) // 2
    database[page : page + 4096] = b"\xff" * 4096
    for bad in (
        whole[: len(whole) // 2],  # cut short
        whole[:middle] + b"\x00" * 60 + whole[middle + 60 :],  # a hole
        packed({"backup.json": "{}", "data/storycircle.db": bytes(database)}),  # a corrupt page, well packed
        packed({"backup.json": "{}", "data/storycircle.db": b"Dear database"}),
        packed({"backup.json": "[" * 100_000}),
        packed({"backup.json": "{}", "data/cookie.secret": b"x"}),  # no database
        packed({"backup.json": "{}"} | {f"prompts/{n}.yaml": b"" for n in range(100_001)}),
    ):
        damaged.write_bytes(bad)
        result = await asyncio.to_thread(
            CliRunner().invoke,
            commands,
            ["restore", str(damaged), "--replace"],
            env={"STORYCIRCLE_DATA": str(house.config.data), "STORYCIRCLE_PROMPTS": str(tmp_path / "none")},
        )
        assert isinstance(result.exception, StoreError), result.exception
        assert {path: path.read_bytes() for path in house.config.data.rglob("*") if path.is_file()} == before
    async with house:
        assert await house.people() == {"Ana", "Hedi"} or await house.people() == {"Ana"}


def packed(files: dict[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


async def test_what_people_wrote_is_for_nobody_else_on_this_machine(tmp_path: Path):
    house = House(tmp_path)
    house.config.data.mkdir(mode=0o755)
    os.chmod(house.config.data, 0o755)
    async with house:
        await house.order(HOST, "workshop open", workshop="first-circle")
        for path in (house.config.data, *house.config.data.glob("storycircle.db*")):
            assert not path.stat().st_mode & 0o077, path
    os.chmod(house.config.database, 0o644)
    result = await asyncio.to_thread(
        CliRunner().invoke,
        commands,
        ["doctor"],
        env={"STORYCIRCLE_DATA": str(house.config.data), "STORYCIRCLE_PROMPTS": str(house.config.prompts)},
    )
    assert "storycircle.db: others on this machine can read it: chmod 600 it" in result.output
