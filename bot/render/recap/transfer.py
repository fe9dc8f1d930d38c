"""Recaps from one installation to another: what hosts may take along, written into one file and read in elsewhere.

Only what recaps show goes along: words with their authors' leave, under the names that they chose. A
recap that was read in is a file in `data/recaps`, with nobody's account behind it: who wants words of
theirs taken out asks whoever runs the house, who removes the file.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bot.core.model.evolve import fold
from bot.core.model.facts import Phase
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.views.recap import recap
from bot.core.views.recap_data import Recap
from bot.errors import StoreError
from bot.files import write_whole
from bot.render.i18n import spoken
from bot.render.recap.exports import markdown
from bot.render.recap.interchange import LONGEST, CannotRead, as_json, read
from bot.render.recap.page import page_of
from bot.store.store import Store

FOLDER = "recaps"
MOST = 500  # recaps in one file
MOST_CHARACTERS = 100_000_000  # in all recaps of a file together
READY = (Phase.FOLLOWING.value, Phase.CLOSED.value)


@record
class Moved:
    """A recap from elsewhere."""

    id: str
    recap: Recap
    language: str


async def _load(store: Store, key: str) -> tuple[Session, Script]:
    session = fold(await store.facts(key))
    script = await store.script(session.script)
    if script is None:
        raise StoreError(f"the workshop of session {key} is not in the database")
    return session, script


async def export(store: Store, target: Path, room: str = "") -> AsyncIterator[tuple[int, int, str]]:
    """Write the recaps of a room (of all rooms, if none is named) into one zip; how far it is, recap by recap.

    Raises:
        StoreError: there is nothing to write.
    """
    keys = [key for key, _, phase in await store.sessions.listed(room or None) if phase in READY]
    if not keys:
        raise StoreError(f"There is no recap of {room or 'any room'} yet that people have looked over.")
    unfinished = target.with_name(target.name + ".part")
    unfinished.touch(mode=0o600)
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, key in enumerate(reversed(keys), 1):
            session, script = await _load(store, key)
            earlier = [await _load(store, part) for part in session.earlier]
            with spoken(script.language):
                view = recap(script, session, earlier=earlier)
                folder = f"{view.at:%Y-%m-%d}-{script.id}-{key}"
                archive.writestr(f"{folder}/recap.json", as_json(view, script.language))
                archive.writestr(f"{folder}/recap.md", markdown(view))
            archive.writestr(f"{folder}/recap.html", page_of(view, script.language))
            yield n, len(keys), view.title
    unfinished.replace(target)


def bring_in(data: Path, room: str, source: Path) -> Iterator[tuple[int, int, str]]:
    """Read the recaps of a file (a zip of `export`, or one recap.json) into a web room; how far it is.

    All of them are read before the first one is kept. One that is there already is left as it is.

    Raises:
        CannotRead: it is no such file.
    """
    room = room.removeprefix("web:")
    if not room.replace("-", "").isalnum() or not room.isascii():
        raise CannotRead(f"{room!r} is no web room: name one such as circle, in letters, digits and hyphens.")
    texts = list(_texts(source))
    read_in = []
    for name, text in texts:
        try:
            recap_, language = read(text)
            page_of(recap_, language)
        except CannotRead as error:
            raise CannotRead(f"{name}: {error}") from error
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise CannotRead(f"{name}: its map or a picture names what is not in it: {error!r}") from error
        read_in.append((recap_, text))
    folder = data / FOLDER / room
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for n, (recap_, text) in enumerate(read_in, 1):
        write_whole(folder / f"{_id(text)}.json", text)
        yield n, len(read_in), recap_.title


def _texts(source: Path) -> Iterator[tuple[str, str]]:
    try:
        if not zipfile.is_zipfile(source):
            with source.open(encoding="utf-8") as file:
                yield source.name, _short(source.name, file.read(LONGEST + 1))
            return
        with zipfile.ZipFile(source) as archive:
            names = [name for name in archive.namelist() if name.endswith("recap.json")]
            if not names:
                raise CannotRead(
                    f"{source} holds no recap.json. Take a file that `export` or a host pack made."
                )
            if len(names) > MOST:
                raise CannotRead(f"{source} holds {len(names):,} recaps. Read in {MOST:,} at a time.")
            left = MOST_CHARACTERS
            for name in names:
                with archive.open(name) as packed:  # what a file says of its length is not believed
                    text = _short(name, packed.read(LONGEST + 1).decode())
                if (left := left - len(text)) < 0:
                    raise CannotRead(
                        f"{source} holds more than {MOST_CHARACTERS:,} characters. Read in fewer at a time."
                    )
                yield name, text
    except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise CannotRead(f"{source} cannot be read: {error}") from error


def _short(name: str, text: str) -> str:
    if len(text) > LONGEST:
        raise CannotRead(f"{name} is longer than {LONGEST:,} characters. No recap of ours is.")
    return text


def _id(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def moved(data: Path, room: str) -> list[Moved]:
    """Recaps that were read into a room, the newest first; what cannot be read any more is passed over."""
    ids = [path.stem for path in (data / FOLDER / room).glob("*.json")]
    recaps = [one for id in ids if (one := one_moved(data, room, id)) is not None]
    return sorted(recaps, key=lambda one: one.recap.at, reverse=True)


def one_moved(data: Path, room: str, id: str) -> Moved | None:
    """One that was read into a room, if it is there and can be read."""
    if not id.isalnum():
        return None
    try:
        recap_, language = read((data / FOLDER / room / f"{id}.json").read_text(encoding="utf-8"))
    except (CannotRead, OSError):
        return None
    return Moved(id=id, recap=recap_, language=language)
