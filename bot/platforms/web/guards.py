"""The guard of every request: its limits, known host names, the same origin for what changes something, headers."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from functools import cache
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.errors import StoreUnavailable
from bot.platforms.web.assets import KEPT
from bot.platforms.web.connections import LimitedHandler
from bot.platforms.web.pages import Pages
from bot.render.i18n import spoken

log = structlog.get_logger()

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
        " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STATIC = {"Cache-Control": "no-cache"}  # kept by the browser, and asked for again with its date
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
HIDDEN = ("/r/", "/j", "/try", "/board/")  # rooms are for those who were invited, and not for search engines
TOO_MANY = N_("You sent too many requests just now. Wait 1 minute, then try again.")
OWN = ("Content-Type", "Content-Length")  # headers of the bare line
PATIENCE = 20.0  # seconds in which a form has to arrive
SECURE = {"Strict-Transport-Security": "max-age=31536000"}  # a year, where people come by HTTPS


def guard(
    spoken: Callable[[], AbstractContextManager[None]], public: str, allowed: Callable[[web.Request], bool]
) -> Middleware:
    """The middleware.

    Args:
        spoken: the language of what is answered, unless a handler chooses another.
        public: the address that people type, such as `https://circle.example`.
        allowed: counts a request; false if it is one too many.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if isinstance(request.protocol, LimitedHandler):
            request.protocol.asked()
        if not _is_ours(request.host, public):
            # A page elsewhere can give its own name our address, and would read a room as if it were its own.
            raise web.HTTPMisdirectedRequest(
                text=f"{request.host[:80]!r} is not a name of this Storycircle. If people reach it under that name, "
                "set `address` in config.yaml to the address that they type."
            )
        if request.method != "GET" or request.path.endswith("/ws"):
            origin = request.headers.get("Origin")
            if origin is not None and origin.partition("://")[2] != request.host:
                raise web.HTTPForbidden(text="This came from another site, so it is not taken.")
        try:
            with spoken():
                if not allowed(request):
                    return too_many()
                await _arrive(request)
                response = await handler(request)
        except StoreUnavailable as error:
            response = web.Response(status=503, text=str(error))
        except (web.HTTPException, ConnectionError, TimeoutError):
            raise  # an answer of its own, or who asked is gone
        except Exception as error:
            log.error("request failed", path=request.path[:200], error=repr(error)[:200])
            response = web.Response(status=500, text=tr("Something went wrong. Go back and try again."))
        return response

    return guarded


def too_many() -> web.Response:
    """The answer to who asks for more than they may; their browser is told when to ask again."""
    return web.Response(status=429, text=tr(TOO_MANY), headers={"Retry-After": "60"})


async def _arrive(request: web.Request) -> None:
    """Have the whole form before anything is done with it.

    Raises:
        web.HTTPException: it takes too long, or is none.
    """
    if request.content_type.startswith("multipart/"):
        raise web.HTTPUnsupportedMediaType(text=tr("Only plain forms can be sent here."))
    try:
        async with asyncio.timeout(PATIENCE):
            await request.post()
    except TimeoutError:
        raise web.HTTPRequestTimeout(text=tr("That took too long to arrive. Try again.")) from None
    except (LookupError, ValueError):  # an unknown charset, or bytes that are not in it
        raise web.HTTPBadRequest(text=tr("I couldn't read that form. Go back and try again.")) from None


def strict_headers(public: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What gives each answer its headers just before it is sent; a handler's own stay."""

    async def prepare(request: web.Request, response: web.StreamResponse) -> None:
        headers = HEADERS | (STATIC if request.path.startswith("/static/") else {})
        if request.path.startswith(f"{KEPT}/") and response.status < 400:
            headers |= FOR_GOOD
        if request.path.startswith(HIDDEN):
            headers["X-Robots-Tag"] = "noindex"
        if public.startswith("https://"):
            headers |= SECURE
        for name, content in headers.items():
            response.headers.setdefault(name, content)
        response.headers["Server"] = "Storycircle"  # without the versions of what it is made of

    return prepare


def _is_ours(host: str, public: str) -> bool:
    """True for the public address, for numbers, which no other site can give itself, and for names of this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in ("localhost", urlsplit(public).hostname) or name.removesuffix(".local") in _own_names():
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _own_names() -> frozenset[str]:
    own = socket.gethostname().lower()
    return frozenset({own, own.partition(".")[0]})


def faults(pages: Pages) -> Middleware:
    """The middleware; whoever doesn't ask for HTML, such as a script, gets the bare line."""

    @web.middleware
    async def shown(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if error.status < 400 or not _wants_page(request):
                raise
            response = error
        if response.status < 400 or response.content_type != "text/plain" or not _wants_page(request):
            return response
        said = response.text if isinstance(response, web.Response) else ""
        with spoken(pages.language()):
            if not said or said.startswith(f"{response.status}:"):  # the server's own words
                said = tr("The link may be mistyped, or what was here has been cleared away.")
            text = pages.page("fault.html", missing=response.status == 404, said=said)
        headers = {name: held for name, held in response.headers.items() if name not in OWN}
        return web.Response(text=text, status=response.status, content_type="text/html", headers=headers)

    return shown


def _wants_page(request: web.Request) -> bool:
    return "text/html" in request.headers.get("Accept", "")
