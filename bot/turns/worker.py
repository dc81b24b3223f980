"""Takes what waits in the inbox: everybody's turn, one commit, and only then the screens."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from bot import logs
from bot.calls.patience import Patience
from bot.screens.drawing import Drawing, Mark, Tap
from bot.screens.pen import Pen
from bot.screens.show import Show
from bot.turns.frontdesk import FrontDesk
from bot.turns.haste import unhurried
from bot.turns.telling import news
from bot.turns.turn import Chance, Counted, redraw, turn
from conversations.handover.reference import new_reference
from conversations.scene import Scene
from storage.arrivals import Arrival
from storage.holds import Kind
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault

MOST = 200  # updates, or records, in one transaction
LAST_STROKES = 2.0  # seconds given at the end to what is being drawn
SOON = 0.05  # seconds after which what was shown is written down, if no commit came by before
LOOK = 2.0  # seconds: where several workers share a database, what a dead one left is found within them


@dataclass(frozen=True, slots=True)
class Taken:
    """What follows from a commit."""

    drawings: list[Drawing]
    desk: tuple[Tap, ...] | None  # taps of the staff to answer; None where nothing changed at the desk
    waiting: bool  # more people
    held: frozenset[int]  # the chats that no other worker may serve meanwhile


class Worker:
    """Runs until it is cancelled; `wake` tells it that somebody waits."""

    def __init__(
        self,
        store: Store,
        pen: Pen,
        scene: Callable[[], Scene],
        chance: Chance,
        vault: Vault,
        desk: Callable[[tuple[Tap, ...]], None],
    ) -> None:
        """`desk` hears that something changed there, with the staff's taps to answer."""
        self._store = store
        self._show = Show(pen, self._remind)
        self._scene = scene
        self._chance = chance
        self._vault = vault
        self._desk = desk
        self._due = asyncio.Event()
        self._due.set()  # somebody may have waited since before the start
        self._reminder: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """Somebody waits in the inbox."""
        self._due.set()

    async def run(self) -> None:
        """Draw what a former process left undrawn, then take turns."""
        await _patiently(self._resume)
        while True:
            try:
                async with asyncio.timeout(LOOK if self._store.shared else None):
                    await self._due.wait()
            except TimeoutError:
                await _patiently(self._resume)
            self._due.clear()
            await _patiently(self._turns)

    async def finish(self) -> None:
        """Finish what is being drawn and write it down; who still waits is served after the next start."""
        await self._show.finish(LAST_STROKES)
        await self._commit(0)

    async def _resume(self) -> None:
        after: int | None = -(2**63)
        scene, chance = self._scene(), self._chance
        while after is not None:
            page = partial(_unshown, after=after, busy=self._show.busy, scene=scene, chance=chance)
            after, drawings = await self._store.do(page, "resume")
            for drawing in drawings:
                self._show.ask(drawing)
            await self._show.room()

    def _remind(self, now: bool) -> None:  # noqa: FBT001 — what show tells
        """Write down what was shown. A new message at once: unknown, it would be sent again after a crash."""
        if now:
            self.wake()
        elif self._reminder is None:
            self._reminder = asyncio.get_running_loop().call_later(SOON, self.wake)

    async def _turns(self) -> None:
        await self._show.room()
        taken = await self._commit(MOST)
        for drawing in taken.drawings:
            self._show.ask(drawing)
        if taken.desk is not None:
            self._desk(taken.desk)
        if taken.waiting or taken.held - self._show.busy:
            self.wake()  # also to let go of whom nothing more is drawn for

    async def _commit(self, most: int) -> Taken:
        scene, marks, busy = self._scene(), dict(self._show.marks), self._show.busy
        chance, vault = self._chance, self._vault
        if self._reminder is not None:
            self._reminder.cancel()  # what it reminds of is written now
            self._reminder = None

        def work(kept: Transaction) -> Taken:
            kept.keep(Kind.TURNS, busy)
            return _take_turns(kept, marks, most, scene, chance, vault)

        done = await self._store.do(work, "turns")
        self._show.written(marks)
        if self._show.marks:  # of what was shown meanwhile
            self._remind(now=False)
        return done


def _unshown(
    kept: Transaction, after: int, busy: AbstractSet[int], scene: Scene, chance: Chance
) -> tuple[int | None, list[Drawing]]:
    """A page of screens that were left undrawn, and the chat after which the next page begins."""
    chats = kept.dialogues.unshown(after, MOST)
    mine = kept.take(Kind.TURNS, set(chats) - busy)
    records = [record for record in kept.dialogues.of(mine).values() if record.shown < record.revision]
    requests = kept.requests.of_chats([record.chat_id for record in records])
    spare = new_reference(chance())  # a screen that is only drawn again sends nothing
    office = kept.desk.office(scene)
    drawings = [
        redraw(record, scene.around(requests.get(record.chat_id, ()), office, spare)) for record in records
    ]
    return (chats[-1] if chats else None), drawings


def _take_turns(
    kept: Transaction, marks: Mapping[int, Mark], most: int, scene: Scene, chance: Chance, vault: Vault
) -> Taken:
    """Everybody's turn, in one transaction."""
    waiting = kept.waiting(most)
    arrivals = unhurried(kept, waiting)
    front = FrontDesk(kept, arrivals, scene)
    by_chat: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in front.others:
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
            records[chat] = record.drawn(mark.revision, mark.living).leaving(mark.left, mark.bared)
    counted = Counted(chance)
    requests = kept.requests.of_chats(by_chat)
    office = kept.desk.office(scene) if by_chat else None
    turns = []
    spares = _spare_references(len(by_chat), chance)
    for (chat, theirs), spare in zip(by_chat.items(), spares, strict=True):
        here = scene.around(requests.get(chat, ()), office, spare)
        done = turn(records.get(chat), theirs, here, counted)
        turns.append(done)
        for effect in done.handover:
            kept.desk.write(chat, effect, vault, scene)
            office = kept.desk.office(scene)
    records |= {done.drawing.chat_id: done.drawing.record for done in turns}
    told = list(news(kept, records, scene))
    records |= {drawing.chat_id: drawing.record for drawing in told}
    failed = {*front.failed, *(update_id for done in turns for update_id in done.failed)}
    kept.dialogues.erase(ended)
    kept.dialogues.save(records.values())
    kept.counts.add(counted.leads, counted.stops)
    kept.inbox.end([a.update_id for a in arrivals if a.update_id not in failed], list(failed))
    busy = len(front.others) < len(arrivals) or any(done.handover for done in turns)
    return Taken(
        drawings=[*(done.drawing for done in turns), *told],
        desk=tuple(front.taps) if busy else None,
        waiting=len(waiting) == most,
        held=kept.held(Kind.TURNS),
    )


def _spare_references(count: int, chance: Chance) -> list[str]:
    """So many references, one for each chat, whatever it comes to want it for.

    Where a request has one of them already, `ReferenceTakenError` ends the turn: the next one draws anew.
    """
    spare: set[str] = set()
    while len(spare) < count:
        spare.add(new_reference(chance()))
    return sorted(spare)


async def _patiently(act: Callable[[], Awaitable[None]]) -> None:
    """Try until it works: whoever waits in the inbox is not lost meanwhile."""
    patience = Patience()
    while True:
        try:
            return await act()
        except Exception as error:  # noqa: BLE001 — a full disk, a programme without rules for today…
            logs.warn("work_failed", error)
            await patience.wait()
