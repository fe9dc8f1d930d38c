"""Laws of the core, for whatever people do (hypothesis)."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.rehearsal import START
from bot.core.machine import step
from bot.core.model import facts as f
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Person,
    Posted,
    Submitted,
    TimerFired,
)
from bot.core.model.evolve import evolve, fold
from bot.core.model.facts import Fact, Opened, Phase
from bot.core.model.ids import PersonId
from bot.core.model.session import Session
from bot.core.turn import Outcome
from bot.store import codec, rewriting
from tests.support import small

SCRIPT = small()
SCRIPTS = {"h": SCRIPT}
PEOPLE = [Person(id=f"stage:{n}", name=n) for n in ("ada", "bo", "chi", "dan", "eve")]
HOST = PEOPLE[0]
OPENED = Opened(
    at=START,
    session="s",
    community="stage",
    script="h",
    rooms=("stage:circle",),
    hosts_channel="stage:circle/hosts",
    host=PersonId(HOST.id),
    seed="seed",
)

people = st.sampled_from(PEOPLE)
texts = st.text(max_size=60) | st.sampled_from(["@everyone", "<b>x</b>", "\u202eabc", "👩🏽‍🚀", "", " "])
steps = st.sampled_from([s.id for s in SCRIPT.steps])
orders = st.sampled_from(
    [
        ("workshop start", {}),
        ("workshop next", {}),
        ("workshop back", {}),
        ("workshop pause", {}),
        ("workshop resume", {}),
        ("workshop end", {}),
        ("workshop publish", {}),
        ("workshop extend", {"minutes": "2"}),
        ("workshop remove", {"name": "dan"}),
        ("workshop undo", {}),
        ("workshop companion", {"name": "bo"}),
        ("workshop takeover", {}),
        ("workshop contact", {"name": "chi"}),
        ("workshop apart", {"names": "ada, bo"}),
        ("workshop hold", {"card": "1"}),
        ("workshop release", {"card": "1"}),
        ("report", {"card": "1"}),
        ("pair", {"how": "alone"}),
        ("partner", {}),
        ("for", {"what": "bo: typed for bo"}),
        ("approve", {}),
        ("decline", {}),
        ("pass", {}),
        ("writing", {}),
        ("now", {}),
        ("my", {}),
        ("helpme", {}),
        ("leave", {}),
        ("join", {}),
        ("read", {}),
        ("answer", {"text": "an answer"}),
        ("pick", {"numbers": "1"}),
        ("withdraw", {"answer": "1"}),
        ("share", {"answer": "1", "how": "name"}),
        ("change", {"answer": "1", "text": "changed"}),
        ("forget", {"me": "me"}),
    ]
)
actions = st.one_of(
    st.tuples(st.just("post"), people, texts),
    st.tuples(st.just("order"), people, orders),
    st.tuples(st.just("form"), people, st.tuples(steps, texts, st.sampled_from(["no", "name", "anonymous"]))),
    st.tuples(st.just("pick"), people, st.sampled_from([("rest",), ("a5",), ("nothing",), ()])),
    st.tuples(st.just("edit"), people, st.tuples(st.integers(0, 20), texts)),
    st.tuples(st.just("delete"), people, st.integers(0, 20)),
    st.tuples(st.just("left"), people, st.none()),
    st.tuples(st.just("order"), st.just(HOST), st.just(("workshop next", {}))),
    st.tuples(st.just("order"), st.just(HOST), st.just(("workshop undo", {}))),
    st.tuples(st.just("order"), people, st.just(("for", {"what": "bo: typed for bo"}))),
    st.tuples(st.just("order"), people, st.just(("forget", {"me": "me"}))),
    st.tuples(st.just("form"), people, st.tuples(steps, st.just("words"), st.just("name"))),
    st.tuples(st.just("wake"), people, st.integers(0, 5)),
)


class Play:
    """Feeds events to `step` and keeps the log, as the runtime does, without a database."""

    def __init__(self) -> None:
        self.log: list[Fact] = [OPENED]
        self.session: Session = evolve(Session(), OPENED)
        self.now = START
        self.count = 0
        self.wakes: list = []
        for who in PEOPLE:
            self.hear(
                Joined(
                    id=f"stage:j{who.name}",
                    channel="stage:circle",
                    at=self.now,
                    person=who,
                    private=f"stage:circle/~{who.name}",
                )
            )

        self.hear(
            CommandGiven(
                id="stage:b", channel="stage:circle", at=self.now, person=HOST, command="workshop start"
            )
        )

    def hear(self, event: Event) -> Outcome:
        outcome = step(SCRIPTS, self.session, event)
        self.log += outcome.facts
        self.session = outcome.after
        self.wakes += [e for e in outcome.effects if type(e).__name__ == "Wake"]
        return outcome

    def event(self, action) -> Event | None:
        kind, who, what = action
        self.count += 1
        self.now += timedelta(seconds=20)
        base = {"id": f"stage:{self.count}", "channel": "stage:circle", "at": self.now}
        match kind:
            case "post":
                return Posted(**base, person=who, text=what)
            case "order":
                return CommandGiven(**base, person=who, command=what[0], args=what[1])
            case "form":
                fields = {"bring": what[1], "moment": what[1], "loop": what[1], "text": what[1]}
                return Submitted(**base, person=who, session="s", step=what[0], fields=fields, share=what[2])
            case "pick":
                return Submitted(**base, person=who, session="s", step="choose", picks=what)
            case "edit":
                return Edited(**base, person=who, message=f"stage:{what[0]}", text=what[1])
            case "delete":
                return Deleted(**base, person=who, message=f"stage:{what}")
            case "left":
                return Left(**base, person=who)
            case _:
                if what >= len(self.wakes):
                    return None
                wake = self.wakes[-1 - what]
                at = max(self.now, wake.at)
                return TimerFired(id=base["id"], at=at, session="s", timer=wake.timer, due=wake.at)

    def play(self, script) -> None:
        for action in script:
            event = self.event(action)
            if event is not None:
                self.hear(event)


plays = st.lists(actions, max_size=40)


@given(plays)
def test_the_log_folds_to_the_state_and_survives_the_disk(script):
    play = Play()
    play.play(script)
    assert fold(play.log) == play.session
    assert fold([codec.loads(codec.dumps(fact)) for fact in play.log]) == play.session


@given(plays, st.integers(0, 39))
def test_what_people_do_never_raises_and_facts_explain_every_effect(script, _):
    play = Play()
    for action in script:
        event = play.event(action)
        if event is not None:
            before = play.session
            outcome = play.hear(event)
            assert outcome.after.version == before.version + len(outcome.facts)
            assert outcome.after == fold(outcome.facts, before)
            assert outcome.after.at >= before.at


@given(plays)
def test_the_running_count_of_who_is_waited_for_is_right(script):
    from bot.core.model.presence import waited_for

    play = Play()
    play.play(script)
    assert play.session.counted == sum(waited_for(p) for p in play.session.people.values())


@given(plays)
def test_a_closed_session_asks_nothing(script):
    play = Play()
    play.hear(CommandGiven(id="x2", channel="stage:circle", at=play.now, person=HOST, command="workshop end"))
    play.hear(
        CommandGiven(id="x3", channel="stage:circle", at=play.now, person=HOST, command="workshop publish")
    )
    assert play.session.phase is Phase.CLOSED
    asked = len([fact for fact in play.log if isinstance(fact, f.Asked)])
    play.play(script)
    assert len([fact for fact in play.log if isinstance(fact, f.Asked)]) == asked
    assert play.session.phase is Phase.CLOSED


def erased(log: list[Fact]) -> list[Fact]:
    """The log as the store leaves it: what `blanks` name is emptied, the forgotten are pseudonyms."""
    lines = [codec.dumps(fact) for fact in log]
    for n, fact in enumerate(log):
        for seq in getattr(fact, "blanks", ()):
            lines[seq - 1] = rewriting.blank(lines[seq - 1])
        if isinstance(fact, f.Forgotten):
            lines[: n + 1] = [rewriting.rename(line, fact.person, fact.pseudonym) for line in lines[: n + 1]]
    return [codec.loads(line) for line in lines]


@given(plays)
def test_an_erased_log_folds_to_the_same_state(script):
    play = Play()
    play.play(script)
    assert fold(erased(play.log)) == play.session


@given(plays)
def test_words_stand_in_one_fact_and_effects_hold_none(script):
    play = Play()
    marker = "zebra-crossing"
    for n, action in enumerate(script):
        kind, who, _what = action
        if kind == "post":
            action = (kind, who, f"{marker}{n}!")
        event = play.event(action)
        if event is None:
            continue
        outcome = play.hear(event)
        for effect in outcome.effects:
            assert marker not in codec.dumps(effect)
    lines = [codec.dumps(fact) for fact in erased(play.log)]
    for n in range(len(script)):
        assert sum(f"{marker}{n}!" in line for line in lines) <= 1
