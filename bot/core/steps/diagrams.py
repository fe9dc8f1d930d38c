"""The data that the pictures of a workshop are drawn from: counts only, with a twin in words for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from bot.core.model.masked_count import SMALL, Unsaid, count, masked, size
from bot.core.model.records import record
from bot.core.model.script import Entry, Script
from bot.core.model.session import Session
from bot.core.model.steps import Attached, Choice, Option, Scale, Step, Story, Vote
from bot.core.steps.scale_statistics import Measure, measure
from bot.core.steps.tallies import tallied
from bot.core.steps.taps import is_exact, is_sensitive, says_counts, taps
from bot.core.steps.value_map import ValueMap, value_map


@record
class Standing:
    """The places of people on the map of two loops, now and wished for; nobody's name."""

    stations: tuple[Entry, ...]
    now: Mapping[str, int] = field(default_factory=dict)
    later: Mapping[str, int] = field(default_factory=dict)
    moves: Mapping[tuple[str, str], int] = field(default_factory=dict)


@record
class Wheel:
    """The amount of each kind of work there is now, and which of them people say needs more."""

    measure: Measure
    needs: Mapping[str, int] = field(default_factory=dict)


@record
class Bars:
    """Counts of what people chose, each in its own length; beside it what the numbers of a scale suggest."""

    title: str
    bars: tuple[tuple[str, int], ...] = ()  # none while too few have tapped
    suggested: str = ""


@record
class Joined:
    """Which answers to two choices go together, person by person, and what else their stories name."""

    title: str
    rows: tuple[Option, ...] = ()
    columns: tuple[Option, ...] = ()
    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)  # none while they are too few
    named: tuple[tuple[str, int], ...] = ()  # the most frequent one first


@record
class Curve:
    """Energy over the phases of a community; drawn from words, not from numbers."""

    phases: tuple[Entry, ...]


Picture = ValueMap | Measure | Wheel | Standing | Curve | Bars | Joined


def picture(script: Script, session: Session, attached: Attached) -> Picture | None:
    """The data of a picture just now; None if this workshop has nothing to draw it from."""
    step = next((s for s in script.all_steps if s.id == attached.of), None)
    match attached.picture:
        case "value-map":
            return value_map(script, session)
        case "radar" if isinstance(step, Scale):
            return measure(script, session, step)
        case "wheel" if isinstance(step, Scale):
            return Wheel(measure=measure(script, session, step), needs=_needs(script, session, step))
        case "two-loops" if script.lists.get("stations"):
            return _standing(script, session, step)
        case "bars" if isinstance(step, Choice):
            return _bars(script, session, step)
        case "joined" if isinstance(step, Choice):
            return _joined(script, session, step)
        case "curve" if script.lists.get("phases"):
            return Curve(phases=script.lists["phases"])
        case _:
            return None


def pictures_of(script: Script, session: Session) -> tuple[tuple[str, Picture], ...]:
    """The pictures that a recap shows, each with its title: those with numbers in them, the latest of each kind."""
    latest: dict[str, tuple[str, Picture]] = {}
    attached = [(step.attach, step.title) for step in script.all_steps if step.id in session.steps]
    for attachment, title in (*attached, *((attachment, "") for attachment in script.pictures)):
        if attachment is None or attachment.picture == "curve":
            continue
        drawn = picture(script, session, attachment)
        if drawn is not None and not isinstance(drawn, ValueMap) and _told(drawn):
            of = next((s.title for s in script.all_steps if s.id == attachment.of), title)
            latest[f"{attachment.picture}:{attachment.of}"] = (
                drawn.title if isinstance(drawn, Joined) else of,
                drawn,
            )
    return tuple(latest.values())


def _told(seen: Picture) -> bool:
    match seen:
        case Standing():
            return bool(seen.now)
        case Measure():
            return seen.shown
        case Wheel():
            return seen.measure.shown
        case Bars():
            return bool(seen.bars)
        case Joined():
            return bool(seen.cells)
        case _:
            return False


def _after(script: Script, step: Step, keys: set[str]) -> Choice | Vote | None:
    """The next choice or vote after a step that has the same options."""
    steps = [*script.prepare, *script.steps, *script.tail]
    later = steps[steps.index(step) + 1 :] if step in steps else []
    fitting = (s for s in later if isinstance(s, Choice | Vote) and {o.key for o in s.options} == keys)
    return next(fitting, None)


def _needs(script: Script, session: Session, step: Scale) -> Mapping[str, int]:
    other = _after(script, step, {item.key for item in step.items})
    return (tallied(session, other) or {}) if other is not None and other.id in session.steps else {}


def _bars(script: Script, session: Session, step: Choice) -> Bars:
    counted = tallied(session, step) if step.id in session.steps else None
    if counted is None:
        return Bars(title=step.title)
    scales = [s for s in script.all_steps if isinstance(s, Scale) and s.id in session.steps and not s.only]
    suggested = next((m.suggested for s in scales if (m := measure(script, session, s)).suggested), "")
    bars = tuple((option.label, counted[option.key]) for option in step.options if option.key in counted)
    return Bars(title=step.title, bars=bars, suggested=suggested)


def _joined(script: Script, session: Session, step: Choice) -> Joined:
    """This choice and the next one; and the kinds of work that stories name, if a scale asks about the same."""
    steps = list(script.all_steps)
    other = next((s for s in steps[steps.index(step) + 1 :] if isinstance(s, Choice)), None)
    if other is None or not {step.id, other.id} <= session.steps.keys():
        return Joined(title=step.title)
    cells = _together(session, step, other)
    if sum(cells.values()) < SMALL:
        return Joined(title=step.title)
    return Joined(
        title=f"{step.title} · {other.title}",
        rows=step.options,
        columns=other.options,
        cells=_crossed(cells, step, other),
        named=_named(script, session),
    )


def _named(script: Script, session: Session) -> tuple[tuple[str, int], ...]:
    kinds = [{item.key for item in s.items} for s in script.all_steps if isinstance(s, Scale)]
    counted: dict[str, int] = {}
    tellers = set()
    for step in script.all_steps:
        if not isinstance(step, Story):
            continue
        asked = [f for f in step.fields if f.many and {option.key for option in f.options} in kinds]
        for answer in session.answers.values():
            if answer.step == step.id and not answer.withdrawn:
                for field in asked:
                    for key in filter(None, answer.text(field.key).split(",")):
                        tellers.add(answer.person)
                        label = field.shown(key)
                        counted[label] = counted.get(label, 0) + 1
    exact = says_counts(script)
    if not count(len(tellers), exact=exact).enough:
        return ()
    named = ((label, count(n, exact=exact)) for label, n in counted.items())
    return tuple(sorted(named, key=lambda counted: -size(counted[1])))


def _standing(script: Script, session: Session, step: Step | None) -> Standing:
    stations = script.lists["stations"]
    if not isinstance(step, Choice) or step.id not in session.steps:
        return Standing(stations=stations)
    other = _after(script, step, {option.key for option in step.options})
    now = tallied(session, step)
    if now is None:
        return Standing(stations=stations)
    later = (tallied(session, other) or {}) if other is not None and other.id in session.steps else {}
    moves = _together(session, step, other) if later and other is not None else {}
    exact = is_exact(step) and other is not None and is_exact(other)
    if other is None or not count(sum(moves.values()), exact=exact).enough:
        return Standing(stations=stations, now=now, later=later)
    # Where one person alone wants to go is nobody's business.
    alone = [move for move, n in moves.items() if n < 2 and not exact]
    shown = {move: n for move, n in _crossed(moves, step, other).items() if move not in alone}
    return Standing(stations=stations, now=now, later=later, moves=shown)


def _together(session: Session, step: Step, other: Step) -> dict[tuple[str, str], int]:
    """The first picks of everybody in two steps: each pair that goes together, and how often."""
    pairs: dict[tuple[str, str], int] = {}
    second = taps(session, other)
    for person, picks in taps(session, step).items():
        if person in second:
            both = (picks[0], second[person][0])
            pairs[both] = pairs.get(both, 0) + 1
    return pairs


def _crossed(pairs: Mapping[tuple[str, str], int], step: Step, other: Step) -> dict[tuple[str, str], int]:
    """The pairs as they may be said; of a sensitive step those of four and more alone, and without their number.

    The sums of its rows and columns are known, so a number would tell of the cells beside it.
    """
    if not (is_sensitive(step) or is_sensitive(other)):
        exact = is_exact(step) and is_exact(other)
        return {pair: count(n, exact=exact) for pair, n in pairs.items()}
    said = masked(pairs, sum(pairs.values()))
    return {pair: Unsaid() for pair, n in said.items() if not isinstance(n, Unsaid)}
