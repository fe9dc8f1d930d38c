"""Of what people tap in private, no count below four is said: not in the room, not in the recap, in no file of it."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.loader import parse
from bot.core.model.masked_count import MaskedCount
from bot.core.text.wording import ntr
from bot.core.views.recap import recap
from bot.render.recap import exports
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from bot.render.recap.text import text
from tests.support import Scene, plain

SCRIPT = """
id: counted
title: Counted
about: Taps.
minutes: 20
review_hours: 1
steps:
  - {id: tap, kind: choice, title: Which, say: "Which?", minutes: 5, read_minutes: 1,
     options: [{key: a, label: Alpha}, {key: b, label: Beta}, {key: c, label: Gamma}]}
  - {id: nine, kind: scale, title: How much, say: "How much?", minutes: 5,
     items: [{key: x, label: Xray}, {key: y, label: Yoke}]}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""


@pytest.mark.parametrize(
    ("n", "says"), [(0, "0"), (1, "1–3"), (2, "1–3"), (3, "1–3"), (4, "4"), (120, "120")]
)
def test_a_count_says_its_number_from_four_on(n: int, says: str):
    count = MaskedCount(n)
    assert (str(count), f"{count}", f"{count!r}", str(count)) == (says,) * 4
    assert count == n and (count < MaskedCount(5)) is (n < 5)
    assert ntr("{n} dot", "{n} dots", count) == f"{says} dots"


def test_bars_of_small_counts_are_as_long_as_each_other():
    assert (
        {MaskedCount(n).drawn for n in (1, 2, 3)} == {2}
        and MaskedCount(9).drawn == 9
        and MaskedCount(0).drawn == 0
    )


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("12345?")), min_size=4, max_size=12))
async def test_no_small_count_is_said_anywhere(taps: list[tuple[str, str]]):
    with tempfile.TemporaryDirectory() as folder:
        scene = await Scene(Path(folder) / "counted.db", parse(SCRIPT)).open()
        names = [f"P{chr(97 + n)}" for n in range(len(taps))]
        await scene.gathered(*names)
        for name, (option, _) in zip(names, taps, strict=True):
            await scene.submit(name, "tap", picks=(option,))
        await scene.next()
        await scene.next()
        for name, (_, number) in zip(names, taps, strict=True):
            await scene.submit(name, "nine", picks=(f"x={number}", "y=3"))
        await scene.next()
        await scene.order("Host", "workshop end")
        await scene.order("Host", "workshop publish")
        session = await scene.session()
        found = recap(scene.script, session)
        said = [
            *map(plain, scene.room()),
            text(found),
            exports.markdown(found),
            page(scene.script, session),
        ]
        for told in said:
            assert not re.search(r"\b[123] × ", told) and not re.search(
                r"\((Alpha|Beta|Gamma)\) [123]\b", told
            )
            assert not re.search(r"(?<![\d.–])[123] can't tell", told)
            assert not re.search(r"<span>[123]</span>", told)
        spread = json.loads(as_json(found))["parts"][0]["spread"]
        assert all(n not in (1, 2, 3) for _, n in spread)
        rows = exports.as_csv(found).splitlines()
        assert not [row for row in rows if row.startswith("spread") and re.search(r",[123]$", row)]
        await scene.close()


@pytest.mark.parametrize("numbers", ["1 2", "1 2 3", "3 1"])
async def test_more_picks_than_allowed_are_refused_with_a_word_and_change_nothing(
    tmp_path: Path, numbers: str
):
    scene = await Scene(tmp_path / "m.db", parse(SCRIPT, "counted.yaml")).open()
    await scene.gathered("Ada", "Bo")
    await scene.order("Ada", "pick", numbers="2")
    await scene.order("Ada", "pick", numbers=numbers)
    assert [a.picks for a in (await scene.session()).answers.values()] == [("b",)]
    assert any(f"You picked {len(numbers.split())}. The limit is 1" in line for line in scene.private("Ada"))
    await scene.submit("Bo", "tap", picks=("a", "b"))
    assert len((await scene.session()).answers) == 1
    await scene.close()
