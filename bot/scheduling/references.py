"""What a button is about: a plan, which of its occurrences, and how it stood when the button was made.

A press that comes twice, late or from an old card must not act on the next occurrence. So a button does not name the
plan alone, as somebody who types does, but carries a reference such as `abc2def@1m4kx.3`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.model.records import record
from bot.scheduling.plan import Plan, key_of

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(2020, 1, 1)
_MINUTE = timedelta(minutes=1)


@record
class Reference:
    """The plan that a button names; `occurrence` is empty where somebody typed the plan alone."""

    plan: str
    occurrence: str = ""
    sequence: int = 0
    version: int = 0  # of a draft, where the button names it


def _code(occurrence: str) -> str:
    minutes = (datetime.fromisoformat(occurrence) - _EPOCH) // _MINUTE
    digits = ""
    while minutes > 0:
        minutes, digit = divmod(minutes, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def refer(plan: Plan, occurrence: str = "") -> str:
    """The reference of a button to an occurrence of a plan, the next one if none is named; short, for Discord's ids."""
    about = occurrence or plan.occurrence
    return f"{plan.id}@{_code(about)}.{plan.sequence}" if about else plan.id


def refer_draft(plan: Plan) -> str:
    """The reference of a button to a draft as it is now."""
    return f"{plan.id}.{plan.version}"


def referred(named: str) -> Reference:
    """What a button or somebody who types names; what cannot be read is no plan's name."""
    draft, dot, version = named.strip().lower().partition(".")
    if dot and "@" not in draft and version.isdecimal():
        return Reference(plan=draft, version=int(version[:9]))
    key, at, rest = named.strip().lower().partition("@")
    code, _, sequence = rest.partition(".")
    if not at or not code.isascii() or not code.isalnum() or not sequence.isdecimal() or len(code) > 6:
        return Reference(plan=named.strip().lower())
    wall = _EPOCH + int(code, len(DIGITS)) * _MINUTE
    return Reference(plan=key, occurrence=key_of(wall), sequence=int(sequence[:9]))
