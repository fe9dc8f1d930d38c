"""What an operator sets about recognition and the look of badges."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.folder import shelf
from bot.badges.picture import Look, badge_picture, picture_from
from bot.badges.recognition_settings import RecognitionSettings
from bot.config import load_config
from bot.errors import ConfigError
from bot.render.rasterize import drawn
from tests.authoring.test_loader import PROMPTS

SHELF = shelf(PROMPTS)


def settings(tmp_path: Path, text: str):
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path, {})


def test_what_is_set_replaces_what_the_script_says(tmp_path: Path) -> None:
    config = settings(
        tmp_path,
        "recognition:\n  came-back: false\n  host: {nominate: true}\n"
        "  value-storyteller: {name: Erzählerin, badge: false, discord: '42', matrix: 10}\n",
    )
    honours = RecognitionSettings(config.recognition)
    rules = {rule.key: rule for rule in honours.applied(SHELF)["value-creation"][0].recognition}
    assert "came-back" not in rules and "value-storyteller" not in rules
    assert rules["host"].nominate and not rules["co-host"].nominate
    assert (rules["erzählerin"].name, rules["erzählerin"].badge) == ("Erzählerin", False)
    assert honours.role("Erzählerin", False) == honours.role("Value storyteller", False) == "42"
    assert (honours.role("Host", False), honours.role("Host", True)) == ("", "Host")
    assert honours.honour("Erzählerin", 0, "") == (10, "") and honours.honour("Host", 5, "#a:b") == (
        5,
        "#a:b",
    )
    assert config.gives_roles and not settings(tmp_path, "port: 8000").gives_roles


def test_a_setting_by_an_earlier_name_of_a_recognition_still_counts(tmp_path: Path) -> None:
    honours = RecognitionSettings(
        settings(tmp_path, "recognition: {companion: {nominate: true, discord: Helper}}").recognition
    )
    rules = {rule.key: rule for rule in honours.applied(SHELF)["value-creation"][0].recognition}
    assert rules["co-host"].nominate and rules["co-host"].name == "Co-host"
    assert honours.role("Co-host", False) == honours.role("Companion", False) == "Helper"


@pytest.mark.parametrize(
    "text, says",
    [
        ("recognition: {storyteler: false}", "no workshop recognises anybody as storyteler"),
        ("recognition: {host: {badge: true}}", "host can have no badge"),
        ("recognition: {host: {colour: red}}", "recognition.host.colour"),
        ("badge_colour: '#ffee00'", "nobody can read white words on #ffee00"),
        ("badge_colour: red", "badge_colour"),
        ("badge_images: {story: nowhere.png}", "nowhere.png is no picture"),
        ("badge_images: {trophy: nowhere.png}", "there is no badge trophy"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        RecognitionSettings(settings(tmp_path, text).recognition).applied(SHELF)


def test_they_can_come_from_the_environment() -> None:
    found = load_config(None, {"STORYCIRCLE_RECOGNITION": "{host: false, companion: {discord: Helper}}"})
    assert found.recognition["host"].off and found.recognition["companion"].discord == "Helper"


async def test_a_picture_of_the_communitys_own(tmp_path: Path) -> None:
    """A PNG becomes a badge that can be drawn and baked like ours; an SVG with a script in it does not."""
    own = tmp_path / "own.png"
    own.write_bytes(await drawn(badge_picture("Ours", "Garden"), 64))
    look = Look(colour="#333333", images={"story": picture_from(own)})
    shown = badge_picture("Small Story", "Garden", "story", look)
    assert "data:image/png;base64," in shown and (await drawn(shown, 512)).startswith(b"\x89PNG")
    assert 'stop-color="#333333"' in badge_picture("Small Story", "Garden", "maturity", look)
    bad = tmp_path / "bad.svg"
    bad.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>")
    with pytest.raises(ConfigError, match="without scripts"):
        picture_from(bad)
