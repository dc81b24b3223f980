"""Telegram's pace over all chats: about thirty messages a second. Whoever comes first goes first.

A letter to the staff and a resident's screen wait in the same line; an answer to a tap shows nothing in a
chat and waits in none.
"""

import asyncio
from collections.abc import Callable

BURST = 1.0  # seconds: what was not used within them may be used at once
# The calls that Telegram counts.
COUNTED = frozenset(
    (
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
    )
)


class Rate:
    """Lets so many calls a second through, 0: any number. `clock` counts seconds and never goes back."""

    def __init__(self, per_second: float, clock: Callable[[], float]) -> None:
        self._per_second = per_second
        self._clock = clock
        self._apart = 1 / per_second if per_second else 0.0  # seconds between two calls
        self._next = 0.0  # when a call may go without anything saved up

    def share(self, workers: int) -> None:
        """So many processes speak for this bot: each may have its part."""
        self._apart = workers / self._per_second if self._per_second else 0.0

    async def turn(self) -> None:
        """Wait for one's turn. Who stops waiting has had it."""
        if self._apart:
            now = self._clock()
            due = max(self._next, now - max(0.0, BURST - self._apart))
            self._next = due + self._apart
            if due > now:
                await asyncio.sleep(due - now)
