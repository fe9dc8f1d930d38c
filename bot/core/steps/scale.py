"""A scale: a number for each of a few items, or "can't tell"."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Reveal, Scale
from bot.core.queries import form_answer
from bot.core.steps.choice import SMALL_HIDDEN
from bot.core.steps.forms import Form
from bot.core.steps.kind import Result
from bot.core.steps.registry import register
from bot.core.steps.scale_statistics import UNSURE, items_of, measure
from bot.core.steps.tapped import Tapped
from bot.core.text.messages import N_
from bot.core.text.wording import sentence

MEDIANS = N_("Your ratings stay private. Everyone sees the results when the question closes.")


class ScaleKind(Tapped[Scale]):
    """The kind of a scale."""

    name = "scale"
    sources = ("again",)
    findings = ("widest", "weakest", "stage")

    def _read(self, session: Session, step: Scale, text: str) -> tuple[str, ...]:
        words = text.replace(",", " ").split()
        if not all(word == UNSURE or word.isdecimal() for word in words):
            return ()
        return tuple(f"{item.key}={word}" for item, word in zip(items_of(session, step), words, strict=False))

    def _chosen(
        self, session: Session, step: Scale, mine: Answer | None, picks: tuple[str, ...]
    ) -> tuple[str, ...]:
        """What somebody holds for each item from now on: the new taps over the earlier ones."""
        keys = [item.key for item in items_of(session, step)]
        numbers = dict(pick.split("=", 1) for pick in (mine.picks if mine else ()))
        for pick in picks:
            key, _, number = pick.partition("=")
            fine = number.isdecimal() and len(number) < 5 and step.least <= int(number) <= step.most
            if key in keys and (fine or number == UNSURE):
                numbers[key] = number
        return tuple(f"{key}={numbers[key]}" for key in keys if key in numbers)

    def only(self, script: Script, session: Session, step: Scale) -> str:
        """Of a scale that asks again about one item: the one that the earlier numbers point to."""
        if not step.only:
            return ""
        earlier = script.step(step.again)
        assert isinstance(earlier, Scale)  # the linter sees to it
        numbers = measure(script, session, earlier)
        return numbers.widest if step.only == "widest" else numbers.weakest

    def shows_result(self, step: Scale) -> bool:
        """Unless another step's picture shows it."""
        return step.reveal is not Reveal.NEVER

    def leanings(self, step: Scale) -> tuple[tuple[str, str], ...]:
        """All give the lowest numbers, or the highest."""
        return ("low", ""), ("high", "")

    def form(self, script: Script, session: Session, person: str, step: Scale) -> Form | None:
        """The items, with the numbers that somebody gave."""
        mine = form_answer(session, step.id, person)
        return Form(
            step=step.id,
            title=step.title,
            items=items_of(session, step),
            numbers=tuple(str(n) for n in range(step.least, step.most + 1)),
            picks=mine.picks if mine else (),
            answered=bool(mine and mine.picks),
            seen_by=(sentence(SMALL_HIDDEN if step.sensitive else MEDIANS),),
        )

    def taps(self, session: Session, step: Scale, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Each item, and the number that it got."""
        labels = {item.key: item.label for item in step.items}
        pairs = (pick.partition("=") for pick in answer.picks)
        return tuple((labels.get(key, ""), number) for key, _, number in pairs)

    def result(self, script: Script, session: Session, step: Scale) -> Result:
        """Medians and quartiles; hosts of many communities speak of different ones, which add up to nothing."""
        numbers = measure(script, session, step)
        many = script.setting == "many_communities"
        return Result(measure=None if many else numbers, too_few=not numbers.shown)

    def finding(self, script: Script, session: Session, step: Scale, name: str) -> str:
        """The suggested stage, or the item that people see most differently, or the weakest one."""
        numbers = measure(script, session, step)
        if name == "stage":
            return numbers.suggested
        wanted = numbers.widest if name == "widest" else numbers.weakest
        return next((each.item.label for each in numbers.items if each.item.key == wanted), "")


register(Scale, ScaleKind())
