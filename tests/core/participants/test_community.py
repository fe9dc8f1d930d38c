"""What belongs to a community and to no session: who may open a workshop, and which."""

from __future__ import annotations

from bot.authoring.rehearsal import START
from bot.core.commands.command import CommunityOutcome
from bot.core.commands.registry import in_community as step
from bot.core.model.effects import Say
from bot.core.model.events import CommandGiven, Person
from bot.core.model.facts import Opened
from bot.core.participants.community import Community, Listing, fold
from bot.render.cards import said
from bot.store import codec
from tests.support import Scene

SHELF = {"first-circle": Listing(id="first-circle", title="First circle", minutes=15, hash="h")}
EMPTY = Community(id="stage")


def order(command: str, host: bool = True, holding: str = "", **args: str) -> CommandGiven:
    return CommandGiven(
        id="stage:1",
        channel="stage:circle",
        at=START,
        person=Person(id="stage:hedi", name="Hedi"),
        command=command,
        args=args,
        host=host,
        holding=holding,
        seed="seed",
    )


def opened(outcome: CommunityOutcome) -> Opened | None:
    return next((fact for fact in outcome.facts if isinstance(fact, Opened)), None)


def reply(outcome: CommunityOutcome) -> str:
    (effect,) = outcome.effects
    assert isinstance(effect, Say)
    return said(effect.card)


def test_a_host_opens_a_workshop_and_is_known_from_then_on():
    outcome = step(SHELF, EMPTY, order("workshop open", workshop="First-Circle"), "stage:circle/hosts")
    session = opened(outcome)
    assert session and (session.script, session.seed) == ("h", "seed")
    after = outcome.after
    assert after.hosts == {"stage:hedi"} and dict(after.sessions) == {session.session: "first-circle"}
    again = step(SHELF, after, order("workshop open", host=False, workshop="first-circle"), "x")
    assert opened(again)  # the platform need not vouch twice


def test_the_same_order_opens_the_same_session():
    first, second = (
        step(SHELF, EMPTY, order("workshop open", workshop="first-circle"), "x") for _ in range(2)
    )
    assert first == second


def test_refusals_are_sentences():
    for event, says in [
        (order("workshop open", host=False, workshop="first-circle"), "Only hosts"),
        (order("workshop open", holding="s", workshop="first-circle"), "A workshop is running here"),
        (order("workshop open", workshop="first-cricle"), "Did you mean first-circle?"),
        (order("workshop open", workshop="@everyone"), "/workshop open"),
    ]:
        outcome = step(SHELF, EMPTY, event, "x")
        assert says in reply(outcome) and not outcome.facts
    assert "first-circle: First circle, 15 min" in reply(step(SHELF, EMPTY, order("workshop list"), "x"))
    assert not step(SHELF, EMPTY, order("now"), "x").effects


async def test_the_log_of_a_community_survives_a_restart(scene: Scene):
    await scene.order("Host", "workshop open", workshop="small")
    log = await scene.store.community_facts("stage")
    assert [codec.loads(codec.dumps(fact)) for fact in log] == list(log)
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    await scene.reopen()
    await scene.order("Host", "workshop open", workshop="small")
    assert len(fold(await scene.store.community_facts("stage"), EMPTY).sessions) == 2
