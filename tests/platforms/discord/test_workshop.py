"""A workshop in Discord, over the wire: what people tap, send and say, and what each of them sees."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.effects import SetThreadMembers
from bot.core.model.facts import Phase
from bot.engine import silence
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import BOT, Discord
from tests.platforms.discord.wire import walk

SCRIPT = """
id: small
title: Small circle
about: A few questions.
minutes: 40
audience: adults
contact: Cora
rescue_lines: {silence: "Take your time."}
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you? {cmd:pass} is fine.", minutes: 5, reveal: live}
  - {id: talk, kind: pair, title: In pairs, say: "Talk about it.", minutes: 5, size: 2}
  - {id: mood, kind: choice, title: Mood, say: "How is it going?", minutes: 5,
     options: [{key: up, label: Up}, {key: down, label: Down}]}
  - id: tale
    kind: story
    title: A small story
    say: Tell one moment.
    minutes: 10
    fields:
      - {key: moment, label: "What happened?"}
      - {key: use, label: "What came of it?"}
      - {key: kind, label: "Which kind?", options: [{key: a, label: Alpha}, {key: b, label: Beta}]}
      - {key: more, label: "Anything else?", later: true}
"""


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


@pytest.fixture
async def house(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = House(server, tmp_path, parse(SCRIPT))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def reading(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(server, tmp_path, parse(SCRIPT), read_messages=True).start()
    yield made
    await made.close()


async def go_to(house: House, step: str) -> None:
    """The host goes on until this step is open."""
    while True:
        session = await house.session()
        state = session.current
        if session.step == step and state is not None and not state.closed:
            return
        moment = session.moment
        house.server.slash(house.host, house.room, "workshop next", manages=True, leaving=moment)
        await house.so(lambda s, moment=moment: s.moment != moment, f"on the way to {step}")


def hosts_thread(house: House) -> int:
    return next(
        int(c["id"]) for c in house.server.channels.values() if c["type"] == 12 and "Hosts" in c["name"]
    )


def labels(message: dict) -> list[str]:
    return [p["label"] for p in walk(message["components"]) if p["type"] == 2]


async def test_commands_are_registered_once_and_written_again_only_after_a_change(house: House):
    server = house.server
    names = {c["name"] for c in server.commands}
    assert {"workshop", "join", "answer", "my", "Use as my answer"} <= names
    start = next(
        o for c in server.commands if c["name"] == "workshop" for o in c["options"] if o["name"] == "open"
    )
    assert start["options"][0]["autocomplete"]
    assert start["description_localizations"]["de"] != start["description"]
    assert start["name_localizations"]["de"] == "öffnen"
    for_hosts = {c["name"] for c in server.commands if c["default_member_permissions"] == str(1 << 5)}
    assert for_hosts == {"schedule"}
    assert start["options"][1]["name_localizations"] == {"de": "wie", "es-ES": "cómo", "fr": "comment"}
    await house.stop()
    await house.start()
    assert server.command_writes == 1
    server.commands[0]["description"] = "something else"
    await house.stop()
    await house.start()
    assert server.command_writes == 2


async def test_what_may_be_meant_is_proposed_and_what_somebody_holds_to_hosts_only(
    server: Discord, tmp_path: Path
):
    rules = "recognition: [{earn: story, role: Storyteller}, {earn: host, role: Host of circles}]\nsteps:"
    house = House(server, tmp_path, parse(SCRIPT.replace("steps:", rules, 1)))
    await house.start()
    try:
        ada, _ = await house.open("Ada", "Bo")

        async def values(user: int, command: str, asked: str, **args: str) -> list[str]:
            found = await server.answered(server.propose(user, house.room, command, asked, **args))
            return [each["value"] for each in found.choices]

        assert await values(ada, "recognition give", "who", who="") == []
        assert await values(house.host, "recognition give", "who", who="ada") == [
            "Ada: storyteller", "Ada: host-of-circles"
        ]  # fmt: skip
        assert await values(ada, "my settings", "what", what="time") == ["time-zone"]
    finally:
        await house.close()


async def test_the_host_starts_with_a_command_and_has_a_panel_in_a_private_thread(house: House):
    server = house.server
    bo = server.user("Bo")
    refused = server.slash(bo, house.room, "workshop open", workshop="small")
    await server.answered(refused, "Only hosts")
    proposed = await server.answered(
        server.propose(house.host, house.room, "workshop open", "workshop", workshop="sma")
    )
    assert [c["value"] for c in proposed.choices] == ["small"] and "Small circle" in proposed.choices[0][
        "name"
    ]
    await house.open("Ada")
    thread = hosts_thread(house)
    assert server.channels[thread]["_members"] == {BOT, house.host}
    panel = await server.until(
        lambda: [m for m in server.messages[thread].values() if "1/4 Hello" in str(m)], "a panel"
    )
    assert {"Next", "+2 min", "Back", "Pause", "Undo"} <= set(labels(panel[0]))
    bo_tries = server.press(bo, house.room, "Next", panel[0])
    await server.answered(bo_tries)
    assert (await house.session()).step == "hello"
    for _ in range(2):  # the second press names a moment that is over
        server.press(house.host, thread, "Next", panel[0])
    await house.so(lambda s: s.step == "talk", "the next step")
    await server.until(
        lambda: [m for m in server.messages[thread].values() if "2/4 In pairs" in str(m)], "a new panel"
    )
    assert (await house.session()).step == "talk"


async def test_a_form_answers_page_by_page_and_every_page_is_kept(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await go_to(house, "tale")
    prompt = await server.until(lambda: server.last(house.room, "A small story"))
    assert {"Answer", "One by one", "Skip", "My answers"} <= set(labels(prompt))
    opened = await server.answered(server.press(ada, house.room, "Answer", prompt))
    first = opened.modal["components"]
    assert len(first) <= 5 and sum(c["component"]["type"] == 4 for c in first) <= 2
    sent = await server.answered(
        server.send_form(opened, moment="The door was open", use="We met", kind=["b"]), "Got it"
    )
    session = await house.so(lambda s: s.steps["tale"].by_person.get(f"discord:{ada}"), "the first page")
    onward = next(m for m in sent.shown if "Continue (2 of 2)" in labels(m))
    await house.stop()  # the bot is ended between two pages
    await house.start()
    second = await server.answered(server.press(ada, house.room, "Continue", onward))
    assert [c["component"]["custom_id"] for c in second.modal["components"]] == ["more"]
    await server.answered(server.send_form(second, more="It was warm"), "Got it")
    session = await house.session()
    answer = session.answers[session.steps["tale"].by_person[f"discord:{ada}"][0]]
    assert {k: p.text for k, p in answer.pieces.items()} == {
        "moment": "The door was open", "use": "We met", "kind": "b", "more": "It was warm",
    }  # fmt: skip
    again = await server.answered(server.press(ada, house.room, "Answer", prompt))
    assert again.modal["components"][0]["component"]["value"] == "The door was open"
    assert not any("locked" in text for text in server.shown(house.room))  # a story is private


async def test_a_tap_is_counted_once_and_can_be_changed(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await go_to(house, "mood")
    await server.until(lambda: any("How is it going" in t for t in server.shown(house.room)))
    opened = await server.answered(
        server.press(ada, house.room, "Answer", server.last(house.room, "Mood")), "Mood"
    )
    for _ in range(2):
        await server.answered(server.press(ada, house.room, "1. Up", opened.shown[0]), "Saved")
    tapped = await server.answered(server.press(ada, house.room, "2. Down", opened.shown[0]), "Saved")
    assert "2. \u2068Down\u2069 ✓" in tapped.text()
    session = await house.session()
    (key,) = session.steps["mood"].by_person[f"discord:{ada}"]
    assert session.answers[key].picks == ("down",)
    assert not any("Down ✓" in text for text in server.shown(house.room))


async def test_somebody_who_has_not_joined_is_shown_the_ways_in(house: House):
    server = house.server
    await house.open("Ada")
    bo = server.user("Bo")
    await server.until(lambda: any("What surprised" in t for t in server.shown(house.room)))
    asked = await server.answered(
        server.press(bo, house.room, "Answer", server.last(house.room, "What surprised")), "To answer"
    )
    await server.answered(server.press(bo, house.room, "Join", asked.shown[0]), "We're on 1 of 4")


async def test_pairs_talk_in_private_threads_and_only_they_are_in_them(house: House):
    server = house.server
    people = await house.open("Ada", "Bo", "Cy", "Dee")
    await go_to(house, "talk")
    session = await house.so(lambda s: len(s.steps["talk"].pairs) == 2, "two pairs")
    await server.until(
        lambda: (
            len(
                [
                    c
                    for c in server.channels.values()
                    if c["type"] == 12 and "Hosts" not in c["name"] and len(c["_members"]) == 3
                ]
            )
            == 2
        ),
        "two threads",
    )
    threads = [c for c in server.channels.values() if c["type"] == 12 and "Hosts" not in c["name"]]
    there = sorted(sorted(c["_members"] - {BOT}) for c in threads)
    assert there == sorted(sorted(int(p[8:]) for p in pair) for pair in session.steps["talk"].pairs.values())
    assert all(c["thread_metadata"]["invitable"] is False for c in threads)
    where = int(threads[0]["id"])
    await server.until(lambda: any("Talk here" in t for t in server.shown(where)), "the prompt of a pair")
    who = next(p for p in people if p in threads[0]["_members"])
    opened = await server.answered(server.press(who, where, "Answer"))
    await server.answered(
        server.send_form(opened, **{opened.modal["components"][0]["component"]["custom_id"]: "We agree"}),
        "Got it",
    )


async def test_one_question_at_a_time_is_an_equal_choice(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await go_to(house, "tale")
    prompt = await server.until(lambda: server.last(house.room, "A small story"))
    await server.answered(server.press(ada, house.room, "One by one", prompt), "one question at a time")
    direct = server.direct(ada)
    await server.until(lambda: any("What happened" in t for t in server.shown(direct)), "the first question")
    server.say(ada, direct, "The door was open")  # in a direct message words can be read
    await server.until(
        lambda: any("What came of it" in t for t in server.shown(direct)), "the second question"
    )
    server.say(ada, direct, "We met")
    await house.so(lambda s: any(a.text("use") == "We met" for a in s.answers.values()), "both answers")


async def test_a_plain_line_counts_where_messages_may_be_read_and_follows_its_author(reading: House):
    house, server = reading, reading.server
    (ada,) = await house.open("Ada")
    line = server.say(ada, house.room, "The quiet ones spoke")
    await server.until(lambda: server.signs(house.room, line) == ["✅"], "a tick")
    server.preview(house.room, line)
    server.edit(house.room, line, "The quiet ones sang")
    await house.so(
        lambda s: any(a.text("text") == "The quiet ones sang" for a in s.answers.values()), "the edit"
    )
    server.again(house.room, line)  # told twice
    server.delete(house.room, line)
    session = await house.so(lambda s: all(a.withdrawn for a in s.answers.values()), "the deletion")
    assert len(session.answers) == 1


async def test_whom_somebody_mentions_is_named(reading: House):
    """In lines, commands and forms: `<@7>` means nobody outside of Discord."""
    house, server = reading, reading.server
    ada, bo = await house.open("Ada", "Bo")
    line = server.say(ada, house.room, f"<@{bo}> spoke, <@404> did not")
    await house.so(
        lambda s: any(a.text("text") == "@Bo spoke, <@404> did not" for a in s.answers.values()), "the line"
    )
    server.edit(house.room, line, f"<@!{bo}> sang")
    await house.so(lambda s: any(a.text("text") == "@Bo sang" for a in s.answers.values()), "the edit")
    thanked = server.slash(ada, house.room, "thanks", what=f"<@{bo}>: for the kettle")
    await server.answered(thanked, "Thanks!")
    session = await house.session()
    assert [(t.person, t.text) for t in session.thanks.values()] == [(f"discord:{bo}", "for the kettle")]


async def test_without_reading_a_mention_counts_an_update_without_words_erases_nothing(house: House):
    server = house.server
    ada, bo = await house.open("Ada", "Bo")
    line = server.say(ada, house.room, f"<@{BOT}> The quiet ones spoke")
    await server.until(lambda: server.signs(house.room, line) == ["✅"], "a tick")
    plain = server.say(bo, house.room, "and this is only talk")
    server.edit(house.room, line, "changed, and the bot is not told how")
    used = await server.answered(server.use(bo, house.room, plain))
    assert used.acknowledged is not None
    session = await house.so(lambda s: len(s.answers) == 2, "the chosen line")
    assert sorted(a.text("text") for a in session.answers.values()) == [
        "The quiet ones spoke",
        "and this is only talk",
    ]
    asked = server.say(ada, house.room, f"<@{BOT}>")
    await server.until(
        lambda: any(i.user == ada and "/join" in i.text() for i in server.interactions.values()), "help"
    )
    assert asked
    refused = await server.answered(server.use(ada, house.room, plain), "your own")
    assert refused.shown


async def test_answers_by_form_gather_in_one_message(house: House):
    server = house.server
    people = await house.open("Ada", "Bo")
    await server.until(lambda: any("What surprised" in t for t in server.shown(house.room)))
    for n, who in enumerate(people):
        opened = await server.answered(
            server.press(who, house.room, "Answer", server.last(house.room, "What surprised"))
        )
        await server.answered(server.send_form(opened, text=f"line {n}"), "Got it")
        server.ahead += 11
        await server.until(
            lambda n=n: any(f"line {n}" in t for t in server.shown(house.room)), "the gathered lines"
        )
    gathered = [t for t in server.shown(house.room) if "line 0" in t]
    assert len(gathered) == 1 and "line 1" in gathered[0]


async def test_own_words_are_reached_from_any_card_and_changed_by_hand(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await server.until(lambda: any("What surprised" in t for t in server.shown(house.room)))
    opened = await server.answered(
        server.press(ada, house.room, "Answer", server.last(house.room, "What surprised"))
    )
    await server.answered(server.send_form(opened, text="frist"), "Got it")
    mine = await server.answered(
        server.press(ada, house.room, "My answers", server.last(house.room, "What surprised")), "frist"
    )
    hands = await server.answered(server.press(ada, house.room, "Edit or share", mine.shown[0]), "frist")
    form = await server.answered(server.press(ada, house.room, "Edit", hands.shown[0]))
    await server.answered(server.send_form(form, text="first"))
    await house.so(lambda s: any(a.text("text") == "first" for a in s.answers.values()), "the change")
    await server.answered(server.press(ada, house.room, "with my name", hands.shown[0]))
    await house.so(lambda s: all(a.share.value == "name" for a in s.answers.values()), "the yes")
    await server.answered(server.press(ada, house.room, "delete", hands.shown[0]))
    await house.so(lambda s: all(a.withdrawn for a in s.answers.values()), "the withdrawal")


async def test_private_words_go_by_mail_and_wait_if_that_is_closed(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    server.no_direct.add(ada)
    house.platform.replies._by_person.clear()  # as after a quarter of an hour
    house.platform.replies._by_event.clear()
    tapped = server.slash(house.host, house.room, "workshop remove", manages=True, name="Ada")
    await server.answered(tapped)
    assert not server.shown(server.direct(ada))
    await server.until(lambda: server.connected)
    dead = await house.store.outbox.dead()  # in a public channel nobody can be put out
    assert all(isinstance(row.effect, SetThreadMembers) for row in dead)


async def test_what_the_bot_may_not_do_is_said_to_the_host_with_the_mend(house: House):
    server = house.server
    await house.open("Ada")
    server.denied.add((house.room, "send"))
    await go_to(house, "mood")
    direct = server.direct(house.host)

    def told() -> bool:
        there = server.shown(direct) + [
            text for i in server.interactions.values() if i.user == house.host for text in [i.text()]
        ]
        return any(
            "Give my role View Channel, Send Messages, Send Messages in Threads and Read Message History there, or open the workshop in another channel"
            in text
            for text in there
        )

    await server.until(told, "a word to the host")
    assert not any("Mood" in text for text in server.shown(house.room))
    session = await house.session()
    for _ in range(20):  # its time runs out, and it does not end
        server.ahead += 60
        await asyncio.sleep(0)
        assert await house.runtime.wake() == 0
    assert (await house.session()).moment == session.moment
    server.denied.clear()
    server.ahead += 60
    await server.until(lambda: any("Mood" in t for t in server.shown(house.room)), "the question", 20)
    hosts = house.platform.host_channel(f"discord:{house.room}")

    def continues() -> bool:
        there = server.shown(int(house.platform.rooms.known(hosts))) + server.shown(direct)
        return any(silence.BACK in text for text in there)

    await server.until(continues, "that it goes on")
    assert not await house.store.outbox.dead()
    server.denied.add((house.room, "send"))  # and it is said again when it is so again
    complained = len(server.shown(direct))
    await go_to(house, "tale")
    await server.until(lambda: len(server.shown(direct)) > complained, "a second word to the host")


async def test_a_button_from_before_a_restart_works_and_pressing_twice_is_harmless(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await server.until(lambda: any("What surprised" in t for t in server.shown(house.room)))
    prompt = server.last(house.room, "What surprised")
    await house.stop()
    server.press(ada, house.room, "Skip", prompt)  # nobody hears this, ever
    await house.start()
    await server.answered(server.press(ada, house.room, "Skip", prompt), "You can still answer later")
    await server.answered(server.press(ada, house.room, "Skip", prompt), "You can still answer later")
    session = await house.session()
    assert session.steps["hello"].passed == {f"discord:{ada}"}


async def test_what_was_said_changed_and_deleted_while_it_was_away_is_read_back(reading: House):
    house, server = reading, reading.server
    ada, bo, cy = await house.open("Ada", "Bo", "Cy")
    kept = server.say(ada, house.room, "one")
    gone = server.say(bo, house.room, "two")
    await house.so(lambda s: len(s.answers) == 2, "two answers")
    await house.stop()
    server.edit(house.room, kept, "one, better")
    server.delete(house.room, gone)
    server.say(cy, house.room, "three")
    await house.start()
    session = await house.so(lambda s: len(s.answers) == 3, "the third")
    session = await house.so(lambda s: any(a.withdrawn for a in s.answers.values()), "the deletion")
    assert sorted(a.text("text") for a in session.answers.values() if not a.withdrawn) == [
        "one, better",
        "three",
    ]


@pytest.mark.parametrize("resumable", [True, False])
async def test_a_line_that_is_cut_loses_nothing(reading: House, resumable: bool):
    house, server = reading, reading.server
    ada, bo, cy = await house.open("Ada", "Bo", "Cy")
    server.say(ada, house.room, "before")
    await house.so(lambda s: len(s.answers) == 1, "the first")
    server.resumable = resumable
    await server.drop()
    server.say(bo, house.room, "while it was cut")
    await server.until(lambda: server.connected, "a new connection", 30)
    server.say(cy, house.room, "after")
    session = await house.so(lambda s: len(s.answers) == 3, "all three", 30)
    assert [a.text("text") for a in session.answers.values()] == ["before", "while it was cut", "after"]


async def test_hostile_words_are_shown_as_they_are(reading: House):
    house, server = reading, reading.server
    (ada, bo) = await house.open("Ada", "Bo")
    nasty = f"@everyone <@{ada}> <@&77> **bold** [a](https://x.example) `code` ||no|| </my:1> <t:1:R> # big\n- list\n> quote 👩🏽‍🚀 شكرا"
    opened = server.press(
        bo, house.room, "Answer", await server.until(lambda: server.last(house.room, "What surprised"))
    )
    await server.answered(opened)
    await server.answered(server.send_form(opened, text=nasty), "Got it")
    mine = await server.answered(
        server.press(bo, house.room, "My answers", server.last(house.room, "What surprised")), "everyone"
    )
    raw = "".join(p["content"] for m in mine.shown for p in walk(m["components"]) if p["type"] == 10)
    assert (
        "\\@everyone" in raw
        and "\\@Ada" in raw
        and "\\<\\@&77\\>" in raw
        and "\\*\\*bold" in raw
        and "\\</my" in raw.replace("\\:", ":")
    )
    for line in nasty.replace(f"<@{ada}>", "@Ada").split("\n"):
        assert line in mine.text().replace("\\", "") or line in re.sub(r"\\(.)", r"\1", raw)


async def test_the_recap_bears_the_words_that_were_allowed(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await go_to(house, "tale")
    opened = await server.answered(
        server.press(
            ada, house.room, "Answer", await server.until(lambda: server.last(house.room, "A small story"))
        )
    )
    sent = await server.answered(
        server.send_form(
            opened, moment="The door was open", use="We met", kind=["a"], **{"share?": ["name"]}
        ),
        "Got it",
    )
    assert sent.shown
    server.slash(house.host, house.room, "workshop end", manages=True)
    await house.so(lambda s: s.phase is not Phase.RUNNING, "the end")
    for _ in range(2):
        server.slash(house.host, house.room, "recap publish", manages=True)
        await server.until(lambda: True)
    await house.so(lambda s: s.phase in (Phase.FOLLOWING, Phase.CLOSED), "the recap")
    await server.until(lambda: any("The door was open" in t for t in server.shown(house.room)), "the words")
    recap = server.last(house.room, "The door was open")
    await server.until(
        lambda: any(b"The door was open" in each for each in server.named_files(house.room, "recap.html")),
        "the page",
    )
    assert "My answers" in labels(recap)
    await server.answered(server.slash(ada, house.room, "my delete", answer="1"))
    await server.until(
        lambda: not any("The door was open" in t for t in server.shown(house.room)), "the recap follows"
    )
    await server.until(
        lambda: (
            len(pages := server.named_files(house.room, "recap.html")) == 1
            and b"The door was open" not in pages[0]
        ),
        "the page follows",
    )


async def test_sent_away_from_a_server_the_session_stands_still_and_goes_on_later(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    server.leave(house.guild)
    await house.so(lambda s: s.paused, "a pause")
    server.come_back(house.guild)
    server.slash(house.host, house.room, "workshop resume", manages=True)
    await house.so(lambda s: not s.paused, "it goes on")
    opened = await server.answered(
        server.press(ada, house.room, "Answer", server.last(house.room, "What surprised"))
    )
    await server.answered(server.send_form(opened, text="still here"), "Got it")


async def test_what_a_person_alone_sees_is_in_the_language_that_they_have_set(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    server.locales[ada] = "de"
    await go_to(house, "mood")
    prompt = await server.until(lambda: server.last(house.room, "How is it going"))
    assert "Answer" in labels(prompt)  # the room keeps the language of the script
    opened = await server.answered(server.press(ada, house.room, "Answer", prompt))
    tapped = await server.answered(server.press(ada, house.room, "1. Up", opened.shown[0]), "Angenommen")
    assert "offen" in tapped.text()


LONG = """
id: long
title: Everything at its limit
about: Long words.
minutes: 60
audience: adults
contact: Cora
steps:
  - {id: pick, kind: choice, title: Pick, say: "Which?", minutes: 10, options: [%s]}
  - id: all
    kind: story
    title: Much to tell
    say: Tell.
    minutes: 20
    fields: [%s]
  - {id: show, kind: gallery, title: Look around, say: "Read.", minutes: 10, cards_from: line,
     reactions: [{key: help, label: I can help}, {key: more, label: Tell me more}, {key: same, label: Me too}, {key: thanks, label: Thank you}]}
"""


def bare(text: str) -> str:
    """A text without what stands around people's words, and without space."""
    return re.sub(r"[\u2068\u2069>\s\\]", "", text)


async def test_text_at_every_limit_arrives_whole_or_shortened_with_the_rest_one_tap_away(
    server: Discord, tmp_path: Path
):
    options = ", ".join(f"{{key: k{n}, label: '{n} {'é👩🏽‍🚀' * 12}'}}" for n in range(12))
    fields = ", ".join(f"{{key: f{n}, label: 'Question number {n}', max_chars: 2000}}" for n in range(7))
    text = (LONG % (options, fields)).replace(
        "  - id: all",
        "  - {id: line, kind: open, title: Lines, say: Write., minutes: 10, reveal: together, fields: [{key: text, label: Text, max_chars: 2000}]}\n  - id: all",
    )
    house = House(server, tmp_path, parse(text))
    house.clock = Ahead(server)
    await house.start()
    try:
        people = await house.open("Ada", "Bo", "Cy", "Dee", "Eli", "Z̸̧a̷͓l̶̰g̴̈o̵" * 8)
        ada = people[0]
        prompt = await server.until(lambda: server.last(house.room, "Which?"))
        opened = await server.answered(server.press(ada, house.room, "Answer", prompt))
        await server.answered(server.press(ada, house.room, "12. ", opened.shown[0]), "Saved")
        await go_to(house, "line")
        prompt = await server.until(lambda: server.last(house.room, "Write."))
        nasty = ["*" * 2000, "👩🏽‍🚀" * 400, "a\n" * 900 + "end", "شكرا " * 390, "<@1>" * 500, "z̸͓̈" * 450]
        for who, words in zip(people, nasty, strict=True):
            opened = await server.answered(server.press(who, house.room, "Answer", prompt))
            await server.answered(server.send_form(opened, text=words), "Got it")
            mine = await server.answered(server.press(who, house.room, "My answers", prompt))
            await server.until(
                lambda mine=mine, words=words: bare(words) in bare(mine.text()), words[:10], 20
            )
            raw = "".join(p["content"] for m in mine.shown for p in walk(m["components"]) if p["type"] == 10)
            assert "<@1>" not in raw and "**" not in raw.replace("**My answers.**", "").replace("\\*", "")
        await go_to(house, "all")
        prompt = await server.until(lambda: server.last(house.room, "Tell."))
        opened = await server.answered(server.press(ada, house.room, "Answer", prompt))
        for page in range(4):
            keys = [c["component"]["custom_id"] for c in opened.modal["components"]]
            sent = await server.answered(
                server.send_form(opened, **{k: "x" * 2000 for k in keys if k.startswith("f")}), "Got it"
            )
            if page < 3:
                onward = await server.until(
                    lambda sent=sent: [m for m in sent.shown if any("Continue" in x for x in labels(m))]
                )
                opened = await server.answered(server.press(ada, house.room, "Continue", onward[0]))
        session = await house.session()
        assert (
            sum(len(p.text) for a in session.answers.values() if a.step == "all" for p in a.pieces.values())
            == 14_000
        )
        await go_to(house, "show")
        prompt = await server.until(lambda: server.last(house.room, "Read."))
        opened = await server.answered(server.press(ada, house.room, "Answer", prompt))
        more = server.press(ada, house.room, "More cards", opened.shown[0])
        await server.answered(more)
        assert not await house.store.outbox.dead()
    finally:
        await house.close()


async def test_what_somebody_took_is_a_role_and_goes_with_what_it_was_for(server: Discord, tmp_path: Path):
    rules = "\nrecognition: [{earn: story, role: Storyteller}]\n"
    house = House(server, tmp_path, parse(SCRIPT + rules))
    house.roles = True
    await house.start()
    try:
        [ada] = await house.open("Ada")
        await go_to(house, "tale")
        house.server.slash(ada, house.room, "answer", text="It rained.")
        await house.so(lambda s: s.answers, "the story")
        server.slash(house.host, house.room, "workshop end", manages=True)
        await house.so(lambda s: s.phase.value in ("tail", "review"), "the close")
        server.slash(ada, house.room, "my share", answer="1", how="name")
        await house.so(lambda s: s.proposed, "it is offered")
        assert server.roles_of(house.guild, ada) == []
        # nothing is given before it is taken; then the role is made, and given once
        taken = server.slash(ada, house.room, "my badges", how="accept storyteller")
        await server.answered(taken, "You now have the role")
        await server.until(lambda: server.roles_of(house.guild, ada) == ["Storyteller"], "the role")
        assert any("Small" in why or ":" in why for why in server.reasons)
        await house.stop()
        await house.start()
        server.slash(ada, house.room, "my delete", answer="1")
        await server.until(lambda: server.roles_of(house.guild, ada) == [], "it goes with the story")
        # without the right it is said to the host, in words
        server.denied.add((house.guild, "roles"))
        server.slash(house.host, house.room, "recognition give", manages=True, who="Ada: storyteller")
        await house.so(lambda s: s.by_hand, "by hand")
        server.slash(ada, house.room, "my badges", how="accept storyteller")
        thread = hosts_thread(house)
        await server.until(lambda: "Manage Roles" in "\n".join(server.shown(thread)), "the hosts are told")
    finally:
        await house.close()


async def test_the_panel_holds_any_number_of_people_and_the_rest_is_on_pages(house: House):
    server = house.server
    people = await house.open(*(f"Person {n} of the circle" for n in range(48)))
    for n, who in enumerate(people):
        server.slash(who, house.room, "answer", text=f"{n}: *_~`|[]<>#:@ " + "🌻 and so on " * 40)
        server.slash(who, house.room, "help", topic="host")
    await house.so(lambda s: len(s.answers) == 48, "all answers", 40)
    thread = hosts_thread(house)
    panel = await server.until(
        lambda: (m := server.last(thread, "1/4 Hello")) and any("(48)" in text for text in labels(m)) and m,
        "a panel with all of it",
        30,
    )
    assert not server.faults
    text = server.shown(thread)[[m["id"] for m in server.messages[thread].values()].index(panel["id"])]
    assert "48. \u2068Person 47" in text and "48 here. 48 of 48" in text
    assert "and 43 more" in text  # of those who want a private word
    page = await server.answered(server.press(house.host, thread, "All answers (48)", panel), "6 of 6")
    page = await server.answered(server.press(house.host, thread, "Back", page.shown[-1]), "5 of 6")
    assert "33. " in page.text() and "40. " in page.text()
    stranger = await server.answered(server.press(people[0], thread, "All answers", panel), "Only hosts")
    assert "Person" not in stranger.text()


async def test_next_on_an_old_panel_says_where_it_is_and_goes_on_from_there(house: House):
    server = house.server
    await house.open("Ada", "Bo")
    thread = hosts_thread(house)
    old = await server.until(lambda: server.last(thread, "1/4 Hello"), "the panel")
    old = {**old, "components": old["components"]}  # as somebody has it on their screen
    await go_to(house, "mood")
    pressed = await server.answered(server.press(house.host, thread, "Next", old), "to *Mood*")
    assert (await house.session()).step == "mood"
    server.press(house.host, thread, "Go on from here", pressed.shown[-1])
    await house.so(lambda s: s.step == "tale", "the next step")
