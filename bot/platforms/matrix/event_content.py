"""Our posts as Matrix messages: a plain body, the same as HTML, commands as they are typed here."""

from __future__ import annotations

import re
from typing import Any

from bot.commands import BY_NAME
from bot.core.platform import File, Post
from bot.render.html import html

TRY = "workshop try"  # takes place on a page
MARK = "!"  # clients keep lines that begin with / for themselves
LOUD = frozenset({"prompt", "notice", "look", "offer", "report", "entrusted", "question"})
_LITERAL = re.compile("(\u2068.*?\u2069)", re.DOTALL)
_FIRST = "|".join(sorted({name.partition(" ")[0] for name in BY_NAME}, key=len, reverse=True))
_COMMAND = re.compile(rf"(?<![\w/:.])/(?=(?:{_FIRST})\b)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def typed(text: str) -> str:
    """Our commands with the mark that people type here; what people wrote is left as it is."""
    parts = _LITERAL.split(text)
    return "".join(part if n % 2 else _COMMAND.sub(MARK, part) for n, part in enumerate(parts))


def content(post: Post, address: str = "") -> dict[str, Any]:
    """A message event's content. Nobody is mentioned by what people wrote: `m.mentions` is always given.

    `address` is that of the web room, for what only a page can do.
    """
    text = post.text
    hands = [
        f"{button.label}: {address}/try"
        if button.command == TRY
        else f"{button.label}: **/{button.command}**"
        for button in post.buttons
        if address or button.command != TRY
    ]
    if hands:
        text += "\n\n" + " · ".join(hands)
    text = typed(text)
    return {
        "msgtype": "m.text" if post.ping or post.kind in LOUD else "m.notice",
        "body": plain(text),
        "format": "org.matrix.custom.html",
        "formatted_body": str(html(text)),
        "m.mentions": {"room": True} if post.ping else {},
    }


def filed(post: Post, file: File) -> dict[str, Any]:
    """The content of a message with a file, but for where the file is. A picture's body is its twin in words."""
    info: dict[str, Any] = {"mimetype": file.media, "size": len(file.data)}
    if file.wide:
        info |= {"w": file.wide, "h": file.high}
    if file.media.startswith("image/"):
        return {"msgtype": "m.image", "body": plain(typed(post.text)), "info": info, "m.mentions": {}}
    return {
        "msgtype": "m.video" if file.media.startswith("video/") else "m.file",
        "body": plain(typed(post.text)),
        "filename": file.name,
        "info": info,
        "m.mentions": {},
    }


def plain(text: str) -> str:
    """The text twin: our bold without its stars; people's words are theirs, with the marks around them."""
    parts = _LITERAL.split(text)
    return "".join(part if n % 2 else _BOLD.sub(r"\1", part) for n, part in enumerate(parts))


def changed(message: str, made: dict[str, Any]) -> dict[str, Any]:
    """The content of an edit of one of our messages."""
    return {
        "msgtype": made["msgtype"],
        "body": f"* {made['body']}",
        "format": made["format"],
        "formatted_body": f"* {made['formatted_body']}",
        "m.mentions": {},
        "m.new_content": made,
        "m.relates_to": {"rel_type": "m.replace", "event_id": message},
    }


def in_thread(root: str, made: dict[str, Any]) -> dict[str, Any]:
    """The content of a message in the thread that hangs under `root`."""
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }
    return {**made, "m.relates_to": relation}
