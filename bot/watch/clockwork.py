"""What the clock brings: dialogues that nobody came back to are erased, and no trace of them is kept."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot import logs
from conversations.desk.away import absence
from conversations.desk.case import Role
from conversations.effects import CountStop, Effect
from conversations.scene import Scene
from conversations.step import expire
from storage.records import Record
from storage.rounds import go_round
from storage.store import Store
from storage.transaction import Transaction

EVERY = 60.0  # seconds
MOST = 200  # dialogues in one transaction
KNOWN = timedelta(hours=48)  # how long the number of a handled update is known: Telegram's 24 h, twice


class Clockwork:
    """Ticks until it is cancelled. A tick does what is due by the scene's clock, however late it comes."""

    def __init__(
        self,
        store: Store,
        scene: Callable[[], Scene],
        pulse: Callable[[], datetime | None],
        ticked: Callable[[int], None],
    ) -> None:
        """`pulse` is the real time while all is well, else None.

        `ticked` hears of each tick, for something may have become due, and how many workers there are.
        """
        self._store = store
        self._pulse = pulse
        self._scene = scene
        self._ticked = ticked

    async def run(self) -> None:
        """Tick every minute."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 — a full disk, a programme without rules for today…
                logs.warn("clockwork_failed", error)
            await asyncio.sleep(EVERY)

    async def tick(self) -> None:
        """Erase what is due, then its traces in the database's log."""
        scene = self._scene()
        erased = 0
        while once := await self._store.do(lambda kept: _erase_idle(kept, scene), "erase"):
            erased += once
        workers = await self._store.do(lambda kept: _forget(kept, scene.now - KNOWN), "forget")
        pulse = self._pulse()
        purged = await self._store.do(lambda kept: _go_round(kept, scene, pulse), "round")
        scrubbed = await self._store.scrub()
        self._ticked(workers)
        if erased or purged or not scrubbed:
            logs.tell("erased", dialogues=erased, requests=purged, scrubbed=int(scrubbed))


def _erase_idle(kept: Transaction, scene: Scene) -> int:
    """Erase some of the dialogues that are too old; says how many."""
    if not kept.is_the_clock():
        return 0
    eve = scene.now - timedelta(days=scene.programme.retention.conversation)
    records = kept.dialogues.idle_since(eve, MOST)
    kept.counts.add({}, [effect for record in records for effect in _last_effects(record, scene)])
    kept.dialogues.erase(record.chat_id for record in records)
    return len(records)


def _forget(kept: Transaction, day: datetime) -> int:
    """Forget the numbers of updates from before that day; says how many workers there are now."""
    kept.inbox.forget_before(day)
    return kept.workers()


def _go_round(kept: Transaction, scene: Scene, pulse: datetime | None) -> int:
    """Do what the hour brings to the desk; says how many requests were purged."""
    if not kept.is_the_clock():
        return 0
    if pulse is not None:
        _beat(kept, scene, pulse)
    return go_round(kept.desk, scene)


def _beat(kept: Transaction, scene: Scene, now: datetime) -> None:
    """All is well: where it was not for long, the référente and the coordinator are told, in her time."""
    before = kept.pulse.beat(now)
    if before is None or now - before < timedelta(minutes=scene.programme.handover.bot_away_minutes):
        return
    for role in (Role.REFERENTE, Role.COORDINATION):
        for member in kept.staff.members(role):
            kept.outbox.tell(member.chat_id, "revenu", kept.desk.in_her_time(scene), absence(before, now))


def _last_effects(record: Record, scene: Scene) -> list[CountStop]:
    try:
        effects: tuple[Effect, ...] = expire(record.dialogue, scene)
    except Exception as error:  # noqa: BLE001 — it is erased on its day, also where it cannot be counted
        logs.warn("uncounted", error)
        return []
    return [effect for effect in effects if isinstance(effect, CountStop)]
