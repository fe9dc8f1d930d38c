"""Our posts as the content of Matrix messages: a plain body, the same as HTML, commands as they are typed here."""

from __future__ import annotations

import re
from typing import Any

from bot.commands import BY_NAME, PAGES
from bot.core.platform import File, Post
from bot.core.text.quoting import clean
from bot.render.html import html

OFFERS = (
    "org.storycircle.replies"  # what a message of ours carries: the bare words that it offers, as commands
)
ASKS = "org.storycircle.asks"  # the same: that it asks something, so that what follows is an answer
MARK = "!"  # clients keep lines that begin with / for themselves
NAME = 80  # characters of a name
LOUD = frozenset({"prompt", "notice", "look", "offer", "report", "entrusted", "question"})
_LITERAL = re.compile("(\u2068.*?\u2069)", re.DOTALL)
_FIRST = "|".join(sorted({name.partition(" ")[0] for name in BY_NAME}, key=len, reverse=True))
_COMMAND = re.compile(rf"(?<![\w/:.])/(?=(?:{_FIRST})\b)")
_LINKING = re.compile(
    r"(?<=\w)[.:](?=\S)|[@#!](?=\w)"
)  # what clients take for an address, an account or a room
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def name_shown(name: str) -> str:
    """A display name as it may stand in a line of ours: one short line, and no part of it is a link or a mention."""
    return _LINKING.sub("\\g<0>\u2060", " ".join(clean(name).split())[:NAME])


def with_mark(text: str) -> str:
    """A text with our commands as people type them here; people's words stay as they are."""
    parts = _LITERAL.split(text)
    return "".join(part if n % 2 else _COMMAND.sub(MARK, part) for n, part in enumerate(parts))


def content(post: Post, address: str = "", replies: str = "") -> dict[str, Any]:
    """The content of a message with a post.

    `m.mentions` is always given, so that people's words mention nobody (Client-Server API, User and room mentions).

    Args:
        address: of the web room, for what only a page can do.
        replies: the sentence that names the words of its buttons; empty where the commands are shown.
    """
    text = post.text
    buttons = [
        f"{button.label}: {address}/{PAGES[button.command]}"
        if button.command in PAGES
        else f"{button.label}: **/{button.command}**"
        for button in post.buttons
        if (address and button.command in PAGES) or (not replies and button.command not in PAGES)
    ]
    if replies:
        text += f"\n\n{replies}"
    if buttons:
        text += "\n\n" + " · ".join(buttons)
    text = with_mark(text)
    return {
        "msgtype": "m.text" if post.ping or post.kind in LOUD else "m.notice",
        "body": plain(text),
        "format": "org.matrix.custom.html",
        "formatted_body": str(html(text)),
        "m.mentions": {"room": True} if post.ping else {},
    }


def file_content(post: Post, file: File) -> dict[str, Any]:
    """The content of a message with a file, but for where the file is. A picture's body describes it in words."""
    info: dict[str, Any] = {"mimetype": file.media, "size": len(file.data)}
    if file.wide:
        info |= {"w": file.wide, "h": file.high}
    if file.media.startswith("image/"):
        return {"msgtype": "m.image", "body": plain(with_mark(post.text)), "info": info, "m.mentions": {}}
    return {
        "msgtype": "m.video" if file.media.startswith("video/") else "m.file",
        "body": plain(with_mark(post.text)),
        "filename": file.name,
        "info": info,
        "m.mentions": {},
    }


def plain(text: str) -> str:
    """A text as a plain body: our bold without its asterisks; people's words stay as they are."""
    parts = _LITERAL.split(text)
    return "".join(part if n % 2 else _BOLD.sub(r"\1", part) for n, part in enumerate(parts))


def edit_content(message: str, new: dict[str, Any]) -> dict[str, Any]:
    """The content of an edit of one of our messages (Client-Server API, Event replacements)."""
    return {
        "msgtype": new["msgtype"],
        "body": f"* {new['body']}",
        "format": new["format"],
        "formatted_body": f"* {new['formatted_body']}",
        "m.mentions": {},
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": message},
    }


def in_thread(root: str, content: dict[str, Any]) -> dict[str, Any]:
    """A content as that of a message in the thread under `root` (Client-Server API, Threading)."""
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }
    return {**content, "m.relates_to": relation}
