"""Each picture in words: the same numbers, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from bot.core.model.masked_count import MaskedCount, Unsaid, size
from bot.core.steps.diagrams import Bars, Curve, Joined, Picture, Standing, Wheel
from bot.core.steps.scale_statistics import Measure
from bot.core.steps.value_map import ValueMap
from bot.core.text.messages import N_
from bot.core.text.wording import ntr, tr

SUGGESTION = N_("The numbers suggest: {what}. It's only a suggestion.")
FEW_NUMBERS = N_("too few numbers to show")  # none reads like one to three
NOT_SAID = N_("number not shown")  # of few people, of none, or of nearly all: each of these alike
SEVERAL = N_("several")
NONE_SAID = N_("No number is large enough to be shown.")
TOO_FEW = N_("There are too few answers to draw anything.")


def alt_text(picture: Picture) -> str:
    """Any picture in words."""
    match picture:
        case ValueMap():
            return _value_map(picture)
        case Measure():
            return _measure(picture)
        case Wheel():
            return _wheel(picture)
        case Standing():
            return _standing(picture)
        case Curve():
            return _curve(picture)
        case Bars():
            return _bars(picture)
        case Joined():
            return _joined(picture)
        case _:
            assert_never(picture)


def _value_map(value_map: ValueMap) -> str:
    if not value_map.stories:
        return tr("No one has told a story yet.")
    path = []
    for cycle in value_map.cycles:
        node = value_map.nodes.get(cycle.key)
        if node and cycle.row:
            hoped = f" ({tr('{n} hoped', n=value_map.shown(node.hoped))})" if node.hoped else ""
            path.append(f"{cycle.label} {value_map.shown(node.all)}{hoped}")
    beside = [
        tr("{what} named {n}", what=cycle.label, n=value_map.shown(value_map.nodes[cycle.key].all))
        for cycle in value_map.cycles
        if cycle.key in value_map.nodes and not cycle.row
    ]
    loops = value_map.loops.values()
    parts = [
        " → ".join(path),
        *([tr("loops back {n}", n=_sum(value_map, loops))] if any(loops) else []),
        *beside,
    ]
    if value_map.cost:
        parts.append(tr("it cost us {n}", n=_sum(value_map, value_map.cost.values())))
    return "; ".join(part for part in parts if part) + "."


def _sum(value_map: ValueMap, counts: Iterable[int]) -> str:
    """Several numbers as one; a sum from which one that is not said could be worked out is only bounded."""
    shown = [value_map.shown(n) for n in counts if n]
    if len(shown) > 1 and any(isinstance(n, MaskedCount) and n.few for n in shown):
        return tr("at least {n}", n=sum(1 if isinstance(n, MaskedCount) and n.few else n for n in shown))
    return str(shown[0] if len(shown) == 1 else sum(shown))


def _measure(measure: Measure) -> str:
    if not measure.shown:
        return tr(TOO_FEW)
    parts = []
    for measured in measure.items:
        if not measured.shown:
            parts.append(f"{measured.item.label}: {tr(FEW_NUMBERS)}")
            continue
        details = [ntr("{n} person", "{n} people", measured.n)]
        if measured.low != measured.high:
            details.append(tr("{low} to {high}", low=f"{measured.low:g}", high=f"{measured.high:g}"))
        if measured.unsure and not isinstance(measured.unsure, Unsaid):
            details.append(ntr("{n} can't tell", "{n} can't tell", measured.unsure))
        before = (measure.before or {}).get(measured.item.key)
        if before is not None:
            details.append(tr("before {number}", number=f"{before:g}"))
        parts.append(f"{measured.item.label} {measured.median:g} ({', '.join(details)})")
    return "; ".join(parts) + "."


def _wheel(wheel: Wheel) -> str:
    labels = {measured.item.key: measured.item.label for measured in wheel.measure.items}
    needs = {key: n for key, n in wheel.needs.items() if n and not isinstance(n, Unsaid)}
    wanted = sorted(needs, key=lambda key: -size(needs[key]))
    more = "; ".join(f"{labels[key]} {wheel.needs[key]}" for key in wanted if key in labels)
    return _measure(wheel.measure) + (f" {tr('Needs more: {list}.', list=more)}" if more else "")


def _standing(standing: Standing) -> str:
    if not standing.now:
        return tr(
            "On the curve that's ending: {old}. On the one that's starting: {new}. In between: {between}.",
            old=", ".join(s.label for s in standing.stations if s.group == "old"),
            new=", ".join(s.label for s in standing.stations if s.group == "new"),
            between=", ".join(s.label for s in standing.stations if s.group not in ("old", "new")),
        )
    numbers = tr("{now} now, {later} in a year")
    parts = [
        f"{s.label}: {numbers.format(now=standing.now.get(s.key, 0), later=standing.later.get(s.key, 0))}"
        for s in standing.stations
        if _said(standing.now.get(s.key, 0)) or _said(standing.later.get(s.key, 0))
    ]
    return "; ".join(parts or [tr(NONE_SAID)]).rstrip(".") + "."


def _said(n: int) -> bool:
    return bool(n) and not isinstance(n, Unsaid)


def _curve(curve: Curve) -> str:
    return tr(
        "A line of the community's energy over {names}: it rises, dips after the first excitement, and rises "
        "again. A second line, the energy that the first leader puts in, begins high and falls as others "
        "carry it.",
        names=", ".join(phase.label for phase in curve.phases),
    )


def _bars(bars: Bars) -> str:
    if not bars.bars:
        return tr(TOO_FEW)
    counts = (
        "; ".join(f"{label} {tr(NOT_SAID) if isinstance(n, Unsaid) else n}" for label, n in bars.bars) + "."
    )
    return f"{counts} {tr(SUGGESTION, what=bars.suggested)}" if bars.suggested else counts


def _joined(joined: Joined) -> str:
    if not joined.cells:
        return tr(TOO_FEW)
    lines = []
    for row in joined.rows:
        cells = [
            f"{column.label} {tr(SEVERAL) if isinstance(n, Unsaid) else n}"
            for column in joined.columns
            if (n := joined.cells.get((row.key, column.key)))
        ]
        if cells:
            lines.append(f"{row.label}: {', '.join(cells)}")
    if joined.named:
        named = ", ".join(f"{label} {n}" for label, n in joined.named)
        lines.append(tr("work needed for the next moves: {list}", list=named))
    return "; ".join(lines) + "."
