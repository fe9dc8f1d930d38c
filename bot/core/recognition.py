"""Recognition: noticing what somebody did, as they like it. Nothing is graded, counted or compared.

A script says what earns what. Whoever earned something is offered it, once, and it is theirs only if they take it;
what it was earned by may be taken back, and then it goes, too. Hosts can recognise by hand and revoke; the last word
stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.core import facts as f
from bot.core import words
from bot.core.cards import Button, Note
from bot.core.effects import Grant, Issue, TakeBack
from bot.core.facts import PersonId, Phase, Share
from bot.core.queries import find_person
from bot.core.script import Earn, Rule, Script, Story
from bot.core.session import PRIVATE, Session
from bot.core.turn import Turn
from bot.core.values import but
from bot.core.words import N_

AFTER = frozenset({Phase.TAIL, Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED})
OFFERS = {
    Earn.STORY: N_(
        "You told a story and let others read it. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.ANSWERED: N_(
        "You went all the way to your next step. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.WITNESS: N_(
        "You read along and listened to the end. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.HOST: N_("You held this session. If you like, you are **{name}** here. Only if you take it."),
    Earn.COMPANION: N_(
        "You helped to hold this session. If you like, you are **{name}** here. Only if you take it."
    ),
    Earn.FOLLOW: N_(
        "You came back and said what happened. If you like, you are **{name}** here. Only if you take it."
    ),
}
WHY = {
    Earn.STORY: N_("**{name}**: for a story that you told and let others read (/share)."),
    Earn.ANSWERED: N_("**{name}**: for going all the way to a next step of your own."),
    Earn.WITNESS: N_("**{name}**: for reading along to the end."),
    Earn.HOST: N_("**{name}**: for holding a session."),
    Earn.COMPANION: N_("**{name}**: for helping to hold a session."),
    Earn.FOLLOW: N_("**{name}**: for coming back, weeks later, to say what happened."),
}
YOURS = N_("**{name}** is yours. /recognition decline {key} gives it back.")
TAKE, DECLINE = N_("Take it"), N_("No, thank you")
TAKEN = N_("You are **{name}** here now. /recognition decline {key} gives it back, whenever you like.")
BADGE_COMES = N_(
    "After the review you get a badge for it, privately, which others can verify. It holds neither your name nor your "
    "words."
)
DECLINED = N_("It is not given to you, and nobody hears of it. /recognition take {key}, if you think again.")
NOT_EARNED = N_("That is not yours yet. /recognition explain says what it is for.")
NO_RULE = N_("There is nothing called {key} here. There are: {there}.")
NOTHING = N_("This workshop has nothing to take; what you did counts all the same.")
BY_HAND = N_("A host recognises you as **{name}**. It is yours only if you take it.")
GIVEN = N_("Offered to them, as **{name}**.")
REVOKED = N_("A host took **{name}** back.")
REVOKED_HOST = N_("**{name}** is taken back from them, and they were told. /recognise gives it again.")
NOT_THEIRS = N_("They do not have **{name}**.")


def earned(script: Script, session: Session, person: str, rule: Rule) -> bool:
    """Whether somebody did what this is for, by what is true now."""
    if session.phase not in AFTER:
        return False
    known = session.people.get(person)
    if rule.earn is Earn.HOST:
        return person in session.hosts and session.visit > 0
    if known is None or known.forgotten or known.removed:
        return False
    told = [a for a in session.answers.values() if a.person == person and not a.withdrawn]
    match rule.earn:
        case Earn.STORY:
            stories = rule.steps or tuple(s.id for s in script.all_steps if isinstance(s, Story))
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


def settle(turn: Turn) -> None:
    """After whatever happened: offer what was newly earned, and take back what is not earned any more."""
    script = turn.script
    if not script.recognition or turn.session.phase not in AFTER:
        return
    for person in _touched(turn):
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
                turn.tell(person, _offer(OFFERS[rule.earn], rule), name=f"proposed:{rule.key}")
                break  # one at a time; the others are under /recognition


def _touched(turn: Turn) -> list[str]:
    """Whom the facts of this turn concern."""
    session, found = turn.session, dict.fromkeys([""])
    for fact in turn.facts:
        if isinstance(fact, f.Turned):
            return [*session.people, *(host for host in sorted(session.hosts) if host not in session.people)]
        answer = session.answers.get(getattr(fact, "answer", "")) if hasattr(fact, "answer") else None
        found[answer.person if answer else str(getattr(fact, "person", ""))] = None
    return [person for person in found if person]


def _offer(text: str, rule: Rule) -> Note:
    buttons = (
        Button(label=TAKE, command=f"recognition take {rule.key}"),
        Button(label=DECLINE, command=f"recognition decline {rule.key}"),
    )
    return but(words.say(text, name=rule.name), buttons=buttons)


def _grant(turn: Turn, person: str, rule: Rule, *, on: bool, why: str) -> None:
    session = turn.session
    known = session.people.get(person)
    place = known.room if known is not None and known.room in session.rooms else session.rooms[0]
    turn.fact(f.Recognised(at=turn.now, person=PersonId(person), rule=rule.key, on=on, why=why))
    turn.effects.append(
        Grant(place=place, person=person, role=rule.name, why=f"{turn.script.title}: {why}", on=on)
    )
    if not on:
        for who, key, badge in session.badges:
            if (who, key) == (person, rule.key):
                turn.effects.append(TakeBack(place=place, badge=badge))
    elif rule.badge and session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        _issue(turn, person, rule)


def issue(turn: Turn) -> None:
    """The review is over: who took something that has a badge gets it."""
    rules = {rule.key: rule for rule in turn.script.recognition if rule.badge}
    for person, key in sorted(turn.session.granted):
        if key in rules:
            _issue(turn, person, rules[key])


def _issue(turn: Turn, person: str, rule: Rule) -> None:
    session = turn.session
    if any((who, key) == (person, rule.key) for who, key, _ in session.badges):
        return
    secret = f"{session.seed}:badge:{person}:{rule.key}:{session.version}"
    badge = hashlib.blake2b(secret.encode(), digest_size=16).hexdigest()
    turn.fact(f.BadgeIssued(at=turn.now, person=PersonId(person), rule=rule.key, badge=badge))
    turn.effects.append(Issue(place=PRIVATE + person, person=person, rule=rule.key, badge=badge))


def answer(turn: Turn, person: str, how: str, key: str) -> None:
    """Somebody takes what they earned, declines it, or asks what there is."""
    rules = turn.script.recognition
    if not rules:
        turn.tell(person, NOTHING)
        return
    how = how.strip().lower()
    if how in ("take", "decline"):
        rule = _rule(turn, person, key)
        if rule is None:
            return
        if how == "decline":
            _decline(turn, person, rule)
        else:
            _take(turn, person, rule)
        return
    for rule in rules:
        why = words.say(WHY[rule.earn], name=rule.name)
        if (person, rule.key) in turn.session.granted:
            turn.tell(person, words.say(YOURS, name=rule.name, key=rule.key))
        elif earned(turn.script, turn.session, person, rule):
            turn.tell(person, _offer(WHY[rule.earn], rule))
        else:
            turn.tell(person, why)


def _rule(turn: Turn, person: str, key: str) -> Rule | None:
    rules = {rule.key: rule for rule in turn.script.recognition}
    key = key.strip().lower()
    if not key and len(rules) == 1:
        return next(iter(rules.values()))
    if key not in rules:
        turn.tell(person, words.say(NO_RULE, key=key[:40] or "–", there=", ".join(rules)))
        return None
    return rules[key]


def _take(turn: Turn, person: str, rule: Rule) -> None:
    pair = (person, rule.key)
    if pair not in turn.session.granted:
        if pair in turn.session.revoked:
            turn.tell(person, words.say(REVOKED, name=rule.name))
            return
        if not earned(turn.script, turn.session, person, rule) and pair not in turn.session.by_hand:
            turn.tell(person, NOT_EARNED)
            return
        _grant(turn, person, rule, on=True, why=rule.earn.value)
    turn.tell(person, words.say(TAKEN, name=rule.name, key=rule.key))
    if rule.badge:
        turn.tell(person, BADGE_COMES)


def _decline(turn: Turn, person: str, rule: Rule) -> None:
    pair = (person, rule.key)
    if pair in turn.session.granted:
        _grant(turn, person, rule, on=False, why="given back")
    if pair not in turn.session.declined:
        turn.fact(f.RecognitionDeclined(at=turn.now, person=PersonId(person), rule=rule.key))
    turn.tell(person, words.say(DECLINED, key=rule.key))


def by_host(turn: Turn, host: str, said: str, *, on: bool) -> None:
    """A host recognises somebody by hand, or takes something back: a name, a colon, and what."""
    name, _, key = said.rpartition(":")
    known = find_person(turn.session, name)
    if known is None:
        turn.tell(host, words.say(words.WHO_IS, name=name[:80]))
        return
    rule = _rule(turn, host, key)
    if rule is None:
        return
    pair = (known.id, rule.key)
    if on:
        turn.fact(f.HandGiven(at=turn.now, person=PersonId(known.id), rule=rule.key, by=PersonId(host)))
        turn.tell(known.id, _offer(BY_HAND, rule))
        turn.tell(host, words.say(GIVEN, name=rule.name))
    elif pair in turn.session.granted:
        _grant(turn, known.id, rule, on=False, why="taken back by a host")
        turn.fact(f.RecognitionDeclined(at=turn.now, person=PersonId(known.id), rule=rule.key, by="host"))
        turn.tell(known.id, words.say(REVOKED, name=rule.name))
        turn.tell(host, words.say(REVOKED_HOST, name=rule.name))
    else:
        turn.tell(host, words.say(NOT_THEIRS, name=rule.name))


def let_go(turn: Turn, person: str) -> None:
    """Somebody is forgotten: what they were given goes with them."""
    for key in [rule for who, rule in turn.session.granted if who == person]:
        rule = next((each for each in turn.script.recognition if each.key == key), None)
        if rule is not None:
            _grant(turn, person, rule, on=False, why="asked to be forgotten")


def counted(session: Session, rules: Iterable[Rule]) -> list[tuple[str, int]]:
    """How many took each recognition, for the recap: numbers, and no names."""
    return [(rule.name, sum(key == rule.key for _, key in session.granted)) for rule in rules]
