"""How long to wait before trying again: twice as long after each failure, up to a limit."""

import asyncio


class Patience:
    """Waits `first` seconds, then longer and longer, up to `most`; a success starts it anew."""

    def __init__(self, first: float = 0.2, most: float = 30) -> None:
        self._first = first
        self._most = most
        self._next = first

    async def wait(self, at_least: float = 0) -> None:
        """Wait; `at_least` seconds, where somebody said how long."""
        pause = max(self._next, at_least)
        self._next = min(self._most, self._next * 2)
        await asyncio.sleep(pause)

    def rest(self) -> None:
        """It worked: the next failure is a first one again."""
        self._next = self._first
