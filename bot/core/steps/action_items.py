"""Action items: what a vote chose gets somebody who takes it on, and a day; they are asked once what became of it.

Only who takes a step on has it: a host can ask somebody, and nobody else can put it on them. Their name stands
with it in the recap, and they are told so before.
"""

from __future__ import annotations

from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, MyStep, NextSteps, RecapReady, Spread, StepAsked
from bot.core.model.effects import Say
from bot.core.model.events import About, TimerKind
from bot.core.model.facts import Phase, Progress, Words
from bot.core.model.ids import PersonId
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session, Undertaking
from bot.core.queries import find_person
from bot.core.steps.registry import kind_of
from bot.core.steps.tallies import labels_of
from bot.core.text import messages, quoting
from bot.core.text.messages import N_
from bot.core.turn import Turn

MOST = 5  # of what was chosen, that is offered
DAYS, LONGEST = 14, 365  # until it is to be done, if nobody says otherwise
ASK_AFTER = timedelta(days=7)
LINE = 300  # characters of what became of it
TAKE = N_("I take {n} on")
HOW = N_("Name its number, and if you like the days until it is done, such as: /take 1 14")
NONE_YET = N_("Nothing was chosen yet. When a vote is over, its first choices can be taken on.")
NO_SUCH = N_("There is no choice {n}; there are {of}.")
HELD = N_("{name} has taken that on already.")
NOT_YOURS = N_("That is not yours to tell of. /take shows what there is.")
NOT_YOUNG = N_("In this workshop nobody's name stands in the recap, so nothing is taken on by name.")
LET_GO = N_("It is open again for somebody else.")
TOLD = N_("Thank you. It stands in the recap like this; say it again, and it changes.")
ASKED_HOST = N_("{name} is asked whether they take it on.")
HOW_TOLD = N_(
    "Say done, started, later or dropped, and if you like a line after a colon, such as: /progress 1 done: we met twice"
)


@record
class Choice:
    """Something that a vote chose, with who has it."""

    number: int
    key: str  # step.option
    label: str  # nothing if its author took it back
    dots: int
    taken: Undertaking | None = None


def choices(script: Script, session: Session) -> tuple[Choice, ...]:
    """The choices of every vote that is over and shows its spread; numbered for good."""
    found: list[Choice] = []
    for step in script.all_steps:
        state = session.steps.get(step.id)
        if state is None or not state.closed:
            continue
        result = kind_of(step).result(script, session, step)
        labels = labels_of(session, step) if result.ideas else {}
        for key, dots in result.spread[:MOST] if result.ideas else ():
            whole = f"{step.id}.{key}"
            if dots:
                taken = next((u for u in session.undertaken.values() if u.choice == whole), None)
                found.append(
                    Choice(
                        number=len(found) + 1, key=whole, label=labels.get(key, ""), dots=dots, taken=taken
                    )
                )
    return tuple(found)


def offer(turn: Turn) -> None:
    """When a vote is over, the room sees what it chose, and how to take it on: once."""
    there = choices(turn.script, turn.session)
    voted = {choice.key.partition(".")[0] for choice in there}
    fresh = voted - turn.session.offered_steps
    if not fresh or turn.script.nameless:
        return
    turn.fact(f.StepsOffered(at=turn.now, steps=tuple(sorted(fresh))))
    shown = {
        effect.card.step
        for effect in turn.effects
        if isinstance(effect, Say) and isinstance(effect.card, Spread)
    }
    if fresh - shown:  # else it stands on the card that shows how the dots fell
        turn.say("nextsteps", NextSteps())


def _follow(turn: Turn) -> None:
    turn.revise("nextsteps", NextSteps())
    for step in sorted(turn.session.offered_steps):
        visit = turn.session.steps[step].visit
        turn.revise(f"spread:{visit}", Spread(step=step), About(step=step))
    if turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.revise("recap", RecapReady())


def _chosen(turn: Turn, person: str, said: str) -> Choice | None:
    there = choices(turn.script, turn.session)
    if turn.script.nameless:
        turn.tell(person, NOT_YOUNG)
    elif not there:
        turn.tell(person, NONE_YET)
    elif not said.isdecimal() or not 0 < int(said) <= len(there):
        turn.tell(person, messages.say(NO_SUCH, n=said[:8] or "–", of=len(there)))
    else:
        return there[int(said) - 1]
    return None


def take(turn: Turn, person: str, said: str) -> None:
    """Somebody takes a choice on, or (`no`) lets it go; without a number they see what there is."""
    number, _, how = said.strip().partition(" ")
    if not number:
        there = choices(turn.script, turn.session)
        turn.tell(person, NextSteps() if there else NONE_YET)
        return
    choice = _chosen(turn, person, number)
    if choice is None:
        return
    held = choice.taken
    if how.strip().lower() in ("no", "back"):
        if held is not None and held.person == person:
            turn.fact(f.StepLetGo(at=turn.now, id=held.id, blanks=_blanks(held)))
            turn.tell(person, LET_GO)
            _follow(turn)
        else:
            turn.tell(person, NOT_YOURS)
        return
    if held is not None and held.person != person:
        known = turn.session.people.get(held.person)
        turn.tell(person, messages.say(HELD, name=known.name if known and known.name else "–"))
        return
    days = DAYS if not how.strip() else int(how) if how.strip().isdecimal() and len(how.strip()) < 5 else 0
    if not 0 < days <= LONGEST:
        turn.tell(person, HOW)
        return
    id = held.id if held is not None else str(len(turn.session.undertaken) + turn.session.let_go + 1)
    due = turn.now + timedelta(days=days)
    turn.fact(f.StepTaken(at=turn.now, id=id, choice=choice.key, person=PersonId(person), due=due))
    if held is None:
        turn.wake(TimerKind.STEP, turn.now + ASK_AFTER, visit=int(id))
    turn.tell(person, MyStep(id=id))
    _follow(turn)


def propose(turn: Turn, host: str, said: str) -> None:
    """A host asks somebody whether they take a choice on."""
    number, _, name = said.strip().partition(" ")
    choice = _chosen(turn, host, number)
    if choice is None:
        return
    known = find_person(turn.session, name)
    if known is None:
        turn.tell(host, messages.say(messages.WHO_IS, name=name[:80]))
        return
    turn.tell(known.id, StepAsked(choice=choice.key, proposed=True))
    turn.tell(host, messages.say(ASKED_HOST, name=known.name))


def due(turn: Turn, id: str) -> None:
    """A week is over: who has it is asked, once, unless they said already, or asked for help."""
    held = turn.session.undertaken.get(id)
    if held is None or held.how is not None:
        return
    known = turn.session.people.get(held.person)
    if known is not None and not known.forgotten and not known.needs_help:
        turn.tell(held.person, StepAsked(choice=held.choice), name=f"step:{id}")


def told(turn: Turn, person: str, said: str) -> None:
    """Who has it says how it is going."""
    number, _, rest = said.strip().partition(" ")
    how, _, line = rest.partition(":")
    there = {choice.number: choice.taken for choice in choices(turn.script, turn.session)}
    held = there.get(int(number)) if number.isdecimal() else None
    if held is None or held.person != person:
        turn.tell(person, NOT_YOURS)
        return
    if how.strip().lower() not in {each.value for each in Progress}:
        turn.tell(person, HOW_TOLD)
        return
    text = " ".join(quoting.clean(line).split())[:LINE]
    turn.fact(
        f.StepTold(
            at=turn.now,
            id=held.id,
            how=Progress(how.strip().lower()),
            text=Words(text),
            blanks=_blanks(held),
        )
    )
    turn.tell(person, TOLD)
    _follow(turn)


def hands(number: int) -> tuple[Button, ...]:
    """The commands with which somebody says how it is going."""
    labels = {
        Progress.DONE: N_("Done"),
        Progress.STARTED: N_("Started"),
        Progress.LATER: N_("Not yet"),
        Progress.DROPPED: N_("It will not happen"),
    }
    return tuple(
        Button(label=label, command=f"progress {number} {how.value}") for how, label in labels.items()
    )


def _blanks(held: Undertaking) -> tuple[int, ...]:
    return (held.seq,) if held.text else ()


def number_of(script: Script, session: Session, key: str) -> Choice | None:
    """The choice with this key."""
    return next((choice for choice in choices(script, session) if choice.key == key), None)
