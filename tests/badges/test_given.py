"""From the session to the badge: given in private after the review, on a page of its own, and taken back."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from bot.app.process import App, start
from bot.authoring.rehearsal import VirtualClock
from bot.config import Config
from bot.core.model.events import CommandGiven, Event, Joined, Person, Submitted
from bot.core.model.facts import Phase
from bot.core.model.series import Series
from bot.store.engine import read
from tests.badges import unbaking
from tests.ports import free_port
from tests.support import SMALL

RULES = """
badge: {name: Small Story, statements: [I told one moment, I said what came of it]}
recognition:
  - {earn: story, role: Storyteller, badge: true}
  - {earn: series, role: Convener, badge: true}
"""
ROOM = "web:circle"
PEOPLE = {name: Person(id=f"web:{name.lower()}", name=name) for name in ("Hedi", "Ada", "Bo")}


class Town:
    """A running Storycircle whose clock is turned by hand."""

    def __init__(self, app: App, clock: VirtualClock) -> None:
        self.app, self.clock, self.count, self.session = app, clock, 0, ""

    def next(self) -> str:
        self.count += 1
        return f"web:t{self.count}"

    def own(self, name: str) -> str:
        return f"{ROOM}/~{name.lower()}"

    async def hear(self, event: Event) -> None:
        await self.app.runtime.hear(event)
        await self.app.runtime.idle()

    async def order(self, name: str, command: str, **args: str) -> None:
        await self.hear(
            CommandGiven(
                id=self.next(), channel=ROOM, at=self.clock.now(), person=PEOPLE[name], command=command, args=args,
                host=name == "Hedi", private=self.own(name),
            )
        )  # fmt: skip

    async def wait(self, **time: float) -> None:
        self.clock.at += timedelta(**time)
        while await self.app.runtime.wake():
            await self.app.runtime.idle()

    async def told(self, name: str) -> str:
        rows = await read(
            self.app.store.engine, "SELECT body FROM web_message WHERE channel = ?", self.own(name)
        )
        return "\n".join(json.loads(body).get("text", "") for (body,) in rows if body)

    async def get(self, url: str) -> tuple[int, bytes, Mapping[str, str]]:
        url = url.replace(PUBLIC, f"http://127.0.0.1:{self.app.config.port}")
        async with aiohttp.ClientSession() as http, http.get(url) as answer:
            return answer.status, await answer.read(), answer.headers

    async def session_of(self):
        return (await self.app.runtime.sessions.load((await self.app.store.sessions.listed())[0][0]))[0]


def named(text: bytes | str) -> bool:
    """Whether Ada's name is in it, as a word and not as three letters of a signature."""
    raw = text.encode() if isinstance(text, str) else text
    return re.search(rb"(?<![\w-])Ada(?![\w-])", raw) is not None


PUBLIC = "https://garden.example"


@pytest.fixture
async def town(tmp_path: Path):
    async for town in a_town(tmp_path, ""):
        yield town


@pytest.fixture
async def public(tmp_path: Path):
    """A town that others can reach under an address of its own (here its pages are fetched from the loopback)."""
    async for town in a_town(tmp_path, PUBLIC):
        yield town


async def a_town(tmp_path: Path, address: str):
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    (prompts / "small.yaml").write_text(SMALL + RULES)
    clock = VirtualClock()
    config = Config(
        data=tmp_path / "data", prompts=prompts, port=free_port(), community="The Garden", address=address
    )
    app = await start(config, clock)
    for task in app.runtime.tasks:
        if task.get_name() == "clock":
            task.cancel()
    town = Town(app, clock)
    await town.order("Hedi", "workshop open", workshop="small")
    for name in ("Ada", "Bo"):
        who = PEOPLE[name]
        await town.hear(
            Joined(id=town.next(), channel=ROOM, at=clock.now(), person=who, private=town.own(name))
        )
    await town.order("Hedi", "workshop start")
    while (await town.session_of()).step != "tale":
        await town.order("Hedi", "workshop next", leaving=str((await town.session_of()).moment))
    session = await town.session_of()
    await town.hear(
        Submitted(
            id=town.next(), channel=ROOM, at=clock.now(), person=PEOPLE["Ada"], session=session.id, step="tale",
            fields={"moment": "It rained SECRETLY."},
        )
    )  # fmt: skip
    await town.order("Hedi", "workshop end")
    await town.order("Ada", "share", answer="1", how="anonymous")
    yield town
    await app.close()


async def link_of(town: Town) -> str:
    found = re.search(r"http\S+/badge/\S+", await town.told("Ada"))
    assert found, await town.told("Ada")
    return found[0]


async def test_a_badge_comes_after_the_review_and_can_be_checked(town: Town, tmp_path: Path) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    assert "You'll also get a badge, in a private message after the review" in await town.told("Ada")
    assert "/badge/" not in await town.told("Ada")
    await town.wait(hours=25)
    assert (await town.session_of()).phase in (Phase.CLOSED, Phase.FOLLOWING)
    link = await link_of(town)
    assert "/badge/" not in await town.told("Bo")
    status, body, _ = await town.get(link)
    assert status == 200 and b"Small Story" in body and b"The Garden" in body
    _, document, headers = await town.get(f"{link}.json")
    assert headers["Access-Control-Allow-Origin"] == "*"
    made = json.loads(document)
    assert OB3LdpVerifier(town.app.worker.badges.keys().current.public_pem).verify(dict(made))
    for ending, unbaked in (("png", unbaking.from_png), ("svg", lambda raw: unbaking.from_svg(raw.decode()))):
        _, raw, _ = await town.get(f"{link}.{ending}")
        assert unbaked(raw) == made
    assert b"SECRETLY" not in document and not named(document)
    _, body, _ = await town.get(f"{link}?check=yes")
    assert b"The signature is valid" in body and b"deleted" not in body
    # an address that was made up, or that is another's, leads nowhere
    for wrong in (link[:-3] + "AAA", link.replace("/badge/", "/badge/x"), link + ".exe"):
        assert (await town.get(wrong))[0] == 404


async def test_it_goes_with_the_story(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    link = await link_of(town)
    await town.order("Ada", "withdraw", answer="1")
    _, body, _ = await town.get(f"{link}?check=yes")
    assert b"was deleted, and isn&#39;t true anymore" in body


async def test_who_is_forgotten_has_no_badge_and_is_in_no_row(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    await town.order("Ada", "forget", me="me")
    rows = await read(town.app.store.engine, "SELECT person, revoked FROM badge")
    assert rows == [("", 1)]


async def test_nothing_is_issued_to_whoever_did_not_take_it_or_gave_it_back(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.order("Ada", "my badges decline", which="storyteller")
    await town.wait(hours=25)
    assert await read(town.app.store.engine, "SELECT * FROM badge") == []


async def test_taken_after_the_review_it_comes_at_once_and_only_once(town: Town) -> None:
    await town.wait(hours=25)
    for _ in range(2):
        await town.order("Ada", "my badges accept", which="storyteller")
    assert len(await read(town.app.store.engine, "SELECT id FROM badge")) == 1
    assert (await town.told("Ada")).count("/badge/") == 1


async def test_the_mark_stands_beside_the_name(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    assert town.app.server.parts.pages.marks == {"ada": "Storyteller"}
    await town.order("Ada", "my badges decline", which="storyteller")
    assert town.app.server.parts.pages.marks == {}


async def document_of(town: Town) -> dict:
    """The badge as its page gives it, after somebody else's verifier took it."""
    _, raw, _ = await town.get(f"{await link_of(town)}.json")
    document = json.loads(raw)
    assert OB3LdpVerifier(town.app.worker.badges.keys().current.public_pem).verify(dict(document))
    return document


async def test_a_name_and_a_story_stand_on_it_only_when_asked_and_go_again(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    first = await document_of(town)
    await town.order("Ada", "my", what="badges", how="name")
    named = await document_of(town)
    assert named["credentialSubject"]["identifier"][0]["identityHash"] == "Ada"
    assert (
        "evidence" not in named
        and named["id"] == first["id"]
        and named["awardedDate"] == first["awardedDate"]
    )
    await town.order("Ada", "my", what="badges", how="story")
    told = await document_of(town)
    assert told["evidence"][0]["narrative"] == "What happened? It rained SECRETLY."
    await town.order("Ada", "change", answer="1", text="It snowed.")
    assert (await document_of(town))["evidence"][0]["narrative"] == "What happened? It snowed."
    await town.order("Ada", "my", what="badges", how="bare")
    bare = await document_of(town)
    assert "evidence" not in bare and "identifier" not in bare["credentialSubject"]
    assert "SECRETLY" not in str(await read(town.app.store.engine, "SELECT body FROM badge"))


async def test_what_others_added_stands_on_it_as_endorsements(town: Town) -> None:
    await town.order("Ada", "share", answer="1", how="name")
    await town.order("Bo", "endorse", what="Ada: I was there, too")
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    assert "endorsement" not in await document_of(town)
    await town.order("Ada", "my", what="badges", how="story")
    (said,) = (await document_of(town))["endorsement"]
    assert said["credentialSubject"]["endorsementComment"] == "Bo: I was there, too"
    await town.order("Ada", "thanked", thanks="1", how="hide")
    assert "endorsement" not in await document_of(town)


async def test_a_story_by_address_and_seal_is_read_there_and_nowhere_else(public: Town) -> None:
    await public.order("Ada", "my badges accept", which="storyteller")
    await public.wait(hours=25)
    await public.order("Ada", "my", what="badges", how="link")
    (evidence,) = (await document_of(public))["evidence"]
    assert "narrative" not in evidence and evidence["id"].startswith(PUBLIC)
    status, body, _ = await public.get(evidence["id"])
    sealed = base64.b64encode(hashlib.sha384(body).digest()).decode()
    assert (status, body, evidence["digestSRI"]) == (
        200,
        b"What happened? It rained SECRETLY.",
        f"sha384-{sealed}",
    )
    assert "SECRETLY" not in str(await read(public.app.store.engine, "SELECT body FROM badge"))
    await public.order("Ada", "my", what="badges", how="bare")
    assert (await public.get(evidence["id"]))[0] == 410


async def test_without_an_address_of_its_own_a_link_holds_nothing(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    await town.order("Ada", "my", what="badges", how="link")
    assert "evidence" not in await document_of(town)


async def test_the_page_to_show_holds_what_its_owner_put_there(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    await town.order("Ada", "my", what="badges")
    assert "Small Story" in await town.told("Ada") and "/people/" not in await town.told("Ada")
    await town.order("Ada", "my", what="badges", how="publish")
    await town.order("Ada", "my", what="badges")
    page = re.findall(r"http\S+/people/\S+", await town.told("Ada"))[-1]
    _, body, _ = await town.get(page)
    assert (
        b"Small Story" in body
        and not named(body)
        and b"web:ada" not in base64.b64decode(page.rpartition("/")[2].partition(".")[0] + "==")
    )
    await town.order("Bo", "my", what="badges", how="hide")
    assert b"Small Story" in (await town.get(page))[1]
    await town.order("Ada", "my", what="badges", how="hide")
    status, body, _ = await town.get(page)
    assert status == 200 and b"Small Story" not in body
    await town.order("Ada", "forget", me="me")
    assert (await town.get(page))[0] == 404


async def test_removed_by_its_owner_it_is_not_true_any_more(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    link = await link_of(town)
    await town.order("Ada", "my", what="badges", how="remove")
    assert b"was deleted, and isn&#39;t true anymore" in (await town.get(f"{link}?check=yes"))[1]
    await town.order("Ada", "my badges accept", which="storyteller")
    assert len(set(re.findall(r"http\S+/badge/\S+", await town.told("Ada")))) == 2


async def test_forgotten_with_badges_kept_they_stay_true_and_are_nobodys(town: Town) -> None:
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    link = await link_of(town)
    for how in ("name", "story"):
        await town.order("Ada", "my", what="badges", how=how)
    await town.order("Ada", "forget", me="me keep badges")
    status, body, _ = await town.get(f"{link}?check=yes")
    assert status == 200 and b"The signature is valid" in body and b"deleted" not in body
    assert not named(body) and b"SECRETLY" not in body
    rows = await read(town.app.store.engine, "SELECT person, revoked, body FROM badge")
    assert rows[0][:2] == ("", 0) and not named(rows[0][2]) and "SECRETLY" not in rows[0][2]


async def test_who_holds_all_parts_of_a_series_is_offered_its_badge(town: Town) -> None:
    issuer = town.app.worker.badges
    issuer._series = (
        Series(
            id="s", title="Both", about="Two.", parts=("small", "other"), badge="Both", statements=("I did",)
        ),
    )
    await town.app.store.write(
        lambda c: c.execute(
            "INSERT INTO badge (id, person, kind, revoked, body, session, rule, workshop) VALUES (?,?,?,0,?,'','','other')",
            ("b" * 32, "web:ada", "story", json.dumps({"seal": "", "at": "", "document": {"name": "Other"}})),
        )
    )
    await town.order("Ada", "my badges accept", which="storyteller")
    await town.wait(hours=25)
    assert "You have the badges of all parts of the series, so you've earned" in await town.told("Ada")
    await town.order("Ada", "my badges accept", which="convener")
    rows = await read(town.app.store.engine, "SELECT body FROM badge WHERE kind = 'series'")
    document = json.loads(rows[0][0])["document"]
    assert [each["name"] for each in document["evidence"]] == ["Small Story", "Other"]
    assert document["name"] == "Both"
    assert OB3LdpVerifier(issuer.keys().current.public_pem).verify(dict(document))


async def test_the_issuer_says_who_they_are(public: Town) -> None:
    status, body, headers = await public.get(f"{PUBLIC}/issuer")
    made = json.loads(body)
    assert (status, made["name"], made["id"]) == (200, "The Garden", "did:web:garden.example")
    assert headers["Access-Control-Allow-Origin"] == "*"


async def test_what_a_badge_stands_for_has_a_page_that_names_nobody(public: Town) -> None:
    await public.order("Ada", "my badges accept", which="storyteller")
    await public.wait(hours=25)
    what = (await document_of(public))["credentialSubject"]["achievement"]
    assert what["id"].startswith(f"{PUBLIC}/achievement/")
    status, body, _ = await public.get(what["id"])
    assert status == 200 and b"I told one moment" in body and b"<svg" in body and not named(body)
    _, body, headers = await public.get(f"{what['id']}.json")
    assert json.loads(body) == what and headers["Access-Control-Allow-Origin"] == "*"
    assert (await public.get(f"{PUBLIC}/achievement/{'0' * 8}"))[0] == 404
