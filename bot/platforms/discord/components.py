"""Posts as messages of Discord: components, with people's words literal and nobody mentioned by accident."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import discord
from discord import ui

from bot.commands import BY_NAME, PAGES
from bot.core.commands.command import Shown
from bot.core.model.cards import Button
from bot.core.platform import Post
from bot.core.text import messages
from bot.core.text.wording import tr
from bot.platforms.discord.ids import component_id, custom_id
from bot.render.attachments import PICTURE

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


def discord_markdown(text: str, command_ids: Mapping[str, int] = {}) -> str:
    """Our Markdown in Discord's: commands that can be tapped (by their ids), people's words as they are."""
    parts = _LITERAL.split(text)
    linked = "".join(literal(part) if n % 2 else _linked(part, command_ids) for n, part in enumerate(parts))
    if length(linked) <= TEXT:
        return linked
    return "".join(literal(part) if n % 2 else part for n, part in enumerate(parts))


def literal(text: str) -> str:
    """Somebody's words, with a backslash before everything that is markup for Discord."""
    escaped = _MARKUP.sub(r"\\\1", text)
    return "\u2068" + _LISTED.sub(lambda m: f"{m[1]}\\{m[2]}", escaped) + "\u2069"


def _linked(text: str, command_ids: Mapping[str, int]) -> str:
    """Our text with each command as Discord links it (Discord, Message formatting, Slash Command)."""

    def link(command: re.Match[str]) -> str:
        first, _, rest = command[1].partition(" ")
        id = command_ids.get(first)
        if not id:
            return command[0]
        apart = (
            rest and Shown.REGISTERED not in BY_NAME[command[1]].shown
        )  # /help, and what one says after it
        return f"</{first}:{id}> {rest}" if apart else f"</{command[1]}:{id}>"

    return _COMMAND.sub(link, text)


def length(text: str) -> int:
    """Characters as Discord counts them: an emoji may be two."""
    return len(text.encode("utf-16-le")) // 2


def moment(at: datetime) -> str:
    """A moment in everybody's own time zone, and how far away it is (Discord, Message formatting)."""
    seconds = int(at.timestamp())
    return f"<t:{seconds}:f> (<t:{seconds}:R>)"


def short(text: str, limit: int) -> str:
    """A text of at most so many characters; what is cut off stands in full elsewhere in the message."""
    if length(text) <= limit:
        return text
    while length(text) >= limit:
        text = text[:-1]
    return text.rstrip() + "…"


def button(
    label: str, id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Button[ui.LayoutView]:
    """A button that means the same after any restart."""
    return ui.Button(label=short(label, LABEL), custom_id=id, style=style)


def rows(buttons: Sequence[ui.Button[ui.LayoutView]]) -> list[ui.ActionRow[ui.LayoutView]]:
    """Buttons in rows of five."""
    return [ui.ActionRow(*buttons[at : at + ROW]) for at in range(0, len(buttons), ROW)]


def layout(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """These items as a message. It is not kept in memory: its buttons say themselves what they mean."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def view(
    post: Post,
    key: str,
    command_ids: Mapping[str, int],
    controls: Sequence[ui.Item[ui.LayoutView]] = (),
    address: str = "",
) -> ui.LayoutView:
    """A post as a message: its text (which bears the key), its buttons, then the controls that Discord adds.

    Args:
        address: of the web room, for buttons that lead there.
    """
    if post.file is not None and post.kind == PICTURE:
        picture = discord.MediaGalleryItem(
            f"attachment://{post.file.name}", description=short(post.text, DESCRIPTION)
        )
        return layout(ui.MediaGallery(picture, id=component_id(key)))
    text = ui.TextDisplay[ui.LayoutView](discord_markdown(post.text, command_ids), id=component_id(key))
    buttons = [shown for button in post.buttons if (shown := _button(button, post.session, address))]
    items: list[ui.Item[ui.LayoutView]] = [text, *rows(buttons), *controls]
    if post.file is not None:
        items.insert(1, ui.File(f"attachment://{post.file.name}"))
    if post.kind in FRAMED:
        return layout(ui.Container(*items, accent_colour=COLOUR))
    return layout(*items)


def with_more(view: ui.LayoutView, more: Sequence[ui.Item[ui.LayoutView]]) -> ui.LayoutView:
    """A message with more items under it."""
    for item in more:
        view.add_item(item)
    return view


def keys_of(message: discord.Message) -> list[int]:
    """The keys that a message of ours bears, in the ids of its texts and pictures."""
    keys: list[int] = []
    for component in message.components:
        parts = component.children if isinstance(component, discord.Container) else [component]
        bearing = discord.TextDisplay | discord.MediaGalleryComponent
        keys += [part.id for part in parts if isinstance(part, bearing) and part.id]
    return keys


def attached(post: Post) -> list[discord.File]:
    """The file of a post, to be sent once; its description is for people who do not see it."""
    if post.file is None:
        return []
    return [
        discord.File(io.BytesIO(post.file.data), post.file.name, description=short(post.text, DESCRIPTION))
    ]


def _button(drawn: Button, session: str, address: str) -> ui.Button[ui.LayoutView] | None:
    if drawn.command in PAGES:
        if not address.startswith("http"):
            return None
        return ui.Button(label=short(drawn.label, LABEL), url=f"{address}/{PAGES[drawn.command]}")
    id = custom_id("go", session, drawn.command)
    return button(drawn.label, id) if id else None


def prompt_controls(
    session: str, step: str, *, form: bool, several: bool, one_by_one: bool, pairs: bool = False
) -> list[ui.Item[ui.LayoutView]]:
    """The controls under a question: answer it, part by part, skip it, change partners, see one's own answers."""
    primary = discord.ButtonStyle.primary
    buttons = []
    if form:
        buttons.append(button(tr("Answer"), custom_id("form", session, step), primary))
        if several and not one_by_one:
            buttons.append(
                button(tr(messages.ONE_BY_ONE), custom_id("go", session, "my settings one-by-one yes"))
            )
        buttons.append(button(tr("Skip"), custom_id("go", session, "skip")))
    if pairs:
        buttons.append(button(tr("Change partner"), custom_id("go", session, "partner")))
    buttons.append(own_words(session))
    return [*rows(buttons)]


def panel_controls(session: str, lines: int) -> list[ui.Item[ui.LayoutView]]:
    """The control under the panel of hosts: all that was said, in pages."""
    if not lines:
        return []
    return [*rows([button(tr("All answers ({n})", n=lines), custom_id("said", session, "-1"))])]


def own_words(session: str) -> ui.Button[ui.LayoutView]:
    """The button that leads to what one wrote, for as long as the message is there."""
    return button(tr("My answers"), custom_id("own", session))


def own_words_controls(session: str) -> list[ui.Item[ui.LayoutView]]:
    """The control under one's own words."""
    return [*rows([button(tr("Edit or share"), custom_id("hands", session))])]


def notice_controls(session: str) -> list[ui.Item[ui.LayoutView]]:
    """The ways in, under the notice."""
    return [
        *rows(
            [
                button(tr("Join"), custom_id("come", session, "join"), discord.ButtonStyle.primary),
                button(tr("Just follow along"), custom_id("come", session, "read")),
                button(tr("Privacy details"), custom_id("go", session, "help details")),
            ]
        )
    ]
