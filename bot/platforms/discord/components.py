"""A message as Discord shows it: components, with people's words literal and nobody mentioned by accident."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import discord
from discord import ui

from bot.commands import BY_NAME
from bot.core.model.cards import Button
from bot.core.platform import Post
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.platforms.discord.ids import keyed, tap
from bot.render.attachments import PICTURE

TRY = "workshop try"  # takes place on a page
COLOUR = discord.Colour(0x3B6E8F)
TEXT = 4_000  # characters of all texts of one message (Discord, Message flags, IS_COMPONENTS_V2)
LABEL = 80
DESCRIPTION = 1_024  # of a picture, for those who do not see it
ROW = 5
NOBODY = discord.AllowedMentions.none()
FRAMED = frozenset({"prompt", "question", "notice", "closing"})
OWN = frozenset({"prompt", "question", "closing", "digest", "recap"})  # cards that lead to one's own words
_LITERAL = re.compile("\u2068(.*?)\u2069", re.DOTALL)
_MARKUP = re.compile(r"([\\*_~`|\[\]<>#:@])")
_LISTED = re.compile(r"^(\s*)([-+]|\d{1,9}(?=[.)]))", re.MULTILINE)
_FIRST = "|".join(sorted(map(re.escape, BY_NAME), key=len, reverse=True))
_COMMAND = re.compile(rf"(?<![\w/:.<`])/({_FIRST})\b")


def text(told: str, ids: Mapping[str, int] = {}) -> str:
    """Our Markdown in Discord's: commands that can be tapped (by their ids), people's words as they are."""
    parts = _LITERAL.split(told)
    drawn = "".join(literal(part) if n % 2 else _commands(part, ids) for n, part in enumerate(parts))
    if length(drawn) > TEXT:
        drawn = "".join(literal(part) if n % 2 else part for n, part in enumerate(parts))
    return drawn


def literal(said: str) -> str:
    """Somebody's words, with everything that Discord would make something of behind a backslash."""
    escaped = _MARKUP.sub(r"\\\1", said)
    return "\u2068" + _LISTED.sub(lambda m: f"{m[1]}\\{m[2]}", escaped) + "\u2069"


def _commands(ours: str, ids: Mapping[str, int]) -> str:
    def one(found: re.Match[str]) -> str:
        name = found[1]
        known = ids.get(name.partition(" ")[0])
        return f"</{name}:{known}>" if known else found[0]

    return _COMMAND.sub(one, ours)


def length(told: str) -> int:
    """Characters as Discord counts them: an emoji may be two."""
    return len(told.encode("utf-16-le")) // 2


def moment(at: datetime) -> str:
    """A time as everybody reads it in their own zone, and how far away it is (Discord, Message formatting)."""
    seconds = int(at.timestamp())
    return f"<t:{seconds}:f> (<t:{seconds}:R>)"


def short(told: str, most: int) -> str:
    """A label that fits; its whole stands in the text above it."""
    if length(told) <= most:
        return told
    while length(told) >= most:
        told = told[:-1]
    return told.rstrip() + "…"


def button(
    label: str, id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Button[ui.LayoutView]:
    """A button that means the same after any restart."""
    return ui.Button(label=short(label, LABEL), custom_id=id, style=style)


def rows(buttons: Sequence[ui.Button[ui.LayoutView]]) -> list[ui.ActionRow[ui.LayoutView]]:
    """Buttons, five in a row."""
    return [ui.ActionRow(*buttons[at : at + ROW]) for at in range(0, len(buttons), ROW)]


def made(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """These items as a message. It is not kept in memory: its buttons say themselves what they mean."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def view(
    post: Post,
    key: str,
    ids: Mapping[str, int],
    controls: Sequence[ui.Item[ui.LayoutView]] = (),
    address: str = "",
    mention: str = "",
) -> ui.LayoutView:
    """A post as a message: its text (which bears the key), its buttons, then what Discord adds to it."""
    if post.file is not None and post.kind == PICTURE:
        item = discord.MediaGalleryItem(
            f"attachment://{post.file.name}", description=short(post.text, DESCRIPTION)
        )
        return made(ui.MediaGallery(item, id=keyed(key)))
    told = text(post.text, ids)
    shown = ui.TextDisplay[ui.LayoutView](f"{mention}\n{told}" if mention else told, id=keyed(key))
    hands = rows([hand for each in post.buttons if (hand := _button(each, post.session, address))])
    items: list[ui.Item[ui.LayoutView]] = [shown, *hands, *controls]
    if post.file is not None:
        items.insert(1, ui.File(f"attachment://{post.file.name}"))
    if post.kind in FRAMED:
        return made(ui.Container(*items, accent_colour=COLOUR))
    return made(*items)


def with_more(view: ui.LayoutView, more: Sequence[ui.Item[ui.LayoutView]]) -> ui.LayoutView:
    """A message with something more under it."""
    for item in more:
        view.add_item(item)
    return view


def keys_of(message: discord.Message) -> list[int]:
    """The keys that a message of ours bears, in the ids of its texts."""
    found: list[int] = []
    for part in message.components:
        parts = part.children if isinstance(part, discord.Container) else [part]
        bearing = discord.TextDisplay | discord.MediaGalleryComponent
        found += [each.id for each in parts if isinstance(each, bearing) and each.id]
    return found


def attached(post: Post) -> list[discord.File]:
    """The file of a post, to be sent once; its description is for those who do not see it."""
    if post.file is None:
        return []
    return [
        discord.File(io.BytesIO(post.file.data), post.file.name, description=short(post.text, DESCRIPTION))
    ]


def _button(each: Button, session: str, address: str) -> ui.Button[ui.LayoutView] | None:
    if each.command == TRY:
        return (
            None
            if not address.startswith("http")
            else ui.Button(label=short(each.label, LABEL), url=f"{address}/try")
        )
    id = tap("go", session, each.command)
    return button(each.label, id) if id else None


def prompt_hands(
    session: str, step: str, *, form: bool, several: bool, one_by_one: bool
) -> list[ui.Item[ui.LayoutView]]:
    """What stands under a question: answer it, be asked piece by piece, let it go by, one's own words."""
    primary = discord.ButtonStyle.primary
    hands = []
    if form:
        hands.append(button(tr("Answer"), tap("form", session, step), primary))
        if several and not one_by_one:
            hands.append(button(tr(messages.ONE_BY_ONE), tap("go", session, "onebyone yes")))
        hands.append(button(tr("Pass"), tap("go", session, "pass")))
    hands.append(own_words(session))
    return [*rows(hands)]


def own_words(session: str) -> ui.Button[ui.LayoutView]:
    """The button that leads to what one wrote, for as long as the message is there."""
    return button(tr("My words"), tap("own", session))


def words_hands(session: str) -> list[ui.Item[ui.LayoutView]]:
    """What stands under one's own words."""
    return [*rows([button(tr("Change or share"), tap("hands", session))])]


def notice_hands(session: str) -> list[ui.Item[ui.LayoutView]]:
    """The ways in, under the notice."""
    return [
        *rows(
            [
                button(tr("Join"), tap("come", session, "join"), discord.ButtonStyle.primary),
                button(tr("Just read"), tap("come", session, "read")),
            ]
        )
    ]
