"""From a session to an award: what a badge says of its owner, who allowed each piece of it."""

from __future__ import annotations

from datetime import datetime

from bot.badges.award import Achievement, Award, Endorsement, Story
from bot.core.model.facts import Evidence
from bot.core.model.ids import PersonId
from bot.core.model.recognition import Dress, Earn, Rule
from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.core.model.session import Session
from bot.core.recognition.badge_options import evidence
from bot.core.recognition.thanks import of_story, sentence
from bot.core.steps.registry import is_story
from bot.core.steps.value_map import NOT_TOLD, asked, came_true, coverage

SHAPES = {"value-creation": "story", "community-maturity": "maturity", "change-agents": "convening"}
OF_A_STORY = (Earn.STORY, Earn.ANSWERED)


def shape_of(script: Script, rule: Rule) -> str:
    """The shape of a badge's picture."""
    return SHAPES.get(script.id, "story") if rule.earn in OF_A_STORY else rule.earn.value


def achievement(script: Script, rule: Rule, series: Series | None = None) -> Achievement:
    """The achievement behind a rule with a badge.

    Args:
        series: that a badge for a whole series is about.
    """
    whole = rule.earn is Earn.SERIES and series is not None
    own = rule.earn in OF_A_STORY
    aligned = {
        cycle.key: cycle for step in script.all_steps if is_story(step) for cycle in asked(script, step)
    }
    return Achievement(
        badge=series.badge or rule.name if whole and series else script.badge if own else rule.name,
        about=series.about if whole and series else script.about,
        statements=series.statements if whole and series else script.statements if own else rule.statements,
        workshop=series.title if whole and series else script.title,
        kind=rule.earn.value,
        shape=shape_of(script, rule),
        language=script.language,
        aligned=tuple((entry.key, entry.label, entry.line) for entry in aligned.values()) if own else (),
    )


def award(
    script: Script,
    session: Session,
    person: PersonId,
    rule: Rule,
    *,
    badge: str,
    nth: int,
    at: datetime,
    read_at: str = "",
    series: Series | None = None,
    parts: tuple[tuple[str, str], ...] = (),
) -> Award:
    """The award that a session holds for someone now.

    Args:
        at: when it was first given.
        read_at: the address under which others can read the story; nothing if they cannot reach us.
        series: that a badge for a whole series is about, and `parts` its badges.
    """
    dress = session.dressed.get((person, rule.key), Dress())
    owner = session.people.get(person)
    coverage_of: dict[str, str] = {}
    story: Story | None = None
    endorsements: tuple[Endorsement, ...] = ()
    if rule.earn in OF_A_STORY and dress.story is not Evidence.NONE:
        title, text, answer = evidence(script, session, person, rule)
        by_link = dress.story is Evidence.LINK
        if text and (read_at or not by_link):
            story = Story(title=title, text=text, url=read_at if by_link else "")
        step = script.step(answer.step) if answer is not None else None
        if story is not None and answer is not None and step is not None and is_story(step):
            true = came_true(script, session)
            coverage_of = {
                label: word for label, word in coverage(script, step, answer, true) if word != NOT_TOLD
            }
            endorsements = tuple(
                Endorsement(by=_name(session, given.by), text=sentence(session, given), at=given.at)
                for given in of_story(session, answer.id)
            )
    elif rule.earn is Earn.THANKED:
        story = _thanks(session, person, rule)
    return Award(
        id=badge,
        what=achievement(script, rule, series),
        name=owner.name if owner is not None and dress.named else "",
        story=story,
        told=coverage_of,
        endorsements=endorsements,
        parts=parts if rule.earn is Earn.SERIES else (),
        awarded=at,
        index=nth,
    )


def _name(session: Session, person: str) -> str:
    member = session.people.get(person)
    return member.name if member is not None else ""


def _thanks(session: Session, person: PersonId, rule: Rule) -> Story | None:
    """The sentence of thanks, if its author lets everybody read it."""
    thanks = session.thanks.get(session.by_hand.get((person, rule.key), ""))
    if thanks is None or thanks.hidden or not thanks.share.public or thanks.person != person:
        return None
    return Story(title=rule.name, text=sentence(session, thanks))
