"""Whatever people allow, refuse, edit and take back: nothing appears anywhere that its author did not allow."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.authoring.loader import load, parse
from bot.core.views.recap import recap
from bot.render.recap.exports import as_csv, markdown
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from bot.render.recap.summary import closing_lines
from tests.render.recaps import FOLDER, WORKSHOPS, shown
from tests.store.test_erasure import bytes_of
from tests.support import SMALL, Scene

SCRIPT = load(Path(__file__).parents[2] / "prompts" / "value-creation.yaml", "90", "one_community")
NAMES = ("Ada", "Bo", "Chi", "Dan")
WRITTEN = {"checkin": "text", "bring_take": "bring", "story": "moment", "thanks": "text", "checkout": "will"}

acts = st.lists(
    st.tuples(
        st.sampled_from(NAMES[:2]),  # few people and steps, so that acts meet
        st.sampled_from(
            ["name", "name", "anonymous", "no", "companion", "change", "hold", "hold", "withdraw", "forget"]
        ),
        st.sampled_from(["bring_take", "story", "thanks"]),
    ),
    max_size=14,
)


def token(name: str, step: str, version: int = 0) -> str:
    return f"{name.lower()}zz{step.replace('_', '')}zz{version}"


async def play(plan, path: Path) -> None:
    scene = await Scene(path, SCRIPT).open()
    await scene.gathered(*NAMES)
    versions: dict[tuple[str, str], int] = {}
    allowed: dict[tuple[str, str], str] = {}
    gone: set[str] = set()
    erased: set[str] = set()
    for _ in range(60):
        session = await scene.session()
        if not session.live:
            break
        if session.step in WRITTEN and not session.steps[session.step].by_person:
            for name in NAMES:
                field = {WRITTEN[session.step]: token(name, session.step)}
                await scene.submit(name, session.step, **field)
                versions[name, session.step] = 0
        await scene.next()
    for late in (False, True):  # before the recap is out, and after
        for name, act, step in plan:
            session = await scene.session()
            if name in gone:
                continue
            mine = [
                a.id
                for a in session.answers.values()
                if a.step == step and a.person == f"stage:{name.lower()}"
            ]
            if act == "forget":
                await scene.order(name, "forget", me="me")
                gone.add(name)
                erased |= {
                    token(name, s, v)
                    for (n, s), last in versions.items()
                    if n == name
                    for v in range(last + 1)
                }
                for key in [k for k in versions if k[0] == name]:
                    del versions[key]
                    allowed.pop(key, None)
            elif (name, step) not in versions:
                continue
            elif act == "change":
                erased.add(token(name, step, versions[name, step]))
                versions[name, step] += 1
                text = token(name, step, versions[name, step])
                await scene.order(name, "change", answer=mine[-1], field=WRITTEN[step], text=text)
            elif act == "withdraw":
                await scene.order(name, "withdraw", answer=mine[-1])
                erased.add(token(name, step, versions.pop((name, step))))
                allowed.pop((name, step), None)
            elif act == "hold":
                await scene.order("Host", "workshop hold", card=mine[-1])
                if (await scene.session()).answers[mine[-1]].held:
                    allowed[name, step] = "held"
            elif allowed.get((name, step)) != "held":
                await scene.order(name, "share", answer=mine[-1], how=act)
                allowed[name, step] = act
        if not late:
            session = await scene.session()
            counting = [page(SCRIPT, session), *closing_lines(SCRIPT, session), *exports(session)]
            assert "zz" not in "".join(counting)  # until everybody had time to look, nobody is quoted
            await scene.order("Host", "workshop publish")
    session = await scene.session()
    for out in (page(SCRIPT, session), *exports(session)):
        for (name, step), version in versions.items():
            public = allowed.get((name, step)) in ("name", "anonymous")
            assert (token(name, step, version) in out) == public, (name, step, allowed.get((name, step)))
        for words in erased:
            assert words not in out
        named = {name for (name, _), how in allowed.items() if how == "name"}
        for name in set(NAMES) - named:
            assert f">{name}<" not in out and f"({name})" not in out and f'"author": "{name}"' not in out
    await scene.store.engine.finish()
    kept = bytes_of(path)
    for words in erased:
        assert words.encode() not in kept, words
    await scene.close()


def exports(session) -> list[str]:
    found = recap(SCRIPT, session)
    return [markdown(found), as_json(found), as_csv(found)]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts)
@example([("Ada", "name", "bring_take"), ("Ada", "hold", "bring_take")])
@example([("Ada", "name", "story"), ("Ada", "hold", "story"), ("Bo", "anonymous", "thanks")])
@example(
    [("Ada", "name", "story"), ("Ada", "change", "story"), ("Bo", "name", "story"), ("Bo", "forget", "story")]
)
@example([("Ada", "name", "thanks"), ("Ada", "withdraw", "thanks"), ("Bo", "companion", "story")])
def test_nothing_appears_that_its_author_did_not_allow(plan):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(plan, Path(folder) / "r.db"))


@pytest.mark.parametrize("name", WORKSHOPS)
async def test_the_recaps_that_the_docs_show_are_what_the_program_makes(name: str):
    for file, text in (await shown(name)).items():
        assert (FOLDER / file).read_text(encoding="utf-8") == text, "run: scripts/pictures"


async def test_words_are_literal_in_every_export(tmp_path: Path):
    scene = await Scene(tmp_path / "r.db", SCRIPT).open()
    await scene.gathered("Ada", "Bo")
    while (await scene.session()).step != "story":
        await scene.next()
    nasty = (
        '=HYPERLINK("x")\n# not a heading <script>alert(1)</script> | **x** [l](http://x) '
        "\U0001f469\U0001f3fd\u200d\U0001f680 \u0645\u0631\u062d\u0628\u0627"
    )
    await scene.submit("Ada", "story", moment=nasty, title="=1+1", share="name")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    session = await scene.session()
    found = recap(SCRIPT, session)
    text = markdown(found)
    assert "\n# not" not in text and "<script>" not in text and "\\*\\*x\\*\\*" in text
    body = json.loads(as_json(found))
    assert body["stories"][0]["fields"][0][1] == nasty
    cells = [cell for row in csv.reader(io.StringIO(as_csv(found))) for cell in row]
    assert not any(cell.startswith("=") for cell in cells) and any(nasty in cell for cell in cells)
    assert "<script>alert" not in page(SCRIPT, session)
    await scene.close()


async def test_another_name_stands_everywhere_and_the_old_one_nowhere(tmp_path: Path):
    scene = await Scene(tmp_path / "n.db").open()
    await scene.gathered("Wolkenkuckuck", "Bo")
    await scene.say("Wolkenkuckuck", "The heron was back.")
    await scene.order("Host", "workshop end")
    await scene.order("Wolkenkuckuck", "share", answer="1", how="name")
    await scene.order("Wolkenkuckuck", "my", what="name", how="Bo")
    assert any(
        "Pick another, so people can tell you apart" in told for told in scene.private("Wolkenkuckuck")
    )
    await scene.order("Wolkenkuckuck", "my", what="name", how="Ada L.")
    await scene.order("Host", "workshop publish")
    session = await scene.session()
    shown = page(scene.script, session)
    assert "Ada L." in shown and "Wolkenkuckuck" not in shown and "The heron was back." in shown
    await scene.store.engine.finish()
    assert b'"Wolkenkuckuck"' not in bytes_of(scene.path)
    await scene.close()


async def test_where_no_names_are_none_stands_in_the_recap_whatever_people_choose(tmp_path: Path):
    scene = await Scene(tmp_path / "c.db", parse(SMALL + "\nnames: false\n", "small.yaml")).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    assert any("It doesn't show any names" in told for told in scene.room())
    await scene.say("Ada", "The heron was back.")
    await scene.order("Bo", "thanks", what="Ada: for the heron")
    await scene.order("Host", "nod", thanks="1")
    await scene.order("Bo", "thanked", thanks="1", how="name")
    await scene.order("Host", "workshop end")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Host", "workshop publish")
    session = await scene.session()
    for shown_as in (page, lambda s, x: markdown(recap(s, x)), lambda s, x: as_json(recap(s, x))):
        made = shown_as(scene.script, session)
        assert "The heron was back." in made and "Ada" not in made and "for the heron" not in made
    await scene.close()
