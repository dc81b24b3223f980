"""Waiting for the bot: until it is idle, until something holds, or that it stays silent. Real seconds."""

import asyncio
from collections.abc import Callable

from sandbox.telegram import FakeTelegram

QUIET = 0.03  # seconds without a call that count as idle
PATIENCE = 10.0


class WaitedTooLongError(AssertionError):
    """The bot did not do in time what was waited for."""


async def until(
    telegram: FakeTelegram, holds: Callable[[], object], what: str, within: float = PATIENCE
) -> None:
    """Wait until `holds()`; looked at after every change, every call and every confirmed update.

    Raises `WaitedTooLongError` after `within` seconds, with what the bot did last (methods only, no content).
    """
    clock = asyncio.get_running_loop().time
    end = clock() + within
    while not holds():
        left = end - clock()
        if left <= 0:
            raise WaitedTooLongError(f"after {within} s still not so: {what}\n{situation(telegram)}")
        await telegram.bell.heard(min(left, 0.5))


async def settled(
    telegram: FakeTelegram,
    holds: Callable[[], object] = lambda: True,
    what: str = "the bot is idle",
    within: float = PATIENCE,
    quiet: float = QUIET,
) -> None:
    """Wait until `holds()` and the bot is idle: nothing waits for it, each tap answered, no call under way.

    Idle counts once it lasted `quiet` seconds. Raises `WaitedTooLongError`, also where it is never quiet.
    """
    clock = asyncio.get_running_loop().time
    end = clock() + within
    while True:
        await until(telegram, lambda: holds() and idle(telegram), what, max(0.0, end - clock()))
        calm = clock() + quiet
        while (left := calm - clock()) > 0 and idle(telegram):
            count = len(telegram.ledger)
            await telegram.bell.heard(left)
            if len(telegram.ledger) != count:
                break
        else:
            if idle(telegram) and holds():
                return
        if clock() >= end:
            raise WaitedTooLongError(f"after {within} s it is never quiet: {what}\n{situation(telegram)}")


async def silent(telegram: FakeTelegram, seconds: float) -> None:
    """Check that every update is taken and that the bot calls nothing for so long.

    Raises `WaitedTooLongError` as soon as it calls something.
    """
    before = len(telegram.ledger)
    await asyncio.sleep(seconds)
    calls = [str(call) for call in telegram.ledger][before:]
    if calls or len(telegram.queue):
        raise WaitedTooLongError(f"the bot was to take its updates and stay silent\n{situation(telegram)}")


def idle(telegram: FakeTelegram) -> bool:
    """Nothing waits for the bot, it calls nothing, and it owes no answer to a tap."""
    return not (telegram.ledger.in_flight or len(telegram.queue) or telegram.unanswered())


def situation(telegram: FakeTelegram) -> str:
    """Where things stand, without content."""
    taps = len(telegram.unanswered())
    return (
        f"{len(telegram.queue)} updates wait for the bot, {taps} taps are unanswered, "
        f"{telegram.ledger.in_flight} calls are under way, "
        f"it polled {telegram.ledger.polls} times; last calls:\n{telegram.ledger.tail()}"
    )
