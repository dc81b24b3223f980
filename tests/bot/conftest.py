"""The real bot before the strict fake Telegram, in process: real store, real programme, a movable clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Row, text

from bot.app import App
from bot.calls.telegram import Telegram
from bot.desk.mailbox import Mailbox
from bot.turns.turn import Chance
from conversations import catalogues
from conversations.programme.load import ProgrammeFile, load
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.request import InProcessRequest
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.keys import make_key
from storage.store import Store
from storage.vault import Vault
from tests.databases import looking

ROOT = Path(__file__).parents[2]
TOKEN = "123456:a-token-that-nobody-may-read"


@cache
def shipped() -> ProgrammeFile:
    return load(ROOT / "programme.yaml")


class Running:
    """A bot that can be started and stopped; its database can be looked at meanwhile."""

    def __init__(self, town: Town, url: str) -> None:
        self.town = town
        self.url = url
        self.key = make_key()
        self.mailbox: Mailbox | None = None
        self.chance: Chance = count(1).__next__
        self.awake = MovableClock()
        self._stop = asyncio.Event()

    def start(self) -> None:
        self.store = Store(self.url)
        telegram = Telegram(InProcessRequest(self.town.telegram), "https://telegram.test", SecretStr(TOKEN))
        words = catalogues.load(ROOT / "locales")
        clock, vault = self.town.telegram.clock, Vault((self.key,))
        parts = (telegram, self.store, shipped(), words, clock, self.chance, vault, self.mailbox)
        self.app = App(*parts, self.awake)
        self._stop = asyncio.Event()
        self.task = asyncio.create_task(self.lives(self._stop))

    def lives(self, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        return self.app.poll(stop)

    async def stop(self) -> None:
        self._stop.set()
        await self.task
        self.store.close()

    def rows(self, query: str) -> list[Row[Any]]:
        """What the database holds, seen through a connection of its own."""
        with looking(self.url) as engine, engine.connect() as connection:
            return list(connection.execute(text(query)))

    async def until(self, holds: Callable[[], object], within: float = 5) -> None:
        """Wait until it holds, looking every few milliseconds: for what Telegram sees nothing of."""
        async with asyncio.timeout(within):
            while not holds():  # noqa: ASYNC110 — the database rings no bell
                await asyncio.sleep(0.005)


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock()))


@pytest.fixture
def ann(town: Town) -> Person:
    return town.person("Ann")


@pytest.fixture
async def bot(town: Town, url: str) -> AsyncIterator[Running]:
    """The bot, running."""
    running = Running(town, url)
    running.start()
    yield running
    if not running.task.done():
        await running.stop()
