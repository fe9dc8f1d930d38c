"""The questions of a step as forms (modals) of Discord, and the answers that come back in them.

A form holds at most five things, at most two of them long, and cannot follow another form at once: so
each page is saved by itself, and a button leads from one to the next (Discord, Component reference).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from bot.core.model.facts import Share
from bot.core.model.steps import Field, Item
from bot.core.steps.forms import Form
from bot.core.steps.scale_statistics import UNSURE
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.platforms.discord.components import short
from bot.platforms.discord.ids import custom_id
from bot.render.i18n import translated

INPUTS = 5  # of a form
LONG_INPUTS = 2
LONG = 300  # characters from which an answer gets a box of several lines
TITLE = 45
HELP = 100
OPTIONS = 25  # of a select
MOST_CHARACTERS = 4_000  # of a text input
ANONYMOUS = "anonymous?"  # no key of a field has such a name
SHARE = "share?"

SHARES = {
    Share.NO: N_("Not in the recap"),
    Share.ANONYMOUS: N_("In the recap, without my name"),
    Share.NAME: N_("In the recap, with my name"),
}

Input = Field | Item | str  # a str is ANONYMOUS or SHARE, the two questions that Storycircle itself asks


@dataclass
class Submission:
    """The content of a form that somebody sent: words by field, choices, and the answers to ANONYMOUS and SHARE."""

    fields: dict[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] | None = None
    anonymous: bool = False
    share: str = ""


def pages(form: Form) -> list[tuple[Input, ...]]:
    """The inputs of a step in pages: first those that are asked for while time runs, then the invitations."""
    if form.items:
        return _paged(form.items)
    now = [field for field in form.fields if not field.later]
    later = [field for field in form.fields if field.later]
    ours = [name for name, asked in ((ANONYMOUS, form.anonymous_allowed), (SHARE, form.ask_share)) if asked]
    return [*_paged([*now, *ours]), *_paged(later)] if now else _paged([*later, *ours])


def _paged(inputs: Sequence[Input]) -> list[tuple[Input, ...]]:
    pages: list[list[Input]] = []
    long = 0
    for input in inputs:
        is_long = isinstance(input, Field) and not input.options and input.max_chars > LONG
        if not pages or len(pages[-1]) == INPUTS or (is_long and long == LONG_INPUTS):
            pages.append([])
            long = 0
        pages[-1].append(input)
        long += is_long
    return [tuple(page) for page in pages]


def modal(form: Form, session: str, number: int) -> ui.Modal:
    """One page of a step, filled in with the person's answer so far."""
    all_pages = pages(form)
    total = len(all_pages)
    place = f" ({tr('{n} of {total}', n=number + 1, total=total)})" if total > 1 else ""
    modal = ui.Modal(
        title=short(form.title, TITLE - len(place)) + place,
        custom_id=custom_id("sent", session, form.step, str(number)),
    )
    for input in all_pages[number]:
        modal.add_item(_label(form, input))
    modal.stop()  # it is not kept in memory: what comes back says itself what it answers
    return modal


def change_modal(title: str, label: str, text: str, max_chars: int, id: str) -> ui.Modal:
    """One field of an earlier answer, to be written anew."""
    modal = ui.Modal(title=short(title, TITLE), custom_id=id)
    modal.add_item(_labelled(label, "", _text_input("text", text, max_chars, required=True)))
    modal.stop()
    return modal


def _text_input(id: str, text: str, max_chars: int, *, required: bool) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(
        custom_id=id,
        default=text[:MOST_CHARACTERS] or None,
        required=required,
        max_length=min(max_chars, MOST_CHARACTERS),
        style=discord.TextStyle.paragraph if max_chars > LONG else discord.TextStyle.short,
    )


def _label(form: Form, input: Input) -> ui.Label[ui.Modal]:
    """An input with its question."""
    if isinstance(input, Item):
        return _scale(form, input)
    if isinstance(input, Field):
        return _field(form, input)
    if input == ANONYMOUS:
        choices = [
            discord.SelectOption(label=tr("With my name"), value="no", default=True),
            discord.SelectOption(label=tr("Without my name"), value="yes"),
        ]
        return _labelled(
            tr("How should it be shown?"),
            translated(form.seen_by),
            _select(ANONYMOUS, choices, 1, required=False),
        )
    shares = [
        discord.SelectOption(label=tr(label), value=share.value, default=share.value == form.share)
        for share, label in SHARES.items()
    ]
    return _labelled(
        tr("Can others read it in the recap?"),
        translated(form.seen_by),
        _select(SHARE, shares, 1, required=False),
    )


def _scale(form: Form, item: Item) -> ui.Label[ui.Modal]:
    """An item of a scale: its numbers, and that one cannot tell."""
    picked = {key: number for key, _, number in (pick.partition("=") for pick in form.picks)}
    options = [
        discord.SelectOption(
            label=n,
            value=n,
            description=short(item.anchors.get(n, ""), HELP) or None,
            default=picked.get(item.key) == n,
        )
        for n in form.numbers
    ]
    unsure = discord.SelectOption(
        label=tr("can't tell"), value=UNSURE, default=picked.get(item.key) == UNSURE
    )
    return _labelled(item.label, item.question, _select(item.key, [*options, unsure], 1, required=False))


def _field(form: Form, field: Field) -> ui.Label[ui.Modal]:
    """A field of words, or one with options to choose from."""
    required = not (field.optional or field.later)
    text = form.texts.get(field.key, "")
    if not field.options:
        box = _text_input(field.key, text, field.max_chars, required=required)
        return _labelled(field.label, field.help or translated(form.seen_by), box)
    chosen = text.split(",")
    options = [
        discord.SelectOption(label=short(o.label, HELP), value=o.key, default=o.key in chosen)
        for o in field.options[:OPTIONS]
    ]
    select = _select(field.key, options, len(options) if field.many else 1, required=required)
    return _labelled(field.label, field.help, select)


def _labelled(label: str, help: str, component: Any) -> ui.Label[ui.Modal]:
    """A question over its box; what is too long for the label stands under it."""
    fits = len(label) <= TITLE
    below = help if fits else f"{label} {help}"
    return ui.Label(
        text=short(label, TITLE), description=short(below.strip(), HELP) or None, component=component
    )


def _select(
    id: str, options: list[discord.SelectOption], most: int, *, required: bool
) -> ui.Select[ui.Modal]:
    return ui.Select(
        custom_id=id, options=options, min_values=1 if required else 0, max_values=most, required=required
    )


def parse_submission(components: Sequence[Mapping[str, Any]], form: Form) -> Submission:
    """The answers in the payload of a submitted form."""
    submission = Submission()
    picks: list[str] = []
    items = {item.key for item in form.items}
    for label in components:
        input: Mapping[str, Any] = label.get("component") or next(iter(label.get("components") or [{}]), {})
        key = str(input.get("custom_id", ""))
        values = input.get("values")
        answer = ",".join(values) if values is not None else str(input.get("value") or "")
        if key == ANONYMOUS:
            submission.anonymous = answer == "yes"
        elif key == SHARE:
            submission.share = answer
        elif key in items:
            picks += [f"{key}={answer}"] if answer else []
        else:
            submission.fields[key] = answer
    submission.picks = tuple(picks) if form.items else None
    return submission
