"""What people and their programs throw at it: nothing breaks, nothing is lost, everything is shown literally."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.events import Posted
from bot.core.text.quoting import clean, isolate
from bot.render.cards import split
from bot.render.html import html
from bot.store.outbox import home_of
from tests.support import Scene, person


async def test_a_hundred_kilobytes_are_refused_kindly_and_can_be_mended(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "x" * 100_000)
    assert "100,000 characters. The limit is 600" in scene.private("Ada")[-1]
    assert not (await scene.session()).answers
    await scene.say("Ada", "short")
    assert [a.text("text") for a in (await scene.session()).answers.values()] == ["short"]


@pytest.mark.parametrize("empty", ["", "   ", "\n\t", "\u200b\u200b", "\u2800", "\x00\x07", "\u202e"])
async def test_nothing_to_read_is_no_answer(scene: Scene, empty: str):
    await scene.gathered("Ada", "Bo")
    await scene.submit("Ada", "hello", text=empty)
    assert not (await scene.session()).answers
    assert "That message was empty" in scene.private("Ada")[-1]


@pytest.mark.parametrize("one", ["k", "7", "ي", "🙂", "👩🏽‍🚀"])
async def test_one_character_is_an_answer(scene: Scene, one: str):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", one)
    assert [a.text("text") for a in (await scene.session()).answers.values()] == [one]


def test_controls_go_and_languages_stay():
    assert clean("a\x1b[31mred\x00") == "a[31mred"
    assert clean("\u202eevil\u202c") == "evil"
    assert clean("سلام می\u200cخواهم") == "سلام می\u200cخواهم"  # a joiner inside a word is spelling
    assert clean("👩\u200d🚀") == "👩\u200d🚀"
    assert clean("one\r\ntwo\rthree") == "one\ntwo\nthree"
    assert clean("half a pair \ud83d") == "half a pair"


HOSTILE = st.text(max_size=80) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "**bold** [link](javascript:alert(1))",
        '"><img src=x onerror=alert(1)>',
        "@everyone @here <@123> #channel",
        "\u2069\u2068 breaking out",
        "> quoted\n- listed\n1. numbered",
        "&lt;b&gt; &amp;",
        "https://example.org/<b>",
    ]
)


@given(HOSTILE)
def test_words_are_shown_literally_on_a_page(text: str):
    from html.parser import HTMLParser

    class Seen(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.inside = 0
            self.words: list[str] = []
            self.tags: set[str] = set()

        def handle_starttag(self, tag, attrs):
            self.tags.add(tag)
            self.inside += tag == "bdi"
            assert not attrs, f"an attribute came out of somebody's words: {attrs}"

        def handle_endtag(self, tag):
            self.inside -= tag == "bdi"

        def handle_data(self, data):
            if self.inside:
                self.words.append(data)

    words = clean(text).replace("\n", " ")
    seen = Seen()
    seen.feed(str(html(f"> {isolate(words)}")))
    seen.close()
    assert seen.tags <= {"blockquote", "p", "bdi"}
    assert "".join(seen.words) == words


@given(st.text(max_size=500), st.integers(20, 200))
def test_a_long_text_is_cut_into_parts_that_fit_and_lose_no_words(text: str, limit: int):
    parts = split(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


async def test_names_are_hostile_too(scene: Scene):
    from bot.core.model.events import Joined, Person

    await scene.order("Host", "workshop open", workshop="small")
    name = "\u202e<b>Mal</b>\n\n**Host**" + "x" * 500
    who = Person(id="stage:mal", name=name)
    await scene.happen(Joined(id="", channel="stage:circle", at=scene.clock.now(), person=who))
    shown = (await scene.session()).people["stage:mal"].name
    assert len(shown) <= 80 and "\u202e" not in shown and "\n" not in shown


async def test_events_for_steps_and_sessions_that_do_not_exist(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.submit("Ada", "no-such-step", text="x")
    await scene.submit("Ada", "choose", picks=("x",))
    await scene.order("Ada", "pick", numbers="1 2 99999999999999999999 -3 ½")
    await scene.order("Host", "workshop extend", minutes="999999999")
    await scene.order("Ada", "no such command")
    assert (await scene.session()).step == "hello"


async def test_a_fault_of_ours_costs_one_event_and_not_the_session(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    from bot.core.steps import answers

    await scene.gathered("Ada", "Bo")
    whole = answers.posted
    monkeypatch.setattr(answers, "posted", lambda turn, event: 1 / 0)
    await scene.say("Ada", "the one that hits a bug")
    monkeypatch.setattr(answers, "posted", whole)
    await scene.say("Bo", "fine")
    assert scene.ticked("Bo") == [True]
    (parked,) = [h for h in await scene.store.inbox.all_held() if h.reason == "parked"]
    assert "ZeroDivisionError" in parked.error and parked.event.text == "the one that hits a bug"


async def test_250_people_answer_within_a_second_each_exactly_once(scene: Scene):
    names = [f"P{n}" for n in range(250)]
    await scene.gathered(*names[:1])
    joining = [scene.join(name) for name in names[1:]]
    for each in joining:
        await each
    events: list[Posted] = [scene.posted(name, f"line of {name}") for name in names]
    cursors = [scene.stage.happen(event) for event in events]
    commits, groups = scene.runtime.commits, scene.store.engine.commits
    await asyncio.gather(*(scene.runtime.hear(e, "stage", c) for e, c in zip(events, cursors, strict=True)))
    decided = scene.runtime.commits - commits
    await scene.runtime.idle()
    session = await scene.session()
    assert sorted(a.text("text") for a in session.answers.values()) == sorted(f"line of {n}" for n in names)
    assert all(scene.ticked(name) == [True] for name in names)
    assert decided <= 3, f"{decided} commits for 250 answers"
    assert scene.store.engine.commits - groups <= 20
    await asyncio.gather(*(scene.runtime.hear(e, "stage", c) for e, c in zip(events, cursors, strict=True)))
    assert len((await scene.session()).answers) == 250  # told again, heard once


async def test_words_to_a_thread_that_is_being_made_wait_for_it(scene: Scene):
    """An event from an unknown thread under a known parent is held on disk, and heard when it can be."""
    from bot.core.model import facts as f
    from bot.core.model.cards import Note
    from bot.core.model.effects import Say
    from bot.core.model.events import Placed
    from bot.store import Decided, Row

    await scene.gathered("Ada", "Bo")
    waiting = Row(
        key="waits",
        session=scene.session_id,
        channel="",
        place="pair:1.1",
        effect=Say(place="pair:1.1", name="waits", card=Note(text="in your pair")),
        due=scene.clock.now(),
        priority=0,
    )
    await scene.store.commit([Decided(event="x", session="", at=scene.clock.now(), rows=(waiting,))])
    event = Posted(
        id="stage:early",
        channel="stage:circle/1",
        parent="stage:circle",
        at=scene.clock.now(),
        person=person("Ada"),
        text="we are here already",
    )
    await scene.happen(event)
    (held,) = await scene.store.inbox.all_held()
    assert held.reason == "held" and held.event.text == "we are here already"
    await scene.reopen()
    await scene.happen(
        Placed(
            id="placed:1",
            channel="stage:circle/1",
            at=scene.clock.now(),
            session=scene.session_id,
            place="pair:1.1",
        )
    )
    await scene.runtime.idle()
    assert not await scene.store.inbox.all_held()
    assert isinstance((await scene.store.facts(scene.session_id))[-1], f.PlaceReady)


async def late(scene: Scene) -> tuple[str, Callable[[], Awaitable[None]]]:
    """A question that stands in the room, and whose receipt is on disk only when what comes with it is called."""
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.order("Host", "workshop back")
    prompt = [x.id for x in scene.stage.lines.values() if x.kind == "prompt"][-1]
    # the message stands in the room, but its receipt is not on disk yet
    receipt = (await scene.store.context_for([], [], [prompt])).receipts[prompt]
    await scene.store.outbox.settle([], [], [(home_of(receipt), receipt.key, receipt.part)])
    from bot.core.model.cards import Note
    from bot.core.model.effects import Say
    from bot.store import Decided, Row

    row = Row(
        key=receipt.key,
        session=scene.session_id,
        channel="stage:circle",
        place="room:1",
        effect=Say(place="room:1", name="late", card=Note(text="late"), about=receipt.about),
        due=scene.clock.now(),
        priority=0,
    )
    await scene.store.commit([Decided(event="x", session="", at=scene.clock.now(), rows=(row,))])

    async def arrives() -> None:
        await scene.store.outbox.settle([row], [receipt])
        await scene.runtime._retry_held(scene.session_id)
        await scene.runtime.idle()

    return prompt, arrives


async def test_a_reply_to_a_message_whose_receipt_is_late_finds_its_step(scene: Scene):
    prompt, arrives = await late(scene)
    await scene.say("Ada", "an early reply", reply_to=prompt)
    assert len(await scene.store.inbox.all_held()) == 1
    await arrives()
    assert [a.text("text") for a in (await scene.session()).answers.values()] == ["an early reply"]


async def test_what_waits_for_a_receipt_is_changed_meanwhile(scene: Scene):
    prompt, arrives = await late(scene)
    await scene.say("Ada", "an early reply", reply_to=prompt)
    await scene.say("Bo", "taken back at once", reply_to=prompt)
    await scene.edit("Ada", 1, "an early reply, mended")
    await scene.delete("Bo", 1)
    assert len(await scene.store.inbox.all_held()) == 4
    await arrives()
    assert not await scene.store.inbox.all_held()
    answers = (await scene.session()).answers.values()
    assert [a.text("text") for a in answers] == ["an early reply, mended", ""]
