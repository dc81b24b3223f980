"""HTTP to Telegram: what stock python-telegram-bot sends, what may have arrived, and never the token."""

import asyncio
import json
import logging
import ssl
import traceback
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.calls.http import HttpRequest
from bot.calls.telegram import AwayError, Telegram
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
        self.cut = self.closes = False
        self.callers: set[object] = set()  # a port each
        self.pause = 0.0
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        asked = await (request.json() if request.content_type == "application/json" else request.post())
        sent = {name: _plain(part) for name, part in asked.items()}
        self.asked.append((request.content_type, sent))
        self.callers.add(request.transport.get_extra_info("peername") if request.transport else None)
        await asyncio.sleep(self.pause)
        if self.cut and request.transport is not None:
            request.transport.abort()
        answer = web.Response(status=self.status, text=self.body)
        if self.closes:
            answer.force_close()
        return answer


def _plain(part: object) -> str | bytes:
    if isinstance(part, web.FileField):
        return part.file.read()
    return part if isinstance(part, str) else json.dumps(part)


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
    async with Telegram(HttpRequest(), server.url, SecretStr(TOKEN)) as telegram:
        yield telegram


async def test_what_is_sent_is_what_the_library_itself_sends(server: Server) -> None:
    parameters = [RequestParameter(name, value, None) for name, value in PARAMETERS.items()]
    stock: BaseRequest = HTTPXRequest(httpx_kwargs={"verify": False})
    for request in (stock, HttpRequest()):
        async with request:
            assert await request.post(f"{server.url}/x", RequestData(parameters)) == 7
    assert server.asked[0][1] == server.asked[1][1]


async def test_a_file_is_sent_with_its_words(server: Server) -> None:
    file = RequestParameter("photo", None, [InputFile(b"pixels", "loan.png")])
    words = RequestParameter("caption", "36 × 59,05 €", None)
    async with HttpRequest() as request:
        await request.post(f"{server.url}/x", RequestData([words, file]))
    assert server.asked == [("multipart/form-data", {"caption": "36 × 59,05 €", "photo": b"pixels"})]


async def test_calls_share_the_connections_that_are_open(server: Server, telegram: Telegram) -> None:
    for _ in range(3):
        await telegram.call("getMe")
    assert len(server.callers) == 1
    server.pause = 0.05
    await asyncio.gather(*(telegram.call("getMe") for _ in range(3)))
    assert len(server.callers) == 3


async def test_no_more_connections_are_open_than_allowed(server: Server) -> None:
    server.pause = 0.02
    async with HttpRequest(connections=2) as request:
        await asyncio.gather(*(request.post(f"{server.url}/x", RequestData([])) for _ in range(6)))
    assert len(server.callers) == 2


async def test_a_connection_that_was_closed_meanwhile_is_not_used(server: Server, telegram: Telegram) -> None:
    server.closes = True
    for _ in range(3):
        assert await telegram.call("getMe") == 7
    assert len(server.callers) == 3


async def test_a_connection_nobody_used_for_long_is_not_trusted(
    server: Server, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.calls.http.IDLE", 0)
    for _ in range(3):
        await telegram.call("getMe")
    assert len(server.callers) == 3


async def test_a_call_that_was_given_up_leaves_its_answer_to_nobody(
    server: Server, telegram: Telegram
) -> None:
    server.pause = 0.2
    given_up = asyncio.create_task(telegram.call("getMe"))
    await asyncio.sleep(0.05)
    given_up.cancel()
    server.pause, server.body = 0, '{"ok":true,"result":8}'
    assert await telegram.call("getMe") == 8


@pytest.mark.parametrize("trusted", [True, False])
async def test_only_a_server_that_proves_its_name_is_told_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, trusted: bool
) -> None:
    certificate, asked = self_signed(tmp_path), []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n"))
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"ok":true,"result":7}')

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    address = f"https://localhost:{server.sockets[0].getsockname()[1]}"
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with server, Telegram(HttpRequest(), address, SecretStr(TOKEN)) as telegram:
        if trusted:
            assert await telegram.call("getMe") == 7
        else:
            with pytest.raises(NetworkError):
                await telegram.call("getMe")
    assert bool(asked) is trusted


def self_signed(folder: Path) -> Path:
    """A key and a certificate for « localhost », in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(plain + certificate.public_bytes(serialization.Encoding.PEM))
    return folder / "both.pem"


async def test_a_call_that_found_nobody_did_surely_nothing() -> None:
    async with Telegram(HttpRequest(), "http://127.0.0.1:9", SecretStr(TOKEN)) as telegram:
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
    async with HttpRequest() as request:
        with pytest.raises(TimedOut) as caught:
            await request.do_request(f"{server.url}/bot{TOKEN}/x", "POST", RequestData([]), read_timeout=0.05)
    assert_silent(caught.value)


async def test_a_server_that_failed_did_nothing(server: Server, telegram: Telegram) -> None:
    server.status, server.body = 502, "<html>"
    with pytest.raises(NetworkError) as caught:
        await telegram.call("sendMessage", chat_id=5)
    assert type(caught.value) is NetworkError


@pytest.mark.parametrize("body", ["<html>Kanari</html>", "[1]", "null", '{"ok":true,"result":'])
async def test_an_answer_that_nobody_can_read_is_no_answer_and_stands_in_no_log(
    server: Server, telegram: Telegram, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    """The library's own reader would log it whole."""
    caplog.set_level(logging.DEBUG)
    server.body = body
    with pytest.raises(TelegramError, match="Invalid server response"):
        await telegram.call("getMe")
    assert body not in caplog.text


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
