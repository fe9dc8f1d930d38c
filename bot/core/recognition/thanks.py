"""Thanks: one person names another and what they did; and a sentence that somebody adds to another's story.

Thanks reach who is thanked once a host has glanced at them; those that were said in the room reach them at once. Who
thanks decides whether it stands in the recap; who is thanked can hide it. A host may recognise somebody for it.
"""

from __future__ import annotations

import re

from bot.core.model import facts as f
from bot.core.model.cards import MyThanks, ThanksForHosts, ThanksForYou
from bot.core.model.effects import Edit
from bot.core.model.facts import Phase, Share, Words
from bot.core.model.ids import PersonId
from bot.core.model.recognition import Earn, Thanks
from bot.core.model.script import Script
from bot.core.model.session import HOSTS, Answer, Participant, Session, private_place
from bot.core.queries import find_person, may_be_shown
from bot.core.steps.changes import recap_again, show_again
from bot.core.steps.registry import kind_of
from bot.core.steps.reveals import numbered
from bot.core.text import messages, quoting
from bot.core.text.messages import N_
from bot.core.text.numbers import whole_number
from bot.core.turn import Turn

LONGEST = 300  # characters of one sentence
HOW = N_(
    "Add a name, a colon, and what they did. A host looks at it, then it reaches them. For "
    "example: /thanks {example}"
)
HOW_ENDORSE = N_("Add the card's number or its author, a colon, and one sentence: /thanks 2: I used this.")
TOO_LONG = N_("One sentence, please, up to {n} characters. Your words are still above.")
NOT_ONESELF = N_("That's you. Let someone else say it.")
THANKED = N_(
    "Thanks! I'll pass it on once a host has approved it. Want it in the recap, too? Choose in /my thanks."
)
THANKED_AWAY = N_(
    "Thanks! They aren't here, so I won't message them. Once a host has looked at it, you "
    "decide whether it's in the recap: /my thanks {id}"
)
IN_THE_ROOM = N_("They've been told that you thanked them. To choose if it's in the recap: /my thanks")
TOLD = N_("I told {name} that you thanked them.")
WHOM = N_(
    "Saved. I couldn't tell who here you mean, so I told no one. To reach someone, edit it to use their name as it "
    "appears here."
)
ENDORSED = N_("It's next to the story, with your name. To delete it: /my thanks {id} back")
NO_STORY = N_(
    "I can't find a story like that which others can read. For example, for the second "
    "card: /thanks 2: I used this."
)
NOT_THERE = N_("There's no thank-you {id} from you or to you. To see them: /my thanks")
KEPT = {
    Share.NAME: N_("It can appear in the recap, with your name."),
    Share.ANONYMOUS: N_("It can appear in the recap, without your name."),
    Share.NO: N_("It isn't in the recap."),
}
HIDDEN = N_("Hidden. It doesn't appear anywhere else. To show it again: /my thanks {id} show")
SHOWN = N_("It's visible again.")
BACK = N_("Deleted everywhere.")
LOOKED = N_("I've passed it on.")
HELD = N_("Hidden. Its author was told.")
HELD_AUTHOR = N_("A host hasn't passed your thanks on. To ask why: /help host")
NO_SUCH = N_("There's no thank-you with the number {id}. The hosts' room shows each with its number.")
HOW_THANKED = N_("For thanks you gave: name, anonymous, no or back. For thanks you got: hide or show.")


# "Thank you Fay for locking the document", in the languages that the bot speaks.
_IN_WORDS = re.compile(
    r"\s*(?:many |muchas |vielen |mille )?(?:thank you|thanks|thx|gracias|danke|dank|merci)"
    r"(?:,|\s+(?:to|a|an|à))?\s+@?(.{1,80}?),?\s+(?:for|por|für|fürs|pour)\s+(.+)",
    re.DOTALL | re.IGNORECASE,
)


_AND = r"(?:\s*(?:,\s*(?:(?:and|und|y|e|et)\s)?|&|\+)\s*|\s+(?:and|und|y|e|et)\s+)"  # between names in a row


def about(text: str) -> tuple[str, str]:
    """Who is named, and what for: `Ada: for the tea`, with a dash between, or as a sentence of thanks."""
    found = _IN_WORDS.fullmatch(text) or re.match(r"\s*@?(.{1,80}?)\s*(?::|\s[–—-]+)\s+(.+)", text, re.DOTALL)
    return (found[1], found[2].strip()) if found else ("", "")


def _receivers(session: Session, text: str, by: str) -> list[Participant]:
    """Whom words of thanks mean: who is named where thanks name people, else who is named in the whole of them.

    Names count as people spell them, for many are words, too; with an @ however they are spelled. Two names in
    different places may be of somebody who is only spoken of, so those of one row are meant, or nobody.
    """
    named = _in_a_row(session, about(text)[0])
    if not named:
        found = [p for p in session.people.values() if p.present and p.name and _names(text, p.name)]
        whole = [
            p for p in found if not any(p.name != other.name and p.name in other.name for other in found)
        ]
        named = [person for person in whole if person.id != by]
        if len(named) > 1:
            row = "|".join(sorted((re.escape(person.name) for person in whole), key=len, reverse=True))
            rows = re.search(rf"@?(?:{row})(?!\w)(?:{_AND}@?(?:{row})(?!\w))+", text, re.IGNORECASE)
            named = named if rows and all(_names(rows[0], person.name) for person in named) else []
    return [person for person in named if person.id != by]


def _in_a_row(session: Session, names: str) -> list[Participant]:
    """The people here whose names these are, one or several in a row; nobody if one of them is not here."""
    one = find_person(session, names)
    found = [one] if one else [find_person(session, name) for name in re.split(_AND, names)]
    return list({person.id: person for person in found if person}.values()) if all(found) else []


def _names(text: str, name: str) -> bool:
    word = re.escape(name) + r"(?!\w)"
    return (
        re.search(rf"(?<!\w){word}", text) is not None
        or re.search(f"@{word}", text, re.IGNORECASE) is not None
    )


def sentence(session: Session, thanks: Thanks) -> str:
    """The words, from where they stand; nothing if they are gone."""
    if not thanks.answer:
        return thanks.text
    answer = session.answers.get(thanks.answer)
    if answer is None or not may_be_shown(session, answer):
        return ""
    said = next((piece.text for piece in answer.pieces.values() if piece.text), "")
    return about(said)[1] or said


def of_story(session: Session, answer: str) -> tuple[Thanks, ...]:
    """The sentences that others added to a story, as its teller lets them stand."""
    return tuple(
        given
        for given in session.thanks.values()
        if given.story == answer and not given.hidden and sentence(session, given)
    )


def in_recap(session: Session) -> tuple[Thanks, ...]:
    """The thanks that may be read by everybody: its author says so, a host has seen it, nobody hides it."""
    return tuple(
        given
        for given in session.thanks.values()
        if not given.story
        and not given.answer  # those stand in their step
        and given.passed
        and not given.hidden
        and given.share.public
        and sentence(session, given)
    )


def concerns(session: Session, person: str) -> tuple[Thanks, ...]:
    """The thanks that somebody gave, and those that have reached them."""
    return tuple(
        given
        for given in session.thanks.values()
        if sentence(session, given) and (given.by == person or (given.person == person and given.passed))
    )


def thank(turn: Turn, person: PersonId, said: str) -> None:
    """Somebody thanks somebody, or asks which thanks there are."""
    if not said.strip():
        turn.tell(person, MyThanks(person=person))
        return
    name, text = about(quoting.clean(said))
    if not text:
        turn.tell(person, messages.say(HOW, example="Ada: for asking the question that nobody asked"))
        return
    if len(text) > LONGEST:
        turn.tell(person, messages.say(TOO_LONG, n=LONGEST))
        return
    receivers = _in_a_row(turn.session, name)
    others = [receiver.id for receiver in receivers if receiver.id != person]
    if receivers and not others:
        turn.tell(person, NOT_ONESELF)
        return
    for receiver in others or [PersonId("")]:
        given, new = _given(turn, person, receiver, text, name="" if receiver else name)
        if new:
            turn.tell_hosts(ThanksForHosts(thanks=given.id), name=_message(given))
    turn.tell(person, messages.say(THANKED if receivers else THANKED_AWAY, id=given.id))


def _given(
    turn: Turn, by: str, person: str, text: str, *, name: str = "", story: str = ""
) -> tuple[Thanks, bool]:
    """Thanks to a `person` or, if they are not here, to a `name`; for a `story`, or for what `text` says.

    The same words sent twice are said once; the second value tells whether they are new.
    """
    for each in turn.session.thanks.values():
        if (each.by, each.person, each.name, each.story, each.text) == (by, person, name, story, text):
            return each, False
    key = str(turn.session.thanked + 1)
    turn.fact(
        f.Thanked(
            at=turn.now,
            thanks=key,
            by=PersonId(by),
            person=PersonId(person),
            name=Words(name),
            text=Words(text),
            story=story,
        )
    )
    return turn.session.thanks[key], True


def _message(found: Thanks) -> str:
    """The name of the messages that show these thanks."""
    return f"thanks:{found.id}:{found.seq}"


def _reach(turn: Turn, found: Thanks) -> None:
    if found.person:
        turn.tell(found.person, ThanksForYou(thanks=found.id), name=_message(found))


def endorse(turn: Turn, person: str, said: str) -> None:
    """Somebody adds one sentence to another's story; its teller is told, and can hide it."""
    which, text = about(quoting.clean(said))
    if not text:
        turn.tell(person, HOW_ENDORSE)
        return
    if len(text) > LONGEST:
        turn.tell(person, messages.say(TOO_LONG, n=LONGEST))
        return
    story = _story(turn.script, turn.session, which)
    if story is None:
        turn.tell(person, NO_STORY)
        return
    if story.person == person:
        turn.tell(person, NOT_ONESELF)
        return
    given, new = _given(turn, person, story.person, text, story=story.id)
    if new:
        _reach(turn, given)
    turn.tell(person, messages.say(ENDORSED, id=given.id))
    if new:
        show_again(turn, story)


def story_meant(script: Script, session: Session, said: str) -> Answer | None:
    """The story that an endorsement is for, if it is here."""
    return _story(script, session, about(quoting.clean(said))[0])


def _story(script: Script, session: Session, which: str) -> Answer | None:
    """A story that others may read: by the number of its card, or by the name that its teller shows."""
    keys = numbered(script, session)
    if which.isdecimal():
        number = whole_number(which)
        answer = session.answers.get(keys[number - 1]) if 0 < number <= len(keys) else None
        return answer if answer is not None and _readable(script, session, answer) else None
    teller = find_person(session, which)
    stories = [a for a in session.answers.values() if teller is not None and a.person == teller.id]
    named = [
        a for a in stories if _readable(script, session, a) and a.share is Share.NAME and not a.anonymous
    ]
    return named[-1] if named else None


def _readable(script: Script, session: Session, answer: Answer) -> bool:
    return kind_of(script.step(answer.step)).story and answer.share.public and may_be_shown(session, answer)


def settle_own(turn: Turn, person: PersonId, key: str, how: str) -> None:
    """Who thanks says where it stands, or takes it back; who is thanked hides it."""
    how = how.strip().lower()
    given = turn.session.thanks.get(key.strip())
    if not key.strip() and not how:
        turn.tell(person, MyThanks(person=person))
        return
    if given is None or given not in concerns(turn.session, person):
        turn.tell(person, messages.say(NOT_THERE, id=key[:8] or "–"))
        return
    if given.by == person and how in ("name", "anonymous", "no") and not (given.answer or given.story):
        share = Share(how)
        if share is not given.share:
            turn.fact(f.ThanksAllowed(at=turn.now, thanks=given.id, share=share))
        turn.tell(person, KEPT[share])
    elif given.by == person and how == "back" and not given.answer:
        take_back(turn, given)
        turn.tell(person, BACK)
    elif given.person == person and how in ("hide", "show"):
        if given.hidden is not (how == "hide"):
            turn.fact(f.ThanksHidden(at=turn.now, thanks=given.id, on=how == "hide"))
        turn.tell(person, messages.say(HIDDEN if how == "hide" else SHOWN, id=given.id))
    else:
        turn.tell(person, IN_THE_ROOM if given.answer and given.by == person else HOW_THANKED)
        return
    _show_again(turn, given)


def take_back(turn: Turn, found: Thanks) -> None:
    """Thanks are gone, and so is every message that shows them."""
    turn.fact(f.ThanksTaken(at=turn.now, thanks=found.id, blanks=(found.seq,) if found.text else ()))


def look(turn: Turn, host: str, key: str, how: str) -> bool:
    """A host lets thanks go on, or holds them back; whether there are such thanks."""
    given = turn.session.thanks.get(key.strip())
    if given is None or not sentence(turn.session, given):
        turn.tell(host, messages.say(NO_SUCH, id=key[:8] or "–"))
        return False
    on = how.strip().lower() not in ("no", "hold")
    if given.passed is not on:
        turn.fact(f.ThanksLookedAt(at=turn.now, thanks=given.id, on=on))
        if on:
            _reach(turn, given)
        else:
            turn.tell(given.by, HELD_AUTHOR)
        _show_again(turn, given)
    turn.tell(host, LOOKED if on else HELD)
    return True


def withdrawn(turn: Turn, answer: str) -> None:
    """Thanks go with the words that said them, and with the story that they are about."""
    for given in list(turn.session.thanks.values()):
        if answer in (given.answer, given.story):
            take_back(turn, given)
            _show_again(turn, given)


def said(turn: Turn, answer: Answer) -> None:
    """A line of a thanks round reaches who is named in it; changed, it may be somebody else."""
    text = next((piece.text for piece in answer.pieces.values() if piece.text), "")
    receivers = _receivers(turn.session, text, answer.person)
    reached = {given.person: given for given in turn.session.thanks.values() if given.answer == answer.id}
    for given in reached.values():
        if given.person not in [person.id for person in receivers]:
            take_back(turn, given)
        _show_again(turn, given)
    if not receivers:
        _ask_whom(turn, answer)
    for person in receivers:
        if person.id not in reached:
            _say_to(turn, answer, person)


def _say_to(turn: Turn, answer: Answer, person: Participant) -> None:
    """Thanks that were said in the room reach one of those whom they name."""
    key = str(turn.session.thanked + 1)
    turn.fact(
        f.Thanked(
            at=turn.now,
            thanks=key,
            by=PersonId(answer.person),
            person=PersonId(person.id),
            text=Words(""),
            answer=answer.id,
        )
    )
    given = turn.session.thanks[key]
    _reach(turn, given)
    turn.tell(answer.person, messages.say(TOLD, name=quoting.isolate(person.name)))
    if any(rule.earn is Earn.THANKED for rule in turn.script.recognition):
        turn.tell_hosts(ThanksForHosts(thanks=key), name=_message(given))


def _ask_whom(turn: Turn, answer: Answer) -> None:
    """Words of thanks that name nobody here reach nobody; their author is told how they would, once a step."""
    what = f"whom:{answer.step}"
    if what not in turn.session.told.get(answer.person, frozenset()):
        turn.fact(f.ToldOnce(at=turn.now, person=PersonId(answer.person), what=what))
        turn.tell(answer.person, WHOM)


def _show_again(turn: Turn, found: Thanks) -> None:
    """Draw anew what shows these thanks; a card without words is taken away."""
    name = _message(found)
    hosts = Edit(place=HOSTS, name=name, card=ThanksForHosts(thanks=found.id))
    turn.effects.append(hosts)
    if found.person:
        card = ThanksForYou(thanks=found.id)
        turn.effects.append(Edit(place=private_place(found.person), name=name, card=card))
    story = turn.session.answers.get(found.story)
    if story is not None and story.step:
        show_again(turn, story)
    elif turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        recap_again(turn)


def forget(turn: Turn, person: str) -> tuple[int, ...]:
    """Somebody asks to be forgotten: what they said of others, and what was said of them, goes; the facts to blank."""
    concerned = [given for given in turn.session.thanks.values() if person in (given.by, given.person)]
    for given in concerned:
        take_back(turn, given)
        _show_again(turn, given)
    return tuple(given.seq for given in concerned if given.text)
