"""Telegram's pace in one chat: about one message a second, and not more than twenty a minute."""

from collections import defaultdict, deque
from collections.abc import Callable

BURST = 3  # calls that may follow each other at once
MINUTE = 60.0  # seconds
MOST = 20  # in a minute


class Pace:
    """Says how long a chat has to wait. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[int, deque[float]] = defaultdict(lambda: deque(maxlen=MOST))
        self._not_before: dict[int, float] = {}

    def wait(self, chat_id: int) -> float:
        """Seconds until the next call to this chat; 0 for now."""
        now, calls = self._clock(), self._calls[chat_id]
        waits = [self._not_before.get(chat_id, now)]
        if len(calls) >= BURST:
            waits.append(calls[-BURST] + BURST)
        if len(calls) == MOST:
            waits.append(calls[0] + MINUTE)
        return max(0.0, max(waits) - now)

    def count(self, chat_id: int) -> None:
        """A call to this chat is made now."""
        self._calls[chat_id].append(self._clock())

    def pause(self, chat_id: int, seconds: float) -> None:
        """Telegram asks to leave this chat alone for so long."""
        self._not_before[chat_id] = self._clock() + seconds
