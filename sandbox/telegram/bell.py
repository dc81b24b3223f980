"""A bell that wakes whoever waits: the long poll, the webhook, a test."""

import asyncio


class Bell:
    """Rings for all who wait at that moment. Belongs to no event loop until somebody waits."""

    def __init__(self, echo: "Bell | None" = None) -> None:
        self._echo = echo
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits now, here and at the echo."""
        if self._echo is not None:
            self._echo.ring()
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def heard(self, within: float) -> bool:
        """Wait for the next ring, at most `within` seconds of real time. True when it rang."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, within)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)  # also where whoever waited was cancelled
        return True
