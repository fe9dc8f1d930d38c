"""YAML to plain data, with the place of every value, and with YAML's traps said in sentences."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bot.authoring.diagnostics import Fault, Mark, Path_
from bot.errors import ScriptError

LONGEST_FILE = 1_000_000  # characters; the three workshops have about 40,000 together
MOST_VALUES = 50_000  # after aliases; more is a file that wants to fill the memory
DEEPEST = 40
# Keys whose values people read, and keys of lists and mappings of such texts.
TEXTS = frozenset(
    {"title", "about", "say", "say_again", "say_async", "if_few", "host_notes", "label", "help", "agreements"}
    | {"help_text", "credits", "line", "question", "note", "expect", "do"}
)
LISTS = frozenset({"next_steps", "resources", "host_card", "rescue_lines", "glossary", "statements"})
_COMMENT = re.compile(r"[ \t]+(#[^\n]*)")


def read(text: str, name: str) -> tuple[Any, dict[Path_, Mark], list[Fault]]:
    """The data of a YAML text, where each value stands, and keys that are given twice.

    Raises:
        ScriptError: it is not YAML, with line, column and a way to mend it.
    """
    marks: dict[Path_, Mark] = {}
    faults: list[Fault] = []
    if len(text) > LONGEST_FILE:
        raise ScriptError(
            f"{name}:1:1: the file has {len(text):,} characters. A workshop fits into {LONGEST_FILE:,}."
        )
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = _Plain(text, marks, faults).of(node, ()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"this is not YAML: {error.problem}"
        problem = str(error.problem)
        if "mapping values are not allowed" in problem and _too_far_right(text, at):
            problem = "expected <block end>"  # YAML took the line for more of the text above it
        if "expected <block end>" in problem:
            what = "this is not YAML: the line is indented otherwise than those that it belongs to"
        fault = Fault(at, what, _hint(text, at, problem))
        raise ScriptError(fault.line(name)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ScriptError(f"{name}:1:1: this is not YAML: {error}.") from error
    except RecursionError as error:
        raise ScriptError(f"{name}:1:1: this is nested too deeply. A script needs six levels.") from error
    return raw, marks, faults


def _too_far_right(text: str, at: Mark) -> bool:
    """True if a line begins with a key, but further right than the key and its value just above it."""
    lines = text.split("\n")[: at[0]]
    key = re.match(r" *[\w-]+(?=:)", lines[-1])
    above = next((line for line in reversed(lines[:-1]) if line.strip()), "")
    pair = re.match(r"[ -]*(?=[\w-]+: *[^ \n#|>])", above)
    within = len(lines[-1]) - len(lines[-1].lstrip())
    return key is not None and key.end() == at[1] - 1 and pair is not None and within > pair.end()


def _hint(text: str, at: Mark, problem: str) -> str:
    lines = text.split("\n")
    line = lines[at[0] - 1] if at[0] <= len(lines) else ""
    if "\t" in line[: at[1]] or "\\t" in problem:
        return "Indent with spaces; YAML does not take tabs."
    if "mapping values are not allowed" in problem:
        return "There is a colon inside the text: put the whole text between quotes."
    if "but got '?'" in problem:
        return "Inside { } a question mark ends the text: put the text between quotes."
    if "alias" in problem:
        return "A word that begins with * means an anchor: put it between quotes."
    if "another document" in problem:
        return "Keep one workshop in a file; take out the line ---."
    if "tag" in problem:
        return "A word that begins with ! means a tag: put it between quotes."
    if "expected <block end>" in problem:
        return "Begin it as far to the right as the lines beside it; a list begins each entry with a dash."
    return "Look for a missing quote or a wrong indent."


class _Plain:
    def __init__(self, text: str, marks: dict[Path_, Mark], faults: list[Fault]) -> None:
        self.text, self.marks, self.faults, self.seen = text, marks, faults, 0

    def of(self, node: yaml.Node, path: Path_) -> Any:
        """Nodes to plain data, remembering where each value stood."""
        here = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.marks[path] = here
        self.seen += 1
        if self.seen > MOST_VALUES or len(path) > DEEPEST:
            problem = "it grows too large through its aliases, or is nested too deeply"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "a list as a key"
                at = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                if key in mapping:
                    self.faults.append(Fault(at, f"{key} is given twice here", "Keep one of them."))
                mapping[key] = self.of(value_node, (*path, key))
                self.marks[(*path, key)] = at
            return mapping
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, (*path, n)) for n, item in enumerate(node.value)]
        self._swallowed(node, path)
        found_scalar = yaml.SafeLoader("").construct_object(node)
        if isinstance(found_scalar, int) and ":" in node.value:
            return node.value  # YAML 1.1 would read 12:30 as 750
        return found_scalar

    def _swallowed(self, node: yaml.Node, path: Path_) -> None:
        """Warn of words that YAML takes for a comment, behind a text that people are to read."""
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        readable = key in TEXTS or (len(path) > 1 and path[0] in LISTS)
        if not (isinstance(node, yaml.ScalarNode) and node.style is None and readable):
            return
        comment = _COMMENT.match(self.text, node.end_mark.index)
        if comment:
            at = (node.start_mark.line + 1, node.start_mark.column + 1)
            what = f"“{_cut(comment[1])}” is a comment here, and nobody reads it"
            hint = "If it belongs to the text, put the whole text between quotes."
            self.faults.append(Fault(at, what, hint, grave=False))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
