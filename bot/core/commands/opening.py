"""Opening a workshop in a room, from what the community can start to the first question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.commands.command import (
    HIDDEN,
    Choice,
    Command,
    CommunityOutcome,
    CommunityRequest,
    Parameter,
    Typing,
    Who,
    not_now,
    one,
)
from bot.core.model.cards import Button, Note
from bot.core.model.effects import Say
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Mode, Opened, Phase
from bot.core.model.homes import session_id
from bot.core.model.ids import PersonId
from bot.core.pacing import live, multi_day
from bot.core.participants.community import (
    CommunityFact,
    CommunityHostNamed,
    SessionOpened,
    fold,
    next_part,
    unknown,
)
from bot.core.text.messages import N_, say
from bot.core.turn import Outcome, Turn

NONE_YET = N_("There's no workshop to open yet.")
TRY = N_("3 minutes on your own, with made-up people. No one real is reached, and I keep nothing.")
ONLY_HOSTS = N_("Only hosts can open a workshop here.")
TAKEN = N_("A workshop is running here. To end it with a recap: /workshop end")


def show_list(request: CommunityRequest) -> CommunityOutcome:
    """List the workshops that can be started here."""
    shelf = request.shelf.values()
    lines = [f"- {listing.id}: {listing.title}, {listing.lengths}" for listing in shelf if listing.hash]
    listed = request.reply(Note(text="\n".join(lines)) if lines else say(NONE_YET))
    if not _is_host(request):
        return listed
    notes = [note for listing in shelf if listing.fault and (note := listing.refused)]
    reply = listed.effects[0]
    assert isinstance(reply, Say)
    faulty = tuple(replace(reply, name=f"{reply.name}:{n}", card=note) for n, note in enumerate(notes, 1))
    return replace(listed, effects=(reply, *faulty))


def try_alone(request: CommunityRequest) -> CommunityOutcome:
    """Try a workshop with people who do not exist."""
    button = Button(label=N_("Try the demo"), command="workshop try")
    return request.reply(Note(text=TRY, buttons=(button,)))


def start(request: CommunityRequest) -> CommunityOutcome:
    """Open a workshop in the room, or the next part of a series."""
    event, community = request.event, request.community
    person = event.person.id
    if not _is_host(request):
        return request.reply(say(ONLY_HOSTS))
    if event.holding:
        return request.reply(say(TAKEN))
    wanted = event.args.get("workshop", "").strip().lower()
    if not wanted:
        return show_list(request)
    listing = request.shelf.get(wanted)
    if listing is None:
        return request.reply(unknown(request.shelf, wanted))
    series: str = ""
    earlier: tuple[str, ...] = ()
    if listing.parts:
        series = listing.id
        listing, earlier = next_part(community, listing)
    if listing.refused:
        return request.reply(listing.refused)
    chosen = listing.choose(event.args.get("how", ""))
    if isinstance(chosen, Note):
        return request.reply(chosen)
    facts: list[CommunityFact] = []
    if person not in community.hosts:
        facts.append(CommunityHostNamed(at=event.at, person=PersonId(person)))
    facts.append(
        SessionOpened(
            at=event.at,
            session=session_id(event.id, event.at, community.id),
            workshop=listing.id,
            room=event.channel,
            host=PersonId(person),
            series=series,
        )
    )
    opened = _opened(request, *chosen, earlier)
    return Outcome(facts=(*facts, opened), after=fold(facts, community))


def _is_host(request: CommunityRequest) -> bool:
    return request.event.host or request.event.person.id in request.community.hosts


def _opened(request: CommunityRequest, script: str, mode: Mode, earlier: tuple[str, ...]) -> Opened:
    event, times = request.event, request.times
    return Opened(
        at=event.at,
        session=session_id(event.id, event.at, request.community.id),
        community=request.community.id,
        script=script,
        rooms=(event.channel,),
        hosts_channel=request.hosts_channel,
        host=event.person.id,
        seed=event.seed,
        mode=mode,
        zone=times.zone,
        quiet=times.quiet,
        keep_days=times.keep_days,
        films=times.films,
        earlier=earlier,
    )


def open_lobby(turn: Turn, event: CommandGiven) -> None:
    """The session that the community opened says that it is there."""
    if turn.session.version <= 2:
        live.open_lobby(turn)
    else:
        turn.tell(event.person.id, not_now(turn.session))


def add_room(turn: Turn, event: CommandGiven) -> None:
    """Let the session span one more room."""
    live.add_room(turn, event.args.get("channel", "").strip(), event.person.id)


def begin(turn: Turn, event: CommandGiven) -> None:
    """Ask the first question."""
    if turn.session.mode is Mode.ASYNC:
        multi_day.begin(turn)
    else:
        live.begin(turn)


def workshops(typing: Typing) -> Sequence[Choice]:
    """The workshops that can be started here."""
    return [(f"{listing.title} ({listing.lengths})", listing.id) for listing in typing.shelf.values()]


def ways(typing: Typing) -> Sequence[Choice]:
    """The ways in which the workshop that is named can run."""
    listing = typing.shelf.get(typing.args.get("workshop", ""))
    versions = listing.versions if listing else ()
    return [(way, way) for way in (*versions, "call", "async")]


COMMANDS = (
    Command(
        name="workshop open",
        help=N_("open a workshop here"),
        parameters=(
            Parameter(name="workshop", help=N_("such as first-circle"), required=False, proposals=workshops),
            Parameter(
                name="how",
                help=N_("such as 60, async (several days), call (during a call), many (several communities)"),
                required=False,
                proposals=ways,
            ),
        ),
        who=Who.HOST,
        phases=(Phase.LOBBY,),
        community=start,
        handler=open_lobby,
    ),
    Command(
        name="workshop try",
        help=N_("try a 3-minute demo on your own"),
        who=Who.ANYONE,
        page="try",
        community=try_alone,
    ),
    Command(
        name="workshop list",
        shown=HIDDEN,
        help=N_("see which workshops can be opened here"),
        who=Who.ANYONE,
        community=show_list,
    ),
    Command(
        name="workshop add-room",
        aliases=("workshop room",),
        help=N_("include another room before the start"),
        parameters=one("channel", N_("the other room, such as web:garden"), room=True),
        who=Who.HOST,
        phases=(Phase.LOBBY,),
        handler=add_room,
    ),
    Command(
        name="workshop start",
        aliases=("workshop begin",),
        help=N_("start with the first question"),
        parameters=(
            Parameter(
                name="workshop", help=N_("leave it out, or name a workshop to open it"), required=False
            ),
            Parameter(name="how", help=N_("leave it out"), required=False),
        ),
        with_words="workshop open",
        who=Who.HOST,
        phases=(Phase.LOBBY,),
        handler=begin,
    ),
)
