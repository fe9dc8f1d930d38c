"""What a button holds comes from outside: the id of a session in another server gives nothing there."""

from __future__ import annotations

from pathlib import Path

from bot.authoring.loader import parse
from tests.platforms.discord.house import House
from tests.platforms.discord.server import Discord
from tests.platforms.discord.test_side_by_side import SCRIPT


async def test_a_server_of_ones_own_gives_no_say_in_the_session_of_another(tmp_path: Path) -> None:
    server = await Discord().start()
    house = House(server, tmp_path, parse(SCRIPT))
    mallory = server.user("Mallory")
    elsewhere = server.channel(server.guild(mallory, "Lair"), "lair")
    await house.start()
    try:
        await house.open("Ana")
        before = await house.so(lambda s: s.step, "the first question")
        key = before.id
        for told, id in enumerate(
            (
                f"come|{key}|join",
                f"go|{key}|join",
                f"go|{key}|workshop next",
                f"go|{key}|workshop end",
                f"go|{key}|workshop remove Ana",
                f"form|{key}|{before.step}",
                f"wall|{key}|{before.step}|0",
                f"said|{key}|-1",
                f"hands|{key}",
            )
        ):
            button = {"type": 2, "label": "Forged", "custom_id": f"sc|{id}", "id": told + 1}
            message = {**next(iter(server.messages[house.room].values())), "components": [button]}
            asked = server.press(mallory, elsewhere, "Forged", message, manages=True)
            await server.answered(asked)
            assert "surprised" not in asked.text(), id
        after = await house.session()
        assert after.step == before.step and after.phase is before.phase
        assert set(after.people) == set(before.people)
        assert not after.people[next(iter(before.people))].removed
    finally:
        await house.close()
        await server.close()
