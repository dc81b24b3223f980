"""Takes what waits in the inbox: everybody's turn, one commit, and only then the screens."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot import logs
from bot.drawing import Drawing, Mark
from bot.patience import Patience
from bot.pen import Pen
from bot.show import Show
from bot.turn import Chance, Counted, redraw, turn
from conversations.scene import Scene
from storage.arrivals import Arrival
from storage.records import Record
from storage.store import Store
from storage.transaction import Transaction

MOST = 200  # updates, or records, in one transaction
LAST_STROKES = 2.0  # seconds given at the end to what is being drawn
SOON = 0.05  # seconds after which what was shown is written down, if no commit came by before


class Worker:
    """Runs until it is cancelled; `wake` tells it that somebody waits."""

    def __init__(self, store: Store, pen: Pen, scene: Callable[[], Scene], chance: Chance) -> None:
        self._store = store
        self._show = Show(pen, self._remind)
        self._scene = scene
        self._chance = chance
        self._due = asyncio.Event()
        self._due.set()  # somebody may have waited since before the start

    def wake(self) -> None:
        """Somebody waits in the inbox."""
        self._due.set()

    async def run(self) -> None:
        """Draw what a former process left undrawn, then take turns."""
        await _patiently(self._resume)
        while True:
            await self._due.wait()
            self._due.clear()
            await _patiently(self._turns)

    async def finish(self) -> None:
        """Finish what is being drawn and write it down; who still waits is served after the next start."""
        await self._show.finish(LAST_STROKES)
        await self._commit(0)

    async def _resume(self) -> None:
        after = -(2**63)
        while records := await self._store.do(partial(_unshown, after=after)):
            after = records[-1].chat_id
            for record in records:
                self._show.ask(redraw(record, self._scene()))
            await self._show.room()

    def _remind(self, now: bool) -> None:  # noqa: FBT001 — what show tells
        """Write down what was shown. A new message at once: unknown, it would be sent again after a crash."""
        if now:
            self.wake()
        else:
            asyncio.get_running_loop().call_later(SOON, self.wake)

    async def _turns(self) -> None:
        await self._show.room()
        drawings, waiting = await self._commit(MOST)
        for drawing in drawings:
            self._show.ask(drawing)
        if waiting:
            self.wake()

    async def _commit(self, most: int) -> tuple[list[Drawing], bool]:
        scene, marks = self._scene(), dict(self._show.marks)
        done = await self._store.do(lambda kept: _take_turns(kept, marks, most, scene, self._chance))
        self._show.written(marks)
        return done


def _unshown(kept: Transaction, after: int) -> list[Record]:
    return kept.dialogues.unshown(after, MOST)


def _take_turns(
    kept: Transaction, marks: Mapping[int, Mark], most: int, scene: Scene, chance: Chance
) -> tuple[list[Drawing], bool]:
    """Everybody's turn, in one transaction: the screens to draw after it, and whether more people wait."""
    arrivals = kept.inbox.waiting(most)
    by_chat: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        by_chat[arrival.chat_id].append(arrival)
    records = dict(kept.dialogues.of({*by_chat, *marks}))
    ended = []
    for chat, mark in marks.items():
        record = records.get(chat)
        if record is None:
            continue
        if mark.final and mark.revision == record.revision:
            ended.append(chat)
            del records[chat]
        else:
            records[chat] = record.drawn(mark.revision, mark.living)
    counted = Counted(chance)
    turns = [turn(records.get(chat), theirs, scene, counted) for chat, theirs in by_chat.items()]
    records |= {done.drawing.chat_id: done.drawing.record for done in turns}
    failed = {update_id for done in turns for update_id in done.failed}
    kept.dialogues.erase(ended)
    kept.dialogues.save(records.values())
    kept.counts.add(counted.leads, counted.stops)
    kept.inbox.end([a.update_id for a in arrivals if a.update_id not in failed], list(failed))
    return [done.drawing for done in turns], len(arrivals) == most


async def _patiently(act: Callable[[], Awaitable[None]]) -> None:
    """Try until it works: whoever waits in the inbox is not lost meanwhile."""
    patience = Patience()
    while True:
        try:
            return await act()
        except Exception as error:  # noqa: BLE001 — a full disk, a programme without rules for today…
            logs.warn("work_failed", error)
            await patience.wait()
