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
    return isolate(member.name) if member is not None and member.name else tr("someone")


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
        tail = tr("To pass it on: /recognition approve {id} (or add no)", id=key)
        buttons = [
            Button(label=N_("Pass it on"), command=f"recognition approve {key}"),
            Button(label=N_("Hide it"), command=f"recognition approve {key} no"),
        ]
    elif not given.passed:
        tail = tr("Not passed on. To pass it on: /recognition approve {id}", id=key)
    rules = [rule for rule in script.recognition if rule.earn is Earn.THANKED]
    if given.person and rules and given.passed is not False:
        kinds = "; ".join(f"{rule.name}: /recognition approve {key} {rule.key}" for rule in rules)
        tail = "\n".join(filter(None, (tail, tr("To recognize them for it: {kinds}", kinds=kinds))))
        buttons += [
            Button(label=rule.name, command=f"recognition approve {key} {rule.key}") for rule in rules[:3]
        ]
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
        tail = tr("You hid it, so only you see it. To show it again: /my thanks {id} show", id=key)
        return "\n".join([head, *quoted("", words), tail]), ()
    where = tr("It's next to your story.") if given.story else ""
    if not given.story:
        where = tr("If {by} agrees, it's in the recap, too.", by=by)
    tail = f"{where} {tr('To keep it to yourself: /my thanks {id} hide', id=key)}"
    hide = Button(label=N_("Keep it for me"), command=f"my thanks {key} hide")
    return "\n".join([head, *quoted("", words), tail]), (hide,)


PLACES = {
    Share.NO: N_("not in the recap"),
    Share.COMPANION: N_("not in the recap"),
    Share.NAME: N_("in the recap, with your name"),
    Share.ANONYMOUS: N_("in the recap, without your name"),
}


def my_thanks(session: Session, person: str) -> str:
    """Thanks by one person, and thanks to them."""
    concerning = thanks.concerns(session, person)
    if not concerning:
        return tr("No thanks yet, from you or to you. To thank someone: /thanks Ada: for what she did")
    lines = [tr("**Thanks.** Only you see this.")]
    for given in concerning:
        own = given.by == person
        state = tr("you hid it") if given.hidden and not own else ""
        if own and not given.story and not given.answer:
            state = tr("hidden by a host") if given.passed is False else tr(PLACES[given.share])
        elif own and given.answer:
            state = tr("your message in the room (see /my answers)")
        name = _whom(session, given) if own else _name(session, given.by)
        line = tr("you, of {name}", name=name) if own else tr("{name}, of you", name=name)
        if given.story:
            line += f", {tr('next to a story')}"
        lines.append(f"\n{given.id}. {line}" + (f" ({state})" if state else "") + ":")
        lines += quoted("", thanks.sentence(session, given))
    lines.append(
        "\n"
        + tr(
            "For thanks you gave, add its number and name, anonymous, no or back. For thanks you "
            "got, add hide or show: /my thanks 1 name"
        )
    )
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
    return text, (Button(label=N_("Offer it"), command=f"recognition give {member.id}: {rule.key}"),)


WHAT = {
    "offered": N_("offered by {by}"),
    "taken": N_("accepted"),
    "gone": N_("gone"),
    "given back": N_("declined or given back"),
    "revoked": N_("revoked by {by}: {reason}"),
}


def recognition_log(script: Script, session: Session) -> str:
    """Recognitions, and who gave them; for hosts."""
    names = {rule.key: rule.name for rule in script.recognition}
    lines = [tr("**Recognition log.** Only hosts see this.")]
    for entry in session.recognitions:
        what = tr(WHAT[entry.what], by=_name(session, entry.by), reason=isolate(entry.reason))
        at = shown_at(entry.at, session.zone)
        lines.append(f"- {at}, {_name(session, entry.person)}: {names.get(entry.rule, entry.rule)}, {what}")
    return "\n".join(lines if len(lines) > 1 else [*lines, tr("Nothing yet.")])
