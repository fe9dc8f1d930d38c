"""People's words in a recap as a file are read back as they were typed, whatever Markdown or a spreadsheet knows."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.views.recap import recap
from bot.render.recap.exports import _quoted, as_csv, literal
from tests.support import Scene

RENDERER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
PLAIN = {"text", "softbreak", "hardbreak"}

letters = st.text(
    alphabet=st.sampled_from([*"\\`*_{}[]()<>#|~&@$^!-+=:;.,/'\"?%0123456789ab \t", "\n", "é", "雪"]),
    max_size=40,
)
CONSTRUCTS = [
    "# heading", "heading\n===", "heading\n---", "***", "- item", "+ item", "* item", "1. item", "12) item",
    "- [ ] task", "> quote", "    code", "\tcode", "```\ncode\n```", "~~~\ncode\n~~~", "`code`", "**strong**", "__strong__",
    "*em*", "_em_", "~~gone~~", "[text](http://x.example)", "[text][ref]\n\n[ref]: http://x.example", "![alt](a.png)",
    "<b>html</b>", "<http://x.example>", "<!-- gone -->", "&amp; &copy; &#65;", "| a | b |\n|---|---|\n| 1 | 2 |",
    "a\\\nb", "a  \nb", "\\*", "[^1]\n\n[^1]: note", ": definition", "$x^2$", ":smile:", "@maya", "#12", "x\n-", "x\n=",
    "http://x.example www.x.example maya@x.example mailto:maya@x.example", "<script>alert(1)</script>", "---\na: b\n---",
]  # fmt: skip


def read(tokens: list[Token]) -> str:
    """The words of some tokens; a fault if anything but words stands among them."""
    words = []
    for token in tokens:
        for child in token.children or []:
            assert child.type in PLAIN, (child.type, child.content)
            words.append(child.content if child.type == "text" else "\n")
    return "".join(words)


def lines(text: str) -> list[str]:
    """What of a text can be seen: its lines, without the blanks around them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


@given(letters)
@settings(max_examples=400, deadline=None)
def test_a_quotation_is_one_quotation_of_plain_lines(text: str):
    tokens = RENDERER.parse(_quoted(text))
    kinds = {token.type for token in tokens}
    assert kinds <= {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline"}, (
        kinds
    )
    shown = "\n".join(read([token]) for token in tokens if token.type == "inline")
    assert lines(shown) == lines(text)


@pytest.mark.parametrize("text", CONSTRUCTS)
def test_no_construct_of_markdown_is_one_in_peoples_words(text: str):
    test_a_quotation_is_one_quotation_of_plain_lines.hypothesis.inner_test(text)
    test_a_line_in_a_list_stays_one_line.hypothesis.inner_test(text)


@given(letters)
@example("- [x] a")
@settings(max_examples=400, deadline=None)
def test_a_line_in_a_list_stays_one_line(text: str):
    tokens = RENDERER.parse(f"- {literal(text)}")
    kinds = [token.type for token in tokens]
    assert set(kinds) <= {
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
        "paragraph_open", "paragraph_close", "inline",
    }  # fmt: skip
    assert kinds.count("list_item_open") == 1
    assert read(tokens).split() == text.split()


@pytest.mark.parametrize(
    "text",
    ["http://x.example", "https://x.example/a?b", "www.x.example", "maya@x.example", "mailto:m@x.example"],
)
def test_an_address_is_broken_for_renderers_that_make_links_of_addresses(text: str):
    shown = literal(text)
    assert text not in shown and read(RENDERER.parse(shown)) == text


async def test_a_spreadsheet_reads_the_accents_of_the_csv(scene: Scene):
    await scene.gathered("Zoë")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    made = as_csv(recap(scene.script, await scene.session()))
    assert made.encode().startswith(codecs.BOM_UTF8) and made.count("\ufeff") == 1
