"""Phrases as people type them: none is understood wrongly in silence, and what is not understood is named."""

from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml

from bot.scheduling.phrases import Question, When, questions, understand

NOW = datetime(2027, 3, 10, 15, 0, tzinfo=timezone.utc)
ZONE = "Europe/London"
HERE = Path(__file__).parent
TYPED = yaml.safe_load((HERE / "typed.yaml").read_text(encoding="utf-8"))
KINDS = yaml.safe_load((HERE / "kinds.yaml").read_text(encoding="utf-8"))
ASK = "ask"
QUESTIONS = {
    text: name.lower() for name, text in vars(questions).items() if name.isupper() and isinstance(text, str)
}
# how many of each language the reader of before understood or asked rightly
BEFORE = {"en": 47 + 25, "es": 14 + 2, "de": 20 + 4, "fr": 17 + 3}


def cut(phrase: str) -> str:
    return phrase.removesuffix(f" {ZONE}")


def judged(phrase: str, language: str) -> str:
    """right, offered, refused (where a question is right), or what was made of it instead."""
    right = [cut(each) for each in TYPED[language][phrase]]
    found = understand(phrase, NOW, ZONE, [language])
    if isinstance(found, When):
        return "right" if cut(found.phrase) in right else f"wrong: {found.phrase}"
    if any(cut(option) in right for option in found.options):
        return "offered"
    return "refused" if ASK in right else f"not understood: {found.note.text} {dict(found.note.values)}"


def listed(table: dict[str, dict[str, object]]) -> list[tuple[str, str]]:
    return [(language, phrase) for language, there in table.items() for phrase in there]


@pytest.mark.parametrize(("language", "phrase"), listed(TYPED))
def test_a_phrase_is_understood_or_asked_about_and_never_wrong_in_silence(language: str, phrase: str) -> None:
    assert judged(phrase, language) in ("right", "offered", "refused")


def test_most_are_understood_or_offered_and_in_no_language_fewer_than_before() -> None:
    total: Counter[str] = Counter()
    for language, phrases in TYPED.items():
        verdicts = Counter(judged(phrase, language) for phrase in phrases)
        assert verdicts["right"] + verdicts["offered"] >= BEFORE[language], (language, verdicts)
        total += verdicts
    assert total.total() == 243
    assert total["right"] + total["offered"] >= 0.85 * total.total()


@pytest.mark.parametrize(("language", "phrase"), listed(KINDS))
def test_other_phrases_of_the_same_kinds(language: str, phrase: str) -> None:
    found = understand(phrase, NOW, ZONE, [language])
    wanted = KINDS[language][phrase]
    if isinstance(found, When):
        assert cut(found.phrase) == wanted
        return
    part = [found.note.values["part"]] if "part" in found.note.values else []
    assert [QUESTIONS[found.note.text], *part, *map(cut, found.options)] == wanted


@pytest.mark.parametrize(("language", "phrase"), listed(TYPED) + listed(KINDS))
def test_every_answer_that_is_offered_is_understood(language: str, phrase: str) -> None:
    found = understand(phrase, NOW, ZONE, [language])
    for option in [found.phrase] if isinstance(found, When) else found.options:
        again = understand(option, NOW, "Asia/Tokyo")
        assert isinstance(again, When) or again.options, option


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("Easter Monday at 10am", "Easter"),
        ("every Tuesday 7pm except holidays", "holidays"),
        ("Friday 7pm with my Aunt Sally", "with my Aunt Sally"),
        ("jeden Dienstag um 19 Uhr außer an Feiertagen", "Feiertagen"),
        ("mañana a las 19h después de cenar", "después de cenar"),
        ("vendredi 19h après la réunion", "réunion"),
        ("every day at 9 and 17:00", "17:00"),
    ],
)
def test_what_is_not_understood_is_named_as_it_was_typed(phrase: str, part: str) -> None:
    found = understand(phrase, NOW, ZONE)
    assert isinstance(found, Question)
    assert found.note.text == questions.PART_NOT_READ
    assert part in str(found.note.values["part"]) or str(found.note.values["part"]) in part


def test_tomorrow_is_the_day_after_today_where_one_is_whatever_zone_one_speaks_of() -> None:
    evening = datetime(2027, 3, 10, 22, 0, tzinfo=timezone.utc)  # the 11th in Tokyo, the 10th in London
    for phrase in ("tomorrow 7pm Tokyo time", "tomorrow 7pm in Tokyo", "tomorrow 19:00 Asia/Tokyo"):
        found = understand(phrase, evening, ZONE)
        assert isinstance(found, When)
        assert found.phrase == "2027-03-11 19:00 Asia/Tokyo"


@pytest.mark.parametrize(
    ("phrase", "minutes"),
    [
        ("Friday 7-9pm", 120),
        ("Friday 7pm for 1h30", 90),
        ("Friday 7pm (90 minutes)", 90),
        ("Friday 7pm lasting an hour and a half", 90),
        ("tomorrow 9-5", 8 * 60),
        ("Freitag 18 Uhr, 2 Stunden", 120),
        ("vendredi 18h pendant 2 heures", 120),
        ("viernes 18h durante 90 minutos", 90),
    ],
)
def test_how_long_it_takes_is_kept_where_it_is_said(phrase: str, minutes: int) -> None:
    assert understand(phrase, NOW, ZONE).minutes == minutes


@pytest.mark.parametrize(("language", "phrase"), listed(TYPED) + listed(KINDS))
def test_a_single_answer_is_asked_about_as_such(language: str, phrase: str) -> None:
    found = understand(phrase, NOW, ZONE, [language])
    if isinstance(found, Question) and len(found.options) == 1:
        assert not found.note.text.startswith("Which") and "Which one" not in found.note.text.split("?")[0]
        assert found.note.text in (questions.MEANT, questions.NO_ZONE, questions.OTHER_WEEKDAY)
