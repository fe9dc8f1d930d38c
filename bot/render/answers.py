"""Answers as others are shown them: cards, and the look that a host has before."""

from __future__ import annotations

from bot.core.model import cards
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Written
from bot.core.steps.forms import shown as may_read
from bot.core.text.quoting import isolate, quoted
from bot.core.text.wording import tr
from bot.render.own_answers import author
from bot.render.recognition import added

CARD = 300  # characters of a gallery card


def answers(script: Script, session: Session, card: cards.Answers) -> str:
    """Cards with what people said; one that was taken back says so, without its words."""
    if not card.step:
        return tr("No one shared one this time. Let's move on.")  # said by sessions of earlier versions
    step = script.step(card.step)
    shown = {answer.id: answer for answer in may_read(session, card.answers)}
    if not shown:
        return tr("(deleted)") if card.answers else ""
    part = f" ({tr('{n} of {total}', n=card.part, total=card.parts)})" if card.parts > 1 else ""
    blocks = [f"**{step.title}**{part}"]
    for nth, key in enumerate(card.answers):
        answer = shown.get(key)
        if answer is not None:
            number = card.numbered_from + nth if card.numbered_from else 0
            block = quote(
                script, answer, author(session, answer), number, most=CARD if card.cut and number else 0
            )
            blocks.append("\n".join([block, *added(session, answer)]))
    return "\n\n".join(blocks)


def quote(script: Script, answer: Answer, name: str, number: int = 0, most: int = 0) -> str:
    """One card: whose it is, then the words, line by line behind a quote mark.

    Cut at `most` characters, if that is given; its whole is one command away.
    """
    step = script.step(answer.step)
    labels = {f.key: f for f in step.fields} if isinstance(step, Written) else {}
    whose = ", ".join(
        part
        for part in (
            tr("Card {number}").format(number=number) if number else "",
            isolate(name) if name else "",
        )
        if part
    )
    lines = [f"{whose}:"]
    left = most or 1_000_000
    for key, piece in answer.pieces.items():
        if piece.text and left > 0:
            field = labels.get(key)
            text = field.shown(piece.text) if field else piece.text
            label = labelled(field.label) if field and len(labels) > 1 else ""
            lines += quoted(label, text if len(text) <= left else text[:left] + "…")
            left -= len(text)
    if left < 0:
        lines.append(tr("(to read all of it: /card {number})").format(number=number))
    return "\n".join(lines)


def labelled(label: str) -> str:
    """A label before words: a question or a half-sentence needs no colon."""
    return f"{label} " if label.endswith(("?", "…", "!", ".")) else f"{label}: "


def glance(script: Script, session: Session, key: str) -> str:
    """A host's look at what is about to be shown: without names, each card with its number."""
    state = session.steps[key]
    keys = state.looking or (state.revealed[-1][1] if state.revealed else ())
    lines = [f"**{script.step(key).title}**: {tr('only you see this yet.')}"]
    for number, answer in enumerate(map(session.answers.__getitem__, keys), 1):
        if answer.held:
            lines.append(
                tr("Card {number}: hidden (to show it again: /workshop unhide {number})").format(
                    number=number
                )
            )
        elif not answer.withdrawn:
            lines.append(quote(script, answer, "", number))
    return "\n\n".join(lines)
