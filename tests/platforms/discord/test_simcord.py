"""People in a simulated Discord: what discord.py itself dispatches, with Discord's rules about rights and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.authoring.loader import parse
from bot.commands import COMMANDS
from bot.core.commands.command import Shown
from bot.core.model.facts import Phase
from tests.platforms.discord.sim import Sim, buttons, written
from tests.platforms.discord.test_workshop import SCRIPT

RULES = "\nreview_hours: 24\nrecognition: [{earn: story, role: Storyteller}]\n"


@pytest.fixture
async def sim(tmp_path: Path) -> AsyncIterator[Sim]:
    made = await Sim(tmp_path, parse(SCRIPT + RULES)).start()
    yield made
    await made.close()


async def opened(sim: Sim, *names: str) -> list[Any]:
    """The host opens the workshop, these people join by button, and it begins."""
    await sim.answered(await sim.hans.slash(sim.room, "workshop open", workshop="small"))
    door = await sim.message("Join", "Just follow along")
    people = [sim.member(name) for name in names]
    for who in people:
        await sim.answered(await who.click(door, label="Join"), "You're in")
    await sim.answered(await sim.hans.slash(sim.room, "workshop start"))
    await sim.so(lambda s: s.step == "hello", "the first step")
    return people


async def go_to(sim: Sim, step: str) -> None:
    while True:
        session = await sim.session()
        state = session.current
        if session.step == step and state is not None and not state.closed:
            return
        moment = session.moment
        await sim.hans.slash(sim.room, "workshop next", leaving=moment)
        await sim.so(lambda s, moment=moment: s.moment != moment, f"on the way to {step}")


def fields(result: Any) -> list[dict[str, Any]]:
    """The inputs of a form that opened, top to bottom."""
    return [part["component"] for part in result.modal["components"] if "component" in part]


async def told_a_story(sim: Sim, who: Any) -> None:
    await go_to(sim, "tale")
    prompt = await sim.message("Answer", "Skip")
    form = await who.click(prompt, label="Answer")
    await sim.until_so(lambda: form.modal, "the form")
    asked = fields(form)
    values = {each["custom_id"]: "It rained, and we stayed." for each in asked if each["type"] == 4}
    choose = next((each for each in asked if each["type"] != 4), None)
    if choose is not None:
        choice = choose["options"][0]["value"]
        values[choose["custom_id"]] = choice if choose["type"] == 21 else [choice]
    await who.submit_modal(form, values)
    await sim.so(lambda s: any(a.step == "tale" for a in s.answers.values()), "the story is on disk")


async def test_every_command_is_answered_and_breaks_nothing(sim: Sim):
    [ada] = await opened(sim, "Ada")
    offered = set(ada.available_commands(sim.room))
    registered = [command for command in COMMANDS if Shown.REGISTERED in command.shown]
    assert {command.name for command in registered} <= offered
    last = ("leave", "my erase", "workshop end", "recap publish")
    for command in sorted(registered, key=lambda c: (c.name in last, c.name)):
        given = {p.name: 1 if p.kind is int else "1" for p in command.parameters if p.required}
        if command.name == "answer":
            given["text"] = "A line."
        result = await (sim.hans if command.host else ada).slash(sim.room, command.name, **given)
        await sim.answered(result)
    assert not [held for held in await sim.store.inbox.all_held() if held.reason == "parked"]
    assert not await sim.store.outbox.dead()


async def test_who_may_not_host_is_told_so_and_nothing_moves(sim: Sim):
    [ada] = await opened(sim, "Ada")
    moment = (await sim.session()).moment
    await sim.answered(await ada.slash(sim.room, "workshop next"), "host")
    assert (await sim.session()).moment == moment


async def test_a_form_a_tap_and_a_pass_count_and_can_be_seen_and_taken_back(sim: Sim):
    ada, bo = await opened(sim, "Ada", "Bo")
    prompt = await sim.message("Answer", "Skip")
    form = await ada.click(prompt, label="Answer")
    await sim.until_so(lambda: form.modal, "the form")
    [line] = fields(form)
    await ada.submit_modal(form, {line["custom_id"]: "@everyone the heron \N{SMILING FACE WITH OPEN MOUTH}"})
    await sim.answered(await bo.click(prompt, label="Skip"))
    session = await sim.so(lambda s: s.answers, "the answer")
    assert [a.pieces["text"].text for a in session.answers.values()] == [
        "@everyone the heron \N{SMILING FACE WITH OPEN MOUTH}"
    ]
    assert not any(m.mention_everyone for m in sim.messages())
    await go_to(sim, "mood")
    prompt = await sim.message("Answer", "Skip")
    shown = await ada.click(prompt, label="Answer")
    await sim.answered(shown)
    where = next(each for each in (shown.response, *shown.followups) if each is not None)
    await ada.click(where, label="1. Up")
    await sim.so(lambda s: any(a.step == "mood" for a in s.answers.values()), "the tap")
    await sim.answered(await ada.slash(sim.room, "my answers"), "heron")
    await sim.answered(await ada.slash(sim.room, "my delete", answer="1"))
    await sim.so(lambda s: any(a.withdrawn for a in s.answers.values()), "taken back")


async def test_ones_own_message_becomes_ones_answer_and_nobody_elses(sim: Sim):
    ada, bo = await opened(sim, "Ada", "Bo")
    said = await ada.send(sim.room, "The heron was back.")
    await sim.answered(await bo.context_menu(sim.room, "Use as my answer", said))
    assert not (await sim.session()).answers
    await ada.context_menu(sim.room, "Use as my answer", said)
    session = await sim.so(lambda s: s.answers, "it counts")
    assert {a.person for a in session.answers.values()} == {f"discord:{ada.id}"}


async def test_what_fits_is_proposed(sim: Sim):
    found = await sim.hans.autocomplete(sim.room, "workshop open", "workshop", "sm")
    assert [each["value"] for each in found] == ["small"]


async def test_a_role_is_taken_given_once_and_goes_with_the_story(sim: Sim):
    [ada] = await opened(sim, "Ada")
    await told_a_story(sim, ada)
    await sim.hans.slash(sim.room, "workshop end")
    await sim.so(lambda s: s.phase in (Phase.TAIL, Phase.REVIEW), "the close")
    await ada.slash(sim.room, "my share", answer="1", how="name")
    await sim.so(lambda s: s.proposed, "it is offered")
    assert _roles(sim, ada) == []
    await sim.answered(
        await ada.slash(sim.room, "my badges", how="accept storyteller"), "You now have the role"
    )
    await sim.until_so(lambda: _roles(sim, ada) == ["Storyteller"], "the role")
    assert [entry.reason for entry in sim.guild.audit_log() if "small" in str(entry.reason).lower()]
    await sim.stop()
    await sim.start()
    await ada.slash(sim.room, "my delete", answer="1")
    await sim.until_so(lambda: _roles(sim, ada) == [], "it goes with the story")


def _roles(sim: Sim, who: Any) -> list[str]:
    member = sim.env.backend.get_guild(sim.guild.id).members[who.id]
    names = {role.id: role.name for role in sim.guild.roles.values()}
    return [names[id] for id in member.role_ids if names.get(id) not in ("@everyone", None)]


async def test_a_role_above_the_bots_is_said_to_the_hosts_before_anything_is_asked(sim: Sim):
    own = next(role for role in sim.guild.roles.values() if role.name == sim.client.user.name)
    above = sim.guild.create_role("Storyteller")
    state = sim.env.backend.get_guild(sim.guild.id).roles
    # as the library has it when somebody drags a role, which SimCord has no builder for
    sim.client.get_guild(sim.guild.id).get_role(above.id).position = state[own.id].position + 1
    await sim.answered(await sim.hans.slash(sim.room, "workshop open", workshop="small"))
    await sim.message("Join", "Just follow along")
    await sim.until_so(
        lambda: any(
            "Drag my role above it (Server Settings, Roles" in text for text in sim.said(sim.hosts())
        ),
        "the hosts are told",
    )


@pytest.mark.parametrize("trouble", ["hierarchy", "right"])
async def test_a_role_that_the_bot_may_not_give_is_a_word_to_the_hosts(sim: Sim, trouble: str):
    [ada] = await opened(sim, "Ada")
    await told_a_story(sim, ada)
    await sim.hans.slash(sim.room, "workshop end")
    await sim.so(lambda s: s.phase in (Phase.TAIL, Phase.REVIEW), "the close")
    own = next(role for role in sim.guild.roles.values() if role.name == sim.client.user.name)
    state = sim.env.backend.get_guild(sim.guild.id).roles
    if trouble == "hierarchy":
        above = sim.guild.create_role("Storyteller")
        state[above.id].position = state[own.id].position + 1
    else:
        rights = discord.Permissions(int(state[own.id].permissions))
        rights.manage_roles = rights.administrator = False
        state[own.id].permissions = rights.value
    await ada.slash(sim.room, "my share", answer="1", how="name")
    await sim.so(lambda s: s.proposed, "it is offered")
    await ada.slash(sim.room, "my badges", how="accept storyteller")
    await sim.until_so(
        lambda: any("Manage Roles" in text for text in sim.said(sim.hosts())),
        "the hosts are told, with the mend",
    )
    assert _roles(sim, ada) == []


async def test_buttons_from_before_a_restart_work_and_pressing_twice_is_harmless(sim: Sim):
    [ada] = await opened(sim, "Ada")
    prompt = await sim.message("Answer", "Skip")
    await sim.stop()
    await sim.start()
    for _ in range(2):
        form = await ada.click(prompt, label="Answer")
        await sim.until_so(lambda form=form: form.modal, "the form")
        await ada.submit_modal(form, {fields(form)[0]["custom_id"]: "Once."})
    session = await sim.so(lambda s: s.answers, "the answer")
    assert len(session.answers) == 1
    for label in ("Skip", "Skip"):
        await sim.answered(await ada.click(prompt, label=label))
    own = await sim.message("My answers")
    await sim.answered(await ada.click(own, label="My answers"), "Once.")


async def test_every_button_that_stands_anywhere_does_something(sim: Sim):
    [ada] = await opened(sim, "Ada")
    pressed = 0
    for step in ("hello", "talk", "mood", "tale"):
        await go_to(sim, step)
        for channel, who in ((sim.room, ada), (sim.hosts(), sim.hans)):
            for message in sim.messages(channel):
                for label in buttons(message):
                    now = next((m for m in sim.messages(channel) if m.id == message.id), None)
                    if now is None or label not in buttons(now):
                        continue  # pressing another one has changed the message
                    if label in ("Leave", "Next", "End with recap", "Close the lobby", "Back"):
                        continue  # they go on; each is pressed in other tests
                    try:
                        result = await who.click(message, label=label)
                    except Exception as error:
                        raise AssertionError(f"{label}: {error}\n{written(message)}") from error
                    await sim.until_so(lambda r=result: r.acknowledged or r.modal, f"an answer to {label}")
                    pressed += 1
    assert pressed > 12
    assert not [held for held in await sim.store.inbox.all_held() if held.reason == "parked"]
