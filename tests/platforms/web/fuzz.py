"""Requests and frames that no page of ours would send, made from the routing table and the kinds of frames."""

from __future__ import annotations

import json
import random
import re
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from aiohttp import web

from bot.app.process import App
from bot.commands import TABLE
from bot.platforms.web.rate_limits import RateLimits, RequestLimits
from tests.platforms.web.test_server import Browser

SECRET = "mywordsarenotforanylog"  # in what people type; never in a log
ODD: tuple[Any, ...] = (
    *(
        "",
        " ",
        "0",
        "-1",
        "00019",
        "1.5",
        "1e309",
        "٣",
        "²",
        "NaN",
        "null",
        "9" * 30,
        "9" * 5_000,
        "circle",
        "web:circle",
    ),
    *(
        "../../etc/passwd",
        "..%2f..",
        "%00",
        "\x00",
        "\ud800",
        "ü" * 90,
        "a" * 8_001,
        "💥",
        "‮",
        "<script>",
        "{{7*7}}",
    ),
    *(
        "{x}",
        "{0.__class__}",
        "%s%n",
        "'; DROP TABLE web_member; --",
        "a.b.c",
        "back:x",
        "try-x",
        "=cmd|' /C calc'!A0",
    ),
    *(
        f"{SECRET}\ud800",
        f"{SECRET} ",
        None,
        True,
        0,
        -1,
        2**63,
        2**70,
        1.5,
        float("inf"),
        [],
        {},
        [[]],
        {"a": [1]},
    ),
)
KINDS = ("say", "edit", "delete", "use", "form", "order", "since", "presence", "join", "leave", "", "x")
KEYS = ("text", "channel", "reply_to", "message", "session", "step", "fields", "picks", "anonymous", "share")
MORE_KEYS = ("command", "args", "zone", "nonce", "rev", "do")
LINES = (
    *(
        "/report 00019",
        "/whole 00019",
        "/report ²",
        "/whole 99999999999999999999",
        "/my delete 00019",
        "/my edit 0 x",
    ),
    *(
        "/workshop hide 00019",
        "/workshop keep ٣",
        "/recap show 99999999999",
        "/schedule move x 99:99",
        "/",
        "//",
        "/ ",
    ),
)
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=nonsense",
    "application/x-www-form-urlencoded; charset=utf-16",
    'application/x-www-form-urlencoded; charset="',
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain; charset=ascii",
    "",
)


class Fuzz:
    """Sends what is odd as people who are in the room and as a stranger, and notes what is a fault."""

    def __init__(self, app: App, browsers: list[Browser], seed: int) -> None:
        self.secret = SECRET
        self.faults: list[str] = []
        self._random = random.Random(seed)
        self._browsers = browsers
        self._base = browsers[0].base
        assert app.runner.app is not None
        self._routes = sorted(
            {
                (route.method, route.resource.canonical)
                for route in app.runner.app.router.routes()
                if isinstance(route.resource, (web.PlainResource, web.DynamicResource))
                and route.method in ("GET", "POST")
            }
        )
        self._sessions: list[str] = []
        self._app = app
        self._free(app)

    def _free(self, app: App) -> None:
        """The limits on speed have tests of their own; here they would keep out what is to be tried."""
        endless = RequestLimits()
        for name in ("_members", "_strangers", "_addresses"):
            setattr(endless, name, RateLimits(burst=1e12, per_second=1e12))
        app.server._request_limits = endless
        parts = app.server.parts
        for holder, name in (
            *((parts.sockets, name) for name in ("_kilobytes", "_misread", "_catch_ups")),
            (parts.sockets._input, "_rate_limits"),
            *((parts.entrance, name) for name in ("_host_tries", "_codes", "_returns")),
        ):
            setattr(holder, name, RateLimits(burst=1e12, per_second=1e12))

    async def run(self, requests: int) -> None:
        """Send so many."""
        self._sessions = [key for key, _, _ in await self._app.store.sessions.listed()]
        stranger = aiohttp.ClientSession(headers={"Origin": self._base})
        try:
            for n in range(requests):
                if n % 2:
                    await self._request(self._random.choice([stranger, *(b.http for b in self._browsers)]))
                else:
                    await self._frame(self._random.choice(self._browsers))
        finally:
            await stranger.close()

    def _odd(self) -> Any:
        return self._random.choice([*ODD, *self._sessions])

    async def _request(self, http: aiohttp.ClientSession) -> None:
        method, path = self._random.choice(self._routes)
        if path == "/try" and method == "POST":
            return  # makes a room each time; it has limits of its own
        path = re.sub(r"\{room\}", lambda _: self._segment("circle"), path)
        path = re.sub(r"\{\w+(?::[^}]*)?\}", lambda _: self._segment(*self._sessions, "svg"), path)
        keys = [
            "name",
            "token",
            "secret",
            "days",
            "code",
            "field.words",
            "arg.n",
            "pick",
            "scale.a",
            *KEYS,
            *MORE_KEYS,
        ]
        query = self._form(keys) if self._random.random() < 0.5 else ""
        headers = {"Cookie": f"storycircle={quote(str(self._odd())[:200], errors='replace')}"}
        body = None
        if method == "POST":
            headers["Content-Type"] = self._random.choice(TYPES)
            body = self._random.choice(
                [self._form(keys).encode(), self._random.randbytes(60), b"name=%ff%fe&x=%"]
            )
        if self._random.random() < 0.7:
            del headers["Cookie"]
        url = f"{self._base}{path}?{query}"
        from yarl import URL

        try:
            async with http.request(
                method, URL(url, encoded=True), data=body, headers=headers, allow_redirects=False
            ) as answer:
                text = await answer.text(errors="replace") if answer.status >= 500 else ""
                if answer.status >= 500 and answer.status != 503:
                    self.faults.append(
                        f"{answer.status} {method} {url[:200]} {headers} {body!r:.200} {text[:200]}"
                    )
        except aiohttp.ServerDisconnectedError:
            pass  # cut off: what came was no request

    def _segment(self, *good: str) -> str:
        if good and self._random.random() < 0.6:
            return self._random.choice(good)
        return quote(str(self._odd())[:300], safe="", errors="replace") or "x"

    def _form(self, keys: list[str]) -> str:
        chosen = self._random.sample(keys, self._random.randint(0, 4))
        return urlencode([(key, str(self._odd())[:900]) for key in chosen], errors="surrogatepass")

    async def _frame(self, browser: Browser) -> None:
        assert browser.ws
        dice = self._random.random()
        if dice < 0.1:
            await browser.ws.send_str(
                self._random.choice(["", "{", "[]", "1", "[" * 50_000, '{"do":' * 9_000, "\u0000"])
            )
        elif dice < 0.3:
            text = self._random.choice(
                [*LINES, *(f"/{name} {self._odd()}" for name in self._some_commands())]
            )
            await self._sent(browser, {"do": "say", "text": text})
        else:
            what: dict[str, Any] = {"do": self._random.choice(KINDS)}
            for key in self._random.sample([*KEYS, *MORE_KEYS], self._random.randint(0, 6)):
                what[key] = self._odd()
            if what["do"] == "order" and self._random.random() < 0.8:
                what["command"] = self._random.choice(self._some_commands())
                what["args"] = {self._random.choice(["n", "text", "who", "id", "when"]): self._odd()}
            await self._sent(browser, what)

    def _some_commands(self) -> list[str]:
        # what ends the evening, or the connection of whoever leaves a locked session
        gone = ("workshop end", "workshop lock", "my erase", "leave")
        return [c.name for c in TABLE.commands if not c.name.startswith(gone)]

    async def _sent(self, browser: Browser, what: dict[str, Any]) -> None:
        """Send a frame, and see that it is answered, and not with a fault of ours."""
        assert browser.ws
        if browser.cut:  # one of the requests was a proper one, and signed this browser out
            await self._again(browser)
        if what.get("do") == "since":
            try:
                await browser.ws.send_str(json.dumps(what))
            except aiohttp.ClientConnectionResetError:
                await self._again(browser)
            return
        browser.frames.clear()
        self._nonce = getattr(self, "_nonce", 0) + 1
        what = {**what, "nonce": f"fuzz{self._nonce}"}
        try:
            await browser.ws.send_str(json.dumps(what))
            answer = await browser.until(
                lambda f: f"fuzz{self._nonce}" in (f.get("ack"), f.get("refused")) or "cut" in f, seconds=20
            )
        except aiohttp.ClientConnectionResetError:
            return await self._again(browser)
        except TimeoutError:
            self.faults.append(f"no answer to {what!r:.300}")
            return None
        if "cut" in answer:
            return await self._again(browser)
        if "Something went wrong" in str(answer.get("why", "")):
            self.faults.append(f"{answer['why']} for {what!r:.300}")

    async def _again(self, browser: Browser) -> None:
        """Come in anew; what makes a line end without a reason stands in the log."""
        browser.frames.clear()
        await browser.enter("Someone new")
        await browser.connect()
