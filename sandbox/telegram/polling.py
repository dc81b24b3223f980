"""Long polling: one reader at a time, an answer as soon as there is something, or after the timeout."""

import asyncio

from sandbox.telegram.faults import Unreachable
from sandbox.telegram.given import Given
from sandbox.telegram.refusal import conflict
from sandbox.telegram.world import World

MAX_TIMEOUT = 50  # seconds


class Polling:
    """`getUpdates`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._readers = 0

    async def get_updates(self, given: Given) -> str:
        """The waiting updates as a JSON array.

        Raises `Refusal` 409 when another `getUpdates` comes meanwhile, `Unreachable` when Telegram goes away.
        """
        offset = given.integer("offset", 0)
        limit = min(100, max(1, given.integer("limit", 100)))
        timeout = min(MAX_TIMEOUT, max(0, given.integer("timeout", 0)))
        self._world.queue.allow(given.json("allowed_updates"))
        self.interrupt()
        me = self._readers
        clock = asyncio.get_running_loop().time
        until = clock() + timeout
        while True:
            updates = self._world.queue.take(offset, limit)
            left = until - clock()
            if updates or left <= 0:
                copies = self._world.faults.copies
                return f"[{','.join(update.json for update in updates for _ in range(copies))}]"
            await self._world.queue.bell.heard(left)
            if self._readers != me:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            if self._world.faults.away:
                raise Unreachable

    def interrupt(self) -> None:
        """Send the reader who waits now away."""
        self._readers += 1
        self._world.queue.bell.ring()
