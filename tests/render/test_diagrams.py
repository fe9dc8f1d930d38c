"""Pictures measured with the widths of real letters: nothing overlaps, nothing is cut, everything can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from itertools import combinations, cycle
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from bot.authoring.loader import load
from bot.authoring.rehearsal import Played, Rehearsal
from bot.config import contrast
from bot.core.model.masked_count import ExactCount, MaskedCount
from bot.core.steps.diagrams import Bars, Joined, Picture, Standing, Wheel, pictures_of
from bot.core.steps.scale_statistics import Measure
from bot.core.steps.value_map import Told, ValueMap, value_map
from bot.core.text.dates import day
from bot.core.text.quoting import spelt
from bot.core.views.recap import recap
from bot.core.views.recap_data import StoryCard
from bot.render.diagrams import draw
from bot.render.diagrams.card import story_card
from bot.render.diagrams.primitives import (
    HEIGHT,
    INK,
    MAIN,
    PAPER,
    SOFT,
    TINT,
    TINTS,
    WARM,
    WARM_TINT,
    WIDTH,
    text,
)
from bot.render.i18n import spoken
from bot.render.rasterize import png

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "bot" / "render" / "fonts"
LEAST = 16  # pixels of a thousand; a phone shows them at a third
TOUCH = 1.5  # pixels by which boxes may touch


class Box(NamedTuple):
    words: str
    left: float
    top: float
    right: float
    bottom: float


@cache
def _font(name: str) -> tuple[dict[int, str], object, int]:
    font = TTFont(FONTS / f"{name}.ttf")
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def wide(words: str, size: float, *, bold: bool) -> float:
    """How wide these words are; a letter is looked for in one shipped font after the other, as resvg does.

    Raises:
        AssertionError: no font has it.
    """
    total = 0.0
    for letter in words:
        for name in (
            "DejaVuSans-Bold" if bold else "DejaVuSans",
            "DroidSansFallbackFull",
            "NanumGothicCoding",
        ):
            letters, widths, unit = _font(name)
            if ord(letter) in letters:
                total += widths[letters[ord(letter)]][0] / unit  # type: ignore[index]
                break
        else:
            raise AssertionError(f"no font has {letter!r}")
    return total * size


def boxes(svg: str) -> list[Box]:
    """Where the words of a picture stand."""
    found = []
    for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        words = "".join(node.itertext())
        size = float(node.get("font-size", "16"))
        across = wide(words, size, bold=int(node.get("font-weight", "400")) >= 600)
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = {"middle": x - across / 2, "end": x - across}.get(node.get("text-anchor", "start"), x)
        found.append(Box(words, left, y - size * 0.74, left + across, y + size * 0.2))
    return found


def faults(svg: str) -> list[str]:
    """Words that lie on others, or outside of the picture."""
    there = [box for box in boxes(svg) if box.words.strip()]
    out = [
        f"{box.words!r} leaves the picture: {box.left:.0f}..{box.right:.0f}, {box.top:.0f}..{box.bottom:.0f}"
        for box in there
        if box.left < 0 or box.right > WIDTH or box.top < 0 or box.bottom > HEIGHT
    ]
    for one, other in combinations(there, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > TOUCH and down > TOUCH:
            out.append(f"{one.words!r} lies on {other.words!r} by {across:.0f} x {down:.0f}")
    return out


PLAYED: dict[tuple[str, int], Played] = {}


async def played(name: str, people: int) -> Played:
    if (name, people) not in PLAYED:
        script = load(
            ROOT / "prompts" / f"{name}.yaml", "90", "" if name == "change-agents" else "one_community"
        )
        PLAYED[name, people] = await Rehearsal(script, people, 5).play()
    return PLAYED[name, people]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("people", [1, 8, 30, 300])
@pytest.mark.parametrize("name", ["value-creation", "community-maturity", "change-agents"])
async def test_nothing_overlaps_and_nothing_is_cut(name: str, people: int, language: str):
    one = await played(name, min(people, 30))
    with spoken(language):
        found = recap(one.script, one.session)
        there = [found.map] if found.map is not None else []
        there += [each for _, each in pictures_of(one.script, one.session)]
        seen = [draw(grown(each, people // 30) if people > 30 else each) for each in there]
        assert not [fault for svg in seen for fault in faults(svg)]
        for svg in seen:
            assert all(float(size) >= LEAST for size in re.findall(r'font-size="([\d.]+)"', svg))


LOOKED_AT = Path(__file__).with_name("pictures.json")


async def test_pictures_are_as_they_were_when_somebody_looked_at_them(request: pytest.FixtureRequest):
    """Signs of all pictures, at 1, 8, 30 and 300 people in four languages; those of twelve stand in docs/recaps.

    Look at what changed (`scripts/pictures` draws it), then run this with --update.
    """
    seen = {}
    for name in ("value-creation", "community-maturity", "change-agents"):
        for people in (1, 8, 30, 300):
            one = await played(name, min(people, 30))
            for language in ("en", "de", "es", "fr"):
                with spoken(language):
                    found = recap(one.script, one.session)
                    there = [found.map] if found.map is not None else []
                    there += [each for _, each in found.pictures]
                    drawn = [draw(grown(each, people // 30) if people > 30 else each) for each in there]
                    drawn += [story_card(story, day(found.at)) for story in found.stories[:2]]
                signs = [blake2b(svg.encode(), digest_size=6).hexdigest() for svg in drawn]
                seen[f"{name}, {people}, {language}"] = " ".join(signs)
    if request.config.getoption("--update"):
        LOOKED_AT.write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")
    assert seen == json.loads(LOOKED_AT.read_text(encoding="utf-8"))


def grown(seen: Picture, times: int) -> Picture:
    """The same picture of so many times as many people."""

    def more(counts: Mapping[Any, int]) -> dict[Any, int]:
        return {key: ExactCount(n * times) for key, n in counts.items()}

    if isinstance(seen, ValueMap):
        nodes, flows = (
            {k: Told(happened=t.happened * times, hoped=t.hoped * times) for k, t in held.items()}
            for held in (seen.nodes, seen.flows)
        )
        return replace(
            seen,
            stories=seen.stories * times,
            nodes=nodes,
            flows=flows,
            loops=more(seen.loops),
            cost=more(seen.cost),
        )
    if isinstance(seen, Standing):
        return replace(seen, now=more(seen.now), later=more(seen.later), moves=more(seen.moves))
    if isinstance(seen, Bars):
        return replace(seen, bars=tuple((label, ExactCount(n * times)) for label, n in seen.bars))
    if isinstance(seen, Joined):
        named = tuple((label, ExactCount(n * times)) for label, n in seen.named)
        return replace(seen, cells=more(seen.cells), named=named)
    if isinstance(seen, Wheel):
        return replace(seen, measure=grown(seen.measure, times), needs=more(seen.needs))
    assert isinstance(seen, Measure)
    items = tuple(
        replace(i, n=ExactCount(i.n * times), unsure=ExactCount(i.unsure * times)) for i in seen.items
    )
    return replace(seen, items=items, people=ExactCount(seen.people * times))


def test_the_check_would_see_it():
    def at(x: int, y: int, words: str) -> str:
        return f'<text x="{x}" y="{y}" font-size="20">{words}</text>'

    start = '<svg xmlns="http://www.w3.org/2000/svg">'
    assert faults(f"{start}{at(100, 100, 'one')}{at(110, 105, 'two')}</svg>")
    assert faults(f"{start}{at(980, 100, 'too far')}</svg>")
    assert not faults(f"{start}{at(100, 100, 'one')}{at(100, 140, 'two')}</svg>")


def test_words_stand_out_from_what_is_behind_them():
    for colour in (INK, MAIN, SOFT, WARM):
        for behind in (PAPER, TINT, WARM_TINT, *TINTS):
            assert contrast(colour, behind) >= 4.5, (colour, behind)


LONG = {
    "de": ["Gemeinschaftsverantwortung", "Zusammenarbeitsgelegenheiten", "Wissensweitergabegespräche"],
    "ar": ["قيمة فورية في المجتمع", "قيمة محتملة وممكنة", "العمل معا كل أسبوع"],
    "ja": ["コミュニティの価値の循環", "いっしょにすること", "新しい人たち"],
    "ko": ["공동체의 가치 순환", "함께 하는 일", "새로운 사람들"],
}


@pytest.mark.parametrize("language", sorted(LONG))
@pytest.mark.parametrize("name", ["community-maturity", "change-agents", "value-creation"])
async def test_long_names_and_other_scripts_fit_as_well(name: str, language: str):
    one = await played(name, 30)
    names = cycle(LONG[language])
    for seen in [each for _, each in pictures_of(one.script, one.session)] or [
        value_map(one.script, one.session)
    ]:
        svg = draw(renamed(seen, names))
        assert not [fault for fault in faults(svg) if "leaves the picture" in fault], name
        assert not faults(svg), name


def renamed(seen: Picture, names: Iterator[str]) -> Picture:
    """The same picture with other names of what it shows."""
    if isinstance(seen, ValueMap):
        return replace(seen, cycles=tuple(replace(each, label=next(names)) for each in seen.cycles))
    if isinstance(seen, Standing):
        return replace(seen, stations=tuple(replace(each, label=next(names)) for each in seen.stations))
    if isinstance(seen, Bars):
        return replace(seen, bars=tuple((next(names), n) for _, n in seen.bars))
    if isinstance(seen, Joined):
        rows, columns = (
            tuple(replace(o, label=next(names)) for o in held) for held in (seen.rows, seen.columns)
        )
        return replace(
            seen,
            rows=rows,
            columns=columns,
            named=tuple((next(names), MaskedCount(n)) for n in (7, 5, 4, 2, 1)),
        )
    if isinstance(seen, Wheel):
        return replace(seen, measure=renamed(seen.measure, names))
    assert isinstance(seen, Measure)
    items = tuple(replace(each, item=replace(each.item, label=next(names)[:18])) for each in seen.items)
    return replace(seen, items=items)


def fewer(seen: Picture, few: int) -> Picture:
    """The same picture with another number wherever the number is not said."""

    def other(counts: Mapping[Any, int]) -> dict[Any, int]:
        return {key: MaskedCount(few) if MaskedCount(n).few else n for key, n in counts.items()}

    def some(told: Told) -> Told:
        return Told(happened=few if 0 < told.happened < 4 else told.happened, hoped=told.hoped)

    match seen:
        case Standing():
            return replace(seen, now=other(seen.now), later=other(seen.later))
        case Bars():
            return replace(seen, bars=tuple(other(dict(seen.bars)).items()))
        case Joined():
            return replace(seen, cells=other(seen.cells), named=tuple(other(dict(seen.named)).items()))
        case Wheel():
            return replace(seen, needs=other(seen.needs))
        case ValueMap():
            nodes = {key: Told(happened=few) for key, told in seen.nodes.items() if told.all < 4}
            flows = {key: Told(happened=few) for key, told in seen.flows.items() if told.all < 4}
            return replace(seen, nodes=seen.nodes | nodes, flows=seen.flows | flows, allowed=False)
        case _:
            return seen


@pytest.mark.parametrize("name", ["community-maturity", "change-agents", "value-creation"])
async def test_no_width_and_no_size_tells_a_number_that_is_not_said(name: str):
    one = await played(name, 8)
    there: list[Picture] = [each for _, each in pictures_of(one.script, one.session)]
    if one.script.cycles and name == "value-creation":
        there.append(value_map(one.script, one.session))
    for seen in there:
        assert len({draw(fewer(seen, few)) for few in (1, 2, 3)}) == 1, type(seen).__name__


@pytest.mark.parametrize("people", [1, 8, 30])
async def test_a_story_is_a_card_that_holds_all_its_parts(people: int):
    one = await played("value-creation", people)
    found = recap(one.script, one.session)
    for story in found.stories:
        svg = story_card(story, "25 November 2026")
        assert not faults(svg)
        assert all(label in svg for label, _ in story.coverage)
    assert found.stories or people < 8


@pytest.mark.parametrize("language", ["de", "ar", "ja", "ko"])
def test_a_story_of_long_words_fits_its_card(language: str):
    words = " ".join(LONG[language] * 12)
    story = StoryCard(
        answer="a",
        title=words,
        author=words[:40],
        coverage=tuple(
            (LONG[language][n % 3], ("happened", "hoped for", "not told")[n % 3]) for n in range(8)
        ),
        fields=tuple((LONG[language][n % 3], words) for n in range(9)),
    )
    assert not faults(story_card(story, "25 November 2026"))


def test_emoji_are_spelt():
    assert spelt("Hooray \U0001f389\ufe0f!") == "Hooray (party popper)!"
    assert spelt("a \U0001f469\U0001f3fd\u200d\U0001f680 b") == "a (woman)(rocket) b"
    assert spelt("plain, ünïcode, 你好 مرحبا") == "plain, ünïcode, 你好 مرحبا"
    with pytest.raises(AssertionError):
        wide("\U0001f389", 20, bold=False)
    assert wide("你好 안녕 مرحبا こ", 20, bold=True) > 100


def test_letters_of_all_these_scripts_are_drawn():
    def drawn(words: str) -> bytes:
        return png(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60">{text(100, 40, words, 30, INK)}</svg>'
        )

    empty = {drawn("\ue000\ue001"), drawn("\ue002\ue003")}  # letters that no font has are all the same box
    assert len(empty) == 1
    assert not empty & {drawn(words) for words in ("你好", "こん", "안녕", "مر", "קס")}
