"""The recap as files to keep: Markdown to read, CSV to count with. The same words as the page, no others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import assert_never

from bot.core.steps.diagrams import Joined
from bot.core.steps.value_map import ValueMap
from bot.core.text.dates import day
from bot.core.text.wording import tr
from bot.core.views.recap_data import Part, Quote, Recap, StoryCard
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import translated
from bot.render.recap import blocks as b
from bot.render.recap.blocks import blocks
from bot.render.recap.summary import label_of
from bot.render.recap.text import ALLOWED, TOO_FEW, chosen, spread

# What a spreadsheet takes for a formula (OWASP, CSV injection) is shown as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Emphasis, code, links, HTML, headings, tables, entities, mentions, formulas and footnotes begin with these, …
_INLINE = re.compile(r"([\\`*_{}\[\]<>#|~&@$^!])")
# … addresses that some renderers turn into links by themselves, and the names of emoji, with these, …
_ADDRESS = re.compile(r"(?i)(:)(?=//|[a-z0-9_+-]+:)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)")
# … and lists, rules, underlined headings and definitions with these, at the beginning of a line.
_FIRST = re.compile(r"^([-+=:]|\d+(?=[.)]))")


def literal(text: str) -> str:
    """Somebody's words inside a line of Markdown, as they were typed."""
    return _literal_line(" ".join(text.split("\n")))


def _literal_line(line: str) -> str:
    line = _INLINE.sub(r"\\\1", line.strip())  # four spaces before a line would make it code
    line = _ADDRESS.sub(lambda found: "\\" + found[0], line)
    first = _FIRST.match(line)
    if first is None:
        return line
    number = first[0].isdecimal()
    return f"{first[0]}\\{line[first.end() :]}" if number else f"\\{line}"


def _quoted(text: str) -> str:
    """Somebody's words as a quotation, in the lines in which they were typed."""
    return "  \n".join(f"> {_literal_line(line)}" for line in text.split("\n"))


def markdown(recap: Recap) -> str:
    """The recap as Markdown."""
    return "\n\n".join(part for block in blocks(recap) for part in _markdown(block)) + "\n"


def _markdown(block: b.Block) -> Iterator[str]:
    match block:
        case b.Opening():
            yield f"# {literal(block.title)}"
            yield literal(" ".join(block.sentences))
        case b.Review():
            yield tr(
                "Everyone is still reviewing their answers. Until then, this page counts and quotes no one."
            )
        case b.Listing():
            yield f"## {literal(block.title)}"
            lines = [literal(line) if block.typed else line for line in block.lines]
            yield "\n".join(f"- {line}" for line in lines)
        case b.Drawing(picture=picture):
            if isinstance(picture, ValueMap):
                yield f"## {literal(block.title)}"
                yield alt_text(picture)
            elif isinstance(picture, Joined):  # the numbers of the others stand with their steps
                yield f"## {literal(block.title)}"
                yield literal(alt_text(picture))
        case b.Stories():
            yield f"## {tr('Stories')}"
            for story in block.stories:
                yield from _story(story)
        case b.StepResult(part=part):
            if part.answered:
                yield from _step_result(part)
        case b.Thanks():
            yield f"## {tr('Thanks')}"
            for by, whom, words in block.thanks:
                yield f"{_thanked(by, whom)}:\n{_quoted(words)}"
        case b.FollowUps():
            for later in block.later:
                yield f"## {literal(later.title)}"
                yield "\n".join(spread(later.spread, literal)) or tr(TOO_FEW, n=later.answered)
        case b.AddedLater():
            yield f"## {tr('Added later')}"
            for late in block.added:
                yield f"{day(late.at)}, {literal(late.title)}"
                yield from _quote(late.quote)
        case b.Discuss():
            yield f"[{tr('Talk about it where it was held')}]({block.address})"
        case b.Effects():
            yield f"## {tr('Numbers and stories')}"
            yield _effects(block)
        case b.Chosen():
            yield f"## {tr('Decisions and progress')}"
            yield "\n".join(chosen(step, literal) for step in block.chosen)
        case b.Closing():
            yield f"{tr(ALLOWED)} {block.credits}"
        case _:
            assert_never(block)


def _story(story: StoryCard) -> Iterator[str]:
    yield f"### {literal(story.title) or tr('A story')}"
    yield ", ".join(f"{label}: {tr(status)}" for label, status in story.coverage)
    for label, words in story.fields:
        yield f"**{literal(label)}**"
        yield _quoted(words)
    yield _author(story.author)
    for by, words in story.added:
        yield f"{tr('{name} adds:', name=literal(by) or tr('someone'))} {literal(words)}"


def _step_result(part: Part) -> Iterator[str]:
    yield f"## {literal(part.title)}"
    shown = part.measured if part.measured is not None and part.measured.shown else None
    if part.spread:
        yield "\n".join(spread(part.spread, literal))
    elif shown is not None:
        yield "\n".join(f"- {line}" for line in alt_text(shown).rstrip(".").split("; "))
        if shown.suggested:
            yield tr("The numbers suggest: {what}. It's only a suggestion.", what=shown.suggested)
    elif part.closed:
        yield tr(TOO_FEW, n=part.answered)
    for quote in part.quotes:
        yield from _quote(quote)
    if not (part.spread or part.quotes or part.closed or shown):
        yield tr("{n} answered, and kept it private.", n=part.answered)


def _quote(quote: Quote) -> Iterator[str]:
    for label, words in quote.fields:
        if label:
            yield f"**{literal(label)}**"
        yield _quoted(words)
    yield _author(quote.author)


def _author(name: str) -> str:
    return f"({literal(name) or tr('without a name')})"


def _thanked(by: str, whom: str) -> str:
    if by:
        return tr("{by} thanks {name}", by=literal(by), name=literal(whom))
    return tr("someone thanks {name}", name=literal(whom))


def _effects(block: b.Effects) -> str:
    rows = [
        f"| {row.cycle} | {translated(row.signs, '; ') or '–'} | {translated(row.told, ', ')} |"
        for row in block.effects
    ]
    head = f"| {tr('Kind of value')} | {tr('Counted')} | {tr('Told')} |"
    return "\n".join([head, "|---|---|---|", *rows])


def as_csv(recap: Recap) -> str:
    """The recap as CSV: one line for each tap count, quote, story part and counted sign."""
    out = io.StringIO()
    out.write("\ufeff")  # without this mark a spreadsheet takes UTF-8 for something else
    write = csv.writer(out)
    write.writerow(["kind", "step", "item", "label", "author", "value"])

    def row(*cells: object) -> None:
        write.writerow([_safe(str(cell)) for cell in cells])

    row("count", "", "people", "took part", "", recap.people)
    row("count", "", "reading", "read along", "", recap.reading)
    for part in recap.parts:
        row("answered", part.title, "", "", "", part.answered)
        for label, count in part.spread:
            row("spread", part.title, "", label_of(label), "", count)
        for quote in part.quotes:
            for label, words in quote.fields:
                row("quote", part.title, quote.answer, label, quote.author, words)
    for part in recap.parts:
        if part.measured is not None and part.measured.shown:
            for measured in part.measured.items:
                row(
                    "middle",
                    part.title,
                    measured.item.key,
                    measured.item.label,
                    "",
                    f"{measured.median:g}" if measured.shown else "",
                )
    for later in recap.later:
        for label, count in later.spread:
            row("later", later.title, "", label, "", count)
    for story in recap.stories:
        for label, status in story.coverage:
            row("coverage", "story", story.answer, label, story.author, status)
        for label, words in story.fields:
            row("story", story.title, story.answer, label, story.author, words)
        for by, sentence_ in story.added:
            row("added", story.title, story.answer, "", by, sentence_)
    for line in recap.threads:
        row("thread", "", "", "", "", line)
    for step in recap.chosen:
        row(
            "chosen",
            step.how,
            step.due.date().isoformat() if step.due else "",
            label_of(step.label),
            step.owner,
            step.dots,
        )
        if step.told:
            row("progress", step.how, "", label_of(step.label), step.owner, step.told)
    for late in recap.added:
        for label, words in late.quote.fields:
            row("added later", late.title, late.at.date().isoformat(), label, late.quote.author, words)
    for by, whom, sentence_ in recap.thanks:
        row("thanks", "", "", whom, by, sentence_)
    if recap.map is not None:
        for key, node in recap.map.nodes.items():
            row("map", "happened", key, "", "", recap.map.shown(node.happened))
            row("map", "hoped", key, "", "", recap.map.shown(node.hoped))
    return out.getvalue()


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) and not cell.lstrip("-").isdecimal() else cell
