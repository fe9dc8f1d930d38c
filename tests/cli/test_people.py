"""Hosts are listed and revoked, and people who lost their link get their data or are erased, while everything runs."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.app.process import App, start
from bot.cli.main import app as program
from bot.config import Config
from bot.store import web_members
from bot.store.opening import look_into
from tests.platforms.web.test_server import ROOT, Browser, app, people, session_of
from tests.ports import free_port

__all__ = ["app", "people"]  # fixtures

WORDS = "a sentence that nobody else would write"


def typed(data: Path, *line: str, keys: str = "") -> Result:
    """A command of the operator's."""
    return CliRunner(env={"STORYCIRCLE_DATA": str(data)}).invoke(program, [*line], input=keys)


async def beside(app: App, *line: str, keys: str = "") -> Result:
    """A command beside the process that runs, which goes on meanwhile."""
    return await asyncio.to_thread(typed, app.config.data, *line, keys=keys)


def anywhere(data: Path, words: str) -> list[str]:
    """The files of the folder that hold these words."""
    return [path.name for path in data.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def test_hosts_are_listed_and_revoked_while_a_session_goes_on(app: App, people: list[Browser]):
    host, _, _ = people
    other = Browser(app)
    await other.enter("Olu")
    await other.become_host(app.host_secret)
    await other.connect()
    await other.send(do="order", command="join")
    listed = (await beside(app, "hosts")).output
    assert "Hedi" in listed and "Olu" in listed and "web:circle" in listed and "Ada" not in listed
    done = await beside(app, "hosts", "revoke", "hedi")
    assert done.exit_code == 0 and "isn't a host any more" in done.output and "hosts new-link" in done.output
    listed = (await beside(app, "hosts")).output
    assert "Hedi" not in listed and "Olu" in listed
    session = await session_of(app)
    [olu] = session.hosts
    assert session.people[olu].name == "Olu" and session.guide == olu
    await host.connect()
    await host.send(do="order", command="workshop next")
    assert (await session_of(app)).step == session.step, "who hosts no more moves nothing on"
    assert 'id="panel"' not in await host.page() or "Next" not in await host.page()
    async with host.http.get(f"{host.room}/report") as answer:
        assert answer.status == 403
    again = await beside(app, "hosts", "revoke", "Hedi")
    assert again.exit_code == 1 and "isn't a host" in again.output
    await other.send(do="order", command="workshop end")
    await host.send(do="order", command="workshop start first-circle")
    assert len(await app.store.sessions.listed()) == 1, "nor do they open another"
    await other.close()


async def test_a_new_host_link_ends_the_old_one_at_once(app: App):
    old = app.host_secret
    shown = await beside(app, "hosts", "link")
    assert shown.output.strip().endswith(f"#host={old}")
    new = (await beside(app, "hosts", "new-link")).output.strip().partition("#host=")[2]
    assert new and new != old
    ada = Browser(app)
    await ada.enter("Ada")
    assert await ada.become_host(old) == 403
    assert await ada.become_host(new) == 200
    await ada.close()


async def test_somebody_is_erased_as_by_forget_me_and_stays_so(app: App, people: list[Browser]):
    _, ada, bo = people
    await ada.send(do="say", text=WORDS)
    await bo.until(lambda f: WORDS in str(f))
    await app.runtime.idle()
    no = await beside(app, "forget", "Ada", keys="n\n")
    assert no.exit_code == 1 and "Nothing was erased" in no.output
    assert WORDS in str((await session_of(app)).answers)
    wrong = await beside(app, "forget", "Adam", "--yes")
    assert wrong.exit_code == 1 and "Nobody here" in wrong.output
    yes = await beside(app, "forget", "ada", "--yes")
    assert yes.exit_code == 0 and "Erased" in yes.output, yes.output
    await app.runtime.idle()
    await bo.until(
        lambda f: any("gone" in m["html"] or "deleted" in m["html"] for m in f.get("messages", []))
    )
    await ada.until(lambda f: f.get("gone"))
    session = await session_of(app)
    assert WORDS not in str(session) and "Ada" not in [p.name for p in session.people.values()]
    assert not await app.store.read(
        lambda db: [m for m in web_members.members(db, "circle") if m.name == "Ada"]
    )
    assert len(app.store.ledger) == 1, "a restored backup forgets them, too"
    await app.store.engine.finish()
    assert anywhere(app.config.data, WORDS) == []
    assert (await beside(app, "forget", "Ada", "--yes")).exit_code == 1


async def test_a_visitor_who_joined_nothing_is_found_and_erased(app: App):
    ada = Browser(app)
    await ada.enter("Ada")
    await ada.connect()
    await ada.send(do="say", text=WORDS)
    assert (await beside(app, "forget", "Ada", "--yes")).exit_code == 0
    await ada.until(lambda f: f.get("gone"))
    await app.runtime.idle()
    await app.store.engine.finish()
    assert anywhere(app.config.data, WORDS) == [] and len(app.store.ledger) == 1
    await ada.close()


async def test_the_data_of_somebody_is_what_they_get_themselves(
    app: App, people: list[Browser], tmp_path: Path
):
    _, ada, _ = people
    await ada.send(do="say", text=WORDS)
    await app.runtime.idle()
    target = tmp_path / "ada.json"
    done = await beside(app, "data", "Ada", str(target))
    assert done.exit_code == 0, done.output
    async with ada.http.get(f"{ada.room}/data.json") as answer:
        own = await answer.json(content_type=None)
    del own["made"]
    assert json.loads(target.read_text()) == own and WORDS in target.read_text()
    assert (await beside(app, "data", "Ada", str(target))).exit_code != 0, "nothing is written over"


async def test_two_of_one_name_are_told_apart_by_id(app: App):
    for room in ("circle", "garden"):
        browser = Browser(app)
        browser.room = f"{browser.base}/r/{room}"
        await browser.enter("Ada")
        await browser.close()
    both = await beside(app, "forget", "Ada", "--yes")
    ids = re.findall(r"^  (web:\w+) .*", both.output, re.MULTILINE)
    assert both.exit_code == 1 and len(ids) == 2
    assert (await beside(app, "forget", ids[0], "--yes")).exit_code == 0
    assert (await beside(app, "forget", ids[0], "--yes")).exit_code == 1
    assert (await beside(app, "forget", "Ada", "--yes")).exit_code == 0


async def test_an_order_that_was_left_while_nothing_ran_is_followed_at_the_next_start(
    tmp_path: Path, monkeypatch
):
    monkeypatch.setattr("bot.store.operator_orders.PATIENCE", 0.3)
    config = Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port())
    first = await start(config)
    ada = Browser(first)
    await ada.enter("Ada")
    await ada.close()
    await first.close()
    left = await asyncio.to_thread(typed, tmp_path, "forget", "Ada", "--yes")
    assert left.exit_code == 0 and "done once it runs" in left.output
    second = await start(config)
    await second.runtime.idle()
    await second.close()
    store = await look_into(tmp_path / "storycircle.db")
    assert await store.read(lambda db: web_members.members(db, "circle")) == []
    await store.close()


def test_every_command_about_people_helps_and_needs_a_database(tmp_path: Path):
    for line in (["hosts"], ["hosts", "list"], ["hosts", "revoke"], ["hosts", "link"], ["forget"], ["data"]):
        assert typed(tmp_path, *line, "--help").exit_code == 0, line
    for line in (["hosts"], ["hosts", "revoke", "Ada"], ["forget", "Ada", "--yes"], ["data", "Ada"]):
        assert typed(tmp_path, *line).exit_code != 0, line
