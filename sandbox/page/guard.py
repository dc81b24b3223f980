"""Who may open the page, and what the page may do: a stranger's page in the same browser may nothing."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site's page sends here, also under a name that leads here (DNS rebinding)."""
    if not _is_address(request.host):
        raise web.HTTPMisdirectedRequest
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden
    return await handler(request)


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """The same headers on every answer."""
    response.headers.update(HEADERS)
    if response.content_type == "application/pdf":  # the browser's own viewer has scripts and styles
        del response.headers["Content-Security-Policy"]


def _is_address(host: str) -> bool:
    """Whether the page was asked for by a number or as localhost: names can be made to lead anywhere."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        ip_address(name)
    except ValueError:
        return name == "localhost"
    return True
