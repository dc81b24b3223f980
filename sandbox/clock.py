"""Time as the sandbox tells it: a clock that tests and the page can move."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The real time, aware, in UTC."""
    return datetime.now(UTC)


class MovableClock:
    """A clock that goes on like `source` and can be moved.

    `MovableClock()` runs with the real time; `MovableClock(lambda: noon)` stands still until it is moved.
    """

    def __init__(self, source: Clock = system_clock) -> None:
        self._source = source
        self._shift = timedelta()

    def __call__(self) -> datetime:
        """What time it is."""
        return self._source() + self._shift

    @property
    def ahead(self) -> timedelta:
        """How far it was moved in all."""
        return self._shift

    def moves(self, by: timedelta) -> None:
        """Let this much time pass (or come back, when negative)."""
        self._shift += by
