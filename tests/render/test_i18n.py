"""The bot's own words in other languages: complete, well formed, and spoken where they should be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.authoring.loader import variants
from bot.config import Config
from bot.core.participants.translation import in_language
from bot.core.text import messages, wording
from bot.render.i18n import catalogues, spoken
from bot.render.recap.page import page
from bot.render.recap.summary import closing_lines
from tests.render import catalogues as gathered
from tests.support import ROOM, Scene, plain

OTHERS = [language for language in messages.SPOKEN if language != "en"]
NAMES = re.compile(r"\{[a-z]+\}|%\([a-z]+\)s|</?[a-z]+|/[a-z]{3,}")  # what a translation has to keep


def test_every_language_that_is_spoken_has_its_catalogue():
    assert set(catalogues()) == set(messages.SPOKEN) == {"en", "es", "de", "fr"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_and_keeps_what_stands_in_it(language: str):
    theirs = gathered.read(language)
    ours = {message.id for message in gathered.gather() if message.id}
    assert {message.id for message in theirs if message.id} == ours, "run scripts/words, and translate"
    for message in theirs:
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        asked = message.id if message.pluralizable else (message.id,)
        assert len(forms) == (theirs.num_plurals if message.pluralizable else 1)
        for form in forms:
            assert form.strip(), f"{message.id!r} has no translation"
            # one form of a plural may say the number in a word
            kept, wanted = set(NAMES.findall(form)), [set(NAMES.findall(each)) for each in asked]
            allowed = [each - {"{n}", "%(n)s"} for each in wanted] if message.pluralizable else wanted
            assert kept - {"{n}", "%(n)s"} in allowed or kept in wanted, f"{form!r} for {message.id!r}"


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_program_reads_is_what_people_translated(language: str):
    made = gathered.compiled(gathered.read(language))
    assert gathered.path(language, "mo").read_bytes() == made, "run scripts/words"


def test_plurals_are_well_formed_and_dates_are_of_the_language():
    said = {}
    for language in messages.SPOKEN:
        with spoken(language):
            said[language] = [wording.ntr("{n} answer", "{n} answers", n) for n in (0, 1, 2)]
    assert said == {
        "en": ["0 answers", "1 answer", "2 answers"],
        "es": ["0 respuestas", "1 respuesta", "2 respuestas"],
        "de": ["0 Antworten", "1 Antwort", "2 Antworten"],
        "fr": ["0 réponse", "1 réponse", "2 réponses"],  # in French none is singular
    }


def test_an_unknown_language_speaks_english_and_a_kind_of_one_speaks_it():
    with spoken("pt"):
        assert wording.tr(messages.PASSED) == messages.PASSED
    with spoken("de-AT"):
        assert wording.tr(messages.PASSED) != messages.PASSED
    assert wording.tr(messages.PASSED) == messages.PASSED


SMALL = """
id: small
title: {en: Small, es: Pequeño}
about: {en: A question., es: Una pregunta.}
minutes: 10
steps:
  - id: share
    kind: open
    title: {en: Say one thing, es: Di una cosa}
    say: {en: "What surprised you?", es: "¿Qué te sorprendió?"}
    minutes: 8
"""


@pytest.fixture
def spanish(tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


async def test_a_workshop_speaks_its_language_to_the_room_and_each_person_theirs(
    spanish: Path, tmp_path: Path
):
    script = in_language(variants(spanish)[0], "es")
    scene = await Scene(tmp_path / "a.db", script).open()
    try:
        await scene.gathered("Ada", "Bo")
        room = [plain(line.text) for line in scene.stage.lines.values() if line.channel == ROOM]
        assert any("1 de 1: Di una cosa" in line and "Escribe tu respuesta aquí" in line for line in room), (
            room
        )
        assert not any("Type your answer here" in line for line in room)
        await scene.order("Ada", "language", language="de")
        await scene.order("Ada", "pass")
        await scene.order("Bo", "pass")
        ada, bo = ([plain(text) for text in scene.private(who)] for who in ("Ada", "Bo"))
        assert any("Das ist in Ordnung" in line for line in ada), ada
        assert any("Está bien" in line for line in bo), bo
        session = await scene.session()
        with spoken("fr"):
            assert any(
                "ont participé" in line or "a participé" in line for line in closing_lines(script, session)
            )
        assert '<html lang="es">' in page(script, session) and "Nadie respondió a esto." in page(
            script, session
        )
    finally:
        await scene.close()


def test_the_language_of_an_installation_is_a_setting():
    assert Config(language="es").language == "es"
    with pytest.raises(ValueError):
        Config(language="Spanish")
