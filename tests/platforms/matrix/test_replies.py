"""Bare words in a direct room: they press a button while the last message offers it, and are answers otherwise."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.loader import parse
from bot.core.model.cards import Button
from bot.core.model.session import Session
from bot.core.platform import Post
from bot.core.text.wording import tr
from bot.platforms.matrix.channels import matrix_rooms
from bot.platforms.matrix.event_content import ASKS, OFFERS, content
from bot.platforms.matrix.event_mapping import Line
from bot.platforms.matrix.replies import WORDS, Replies, sentence, words_for
from bot.render.i18n import catalogues, spoken
from bot.store.opening import open_store
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.test_workshop import has

ME, ADA = "@bot:x", "@ada:x"
DIRECT = f"matrix:~{ADA}"


# What the words are ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", catalogues())
def test_the_word_that_is_shown_can_be_typed(language: str) -> None:
    with spoken(language):
        for key, words in WORDS.items():
            assert tr(key) in words


def test_no_word_means_two_things() -> None:
    every = [word for words in WORDS.values() for word in words]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        (["schedule confirm ab.1", "schedule drop ab"], ["yes", "no"]),
        (["my badges accept teller", "my badges decline teller"], ["yes", "no"]),
        (["approve o7", "decline o7"], ["yes", "no"]),
        (["approve o7 first", "approve o7 second"], ["1", "2"]),
        (["pair someone", "pair three", "pair alone"], ["1", "2", "3"]),
        (["schedule begin ab@1.2", "schedule wait ab@1.2"], ["start", "wait"]),
        (["schedule here ab@1.2"], ["here"]),
        (["rsvp yes ab", "rsvp maybe ab", "rsvp watch ab", "rsvp no ab"], ["yes", "maybe", "1", "no"]),
        (["my actions 3", "my actions 5"], ["3", "5"]),
        (["recap preview"], []),
    ],
)
def test_each_button_has_one_word(commands: list[str], words: list[str]) -> None:
    assert list(words_for([Button(label="…", command=command) for command in commands])) == words


def test_the_sentence_names_each_word_with_its_button() -> None:
    buttons = (
        Button(label="Schedule it", command="schedule confirm a.1"),
        Button(label="No", command="schedule drop a"),
    )
    said = sentence(words_for(buttons))
    assert said == "Reply **yes** (Schedule it) or **no**."
    shown = content(Post(text="Well?", buttons=buttons), "", said)
    assert shown["body"] == "Well?\n\nReply yes (Schedule it) or no."
    assert "!schedule" in content(Post(text="Well?", buttons=buttons))["body"]


# What a timeline comes to -----------------------------------------------------------------------------------------------


class Timeline:
    """A direct room in memory: what is said there, one event after the other."""

    def __init__(self, replies: Replies) -> None:
        self.replies, self.n = replies, 0

    def _line(self, sender: str, said: dict[str, object]) -> Line:
        self.n += 1
        source = {
            "type": "m.room.message",
            "event_id": f"$e{self.n}",
            "sender": sender,
            "origin_server_ts": 1_000_000 + self.n,
            "content": {"msgtype": "m.text", **said},
        }
        return Line(channel=DIRECT, source=source, name="")

    def bot(self, offers: dict[str, str], *, asks: bool = False) -> str:
        more: dict[str, object] = ({OFFERS: offers} if offers else {}) | ({ASKS: True} if asks else {})
        line = self._line(ME, {"body": "…", **more})
        self.replies.said(line)
        return str(line.source["event_id"])

    async def ada(self, text: str, to: str = "") -> Line:
        more: dict[str, object] = {"m.relates_to": {"m.in_reply_to": {"event_id": to}}} if to else {}
        return await self.again(self._line(ADA, {"body": text, **more}))

    async def again(self, line: Line) -> Line:
        """The same line, as it is read once more after a crash, too."""
        self.read = line
        return await self.replies.meant(line)


BARE = [
    "no",
    "NO.",
    "3",
    "skip",
    "more",
    "stop",
    "ja",
    "sí",
    "non",
    "nobody",
    "3 apples",
    "!my",
    "yes, and no",
]
STEP = st.one_of(
    st.tuples(
        st.just("offer"), st.sets(st.sampled_from(["yes", "no", "3", "skip", "more", "stop"]), min_size=1)
    ),
    st.tuples(st.just("asks"), st.just(frozenset())),
    st.tuples(st.just("note"), st.just(frozenset())),
    st.tuples(st.just("ada"), st.sampled_from(BARE)),
)
KEY = {
    "no": "no",
    "NO.": "no",
    "3": "3",
    "skip": "skip",
    "more": "more",
    "stop": "stop",
    "ja": "yes",
    "sí": "yes",
    "non": "no",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("timelines")


names = itertools.count()


@given(steps=st.lists(STEP, max_size=14))
@settings(max_examples=40, deadline=None)
def test_a_word_is_a_reply_only_while_the_last_message_offers_it(
    folder: Path, steps: list[tuple[str, object]]
) -> None:
    async def told() -> None:
        store = await open_store(folder / f"{next(names)}.db")
        rooms = matrix_rooms(store)
        await rooms.load()
        timeline, offer, waits = Timeline(Replies(store, rooms)), frozenset[str](), False
        for kind, what in steps:
            if kind == "ada":
                word = KEY.get(str(what), "")
                meant = (await timeline.ada(str(what))).content["body"]
                if word in offer:
                    assert meant == f"!do {word}"
                    offer = frozenset()  # it is pressed once
                else:
                    assert meant == what, "an answer was eaten"
                    waits = False
            else:
                offer = frozenset(what) if kind == "offer" else frozenset()  # type: ignore[call-overload]
                timeline.bot({word: f"do {word}" for word in offer}, asks=kind == "asks")
                waits = waits or kind == "asks"
            assert timeline.replies.free(DIRECT) is not waits
        await store.close()

    asyncio.run(told())


@pytest.fixture
async def timeline(tmp_path: Path) -> AsyncIterator[Timeline]:
    store = await open_store(tmp_path / "rooms.db")
    made = Timeline(Replies(store, matrix_rooms(store)))
    made.store = store  # type: ignore[attr-defined]
    yield made
    await store.close()


async def test_a_line_that_is_read_again_means_the_same(timeline: Timeline) -> None:
    timeline.bot({"no": "schedule drop a"})
    assert (await timeline.ada("no")).content["body"] == "!schedule drop a"
    line = timeline.read
    timeline.bot({})  # what it came to is said, and the process is killed before the line was settled
    await timeline.replies.keep()
    store = timeline.store  # type: ignore[attr-defined]
    rooms = matrix_rooms(store)
    await rooms.load()
    timeline.replies = Replies(store, rooms)
    assert (await timeline.again(line)).content["body"] == "!schedule drop a"
    assert (await timeline.ada("no")).content["body"] == "no"


async def test_an_old_offer_is_taken_by_a_reply_to_it(timeline: Timeline) -> None:
    old = timeline.bot({"yes": "rsvp yes a", "no": "rsvp no a"})
    timeline.bot({"yes": "rsvp yes b"})
    assert (await timeline.ada("yes", to=old)).content["body"] == "!rsvp yes a"
    assert (await timeline.ada("maybe", to=old)).content["body"] == "maybe"
    question = timeline.bot({}, asks=True)
    assert (await timeline.ada("yes", to=question)).content["body"] == "yes"


async def test_a_line_from_before_the_offer_is_none(timeline: Timeline) -> None:
    early = timeline._line(ADA, {"body": "no"})  # read late, after a gap
    timeline.bot({"no": "schedule drop a"})
    assert (await timeline.again(early)).content["body"] == "no"
    assert (await timeline.ada("no")).content["body"] == "!schedule drop a"


async def test_what_is_taken_back_offers_nothing(timeline: Timeline) -> None:
    message = timeline.bot({"no": "decline o1"})
    gone = timeline._line(ME, {})
    gone.source = {**gone.source, "type": "m.room.redaction", "redacts": message}
    timeline.replies.said(gone)
    assert (await timeline.ada("no")).content["body"] == "no"


async def test_elsewhere_a_word_is_talk(timeline: Timeline) -> None:
    timeline.bot({"no": "schedule drop a"})
    line = timeline._line(ADA, {"body": "no"})
    line.channel = "matrix:!room"
    assert (await timeline.again(line)).content["body"] == "no"


# In a real room -----------------------------------------------------------------------------------------------------------

SCRIPT = """
id: plain
title: Plain
about: Three questions.
minutes: 30
steps:
  - {id: mood, kind: choice, title: Mood, say: "How is it?", minutes: 5,
     options: [{key: up, label: Up}, {key: down, label: Down}]}
  - {id: deep, kind: reflection, title: Deep, say: "Anything else?", minutes: 5,
     fields: [{key: words, label: "What else?"}, {key: more, label: "How many?", optional: true}]}
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    stub = await Stub().start()
    made = await House(stub, tmp_path, parse(SCRIPT, "plain.yaml")).open("bot")
    yield made
    await made.close()
    await stub.close()


async def so(house: House, true: Callable[[Session], bool]) -> Session:
    key = (await house.store.sessions.listed())[0][0]
    async with asyncio.timeout(20):
        while not true((await house.runtime.sessions.load(key))[0]):
            await asyncio.sleep(0.02)
    return (await house.runtime.sessions.load(key))[0]


async def test_a_host_says_yes_and_no(house: House) -> None:
    bot = house.account.user
    host = await house.guest("hans")
    room = await host.room(bot)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    await host.say(room, "!schedule add plain tomorrow 19:00")
    told = await host.until(direct, has("Plain", "Reply yes (Schedule it) or no"), bot)
    assert "!schedule confirm" not in told[-1]
    await host.say(direct, "nein")
    await host.until(direct, has("I haven't scheduled anything"), bot)
    await host.say(room, "!schedule add plain tomorrow 20:00")
    await host.until(direct, has("20:00", "Reply yes"), bot)
    await house.stop()
    await house.start()
    await host.say(direct, "Yes!")
    await host.until(direct, has("Scheduled as"), bot)
    await host.until(room, has("Plain", "!rsvp"), bot)


async def test_no_and_3_are_answers_to_questions(house: House) -> None:
    bot = house.account.user
    host, ada = await house.guest("hans"), await house.guest("ada")
    room = await host.room(bot, ada.user)
    await ada.join(room)
    await host.come()
    await host.say(room, "!workshop open plain")
    await ada.until(room, has("!join"), bot)
    await ada.say(room, "!join")
    direct = await ada.come()
    await host.say(room, "!workshop start")
    await ada.until(direct, has("Mood", "or “skip”"), bot)
    await ada.say(direct, "Skip.")
    await so(house, lambda s: bool(s.steps["mood"].passed))
    await ada.say(direct, "2")
    await so(house, lambda s: any(a.picks == ("down",) for a in s.answers.values()))
    await host.say(room, "!workshop next")
    await ada.until(direct, has("What else?", "skip"), bot)
    await ada.say(direct, "no")
    await ada.until(direct, has("How many?"), bot)
    await ada.say(direct, "3")
    done = await so(house, lambda s: any(len(a.blanks) == 2 for a in s.answers.values()))
    assert [a.text(key) for a in done.answers.values() if a.blanks for key in ("words", "more")] == [
        "no",
        "3",
    ]


async def test_no_message_says_press_where_there_is_nothing_to_press(house: House) -> None:
    bot = house.account.user
    host = await house.guest("hans")
    room = await host.room(bot)
    direct = await host.come()
    await host.say(room, "!workshop open plain")
    await host.until(room, has("!join"), bot)
    await host.say(room, "!join")
    await host.say(room, "!workshop start")
    await host.until(direct, has("How is it?"), bot)
    for place in (room, direct):
        assert not [text for text in await host.texts(place, bot) if re.search(r"\bPress\b|\bpress\b", text)]
