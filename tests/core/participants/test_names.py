"""Names by which somebody could be taken for a host, the bot or everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.text.names import passes_for_a_role
from bot.platforms.web.names import plain_name, readable
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
    "R2D2",
    "Arno",
    "Vernon",
    "Ада",
)


@pytest.mark.parametrize(
    "name", (*TAKEN, "host1", "ho5t", "H0st2", "Hostess", "rnoderator", "@dmin", "Хост", "主持人")
)
def test_nobody_goes_by_the_name_of_a_role(name: str):
    assert passes_for_a_role(name, plain_name)


@pytest.mark.parametrize(
    "name", ["Hоst", "hоsts", "Ηost", "ʜost", "ʜᴏꜱᴛ", "ℍ𝕠𝕤𝕥", "հost"]
)  # Cyrillic and Greek letters
def test_letters_of_other_alphabets_do_not_help(name: str):
    assert passes_for_a_role(name, plain_name)


@pytest.mark.parametrize("name", FREE)
def test_other_names_are_free(name: str):
    assert not passes_for_a_role(name, plain_name) and not passes_for_a_role(name)


UNREADABLE = (
    "\ufffd\ufffd",
    "%ff%fe",
    "...",
    "\u00ad",
    "\u115f",
    "\u3164",
    "\u202e\u2066",
    "\u2800",
    "   ",
    "\u0301",
)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_name_can_be_read(name: str):
    assert not readable(name)


def test_a_letter_that_nobody_sees_makes_no_other_name():
    assert plain_name("Ana\u115f") == plain_name("Ana\u3164") == plain_name("Ana\uffa0") == plain_name("Ana")
    assert readable("🌳") and readable("Ana") and readable("100% Ana") and readable("明")


async def test_nobody_renames_themselves_to_a_role(tmp_path: Path):
    scene = await Scene(tmp_path / "n.db").open()
    await scene.gathered("Ada", "Bo")
    for name in ("Hana (host)", "everyone"):
        await scene.order("Ada", "my", how=f"name {name}")
        assert "is reserved for the bot or the hosts" in plain(scene.private("Ada")[-1])
    assert {person.name for person in (await scene.session()).people.values()} == {"Ada", "Bo"}
    await scene.close()
