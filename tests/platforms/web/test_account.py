"""Personal links and browsers: whoever owns them ends them, and nothing changes who somebody is without asking."""

from __future__ import annotations

import re

import aiohttp
import pytest

from bot.app.process import App
from bot.platforms.web.identity import COOKIE
from bot.platforms.web.signing import Signer, keep_secret
from bot.store import web_members
from tests.platforms.web.test_server import Browser, app, people

__all__ = ["app", "people"]  # fixtures

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


async def named(app: App, agent: str, name: str = "") -> Browser:
    """A browser that says of itself what it is, perhaps with a name given at the door."""
    browser = Browser(app)
    browser.http.headers["User-Agent"] = agent
    if name:
        await browser.enter(name)
    return browser


async def account(browser: Browser, /, **form: str) -> str:
    """The page of one's account, after what was asked on it."""
    if form:
        async with browser.http.post(f"{browser.room}/account", data=form) as answer:
            return await answer.text()
    async with browser.http.get(f"{browser.room}/account") as answer:
        return await answer.text()


def token(page: str) -> str:
    """What stands behind the # of the personal link on a page; empty if there is none."""
    found = re.search(r'/back#([^"]+)', page)
    return found[1] if found else ""


async def back(browser: Browser, token: str, **form: str) -> tuple[int, str]:
    """Open a personal link; the status, and the page."""
    async with browser.http.post(
        f"{browser.room}/back", data={"token": token, **form}, allow_redirects=False
    ) as answer:
        return answer.status, await answer.text()


async def who(browser: Browser) -> str:
    """The name under which a browser is signed in; empty if it is at the door."""
    found = re.search(r'id="me"[^>]*>([^<]*)<', await browser.page())
    return found[1] if found else ""


async def test_a_personal_link_asks_before_it_changes_who_one_is(app: App):
    ada, ben = await named(app, FIREFOX, "Ada"), await named(app, ANDROID, "Ben")
    link = token(await account(ben))
    status, page = await back(ada, link)
    assert status == 200 and "You're here as <bdi>Ada</bdi>. Go on as <bdi>Ben</bdi>?" in page
    assert await who(ada) == "Ada"
    assert token(page), "with the way back to who one is now"
    assert (await back(ada, token(page)))[0] == 303, "one's own link asks nothing"
    assert (await back(ada, link, sure="yes"))[0] == 303
    assert await who(ada) == "Ben"
    assert "Firefox, Windows" in await account(ben) and "Chrome, Android" in await account(ben)
    assert (await back(ada, token(page), sure="yes"))[0] == 303
    assert "Firefox" not in await account(ben), "a browser is one person's at a time"
    for browser in (ada, ben):
        await browser.close()


async def test_a_personal_link_is_ended_and_renewed_by_its_owner(app: App):
    ada, other = await named(app, FIREFOX, "Ada"), await named(app, ANDROID)
    first = token(await account(ada))
    second = token(await account(ada, do="new-link"))
    assert second and second != first
    status, page = await back(other, first)
    assert status == 403 and "its owner has ended it" in page
    assert (await back(other, second, sure="yes"))[0] == 303 and await who(other) == "Ada"
    page = await account(ada, do="end-link")
    assert not token(page) and "You have no personal link" in page
    assert (await back(await named(app, ANDROID), second))[0] == 403
    assert await who(other) == "Ada", "who is signed in stays so"
    third = token(await account(ada, do="new-link"))
    assert third not in ("", first, second)
    for old in (first, second):
        assert (await back(await named(app, ANDROID), old))[0] == 403
    for browser in (ada, other):
        await browser.close()


async def test_browsers_are_listed_and_signed_out_with_their_open_pages(app: App):
    ada, phone, eve = await named(app, FIREFOX, "Ada"), await named(app, ANDROID), await named(app, "", "Eve")
    link = token(await account(ada))
    await back(phone, link, sure="yes")
    page = await account(ada)
    assert "Firefox, Windows" in page and "Chrome, Android" in page and page.count("<b>this one</b>") == 1
    await phone.connect()
    await ada.connect()
    there = re.search(r'name="browser" value="(\w+)">\s*<span>Chrome', page)
    assert there
    await account(eve, **{"do": "sign-out", "browser": there[1]})
    assert await who(phone) == "Ada", "nobody signs out others"
    cookie = phone.http.cookie_jar.filter_cookies(f"{phone.room}/x")[COOKIE].value
    page = await account(ada, **{"do": "sign-out", "browser": there[1]})
    assert "Chrome" not in page
    await phone.until(lambda f: f.get("gone"))
    assert await who(phone) == "" and await who(ada) == "Ada"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await phone.http.ws_connect(f"{phone.room}/ws")
    thief = Browser(app)
    thief.http.cookie_jar.update_cookies({COOKIE: cookie})
    assert await who(thief) == "", "a copy of the cookie is worth nothing either"
    await thief.close()
    await back(phone, link, sure="yes")
    assert "Chrome" not in await account(ada, do="sign-out-elsewhere")
    assert await who(phone) == "" and await who(ada) == "Ada"
    here = re.search(r'name="browser" value="(\w+)"', await account(ada))
    assert here
    await account(ada, **{"do": "sign-out", "browser": here[1]})
    assert await who(ada) == ""
    assert (await back(ada, link, sure="yes"))[0] == 303 and await who(ada) == "Ada"
    for browser in (ada, phone, eve):
        await browser.close()


async def test_cookies_and_links_of_earlier_versions_hold_and_can_be_ended(app: App):
    ada = await named(app, FIREFOX, "Ada")
    [member] = await app.store.read(lambda db: web_members.members(db, "circle"))
    signer = Signer(keep_secret(app.config.data / "cookie.secret"))

    def migrated(db) -> None:  # as migration 0011 leaves it
        db.execute("INSERT INTO web_browser VALUES (?, ?, '', 0, 0)", (member.id, member.id))

    await app.store.write(migrated)
    old = Browser(app)
    old.http.cookie_jar.update_cookies({COOKIE: signer.sign(member.id)})
    assert await who(old) == "Ada"
    assert "Browsers from before this list" in await account(ada)
    assert (await back(await named(app, ANDROID), signer.sign(f"back:{member.id}"), sure="yes"))[0] == 303
    await account(ada, do="sign-out-elsewhere")
    assert await who(old) == "" and await who(ada) == "Ada"
    for browser in (ada, old):
        await browser.close()


async def test_who_was_forgotten_leaves_no_browser(app: App, people: list[Browser]):
    _, ada, _ = people
    await ada.send(do="order", command="forget me")
    await app.runtime.idle()
    rows = await app.store.read(lambda db: db.execute("SELECT member FROM web_browser").fetchall())
    assert len(rows) == 2


async def test_the_account_page_takes_nonsense_and_no_stranger(app: App):
    ada, stranger = await named(app, FIREFOX, "Ada"), Browser(app)
    async with stranger.http.post(
        f"{stranger.room}/account", data={"do": "end-link"}, allow_redirects=False
    ) as answer:
        assert answer.status == 302
    for form in ({"do": "%ff%fe"}, {"do": "sign-out", "browser": "9" * 5000}, {"browser": "\udce4"}):
        assert "Your account here" in await account(
            ada, **{k: v.encode("utf8", "replace").decode() for k, v in form.items()}
        )
    for wrong in ("", "back", "back:", "in:1:2", "9" * 5000, "%ff%fe"):
        assert (await back(ada, wrong))[0] == 403
    for browser in (ada, stranger):
        await browser.close()
