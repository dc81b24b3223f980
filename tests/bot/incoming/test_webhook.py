"""The webhook: pushed by the strict Telegram over real HTTP, and by strangers who are not Telegram."""

import asyncio
import gzip
import io
import json
import resource
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from aiohttp import ClientSession, TCPConnector
from sqlalchemy import text

from bot.calls.telegram import KINDS
from bot.incoming import door
from bot.incoming.intake import Intake
from bot.incoming.webhook import PATH, SECRET
from bot.settings import Endpoint
from sandbox.people import Person
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.processes import free_port
from tests.databases import looking

ASK = "Puis-je demander un microcrédit ?"
CANARY = "kanarienvogel"


class Serving(Running):
    """A bot that serves instead of polling."""

    def __init__(self, town: Town, url: str) -> None:
        super().__init__(town, url)
        self.at = Endpoint("127.0.0.1", free_port())
        self.address = f"http://127.0.0.1:{self.at.port}"

    def lives(self, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        return self.app.serve(stop, self.address, self.at)

    def head(self, length: int) -> bytes:
        """The head of a request from Telegram, for a body of so many bytes."""
        secret = self.town.telegram.webhook.secret
        return (
            f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n{SECRET}: {secret}\r\n\r\n"
        ).encode()

    @property
    def secret(self) -> dict[str, str]:
        return {SECRET: self.town.telegram.webhook.secret}


@pytest.fixture
async def bot(town: Town, url: str) -> AsyncIterator[Serving]:
    town.telegram.webhook.delay_unit = 0.01
    serving = Serving(town, url)
    serving.start()
    await town.until(lambda: town.telegram.webhook.url, "a webhook")
    await town.settles()
    yield serving
    if not serving.task.done():
        await serving.stop()
    await town.telegram.close()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        yield session


def update(number: int, words: str, chat: int = 5) -> str:
    who = f'{{"id":{chat},"first_name":"Eve","is_bot":false,"type":"private"}}'
    message = f'{{"message_id":{number},"date":1,"chat":{who},"from":{who},"text":{json.dumps(words)}}}'
    return f'{{"update_id":{number},"message":{message}}}'


async def test_a_whole_questionnaire_is_walked_through_the_webhook(
    bot: Serving, ann: Person, town: Town
) -> None:
    ann.starts("marche")
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    for _ in range(20):
        if "Je ne sais pas" not in ann.buttons():
            break
        ann.taps("Je ne sais pas")
        await ann.waits()
    assert ann.sees("vérifier ensemble")
    assert town.telegram.ledger.mistakes == [], "no method in an answer"
    assert town.telegram.webhook.last_error == ""
    [asked] = town.telegram.ledger.calls("setWebhook")
    assert asked.parameters["url"] == bot.address + PATH
    assert json.loads(asked.parameters["allowed_updates"]) == KINDS
    assert asked.parameters["drop_pending_updates"] == "false"


async def test_what_waited_before_the_start_is_brought_too(bot: Serving, ann: Person, town: Town) -> None:
    await bot.stop()
    ann.starts()
    ann.says("/langue")
    bot.start()
    await town.until(lambda: ann.sees("Choisissez votre langue"), "both are answered, in order")


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.fault(3)
async def test_an_update_brought_again_has_one_effect(
    bot: Serving, town: Town, http: ClientSession, copies: int
) -> None:
    eve = town.person("Eve")
    eve.starts()
    await eve.waits()
    bodies = [update(7_000_001, "/langue", eve.user.id)] * copies
    answers = await asyncio.gather(
        *(http.post(bot.address + PATH, data=body, headers=bot.secret) for body in bodies)
    )
    assert [answer.status for answer in answers] == [200] * copies
    assert [await answer.read() for answer in answers] == [b""] * copies
    sent = partial(town.telegram.ledger.calls, "sendMessage", eve.user.id)
    await town.until(lambda: len(sent()) == 2, "an answer")  # Telegram does not know what was brought here
    await bot.until(lambda: not bot.rows("select 1 from inbox where state = 'waiting'"))
    await town.settles()
    assert len(sent()) == 2


@pytest.mark.parametrize("given", [{}, {SECRET: ""}, {SECRET: "x"}, {SECRET: "é" * 64}])
async def test_without_the_secret_nobody_is_heard(
    bot: Serving, town: Town, http: ClientSession, given: dict[str, str]
) -> None:
    async with http.post(bot.address + PATH, data=update(1, "/start"), headers=given) as answer:
        assert (answer.status, await answer.read()) == (403, b"")
    await town.stays_silent(0.1)
    assert bot.rows("select * from inbox") == []


async def test_other_doors_are_shut(bot: Serving, http: ClientSession) -> None:
    async with http.get(bot.address + PATH, headers=bot.secret) as answer:
        assert (answer.status, await answer.read()) == (405, b"")
    for path in ("/", "/telegram/", "/TELEGRAM", "/telegram%2f..", "/.env"):
        async with http.post(bot.address + path, data=update(1, "x"), headers=bot.secret) as answer:
            assert (answer.status, await answer.read()) == (404, b"")
    async with http.post(bot.address + PATH + "?a=b", data=update(1, "x"), headers=bot.secret) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("poison", "kept"),
    [
        (b'{"update_id":41,"message":{"text":"' + CANARY.encode() + b"\xff", [41]),
        (b'{"update_id":42,' + b'"a":[' * 20_000, [42]),
        (update(43, CANARY).replace('"text"', '"text":"\\ud800","x"').encode(), [43]),
        (b'{"update_id":44}', [44]),
        (b'{"update_id":' + b"9" * 30 + b"}", []),
        (CANARY.encode(), []),
        (b"[]", []),
        (b"", []),
    ],
)
@pytest.mark.fault(10)
async def test_what_cannot_be_read_is_put_aside_and_taken_all_the_same(
    bot: Serving, http: ClientSession, ann: Person, poison: bytes, kept: list[int]
) -> None:
    async with http.post(bot.address + PATH, data=poison, headers=bot.secret) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert [row.update_id for row in bot.rows("select * from inbox where state = 'aside'")] == kept
    ann.starts()
    await ann.waits()


async def test_a_body_is_one_mebibyte_at_most_and_comes_unpacked(bot: Serving, http: ClientSession) -> None:
    announced = bot.head(door.LARGEST + 1)
    length = f"Content-Length: {door.LARGEST + 1}".encode()
    chunk = b"%x\r\n" % (door.LARGEST + 1) + b"x" * (door.LARGEST + 1)
    unannounced = announced.replace(length, b"Transfer-Encoding: chunked") + chunk
    for request in (announced, unannounced):
        reader, writer = await asyncio.open_connection(*bot.at)
        writer.write(request)
        assert (await reader.read()).startswith(b"HTTP/1.1 413")
        writer.close()
    packed = {**bot.secret, "Content-Encoding": "gzip"}
    async with http.post(bot.address + PATH, data=gzip.compress(b"x"), headers=packed) as answer:
        assert answer.status == 415
    fits = update(1, "a" * 4096 + "é" * 100_000)
    async with http.post(bot.address + PATH, data=io.BytesIO(fits.encode()), headers=bot.secret) as answer:
        assert answer.status == 200


async def test_a_hundred_megabytes_are_not_listened_to(bot: Serving) -> None:
    _, writer = await asyncio.open_connection(*bot.at)
    writer.write(bot.head(100_000_000))
    sent = 0
    with suppress(ConnectionError):
        while sent < 100_000_000:
            writer.write(b"x" * (1 << 16))
            await writer.drain()
            sent += 1 << 16
    assert sent < 20_000_000, "what the network itself holds, no more"
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def test_a_slow_client_is_given_up_and_holds_up_nobody(
    bot: Serving, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.incoming.door.READ", 0.2)
    reader, writer = await asyncio.open_connection(*bot.at)
    writer.write(bot.head(50) + b"{")
    ann.starts()
    await ann.waits()
    assert (await asyncio.wait_for(reader.read(), 2)).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_thousands_of_connections_leave_room_for_telegram(
    bot: Serving, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are inside and say nothing are closed in the end, and then others come in."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    strangers = [await asyncio.open_connection(*bot.at) for _ in range(door.CONNECTIONS + 500)]
    ended = [asyncio.create_task(reader.read()) for reader, _ in strangers]
    await bot.until(lambda: sum(task.done() for task in ended) >= 400)
    for _, writer in strangers:
        writer.close()
    await asyncio.gather(*ended, return_exceptions=True)
    ann.starts()
    await ann.waits()


async def test_what_cannot_be_kept_is_brought_again(bot: Serving, ann: Person, town: Town) -> None:
    ann.starts()
    await ann.waits()
    with looking(bot.url) as engine:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE inbox RENAME TO elsewhere"))
        ann.taps(ASK)
        await town.until(lambda: "503" in town.telegram.webhook.last_error, "a refusal")
        assert len(town.telegram.queue) == 1
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO inbox"))
    await town.until(lambda: ann.sees("Dans quelle commune habitez-vous ?"), "an answer")


@pytest.mark.sqlite
@pytest.mark.fault(19)
async def test_told_to_end_it_finishes_what_it_took(
    bot: Serving, town: Town, http: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    eve = town.person("Eve")
    eve.starts()
    await eve.waits()
    taken, take = asyncio.Event(), Intake.take_one

    async def take_one(intake: Intake, payload: bytes) -> None:
        taken.set()
        await take(intake, payload)

    monkeypatch.setattr(Intake, "take_one", take_one)
    with looking(bot.url) as engine, engine.begin():
        payload = update(7_000_002, "/langue", eve.user.id)
        brought = asyncio.create_task(http.post(bot.address + PATH, data=payload, headers=bot.secret))
        await taken.wait()
        ending = asyncio.create_task(bot.stop())
        await asyncio.sleep(0.1)
        with pytest.raises(ConnectionError):
            await asyncio.open_connection(*bot.at)
    assert (await brought).status == 200
    await ending
    bot.start()
    await town.until(lambda: eve.sees("Choisissez votre langue"), "an answer")


async def test_a_webhook_that_was_taken_away_is_set_again(
    bot: Serving, ann: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.incoming.webhook.LOOK", 0.05)
    bot.start()
    await town.until(lambda: len(town.telegram.ledger.calls("getWebhookInfo")) > 2, "a look")
    town.telegram.webhook.url = ""
    ann.starts()
    await ann.waits()


@pytest.mark.fault(4)
async def test_telegram_away_at_the_start_is_waited_for(bot: Serving, ann: Person, town: Town) -> None:
    await bot.stop()
    town.telegram.faults.go_away()
    town.telegram.webhook.url = ""
    bot.start()
    ann.starts()
    await asyncio.sleep(0.3)
    town.telegram.faults.come_back()
    await ann.waits()
