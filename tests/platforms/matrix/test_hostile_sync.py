"""What strangers can put into an answer of /sync costs itself: the listener lives, and the rest is heard."""

from __future__ import annotations

import asyncio
import copy
import shutil
from collections.abc import Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.model.events import Posted
from bot.platforms.matrix import nio_workarounds
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account
from bot.platforms.matrix.nio_validation import use_compiled_checks
from bot.platforms.matrix.platform import MatrixPlatform
from bot.store.opening import open_store

ME, ROOM = "@bot:localhost", "!room:localhost"


def line(text: str, n: int = 1) -> dict[str, Any]:
    return {
        "type": "m.room.message",
        "event_id": f"$good{n}",
        "sender": "@ada:localhost",
        "origin_server_ts": 1_790_000_000_000 + n,
        "content": {"msgtype": "m.text", "body": text},
    }


def member(user: str) -> dict[str, Any]:
    return {
        "type": "m.room.member",
        "event_id": f"$member{user}",
        "sender": user,
        "state_key": user,
        "origin_server_ts": 1_790_000_000_000,
        "content": {"membership": "join", "displayname": user},
    }


def answer() -> dict[str, Any]:
    """A good answer with one line, and with every list that a server may send."""
    room = {
        "timeline": {"events": [line("still heard")], "limited": False, "prev_batch": "p"},
        "state": {"events": [member("@ada:localhost")]},
        "ephemeral": {"events": []},
        "account_data": {"events": []},
        "summary": {"m.heroes": ["@ada:localhost"], "m.joined_member_count": 2, "m.invited_member_count": 0},
        "unread_notifications": {},
    }
    return {
        "next_batch": "s2",
        "rooms": {
            "join": {ROOM: room},
            "invite": {"!other:localhost": {"invite_state": {"events": [member("@eve:localhost")]}}},
            "leave": {"!left:localhost": {"timeline": {"events": []}, "state": {"events": []}}},
        },
        "to_device": {"events": []},
        "presence": {"events": []},
        "account_data": {"events": []},
        "device_lists": {"changed": ["@ada:localhost"], "left": []},
        "device_one_time_keys_count": {"signed_curve25519": 50},
        "device_unused_fallback_key_types": ["signed_curve25519"],
    }


LISTS = (
    ("to_device", "events"),
    ("presence", "events"),
    ("account_data", "events"),
    ("device_lists", "changed"),
    ("device_lists", "left"),
    ("device_unused_fallback_key_types",),
    ("rooms", "join", ROOM, "timeline", "events"),
    ("rooms", "join", ROOM, "state", "events"),
    ("rooms", "join", ROOM, "ephemeral", "events"),
    ("rooms", "join", ROOM, "account_data", "events"),
    ("rooms", "join", ROOM, "summary", "m.heroes"),
    ("rooms", "invite", "!other:localhost", "invite_state", "events"),
    ("rooms", "leave", "!left:localhost", "timeline", "events"),
    ("rooms", "leave", "!left:localhost", "state", "events"),
)
# What stands beside the good room and may be anything at all.
PARTS = (
    ("rooms", "join", "!bad:localhost"),
    ("rooms", "invite", "!bad:localhost"),
    ("rooms", "leave", "!bad:localhost"),
    ("rooms", "join", "!bad:localhost", "timeline"),
    ("rooms", "join", "!bad:localhost", "state"),
    ("rooms", "join", ROOM, "summary"),
    ("rooms", "join", ROOM, "unread_notifications"),
    ("rooms", "join", ROOM, "state"),
    ("rooms", "invite"),
    ("rooms", "leave"),
    ("to_device",),
    ("presence",),
    ("device_lists",),
    ("device_one_time_keys_count",),
    ("device_unused_fallback_key_types",),
)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TYPES = (
    *("m.room.message", "m.room.member", "m.room.create", "m.room.power_levels", "m.room.tombstone"),
    *("m.room.encryption", "m.room.encrypted", "m.room.redaction", "m.room.name", "m.room.canonical_alias"),
    *("m.reaction", "m.poll.response", "org.matrix.msc3381.poll.response", "m.dummy", "m.room_key"),
    *("m.forwarded_room_key", "m.room_key_request", "m.room_key.withheld", "m.secret.send", "m.call.invite"),
    *(
        "m.key.verification.request",
        "m.key.verification.start",
        "m.key.verification.key",
        "m.key.verification.mac",
    ),
)
contents = st.one_of(
    anything,
    st.fixed_dictionaries(
        {},
        optional={
            "msgtype": st.sampled_from(("m.text", "m.image", "m.key.verification.request")) | anything,
            "body": anything,
            "membership": st.sampled_from(("join", "leave", "ban")) | anything,
            "m.relates_to": anything,
            "m.new_content": anything,
            "m.mentions": anything,
            "algorithm": st.sampled_from(("m.megolm.v1.aes-sha2", "m.olm.v1.curve25519-aes-sha2")) | anything,
            "ciphertext": st.text(max_size=30) | st.dictionaries(st.text(max_size=5), anything, max_size=2),
            "sender_key": anything,
            "session_id": anything,
            "device_id": anything,
            "transaction_id": anything,
            "action": st.sampled_from(("request", "request_cancellation")) | anything,
            "requesting_device_id": anything,
            "request_id": anything,
            "replacement_room": st.just("#alias:nowhere.example") | anything,
            "users": anything,
            "redacts": anything,
        },
    ),
)
events = anything | st.fixed_dictionaries(
    {
        "type": st.sampled_from(TYPES) | anything,
        "content": contents,
        "sender": st.just("@eve:evil.example") | anything,
    },
    optional={
        "event_id": st.just("$bad") | anything,
        "origin_server_ts": st.sampled_from((0, -1, 2**70, 253_402_300_800_000)) | anything,
        "state_key": st.sampled_from(("", "@ada:localhost")) | anything,
        "unsigned": anything,
        "redacts": anything,
    },
)


class Canned(MatrixClient):
    """A client whose homeserver gives this answer, and then none."""

    def __init__(self, folder: Path, said: Mapping[str, Any], *, encryption: bool) -> None:
        account = Account("http://127.0.0.1:9", ME, "D", "token")
        super().__init__(account, folder, encryption=encryption)
        self._said = [said]
        use_compiled_checks()
        self.nio.restore_login(account.user, account.device, account.token)
        nio_workarounds.contain(self.nio)
        self._started.set()

    async def raw(self, method: str, path: str, body: Any = None, *, patience: float | None = None) -> Any:
        if path.startswith("sync"):
            return copy.deepcopy(self._said.pop())
        return {}


async def heard(folder: Path, said: Mapping[str, Any], *, encryption: bool = False) -> list[str]:
    """The texts that are heard of the good room."""
    empty, used = folder / "empty.db", folder / "used.db"
    if not empty.exists():
        await (await open_store(empty)).close()
    shutil.copy(empty, used)
    store = await open_store(used)
    client = Canned(folder, said, encryption=encryption)
    platform = MatrixPlatform(store, client)
    try:
        async with asyncio.timeout(20), aclosing(platform.events("s1")) as batches:
            async for batch in batches:
                return [
                    event.text
                    for event in batch.events
                    if isinstance(event, Posted)
                    and event.channel == f"matrix:{ROOM}"
                    and event.id == "matrix:$good1"
                ]
    finally:
        await platform.close()
        await store.close()
    return []


def at(said: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        said = said[key]
    return said


MANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)


@MANY
@given(bad=st.lists(st.tuples(st.sampled_from(LISTS), events, st.booleans()), min_size=1, max_size=5))
def test_an_item_of_any_list_costs_itself(tmp_path: Path, bad: list[tuple[tuple[str, ...], Any, bool]]):
    said = answer()
    for path, item, first in bad:
        at(said, path).insert(0 if first else 99, item)
    assert asyncio.run(heard(tmp_path, said)) == ["still heard"]


@MANY
@given(path=st.sampled_from(PARTS), value=anything)
def test_a_part_that_is_no_part_costs_itself(tmp_path: Path, path: tuple[str, ...], value: Any):
    said = answer()
    said["rooms"]["join"]["!bad:localhost"] = {}
    at(said, path[:-1])[path[-1]] = value
    assert asyncio.run(heard(tmp_path, said)) == ["still heard"]


@pytest.mark.parametrize("first", [True, False])
def test_a_device_that_is_sent_an_empty_message_goes_on(tmp_path: Path, first: bool):
    said = answer()
    dummy = {"type": "m.dummy", "sender": "@eve:evil.example", "content": {}}
    said["to_device"]["events"] = [dummy]
    assert asyncio.run(heard(tmp_path, said)) == ["still heard"]


@settings(MANY, max_examples=40)
@given(bad=st.lists(st.tuples(st.sampled_from(LISTS), events), min_size=1, max_size=4))
def test_so_it_does_with_keys(
    tmp_path_factory: pytest.TempPathFactory, bad: list[tuple[tuple[str, ...], Any]]
):
    pytest.importorskip("vodozemac")
    said = answer()
    for path, item in bad:
        at(said, path).insert(0, item)
    assert asyncio.run(heard(tmp_path_factory.mktemp("keys"), said, encryption=True)) == ["still heard"]
