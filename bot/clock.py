"""The hour, handed in: nothing else here reaches for it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

# The sandbox moves the clock on by starting the bot with this many seconds. Nothing else sets it.
AHEAD = "SANDBOX_CLOCK_AHEAD"
_ahead = timedelta(seconds=float(os.environ.get(AHEAD, "0")))


def now() -> datetime:
    """The bot's clock, aware and in UTC: the real one; in the sandbox, as far ahead as its page says."""
    return real() + _ahead


def real() -> datetime:
    """The real clock, aware and in UTC, in the sandbox too: how long the bot itself was away."""
    return datetime.now(UTC)
