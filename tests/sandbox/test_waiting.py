"""Waiting for the bot ends, and says what was waited for."""

import asyncio

import pytest

from sandbox.town import Town
from sandbox.waiting import WaitedTooLongError, settled


async def test_a_wait_for_quiet_ends_where_it_is_never_quiet(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is called without pause: idle in between, never for long enough."""
    monkeypatch.setattr("sandbox.waiting.idle", lambda _: True)

    async def calls() -> None:
        while True:
            await town.telegram.call("getMe", {}, {})
            await asyncio.sleep(0.001)

    calling = asyncio.create_task(calls())
    with pytest.raises(WaitedTooLongError, match="never quiet: an answer"):
        await asyncio.wait_for(settled(town.telegram, what="an answer", within=0.3, quiet=0.1), 5)
    calling.cancel()
