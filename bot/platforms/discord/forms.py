"""What a step asks, as forms (modals) of Discord, and what came back in them.

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
from bot.core.model.script import Field, Item
from bot.core.steps.scale_statistics import UNSURE
from bot.core.text.messages import N_, tr
from bot.core.views.participant import Form
from bot.platforms.discord.components import short
from bot.platforms.discord.ids import tap

INPUTS = 5  # of a form
LONG_INPUTS = 2
LONG = 300  # characters from which an answer gets a box of several lines
TITLE = 45
HELP = 100
OPTIONS = 25
ANONYMOUS = "anonymous?"  # no key of a field has such a name
SHARE = "share?"

SHARES = {
    Share.NO: N_("Not in the recap"),
    Share.ANONYMOUS: N_("In the recap, without my name"),
    Share.NAME: N_("In the recap, under my name"),
}

Input = Field | Item | str  # a str is one of the two questions of our own


@dataclass
class Answered:
    """What came back: words by field, taps, and the two questions of our own."""

    fields: dict[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] | None = None
    anonymous: bool = False
    share: str = ""


def pages(form: Form) -> list[tuple[Input, ...]]:
    """What a step asks, in pages: first what is asked for while time runs, then the invitations."""
    if form.items:
        return _cut(form.items)
    now = [each for each in form.fields if not each.later]
    own = [name for name, asked in ((ANONYMOUS, form.anonymous_allowed), (SHARE, form.ask_share)) if asked]
    later = [each for each in form.fields if each.later]
    return [*_cut([*now, *own]), *_cut(later)] if now else _cut([*later, *own])


def _cut(inputs: Sequence[Input]) -> list[tuple[Input, ...]]:
    found: list[list[Input]] = []
    long = 0
    for each in inputs:
        is_long = isinstance(each, Field) and not each.options and each.max_chars > LONG
        if not found or len(found[-1]) == INPUTS or (is_long and long == LONG_INPUTS):
            found.append([])
            long = 0
        found[-1].append(each)
        long += is_long
    return [tuple(page) for page in found]


def modal(form: Form, session: str, number: int) -> ui.Modal:
    """One page of a step, with what the person holds already."""
    there = pages(form)
    place = f" ({tr('{n} of {total}', n=number + 1, total=len(there))})" if len(there) > 1 else ""
    made = ui.Modal(
        title=short(form.title, TITLE - len(place)) + place,
        custom_id=tap("sent", session, form.step, str(number)),
    )
    for each in there[number]:
        made.add_item(_asked(form, each))
    made.stop()  # it is not kept in memory: what comes back says itself what it answers
    return made


def change(title: str, label: str, text: str, most: int, id: str) -> ui.Modal:
    """One field of something written earlier, to be changed."""
    box: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="text",
        default=text[:4000],
        max_length=min(most, 4000),
        style=discord.TextStyle.paragraph if most > LONG else discord.TextStyle.short,
    )
    made = ui.Modal(title=short(title, TITLE), custom_id=id)
    made.add_item(_labelled(label, "", box))
    made.stop()
    return made


def _asked(form: Form, each: Input) -> ui.Label[ui.Modal]:
    if isinstance(each, Item):
        parted = [pick.partition("=") for pick in form.picks]
        held = {item: said for item, _, said in parted}
        options = [
            discord.SelectOption(
                label=n,
                value=n,
                description=short(each.anchors.get(n, ""), HELP) or None,
                default=held.get(each.key) == n,
            )
            for n in form.numbers
        ]
        unsure = discord.SelectOption(
            label=tr("can't tell"), value=UNSURE, default=held.get(each.key) == UNSURE
        )
        return _labelled(each.label, each.question, _select(each.key, [*options, unsure], 1, required=False))
    if each == ANONYMOUS:
        choices = [
            discord.SelectOption(label=tr("With my name"), value="no", default=True),
            discord.SelectOption(label=tr("Without my name"), value="yes"),
        ]
        return _labelled(tr("How is it shown?"), form.seen_by, _select(ANONYMOUS, choices, 1, required=False))
    if each == SHARE:
        shares = [
            discord.SelectOption(label=tr(label), value=share.value, default=share.value == form.share)
            for share, label in SHARES.items()
        ]
        return _labelled(
            tr("May others read it in the recap?"), form.seen_by, _select(SHARE, shares, 1, required=False)
        )
    assert isinstance(each, Field)
    must = not (each.optional or each.later)
    text = form.texts.get(each.key, "")
    if each.options:
        held_keys = text.split(",")
        options = [
            discord.SelectOption(label=short(o.label, HELP), value=o.key, default=o.key in held_keys)
            for o in each.options[:OPTIONS]
        ]
        return _labelled(
            each.label, each.help, _select(each.key, options, len(options) if each.many else 1, required=must)
        )
    box: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=each.key,
        default=text[:4000] or None,
        required=must,
        max_length=min(each.max_chars, 4000),
        style=discord.TextStyle.paragraph if each.max_chars > LONG else discord.TextStyle.short,
    )
    return _labelled(each.label, each.help or form.seen_by, box)


def _labelled(label: str, help: str, component: Any) -> ui.Label[ui.Modal]:
    """A question over its box: what is too long for the label stands under it."""
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


def came_back(components: Sequence[Mapping[str, Any]], form: Form) -> Answered:
    """What somebody sent, from the payload of the submitted form."""
    found = Answered()
    picks: list[str] = []
    items = {item.key for item in form.items}
    for each in components:
        held: Mapping[str, Any] = each.get("component") or next(iter(each.get("components") or [{}]), {})
        key = str(held.get("custom_id", ""))
        values = held.get("values")
        said = ",".join(values) if values is not None else str(held.get("value") or "")
        if key == ANONYMOUS:
            found.anonymous = said == "yes"
        elif key == SHARE:
            found.share = said
        elif key in items:
            picks += [f"{key}={said}"] if said else []
        else:
            found.fields[key] = said
    found.picks = tuple(picks) if form.items else None
    return found
