"""Draws a scale."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Scale
from bot.core.platform import Capabilities
from bot.core.steps.scale_statistics import UNSURE, items_of, measure
from bot.core.steps.tallies import told_so_far
from bot.core.text.wording import tr
from bot.render.diagrams.alt_text import alt_text
from bot.render.steps.phrases import in_private
from bot.render.steps.renderer import Blank, StepRenderer, register

BLOCK = 3  # items that stand together


class ScaleRenderer(StepRenderer[Scale]):
    """Its items with their numbers, and later their medians."""

    def how(
        self, script: Script, session: Session, step: Scale, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The items, and how one gives the numbers."""
        return f"{_items(session, step, anchored=personal)}\n\n{_ways(session, step, can)}"

    def alone(self, script: Script, session: Session, step: Scale, field: str) -> tuple[str, bool]:
        """The items, with what the numbers look like; the numbers are written in a line."""
        how = tr(
            "Rate each one from {least} to {most}, in one line, such as 3 4 ? 2. Use ? for “can't tell”. "
            "Or reply “skip”. Your ratings stay private.",
            least=step.least,
            most=step.most,
        )
        return f"{_items(session, step, anchored=True)}\n\n{how}", True

    def so_far(self, script: Script, session: Session, step: Scale) -> str:
        """Its medians, once nobody's number changes them any more."""
        if told_so_far(session, step):
            return self.spread(script, session, step)
        return super().so_far(script, session, step)

    def spread(self, script: Script, session: Session, step: Scale) -> str:
        """The medians, and what they suggest."""
        numbers = measure(script, session, step)
        hint = ""
        if numbers.suggested:
            suggests = tr("The numbers suggest: {what}. It's only a suggestion.", what=numbers.suggested)
            hint = f"\n\n{suggests}"
        told = "\n".join(f"- {part}" for part in alt_text(numbers).rstrip(".").split("; "))
        return f"**{step.title}**\n\n{told}{hint}"

    def blanks(self, step: Scale) -> tuple[Blank, ...]:
        """Each item, with its numbers to tick."""
        numbers = tuple(str(number) for number in range(step.least, step.most + 1))
        return tuple(
            Blank(label=item.label, help=item.question, options=(*numbers, UNSURE)) for item in step.items
        )


def _ways(session: Session, step: Scale, can: Capabilities) -> str:
    """The ways to give the numbers."""
    if can.forms:
        return tr(
            "Rate each one from {least} to {most}, or pick “can't tell”. Your ratings stay private.",
            least=step.least,
            most=step.most,
        )
    numbers = tr(
        "A number from {least} to {most} for each, or ? if you can't tell.", least=step.least, most=step.most
    )
    return f"{numbers} {in_private(session, can)} {tr('Your choice stays private.')}"


def _items(session: Session, step: Scale, *, anchored: bool) -> str:
    """The items, a few in a block; what the numbers look like is said to each person who asks."""
    blocks: list[list[str]] = [[]]
    for n, item in enumerate(items_of(session, step), 1):
        if len(blocks[-1]) == BLOCK:
            blocks.append([])
        anchors = "; ".join(f"{at}: {text}" for at, text in item.anchors.items()) if anchored else ""
        line = f"{n}. **{item.label}**: {item.question}" if item.question else f"{n}. **{item.label}**"
        blocks[-1].append(line + (f" ({anchors})" if anchors else ""))
    return "\n\n".join("\n".join(block) for block in blocks)


register("scale", ScaleRenderer())
