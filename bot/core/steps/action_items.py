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
from bot.core.model.masked_count import size
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session, Undertaking
from bot.core.queries import find_person
from bot.core.steps.registry import kind_of
from bot.core.steps.tallies import labels_of, leading
from bot.core.text import messages, quoting
from bot.core.text.messages import N_
from bot.core.text.numbers import whole_number
from bot.core.turn import Turn

MOST, ROOM = 5, 8  # of what was chosen, that is offered; and with those that tie
DAYS, LONGEST = 14, 365  # until it is to be done, if nobody says otherwise
BACK = ("no", "back")  # gives it up again
ASK_AFTER = timedelta(days=7)
LINE = 300  # characters of what became of it
TAKE = N_("I'll do {n}")
HOW = N_("Add the number of an idea and, if you like, how many days it takes: /my actions 1 14")
NONE_YET = N_("There are no next steps yet. Ideas appear here after a vote.")
NO_SUCH = N_("There's no idea {n}. There are {of}.")
HELD = N_("{name} is already doing that.")
NOT_YOURS = N_("That's not yours to update. To see yours: /my actions")
NOT_YOUNG = N_("This workshop's recap shows no names, so no one can sign up for an idea.")
LET_GO = N_("It's open for someone else again.")
TOLD = N_("Thanks! Your update is in the recap. Send a new one anytime to replace it.")
ASKED_HOST = N_("I've asked {name} if they'd do this.")
HOW_TOLD = N_(
    "Add done, started, later or dropped, and a line after a colon if you like: /my "
    "actions 1 done: we met twice"
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
    listed: list[Choice] = []
    over = session.phase in (
        Phase.REVIEW,
        Phase.FOLLOWING,
        Phase.CLOSED,
    )  # a vote may have been open at the end
    for step in script.all_steps:
        state = session.steps.get(step.id)
        if state is None or not (state.closed or over):
            continue
        result = kind_of(step).result(script, session, step)
        labels = labels_of(session, step) if result.ideas else {}
        for key, dots in (
            leading(result.spread, MOST, lambda each: size(each[1]), ROOM) if result.ideas else ()
        ):
            whole = f"{step.id}.{key}"
            if dots:
                taken = next((u for u in session.undertaken.values() if u.choice == whole), None)
                listed.append(
                    Choice(
                        number=len(listed) + 1, key=whole, label=labels.get(key, ""), dots=dots, taken=taken
                    )
                )
    return tuple(listed)


def offer(turn: Turn) -> None:
    """Show the room what a vote chose, and how to take it on: once, when the vote is over."""
    offered = choices(turn.script, turn.session)
    voted = {choice.key.partition(".")[0] for choice in offered}
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


def _chosen(turn: Turn, person: str, number: str) -> Choice | None:
    offered = choices(turn.script, turn.session)
    if turn.script.nameless:
        turn.tell(person, NOT_YOUNG)
    elif not offered:
        turn.tell(person, NONE_YET)
    elif not 0 < whole_number(number) <= len(offered):
        turn.tell(person, messages.say(NO_SUCH, n=number[:8] or "–", of=len(offered)))
    else:
        return offered[whole_number(number) - 1]
    return None


def take(turn: Turn, person: str, line: str) -> None:
    """Somebody takes a choice on, or (`no`) lets it go; without a number they see what there is."""
    number, _, how = line.strip().partition(" ")
    if not number:
        offered = choices(turn.script, turn.session)
        turn.tell(person, NextSteps() if offered else NONE_YET)
        return
    choice = _chosen(turn, person, number)
    if choice is None:
        return
    undertaking = choice.taken
    if how.strip().lower() in BACK:
        if undertaking is not None and undertaking.person == person:
            turn.fact(f.StepLetGo(at=turn.now, id=undertaking.id, blanks=_blanks(undertaking)))
            turn.tell(person, LET_GO)
            _follow(turn)
        else:
            turn.tell(person, NOT_YOURS)
        return
    if undertaking is not None and undertaking.person != person:
        owner = turn.session.people.get(undertaking.person)
        turn.tell(person, messages.say(HELD, name=owner.name if owner and owner.name else "–"))
        return
    if undertaking is not None and not how.strip():
        turn.tell(person, MyStep(id=undertaking.id))
        return
    days = DAYS if not how.strip() else int(how) if how.strip().isdecimal() and len(how.strip()) < 5 else 0
    if not 0 < days <= LONGEST:
        turn.tell(person, HOW)
        return
    id = (
        undertaking.id
        if undertaking is not None
        else str(len(turn.session.undertaken) + turn.session.let_go + 1)
    )
    due = turn.now + timedelta(days=days)
    if undertaking is not None and undertaking.due.date() == due.date():  # sent again
        turn.tell(person, MyStep(id=id))
        return
    turn.fact(f.StepTaken(at=turn.now, id=id, choice=choice.key, person=PersonId(person), due=due))
    if undertaking is None:
        turn.wake(TimerKind.STEP, turn.now + ASK_AFTER, visit=int(id))
    turn.tell(person, MyStep(id=id))
    _follow(turn)


def propose(turn: Turn, host: str, line: str) -> None:
    """A host asks somebody whether they take a choice on."""
    number, _, name = line.strip().partition(" ")
    choice = _chosen(turn, host, number)
    if choice is None:
        return
    asked = find_person(turn.session, name)
    if asked is None:
        turn.tell(host, messages.say(messages.WHO_IS, name=name[:80]))
        return
    turn.tell(asked.id, StepAsked(choice=choice.key, proposed=True))
    turn.tell(host, messages.say(ASKED_HOST, name=asked.name))


def due(turn: Turn, id: str) -> None:
    """A week is over: who has it is asked, once, unless they said already, or asked for help."""
    undertaking = turn.session.undertaken.get(id)
    if undertaking is None or undertaking.how is not None:
        return
    owner = turn.session.people.get(undertaking.person)
    if owner is not None and not owner.forgotten and not owner.needs_help:
        turn.tell(undertaking.person, StepAsked(choice=undertaking.choice), name=f"step:{id}")


def told(turn: Turn, person: str, said: str) -> None:
    """The owner of an action item says how it is going."""
    number, _, rest = said.strip().partition(" ")
    how, _, line = rest.partition(":")
    undertakings = {choice.number: choice.taken for choice in choices(turn.script, turn.session)}
    undertaking = undertakings.get(whole_number(number))
    if undertaking is None or undertaking.person != person:
        turn.tell(person, NOT_YOURS)
        return
    if how.strip().lower() not in {progress.value for progress in Progress}:
        turn.tell(person, HOW_TOLD)
        return
    text = " ".join(quoting.clean(line).split())[:LINE]
    if (undertaking.how, undertaking.text) == (Progress(how.strip().lower()), text):
        turn.tell(person, TOLD)
        return
    turn.fact(
        f.StepTold(
            at=turn.now,
            id=undertaking.id,
            how=Progress(how.strip().lower()),
            text=Words(text),
            blanks=_blanks(undertaking),
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
        Progress.DROPPED: N_("It won't happen"),
    }
    return tuple(
        Button(label=label, command=f"progress {number} {how.value}") for how, label in labels.items()
    )


def _blanks(undertaking: Undertaking) -> tuple[int, ...]:
    return (undertaking.seq,) if undertaking.text else ()


def number_of(script: Script, session: Session, key: str) -> Choice | None:
    """The choice with this key."""
    return next((choice for choice in choices(script, session) if choice.key == key), None)
