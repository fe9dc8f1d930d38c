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

NONE_HERE = N_(
    "You have taken nothing in this workshop that has a badge. /recognition explain says what there is."
)
HOW = N_(
    "Say what: name (your badge holds it), story (its words), link (where it can be read), bare (neither), publish, "
    "hide, or remove; and which, if you have several: {there}."
)
DRESSED = {
    "name": N_(
        "Your name stands on the badge now. /my badges bare takes it off for all that is downloaded later."
    ),
    "story": N_(
        "The badge holds the words of your story now. What is signed and was given to others cannot be called back; "
        "/my badges link holds only an address."
    ),
    "link": N_(
        "The badge holds where your story can be read, and a seal of it. Taken back, it cannot be read there."
    ),
    "bare": N_(
        "The badge holds neither your name nor your words now. Files that you gave to others stay as they are."
    ),
}
PUBLISHED = N_(
    "It is on the page that you show to others; only who has its address finds it. /my badges has it."
)
HIDDEN = N_("It is not on that page any more.")
REMOVED = N_(
    "The badge is taken back, and so is what it was for. /recognition take {key}, if you think again."
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
