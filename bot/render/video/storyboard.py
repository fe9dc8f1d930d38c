"""The scenes of a film: the same counts and pictures as the recap, and few words.

Twenty to forty seconds, without sound: everything that is to be known stands in the captions, which are part
of the picture, and in the transcript.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.model.masked_count import size
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.steps.tallies import leading
from bot.core.steps.value_map import ValueMap
from bot.core.text.dates import day
from bot.core.text.messages import N_
from bot.core.text.quoting import room, spelt
from bot.core.text.wording import ntr, tr
from bot.core.views.recap import recap
from bot.core.views.recap_data import Chosen as ChosenStep
from bot.core.views.recap_data import Recap
from bot.render.diagrams import draw
from bot.render.diagrams.alt_text import alt_text
from bot.render.diagrams.primitives import INK, MAIN, PAPER, SOFT, TINT, text
from bot.render.recap.blocks import Block, Chosen, Drawing, Opening, StepResult, Stories, blocks
from bot.render.recap.summary import label_of

SHORTEST, LONGEST = 20.0, 40.0  # seconds of the whole
SCENE, WORD = 3.0, 0.28  # seconds of a scene, and more for each word that is to be read
SLIDES = 40  # cards with quotes in a pack
QUOTES, PICTURES = 3, 3
WIDE, HIGH = 1280, 720
BAND = 150  # the height of the caption
# Sizes of letters, with how many are in a line and how many lines there is room for.
CAPTION = ((30, 76, 3), (24, 95, 4), (19, 120, 5))
QUOTE = ((38, 50, 6), (30, 64, 8), (24, 80, 10), (19, 100, 13))
CHOICES, MOST_CHOICES = 3, 5
SENTENCE = re.compile(r"[.!?…][”“»’\"')\]]*(?=\s)")  # where one ends
WATCH = N_("**A short video of it**, {n} seconds, no sound. Everything it shows, in words:\n\n{transcript}")


@record
class Scene:
    """A still picture, what is said under it, and how long it stands."""

    svg: str
    caption: str
    seconds: float


def board(script: Script, session: Session) -> tuple[Scene, ...]:
    """The scenes of a film, between twenty and forty seconds together; none before the recap is posted."""
    view = recap(script, session)
    if not view.ready or not view.people:
        return ()
    shown = list(blocks(view))
    scenes = [
        *_titles(shown),
        *_pictures(shown)[:PICTURES],
        *(_quote(title, words, author) for title, words, author in spoken_for(view, session)),
        *_choices(shown, lambda step: not step.idea or step.idea in session.filmed),
        _end(view.title),
    ]
    whole = sum(scene.seconds for scene in scenes)
    stretch = min(max(whole, SHORTEST), LONGEST) / whole
    return tuple(Scene(svg=s.svg, caption=s.caption, seconds=round(s.seconds * stretch, 1)) for s in scenes)


def slides(script: Script, session: Session) -> tuple[Scene, ...]:
    """Cards the size of a slide with all that the recap shows: pictures, quotes, what was chosen."""
    view = recap(script, session)
    shown = list(blocks(view))
    quotes = [_quote(title, words, author) for _, title, words, author in _quotes(shown)[:SLIDES]]
    choices = _choices(shown, lambda step: True)
    return (*_titles(shown), *_pictures(shown), *quotes, *choices, _end(view.title))


def spoken_for(view: Recap, session: Session) -> tuple[tuple[str, str, str], ...]:
    """Quotes that may be in the recap and whose authors said yes to the film, too: title, words, name."""
    quotes = [quote[1:] for quote in _quotes(list(blocks(view))) if quote[0] in session.filmed]
    return tuple(quotes[:QUOTES])


def _titles(shown: Sequence[Block]) -> list[Scene]:
    return [_title(block) for block in shown if isinstance(block, Opening)]


def _pictures(shown: Sequence[Block]) -> list[Scene]:
    return [
        _picture(block.title, draw(block.picture), alt_text(block.picture))
        for block in shown
        if isinstance(block, Drawing) and (not isinstance(block.picture, ValueMap) or block.picture.stories)
    ]


def _choices(shown: Sequence[Block], allowed: Callable[[ChosenStep], bool]) -> list[Scene]:
    """The first three of what was chosen, and those that tie with the third, on one scene.

    An idea that its author keeps out stands in its place without its words: what came after it was not chosen.
    """
    steps = [
        step if allowed(step) else replace(step, label="")
        for block in shown
        if isinstance(block, Chosen)
        for step in block.chosen
    ]
    first = leading(steps, CHOICES, lambda step: size(step.dots), MOST_CHOICES)
    return [_chosen(first)] if any(step.label for step in first) else []


def _quotes(shown: Sequence[Block]) -> list[tuple[str, str, str, str]]:
    """Every quote of a recap: its answer, its title, its first words, its author."""
    quotes = []
    for block in shown:
        if isinstance(block, Stories):
            quotes += [
                (s.answer, s.title or tr("A story"), s.fields[0][1], s.author)
                for s in block.stories
                if s.fields
            ]
        elif isinstance(block, StepResult):
            title = block.part.title
            quotes += [(q.answer, title, q.fields[0][1], q.author) for q in block.part.quotes]
    return quotes


def transcript(scenes: tuple[Scene, ...]) -> str:
    """The captions, each with the second at which it begins."""
    lines, at = [], 0.0
    for scene in scenes:
        lines.append(f"{int(at) // 60}:{int(at) % 60:02d} {scene.caption}")
        at += scene.seconds
    return "\n".join(lines)


def length(scenes: tuple[Scene, ...]) -> int:
    """The seconds of the whole."""
    return round(sum(scene.seconds for scene in scenes))


def _scene(inner: str, caption: str) -> Scene:
    whole = spelt(" ".join(caption.split()))
    size_, lines = _fitted(whole, CAPTION)
    step = size_ * 4 / 3
    top = HIGH - BAND / 2 + size_ * 0.4 - (len(lines) - 1) * step / 2
    band = f'<rect y="{HIGH - BAND}" width="{WIDE}" height="{BAND}" fill="{INK}"/>' + "".join(
        text(WIDE / 2, top + n * step, line, size_, PAPER) for n, line in enumerate(lines)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">'
        f'<rect width="{WIDE}" height="{HIGH}" fill="{PAPER}"/><g id="scene">{inner}</g>{band}</svg>'
    )
    return Scene(svg=svg, caption=whole, seconds=SCENE + WORD * len(" ".join(lines).split()))


def _fitted(words: str, sizes: Sequence[tuple[int, int, int]]) -> tuple[int, list[str]]:
    """Words in lines, in the largest letters in which all of them fit; else whole sentences, as many as fit.

    Args:
        sizes: each size of letters with the letters in a line, and the lines that there is room for.
    """
    for letters, width, most in sizes:
        lines = textwrap.wrap(words, room(words, width)) or [""]
        if len(lines) <= most:
            return letters, lines
    ends = [found.end() for found in SENTENCE.finditer(words)]
    for end in reversed(ends):
        lines = textwrap.wrap(words[:end].rstrip() + " …", room(words, width))
        if len(lines) <= most:
            return letters, lines
    return letters, textwrap.wrap(words, room(words, width), max_lines=most, placeholder=" …")


def _lines(
    words: str, top: float, size: int, colour: str, *, width: int, most: int, weight: int = 400
) -> str:
    words = spelt(words)
    width = room(words, width)
    cut = textwrap.wrap(" ".join(words.split()), width)
    if len(cut) > most:
        cut = [*cut[: most - 1], textwrap.shorten(" ".join(cut[most - 1 :]), width, placeholder=" …")]
    step = size * 1.4
    first = top - (len(cut) - 1) * step / 2
    return "".join(text(WIDE / 2, first + n * step, line, size, colour, weight) for n, line in enumerate(cut))


def _block(words: str, middle: float, colour: str, sizes: Sequence[tuple[int, int, int]]) -> str:
    letters, lines = _fitted(spelt(" ".join(words.split())), sizes)
    first = middle - (len(lines) - 1) * letters * 0.7
    return "".join(
        text(WIDE / 2, first + n * letters * 1.4, line, letters, colour) for n, line in enumerate(lines)
    )


def _title(opening: Opening) -> Scene:
    counted = ntr("{n} took part", "{n} took part", opening.people)
    if opening.reading:
        counted += ", " + ntr("{n} followed along", "{n} followed along", opening.reading)
    inner = (
        f'<rect x="0" y="0" width="{WIDE}" height="14" fill="{MAIN}"/>'
        + _lines(opening.title, 260, 60, INK, width=32, most=3, weight=700)
        + _lines(f"{day(opening.at)} · {counted}", 440, 32, SOFT, width=60, most=1)
    )
    return _scene(inner, opening.sentences[0])


def _picture(title: str, svg: str, twin: str) -> Scene:
    high = HIGH - BAND - 20
    wide = high * 1000 / 620
    placed = svg.replace(
        "<svg ", f'<svg x="{(WIDE - wide) / 2:.0f}" y="10" width="{wide:.0f}" height="{high}" ', 1
    )
    return _scene(placed, f"{title}: {twin}")


def _quote(title: str, words: str, author: str) -> Scene:
    inner = (
        f'<rect x="90" y="60" width="{WIDE - 180}" height="{HIGH - BAND - 120}" rx="24" fill="{TINT}"/>'
        + _block(f"“{words}”", 270, INK, QUOTE)
        + _lines(author or tr("without a name"), HIGH - BAND - 100, 28, SOFT, width=60, most=1)
    )
    return _scene(inner, f"{title}: “{words}”")


def _chosen(steps: Sequence[ChosenStep]) -> Scene:
    head = tr("Decisions and progress")
    rows = "".join(
        _lines(
            f"{label_of(step.label)} ({ntr('{n} dot', '{n} dots', step.dots)})",
            (210 if len(steps) > CHOICES else 240) + n * (330 / max(len(steps), CHOICES)),
            34,
            INK,
            width=56,
            most=2,
        )
        for n, step in enumerate(steps)
    )
    caption = "; ".join(label_of(step.label) for step in steps)
    return _scene(_lines(head, 110, 40, MAIN, width=48, most=1, weight=700) + rows, f"{head}: {caption}")


def _end(title: str) -> Scene:
    caption = tr("The whole recap has the stories and what comes next.")
    inner = _lines(title, 230, 44, INK, width=40, most=2, weight=700) + _lines(
        tr("Everyone chose what appears here, and can change their mind at any time."),
        370,
        28,
        SOFT,
        width=64,
        most=2,
    )
    return _scene(inner, caption)
