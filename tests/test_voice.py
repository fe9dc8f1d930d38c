"""How the product speaks, as far as a machine can hear it: words that it doesn't use, and how long a sentence may be.

Short words are no guarantee of a plain sentence, so this looks for idiom: pictures, riddles, one word for six things. `FORBIDDEN` is the
table, `faults` reads one text by it, and each part of the product that people read has its tests below.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
import yaml

from bot.authoring.template import seedling
from tests.render import catalogues

ROOT = Path(__file__).parents[1]

#: What isn't said: the name of the fault, what finds it (upper and lower case alike), and what is said instead.
FORBIDDEN: dict[str, tuple[str, str]] = {
    "-body": (r"\b(some|any|every)body\b", "someone, anyone, everyone"),
    "whoever": (r"\bwhoever\b", "who, anyone who"),
    "whom": (r"\bwhom\b", "who"),
    "one's": (r"\bone['’]s\b", "your"),
    "taken": (r"(?:^|[.!?✓] )taken\b[.:;!]?(?= |$)", "Got it. (an answer) or Saved. (a choice)"),
    "stand": (
        r"(?<!where you )(?<!where we )(?<!where i )(?<!do you )(?<!you to )\bstands?\b(?! for\b)",
        "is, is shown, you'll find",
    ),
    "door": (r"\bdoors?\b", "join, lock, the lobby"),
    "house": (r"\bhouses?\b", "your Storycircle; installation"),
    "companion": (r"\bcompanions?\b", "co-host"),
    "sign": (
        r"\b(?:a|an|the|no|one|your|my|its|this|that|of|with|first|small|any|each) signs?\b|\bsigns:",
        "reaction; how you'll notice",
    ),
    "spread": (r"\bspread(?:s|ing)?\b", "results; range; you have 3 dots"),
    "film": (r"\bfilm(?:s|ed|ing)?\b", "video"),
    "weave": (r"\bweav(?:e|es|ing)\b|\bwoven?\b", "theme"),
    "nod": (r"\bnod(?:s|ded|ding)?\b", "approve"),
    "mend": (r"\bmend(?:s|ed|ing)?\b", "fix"),
    "anew": (r"\banew\b", "again"),
    "tap": (r"\btap(?:s|ped|ping)?\b", "pick (an option), rate (a scale), press (a button)"),
    "yours to say": (r"\byours to say\b", "it's up to you"),
    "say so": (r"\b(?:say|says|said) so\b", "say what is to be said"),
    "as it would be": (r"\bas it would be\b", "a preview"),
    "what is kept": (r"\bwhat(?: is|'s|’s) kept\b", "what I save"),
    "turn up": (r"\bturn(?:s|ed|ing)? up\b", "show up for; RSVP, going"),
    "by hand": (r"\bby hand\b", "yourself; give"),
    "beside a call": (r"\bbeside a call\b", "during a call"),
    "over days": (r"\bover days\b", "over several days"),
    "also when": (r", also (?:when|if)\b", "even if, or a sentence of its own"),
    "semicolon": (r";", "two sentences"),
    "such as twice": (r"\bsuch as\b.*\bsuch as\b", "one example"),
    "uncontracted": (
        r"(?<!where )(?<!who )(?<!what )(?<!how )(?<!as )\b(?:it|there|here) is (?!that\b)(?!for\b)(?!by\b)(?=\w)"
        r"|\b(?:do|does|did|is|are|was|were|would|could|should|has|have) not\b|\bcannot\b",
        "it's, don't, can't: as people talk",
    ),
    "maxim": (r"\bnot only\b", "say both"),
    "British": (
        r"\b\w*(?:recogni|organi|apologi|reali|summari|personali|synchroni|emphasi)s(?:e|es|ed|ing|ation|ations)\b"
        r"|\b(?:colou?r(?<=colour)|neighbour|favour|behaviour|honour|labour)\w*|\b(?:learnt|whilst|cancelled|centre|programme|licence|saviour)\b",
        "American spelling",
    ),
}

_FOUND = {name: re.compile(found, re.IGNORECASE | re.DOTALL) for name, (found, _) in FORBIDDEN.items()}
#: What is no English: addresses, code, placeholders and tags of HTML. Their letters are of no interest here.
_NOT_READ = re.compile(r"https?://\S+|`[^`]*`|\{[^{}]*\}|%\(\w+\)s|<[^<>]+>|&#?\w+;")


def faults(text: str, allowed: Collection[str] = ()) -> list[str]:
    """What is wrong with one text that people read: a line for each row of `FORBIDDEN` that it goes against, but those `allowed`."""
    read = " ".join(_NOT_READ.sub("…", text).split())
    return [
        f"{name}: “{hit[0].strip()}” in “{read}”. Rather: {FORBIDDEN[name][1]}"
        for name, pattern in _FOUND.items()
        if name not in allowed and (hit := pattern.search(read))
    ]


def words_of(text: str) -> int:
    """How many words a reader reads; a placeholder counts as one, a list's dash as none."""
    return sum(1 for word in _NOT_READ.sub("x", text).split() if any(letter.isalnum() for letter in word))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Somebody here goes by that name already.", "-body"),
        ("Ask whoever told you.", "whoever"),
        ("Taken. You can change it.", "taken"),
        ("✓ Taken. You can change it.", "taken"),
        ("Your name stands with it in the recap.", "stand"),
        ("Answer a card with a sign.", "sign"),
        ("Nobody sees what you tap.", "tap"),
        ("A number is about the pattern; never about a person.", "semicolon"),
        ("That stays, also when it is late.", "also when"),
        ("It is a hope.", "uncontracted"),
        ("You cannot join.", "uncontracted"),
        ("Try it, such as 3 4, such as 5.", "such as twice"),
        ("Ines apologised for the colour.", "British"),
    ],
)
def test_a_fault_is_found(text: str, fault: str) -> None:
    assert fault in [line.split(":")[0] for line in faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Got it. You can edit or delete it in /my answers.",
        "Where do you stand this month?",
        "See the page at https://example.org/door;house and `/workshop companion`.",
        "The badge was taken back. Sign in again, or sign up.",
        "You say what it is. That's all it is.",
        "&lt;b&gt; is shown for {house}.",
        "I recognized her. Realized value, a color.",
    ],
)
def test_plain_sentences_have_no_fault(text: str) -> None:
    assert faults(text) == []


# The catalogue -------------------------------------------------------------------------------------------------------

# Sentences that may keep a word, and why.
EXCEPTIONS: dict[str, str] = {}
LONGEST_BUTTON = 20  # characters; voice.md, section 1
# A second command stands in these, because they list what there is.
SEVERAL_COMMANDS = ("Answer this one with numbers: /answer 2, or /answer 3 4 ? 2 for several.",)


def commands(text: str) -> int:
    """How many commands a sentence names."""
    return len(re.findall(r"(?<![\w/:.<\"])/[a-z]{2,}", text))


def catalogue() -> list[str]:
    """Every English sentence of the product."""
    forms = (
        message.id if message.pluralizable else (message.id,)
        for message in catalogues.read("de")
        if message.id
    )
    return [form for each in forms for form in each if not form.startswith(("[command]", "[part]"))]


def buttons() -> Iterator[tuple[str, str]]:
    """The labels of buttons, with the file of each."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Button", "button"):
                labels = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "label")]
                for label in labels:
                    for part in ast.walk(label):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            yield part.value, path.name
    for path in sorted((ROOT / "bot").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        for found in re.finditer(r'(?:<button[^>]*>\{\{ |order\("[^"]*", )_\("([^"]+)"\)', page):
            yield found[1], path.name


def test_no_sentence_has_a_word_that_was_given_up():
    found = {text: faults(text) for text in catalogue() if text not in EXCEPTIONS}
    assert not {text: why for text, why in found.items() if why}


def test_a_sentence_names_one_command_at_most():
    assert not [text for text in catalogue() if commands(text) > 1 and text not in SEVERAL_COMMANDS]


def test_a_button_is_short_and_has_no_full_stop():
    there = list(buttons())
    assert len(there) > 60
    assert not [(label, file) for label, file in there if len(label) > LONGEST_BUTTON or label.endswith(".")]


# The workshops that ship -----------------------------------------------------------------------------------------------

PROMPTS = ROOT / "prompts"
#: Keys whose values are names of things, for the machine.
_NAMES = frozenset(
    [
        "id",
        "key",
        "kind",
        "earn",
        "attach",
        "by",
        "prefill",
        "options_from",
        "cards_from",
        "language",
        "frameworks",
        "parts",
        "from",
        "to",
        "pictures",
        "short",
        "setting",
    ]
)
#: The most words of a text, by the key that it has in a workshop file. What isn't here may have as many as an option: `LABEL`.
MOST_WORDS = {
    "say": 50,  # and an example of 30 more
    "if_few": 50,
    "about": 50,
    "agreements": 50,
    "say_again": 20,
    "host_notes": 25,
    "host_card": 25,
    "rescue_lines": 25,
    "next_steps": 25,
    "statements": 20,
    "glossary": 20,
    "line": 15,
    "question": 15,
    "ideas": 15,
    "title": 6,
    "role": 4,
    "credits": 60,
    "note": 60,
    "resources": 30,
}
LABEL = 12
EXAMPLE = 30
SENTENCE = 17  # words; most have fewer than ten

#: What a prompt may do all the same, and why.
ALLOWED = {
    "value-creation.support.say": (
        "questions",
        "three kinds of value, each named by its question; people answer one of them",
    ),
}


def _read(node: object, at: str, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text under a node of a workshop file: where it is, the key that says what it is, and the text."""
    if isinstance(node, dict):
        for name, below in node.items():
            if name in _NAMES:
                continue
            kind = key if key in ("rescue_lines", "glossary", "anchors") else str(name)
            yield from _read(below, f"{at}.{name}", kind)
    elif isinstance(node, list):
        for n, below in enumerate(node):
            name = below.get("id", below.get("key", n)) if isinstance(below, dict) else n
            yield from _read(below, at.removesuffix(".steps") + f".{name}", key)
    elif isinstance(node, str):
        yield at, key, node


def _texts() -> list[tuple[str, str, str]]:
    shipped = {file.stem: file.read_text(encoding="utf-8") for file in sorted(PROMPTS.rglob("*.yaml"))}
    shipped["demo"] = (ROOT / "bot/authoring/demo.yaml").read_text(encoding="utf-8")
    written = {"storycircle-new": seedling("mine", "Mine", 60)}
    return [text for name, file in (shipped | written).items() for text in _read(yaml.safe_load(file), name)]


def _too_long(key: str, text: str) -> Iterator[str]:
    """What is longer than a text with this key should be."""
    prompt, _, example = text.partition("For example:")
    most = MOST_WORDS.get(key, LABEL)
    if (count := words_of(prompt)) > most:
        yield f"words: {count} words, {most} at most"
    if (count := words_of(example)) > EXAMPLE:
        yield f"example: {count} words, {EXAMPLE} at most"
    if key in ("say", "if_few") and prompt.count("?") > 1:
        yield "questions: more than one"
    if key in ("credits", "note", "resources"):
        return
    for sentence in re.split(r"[.?!…](?=\s|$)|:\s|\n\s*\n|\n-", _NOT_READ.sub("x", text)):
        if (count := words_of(sentence)) > SENTENCE:
            yield f"sentence: {count} words in “{' '.join(sentence.split())}”"


TEXTS = _texts()


@pytest.mark.parametrize(("at", "key", "text"), TEXTS, ids=[at for at, _, _ in TEXTS])
def test_a_prompt_is_short_and_plain(at: str, key: str, text: str) -> None:
    allowed = ALLOWED.get(at, ("", ""))[0]
    assert faults(text) == []
    assert [fault for fault in _too_long(key, text) if not fault.startswith(f"{allowed}:")] == []


def test_every_exception_is_needed() -> None:
    texts = {at: (key, text) for at, key, text in TEXTS}
    for at, (name, _) in ALLOWED.items():
        assert name in [fault.split(":")[0] for fault in _too_long(*texts[at])], (
            f"{at} keeps to the rule: no exception is needed"
        )


def command_line() -> Iterator[tuple[str, str]]:
    """What the program prints and helps with, with the place of each."""
    for path in sorted((ROOT / "bot" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                "app." in ast.unparse(d) for d in node.decorator_list
            ):
                yield f"{path.name}:{node.lineno}", ast.get_docstring(node) or ""
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in SPEAKING:
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                        yield f"{path.name}:{part.lineno}", part.value


SPEAKING = (
    "echo",
    "Option",
    "Argument",
    "confirm",
    "prompt",
    "_stop",
)  # the functions that talk to operators


def test_the_command_line_has_no_word_that_was_given_up():
    said = dict.fromkeys(command_line())
    assert len(said) > 60
    found = [fault for _, text in said for fault in faults(text.replace("stands by", "waits"))]  # --stand-by
    assert not found
