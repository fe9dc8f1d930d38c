"""The notice before a workshop: short, true, and with all of it one press away."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.folder import shelf
from bot.core.model.facts import Mode
from bot.core.model.records import PersistentMap
from bot.core.model.script import Audience, Script
from bot.core.model.session import Session
from bot.render.notice import details, notice

PROMPTS = Path(__file__).parents[2] / "prompts"
ALL = [script for there in shelf(PROMPTS).values() for script in there]
WORDS = 60  # voice.md, section 1


def counted(text: str) -> int:
    """The words of a text, as a reader counts them."""
    return len(re.findall(r"\w[\w'’/-]*", text))


def session(script: Script, mode: Mode = Mode.LIVE) -> Session:
    return replace(
        Session(), rooms=("circle",), places=PersistentMap({"circle": "web:circle"}), mode=mode, keep_days=30
    )


@pytest.mark.parametrize("script", ALL, ids=lambda s: f"{s.id}-{s.version}-{s.setting}")
def test_the_notice_is_short_and_speaks_of_adults_only_where_it_is_asked_for(script: Script):
    for mode in (Mode.ASYNC,) if script.days else (Mode.LIVE, Mode.CALL):
        said = notice(script, session(script, mode))
        assert counted(said) <= WORDS, said
        assert "aged 18" not in said and "Before we start" in said and ";" not in said
        assert "quotes you only if you say yes" in said


def test_what_the_notice_leaves_out_is_in_the_details():
    script = next(s for s in ALL if s.id == "value-creation" and s.version == "60")
    said = details(script, session(script))
    assert "technically read the database" in said and "deleted 30 days after" in said
    assert "big screen" in said and "Pairs: only the people in your group." in said
    assert "aged 18" in said and "/my data" in said
    assert "Nothing of the call is recorded" not in said
    assert "Nothing of the call is recorded" in details(script, session(script, Mode.CALL))
    assert "everyone can read the threads" in details(script, session(script), open_threads=True)


def test_young_people_and_nameless_recaps_are_told():
    script = next(s for s in ALL if s.id == "first-circle")
    young = replace(script, audience=Audience.UNDER_18)
    assert "Some people here are under 18" in notice(young, session(young))
    assert young.nameless and "doesn't show any names" in notice(young, session(young))
