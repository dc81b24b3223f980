"""The bot as the tests of the desk need it: nothing in it waits for the wall's clock."""

from collections.abc import AsyncIterator

import pytest

from sandbox.town import Town
from tests.bot.conftest import Running


@pytest.fixture
async def bot(town: Town, url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    """The bot, running; its courier does not wait for Telegram's pace."""
    monkeypatch.setattr("bot.calls.pace.Pace.wait", lambda *_: 0.0)
    running = Running(town, url)
    running.start()
    yield running
    if not running.task.done():
        await running.stop()
