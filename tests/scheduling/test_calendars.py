"""Calendar files, feeds and the page, read by software that we did not write, over HTTP."""

import asyncio
import os
import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import aiohttp
import icalendar
import pytest
import vobject

from bot.app.process import App, start
from bot.authoring.rehearsal import VirtualClock
from bot.config import Config
from bot.core.model.events import CommandGiven, Person
from bot.store.engine import read
from tests.platforms.web.house import ROOT
from tests.ports import free_port

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
HOST, ANA = Person(id="web:host", name="Hedi"), Person(id="web:ana", name="Ana")


class Town:
    """A running Storycircle, and what people order in its web room."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.count = 0

    async def order(self, who: Person, command: str, **args: str) -> None:
        self.count += 1
        await self.app.runtime.hear(
            CommandGiven(
                id=f"web:test{self.count}",
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

    async def plan(self, when: str, **more: str) -> str:
        await self.order(HOST, "schedule add", workshop="first-circle", when=when, **more)
        [newest] = await read(self.app.store.engine, "SELECT id FROM plan WHERE state = 'draft'")
        await self.order(HOST, "schedule confirm", plan=newest[0])
        return newest[0]

    def addresses(self, who: Person) -> dict[str, str]:
        return dict(self.app.worker.links.calendars("web", who.id))

    async def get(self, url: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
        async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers

    async def events(self, url: str) -> list[icalendar.Event]:
        status, body, headers = await self.get(url)
        assert status == 200
        assert headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))  # RFC 5545, 3.1
        found = list(icalendar.Calendar.from_ical(body).walk("VEVENT"))
        other = vobject.readOne(body.decode())  # a second reader, which shares nothing with the first
        assert [(e.uid.value, e.dtstart.value) for e in other.contents.get("vevent", [])] == [
            (str(e["UID"]), e.decoded("DTSTART")) for e in found
        ]
        return found


@pytest.fixture
async def town(tmp_path: Path):
    config = Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port(), zone="Europe/Lisbon")
    clock = VirtualClock(NOW)
    app = await start(config, clock)
    # the clock stands: whatever the house does by itself would turn it
    for task in app.runtime.tasks:
        if task.get_name() == "clock":
            task.cancel()
    clock.at = NOW
    yield Town(app)
    await app.close()


async def test_the_feed_of_a_community_follows_every_change(town: Town) -> None:
    plan = await town.plan("every second Tuesday 7pm")
    feed = town.addresses(ANA)["all"]
    events = await town.events(feed)
    assert len(events) == 60
    first = events[0]
    assert first["UID"] == f"{plan}-2026-11-24T19:00@storycircle"
    assert first.decoded("DTSTART") == datetime(2026, 11, 24, 19, 0, tzinfo=timezone.utc)
    assert first.decoded("DTEND") - first.decoded("DTSTART") == timedelta(minutes=16)
    # after the clocks have changed it is seven in Lisbon still
    summer = next(e for e in events if e.decoded("DTSTART").month == 4)
    assert summer.decoded("DTSTART").hour == 18
    before = {e["UID"]: int(e["SEQUENCE"]) for e in events}
    await town.order(HOST, "schedule move", plan=plan, when="tomorrow 20:00", which="this")
    events = await town.events(feed)
    moved = next(e for e in events if e["UID"] == first["UID"])
    assert moved.decoded("DTSTART") == datetime(2026, 11, 25, 20, 0, tzinfo=timezone.utc)
    assert int(moved["SEQUENCE"]) > before[first["UID"]]
    await town.order(HOST, "schedule skip", plan=plan)
    events = await town.events(feed)
    skipped = next(e for e in events if e["UID"] == first["UID"])
    assert skipped["STATUS"] == "CANCELLED"
    assert sum(e["STATUS"] == "CANCELLED" for e in events) == 1
    await town.order(HOST, "schedule cancel", plan=plan, which="all")
    events = await town.events(feed)
    assert all(e["STATUS"] == "CANCELLED" for e in events)


async def test_a_calendar_program_reads_the_feed_and_follows_a_change(town: Town, tmp_path: Path) -> None:
    if shutil.which("khal") is None:
        if os.environ.get("CI"):
            pytest.fail("khal is missing: .ci/run installs it")
        pytest.skip("khal, a calendar program, is not installed (on Debian: apt install khal)")
    settings = tmp_path / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[circle]]\npath = {tmp_path / 'cal'}\ntype = calendar\n"
        "[locale]\nlocal_timezone = Europe/Lisbon\ndefault_timezone = Europe/Lisbon\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
    )
    (tmp_path / "cal").mkdir()

    async def khal(*words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            "khal", "-c", str(settings), *words, stdout=-1, stderr=asyncio.subprocess.STDOUT
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()
        return said.decode()

    async def there() -> list[str]:
        (tmp_path / "feed.ics").write_bytes((await town.get(town.addresses(ANA)["all"]))[1])
        await khal("import", "--batch", "-a", "circle", str(tmp_path / "feed.ics"))
        return (await khal("list", "--format", "{start} {title}", "2026-11-24", "40d")).splitlines()

    plan = await town.plan("every second Tuesday 7pm")
    found = await there()
    assert [line for line in found if "First circle" in line] == [
        f"2026-{day} 19:00 First circle" for day in ("11-24", "12-08", "12-22")
    ]
    await town.order(HOST, "schedule move", plan=plan, when="tomorrow 20:00", which="this")
    assert "2026-11-25 20:00 First circle" in await there()


async def test_ones_own_feed_has_what_one_comes_to(town: Town) -> None:
    plan = await town.plan("Friday 19:00")
    await town.plan("Saturday 19:00")
    mine = town.addresses(ANA)["mine"]
    assert await town.events(mine) == []
    await town.order(ANA, "coming", how="yes", plan=plan)
    [event] = await town.events(mine)
    assert event["UID"].startswith(plan)
    assert await town.events(town.addresses(HOST)["mine"]) == []
    await town.order(ANA, "coming", how="no", plan=plan)
    assert await town.events(mine) == []


async def test_addresses_cannot_be_made_up(town: Town) -> None:
    await town.plan("Friday 19:00")
    mine = town.addresses(ANA)["mine"]
    for url in (
        mine.replace("/calendar/", "/calendar/x"),
        re.sub(r"\.[^.]*\.ics", ".AAAAAAAAAAAAAAAAAAAAAA.ics", mine),
        mine[:-8] + "AAAA.ics",
        f"{town.app.config.public}/calendar/%00.ics",
        f"{town.app.config.public}/calendar/{'a' * 3000}",
    ):
        status, body, _ = await town.get(url)
        assert status in (404, 414, 400), url
        assert b"BEGIN" not in body


async def test_a_calendar_app_that_asks_again_is_told_that_nothing_is_new(town: Town) -> None:
    plan = await town.plan("Friday 19:00")
    feed = town.addresses(ANA)["all"]
    _, _, headers = await town.get(feed)
    status, body, _ = await town.get(feed, **{"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")
    await town.order(HOST, "schedule move", plan=plan, when="Saturday 19:00")
    status, _, _ = await town.get(feed, **{"If-None-Match": headers["ETag"]})
    assert status == 200


async def test_the_page_says_it_in_words_and_escapes_them(town: Town) -> None:
    await town.plan("Friday 19:00")
    status, body, headers = await town.get(town.addresses(ANA)["page"])
    text = body.decode()
    assert status == 200 and "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Fri 27 Nov, 19:00 Europe/Lisbon" in text
    assert 'datetime="2026-11-27T19:00:00+00:00"' in text
    files = re.findall(r'href="(/calendar/[^"]+\.ics)"', text)
    for path in files:
        assert len(await town.events(town.app.config.public + path)) == 1


async def test_hostile_titles_stay_text(town: Town) -> None:
    plan = await town.plan("Friday 19:00")
    row = await town.app.store.plans.get(plan)
    from dataclasses import replace

    from bot.scheduling import calendar_feed

    evil = replace(
        row, title="A;B,C\\n\r\nBEGIN:VALARM 🌳 " + "ü" * 200, about="x\r\nDTSTART:19700101T000000Z"
    )
    body = calendar_feed.calendar(calendar_feed.occurrences(evil, NOW), "Test", NOW)
    [event] = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert event.decoded("DTSTART").year == 2026
    assert "🌳" in event["SUMMARY"] and not list(icalendar.Calendar.from_ical(body).walk("VALARM"))
