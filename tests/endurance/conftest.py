"""The bot in process, on a Monday morning that stands still until it is moved, and at no pace."""

from collections.abc import AsyncIterator

import pytest

from sandbox.clock import MovableClock
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.endurance.cast import monday


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(monday)))


@pytest.fixture
async def bot(town: Town, url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    """The bot, running; its courier does not wait for Telegram's pace, and nobody waits long."""
    monkeypatch.setattr("bot.calls.pace.Pace.wait", lambda *_: 0.0)
    monkeypatch.setattr("bot.desk.courier.SHORTLY", 0.05)
    running = Running(town, url)
    running.start()
    yield running
    if not running.task.done():
        await running.stop()
