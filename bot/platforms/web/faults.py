"""What a browser is shown where something is missing or refused: a page with a way on, not a bare line."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.core.text.wording import tr
from bot.platforms.web.pages import Pages
from bot.render.i18n import spoken

OWN = ("Content-Type", "Content-Length")  # headers of the bare line


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
