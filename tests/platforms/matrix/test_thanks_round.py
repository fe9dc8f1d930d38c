"""A round of thanks in Matrix, and a host who leads it without having joined."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.core.recognition.test_thanks import ROUND
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has


@pytest.fixture
async def house(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(ROUND)).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def test_words_of_thanks_reach_who_is_named_and_the_host_gets_the_question(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada, fay = [await house.guest(f"{name}{tag}") for name in ("host", "ada", "fay")]
    room = await host.room(bot, ada.user, fay.user, name="The garden")
    hosts_own = await host.come()
    await host.until(hosts_own, has("!workshop open"), bot)
    await host.say(room, "!workshop start round")
    own: dict[Guest, str] = {}
    for guest in (ada, fay):
        await guest.join(room)
        await guest.until(room, has("!join"), bot)
        await guest.say(room, "!join")
        own[guest] = await guest.come()
    await host.say(room, "!workshop begin")
    await ada.until(room, has("Thank somebody"), bot)
    line = await ada.say(room, f"Thank you fay{tag} for locking the document")
    await fay.until(own[fay], has(f"ada{tag} thanks you", "locking the document"), bot)
    await ada.until(own[ada], has(f"I told fay{tag} that you thanked them."), bot)
    await ada.edit(room, line, f"Thanks a million, fay{tag}!")
    await fay.until(own[fay], has("a million"), bot)
    # a pill of Element, as its plain text has it
    mention = {"m.mentions": {"user_ids": [ada.user]}}
    await fay.say(room, f"ada{tag}: thank you, too", **mention)
    await ada.until(own[ada], has(f"fay{tag} thanks you"), bot)
    await host.say(room, "!now")
    told = await host.until(hosts_own, has("Thank somebody"), bot)
    assert not has("Before we start")(told)
    await host.say(room, f"Thank you ada{tag} for coming")
    await host.until(hosts_own, has("haven't joined"), bot)
