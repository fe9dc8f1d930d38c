"""Thanks, endorsements and recognitions, drawn for those whom they concern."""

from __future__ import annotations

from bot.core.model import cards
from bot.core.model.cards import Button
from bot.core.model.facts import Share
from bot.core.model.recognition import Earn, Thanks
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.recognition import thanks
from bot.core.text.dates import moment_in_zone as shown_at
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate, quoted
from bot.core.text.wording import tr

Drawn = tuple[str, tuple[Button, ...]]


def _name(session: Session, person: str) -> str:
    member = session.people.get(person)
    return isolate(member.name) if member is not None and member.name else tr("somebody")


def _whom(session: Session, given: Thanks) -> str:
    if given.person:
        return _name(session, given.person)
    return tr("{name} (not here)", name=isolate(given.name))


def thanks_for_hosts(script: Script, session: Session, key: str) -> Drawn:
    """Thanks that wait for a host's glance, or that somebody can be recognised for."""
    given = session.thanks.get(key)
    words = thanks.sentence(session, given) if given else ""
    if given is None or not words:
        return "", ()
    head = tr("{by} thanks {name}:", by=_name(session, given.by), name=_whom(session, given))
    buttons: list[Button] = []
    tail = ""
    if given.passed is None:
        tail = tr("It goes on when you nod: /nod {id}, or /nod {id} no.", id=key)
        buttons = [
            Button(label=N_("Let it go on"), command=f"nod {key}"),
            Button(label=N_("Hold it back"), command=f"nod {key} no"),
        ]
    elif not given.passed:
        tail = tr("Held back. /nod {id} lets it go on.", id=key)
    rules = [rule for rule in script.recognition if rule.earn is Earn.THANKED]
    if given.person and rules and given.passed is not False:
        kinds = "; ".join(f"{rule.name}: /nod {key} {rule.key}" for rule in rules)
        tail = "\n".join(filter(None, (tail, tr("If you recognise them for it: {kinds}", kinds=kinds))))
        buttons += [Button(label=rule.name, command=f"nod {key} {rule.key}") for rule in rules[:3]]
    return "\n".join([head, *quoted("", words), *filter(None, [tail])]), tuple(buttons)


def thanks_for_you(session: Session, key: str) -> Drawn:
    """Thanks to one person, or a sentence added to their story."""
    given = session.thanks.get(key)
    words = thanks.sentence(session, given) if given else ""
    if given is None or not words:
        return "", ()
    by = _name(session, given.by)
    head = tr("{by} added a sentence to your story:", by=by) if given.story else tr("{by} thanks you:", by=by)
    if given.hidden:
        tail = tr("You hide it; it stands nowhere but here. /thanked {id} show", id=key)
        return "\n".join([head, *quoted("", words), tail]), ()
    where = tr("It stands beside your story.") if given.story else ""
    if not given.story:
        where = tr("If {by} says so it also stands in the recap.", by=by)
    tail = f"{where} {tr('/thanked {id} hide keeps it for you alone.', id=key)}"
    hide = Button(label=N_("Keep it for me"), command=f"thanked {key} hide")
    return "\n".join([head, *quoted("", words), tail]), (hide,)


PLACES = {
    Share.NO: N_("not in the recap"),
    Share.COMPANION: N_("not in the recap"),
    Share.NAME: N_("in the recap, under your name"),
    Share.ANONYMOUS: N_("in the recap, without your name"),
}


def my_thanks(session: Session, person: str) -> str:
    """Thanks by one person, and thanks to them."""
    concerning = thanks.concerns(session, person)
    if not concerning:
        return tr("No thanks yet, neither of yours nor for you. /thanks Ada: for what she did")
    lines = [tr("**Thanks**: only you see this.")]
    for given in concerning:
        own = given.by == person
        state = tr("you hide it") if given.hidden and not own else ""
        if own and not given.story and not given.answer:
            state = tr("held back by a host") if given.passed is False else tr(PLACES[given.share])
        elif own and given.answer:
            state = tr("your line in the room; see /my")
        name = _whom(session, given) if own else _name(session, given.by)
        line = tr("you, of {name}", name=name) if own else tr("{name}, of you", name=name)
        if given.story:
            line += f", {tr('beside a story')}"
        lines.append(f"\n{given.id}. {line}" + (f" ({state})" if state else "") + ":")
        lines += quoted("", thanks.sentence(session, given))
    lines.append("\n" + tr("/thanked 1 name, anonymous, no or back · /thanked 1 hide or show"))
    return "\n".join(lines)


def added(session: Session, answer: Answer) -> list[str]:
    """Sentences that others added to a story, line by line."""
    return [
        f"{tr('{name} adds:', name=_name(session, given.by))} {isolate(thanks.sentence(session, given))}"
        for given in thanks.of_story(session, answer.id)
    ]


def nominated(script: Script, session: Session, card: cards.Nominated) -> Drawn:
    """Somebody did what a recognition is for, and hosts say whether they get it."""
    rule = next((candidate for candidate in script.recognition if candidate.key == card.rule), None)
    member = session.people.get(card.person)
    if rule is None or member is None or not member.name:
        return "", ()
    command = f"recognise {member.name}: {rule.key}"
    text = tr("{name} did what **{rule}** is for. Offer it to them? /{command}", name=isolate(member.name),
              rule=rule.name, command=isolate(command))  # fmt: skip
    return text, (Button(label=N_("Offer it"), command=f"recognise {member.id}: {rule.key}"),)


WHAT = {
    "offered": N_("offered by {by}"),
    "taken": N_("taken"),
    "gone": N_("gone"),
    "given back": N_("declined or given back"),
    "revoked": N_("taken back by {by}: {reason}"),
}


def recognition_log(script: Script, session: Session) -> str:
    """Recognitions, and who gave them; for hosts."""
    names = {rule.key: rule.name for rule in script.recognition}
    lines = [tr("**What was recognised**: only hosts see this.")]
    for entry in session.recognitions:
        what = tr(WHAT[entry.what], by=_name(session, entry.by), reason=isolate(entry.reason))
        at = shown_at(entry.at, session.zone)
        lines.append(f"- {at}, {_name(session, entry.person)}: {names.get(entry.rule, entry.rule)}, {what}")
    return "\n".join(lines if len(lines) > 1 else [*lines, tr("Nothing yet.")])
