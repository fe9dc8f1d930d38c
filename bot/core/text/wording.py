"""The wording of our sentences: in the language that is being spoken, when it is drawn and not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from datetime import datetime
from gettext import NullTranslations

from bot.core.model.masked_count import SMALL, MaskedCount
from bot.core.model.records import record

Dated = Callable[[datetime, str], str]  # a moment, and one of the forms below
WEEK, MOMENT, DAY_OF_YEAR = "%a %d %b, %H:%M", "%d %b, %H:%M", "%d %B %Y"

_speaking: ContextVar[tuple[str, NullTranslations, Dated]] = ContextVar(
    "_speaking", default=("en", NullTranslations(), datetime.strftime)
)


def tr(text: str, /, **values: object) -> str:
    """A sentence of ours in the language that is being spoken, with what stands for its {names}.

    English if the catalogue does not have it.
    """
    sentence = _speaking.get()[1].gettext(text)
    return sentence.format(**values) if values else sentence


def ntr(one: str, many: str, n: int, /, **values: object) -> str:
    """The form of a sentence that fits the number {n}; of a number that is not said, the one for several."""
    form = SMALL if isinstance(n, MaskedCount) and n.few else n
    return _speaking.get()[1].ngettext(one, many, form).format(n=n, **values)


def dated(at: datetime, form: str) -> str:
    """A date in the language that is being spoken."""
    return _speaking.get()[2](at, form)


def language() -> str:
    """The code of the language that is being spoken."""
    return _speaking.get()[0]


_stamp: ContextVar[Callable[[datetime], str] | None] = ContextVar("_stamp", default=None)


def stamped(at: datetime) -> str:
    """A moment in the platform's own markup, which everybody reads in their zone; nothing if it has none."""
    stamp = _stamp.get()
    return stamp(at) if stamp else ""


@contextmanager
def stamping(stamp: Callable[[datetime], str] | None) -> Iterator[None]:
    """Draw times inside in the platform's own markup."""
    token = _stamp.set(stamp)
    try:
        yield
    finally:
        _stamp.reset(token)


@contextmanager
def speaking(code: str, catalogue: NullTranslations, dates: Dated) -> Iterator[None]:
    """Draw everything inside in this language: sentences by this catalogue, dates by this function."""
    token = _speaking.set((code, catalogue, dates))
    try:
        yield
    finally:
        _speaking.reset(token)


@record
class Sentence:
    """A sentence of ours that is not worded yet: its key in the catalogue, and what stands for its {names}.

    `values` may hold sentences again. With a `plural` key, `n` decides between the two forms and stands for {n}.
    """

    key: str
    plural: str = ""
    n: int = 0
    values: Mapping[str, object] = field(default_factory=dict)


def sentence(key: str, /, **values: object) -> Sentence:
    """A sentence to be worded when it is drawn."""
    return Sentence(key=key, values=values)


def counting(one: str, many: str, n: int, /, **values: object) -> Sentence:
    """A sentence about a number, to be worded when it is drawn."""
    return Sentence(key=one, plural=many, n=n, values=values)
