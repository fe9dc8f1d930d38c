"""Our small Markdown as HTML: paragraphs and their lines, lists, quotes, bold, emphasis, code. Everything else is text.

What stands between the isolate marks U+2068 and U+2069 is somebody's words: it is shown literally,
in a `<bdi>`, whatever it contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markupsafe import Markup

_LITERAL = re.compile("\u2068(.*?)\u2069", re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*\n]{0,80}[^\s*])?)\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\bhttps?://[^\s<>\"')]+[^\s<>\"').,;:!?]")


def inline(text: str) -> str:
    """One line: bold and links in our own words, participants' words as they are."""
    parts: list[str] = []
    at = 0
    for match in _LITERAL.finditer(text):
        parts.append(_ours(text[at : match.start()]))
        parts.append(f"<bdi>{escape(match[1])}</bdi>")
        at = match.end()
    parts.append(_ours(text[at:]))
    return "".join(parts)


def _ours(text: str) -> str:
    def link(match: re.Match[str]) -> str:
        return f'<a href="{match[0]}" rel="noopener noreferrer">{match[0]}</a>'

    marked = _CODE.sub(r"<code>\1</code>", escape(text)) if "`" in text else escape(text)
    marked = _BOLD.sub(r"<strong>\1</strong>", _LINK.sub(link, marked))
    return _EMPHASIS.sub(r"<em>\1</em>", marked)


def html(text: str) -> Markup:
    """A whole text as HTML."""
    return Markup("\n".join(_blocks(text)))  # noqa: S704  (every piece is escaped in `inline`)


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n{2,}", text.strip("\n")):
        lines = block.split("\n")
        kind, gathered, first = "", [""], 1
        gathered.clear()
        for line in lines:
            this, rest, number = _kind(line)
            if this != kind and gathered:
                yield _block(kind, gathered, first)
                gathered = []
            if not gathered:
                first = number
            kind = this
            gathered.append(rest)
        if gathered:
            yield _block(kind, gathered, first)


def _kind(line: str) -> tuple[str, str, int]:
    """The block that a line belongs to, its words, and its number if it has one: people type these numbers."""
    if line.startswith("- "):
        return "ul", line[2:], 1
    numbered = re.match(r"(\d{1,6})\. ", line)
    if numbered:
        return "ol", line[numbered.end() :], int(numbered[1])
    if line.startswith("> "):
        return "blockquote", line[2:], 1
    return "p", line, 1


def _block(kind: str, lines: list[str], first: int) -> str:
    if kind in ("ul", "ol"):
        items = "".join(f"<li>{inline(line)}</li>" for line in lines)
        start = f' start="{first}"' if kind == "ol" and first != 1 else ""
        return f"<{kind}{start}>{items}</{kind}>"
    body = "<br>".join(map(inline, lines))
    return f"<blockquote><p>{body}</p></blockquote>" if kind == "blockquote" else f"<p>{body}</p>"
