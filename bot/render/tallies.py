"""What people tapped, as everybody is shown it."""

from __future__ import annotations

from bot.core.model.facts import Mode
from bot.core.model.records import SMALL, size
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Choice, Scale, Vote
from bot.core.platform import Poll
from bot.core.steps.registry import kind_of
from bot.core.steps.scale_statistics import measure
from bot.core.steps.tallies import labels_of, tallied
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr
from bot.render.action_items import TAKE_HOW, standing
from bot.render.diagrams.alt_text import alt_text
from bot.render.own_answers import author
from bot.render.recap.text import spread as listed


def spread(script: Script, session: Session, step: Choice | Vote | Scale) -> str:
    """How the taps are spread; below four people only that they were counted."""
    if isinstance(step, Scale):
        seen = measure(script, session, step)
        hint = ""
        if seen.suggested:
            suggests = tr("The numbers suggest: {what}. It is a suggestion.", what=seen.suggested)
            hint = f"\n\n{suggests}"
        told = "\n".join(f"- {part}" for part in alt_text(seen).rstrip(".").split("; "))
        return f"**{step.title}**\n\n{told}{hint}"
    if isinstance(step, Choice) and kind_of(step).watched(step):
        return "\n".join([f"**{step.title}**", "", *with_names(script, session, step)])
    counted = tallied(session, step)
    if counted is None:
        closed = tr("Fewer than {n} people tapped, so the spread stays closed.").format(n=SMALL)
        return f"**{step.title}**\n\n{closed}"
    labels = labels_of(session, step)
    # Who won a vote is its result; of other taps the order is not to tell what the numbers do not.
    exact = isinstance(step, Vote)
    ranked = sorted(counted.items(), key=lambda item: -int(item[1]) if exact else -size(item[1]))
    taken = standing(script, session, step.id)
    lines = [taken[key] for key, count in ranked if key in labels and count and key in taken]
    lines += listed([(labels[key], n) for key, n in ranked if key in labels and not (n and key in taken)])
    return "\n".join([f"**{step.title}**", "", *lines, *(["", tr(TAKE_HOW)] if taken else [])])


def tally(script: Script, session: Session, step: Choice) -> str:
    """How the taps of a step that everybody watches stand, and whose they are; once it is closed, only that it is."""
    if session.steps[step.id].closed:
        return tr("**{title}** is closed; what came of it stands below.", title=step.title)
    return "\n".join([tr("**{title}**, so far:", title=step.title), "", *with_names(script, session, step)])


def poll(script: Script, session: Session, key: str) -> Poll:
    """The same for platforms that have polls."""
    step = script.step(key)
    assert isinstance(step, Choice)
    return Poll(
        question=f"{step.title}: {' '.join(step.say.split())}",
        options=tuple((option.key, option.label) for option in step.options),
        closed=session.steps[key].closed,
        days=session.mode is Mode.ASYNC,
    )


def with_names(script: Script, session: Session, step: Choice) -> list[str]:
    """Each option with those who tapped it, a line each."""
    taps = [a for a in session.answers.values() if a.step == step.id and a.picks and not a.withdrawn]
    whose = {o.key: [isolate(author(session, a)) for a in taps if o.key in a.picks] for o in step.options}
    lines = [
        f"- {len(whose[o.key])} × {isolate(o.label)}: {', '.join(whose[o.key])}"
        for o in step.options
        if whose[o.key]
    ]
    nobody = [isolate(o.label) for o in step.options if not whose[o.key]]
    return [*lines, *([f"- {tr('nobody')}: {', '.join(nobody)}"] if nobody else [])]
