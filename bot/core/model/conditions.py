"""The small language of `when`: whether a step is asked, from what the session already knows.

    people >= 16 and mode == "live"
    top("gut") == "changing" or share("gut", "pass") > 0.5
    answered("story") >= 3 and not setting == "many_communities"

Numbers, quoted words, `and or not`, comparisons, the names and the functions below; nothing else, and
nothing is ever executed: the text is read as a tree (Python's own grammar) and the tree is walked.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache

NAMES = ("people", "reading", "mode", "setting", "version")
# name -> what its arguments are
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "answered": ("step",),  # how many people have answered it
    "share": ("step", "option"),  # which part of those who tapped chose it, from 0 to 1
    "top": ("step",),  # the option that most chose, each of them if they tie; "" if there is none
    "median": ("step", "item"),  # of a scale; 0 if nobody could tell
}


def _same(one: object, other: object) -> bool:
    sides = (each if isinstance(each, tuple) else (each,) for each in (one, other))
    return bool(set(next(sides)) & set(next(sides)))


_COMPARE: Mapping[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: _same,
    ast.NotEq: lambda one, other: not _same(one, other),
    ast.Lt: operator.lt,  # type: ignore[dict-item]
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
}
LONGEST = 300

Value = str | float | bool | tuple[str, ...]  # several words where options tie: each of them is meant


@cache
def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ValueError("it cannot be read") from error


def names_of(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The functions that a condition calls, with their arguments.

    Raises:
        ValueError: says what cannot be understood.
    """
    calls: list[tuple[str, tuple[str, ...]]] = []
    _walk(_tree(text), calls)
    return tuple(calls)


def _walk(node: ast.expr, calls: list[tuple[str, tuple[str, ...]]]) -> str:
    """Check a part; returns "number", "text" or "truth"."""
    match node:
        case ast.BoolOp(values=values):
            for each in values:
                _walk(each, calls)
            return "truth"
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            _walk(inner, calls)
            return "truth"
        case ast.Compare(left=left, ops=ops, comparators=others):
            kinds = {_walk(each, calls) for each in (left, *others)}
            if len(kinds) > 1:
                raise ValueError("it compares a number with words")
            if any(type(op) not in _COMPARE for op in ops):
                raise ValueError("it compares with something other than ==, !=, <, <=, >, >=")
            return "truth"
        case ast.Constant(value=bool()):
            return "truth"
        case ast.Constant(value=str()):
            return "text"
        case ast.Constant(value=int() | float()):
            return "number"
        case ast.Name(id=name):
            if name not in NAMES:
                raise ValueError(f"there is no name {name}; there are {', '.join(NAMES)}")
            return "number" if name in ("people", "reading") else "text"
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            texts = [a.value for a in args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(texts) != len(args) or len(texts) != len(FUNCTIONS[name]):
                shape = ", ".join(f'"{each}"' for each in FUNCTIONS[name])
                raise ValueError(f"{name} is written {name}({shape})")
            calls.append((name, tuple(texts)))
            return "text" if name == "top" else "number"
        case ast.Call(func=ast.Name(id=name)):
            raise ValueError(f"there is no function {name}; there are {', '.join(FUNCTIONS)}")
        case _:
            raise ValueError("it holds something other than names, numbers, words and comparisons")


def holds(text: str, names: Mapping[str, Value], functions: Mapping[str, Callable[..., Value]]) -> bool:
    """True if a condition holds; an empty one does."""
    return not text or bool(_value(_tree(text), names, functions))


def _value(
    node: ast.expr, names: Mapping[str, Value], functions: Mapping[str, Callable[..., Value]]
) -> Value:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_value(each, names, functions) for each in values)
        case ast.BoolOp(values=values):
            return any(_value(each, names, functions) for each in values)
        case ast.UnaryOp(operand=inner):
            return not _value(inner, names, functions)
        case ast.Compare(left=left, ops=ops, comparators=others):
            found = [_value(each, names, functions) for each in (left, *others)]
            return all(
                _COMPARE[type(op)](one, other) for op, one, other in zip(ops, found, found[1:], strict=False)
            )
        case ast.Name(id=name):
            return names[name]
        case ast.Call(func=ast.Name(id=name), args=args):
            return functions[name](*(a.value for a in args if isinstance(a, ast.Constant)))
        case ast.Constant(value=held):
            return held  # type: ignore[return-value]
        case _:
            raise AssertionError(node)  # `names_of` lets nothing else through
