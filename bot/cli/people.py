"""What an operator does about people: who may host, and the data of those who lost their link."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.cli.options import ConfigPath
from bot.cli.program import called_here
from bot.config import Config, load_config
from bot.errors import StoreError
from bot.platforms.web.signing import keep_secret, new_secret
from bot.store import people
from bot.store.data_export import holdings
from bot.store.opening import look_into
from bot.store.operator_orders import Desk
from bot.store.people import Found

UNDERWAY = (
    "Storycircle isn't running, or is busy. This is written down, and done once it runs: storycircle run"
)

hosts = typer.Typer(invoke_without_command=True, help="List who may host, end that, or show the host link.")

Who = Annotated[
    str, typer.Argument(metavar="PERSON", help="The name that they gave, or their id, such as web:1f2e.")
]


@hosts.callback()
def _hosts(context: typer.Context, config: ConfigPath = None) -> None:
    if context.invoked_subcommand is None:
        _list(load_config(config))


@hosts.command("list")
def list_(config: ConfigPath = None) -> None:
    """List who may host, and where: by the host link, or because they opened a workshop as a host."""
    _list(load_config(config))


@hosts.command()
def revoke(person: Who, config: ConfigPath = None) -> None:
    """End someone's right to host, in running sessions, too. Storycircle can keep running.

    They keep their name and answers. Exit code 1: nobody is meant, several people are, or they host nothing.
    """
    settings = load_config(config)
    desk = Desk(settings.database)
    found, may = asyncio.run(_look(settings, person))
    meant = _one(found, person)
    if meant.id not in may:
        _stop(f"{_called(meant)} isn't a host. To see who is: storycircle hosts")
    answer = desk.answer(desk.leave({"do": "revoke", "person": meant.id}))
    _tell(answer, f"{_called(meant)} isn't a host any more.")
    if meant.id.startswith("web:"):
        typer.echo(
            called_here("They may still know the host link. To replace it: storycircle hosts new-link")
        )
    else:
        typer.echo("Who moderates the server or room there stays a host. That's decided there.")


@hosts.command()
def link(config: ConfigPath = None) -> None:
    """Show the host link. Anyone with it can host, so keep it to yourself."""
    settings = load_config(config)
    typer.echo(host_link(settings, keep_secret(settings.data / "host.secret")))


@hosts.command("new-link")
def new_link(config: ConfigPath = None) -> None:
    """Replace the host link, at once. Who is a host already stays one."""
    settings = load_config(config)
    typer.echo(host_link(settings, new_secret(settings.data / "host.secret")))


def host_link(settings: Config, secret: str) -> str:
    """The address of the room for hosts; the secret stands behind the #, which browsers do not send."""
    return f"{settings.public}/r/{settings.room}#host={secret}"


def data(
    person: Who,
    target: Annotated[Path | None, typer.Argument(help="The file to write. It must be new.")] = None,
    config: ConfigPath = None,
) -> None:
    """Write everything stored about someone into a file, as /my data does. Storycircle can keep running.

    Give it to that person only. Exit code 1: nobody is meant, or several people are.
    """
    settings = load_config(config)
    found, _ = asyncio.run(_look(settings, person))
    meant = _one(found, person)
    target = target or Path(f"data-{''.join(ch if ch.isalnum() else '-' for ch in meant.id)}.json")
    if target.exists():
        raise StoreError(f"{target} is there already. Name another file.")
    target.write_text(asyncio.run(_data(settings, meant.id)), encoding="utf-8")
    typer.echo(f"{target}: all that is kept of {_called(meant)}. Give it to nobody else.")


def forget(
    person: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    config: ConfigPath = None,
) -> None:
    """Erase everything someone wrote, and their name, as /my erase does. Storycircle can keep running.

    Exit code 1: nobody is meant, several people are, or you said no.
    """
    settings = load_config(config)
    desk = Desk(settings.database)
    found, _ = asyncio.run(_look(settings, person))
    meant = _one(found, person)
    typer.echo(_described(meant))
    if not yes and not typer.confirm("Erase all that they wrote, and their name? Nobody can undo this."):
        _stop("Nothing was erased.")
    answer = desk.answer(desk.leave({"do": "forget", "person": meant.id}))
    _tell(answer, "Erased. Backups and files that you or others made earlier still hold their words.")


async def _look(settings: Config, person: str) -> tuple[list[Found], dict[str, list[str]]]:
    """Those who may be meant, and who may host."""
    store = await look_into(settings.database)
    try:
        everybody, may = await store.read(people.everybody), await store.read(people.hosts)
    finally:
        await store.close()
    known = {each.id for each in everybody}
    everybody += [Found(id=id, name="", rooms=(), sessions=()) for id in may if id not in known]
    wanted = person.strip().casefold()
    by_id = [each for each in everybody if each.id == person.strip()]
    return by_id or [each for each in everybody if each.name.casefold() == wanted], may


async def _data(settings: Config, person: str) -> str:
    store = await look_into(settings.database)
    try:
        kept = await store.read(lambda db: holdings(db, person))
    finally:
        await store.close()
    return json.dumps({"version": 1, "person": person, **kept}, ensure_ascii=False, indent=1) + "\n"


def _list(settings: Config) -> None:
    async def look() -> tuple[dict[str, str], dict[str, list[str]]]:
        store = await look_into(settings.database)
        try:
            names = {each.id: each.name for each in await store.read(people.everybody)}
            return names, await store.read(people.hosts)
        finally:
            await store.close()

    names, may = asyncio.run(look())
    for person, where in sorted(may.items()):
        typer.echo(f"{person}  {names.get(person) or '(name not kept)'}  in {', '.join(where)}")
    if not may:
        typer.echo(called_here("Nobody is a host yet. To show the host link: storycircle hosts link"))


def _one(found: list[Found], person: str) -> Found:
    """The one person who is meant; else it is said why not, with exit code 1."""
    if not found:
        _stop(f"Nobody here has the name or id {person[:80]!r}. Names are compared as a whole.")
    if len(found) > 1:
        lines = "\n".join(f"  {each.id}  {_described(each)}" for each in found)
        _stop(f"{len(found)} people have that name. Give the id of the one that you mean:\n{lines}")
    return found[0]


def _called(found: Found) -> str:
    return f"{found.name} ({found.id})" if found.name else found.id


def _described(found: Found) -> str:
    where = f" in {', '.join(found.rooms)}" if found.rooms else ""
    return f"{_called(found)}{where}, in {len(found.sessions)} session{'s' * (len(found.sessions) != 1)}"


def _tell(answer: str, done: str) -> None:
    """What came of an order; exit code 1 if it could not be followed."""
    match answer:
        case "done":
            typer.echo(done)
        case "":
            typer.echo(called_here(UNDERWAY))
        case "nobody":
            _stop("They aren't there anymore: someone else did this in the meantime.")
        case _:
            _stop("That failed. The log of the running Storycircle says why. Nothing is half-done.")


def _stop(why: str) -> NoReturn:
    typer.echo(called_here(why), err=True)
    raise typer.Exit(1)
