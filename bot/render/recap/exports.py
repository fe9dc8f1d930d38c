"""The recap as files to keep: Markdown to read, CSV to count with. The same words as the page, no others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from bot.core.steps.diagrams import Joined
from bot.core.text.dates import day
from bot.core.text.messages import tr
from bot.core.views.recap import Recap
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import translated
from bot.render.recap.summary import label_of, summary
from bot.render.recap.text import before, chosen, spread

# What a spreadsheet takes for a formula (OWASP, CSV injection) is shown as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def literal(text: str) -> str:
    """Somebody's words inside Markdown, as they were typed."""
    return _MARKDOWN.sub(r"\\\1", text)


def _quoted(text: str) -> str:
    return "\n".join(f"> {literal(line)}" for line in text.split("\n"))


def markdown(recap: Recap) -> str:
    """The recap as Markdown."""
    return "\n\n".join(_blocks(recap)) + "\n"


def _blocks(recap: Recap) -> Iterator[str]:
    yield f"# {recap.title}"
    yield literal(" ".join(summary(recap)))
    if recap.threads:
        yield f"## {tr('What ran through it')}"
        yield "\n".join(f"- {literal(line)}" for line in recap.threads)
    if not recap.ready:
        yield tr("Everybody is still looking over their words; this counts, and quotes nobody.")
    if recap.series:
        yield f"## {tr('The series')}"
        yield "\n".join(f"- {before(part)}" for part in recap.series)
    if recap.map is not None:
        yield f"## {tr('The map')}"
        yield alt_text(recap.map)
    for title, seen in recap.pictures:
        if isinstance(seen, Joined):  # the numbers of the others stand with their steps
            yield f"## {title}"
            yield literal(alt_text(seen))
    if recap.stories:
        yield f"## {tr('Stories')}"
    for story in recap.stories:
        yield f"### {literal(story.title) or tr('A story')}"
        yield ", ".join(f"{label}: {tr(told)}" for label, told in story.coverage)
        for label, words in story.fields:
            yield f"**{label}**"
            yield _quoted(words)
        yield f"({literal(story.author) or tr('without a name')})"
        for by, said in story.added:
            yield f"{tr('{name} adds:', name=literal(by) or tr('somebody'))} {literal(said)}"
    for part in recap.parts:
        if part.stories or not part.answered:
            continue
        yield f"## {part.title}"
        if part.spread:
            yield "\n".join(spread(part.spread, literal))
        elif part.measured is not None and part.measured.shown:
            yield "\n".join(f"- {said}" for said in alt_text(part.measured).rstrip(".").split("; "))
            if part.measured.suggested:
                yield tr("The numbers suggest: {what}. It is a suggestion.", what=part.measured.suggested)
        elif part.closed:
            yield tr("{n} tapped: too few to show a spread without showing people.", n=part.answered)
        for quote in part.quotes:
            for label, words in quote.fields:
                if label:
                    yield f"**{label}**"
                yield _quoted(words)
            yield f"({literal(quote.author) or tr('without a name')})"
        told = part.spread or part.quotes or part.closed or (part.measured and part.measured.shown)
        if not told:
            yield tr("{n} answered, and kept their words to themselves.", n=part.answered)
    if recap.thanks:
        yield f"## {tr('Thanks')}"
        for by, whom, said in recap.thanks:
            head = (
                tr("{by} thanks {name}", by=literal(by), name=literal(whom))
                if by
                else tr("somebody thanks {name}", name=literal(whom))
            )
            yield f"{head}:\n{_quoted(said)}"
    if recap.recognised:
        yield f"## {tr('Recognised')}"
        yield "\n".join(f"- {n} × {name}" for name, n in recap.recognised)
    if recap.chosen:
        yield f"## {tr('What was chosen, and what became of it')}"
        yield "\n".join(chosen(step, literal) for step in recap.chosen)
    for later in recap.later:
        yield f"## {tr('What became of it')}: {later.title}"
        if later.spread:
            yield "\n".join(spread(later.spread, literal))
        else:
            yield tr("{n} tapped: too few to show a spread without showing people.", n=later.answered)
    if recap.added:
        yield f"## {tr('Added later')}"
    for late in recap.added:
        yield f"{day(late.at)}, {late.title}"
        for label, words in late.quote.fields:
            if label:
                yield f"**{label}**"
            yield _quoted(words)
        yield f"({literal(late.quote.author) or tr('without a name')})"
    if recap.effects:
        yield f"## {tr('What can be counted, and what was told')}"
        rows = [
            f"| {r.cycle} | {translated(r.signs, '; ') or '–'} | {translated(r.told, ', ')} |"
            for r in recap.effects
        ]
        head = f"| {tr('Kind of value')} | {tr('Counted')} | {tr('Told')} |"
        yield "\n".join([head, "|---|---|---|", *rows])
    for title, lines in ((tr("What comes next"), recap.next_steps), (tr("To read on"), recap.resources)):
        if lines:
            yield f"## {title}"
            yield "\n".join(f"- {line}" for line in lines)
    if recap.discuss:
        yield f"[{tr('Talk about it where it was held')}]({recap.discuss})"
    allowed = tr("Words stand here because their authors allowed it; they can take them back at any time.")
    yield f"{allowed} {recap.credits}"


def as_csv(recap: Recap) -> str:
    """The recap as CSV: one line for each tap count, quote, story part and counted sign."""
    out = io.StringIO()
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
            for each in part.measured.items:
                row(
                    "middle",
                    part.title,
                    each.item.key,
                    each.item.label,
                    "",
                    f"{each.median:g}" if each.n else "",
                )
    for later in recap.later:
        for label, count in later.spread:
            row("later", later.title, "", label, "", count)
    for story in recap.stories:
        for label, told in story.coverage:
            row("coverage", "story", story.answer, label, story.author, told)
        for label, words in story.fields:
            row("story", story.title, story.answer, label, story.author, words)
        for by, said in story.added:
            row("added", story.title, story.answer, "", by, said)
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
    for by, whom, said in recap.thanks:
        row("thanks", "", "", whom, by, said)
    if recap.map is not None:
        for key, node in recap.map.nodes.items():
            row("map", "happened", key, "", "", recap.map.shown(node.happened))
            row("map", "hoped", key, "", "", recap.map.shown(node.hoped))
    return out.getvalue()


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) and not cell.lstrip("-").isdecimal() else cell
