"""How thanks, endorsements and recognitions look to those whom they concern."""

from __future__ import annotations

from bot.core.model import cards
from bot.core.model.cards import Button
from bot.core.model.facts import Share
from bot.core.model.script import Earn, Script
from bot.core.model.session import Answer, Session, Thanks
from bot.core.recognition import thanks
from bot.core.text.dates import shown as shown_at
from bot.core.text.messages import N_, tr
from bot.core.text.quoting import isolate, quoted

Drawn = tuple[str, tuple[Button, ...]]


def _name(session: Session, person: str) -> str:
    known = session.people.get(person)
    return isolate(known.name) if known is not None and known.name else tr("somebody")


def _whom(session: Session, found: Thanks) -> str:
    if found.person:
        return _name(session, found.person)
    return tr("{name} (not here)", name=isolate(found.name))


def thanks_for_hosts(script: Script, session: Session, key: str) -> Drawn:
    """Thanks that wait for a host's glance, or that somebody can be recognised for."""
    found = session.thanks.get(key)
    said = thanks.sentence(session, found) if found else ""
    if found is None or not said:
        return "", ()
    head = tr("{by} thanks {name}:", by=_name(session, found.by), name=_whom(session, found))
    buttons: list[Button] = []
    tail = ""
    if found.passed is None:
        tail = tr("It goes on when you nod: /nod {id}, or /nod {id} no.", id=key)
        buttons = [
            Button(label=N_("Let it go on"), command=f"nod {key}"),
            Button(label=N_("Hold it back"), command=f"nod {key} no"),
        ]
    elif not found.passed:
        tail = tr("Held back. /nod {id} lets it go on.", id=key)
    rules = [rule for rule in script.recognition if rule.earn is Earn.THANKED]
    if found.person and rules and found.passed is not False:
        kinds = "; ".join(f"{rule.name}: /nod {key} {rule.key}" for rule in rules)
        tail = "\n".join(filter(None, (tail, tr("If you recognise them for it: {kinds}", kinds=kinds))))
        buttons += [Button(label=rule.name, command=f"nod {key} {rule.key}") for rule in rules[:3]]
    return "\n".join([head, *quoted("", said), *filter(None, [tail])]), tuple(buttons)


def thanks_for_you(session: Session, key: str) -> Drawn:
    """What somebody thanked one person for, or added to their story."""
    found = session.thanks.get(key)
    said = thanks.sentence(session, found) if found else ""
    if found is None or not said:
        return "", ()
    by = _name(session, found.by)
    head = tr("{by} added a sentence to your story:", by=by) if found.story else tr("{by} thanks you:", by=by)
    if found.hidden:
        tail = tr("You hide it; it stands nowhere but here. /thanked {id} show", id=key)
        return "\n".join([head, *quoted("", said), tail]), ()
    where = tr("It stands beside your story.") if found.story else ""
    if not found.story:
        where = tr("If {by} says so it also stands in the recap.", by=by)
    tail = f"{where} {tr('/thanked {id} hide keeps it for you alone.', id=key)}"
    hide = Button(label=N_("Keep it for me"), command=f"thanked {key} hide")
    return "\n".join([head, *quoted("", said), tail]), (hide,)


PLACES = {
    Share.NO: N_("not in the recap"),
    Share.COMPANION: N_("not in the recap"),
    Share.NAME: N_("in the recap, under your name"),
    Share.ANONYMOUS: N_("in the recap, without your name"),
}


def my_thanks(session: Session, person: str) -> str:
    """What one person said of others, and what was said of them."""
    found = thanks.concerns(session, person)
    if not found:
        return tr("No thanks yet, neither of yours nor for you. /thanks Ada: for what she did")
    lines = [tr("**Thanks**: only you see this.")]
    for each in found:
        mine = each.by == person
        state = tr("you hide it") if each.hidden and not mine else ""
        if mine and not each.story and not each.answer:
            state = tr("held back by a host") if each.passed is False else tr(PLACES[each.share])
        elif mine and each.answer:
            state = tr("your line in the room; see /my")
        name = _whom(session, each) if mine else _name(session, each.by)
        told = tr("you, of {name}", name=name) if mine else tr("{name}, of you", name=name)
        if each.story:
            told += f", {tr('beside a story')}"
        lines.append(f"\n{each.id}. {told}" + (f" ({state})" if state else "") + ":")
        lines += quoted("", thanks.sentence(session, each))
    lines.append("\n" + tr("/thanked 1 name, anonymous, no or back · /thanked 1 hide or show"))
    return "\n".join(lines)


def added(session: Session, answer: Answer) -> list[str]:
    """What others added to a story, line by line."""
    return [
        f"{tr('{name} adds:', name=_name(session, each.by))} {isolate(thanks.sentence(session, each))}"
        for each in thanks.of_story(session, answer.id)
    ]


def nominated(script: Script, session: Session, card: cards.Nominated) -> Drawn:
    """Somebody did what a recognition is for, and hosts say whether they get it."""
    rule = next((each for each in script.recognition if each.key == card.rule), None)
    known = session.people.get(card.person)
    if rule is None or known is None or not known.name:
        return "", ()
    command = f"recognise {known.name}: {rule.key}"
    text = tr("{name} did what **{rule}** is for. Offer it to them? /{command}", name=isolate(known.name),
              rule=rule.name, command=isolate(command))  # fmt: skip
    return text, (Button(label=N_("Offer it"), command=f"recognise {known.id}: {rule.key}"),)


WHAT = {
    "offered": N_("offered by {by}"),
    "taken": N_("taken"),
    "gone": N_("gone"),
    "given back": N_("declined or given back"),
    "revoked": N_("taken back by {by}: {reason}"),
}


def recognition_log(script: Script, session: Session) -> str:
    """What was recognised, and by whom; for hosts."""
    names = {rule.key: rule.name for rule in script.recognition}
    lines = [tr("**What was recognised**: only hosts see this.")]
    for each in session.recognitions:
        what = tr(WHAT[each.what], by=_name(session, each.by), reason=isolate(each.reason))
        at = shown_at(each.at, session.zone)
        lines.append(f"- {at}, {_name(session, each.person)}: {names.get(each.rule, each.rule)}, {what}")
    return "\n".join(lines if len(lines) > 1 else [*lines, tr("Nothing yet.")])
