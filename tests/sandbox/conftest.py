"""Both doors into one fake, and python-telegram-bot's own `Bot` before each of them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.request import InProcessRequest
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram
from sandbox.town import Town

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _waits_in_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the library warns at each 429, and here a warning is an error."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: NOON)))


@pytest.fixture
def ann(town: Town) -> Person:
    person = town.person("Ann")
    person.starts()
    return person


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(request: pytest.FixtureRequest, town: Town) -> AsyncIterator[Bot]:
    """A real `telegram.Bot`, through the one door and then through the other."""
    if request.param == "in process":
        door = InProcessRequest(town.telegram)
        async with Bot("1:any", request=door, get_updates_request=door) as bot:
            yield bot
        return
    async with TelegramServer(town.telegram) as server:
        api, files = f"{server.url}/bot", f"{server.url}/file/bot"
        calls, updates = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))  # no TLS to load
        async with Bot("1:any", api, files, calls, updates) as bot:
            yield bot


@pytest.fixture
async def inside(town: Town) -> AsyncIterator[Bot]:
    """A real `telegram.Bot` in process, where the door makes no difference."""
    door = InProcessRequest(town.telegram)
    async with Bot("1:any", request=door, get_updates_request=door) as bot:
        yield bot
