"""A person's badges in their own hand: what each holds of them, where it is shown, and whether it stays."""

from __future__ import annotations

from bot.core.model import facts as f
from bot.core.model.effects import DeliverFile, Issue
from bot.core.model.facts import Evidence
from bot.core.model.ids import PersonId
from bot.core.model.recognition import Dress, Rule
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session, private_place
from bot.core.model.steps import Written
from bot.core.recognition import rules
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn

NONE_HERE = N_("You don't have a badge from this workshop. To see which there are: /my badges explain")
HOW = N_(
    "Add what it shows: name, story, link (where to read it) or bare (neither). Or "
    "publish, hide or remove. If you have several badges, add which one: {there}."
)
DRESSED = {
    "name": N_("Your name is on the badge now. To take it off for later downloads: /my badges bare"),
    "story": N_(
        "The badge shows your story's words now. Copies you give to others can't be called "
        "back. To show only a link: /my badges link"
    ),
    "link": N_(
        "The badge shows where to read your story, with a seal of it. If you delete the story, "
        "no one can read it there."
    ),
    "bare": N_("The badge no longer shows your name or words. Files you gave to others stay as they are."),
}
PUBLISHED = N_(
    "It's on your public page now. Only people with the link can find that page. To see it: /my badges"
)
HIDDEN = N_("It's no longer on that page.")
REMOVED = N_(
    "The badge is removed, and so is the role it was for. If you change your mind: /my badges accept {key}"
)


def mine(turn: Turn, person: PersonId, said: str) -> None:
    """Somebody looks at their badges, or changes one of them."""
    how, _, which = said.strip().lower().partition(" ")
    if not how:
        place = private_place(person)
        turn.effects.append(
            DeliverFile(place=place, person=person, name=f"badges:{turn.because}", what="badges")
        )
        return
    theirs = [
        rule for rule in turn.script.recognition if rule.badge and (person, rule.key) in turn.session.granted
    ]
    if not theirs:
        turn.tell(person, NONE_HERE)
        return
    chosen = [rule for rule in theirs if which.strip() in ("", rule.key)]
    if len(chosen) != 1 or how not in {*DRESSED, "publish", "hide", "remove"}:
        turn.tell(person, messages.say(HOW, there=", ".join(rule.key for rule in theirs)))
        return
    _change(turn, person, chosen[0], how)


def _change(turn: Turn, person: PersonId, rule: Rule, how: str) -> None:
    who, pair = PersonId(person), (person, rule.key)
    if how == "remove":
        rules.give_back(turn, person, rule)
        turn.tell(person, messages.say(REMOVED, key=rule.key))
        return
    if how in DRESSED:
        before = turn.session.dressed.get(pair, Dress())
        named = how == "name" or (before.named and how != "bare")
        story = before.story if how == "name" else Evidence.NONE if how == "bare" else _evidence(how)
        if (named, story) != (before.named, before.story):
            turn.fact(f.BadgeDisclosureSet(at=turn.now, person=who, rule=rule.key, named=named, story=story))
        turn.tell(person, DRESSED[how])
    else:
        on = how == "publish"
        if (pair in turn.session.on_show) is not on:
            turn.fact(f.BadgeShown(at=turn.now, person=who, rule=rule.key, on=on))
        turn.tell(person, PUBLISHED if on else HIDDEN)
    badge = turn.session.badges.get(pair)
    if badge:
        turn.effects.append(Issue(place=private_place(person), person=person, rule=rule.key, badge=badge))


def _evidence(how: str) -> Evidence:
    return Evidence.TEXT if how == "story" else Evidence.LINK


def evidence(
    script: Script, session: Session, person: PersonId, rule: Rule
) -> tuple[str, str, Answer | None]:
    """What somebody told that a badge is for: a title, the words with their questions, and the story if it is one."""
    wanted = rule.steps or tuple(step.id for step in script.all_steps if kind_of(step).story)
    title, lines, story = "", [], None
    for answer in session.answers.values():
        step = script.step(answer.step) if answer.step in wanted else None
        if answer.person != person or answer.withdrawn or not isinstance(step, Written):
            continue
        if kind_of(step).story:
            story, title = answer, answer.text("title") or title
        for field in step.fields:
            if answer.text(field.key) and field.key != "title":
                told = field.shown(answer.text(field.key))
                asked = field.label if field.label.endswith(("?", "…", "!", ".")) else f"{field.label}:"
                lines.append(f"{asked} {told}" if len(step.fields) > 1 else told)
    return title or script.title, "\n".join(lines), story
