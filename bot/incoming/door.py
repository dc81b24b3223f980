"""A door for HTTP: so many connections and no more, each for so long and no longer.

What knocks may be anybody. A stranger who sends a hundred megabytes, one byte a minute, or ten thousand
connections costs those who are inside nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.settings import Endpoint, SettingsError

CONNECTIONS = 512  # at once: a process may open 1,024 files, for Telegram and the database too
LARGEST = 1 << 20  # bytes of a body
READ = 10.0  # seconds for a request to arrive
IDLE = 75.0  # seconds that an open connection may say nothing
LAST = 2.0  # seconds at the end for requests that are being answered

Answer = Callable[[web.BaseRequest], Awaitable[web.Response]]


class Door:
    """Listens while it is entered: `async with Door(address, {"/path": answer}):`.

    To leave it is to take nothing new, and to finish what was taken. Raises SettingsError.
    """

    def __init__(self, at: Endpoint, answers: Mapping[str, Answer]) -> None:
        self._at = at
        self._answers = answers
        self._server: web.Server | None = None
        self._listener: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = web.Server(
            self._answer, access_log=None, keepalive_timeout=IDLE, lingering_time=0, auto_decompress=False
        )
        try:
            self._listener = await asyncio.get_running_loop().create_server(self._accept, *self._at)
        except OSError:
            raise SettingsError(
                f"L'adresse {self._at.host}:{self._at.port} ne peut pas être ouverte : "
                "elle est sans doute déjà prise."
            ) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._listener is not None:
            self._listener.close()
            self._server.pre_shutdown()
            await self._server.shutdown(LAST)

    def _accept(self) -> asyncio.Protocol:
        server = self._server
        if server is None or len(server.connections) >= CONNECTIONS:
            return _Full()
        return server()

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        answer = self._answers.get(request.path)
        return web.Response(status=404) if answer is None else await answer(request)


class _Full(asyncio.Protocol):
    """Whoever comes when it is full is sent away at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hang up."""
        if isinstance(transport, asyncio.Transport):
            transport.abort()


async def body(request: web.BaseRequest) -> bytes | web.Response:
    """The body of a request as it came, or the refusal of one that is too large, too slow or packed."""
    if request.headers.get("Content-Encoding") is not None:
        return web.Response(status=415)
    if (request.content_length or 0) > LARGEST:
        return web.Response(status=413)
    try:
        async with asyncio.timeout(READ):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:  # it did not say so beforehand
        return web.Response(status=413)
    except TimeoutError:
        return web.Response(status=408)
