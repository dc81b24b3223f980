"""A bot on a restored database rests until somebody has said `resume`. What people do meanwhile is kept.

No screen is drawn and nobody's turn is taken: what the database would say may have been said long ago. Who
taps a button is told so in its own little bubble, which is no message, changes nothing and may be repeated;
who writes is answered after the rest, because a message could not be taken back.
"""

import asyncio
from collections.abc import Iterable, Mapping

from bot import logs
from bot.screens.drawing import Tap
from bot.screens.pen import Pen
from conversations.catalogues import FRENCH
from conversations.words import Words
from storage.arrivals import Arrival
from storage.store import Store

EVERY = 2.0  # seconds between two looks whether it is over


class Rest:
    """Waits for the end of the pause, once, at the start: only a restore begins one, and no bot runs then."""

    def __init__(self, store: Store, pen: Pen, catalogues: Mapping[str, Words]) -> None:
        self._store = store
        self._pen = pen
        self._catalogues = catalogues
        self._resting = False
        self._answers: set[asyncio.Task[None]] = set()

    async def over(self) -> None:
        """Wait until there is no pause; at once where there is none."""
        while True:
            try:
                since = await self._store.do(lambda kept: kept.pause.since(), "pause")
            except Exception as error:  # noqa: BLE001 — a full disk, a database that is away: nobody knows
                logs.warn("pause_unknown", error)
            else:
                if (since is not None) is not self._resting:
                    self._resting = not self._resting
                    logs.tell("paused" if self._resting else "resumed")
                if not self._resting:
                    return
            await asyncio.sleep(EVERY)

    def tell(self, arrivals: Iterable[Arrival]) -> None:
        """Answer the taps among these, where the bot rests."""
        if not self._resting:
            return
        taps = tuple(
            Tap(arrival.query, paused(self._catalogues.get(arrival.language, FRENCH)))
            for arrival in arrivals
            if arrival.query
        )
        answer = asyncio.create_task(self._pen.answer(taps))
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)


def paused(_: Words) -> str:
    """What a tap is answered meanwhile."""
    return _("Le bot est en pause. Votre réponse est gardée.")
