"""The recaps that docs/recaps shows: one of each workshop, by a made-up cast. Run by `scripts/pictures`."""

from __future__ import annotations

from pathlib import Path

from bot.authoring.loader import load
from bot.authoring.rehearsal import Rehearsal
from bot.core.views.recap import recap
from bot.render.diagrams import draw
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import spoken
from bot.render.recap.exports import markdown

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "recaps"
WORKSHOPS = {
    "value-creation": "one_community",
    "community-maturity": "one_community",
    "change-agents": "",
}
NOTE = (
    "> A rehearsal: these people do not exist, and their words are made up. This is the recap as a file; the page and\n"
    "> the messages hold the same. Made by `scripts/pictures`.\n\n"
)


async def shown(name: str) -> dict[str, str]:
    """The files of one workshop: its recap, and the pictures that stand in it."""
    script = load(ROOT / "prompts" / f"{name}.yaml", "90", WORKSHOPS[name])
    played = await Rehearsal(script, people=12).play()
    with spoken(script.language):
        found = recap(script, played.session)
        drawn = [("The map", found.map)] if found.map is not None and found.map.stories else []
        drawn += list(found.pictures)
        files = {f"{name}-{n}.svg": draw(seen) + "\n" for n, (_, seen) in enumerate(drawn, 1)}
        head, _, rest = markdown(found).partition("\n\n")
        pictures = "".join(
            f"![{title}: {alt_text(seen)}]({name}-{n}.svg)\n\n" for n, (title, seen) in enumerate(drawn, 1)
        )
        first, _, after = rest.partition("\n\n")
        files[f"{name}.md"] = f"{head}\n\n{NOTE}{first}\n\n{pictures}{after}"
    return files


async def write() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name in WORKSHOPS:
        for file, text in (await shown(name)).items():
            (FOLDER / file).write_text(text, encoding="utf-8")
            print(f"docs/recaps/{file}")
