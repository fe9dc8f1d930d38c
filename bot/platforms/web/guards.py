"""The guard of every request: known host names, the same origin for what changes something, strict headers."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from functools import cache
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.core.text.wording import tr
from bot.errors import StoreUnavailable

log = structlog.get_logger()

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STATIC = {"Cache-Control": "no-cache"}  # kept by the browser, and asked for again with its date
HIDDEN = ("/r/", "/j", "/try", "/board/")  # rooms are for those who were invited, and not for search engines
SECURE = {"Strict-Transport-Security": "max-age=31536000"}  # a year, where people come by HTTPS


def guard(spoken: Callable[[], AbstractContextManager[None]], public: str) -> Middleware:
    """The middleware.

    Args:
        spoken: the language of what is answered, unless a handler chooses another.
        public: the address that people type, such as `https://circle.example`.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
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
                response = await handler(request)
        except StoreUnavailable as error:
            response = web.Response(status=503, text=str(error))
        except (web.HTTPException, ConnectionError, TimeoutError):
            raise  # an answer of its own, or who asked is gone
        except Exception as error:
            log.error("request failed", path=request.path[:200], error=repr(error)[:200])
            response = web.Response(status=500, text=tr("Something went wrong here. Go back and try again."))
        return response

    return guarded


def strict_headers(public: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What gives each answer its headers just before it is sent; a handler's own stay."""

    async def prepare(request: web.Request, response: web.StreamResponse) -> None:
        headers = HEADERS | (STATIC if request.path.startswith("/static/") else {})
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
