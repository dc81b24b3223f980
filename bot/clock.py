"""The hour, handed in: nothing else here reaches for it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

# The sandbox moves the clock on by starting the bot with this many seconds. Nothing else sets it.
AHEAD = "SANDBOX_CLOCK_AHEAD"
_ahead = timedelta(seconds=float(os.environ.get(AHEAD, "0")))


def now() -> datetime:
    """The real clock, aware and in UTC; in the sandbox, as far ahead as its page says."""
    return datetime.now(UTC) + _ahead
