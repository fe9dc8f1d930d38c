"""A workshop that is saved in the folder is on the shelf at once; one with faults tells them to the host who asks."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.worker import build_worker
from bot.authoring.folder import WorkshopFolder
from bot.authoring.rehearsal import VirtualClock
from bot.config import Config
from bot.core.model.events import CommandGiven, Person
from bot.core.model.ids import PersonId
from bot.platforms.memory import MemoryPlatform
from bot.store.opening import open_store

GOOD = """\
id: {id}
title: {title}
about: Two steps.
minutes: 20
steps:
  - {{id: hello, kind: open, title: Hello, minutes: 3, max_chars: 140, say: "{say}"}}
  - {{id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}}
"""


class House:
    """A worker on a stage, with a folder of workshops."""

    def __init__(self, tmp_path: Path) -> None:
        self.prompts = tmp_path / "prompts"
        self.prompts.mkdir()
        self.stage = MemoryPlatform()
        self.stage.subscribe(lambda what, line: self.said.append(line.text) if what == "new" else None)
        self.said: list[str] = []
        self.clock = VirtualClock()
        self.n = 0

    def write(self, name: str, text: str) -> None:
        path = self.prompts / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        self.n += 1
        os.utime(path, ns=(self.n, self.n))  # a clock of files that is coarse must not matter here

    async def give(self, command: str, *, host: bool = True, room: str = "circle", **args: str) -> str:
        self.said.clear()
        event = CommandGiven(
            id=self.stage.next_id,
            channel=f"stage:{room}",
            at=self.clock.now(),
            person=Person(id=PersonId("stage:maya" if host else "stage:eve"), name="Maya" if host else "Eve"),
            command=command,
            args=args,
            host=host,
            seed="s",
        )
        await self.runtime.hear(event, self.stage.name, self.stage.happen(event))
        await self.runtime.idle()
        return "\n".join(self.said)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path)
    house.write("one", GOOD.format(id="one", title="One", say="Who is here?"))
    folder = WorkshopFolder(house.prompts)
    found = folder.look()
    assert found is not None
    store = await open_store(tmp_path / "w.db")
    config = Config(data=tmp_path / "data", prompts=house.prompts, films=False)
    worker = await build_worker(
        config, store, house.clock, found.scripts, found.series, [house.stage], folder=folder
    )
    house.runtime = worker.runtime
    await worker.start()
    yield house
    await worker.stop()
    await store.close()


async def test_a_new_file_is_listed_and_can_be_started_and_planned_without_a_restart(house: House):
    assert "two" not in await house.give("workshop list")
    house.write("two", GOOD.format(id="two", title="Two", say="What is new?"))
    assert "two: Two" in await house.give("workshop list")
    house.write("three", GOOD.format(id="three", title="Three", say="And now?"))
    assert "There's no workshop to open yet" not in await house.give("workshop open", workshop="three")
    house.write("four", GOOD.format(id="four", title="Four", say="And then?"))
    said = await house.give("schedule add", workshop="four", when="tomorrow 7pm")
    assert "There's no workshop to open yet" not in said and "Four" in said


async def test_a_file_that_was_changed_is_started_as_it_is_now_and_a_session_keeps_its_own(house: House):
    await house.give("workshop open", workshop="one")
    house.write("one", GOOD.format(id="one", title="One", say="What has changed?"))
    await house.give("workshop open", workshop="one", room="other")
    assert "Who is here?" in await house.give("workshop start")
    assert "What has changed?" in await house.give("workshop start", room="other")


async def test_faults_are_told_to_the_host_who_asks_and_to_nobody_else(house: House):
    broken = GOOD.format(id="one", title="One", say="Who?").replace("max_chars", "max_char")
    await house.give("workshop open", workshop="one")
    house.write("one", broken)
    said = await house.give("workshop list")
    assert "one.yaml:6:" in said and "Did you mean max_chars?" in said and "one: One" in said
    assert str(house.prompts) not in said
    said = await house.give("workshop open", workshop="one", room="other")
    assert "Sessions already running keep their version" in said and "Did you mean max_chars?" in said
    assert "Did you mean" in await house.give("schedule add", workshop="one", when="tomorrow 7pm")
    said = await house.give("workshop list", host=False)
    assert "Did you mean" not in said and "one: One" in said
    # what runs goes on with its last good version
    assert "Who is here?" in await house.give("workshop start")
    house.write("one", GOOD.format(id="one", title="One", say="Mended?"))
    assert "Did you mean" not in await house.give("workshop list")
    await house.give("workshop open", workshop="one", room="other")
    assert "Mended?" in await house.give("workshop start", room="other")


async def test_a_file_that_never_was_good_is_named_by_its_file(house: House):
    house.write("new", "id: new\ntitle: [\n")
    said = await house.give("workshop list")
    assert "new.yaml:" in said and "not YAML" in said and "- new:" not in said
    assert "new.yaml:" in await house.give("workshop open", workshop="new")


async def test_a_file_that_is_gone_is_listed_no_more(house: House):
    house.write("two", GOOD.format(id="two", title="Two", say="What is new?"))
    assert "two: Two" in await house.give("workshop list")
    (house.prompts / "two.yaml").unlink()
    assert "two: Two" not in await house.give("workshop list")


async def test_an_id_that_two_files_use_is_a_fault_and_the_first_stays(house: House):
    house.write("zwei", GOOD.format(id="one", title="Another", say="Who?"))
    said = await house.give("workshop list")
    assert "one: One" in said and "the id one is used by another file" in said


def test_looking_again_reads_nothing_that_was_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(GOOD.format(id=name, title=name, say="Who?"))
    folder = WorkshopFolder(tmp_path)
    first = folder.look()
    assert first is not None and folder.look() is None
    (tmp_path / "b.yaml").write_text(GOOD.format(id="b", title="Changed", say="Who?"))
    second = folder.look()
    assert second is not None and second.scripts["a"] is first.scripts["a"]
    assert second.scripts["b"][0].title == "Changed"
