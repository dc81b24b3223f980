"""The hour, handed in: nothing here reaches for it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The real clock, aware and in UTC."""
    return datetime.now(UTC)
