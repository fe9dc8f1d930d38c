"""The catalogues: the bot's own words in the languages that it speaks (gettext, made by `scripts/words`)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache, partial
from gettext import NullTranslations, translation
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from jinja2 import Environment

from bot.core.text import wording
from bot.core.text.dates import day, moment
from bot.core.text.wording import Sentence, ntr, speaking, tr

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "storycircle"


@cache
def catalogues() -> tuple[str, ...]:
    """The languages that the bot speaks, English first."""
    return ("en", *sorted(path.name for path in LOCALE.iterdir() if (path / "LC_MESSAGES").is_dir()))


@cache
def catalogue(language: str) -> NullTranslations:
    """The words of a language, or of the language that it is a kind of (`de` for `de-AT`); English if there is none."""
    code = language.replace("-", "_")
    return translation(DOMAIN, LOCALE, [code, code.partition("_")[0]], fallback=True)


def translated(item: str | Sentence | Sequence[Sentence], joint: str = " ") -> str:
    """Sentences in the language that is being spoken, with `joint` between them; text stays as it is."""
    if isinstance(item, str):
        return item
    if not isinstance(item, Sentence):
        return joint.join(map(translated, item))
    values = {
        name: translated(value) if isinstance(value, Sentence) else value
        for name, value in item.values.items()
    }
    return ntr(item.key, item.plural, item.n, **values) if item.plural else tr(item.key, **values)


def in_a_row(items: Sequence[str]) -> str:
    """Things one after the other as they are said: “Ben and Dee”, in the language that is being spoken."""
    code = wording.language().replace("-", "_")
    return format_list(list(items), style="standard", locale=code)


def either(items: Sequence[str]) -> str:
    """Things of which one is to be chosen: “Ben or Dee”, in the language that is being spoken."""
    return format_list(list(items), style="or", locale=wording.language().replace("-", "_"))


def speak(env: Environment) -> None:
    """Let templates speak: `_`, `{% trans %}`, and dates in the language that is being spoken."""
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(tr, ntr, newstyle=True)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals["language"] = wording.language
    env.filters["moment"] = moment
    env.filters["translated"] = translated
    env.filters["day"] = day
    env.filters["in_a_row"] = in_a_row


def spoken(language: str) -> AbstractContextManager[None]:
    """Draw in this language inside the block."""
    code = language or "en"
    return speaking(code, catalogue(code), partial(_dated, code.replace("-", "_")))


def _dated(locale: str, at: datetime, form: str) -> str:
    if locale == "en":
        return at.strftime(form)
    if form == wording.DAY_OF_YEAR:
        return format_date(at, "long", locale=locale)
    return format_datetime(at, "EEE d MMM, HH:mm" if form == wording.WEEK else "d MMM, HH:mm", locale=locale)
