"""HTTP to Telegram: what stock python-telegram-bot sends, what may have arrived, and never the token."""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from pydantic import SecretStr
from telegram import InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.http import AiohttpRequest
from bot.telegram import AwayError, Telegram
from tests.bot.conftest import TOKEN

PARAMETERS = {
    "chat_id": -5,
    "text": "« 1 200,50 € » & co = 100 % ? + # ; ~ \u202f\u00a0 <b>é</b>\n'\"",
    "reply_markup": {"inline_keyboard": [[{"text": "Condé-sur-l’Escaut", "callback_data": "a:b"}]]},
    "flag": True,
}


class Server:
    """Keeps what it was asked, and answers what it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str | bytes]]] = []
        self.status, self.body = 200, '{"ok":true,"result":7}'
        self.cut = False
        self.pause = 0.0
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        sent = {name: _plain(part) for name, part in (await request.post()).items()}
        self.asked.append((request.content_type, sent))
        await asyncio.sleep(self.pause)
        if self.cut and request.transport is not None:
            request.transport.abort()
        return web.Response(status=self.status, text=self.body)


def _plain(part: str | bytearray | bytes | web.FileField) -> str | bytes:
    return part.file.read() if isinstance(part, web.FileField) else str(part)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.fixture
async def telegram(server: Server) -> AsyncIterator[Telegram]:
    async with Telegram(AiohttpRequest(), server.url, SecretStr(TOKEN)) as telegram:
        yield telegram


async def test_what_is_sent_is_what_the_library_itself_sends(server: Server) -> None:
    parameters = [RequestParameter(name, value, None) for name, value in PARAMETERS.items()]
    stock: BaseRequest = HTTPXRequest(httpx_kwargs={"verify": False})
    for request in (stock, AiohttpRequest()):
        async with request:
            assert await request.post(f"{server.url}/x", RequestData(parameters)) == 7
    assert server.asked[0] == server.asked[1]


async def test_a_file_is_sent_with_its_words(server: Server) -> None:
    file = RequestParameter("photo", None, [InputFile(b"pixels", "loan.png")])
    words = RequestParameter("caption", "36 × 59,05 €", None)
    async with AiohttpRequest() as request:
        await request.post(f"{server.url}/x", RequestData([words, file]))
    assert server.asked == [("multipart/form-data", {"caption": "36 × 59,05 €", "photo": b"pixels"})]


async def test_a_call_that_found_nobody_did_surely_nothing() -> None:
    async with Telegram(AiohttpRequest(), "http://127.0.0.1:9", SecretStr(TOKEN)) as telegram:
        with pytest.raises(NetworkError) as caught:
            await telegram.call("sendMessage", chat_id=5)
    assert type(caught.value) is NetworkError
    assert_silent(caught.value)


async def test_a_call_whose_connection_broke_may_have_arrived(server: Server, telegram: Telegram) -> None:
    server.cut = True
    with pytest.raises(TimedOut) as caught:
        await telegram.call("sendMessage", chat_id=5)
    assert_silent(caught.value)


async def test_a_call_that_is_not_answered_in_time_may_have_arrived(server: Server) -> None:
    server.pause = 1
    async with AiohttpRequest() as request:
        with pytest.raises(TimedOut) as caught:
            await request.do_request(f"{server.url}/bot{TOKEN}/x", "POST", RequestData([]), read_timeout=0.05)
    assert_silent(caught.value)


async def test_a_server_that_failed_did_nothing(server: Server, telegram: Telegram) -> None:
    server.status, server.body = 502, "<html>"
    with pytest.raises(NetworkError) as caught:
        await telegram.call("sendMessage", chat_id=5)
    assert type(caught.value) is NetworkError


async def test_a_gateway_that_gave_up_waiting_may_have_passed_the_call_on(
    server: Server, telegram: Telegram
) -> None:
    server.status, server.body = 504, "<html>"
    with pytest.raises(TimedOut):
        await telegram.call("sendMessage", chat_id=5)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (429, {"parameters": {"retry_after": 17}}, (17, False)),
        (409, {"description": "Conflict: can't use getUpdates method while webhook is active"}, (0, True)),
        (409, {"description": "Conflict: terminated by other getUpdates request"}, (0, False)),
        (429, {"parameters": {"retry_after": "soon"}}, (0, False)),
        (500, ["odd"], (0, False)),
        (502, "<html>", (0, False)),
    ],
)
async def test_a_refusal_to_hand_out_updates_says_how_long_to_wait(
    server: Server, telegram: Telegram, status: int, body: object, told: tuple[float, bool]
) -> None:
    server.status, server.body = status, body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(AwayError) as caught:
        await telegram.updates(None, 100, 1)
    assert (caught.value.wait, caught.value.webhook) == told
    assert caught.value.status == status
    assert_silent(caught.value)


def assert_silent(error: BaseException) -> None:
    """Neither the error nor its whole trace tells the token."""
    assert TOKEN not in "".join(traceback.format_exception(error))
    assert TOKEN not in repr(error)
