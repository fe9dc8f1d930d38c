"""The recap as messages, for a platform that has no pages of ours: the same words as the page, no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from bot.core.model.facts import Progress
from bot.core.model.masked_count import FEW, MaskedCount, Unsaid
from bot.core.steps.value_map import ValueMap
from bot.core.text.dates import day
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate, quoted
from bot.core.text.wording import ntr, tr
from bot.core.views.recap_data import Chosen, Part, Recap, StoryCard
from bot.render.action_items import HOW
from bot.render.answers import labelled
from bot.render.diagrams.alt_text import NOT_SAID, alt_text
from bot.render.recap import blocks as b
from bot.render.recap.blocks import blocks
from bot.render.recap.summary import label_of

TOO_FEW = N_("{n} answered. That's too few to show results.")
ALLOWED = N_("Everyone chose what appears here, and can change their mind at any time.")


def text(recap: Recap, *, marked: bool = False) -> str:
    """The recap in our small Markdown; people's words between their marks. `marked`: each card with its id."""
    return "\n\n".join(message for block in blocks(recap) for message in _messages(block, marked))


def _messages(block: b.Block, marked: bool) -> Iterator[str]:
    match block:
        case b.Opening():
            yield f"**{block.title}**"
            yield " ".join(block.sentences)
        case b.Listing():
            lines = [isolate(line) if block.typed else line for line in block.lines]
            yield "\n".join([f"**{block.title}**", *(f"- {line}" for line in lines)])
        case b.Drawing(picture=picture):
            if not isinstance(picture, ValueMap) or picture.stories:
                yield f"**{block.title}**\n{alt_text(picture)}"
        case b.Stories():
            yield from (_story(story, marked) for story in block.stories)
        case b.StepResult(part=part):
            if part.answered:
                yield _part(part, marked)
        case b.Thanks():
            lines = [f"**{tr('Thanks')}**"]
            for by, whom, words in block.thanks:
                lines += [thanked(by, whom), *quoted("", words)]
            yield "\n".join(lines)
        case b.FollowUps():
            for later in block.later:
                few = [tr(TOO_FEW, n=later.answered)]
                yield "\n".join([f"**{later.title}**", *(list(spread(later.spread)) or few)])
        case b.Chosen():
            title = tr("Decisions and progress")
            yield "\n".join([f"**{title}**", *map(chosen, block.chosen)])
        case b.Closing():
            yield f"{tr(ALLOWED)} {block.credits}".strip()
        case b.Review() | b.AddedLater() | b.Discuss() | b.Effects():
            pass  # said otherwise in a chat, or a message of its own
        case _:
            assert_never(block)


def added(recap: Recap) -> str:
    """Later additions to the recap, with their days; "" if there are none."""
    if not recap.added:
        return ""
    lines = [f"**{tr('Added to the recap of {title}', title=recap.title)}**"]
    for late in recap.added:
        lines.append(f"{day(late.at)}, {late.title}:")
        for label, words in late.quote.fields:
            lines += quoted(labelled(label) if label else "", words)
        lines.append(_by(late.quote.author, late.quote.answer, False))
    return "\n".join(lines)


def _by(author: str, answer: str, marked: bool) -> str:
    name = isolate(author) if author else tr("without a name")
    return f"({name}; {answer})" if marked else f"({name})"


def _story(story: StoryCard, marked: bool) -> str:
    lines = [f"**{tr('A story')}**" + (f": {isolate(story.title)}" if story.title else "")]
    lines.append(", ".join(f"{label}: {tr(status)}" for label, status in story.coverage))
    for label, words in story.fields:
        lines += [label, *quoted("", words)]
    lines.append(_by(story.author, story.answer, marked))
    for by, words in story.added:
        lines.append(f"{tr('{name} adds:', name=isolate(by) if by else tr('someone'))} {isolate(words)}")
    return "\n".join(lines)


def chosen(step: Chosen, mark: Callable[[str], str] = isolate) -> str:
    """A line of what was chosen; `mark` sets people's words off from ours."""
    line = f"- {mark(label_of(step.label))} ({ntr('{n} dot', '{n} dots', step.dots)})"
    if step.due is None:
        return line
    name = mark(step.owner) if step.owner else tr("someone")
    line += f": {tr('{name} is doing this by {day}', name=name, day=day(step.due))}"
    if step.how:
        line += f"; {tr(HOW[Progress(step.how)])}" + (f": {mark(step.told)}" if step.told else "")
    return line


def thanked(by: str, whom: str) -> str:
    """The line above a sentence of thanks: by whom, and to whom."""
    if by:
        return tr("{by} thanks {name}:", by=isolate(by), name=isolate(whom))
    return tr("Someone thanks {name}:", name=isolate(whom))


def spread(tally: Sequence[tuple[str, MaskedCount]], mark: Callable[[str], str] = isolate) -> list[str]:
    """Counts of each option, a line each; those of which no number is said share one."""
    lines = [f"- {count} × {mark(label_of(label))}" for label, count in tally if count and not count.few]
    hidden = [mark(label_of(label)) for label, count in tally if isinstance(count, Unsaid)]
    few = [mark(label_of(label)) for label, count in tally if count.few and not isinstance(count, Unsaid)]
    nobody = [mark(label_of(label)) for label, count in tally if not count]
    lines += [f"- {tr('{n} each', n=FEW)}: {', '.join(few)}"] if few else []
    lines += [f"- {tr(NOT_SAID)}: {', '.join(hidden)}"] if hidden else []
    return [*lines, *([f"- {tr('nobody')}: {', '.join(nobody)}"] if nobody else [])]


def _part(part: Part, marked: bool) -> str:
    lines = [f"**{part.title}**"]
    if part.spread:
        lines += spread(part.spread)
    elif part.measured and part.measured.shown:
        lines.append(alt_text(part.measured))
    elif part.closed:
        lines.append(tr(TOO_FEW, n=part.answered))
    elif not part.quotes:
        lines.append(ntr("{n} answered.", "{n} answered.", part.answered))
    for quote in part.quotes:
        for label, words in quote.fields:
            lines += quoted(labelled(label) if label else "", words)
        lines.append(_by(quote.author, quote.answer, marked))
    return "\n".join(lines)
