"""Mistakes that somebody could make, planted for a moment: whoever promises to notice them must."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk.courier import Courier
from bot.desk.letters import CardLetter
from conversations.desk.case import Case
from conversations.scene import Scene
from storage import store, writer
from storage.arrivals import Arrival
from storage.inbox import Inbox
from storage.tables import INBOX
from storage.transaction import Transaction
from tests.endurance import power

SCHEDULES = "tests/endurance/test_schedules.py"


@dataclass(frozen=True)
class Mistake:
    """What is wrong, who has to notice, and how it is planted into this process."""

    what: str
    noticed_by: str
    plant: Callable[[], None]


def acknowledge_before_commit() -> None:
    """Whoever asked is told « done » a moment before it is."""

    def commit(self: writer.Writer, jobs: list[Any], more: Callable[[], Any]) -> list[Any]:
        with self._engine.begin() as connection:
            transaction = Transaction(connection, self._holds)
            results = [job.work(transaction) for job in jobs]
            writer._answer(jobs, results)
            time.sleep(0.02)
            writer._pass(jobs, "commit")
        writer._pass(jobs, "committed")
        return results

    writer.Writer._commit = commit  # type: ignore[method-assign]


def no_order() -> None:
    """What somebody sent is taken last first."""
    waiting = Inbox.waiting

    def backwards(self: Inbox, most: int, *chats: Any) -> list[Arrival]:
        return waiting(self, most, *chats)[::-1]

    Inbox.waiting = backwards  # type: ignore[method-assign,assignment]


def no_memory_of_updates() -> None:
    """An update that comes again is taken again."""
    accept = Inbox.accept

    def anew(self: Inbox, arrived: Iterable[Arrival], unread: Iterable[int], now: datetime) -> None:
        taken = {arrival.update_id: arrival for arrival in arrived}
        self._connection.execute(INBOX.delete().where(INBOX.c.update_id.in_(taken)))
        accept(self, taken.values(), unread, now)

    Inbox.accept = anew  # type: ignore[method-assign]


def no_role_check() -> None:
    """The contact is for everybody of the staff."""
    Case.may_show_contact = lambda *_: True  # type: ignore[method-assign]


def send_then_mark() -> None:
    """The contact is sent, and that it was is written down afterwards."""
    bring = Courier._bring_card

    async def send(self: Courier, letter: CardLetter, scene: Scene) -> None:
        card = letter.card
        if not letter.shows_contact or letter.last:
            await bring(self, letter, scene)
            return
        sent = await self._send(letter.chat_id, letter.sheet)
        await self._store.do(lambda kept: kept.outbox.move(card, sent, scene.now), "letter")
        await self._store.do(
            lambda kept: kept.outbox.drawn(kept.outbox.card(card.chat_id, card.reference) or card, sent),
            "letter",
        )

    Courier._bring_card = send  # type: ignore[method-assign]


def leave_the_log() -> None:
    """What was erased stays in the database's log."""
    setattr(store, "truncate_log", lambda _: True)  # noqa: B010 — it is no name that others import from there


def synchronous(level: str) -> Callable[[], None]:
    """The disk is asked for less."""

    def plant() -> None:
        power.SYNCHRONOUS = level

    return plant


MISTAKES = {
    "acknowledge": Mistake(
        "acknowledge before the commit", f"{SCHEDULES} -k answers", acknowledge_before_commit
    ),
    "order": Mistake("no order in a chat", f"{SCHEDULES} -k answers", no_order),
    "dedupe": Mistake(
        "an update handled again",
        "tests/bot/incoming/test_updates.py -k after_a_restart",
        no_memory_of_updates,
    ),
    "role": Mistake("no role check", "tests/bot/desk/test_handover_desk.py", no_role_check),
    "reveal": Mistake("send the contact, then mark it", f"{SCHEDULES} -k reveals", send_then_mark),
    "log": Mistake(
        "the log is not emptied", "tests/bot/turns/test_erasing.py -k left_in_the_files", leave_the_log
    ),
    "normal": Mistake(
        "synchronous = NORMAL", "tests/endurance/test_power.py -k acknowledged", synchronous("NORMAL")
    ),
    "off": Mistake("synchronous = OFF", "tests/endurance/test_power.py -k acknowledged", synchronous("OFF")),
}
