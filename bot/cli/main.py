"""The command line: `storycircle run`, `rehearse`, `check`, `new`, `print`, `schema`, `backup`, `export`, `setup` …"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.app.logs import write_log
from bot.cli import people
from bot.cli.options import ConfigPath
from bot.cli.program import called_here, program, tell, workshop_file
from bot.cli.setup import setup
from bot.config import PREFIX, load_config, require
from bot.errors import StorycircleError
from bot.files import EXAMPLE, settings_file, write_whole

if TYPE_CHECKING:
    from bot.core.model.script import Script
    from bot.core.model.session import Session

NEXT = """
Next:
  storycircle run             start it. It prints the links for participants and hosts.
  storycircle setup discord   connect Discord. For Matrix: setup matrix.
  storycircle doctor          check that everything is in order.

It answers only while it runs, so let it run on a machine that stays on. docs/operators.md says how."""

# A disk that is full, broken or not ours to write, or too many open files: no fault of the program.
TROUBLE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EIO,
    errno.EMFILE,
}

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Conversational workshops in the chat a community already uses.",
)

app.add_typer(setup, name="setup")
app.add_typer(people.hosts, name="hosts")
app.command()(people.forget)
app.command()(people.data)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="The folder for everything that's kept, in place of the usual one."),
    ] = None,
) -> None:
    if data is not None:
        os.environ[f"{PREFIX}DATA"] = str(data)
    if version:
        typer.echo(f"storycircle {__version__}")
        raise typer.Exit


@app.command()
def run(
    config: ConfigPath = None,
    stand_by: Annotated[
        bool,
        typer.Option("--stand-by", help="Wait while another one runs on the same folder, and take over."),
    ] = False,
) -> None:
    """Start Storycircle, and print the participant link. The first start prints the host link, too."""
    from bot.app import process

    settings = load_config(config)
    first = not (settings.data / "host.secret").exists()

    def ready(running: process.App) -> None:
        typer.echo(f"\nStorycircle {__version__} is running.\n")
        typer.echo(f"  For participants:  {running.link}")
        if first:  # and never again, because what is printed may end in a journal
            typer.echo(f"  For hosts:         {running.host_link}")
            typer.echo("                     (anyone with this link can host, so keep it to yourself)\n")
        else:
            typer.echo(called_here("  For hosts:         storycircle hosts link shows the host link\n"))
        if not settings.loopback:
            typer.echo(
                f"It listens on {settings.bind}, so others can reach it, and nothing is encrypted on the way.\n"
                "Put a web server with TLS in front. See docs/operators.md.\n"
            )
        typer.echo(f"Everything is kept in {settings.data}. Press Ctrl-C to stop. Nothing is lost.")

    def waiting() -> None:
        typer.echo(
            f"Another Storycircle works with {settings.data}. This one stands by until that one ends or hangs."
        )

    asyncio.run(process.run(settings, ready, waiting=waiting if stand_by else None))


@app.command()
def rehearse(
    workshop: Annotated[
        str, typer.Argument(help="The id of a workshop or a series, such as first-circle, or a YAML file.")
    ],
    version: Annotated[
        str, typer.Option(help="How it is held, as in /workshop start: 60, call, async, many, or 60 call.")
    ] = "",
    setting: Annotated[str, typer.Option(help="one_community or many_communities.")] = "",
    people: Annotated[int, typer.Option(min=1, max=300, help="How many there are in the cast.")] = 8,
    seed: Annotated[int, typer.Option(help="Another number, another evening.")] = 1,
    out: Annotated[Path, typer.Option(help="The folder for the transcript and the recap page.")] = Path(
        "rehearsals"
    ),
    film: Annotated[bool, typer.Option("--film", help="Make the short video of the recap, too.")] = False,
    config: ConfigPath = None,
) -> None:
    """Play a workshop or a series with a cast in virtual time: transcript, minutes, what each person meets, recap."""
    from bot.cli.rehearse import rehearse_file

    if film:
        require("film")
    how = f"{version} {setting.partition('_')[0]}".strip()
    for played, path in rehearse_file(
        workshop_file(workshop, *load_config(config).workshops), how, people, seed, out
    ):
        if film:
            _film_of(played.script, played.session, path)


def _film_of(script: Script, session: Session, target: Path) -> None:
    """Make the film and its transcript, saying how far it is."""
    from bot.render.i18n import spoken
    from bot.render.video.encoder import film
    from bot.render.video.storyboard import board, length, transcript

    with spoken(script.language):
        scenes = board(script, session)
    typer.echo(f"A video of {len(scenes)} scenes and {length(scenes)} seconds is made …")
    video = film(
        [(scene.svg, scene.seconds) for scene in scenes],
        lambda n: typer.echo(f"  scene {n} of {len(scenes)}"),
    )
    target.with_suffix(".mp4").write_bytes(video)
    target.with_suffix(".film.txt").write_text(transcript(scenes) + "\n", encoding="utf-8")
    typer.echo(f"The video: {target.with_suffix('.mp4')}, and what it shows in words beside it")


@app.command()
def check(
    scripts: Annotated[list[Path], typer.Argument(help="Workshop scripts, or folders of them.")],
    play: Annotated[bool, typer.Option("--play", help="Also play the tests in the file.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Skip the rehearsal, and leave out how much the bot would say.")
    ] = False,
) -> None:
    """Read workshop scripts: faults and warnings with their place and a fix, and how much the bot would say."""
    from bot.authoring.check import check_file

    files = [
        file
        for path in scripts
        for file in (
            sorted(path.glob("*.yaml"))
            if path.is_dir()
            else [workshop_file(str(path), *load_config(None).workshops)]
        )
    ]
    faults = 0
    for file in files:
        checked = asyncio.run(check_file(file, play=play, quick=quick, tell=typer.echo))
        for line in checked.faults:
            typer.echo(line, err=True)
        for line in checked.warnings:
            typer.echo(line)
        faults += bool(checked.faults)
    if faults or not files:
        typer.echo("no script was found" if not files else f"{faults} of {len(files)} have faults", err=True)
        raise typer.Exit(1)


@app.command()
def new(
    workshop: Annotated[str, typer.Argument(help="Its id: small letters, digits, hyphens.")],
    title: Annotated[str, typer.Option(help="What people read.")] = "A workshop of our own",
    minutes: Annotated[int, typer.Option(min=20, max=240, help="How long it takes.")] = 45,
    config: ConfigPath = None,
) -> None:
    """Write a small workshop that runs right away, with a comment at each turn."""
    from bot.authoring.step_model import NAME
    from bot.authoring.template import seedling
    from bot.errors import ScriptError

    if not re.match(NAME, workshop):
        raise ScriptError(
            f"{workshop} cannot be an id. Use small letters, digits, - and _, such as our-evening."
        )
    path = load_config(config).own_workshops / f"{workshop}.yaml"
    if path.exists():
        raise ScriptError(f"{path} is there already. Choose another id, or change that one.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(called_here(seedling(workshop, title, minutes)), encoding="utf-8")
    typer.echo(f"{path} is written. Change it, then: {program()} check {path}")


@app.command("print")
def print_(
    workshop: Annotated[str, typer.Argument(help="A workshop's id, or a YAML file.")],
    at: Annotated[str, typer.Option(help="When it begins, such as 19:00 or 2026-12-01T19:00.")] = "19:00",
    version: Annotated[str, typer.Option(help="Such as 60 or async.")] = "",
    setting: Annotated[str, typer.Option(help="one_community or many_communities.")] = "",
    config: ConfigPath = None,
) -> None:
    """Print a run sheet for the host: clock times, notes, and lines for difficult moments."""
    from bot.authoring.loader import load
    from bot.authoring.run_sheet import run_sheet
    from bot.errors import ScriptError

    try:
        begins = datetime.fromisoformat(at if "T" in at else f"{datetime.now():%Y-%m-%d}T{at}")
    except ValueError as error:
        raise ScriptError(f"{at} is no time. Write such as 19:00, or 2026-12-01T19:00.") from error
    path = workshop_file(workshop, *load_config(config).workshops)
    typer.echo(run_sheet(load(path, version, setting), begins), nl=False)


@app.command()
def schema() -> None:
    """Print the JSON schema of a workshop, for editors. It makes prompts/schema.json."""
    from bot.authoring.schema import schema as made

    typer.echo(made(), nl=False)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to write. It must be new.")],
    config: ConfigPath = None,
) -> None:
    """Write the database, the keys and the workshops into one file, also while Storycircle runs.

    Erased words aren't in it. It holds secrets: keep it to yourself, and no longer than people were told.
    """
    from bot.cli.backup import backup as write

    for line in write(load_config(config), target):
        typer.echo(f"- {line}")
    typer.echo(f"{target}: {target.stat().st_size:,} bytes, readable by you alone")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A file that `backup` has written.")],
    config: ConfigPath = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move what is there now aside, and put the backup in its place.")
    ] = False,
) -> None:
    """Put a backup back. Stop Storycircle first. People who erased their data since stay erased."""
    from bot.app.leader import alone
    from bot.cli.backup import restore as put

    settings = load_config(config)
    lock = asyncio.run(alone(settings.data)) if settings.data.exists() else None
    try:
        for line in put(settings, source, replace=replace):
            typer.echo(f"- {line}")
    finally:
        if lock is not None:
            lock.close()


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="The zip to write. It must be new.")],
    room: Annotated[str, typer.Option("--room", help="Only of this room, such as web:circle.")] = "",
    config: ConfigPath = None,
) -> None:
    """Write all recaps into one zip, as pages, as text and as JSON that another Storycircle reads in.

    They hold what people allowed, and nothing else. Storycircle may run meanwhile.
    """
    from bot.errors import StoreError
    from bot.render.recap.transfer import export as write
    from bot.store.opening import look_into

    settings = load_config(config)
    if target.exists():
        raise StoreError(f"{target} is there already. Name another file.")
    if not settings.database.exists():
        raise StoreError(f"There is no database {settings.database} to export from.")

    async def go() -> None:
        store = await look_into(settings.database)
        try:
            async for n, of, title in write(store, target, room):
                typer.echo(f"{n} of {of}: {title}")
        finally:
            await store.close()

    asyncio.run(go())
    typer.echo(f"{target}: {target.stat().st_size:,} bytes")


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="A zip of `export`, a host pack, or one recap.json.")],
    room: Annotated[str, typer.Option("--room", help="The web room that is to have them.")] = "",
    config: ConfigPath = None,
) -> None:
    """Read recaps from another Storycircle into a web room. Its page *Recaps* lists them.

    They're files in data/recaps. To take one out again, remove its file.
    """
    from bot.render.recap.transfer import bring_in

    settings = load_config(config)
    for n, of, title in bring_in(settings.data, room or settings.room, source):
        typer.echo(f"{n} of {of}: {title}")


@app.command()
def privacy() -> None:
    """Print what Storycircle stores, why, for how long, and who can read it, as Markdown (docs/privacy.md)."""
    from bot.cli.privacy_register import document

    typer.echo(document(), nl=False)


@app.command()
def doctor(
    config: ConfigPath = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it for a program to read: fine, and each finding.")
    ] = False,
) -> None:
    """Check settings, workshops and database, and suggest fixes. Exit code 1: there's a problem."""
    from bot.cli.doctor import examine

    found = [(fine, called_here(line)) for fine, line in asyncio.run(examine(load_config(config)))]
    fine = all(each for each, _ in found)
    if as_json:
        findings = [{"ok": each, "says": line} for each, line in found]
        typer.echo(json.dumps({"version": __version__, "ok": fine, "findings": findings}, ensure_ascii=False))
    else:
        tell(found)
    if not fine:
        raise typer.Exit(1)


@app.command()
def init(config: ConfigPath = None) -> None:
    """Write a settings file with every setting and what it does, and say what to do next. It replaces nothing."""
    target = config or settings_file()
    if target.exists():
        typer.echo(f"{target} is there already, and stays as it is.")
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, EXAMPLE.read_text(encoding="utf-8"))
        typer.echo(f"{target} is written. It names every setting, with its default and what it does.")
    typer.echo(called_here(NEXT))


def main() -> None:
    """Run the command line; what can be explained ends in a sentence and exit code 2."""
    os.umask(0o077)  # what is written holds people's words or secrets: it is for nobody else on this machine
    write_log()
    try:
        app()
    except StorycircleError as error:
        print(called_here(str(error)), file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except OSError as error:
        if error.errno not in TROUBLE:
            raise
        where = error.filename or "a file"
        print(f"Can't read or write {where}: {error.strerror}. Fix that and try again.", file=sys.stderr)  # noqa: T201
        sys.exit(2)


if __name__ == "__main__":
    main()
