"""The server of the page: its addresses, and the port it listens on."""

import errno
from pathlib import Path

from aiohttp import web

from sandbox.page import backstage, hands
from sandbox.page.asked import DESK
from sandbox.page.desk import Desk
from sandbox.page.guard import add_headers, guarded
from sandbox.page.stream import Stream

STATIC = Path(__file__).parent / "static"
LOOPBACK = "127.0.0.1"


class Page:
    """Serves the page of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stream = Stream(desk)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def open(self, host: str, port: int) -> bool:
        """Listen. False when the port was taken and another one was chosen: `url` names it."""
        app = web.Application(middlewares=[guarded])
        app[DESK] = self._desk
        app.on_response_prepare.append(add_headers)
        app.add_routes(_routes(self._stream))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        self._stream.open()
        chosen = await self._listen(host, port)
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self._runner.addresses[0][1]}/"
        return chosen

    async def close(self) -> None:
        """Let every open page go and stop listening."""
        self._stream.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _listen(self, host: str, port: int) -> bool:
        try:
            await web.TCPSite(self._runner_(), host, port).start()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            await web.TCPSite(self._runner_(), host, 0).start()
            return False
        return True

    def _runner_(self) -> web.AppRunner:
        assert self._runner is not None  # noqa: S101 — set by `open`
        return self._runner


def _routes(stream: Stream) -> list[web.AbstractRouteDef]:
    one, of_it = r"/phones/{phone:\d+}", r"/messages/{message:\d+}"
    return [
        web.get("/", _index),
        web.get("/favicon.ico", _logo),  # a document in a page of its own asks for it
        web.get("/events", stream.serve),
        web.static("/static", STATIC),
        web.post("/phones", hands.add),
        web.post(f"{one}/say", hands.say),
        web.post(f"{one}/send", hands.send),
        web.post(f"{one}/press", hands.press),
        web.post(f"{one}/block", hands.block),
        web.post(f"{one}{of_it}/tap", hands.tap),
        web.post(f"{one}{of_it}/rewrite", hands.rewrite),
        web.delete(f"{one}{of_it}", hands.delete),
        web.get(f"{one}{of_it}/file", backstage.file),
        web.get(f"{one}/transcript", backstage.transcript),
        web.get(f"{one}/holdings", backstage.holdings),
        web.get("/flyers/{code}.svg", backstage.flyer),
        web.post("/fault", backstage.fault),
        web.post("/mishap", backstage.mishap),
        web.post("/leap", backstage.leap),
        web.post("/power", backstage.power),
    ]


async def _logo(_: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "logo.svg")


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")
