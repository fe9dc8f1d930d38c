"""Names by which somebody could be taken for a host, the bot or everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.text.names import passes_for_a_role
from bot.platforms.web.names import plain_name
from tests.support import Scene, plain

TAKEN = (
    *(
        "Hosts",
        "the host",
        "Hana (host)",
        "Host Hana",
        "h0st",
        "ho\u200bst",
        "Co-Host",
        "Die Gastgeberin",
        "l'hôte",
    ),
    *(
        "la anfitriona",
        "Storycircle",
        "story circle",
        "somebody",
        "Everyone",
        "HERE",
        "todos",
        "jemand",
        "tout\u0065s",
    ),
)
FREE = (
    "Ghost",
    "Hostetler",
    "Modesty",
    "Al",
    "Allison",
    "Rob Botha",
    "Admiral Benbow",
    "María José",
    "Ada",
    "明",
)


@pytest.mark.parametrize("name", TAKEN)
def test_nobody_goes_by_the_name_of_a_role(name: str):
    assert passes_for_a_role(name, plain_name)


@pytest.mark.parametrize("name", ["Hоst", "hоsts", "Ηost"])  # Cyrillic and Greek letters
def test_letters_of_other_alphabets_do_not_help(name: str):
    assert passes_for_a_role(name, plain_name)


@pytest.mark.parametrize("name", FREE)
def test_other_names_are_free(name: str):
    assert not passes_for_a_role(name, plain_name) and not passes_for_a_role(name)


async def test_nobody_renames_themselves_to_a_role(tmp_path: Path):
    scene = await Scene(tmp_path / "n.db").open()
    await scene.gathered("Ada", "Bo")
    for name in ("Hana (host)", "everyone"):
        await scene.order("Ada", "my", how=f"name {name}")
        assert "is taken by the bot or the hosts" in plain(scene.private("Ada")[-1])
    assert {person.name for person in (await scene.session()).people.values()} == {"Ada", "Bo"}
    await scene.close()
