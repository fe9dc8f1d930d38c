"""Recognition: noticing what somebody did, as they like it. Nothing is graded, counted or compared.

A script says what earns what. Whoever earned something is offered it, once, and it is theirs only if they take it;
what it was earned by may be taken back, and then it goes, too. Hosts can recognise by hand and revoke; the last word
stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, Nominated, Note, RecognitionLog
from bot.core.model.effects import Grant, Issue, RevokeBadge
from bot.core.model.facts import Phase, Share, Words
from bot.core.model.ids import PersonId
from bot.core.model.recognition import Earn, Rule
from bot.core.model.script import Script
from bot.core.model.session import Session, private_place
from bot.core.queries import find_person, was_held
from bot.core.recognition import thanks
from bot.core.recognition.offers import OFFERS, WHY
from bot.core.steps.copies import follow_words
from bot.core.steps.registry import kind_of
from bot.core.text import messages, quoting
from bot.core.text.messages import N_
from bot.core.turn import Turn

AFTER = frozenset({Phase.TAIL, Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED})
YOURS = N_("You have **{name}** now. To give it back: /my badges decline {key}")
MAY = N_("You've earned **{name}**. Want it? /my badges accept {key}")
TAKE, DECLINE = N_("Accept"), N_("No, thank you")
TAKEN = N_("You now have the role **{name}**. You can give it back anytime in /my badges.")
BADGE_COMES = N_(
    "You'll also get a badge, in a private message after the review. Anyone can verify it. "
    "It doesn't show your name or your story."
)
DECLINED = N_("OK, you don't have it, and no one is told. If you change your mind: /my badges accept {key}")
NOT_EARNED = N_("You don't have that one yet. To see what it's for: /my badges explain")
NO_RULE = N_("I can't find {key} here. There are: {there}.")
NOTHING = N_("This workshop has no roles or badges. What you did still counts.")
BY_HAND = N_("A host would like to give you the role **{name}**. Want it?")
GIVEN = N_("I've offered them **{name}**.")
FOR_THANKS = N_("Someone thanked you, and a host recognizes you for it as **{name}**. Want it?")
REVOKED = N_("A host revoked **{name}**: {reason}")
REVOKED_ONCE = N_("A host revoked **{name}**. To ask why: /help host")
REVOKED_HOST = N_(
    "**{name}** is revoked, and they've been told why. To undo this within a day: "
    "/recognition give {who}: {key}"
)
REVOKE_WHY = N_("Add a short reason. They'll read it: /recognition revoke {who}: {key} and the reason")
RESTORED = N_("A host gave you **{name}** again. It was a mistake.")
RESTORED_HOST = N_("**{name}** is theirs again. Their badge is issued again, with a new number.")
HOSTS_GIVE = N_("Hosts give that one. To see what it's for: /my badges explain")
# A name (which may hold a colon, if a space does not follow it), what it is about, and perhaps why.
_SAID = re.compile(r"\s*(.+?)\s*:\s+(\S+)\s*(.*)", re.DOTALL)
A_DAY = timedelta(days=1)  # within which taking back can be undone
NOT_THEIRS = N_("They don't have **{name}**.")


def earned(script: Script, session: Session, person: str, rule: Rule) -> bool:
    """True if somebody did what this is for, by what is true now."""
    if session.phase not in AFTER or not was_held(session):
        return False
    known = session.people.get(person)
    if rule.earn is Earn.HOST:
        return person in session.hosts
    if known is None or known.forgotten or known.removed:
        return False
    told = [a for a in session.answers.values() if a.person == person and not a.withdrawn]
    match rule.earn:
        case Earn.STORY:
            stories = rule.steps or tuple(s.id for s in script.all_steps if kind_of(s).story)
            public = (Share.NAME, Share.ANONYMOUS)
            return any(a.step in stories and a.blanks and a.share in public for a in told)
        case Earn.ANSWERED:
            return bool(rule.steps) and set(rule.steps) <= {a.step for a in told}
        case Earn.WITNESS:
            return known.reading and bool(known.present)
        case Earn.COMPANION:
            return person in session.companions
        case Earn.FOLLOW:
            later = {each.step.id for each in script.follow_ups}
            return any(a.step in later for a in told)
        case Earn.SERIES:
            return person in session.whole
        case Earn.THANKED:
            return False  # only ever by a host's hand


def settle(turn: Turn) -> None:
    """Once a session is in `AFTER`: offer what was newly earned, and take back what is not earned any more."""
    script = turn.script
    if not script.recognition:
        return
    _dress_again(turn)
    for person in map(PersonId, _touched(turn)):
        session = turn.session
        known = session.people.get(person)
        for rule in script.recognition:
            pair = (person, rule.key)
            mine = earned(script, session, person, rule)
            if pair in session.granted and not mine and pair not in session.by_hand:
                _grant(turn, person, rule, on=False, why="what it was for was taken back")
            quiet = known is not None and (known.needs_help or known.forgotten)
            if mine and pair not in session.proposed and pair not in session.declined and not quiet:
                turn.fact(f.Proposed(at=turn.now, person=PersonId(person), rule=rule.key))
                name = f"proposed:{rule.key}"
                if rule.nominate:
                    turn.tell_hosts(Nominated(person=person, rule=rule.key), name=f"{name}:{person}")
                    continue
                turn.tell(person, _offer(OFFERS[rule.earn], rule), name=name)
                break  # one at a time; the others are under /recognition


CHANGES = (f.Amended, f.Answered, f.Thanked, f.ThanksAllowed, f.ThanksHidden, f.ThanksTaken, f.PersonJoined)


def _dress_again(turn: Turn) -> None:
    """A badge that holds somebody's name or story says what is true now."""
    if any(isinstance(fact, CHANGES) for fact in turn.facts):
        for (person, key), badge in turn.session.badges.items():
            if (person, key) in turn.session.dressed or turn.session.by_hand.get((person, key)):
                turn.effects.append(Issue(place=private_place(person), person=person, rule=key, badge=badge))


def _touched(turn: Turn) -> list[str]:
    """Whom the facts of this turn concern."""
    session, found = turn.session, dict.fromkeys([""])
    for fact in turn.facts:
        if isinstance(fact, f.PhaseChanged):
            return [*session.people, *(host for host in sorted(session.hosts) if host not in session.people)]
        answer = session.answers.get(getattr(fact, "answer", "")) if hasattr(fact, "answer") else None
        found[answer.person if answer else str(getattr(fact, "person", ""))] = None
    return [person for person in found if person]


def _offer(text: str, rule: Rule) -> Note:
    buttons = (
        Button(label=TAKE, command=f"my badges accept {rule.key}"),
        Button(label=DECLINE, command=f"my badges decline {rule.key}"),
    )
    return replace(messages.say(text, name=rule.name), buttons=buttons)


def _grant(turn: Turn, person: PersonId, rule: Rule, *, on: bool, why: str, keep: bool = False) -> None:
    session = turn.session
    badge = session.badges.get((person, rule.key))
    turn.fact(f.Recognised(at=turn.now, person=PersonId(person), rule=rule.key, on=on, why=why))
    follow_words(turn, person)
    grant = _role(turn, person, rule, on=on, why=why)
    turn.effects.append(grant)
    if not on:
        if badge is not None:
            turn.effects.append(RevokeBadge(place=grant.place, badge=badge, keep=keep))
    elif rule.badge and session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        _issue(turn, person, rule)


def _role(turn: Turn, person: PersonId, rule: Rule, *, on: bool, why: str) -> Grant:
    session = turn.session
    known = session.people.get(person)
    place = known.room if known is not None and known.room in session.rooms else session.rooms[0]
    return Grant(place=place, person=person, role=rule.name, why=f"{turn.script.title}: {why}", on=on)


def issue(turn: Turn) -> None:
    """The review is over: who took something that has a badge gets it."""
    rules = {rule.key: rule for rule in turn.script.recognition if rule.badge}
    for person, key in sorted(turn.session.granted):
        if key in rules:
            _issue(turn, person, rules[key])


def _issue(turn: Turn, person: PersonId, rule: Rule) -> None:
    session = turn.session
    if (person, rule.key) in session.badges:
        return
    secret = f"{session.seed}:badge:{person}:{rule.key}:{session.version}"
    badge = hashlib.blake2b(secret.encode(), digest_size=16).hexdigest()
    turn.fact(f.BadgeIssued(at=turn.now, person=PersonId(person), rule=rule.key, badge=badge))
    turn.effects.append(Issue(place=private_place(person), person=person, rule=rule.key, badge=badge))


def show_log(turn: Turn, host: PersonId) -> None:
    """Show a host who was recognized, and by whom."""
    turn.tell(host, RecognitionLog() if turn.script.recognition else NOTHING)


def answer(turn: Turn, person: PersonId, how: str, key: str) -> None:
    """Somebody takes what they earned, declines it, or asks what there is."""
    rules = turn.script.recognition
    if not rules:
        turn.tell(person, NOTHING)
        return
    how = how.strip().lower()
    if how in ("accept", "decline"):
        rule = _rule(turn, person, key)
        if rule is None:
            return
        if how == "decline":
            _decline(turn, person, rule)
        else:
            _take(turn, person, rule)
        return
    for rule in rules:
        pair = (person, rule.key)
        if pair in turn.session.granted:
            turn.tell(person, messages.say(YOURS, name=rule.name, key=rule.key))
        elif pair in turn.session.revoked:
            turn.tell(person, messages.say(REVOKED_ONCE, name=rule.name))
        elif may_take(turn.script, turn.session, person, rule):
            turn.tell(person, _offer(WHY[rule.earn], rule))
        else:
            turn.tell(person, messages.say(WHY[rule.earn], name=rule.name))


def standing(script: Script, session: Session, person: str) -> tuple[tuple[Rule, bool], ...]:
    """What somebody took here, and what is theirs if they take it; with whether they have it."""
    if session.phase not in AFTER:
        return ()
    found = []
    for rule in script.recognition:
        pair = (person, rule.key)
        has = pair in session.granted
        if has or (pair not in session.declined and may_take(script, session, person, rule)):
            found.append((rule, has))
    return tuple(found)


def _rule(turn: Turn, person: str, key: str) -> Rule | None:
    rules = {rule.key: rule for rule in turn.script.recognition}
    key = key.strip().lower()
    if not key and len(rules) == 1:
        return next(iter(rules.values()))
    if key not in rules:
        turn.tell(person, messages.say(NO_RULE, key=key[:40] or "–", there=", ".join(rules)))
        return None
    return rules[key]


def may_take(script: Script, session: Session, person: str, rule: Rule) -> bool:
    """True if something is somebody's if they take it: they earned it or a host gave it, and none took it back."""
    pair = (person, rule.key)
    if pair in session.revoked:
        return False
    return pair in session.by_hand or (not rule.nominate and earned(script, session, person, rule))


def _take(turn: Turn, person: PersonId, rule: Rule) -> None:
    pair = (person, rule.key)
    if pair not in turn.session.granted:
        if pair in turn.session.revoked:
            turn.tell(person, messages.say(REVOKED_ONCE, name=rule.name))
            return
        if not may_take(turn.script, turn.session, person, rule):
            turn.tell(person, HOSTS_GIVE if rule.nominate or rule.earn is Earn.THANKED else NOT_EARNED)
            return
        _grant(turn, person, rule, on=True, why=rule.earn.value)
    else:  # once more, should the platform have refused it before
        turn.effects.append(_role(turn, person, rule, on=True, why=rule.earn.value))
    turn.tell(person, messages.say(TAKEN, name=rule.name, key=rule.key))
    if rule.badge:
        turn.tell(person, BADGE_COMES)


def give_back(turn: Turn, person: PersonId, rule: Rule) -> None:
    """Somebody does not want it, or not any more."""
    pair = (person, rule.key)
    if pair in turn.session.granted:
        _grant(turn, person, rule, on=False, why="given back")
    if pair not in turn.session.declined:
        turn.fact(f.RecognitionDeclined(at=turn.now, person=PersonId(person), rule=rule.key))
        follow_words(turn, person)


def _decline(turn: Turn, person: PersonId, rule: Rule) -> None:
    give_back(turn, person, rule)
    turn.tell(person, messages.say(DECLINED, key=rule.key))


def named(said: str) -> tuple[str, str]:
    """The name and the key of a rule in what a host said: a name, a colon, and what."""
    found = _SAID.match(said)
    return (found[1], found[2].lower()) if found else (said, "")


def by_host(turn: Turn, host: PersonId, said: str, *, on: bool) -> None:
    """A host recognises somebody by hand, or takes something back: a name, a colon, and what."""
    found = _SAID.match(said)
    (name, key), reason = named(said), found[3] if found else ""
    known = find_person(turn.session, name)
    if known is None:
        turn.tell(host, messages.say(messages.WHO_IS, name=name[:80]))
        return
    rule = _rule(turn, host, key)
    if rule is None:
        return
    if on:
        _give(turn, host, known.id, rule)
    elif (known.id, rule.key) not in turn.session.granted:
        turn.tell(host, messages.say(NOT_THEIRS, name=rule.name))
    elif not reason.strip():
        turn.tell(host, messages.say(REVOKE_WHY, who=name.strip()[:80], key=rule.key))
    else:
        reason = quoting.clean(reason)[:300]
        _grant(turn, known.id, rule, on=False, why="taken back by a host")
        turn.fact(
            f.RecognitionDeclined(
                at=turn.now, person=PersonId(known.id), rule=rule.key, by=host, reason=Words(reason)
            )
        )
        turn.tell(known.id, messages.say(REVOKED, name=rule.name, reason=reason))
        turn.tell(host, messages.say(REVOKED_HOST, name=rule.name, who=name.strip()[:80], key=rule.key))


def _give(turn: Turn, host: PersonId, person: PersonId, rule: Rule, thanks: str = "") -> None:
    """Offer it by a host's hand; what was taken back within a day is theirs again."""
    pair = (person, rule.key)
    if turn.session.by_hand.get(pair) == thanks and pair not in turn.session.declined:
        turn.tell(host, messages.say(GIVEN, name=rule.name))
        return
    revoked = turn.session.revoked.get(pair)
    given = f.RecognisedByHost(
        at=turn.now, person=PersonId(person), rule=rule.key, by=PersonId(host), thanks=thanks
    )
    turn.fact(given)
    if revoked is not None and turn.now - revoked <= A_DAY:
        _grant(turn, person, rule, on=True, why="taken back by mistake")
        turn.tell(person, messages.say(RESTORED, name=rule.name))
        turn.tell(host, messages.say(RESTORED_HOST, name=rule.name))
        return
    if (person, rule.key) not in turn.session.granted:
        turn.tell(person, _offer(FOR_THANKS if thanks else BY_HAND, rule))
    turn.tell(host, messages.say(GIVEN, name=rule.name))


def nod(turn: Turn, host: PersonId, key: str, how: str) -> None:
    """A host lets thanks go on, and recognises who is thanked if they say as what."""
    said = how.strip().lower()
    plain = said in ("", "yes", "no", "hold")
    rule = None if plain else _rule(turn, host, said)
    if not plain and rule is None:
        return
    if not thanks.look(turn, host, key, said) or rule is None:
        return
    found = turn.session.thanks[key.strip()]
    if found.person:
        _give(turn, host, found.person, rule, thanks=found.id)


def let_go(turn: Turn, person: PersonId, *, keep: bool = False) -> None:
    """Somebody is forgotten: what they were given goes with them. Or badges stay, and nobody knows whose they are."""
    for key in [rule for who, rule in turn.session.granted if who == person]:
        rule = next((each for each in turn.script.recognition if each.key == key), None)
        if rule is not None:
            _grant(turn, person, rule, on=False, why="asked to be forgotten", keep=keep)


def counted(session: Session, rules: Iterable[Rule]) -> list[tuple[str, int]]:
    """The number of people who took each recognition, for the recap, without names."""
    return [(rule.name, sum(key == rule.key for _, key in session.granted)) for rule in rules]
