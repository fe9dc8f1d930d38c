"""Options to tap and cards to read, for one person: messages that only they see."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.core.model.facts import Share
from bot.core.model.script import Option
from bot.core.text.messages import tr
from bot.core.text.quoting import isolate, quoted
from bot.core.views.participant import Form, Mine
from bot.platforms.discord.components import TEXT, button, length, made, rows, short, text
from bot.platforms.discord.forms import HELP, OPTIONS, SHARES
from bot.platforms.discord.ids import tap

BUTTONS = 20  # options up to which each has a button of its own
CARDS = 4  # cards of a gallery in one message, each with a row of signs
CARD = 600  # characters of a card; the whole is one command away


def part(form: Form, number: int) -> Sequence[Option]:
    """The options that one select holds, of several."""
    return form.options[number * OPTIONS : (number + 1) * OPTIONS]


def options(form: Form, session: str, *, taken: bool = False) -> ui.LayoutView:
    """The options of a choice or a vote: one tap each, or selects where several may be chosen."""
    held = set(form.picks)
    listed = [
        f"{n}. {isolate(short(o.label, CARD))}{' ✓' if o.key in held else ''}"
        for n, o in enumerate(form.options, 1)
    ]
    head = tr("✓ Taken. You can change it while the step is open.") if taken and held else form.seen_by
    told = "\n".join([f"**{form.title}**", head, "", *listed])
    while length(told) > TEXT - 200:
        listed = [short(line, max(len(line) * 3 // 4, 30)) for line in listed]
        told = "\n".join([f"**{form.title}**", head, "", *listed])
    shown: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(text(told))]
    if form.most <= 1 and len(form.options) <= BUTTONS:
        primary, plain = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
        hands = [
            button(
                f"{n}. {option.label}",
                tap("pick", session, form.step, option.key),
                primary if option.key in held else plain,
            )
            for n, option in enumerate(form.options, 1)
        ]
        return made(*shown, *rows(hands))
    for number in range((len(form.options) + OPTIONS - 1) // OPTIONS):
        there = part(form, number)
        select: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=tap("picks", session, form.step, str(number)),
            placeholder=tr("Choose up to {n}", n=form.most),
            min_values=0,
            max_values=min(form.most, len(there)),
            options=[
                discord.SelectOption(
                    label=short(f"{number * OPTIONS + n}. {o.label}", HELP),
                    value=o.key,
                    default=o.key in held,
                )
                for n, o in enumerate(there, 1)
            ],
        )
        shown.append(ui.ActionRow(select))
    return made(*shown)


def wall(form: Form, session: str, first: int) -> ui.LayoutView:
    """Some cards of a gallery, each with its signs; the first are those that this person is shown first."""
    cards = [*(c for c in form.cards if c.first), *(c for c in form.cards if not c.first)]
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(f"**{form.title}**\n{form.seen_by}")]
    for card in cards[first : first + CARDS]:
        lines = [f"**{card.number}** {isolate(card.card.author)}"]
        for label, said in card.card.fields:
            whole = short(said, CARD)
            lines += quoted(f"{label}: " if label else "", whole)
        if any(len(said) > CARD for _, said in card.card.fields):
            lines.append(tr("(read whole: /whole {number})").format(number=card.number))
        items.append(ui.TextDisplay(text("\n".join(lines))[: (TEXT - 400) // CARDS]))
        hands = [
            button(
                f"{option.label}{' ✓' if option.key in card.signs else ''}",
                tap("sign", session, form.step, str(card.number), option.key, str(first)),
                discord.ButtonStyle.primary if option.key in card.signs else discord.ButtonStyle.secondary,
            )
            for option in form.options
        ]
        items += rows(hands)
    turns = []
    if first:
        turns.append(button(tr("Back"), tap("wall", session, form.step, str(max(first - CARDS, 0)))))
    if first + CARDS < len(cards):
        onward = tr("More cards ({n})", n=len(cards) - first - CARDS)
        turns.append(button(onward, tap("wall", session, form.step, str(first + CARDS))))
    return made(*items, *rows(turns))


def hands(session: str, mine: Sequence[Mine], chosen: Mine) -> ui.LayoutView:
    """One's own answers: choose one, then change it, take it back, or say where it may appear."""
    select: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=tap("hands", session),
        options=[
            discord.SelectOption(
                label=short(f"{m.number}. {m.title}", HELP),
                value=m.answer.id,
                description=short(m.fields[0][2], HELP) if m.fields else None,
                default=m.answer.id == chosen.answer.id,
            )
            for m in mine[-OPTIONS:]
        ],
    )
    lines = [f"**{chosen.number}. {chosen.title}** ({chosen.shown_in})"]
    for key, label, said in chosen.fields:
        lines += quoted(f"{label}: " if key and len(chosen.fields) > 1 else "", short(said, CARD))
    which = str(chosen.number)
    changing = [
        button(
            tr("Change") if len(chosen.fields) == 1 else short(f"{tr('Change')}: {label}", 60),
            tap("change", session, f"{chosen.answer.id}.{key}"),
        )
        for key, label, _ in chosen.fields
        if key
    ][:10]
    sharing = [
        button(
            tr(SHARES[share]),
            tap("go", session, f"share {which} {share.value}"),
            discord.ButtonStyle.primary if chosen.answer.share is share else discord.ButtonStyle.secondary,
        )
        for share in (Share.NAME, Share.ANONYMOUS, Share.NO)
    ]
    back = button(tr("take back"), tap("go", session, f"withdraw {which}"), discord.ButtonStyle.danger)
    told = ui.TextDisplay[ui.LayoutView](text("\n".join(lines)))
    return made(told, ui.ActionRow(select), *rows(changing), *rows([*sharing, back]))
