"""Updates come in here, from polling or a webhook, and are in the inbox before Telegram forgets them."""

import json
import re
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.clock import Clock
from bot.incoming.apology import Apology
from bot.incoming.reading import Elsewhere, UnreadableError, number, read
from storage.arrivals import Arrival
from storage.store import Store

MOST = 5000  # updates that wait: some ten seconds of work; Telegram keeps the others for a day
OFTEN = 500  # updates between two looks at how many wait
NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,19})\b')


class Intake:
    """Each update is read on its own: one that cannot be is put aside and costs the others nothing."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        arrived: Callable[[Sequence[Arrival]], None],
        elsewhere: Callable[[int], None],
        apology: Apology,
    ) -> None:
        """`arrived` is told who waits now, `elsewhere` the groups and channels the bot is in."""
        self._store = store
        self._clock = clock
        self._arrived = arrived
        self._elsewhere = elsewhere
        self._apology = apology
        self._full = False
        self._unseen = 0  # updates taken since the last look at how many wait

    async def is_full(self) -> bool:
        """Whether so many wait that Telegram had better keep what comes. Raises SQLAlchemyError."""
        if self._full or self._unseen >= OFTEN:
            self._unseen = 0
            self._full = await self._store.do(lambda kept: kept.inbox.is_full(MOST), "full")
        return self._full

    async def take(self, updates: Iterable[object]) -> None:
        """Keep these raw updates. When it returns they are on the disk and may be confirmed.

        Raises SQLAlchemyError where they could not be kept.
        """
        arrivals: list[Arrival] = []
        aside: list[int] = []
        for update in updates:
            match _read(update, aside):
                case Arrival() as arrival:
                    arrivals.append(arrival)
                case Elsewhere(chat_id):
                    self._elsewhere(chat_id)
        await self._keep(arrivals, aside)

    async def take_one(self, payload: bytes) -> None:
        """Keep the one update of this payload; where it is not even JSON, its number.

        Raises SQLAlchemyError where it could not be kept.
        """
        try:
            update = json.loads(payload)
        except (ValueError, RecursionError):
            if await self.put_aside(payload) is None:
                logs.warn("update_without_number")
        else:
            await self.take([update])

    async def put_aside(self, payload: bytes) -> int | None:
        """Remember an update that is not even JSON by its number, which is returned; None if it has none."""
        found = NUMBER.search(payload)
        if found is None:
            return None
        update_id = int(found[1])
        await self._keep([], [update_id])
        return update_id

    async def _keep(self, arrivals: list[Arrival], aside: list[int]) -> None:
        if not arrivals and not aside:
            return
        now = self._clock()
        kept = self._store.do(lambda transaction: transaction.inbox.accept(arrivals, aside, now), "intake")
        if arrivals:
            self._arrived(arrivals)  # at once: what is done with them may then share the transaction
        try:
            await kept
        except SQLAlchemyError:
            self._apology.say(arrivals)
            raise
        self._apology.over()
        self._unseen += len(arrivals)
        for update_id in aside:
            logs.warn("update_aside", update=update_id)


def _read(update: object, aside: list[int]) -> Arrival | Elsewhere | None:
    if not isinstance(update, dict):
        return None
    try:
        return read(update)
    except Exception as error:  # noqa: BLE001 — whatever a stranger sent, the others are read
        logs.whisper("update_unreadable", type=type(error).__name__, place=logs.place(error))
    try:
        aside.append(number(update, "update_id"))
    except UnreadableError:
        logs.warn("update_without_number")
    return None
