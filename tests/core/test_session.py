"""What happens in a session, seen from the room: the real runtime and store on a stage."""

import re

from bot.core.model.facts import Phase
from tests.support import Scene, plain


async def test_a_live_line_in_the_room_is_an_answer_and_gets_its_tick(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "By the window")
    assert scene.ticked("Ada") == [True]
    session = await scene.session()
    assert [a.text("text") for a in session.answers.values()] == ["By the window"]


async def test_talk_after_the_answer_is_left_alone(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "By the window")
    await scene.say("Ada", "brb, doorbell")
    assert scene.ticked("Ada") == [True, False]
    assert len((await scene.session()).answers) == 1


async def test_nobody_is_cut_off_when_most_have_answered(scene: Scene):
    await scene.gathered("Ada", "Bo", "Chi", "Dan", "Eve")
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.say(name, "a line")
    await scene.wait(120)
    assert (await scene.session()).step == "hello"


async def test_a_step_ends_when_everybody_answered_or_passed(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.join("Ina", reading=True)
    await scene.say("Ada", "a line")
    await scene.order("Bo", "pass")
    assert (await scene.session()).step == "hello"
    await scene.wait(6)
    assert (await scene.session()).step == "deep"


async def test_at_time_up_the_host_is_asked_and_after_a_minute_it_moves_on(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "a line")
    await scene.wait(4 * 60 + 1)
    assert (await scene.session()).step == "hello"
    hosts = [x.text for x in scene.stage.lines.values() if x.channel.endswith("/hosts")]
    assert any("1 of 2 have answered" in text for text in hosts)
    await scene.wait(60)
    assert (await scene.session()).step == "deep"


async def test_still_writing_gives_two_minutes_also_past_the_end(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "a line")
    await scene.wait(4 * 60 - 10)
    await scene.order("Bo", "writing")
    await scene.wait(110)
    assert (await scene.session()).step == "hello"
    await scene.say("Bo", "here it is")
    assert scene.ticked("Bo") == [True]


async def test_reveal_together_shows_nothing_before_and_everything_at_once(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.submit("Ada", "deep", bring="a quiet secret")
    await scene.submit("Bo", "deep", bring="another", anonymous=True)
    assert not any("secret" in text for text in scene.room())
    await scene.next()
    shown = [plain(text) for text in scene.room() if "secret" in text]
    assert len(shown) == 1
    assert "Ada:" in shown[0] and "someone:" in shown[0] and "Bo" not in shown[0]


async def test_open_talk_in_a_private_step_warns_once_and_counts_nothing(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.say("Ada", "I bring patience")
    await scene.say("Ada", "and cake")
    warnings = [
        text
        for text in scene.private("Ada")
        if "Press “Use as my answer” to keep it, or answer privately with /answer" in text
    ]
    assert len(warnings) == 1
    assert not (await scene.session()).answers


async def test_two_hosts_pressing_next_at_once_move_one_step(scene: Scene):
    await scene.gathered("Ada", "Bo")
    moment = str((await scene.session()).moment)
    await scene.order("Host", "workshop next", leaving=moment)
    await scene.order("Host", "workshop next", leaving=moment)
    assert (await scene.session()).step == "deep"
    await scene.order("Host", "workshop next")  # typed, in the same instant
    assert (await scene.session()).step == "deep"


async def test_only_hosts_guide(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.order("Ada", "workshop next")
    assert (await scene.session()).step == "hello"
    assert any("Only hosts" in text for text in scene.private("Ada"))


async def test_one_room_holds_one_running_session(scene: Scene):
    await scene.gathered("Ada")
    await scene.order("Host", "workshop open", workshop="small")
    assert any("A workshop is running here" in text for text in scene.private("Host"))


async def test_an_edit_changes_the_answer_and_a_deletion_takes_it_back(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "By the wndow")
    await scene.edit("Ada", 1, "By the window")
    answer = next(iter((await scene.session()).answers.values()))
    assert answer.text("text") == "By the window"
    await scene.edit("Ada", 1, "")  # an edit event without content says nothing
    assert next(iter((await scene.session()).answers.values())).text("text") == "By the window"
    await scene.delete("Ada", 1)
    assert next(iter((await scene.session()).answers.values())).withdrawn


async def test_withdrawn_after_the_reveal_is_gone_from_the_room(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.submit("Ada", "deep", bring="a quiet secret")
    await scene.submit("Bo", "deep", bring="fine")
    await scene.next()
    await scene.order("Ada", "withdraw", answer="1")
    assert not any("secret" in text for text in scene.room())
    assert any("fine" in text for text in scene.room())


async def test_a_vote_over_ideas_loses_an_idea_that_is_taken_back(scene: Scene):
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    await scene.next()
    await scene.next()
    await scene.submit("Ada", "tale", moment="we met", loop="Meet in the garden")
    await scene.next()
    assert any("Meet in the garden" in text for text in scene.room())
    await scene.order("Ada", "withdraw", answer="1")
    assert not any("Meet in the garden" in text for text in scene.room())


async def test_a_vote_of_three_people_says_its_numbers(scene: Scene):
    await scene.gathered("Ada", "Bo", "Chi")
    for _ in range(3):
        await scene.next()
    for name in ("Ada", "Bo", "Chi"):
        await scene.submit(name, "choose", picks=("rest",))
    await scene.next()
    assert any(re.search("Rest.*3 dots|3 × Rest", plain(text)) for text in scene.room()), scene.room()


async def test_the_recap_comes_by_itself_when_nobody_ends_the_session(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "a line")
    await scene.wait(30 * 60)
    assert (await scene.session()).phase is Phase.REVIEW
    assert any("thank you" in text for text in scene.room())
    await scene.wait(24 * 3600)
    assert (await scene.session()).phase is Phase.CLOSED
    assert any("recap of Small talk is ready" in text for text in scene.room())


async def test_a_lobby_that_nobody_opens_closes(scene: Scene):
    await scene.order("Host", "workshop open", workshop="small")
    await scene.wait(13 * 3600)
    assert (await scene.session()).phase is Phase.CLOSED


async def test_a_paused_session_keeps_its_time_and_ends_after_a_day(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.wait(60)
    await scene.order("Host", "workshop pause")
    await scene.wait(3600)
    assert (await scene.session()).step == "hello"
    await scene.order("Host", "workshop resume")
    await scene.wait(3 * 60 - 5)
    assert (await scene.session()).step == "hello"
    await scene.order("Host", "workshop pause")
    await scene.wait(25 * 3600)
    assert (await scene.session()).phase is Phase.REVIEW


async def test_after_a_long_absence_it_stands_still_and_asks_the_host(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.close()
    scene.clock.at = scene.clock.at.replace(hour=scene.clock.at.hour + 2)
    await scene.open()
    await scene.runtime.wake()
    await scene.runtime.idle()
    session = await scene.session()
    assert (session.step, session.paused) == ("hello", "away")
    await scene.order("Host", "workshop resume")
    assert not (await scene.session()).paused


async def test_a_short_absence_is_made_up_for(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "a line")
    await scene.wait(4 * 60 - 30)
    await scene.close()
    from datetime import timedelta

    scene.clock.at += timedelta(seconds=60)
    await scene.open()
    await scene.runtime.wake()
    await scene.runtime.idle()
    session = await scene.session()
    assert session.steps["hello"].host_asked and not session.paused


async def test_a_latecomer_is_told_where_we_are_and_what_is_open(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.join("Zoe")
    told = scene.private("Zoe")
    assert "on 2 of 4" in told[0] and "Quietly" in told[1]


async def test_back_opens_the_step_before_for_additions(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "a line")
    await scene.next()
    await scene.order("Host", "workshop back")
    await scene.say("Bo", "late, but here")
    session = await scene.session()
    assert session.step == "hello" and len(session.answers) == 2
    assert any("once more, to add to it" in text for text in scene.room())


async def test_who_is_silent_for_two_steps_is_not_waited_for(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "a line")
    await scene.next()
    await scene.submit("Ada", "deep", bring="x")
    await scene.next()
    assert (await scene.session()).counted == 1
    await scene.submit("Ada", "tale", moment="we met")
    await scene.wait(6)
    assert (await scene.session()).step == "choose"
    await scene.submit("Bo", "choose", picks=("rest",))
    assert (await scene.session()).counted == 2


async def test_a_removed_person_stays_unshown_and_cannot_come_back(scene: Scene):
    await scene.gathered("Ada", "Bo", "Mal")
    await scene.next()
    await scene.submit("Mal", "deep", bring="something vile")
    await scene.order("Host", "workshop remove", name="mal")
    await scene.next()
    assert not any("vile" in text for text in scene.room())
    await scene.join("Mal")
    assert not (await scene.session()).people["stage:mal"].present


async def test_help_reaches_the_hosts_without_a_name_in_any_room(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.order("Ada", "helpme")
    assert any("asked for help" in line for line in scene.log if line.startswith("hosts"))
    assert not any("Ada" in text for text in scene.room())
    assert (await scene.session()).people["stage:ada"].needs_help


async def test_a_flood_from_one_person_is_not_many_contributions(scene: Scene):
    await scene.gathered("Ada", "Bo")
    prompt = next(x.id for x in scene.stage.lines.values() if x.kind == "prompt")
    for n in range(30):
        await scene.say("Ada", f"line {n}", reply_to=prompt)
    assert len((await scene.session()).answers) == 5


async def test_late_answers_are_taken_by_reply_until_the_freeze(scene: Scene):
    await scene.gathered("Ada", "Bo")
    prompt = next(x.id for x in scene.stage.lines.values() if x.kind == "prompt")
    await scene.order("Host", "workshop end")
    await scene.say("Bo", "one more thing", reply_to=prompt)
    await scene.say("Bo", "and plain talk")
    assert scene.ticked("Bo") == [True, False]


async def test_consent_is_by_contribution_and_silence_means_no(scene: Scene):
    from bot.core.views.recap import recap

    await scene.gathered("Ada", "Bo", "Chi")
    for name in ("Ada", "Bo", "Chi"):
        await scene.say(name, f"words of {name}")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Bo", "share", answer="1", how="anonymous")
    await scene.order("Host", "workshop end")
    session = await scene.session()
    assert not recap(scene.script, session).parts[0].quotes  # nobody is quoted before the review is over
    await scene.order("Host", "workshop publish")
    quotes = recap(scene.script, await scene.session()).parts[0].quotes
    assert [(q.author, q.fields[0][1]) for q in quotes] == [("Ada", "words of Ada"), ("", "words of Bo")]
    await scene.order("Ada", "withdraw", answer="1")
    quotes = recap(scene.script, await scene.session()).parts[0].quotes
    assert [q.author for q in quotes] == [""]


async def test_answers_given_in_private_to_a_live_step_are_gathered_for_the_room(scene: Scene):
    await scene.gathered("Ada", "Bo", "Chi")
    await scene.order("Ada", "answer", text="said in private")
    await scene.order("Bo", "answer", text="me too")
    assert not any("said in private" in text for text in scene.room())
    await scene.wait(11)
    gathered = [text for text in scene.room() if "said in private" in text]
    assert len(gathered) == 1 and "me too" in gathered[0]
    await scene.order("Chi", "answer", text="third")
    await scene.wait(11)
    gathered = [text for text in scene.room() if "said in private" in text]
    assert len(gathered) == 1  # one message, edited


async def test_the_clock_stepping_back_never_turns_the_session_back(scene: Scene):
    from datetime import timedelta

    await scene.gathered("Ada", "Bo")
    before = (await scene.session()).at
    scene.clock.at -= timedelta(hours=3)
    await scene.say("Ada", "a line")
    assert (await scene.session()).at >= before
    scene.clock.at += timedelta(hours=3)
    await scene.say("Bo", "a line")
    await scene.wait(10)
    assert (await scene.session()).step == "deep"


async def test_an_event_from_the_future_is_taken_as_of_now(scene: Scene):
    from dataclasses import replace
    from datetime import timedelta

    await scene.gathered("Ada", "Bo")
    event = scene.posted("Ada", "from tomorrow")
    await scene.happen(replace(event, at=event.at + timedelta(days=1)))
    assert (await scene.session()).at <= scene.clock.now()


async def test_a_session_over_two_rooms_is_one_conversation(scene: Scene):
    from bot.core.model.events import Joined
    from tests.support import person

    await scene.order("Host", "workshop open", workshop="small")
    await scene.order("Host", "workshop room", channel="stage:garden")
    await scene.join("Ada")
    private = scene.stage.private_channel(person("Bo").id, "stage:garden")
    at = scene.clock.now()
    await scene.happen(Joined(id="", channel="stage:garden", at=at, person=person("Bo"), private=private))
    await scene.order("Host", "workshop start")
    garden = [x for x in scene.stage.lines.values() if x.channel == "stage:garden" and not x.author]
    assert "these 2 rooms" in garden[0].text and "1 of 4" in garden[-1].text
    await scene.say("Ada", "said in the circle")
    await scene.say("Bo", "said in the garden", channel="stage:garden")
    assert scene.ticked("Ada") == scene.ticked("Bo") == [True]
    await scene.wait(11)
    here, there = (
        [plain(x.text) for x in scene.stage.lines.values() if x.channel == c and not x.author]
        for c in ("stage:circle", "stage:garden")
    )
    assert any("Bo:\n> said in the garden" in text for text in here)
    assert any("Ada:\n> said in the circle" in text for text in there)
    assert not any("said in the circle" in text for text in here)  # the message itself stands there
    await scene.order("Ada", "withdraw", answer="1")
    assert not any(
        "said in the circle" in x.text for x in scene.stage.lines.values() if x.channel == "stage:garden"
    )
    await scene.order("Host", "workshop end")
    context = await scene.store.context_for([], ["stage:garden", "stage:circle"], [])
    assert not any(place.holds for places in context.places.values() for place in places)


async def test_a_room_that_is_held_elsewhere_cannot_be_added(scene: Scene):
    await scene.order("Host", "workshop open", workshop="small")
    await scene.order("Host", "workshop room", channel="nonsense")
    assert any("Add the other room with its platform" in text for text in scene.private("Host"))
    await scene.order("Host", "workshop room", channel="stage:circle")
    assert (await scene.session()).rooms == ("room:1",)


async def test_pairs_talk_in_threads_and_one_line_comes_back(tmp_path):
    from bot.authoring.loader import parse
    from tests.support import PAIRED

    scene = await Scene(tmp_path / "paired.db", parse(PAIRED)).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan", "Eve")
    session = await scene.session()
    pairs = session.steps["talk"].pairs
    assert sorted(map(len, pairs.values())) == [2, 3]
    assert {p for pair in pairs.values() for p in pair} == {
        f"stage:{n}" for n in ("ada", "bo", "chi", "dan", "eve")
    }
    for place, people in pairs.items():
        thread = session.places[place]
        assert scene.stage.threads[thread] == people
        first = next(x for x in scene.stage.lines.values() if x.channel == thread)
        assert "Only your group can read this thread" in first.text
    (place, people), (_, others) = pairs.items()
    names = {p.id: p.name for p in session.people.values()}
    await scene.say(names[people[0]], "between us", channel=session.places[place])
    assert not (await scene.session()).answers  # talk is no answer
    await scene.submit(names[people[0]], "talk", line="we were both surprised")
    await scene.submit(names[others[0]], "talk", line="so were we")
    await scene.wait(6)  # one line a pair is enough
    shown = [plain(text) for text in scene.room() if "we were both surprised" in text]
    assert len(shown) == 1 and "so were we" in shown[0]
    await scene.reopen()
    assert (await scene.session()).steps["talk"].closed
    await scene.close()


async def test_a_locked_door_lets_nobody_new_in_and_everybody_back(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.order("Host", "workshop lock")
    await scene.join("Zoe")
    assert "stage:zoe" not in (await scene.session()).people
    assert any("locked" in text for text in scene.private("Zoe"))
    await scene.order("Ada", "leave")
    await scene.join("Ada")
    assert (await scene.session()).people["stage:ada"].present
    await scene.order("Host", "workshop unlock")
    await scene.join("Zoe")
    assert "stage:zoe" in (await scene.session()).people


async def test_the_board_shows_nothing_that_the_room_has_not_been_shown(scene: Scene):
    from bot.core.views.board import board

    async def cards():
        return [c.fields[0][1] for c in board(scene.script, await scene.session()).cards]

    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    await scene.say("Ada", "by the window")
    assert await cards() == ["by the window"]
    await scene.next()
    await scene.submit("Ada", "deep", bring="a secret")
    assert await cards() == []
    await scene.next()
    await scene.order("Host", "workshop back")  # the step whose answers were shown together
    assert await cards() == ["a secret"]
    await scene.order("Ada", "withdraw", answer="2")
    assert await cards() == []
    await scene.next()
    await scene.submit("Bo", "tale", moment="a private story")
    assert await cards() == []
    await scene.next()
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.submit(name, "choose", picks=("rest",))
    found = board(scene.script, await scene.session())
    assert not found.spread and (found.answered, found.of) == (4, 4)


async def test_the_tail_takes_late_answers_and_then_comes_the_review(tmp_path):
    from dataclasses import replace

    from tests.support import small

    scene = await Scene(tmp_path / "tail.db", replace(small(), tail_hours=2)).open()
    await scene.gathered("Ada", "Bo")
    await scene.order("Host", "workshop end")
    assert (await scene.session()).phase is Phase.TAIL
    await scene.submit("Bo", "hello", text="late, by the form")
    assert (await scene.session()).answers
    places = (await scene.store.context_for([], ["stage:circle"], [])).places["stage:circle"]
    assert not any(place.holds for place in places)  # the room is free for the next session
    await scene.wait(2 * 3600, between=True)
    assert (await scene.session()).phase is Phase.REVIEW
    await scene.wait(24 * 3600, between=True)
    assert (await scene.session()).phase is Phase.CLOSED
    await scene.close()


async def test_somebody_who_comes_back_is_waited_for_and_the_step_still_ends_early(scene: Scene):
    """Silent for two steps, then back: the others had been complete, and are complete again with them."""
    await scene.gathered("Ada", "Bo", "Chi")
    for _ in range(2):
        for name in ("Ada", "Bo"):
            await scene.order(name, "pass")
        await scene.next()
        await scene.wait(3)
    assert (await scene.session()).counted == 2
    for name in ("Ada", "Bo"):
        await scene.submit(name, "tale", moment="x")
    await scene.order("Chi", "writing")
    await scene.wait(30)
    assert (await scene.session()).step == "tale"  # Chi is waited for again
    await scene.submit("Chi", "tale", moment="y")
    await scene.wait(6)
    assert (await scene.session()).step == "choose"
