"""Times in natural words: what is understood, what is asked back, and that no text does harm."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.phrases import Question, When, questions, understand

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
ZONE = "Europe/Lisbon"
TABLE = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
QUESTIONS = {
    text: name.lower() for name, text in vars(questions).items() if name.isupper() and isinstance(text, str)
}


def said(phrase: str, *languages: str) -> str | list[str]:
    found = understand(phrase, NOW, ZONE, languages)
    here = f" {ZONE}"
    if isinstance(found, When):
        return found.phrase.removesuffix(here)
    return [QUESTIONS[found.note.text], *(option.removesuffix(here) for option in found.options)]


def test_the_table_is_as_long_as_was_promised() -> None:
    assert len(TABLE["en"]) >= 120
    assert all(len(TABLE[language]) >= 20 for language in ("es", "de", "fr"))


@pytest.mark.parametrize(
    ("language", "phrase"), [(language, phrase) for language, there in TABLE.items() for phrase in there]
)
def test_a_phrase(language: str, phrase: str) -> None:
    wanted = TABLE[language][phrase]
    assert said(phrase, language) == wanted
    # the language is found without being told, and capital letters say nothing
    assert said(phrase) == wanted
    if "T19" not in phrase and "/" not in phrase and " time" not in phrase and "EST" not in phrase:
        assert said(phrase.upper() if "." not in phrase else phrase, language)[:1] == wanted[:1]


@pytest.mark.parametrize(
    ("language", "phrase"), [(language, phrase) for language, there in TABLE.items() for phrase in there]
)
def test_what_is_understood_and_every_answer_to_a_question_is_understood_again(
    language: str, phrase: str
) -> None:
    found = understand(phrase, NOW, ZONE, [language])
    if isinstance(found, When):
        assert understand(found.phrase, NOW, "Asia/Tokyo") == found
        return
    for option in found.options:
        again = understand(option, NOW, "Asia/Tokyo")
        assert isinstance(again, When) or again.options, option
        if isinstance(again, When):
            assert again.zone == ZONE


@given(st.text(max_size=400))
def test_any_text_is_a_time_or_a_question(text: str) -> None:
    found = understand(text, NOW, ZONE)
    assert isinstance(found, When | Question)


SENTENCE = "next this every second Tuesday 7pm 19:00 until 1 December 31 in 20 minutes except 5 times midnight and noon morning of the month 2026-12-01 for weeks RRULE:FREQ=DAILY;COUNT=2 évery last 29 February 99"
WORDS = SENTENCE.split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_any_words_in_any_order_are_a_time_to_come_or_a_question(words: list[str]) -> None:
    found = understand(" ".join(words), NOW, ZONE)
    if isinstance(found, When):
        first = found.starts[0].replace(tzinfo=timezone.utc)
        assert first > NOW
        assert understand(found.phrase, NOW, ZONE) == found
