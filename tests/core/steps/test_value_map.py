"""The value-cycle map: what stories tell, counted; and its picture, from no story to three hundred."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.authoring.loader import load
from bot.core.model.masked_count import MaskedCount
from bot.core.steps.value_map import ValueMap, value_map
from bot.core.views.recap import recap
from bot.render.diagrams import value_map as picture
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import translated
from bot.render.recap.summary import summary
from tests.support import ROOM, Scene

ROOT = Path(__file__).parents[3]
SCRIPT = load(ROOT / "prompts" / "value-creation.yaml", "90", "one_community")
NAMES = ["Ada", "Bo", "Chi", "Dan", "Eve"]


async def telling(tmp_path: Path, *names: str) -> Scene:
    """A session at its story step."""
    scene = await Scene(tmp_path / "m.db", SCRIPT).open()
    await scene.gathered(*names)
    while (await scene.session()).step != "story":
        await scene.next()
    return scene


async def tell(scene: Scene, name: str, share: str = "no", **parts: str) -> None:
    await scene.submit(name, "story", share=share, **({"moment": f"{name} was there"} | parts))


async def counted(scene: Scene) -> ValueMap:
    return value_map(scene.script, await scene.session())


async def test_a_map_counts_what_happened_and_what_is_hoped_for(tmp_path: Path):
    scene = await telling(tmp_path, *NAMES)
    await tell(scene, "Ada", takeaway="a trick", use="tried it", status="happened", loop="more of it")
    await tell(scene, "Bo", takeaway="a file", use="send it on", status="hoped")
    await tell(scene, "Chi", difference="she called back", support="time", status="happened")
    await tell(scene, "Dan", tags="immediate,cost")
    found = await counted(scene)
    assert found.stories == 4
    assert {k: (t.happened, t.hoped) for k, t in found.nodes.items()} == {
        "immediate": (4, 0),
        "potential": (2, 0),
        "applied": (1, 1),
        "realized": (1, 0),
        "enabling": (1, 0),
    }
    assert found.flows["potential", "applied"].hoped == 1
    assert ("immediate", "realized") in found.flows  # a story need not tell every part
    assert dict(found.loops) == {"applied": 1} and dict(found.cost) == {"immediate": 1}
    assert "Immediate 4 → Potential 2 → Applied 2 (1 hoped) → Realized 1" in alt_text(found)
    await scene.order("Bo", "withdraw", answer="1")
    await scene.order("Host", "workshop remove", name="Chi")
    assert (await counted(scene)).stories == 0  # two are left, and neither may be shown
    await scene.close()


async def test_below_four_stories_only_those_that_are_allowed_are_on_the_map(tmp_path: Path):
    scene = await telling(tmp_path, *NAMES)
    await tell(scene, "Ada", share="name")
    await tell(scene, "Bo", share="no")
    await tell(scene, "Chi", share="companion")
    assert (await counted(scene)).stories == 1
    await tell(scene, "Dan")
    assert (await counted(scene)).stories == 4
    await scene.close()


async def test_the_recap_has_cards_and_a_table_and_says_nothing_told_yet(tmp_path: Path):
    scene = await telling(tmp_path, *NAMES)
    await tell(scene, "Ada", share="name", title="The rota", use="tried it", status="hoped")
    for name in NAMES[1:]:
        await tell(scene, name, share="no")
    await scene.order("Host", "workshop end")
    assert not recap(scene.script, await scene.session()).stories  # people are still looking
    await scene.order("Host", "workshop publish")
    found = recap(scene.script, await scene.session())
    (card,) = found.stories
    assert (card.title, card.author) == ("The rota", "Ada")
    assert dict(card.coverage)["Applied"] == "hoped for" and dict(card.coverage)["Realized"] == "not told"
    rows = {row.cycle: row for row in found.effects}
    assert translated(rows["Immediate"].told) == "told in 5 stories"
    assert "5 took part" in map(translated, rows["Immediate"].signs)
    assert translated(rows["Orienting"].told) == "nothing told yet" and not rows["Orienting"].signs
    assert len(summary(found)) == 3
    await scene.order("Ada", "share", answer="1", how="no")
    assert not recap(scene.script, await scene.session()).stories  # it lives as people change their minds
    await scene.close()


def made(n: int, seed: int = 7) -> ValueMap:
    """A map of n stories, at random."""
    from bot.core.steps.value_map import Told

    rng = random.Random(seed)
    row = [cycle.key for cycle in SCRIPT.cycles if cycle.row]
    nodes: dict[str, Told] = {}
    flows: dict[tuple[str, str], Told] = {}
    loops: dict[str, int] = {}
    cost: dict[str, int] = {}
    for _ in range(n):
        path = [key for key in row if rng.random() < 0.7] or row[:1]
        hoped = rng.random() < 0.4
        for at, key in enumerate(path):
            nodes[key] = nodes.get(key, Told()).plus(hoped and at > 1)
            if at:
                pair = (path[at - 1], key)
                flows[pair] = flows.get(pair, Told()).plus(hoped and at > 1)
        loops[path[-1]] = loops.get(path[-1], 0) + 1
        if rng.random() < 0.2:
            cost[path[-1]] = cost.get(path[-1], 0) + 1
    return ValueMap(cycles=SCRIPT.cycles, stories=n, nodes=nodes, flows=flows, loops=loops, cost=cost)


@pytest.mark.parametrize("stories", [0, 1, 8, 30, 300])
def test_the_picture_is_legible_and_says_counts_from_four_on_as_digits(stories: int):
    found = made(stories)
    svg = ElementTree.fromstring(picture(found))
    tag = "{http://www.w3.org/2000/svg}"
    texts = list(svg.iter(f"{tag}text"))
    assert all(float(t.get("font-size", "0")) >= 18 for t in texts)
    said = [t.text for t in texts]
    for told in found.nodes.values():
        assert str(MaskedCount(told.all)) in said
        assert not told.hoped or f"{MaskedCount(told.hoped)} hoped" in said
    for n in [*found.loops.values(), *found.cost.values()]:
        assert str(MaskedCount(n)) in said
    assert not {"1", "2", "3"} & set(said)
    circles = [tuple(float(c.get(k, "0")) for k in ("cx", "cy", "r")) for c in svg.iter(f"{tag}circle")]
    assert len(circles) == 8
    for n, (x, y, r) in enumerate(circles):
        assert r <= x <= 1000 - r and r <= y <= 620 - r
        for a, b, s in circles[n + 1 :]:
            assert math.hypot(x - a, y - b) > r + s + 20  # two circles never touch
    assert svg.find(f"{tag}desc").text == alt_text(found)  # type: ignore[union-attr]
    assert "style" not in picture(found) and "<script" not in picture(found)


def test_words_of_the_framework_cannot_break_the_picture():
    from dataclasses import replace

    odd = tuple(replace(cycle, label="<b>&\"'") for cycle in SCRIPT.cycles)
    svg = picture(replace(made(5), cycles=odd))
    assert "<b>" not in svg
    ElementTree.fromstring(re.sub(r"\s+", " ", svg))


async def test_a_hope_that_came_true_weeks_later_is_one_no_more(tmp_path: Path):
    scene = await telling(tmp_path, *NAMES)
    for name in NAMES[:4]:
        await tell(scene, name, takeaway="a file", use="send it on", status="hoped", share="name")
        await scene.order(name, "follow", how="yes")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    assert (await counted(scene)).nodes["applied"].hoped == 4
    await scene.wait(29 * 86_400)
    assert any("a file" in text for text in scene.private("Ada"))
    await scene.order("Ada", "answer", text="happened")
    await scene.order("Bo", "answer", text="partly")
    found = await counted(scene)
    assert (found.nodes["applied"].happened, found.nodes["applied"].hoped) == (1, 3)
    cards = {card.author: dict(card.coverage) for card in recap(scene.script, await scene.session()).stories}
    assert cards["Ada"]["Applied"] == "happened" and cards["Bo"]["Applied"] == "hoped for"
    await scene.order("Ada", "withdraw", answer="2")
    assert (await counted(scene)).nodes["applied"].hoped == 4
    await scene.close()


@pytest.mark.parametrize("word", ["stop", "Stop.", "STOPP", "arrêter"])
async def test_one_word_in_private_ends_follow_ups(tmp_path: Path, word: str):
    scene = await telling(tmp_path, *NAMES)
    for name in ("Ada", "Bo"):
        await tell(scene, name, takeaway="a file", status="hoped")
        await scene.order(name, "follow", how="yes")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    await scene.say("Ada", word, channel=scene.stage.private_channel("stage:ada", ROOM))
    session = await scene.session()
    assert session.follow == {"stage:bo"}
    await scene.wait(29 * 86_400)
    assert not any("4 weeks ago" in text for text in scene.private("Ada"))
    assert any("4 weeks ago" in text for text in scene.private("Bo"))
    await scene.close()
