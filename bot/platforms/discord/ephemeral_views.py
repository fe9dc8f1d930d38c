"""Messages that one person alone sees: options to tap, cards to read, one's own answers."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.core.model.facts import Share
from bot.core.model.steps import Option
from bot.core.steps.forms import Form
from bot.core.text.quoting import isolate, quoted
from bot.core.text.wording import tr
from bot.core.views.host_panel import Said
from bot.core.views.participant import Mine
from bot.platforms.discord.components import (
    TEXT,
    button,
    discord_markdown,
    layout,
    length,
    rows,
    short,
)
from bot.platforms.discord.forms import HELP, OPTIONS, SHARES
from bot.platforms.discord.ids import custom_id
from bot.platforms.host_panel import said_line
from bot.render.i18n import translated
from bot.render.own_answers import listed, where_shown

BUTTONS = 20  # options up to which each has a button of its own
CARDS = 4  # cards of a gallery in one message, each with a row of signs
LINES, LINE = 8, 180  # lines of what was said on a page for hosts, and their characters
CARD = 600  # characters of a card; the whole is one command away


def part(form: Form, number: int) -> Sequence[Option]:
    """The options in one of several selects."""
    return form.options[number * OPTIONS : (number + 1) * OPTIONS]


def options(form: Form, session: str, *, taken: bool = False) -> ui.LayoutView:
    """The options of a choice or a vote: one tap each, or selects where several may be chosen."""
    picked = set(form.picks)
    lines = [
        f"{n}. {isolate(short(o.label, CARD))}{' ✓' if o.key in picked else ''}"
        for n, o in enumerate(form.options, 1)
    ]
    head = tr("✓ Saved. You can edit it until we move on.") if taken and picked else translated(form.seen_by)
    text = "\n".join([f"**{form.title}**", head, "", *lines])
    while length(text) > TEXT - 200:
        lines = [short(line, max(len(line) * 3 // 4, 30)) for line in lines]
        text = "\n".join([f"**{form.title}**", head, "", *lines])
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(discord_markdown(text))]
    if form.most <= 1 and len(form.options) <= BUTTONS:
        buttons = [
            button(
                f"{n}. {option.label}",
                custom_id("pick", session, form.step, option.key),
                _style(chosen=option.key in picked),
            )
            for n, option in enumerate(form.options, 1)
        ]
        return layout(*items, *rows(buttons))
    for number in range((len(form.options) + OPTIONS - 1) // OPTIONS):
        options_here = part(form, number)
        select: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=custom_id("picks", session, form.step, str(number)),
            placeholder=tr("Choose up to {n}", n=form.most),
            min_values=0,
            max_values=min(form.most, len(options_here)),
            options=[
                discord.SelectOption(
                    label=short(f"{number * OPTIONS + n}. {o.label}", HELP),
                    value=o.key,
                    default=o.key in picked,
                )
                for n, o in enumerate(options_here, 1)
            ],
        )
        items.append(ui.ActionRow(select))
    return layout(*items)


def _style(*, chosen: bool) -> discord.ButtonStyle:
    return discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary


def gallery(form: Form, session: str, first: int) -> ui.LayoutView:
    """Some cards of a gallery from the `first` on, each with its reactions, in this person's order."""
    cards = [*(c for c in form.cards if c.first), *(c for c in form.cards if not c.first)]
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(f"**{form.title}**\n{translated(form.seen_by)}")]
    for card in cards[first : first + CARDS]:
        lines = [f"**{card.number}** {isolate(card.card.author or tr('someone'))}"]
        for label, text in card.card.fields:
            lines += quoted(f"{label}: " if label else "", short(text, CARD))
        if any(len(text) > CARD for _, text in card.card.fields):
            lines.append(tr("(to read all of it: /card {number})").format(number=card.number))
        items.append(ui.TextDisplay(discord_markdown("\n".join(lines))[: (TEXT - 400) // CARDS]))
        reactions = [
            button(
                f"{option.label}{' ✓' if option.key in card.signs else ''}",
                custom_id("sign", session, form.step, str(card.number), option.key, str(first)),
                _style(chosen=option.key in card.signs),
            )
            for option in form.options
        ]
        items += rows(reactions)
    turns = []
    if first:
        turns.append(button(tr("Back"), custom_id("wall", session, form.step, str(max(first - CARDS, 0)))))
    if first + CARDS < len(cards):
        onward = tr("More cards ({n})", n=len(cards) - first - CARDS)
        turns.append(button(onward, custom_id("wall", session, form.step, str(first + CARDS))))
    return layout(*items, *rows(turns))


def said(session: str, cards: Sequence[Said], page: int) -> ui.LayoutView:
    """A page of what was said, for hosts; the last one for a number below 0."""
    pages = max((len(cards) + LINES - 1) // LINES, 1)
    page = pages - 1 if page < 0 else min(page, pages - 1)
    lines = [said_line(card, LINE) for card in cards[page * LINES : (page + 1) * LINES]]
    head = f"**{tr('What was said')}** ({tr('{n} of {total}', n=page + 1, total=pages)})"
    turns = []
    if page:
        turns.append(button(tr("Back"), custom_id("said", session, str(page - 1))))
    if page + 1 < pages:
        turns.append(
            button(
                tr("More cards ({n})", n=len(cards) - (page + 1) * LINES),
                custom_id("said", session, str(page + 1)),
            )
        )
    return layout(ui.TextDisplay(discord_markdown("\n".join([head, *lines]))), *rows(turns))


def own_answers(session: str, answers: Sequence[Mine], chosen: Mine) -> ui.LayoutView:
    """One's own answers: choose one, then change it, take it back, or say where it may appear."""
    select: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=custom_id("hands", session),
        options=[
            discord.SelectOption(
                label=short(f"{own.number}. {own.title}", HELP),
                value=own.answer.id,
                description=short(listed(own)[0][2], HELP),
                default=own.answer.id == chosen.answer.id,
            )
            for own in answers[-OPTIONS:]
        ],
    )
    lines = [f"**{chosen.number}. {chosen.title}** ({where_shown(chosen)})"]
    fields = listed(chosen)
    for key, label, text in fields:
        lines += quoted(f"{label}: " if key and len(fields) > 1 else "", short(text, CARD))
    number = str(chosen.number)
    changing = [
        button(
            tr("Edit") if len(fields) == 1 else short(f"{tr('Edit')}: {label}", 60),
            custom_id("change", session, f"{chosen.answer.id}.{key}"),
        )
        for key, label, _ in fields
        if key
    ][:10]
    sharing = [
        button(
            tr(SHARES[share]),
            custom_id("go", session, f"my share {number} {share.value}"),
            _style(chosen=chosen.answer.share is share),
        )
        for share in (Share.NAME, Share.ANONYMOUS, Share.NO)
    ]
    back = button(tr("delete"), custom_id("go", session, f"my delete {number}"), discord.ButtonStyle.danger)
    shown = ui.TextDisplay[ui.LayoutView](discord_markdown("\n".join(lines)))
    return layout(shown, ui.ActionRow(select), *rows(changing), *rows([*sharing, back]))
