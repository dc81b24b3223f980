"""The door over HTTP, on loopback: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Any token opens it. Nothing of what passes is logged.
"""

import json
import logging
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from sandbox.telegram import AnswerLost, FakeTelegram, Unreachable, Upload
from sandbox.telegram.given import as_text

MAX_BODY = 60 << 20  # bytes: a document of 50 MB and its envelope
TELEGRAM = web.AppKey("telegram", FakeTelegram)

log = logging.getLogger(__name__)


class TelegramServer:
    """Serves a fake on loopback: `async with TelegramServer(telegram) as server: server.url`."""

    def __init__(self, telegram: FakeTelegram, port: int = 0) -> None:
        self.telegram = telegram
        self.port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The origin: what `TELEGRAM_API_URL` names."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen. The port is chosen once and kept when the server starts again."""
        self._runner = web.AppRunner(application(self.telegram), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening: from now on connections are refused."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        await self.telegram.close()


def application(telegram: FakeTelegram) -> web.Application:
    """The two routes, ready to be part of something larger."""
    app = web.Application(client_max_size=MAX_BODY)
    app[TELEGRAM] = telegram
    app.router.add_route("*", "/bot{token}/{method}", _method)
    app.router.add_get("/file/bot{token}/{path:.+}", _file)
    return app


async def _method(request: web.Request) -> web.StreamResponse:
    try:
        values, files = await _read(request)
    except ValueError:
        return web.json_response(
            {"ok": False, "error_code": 400, "description": "Bad Request: can't parse the request"},
            status=400,
        )
    try:
        answer = await request.app[TELEGRAM].call(request.match_info["method"], values, files)
    except (Unreachable, AnswerLost):
        return _cut(request)
    except Exception as error:  # noqa: BLE001 — its text could hold content: only the kind is told
        log.error("the sandbox broke on %s: %s", request.match_info["method"], type(error).__name__)  # noqa: TRY400
        return web.Response(status=500)
    return web.Response(status=answer.status, body=answer.body, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    """Cut the connection; the answer goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=502)


async def _file(request: web.Request) -> web.Response:
    try:
        content = request.app[TELEGRAM].download(request.match_info["path"])
    except Unreachable:
        return _cut(request)
    return web.Response(status=404) if content is None else web.Response(body=content)


async def _read(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The parameters of the address and of the body, whichever way they were written."""
    values = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "multipart/form-data":
        for name, part in (await request.post()).items():
            if isinstance(part, FileField):
                files[name] = Upload(part.filename, part.file.read(), part.content_type)
            else:
                values[name] = part if isinstance(part, str) else bytes(part).decode(errors="surrogateescape")
    elif request.content_type == "application/json":
        for name, value in json.loads(await request.read() or b"{}").items():
            values[name] = as_text(value)
    elif request.can_read_body:
        body = (await request.read()).decode(errors="surrogateescape")
        values |= parse_qsl(body, keep_blank_values=True, errors="surrogateescape")
    return values, files
