"""What is said before people are paired: how each would like to talk, and who should not sit together."""

from __future__ import annotations

from bot.core.model import facts as f
from bot.core.model.cards import Button, Note, WhoNot
from bot.core.model.facts import Mode, Wish
from bot.core.model.ids import PersonId
from bot.core.model.presence import takes_part
from bot.core.model.script import Audience
from bot.core.model.steps import Step
from bot.core.queries import find_person
from bot.core.steps import pairs
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn


def ask_before(turn: Turn, coming: Step) -> None:
    """One step before the pairs: ask everybody, privately, how they would like to talk."""
    session = turn.session
    if session.mode is Mode.CALL or turn.script.audience is Audience.UNDER_18:
        return
    buttons = (
        Button(label=N_("With a partner"), command="pair someone"),
        Button(label=N_("In a group of 3"), command="pair three"),
        Button(label=N_("On my own"), command="pair alone"),
        Button(label=N_("Not with …"), command="pair not"),
    )
    for person in session.people.values():
        if takes_part(person):
            turn.tell(person.id, Note(text=messages.PAIR_ASK, buttons=buttons), name=f"wish:{coming.id}")


def wish(turn: Turn, person: str, how: str) -> None:
    """Somebody says how they would like to talk, or with whom not; who wants company meanwhile is seated at once."""
    first, _, name = how.strip().partition(" ")
    if first.lower() == "not":
        not_with(turn, PersonId(person), name.strip())
        return
    try:
        wanted = Wish(how.strip().lower())
    except ValueError:
        turn.tell(person, messages.PAIR_HOW)
        return
    if turn.session.wishes.get(person) is not wanted:
        turn.fact(f.PairWished(at=turn.now, person=PersonId(person), wish=wanted))
    step = pairs.open_pairs(turn)
    seated = step is not None and pairs.partners(turn.session, step.id, person)
    turn.tell(person, messages.PAIR_LATER if seated else messages.PAIR_NOTED[wanted.value])
    if wanted is not Wish.ALONE and person in turn.session.people:
        pairs.arrived(turn, PersonId(person))


def not_with(turn: Turn, person: PersonId, name: str) -> None:
    """Somebody would rather not be paired with another: nobody hears of it, hosts neither."""
    session = turn.session
    other = find_person(session, name) if name else None
    if other is None or other.id == person:
        turn.tell(person, WhoNot(person=person))
        return
    if frozenset((person, other.id)) not in session.apart:
        turn.fact(f.KeptApart(at=turn.now, people=(person, PersonId(other.id))))
    turn.tell(person, messages.NOT_WITH)
    step = pairs.open_pairs(turn)
    together = step is not None and other.id in pairs.partners(session, step.id, person)
    if together and turn.script.audience is not Audience.UNDER_18:
        pairs.change_partner(turn, person)


def keep_apart(turn: Turn, names: str, host: str) -> None:
    """A host says which two should not be paired; nobody else hears of it."""
    members = [find_person(turn.session, name) for name in names.split(",")]
    if len(members) != 2 or members[0] is None or members[1] is None or members[0] == members[1]:
        turn.tell(host, messages.APART_HOW)
        return
    people = (PersonId(members[0].id), PersonId(members[1].id))
    if frozenset(people) not in turn.session.apart:
        turn.fact(f.KeptApart(at=turn.now, people=people))
    turn.tell_hosts(messages.APART)
