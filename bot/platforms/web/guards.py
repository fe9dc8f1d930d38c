"""The guard of every request: the same origin for all that changes something, and strict headers on every answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.errors import StoreUnavailable

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guard(spoken: Callable[[], AbstractContextManager[None]]) -> Middleware:
    """The middleware; `spoken` is the language of what is answered, unless a handler chooses another."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method != "GET" or request.path.endswith("/ws"):
            origin = request.headers.get("Origin")
            if origin is not None and origin.partition("://")[2] != request.host:
                raise web.HTTPForbidden(text="This came from another site, so it is not taken.")
        try:
            with spoken():
                response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(HEADERS)
            raise
        except StoreUnavailable as error:
            response = web.Response(status=503, text=str(error))
        if not response.prepared:
            for name, content in HEADERS.items():
                response.headers.setdefault(name, content)
        return response

    return guarded
