"""What the pictures of a workshop are drawn from: counts only, with a twin in words for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from bot.core.measure import Measure, measure
from bot.core.queries import tallied
from bot.core.script import Attached, Choice, Entry, Scale, Script, Step, Vote
from bot.core.session import Session
from bot.core.valuemap import ValueMap, value_map
from bot.core.values import SMALL, value
from bot.core.words import tr


@value
class Standing:
    """Where people stand on the map of two loops, and where they would like to be; nobody's name."""

    stations: tuple[Entry, ...]
    now: Mapping[str, int] = field(default_factory=dict)
    later: Mapping[str, int] = field(default_factory=dict)
    moves: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def twin(self) -> str:
        """The map in words."""
        old = ", ".join(s.label for s in self.stations if s.group == "old")
        new = ", ".join(s.label for s in self.stations if s.group == "new")
        between = ", ".join(s.label for s in self.stations if s.group not in ("old", "new"))
        if not self.now:
            return tr(
                "On the curve that is ending: {old}. On the one that is beginning: {new}. Between them: {between}.",
                old=old,
                new=new,
                between=between,
            )
        told = tr("{now} now, {later} in a year")
        parts = [
            f"{s.label}: {told.format(now=self.now.get(s.key, 0), later=self.later.get(s.key, 0))}"
            for s in self.stations
            if self.now.get(s.key) or self.later.get(s.key)
        ]
        return "; ".join(parts) + "."


@value
class Wheel:
    """How much of each kind of work there is now, and which of them people say needs more."""

    measure: Measure
    needs: Mapping[str, int] = field(default_factory=dict)

    def twin(self) -> str:
        """The wheel in words."""
        labels = {each.item.key: each.item.label for each in self.measure.items}
        wanted = sorted((key for key in self.needs if self.needs[key]), key=lambda key: -self.needs[key])
        more = "; ".join(f"{labels[key]} {self.needs[key]}" for key in wanted if key in labels)
        return self.measure.twin() + (f" {tr('Needs more: {list}.', list=more)}" if more else "")


@value
class Curve:
    """Energy over the phases of a community; drawn from words, not from numbers."""

    phases: tuple[Entry, ...]

    def twin(self) -> str:
        """The curve in words."""
        names = ", ".join(phase.label for phase in self.phases)
        return tr(
            "A line of the community's energy over {names}: it rises, dips after the first excitement, and rises "
            "again. A second line, the energy that the first leader puts in, begins high and falls as others "
            "carry it.",
            names=names,
        )


Picture = ValueMap | Measure | Wheel | Standing | Curve


def picture(script: Script, session: Session, attached: Attached) -> Picture | None:
    """What a picture shows just now; None if this workshop has nothing to draw it from."""
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
        case "curve" if script.lists.get("phases"):
            return Curve(phases=script.lists["phases"])
        case _:
            return None


def twin_of(script: Script, session: Session, attached: Attached) -> str:
    """A picture in words, for the message that it hangs under."""
    found = picture(script, session, attached)
    return tr("In words: {twin}", twin=found.twin()) if found is not None else ""


def pictures_of(script: Script, session: Session) -> tuple[tuple[str, Picture], ...]:
    """The pictures that a recap shows, each with its title: those with numbers in them, the latest of each kind."""
    found: dict[str, tuple[str, Picture]] = {}
    for step in script.all_steps:
        if step.id not in session.steps or step.attach is None or step.attach.picture == "curve":
            continue
        seen = picture(script, session, step.attach)
        if seen is not None and not isinstance(seen, ValueMap) and _told(seen):
            of = next((s.title for s in script.all_steps if s.id == step.attach.of), step.title)
            found[f"{step.attach.picture}:{step.attach.of}"] = (of, seen)
    return tuple(found.values())


def _told(seen: Picture) -> bool:
    match seen:
        case Standing():
            return bool(seen.now)
        case Measure():
            return seen.shown
        case Wheel():
            return seen.measure.shown
        case _:
            return False


def _after(script: Script, step: Step, keys: set[str]) -> Choice | Vote | None:
    """The next choice or vote after a step that has the same options."""
    steps = [*script.prepare, *script.steps, *script.tail]
    later = steps[steps.index(step) + 1 :] if step in steps else []
    found = (s for s in later if isinstance(s, Choice | Vote) and {o.key for o in s.options} == keys)
    return next(found, None)


def _needs(script: Script, session: Session, step: Scale) -> Mapping[str, int]:
    other = _after(script, step, {item.key for item in step.items})
    return (tallied(session, other) or {}) if other is not None and other.id in session.steps else {}


def _standing(script: Script, session: Session, step: Step | None) -> Standing:
    stations = script.lists["stations"]
    if not isinstance(step, Choice) or step.id not in session.steps:
        return Standing(stations=stations)
    other = _after(script, step, {option.key for option in step.options})
    now = tallied(session, step)
    if now is None:
        return Standing(stations=stations)
    later = (tallied(session, other) or {}) if other is not None and other.id in session.steps else {}
    moves: dict[tuple[str, str], int] = {}
    if later and other is not None:
        for answer in session.answers.values():
            if answer.step == step.id and answer.picks and not answer.withdrawn:
                for goal in _picks(session, other.id, answer.person):
                    move = (answer.picks[0], goal)
                    moves[move] = moves.get(move, 0) + 1
    enough = sum(moves.values()) >= SMALL
    return Standing(stations=stations, now=now, later=later, moves=moves if enough else {})


def _picks(session: Session, step: str, person: str) -> tuple[str, ...]:
    state = session.steps[step]
    keys = state.by_person.get(person, ())
    return session.answers[keys[-1]].picks[:1] if keys else ()
