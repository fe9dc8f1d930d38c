"""The catalogues of the bot's own sentences, as `scripts/words` keeps them: gathered, completed, compiled."""

from __future__ import annotations

import ast
import io
import sys
from datetime import datetime, timezone
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import GETTEXT_FUNCTIONS, babel_extract

from bot.commands import COMMANDS
from bot.platforms.discord.commands import asked, called
from bot.render.i18n import DOMAIN, LOCALE

BOT = LOCALE.parents[1]
# What marks a sentence in Python; in a page it is _ or {% trans %}.
ONE, SEVERAL = ("tr", "N_", "sentence"), ("ntr", "counting")


def gather() -> Catalog:
    """Every sentence of ours that the sources mark, without a translation.

    Python is read by its own parser: Babel's reader sees no call inside an f-string before Python 3.12.
    """
    found = Catalog(project="Storycircle")
    for source in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                said = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if node.func.id in ONE and said:
                    found.add(said[0])
                elif node.func.id in SEVERAL and len(said) > 1:
                    found.add((said[0], said[1]))
    for template in sorted(BOT.rglob("*.html")):
        with template.open("rb") as file:
            for _line, _name, message, _comments in babel_extract(
                file, GETTEXT_FUNCTIONS, [], {"trimmed": "true"}
            ):
                said = [each for each in (message if isinstance(message, tuple) else [message]) if each]
                if said:
                    found.add(said[0] if len(said) == 1 else (said[0], said[1]))
    for command in COMMANDS:  # what they are called where a platform shows them in one's own language
        for each in (*map(called, command.name.split()), *(asked(p.name) for p in command.parameters)):
            found.add(each)
    return found


def path(language: str, ending: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def read(language: str) -> Catalog:
    """The catalogue of a language, as people translate it."""
    with path(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads."""
    out = io.BytesIO()
    write_mo(out, catalogue, use_fuzzy=True)  # carried over to new English: in use until somebody reviews it
    return out.getvalue()


def complete(language: str) -> int:
    """Bring a catalogue up to date; how many of its sentences have no translation yet."""
    place = path(language, "po")
    place.parent.mkdir(parents=True, exist_ok=True)
    there = read(language) if place.exists() else Catalog(locale=language, project="Storycircle")
    there.update(gather(), no_fuzzy_matching=True)
    there.obsolete.clear()
    there.header_comment = (
        f"# The bot's own sentences in the language {language}; `scripts/words` gathers and compiles them."
    )
    there.creation_date = there.revision_date = datetime(
        2026, 1, 1, tzinfo=timezone.utc
    )  # no news without news
    there.last_translator = there.language_team = there.msgid_bugs_address = "Storycircle"
    there.fuzzy = False
    with place.open("wb") as file:
        write_po(file, there, width=110, sort_output=True, omit_header=False, include_lineno=False)
    path(language, "mo").write_bytes(compiled(there))
    return sum(
        1 for each in there if each.id and not all(each.string if each.pluralizable else [each.string])
    )


def main() -> None:
    """Every language that is there, and those that are named."""
    known = {each.name for each in LOCALE.iterdir() if each.is_dir()} if LOCALE.exists() else set()
    for language in sorted(known | set(sys.argv[1:])):
        print(f"{language}: {complete(language)} without a translation")


if __name__ == "__main__":
    main()
