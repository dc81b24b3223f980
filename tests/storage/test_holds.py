"""Several workers on one PostgreSQL: a chat is served by one of them at a time, in order, whoever dies."""

import asyncio
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from sqlalchemy import text

from conversations.dialogue import Dialogue
from conversations.events import Said
from storage.arrivals import Arrival
from storage.beside import beside
from storage.holds import Kind
from storage.records import Record
from storage.store import Store
from storage.transaction import Transaction
from tests import databases

T = TypeVar("T")
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
ANN, BOB = 501, 502


@pytest.fixture
def url() -> str:
    """On either run a PostgreSQL: SQLite has one worker."""
    return databases.server().fresh()


@pytest.fixture
def stores(url: str) -> Iterator[list[Store]]:
    """Three workers' stores on one database."""
    stores = [Store(url) for _ in range(3)]
    yield stores
    for store in stores:
        store.close()


def taking(*chats: int, kind: Kind = Kind.TURNS) -> Callable[[Transaction], set[int]]:
    return lambda kept: kept.take(kind, chats)


def keeping(*chats: int) -> Callable[[Transaction], None]:
    return lambda kept: kept.keep(Kind.TURNS, chats)


async def test_a_chat_is_one_workers_until_it_lets_go(stores: list[Store]) -> None:
    first, second, _ = stores
    assert await first.do(taking(ANN, BOB)) == {ANN, BOB}
    assert await first.do(taking(ANN)) == {ANN}, "what it holds it may take again"
    assert await second.do(taking(ANN, BOB)) == set()
    await first.do(keeping(BOB))
    assert await second.do(taking(ANN, BOB)) == {ANN}


async def test_turns_and_letters_of_a_chat_do_not_disturb_each_other(stores: list[Store]) -> None:
    first, second, _ = stores
    assert await first.do(taking(ANN)) == {ANN}
    assert await second.do(taking(ANN, kind=Kind.LETTERS)) == {ANN}
    assert await first.do(taking(ANN, kind=Kind.LETTERS)) == set()


async def test_what_a_worker_held_is_free_when_it_dies(stores: list[Store]) -> None:
    first, second, third = stores
    backend = await first.do(lambda kept: kept._connection.scalar(text("select pg_backend_pid()")))
    assert await first.do(taking(ANN)) == {ANN}
    killed = text(f"select pg_terminate_backend({backend}, 10000)")  # once it is gone, within 10 s
    assert await second.do(lambda kept: kept._connection.scalar(killed))
    assert await third.do(taking(ANN)) == {ANN}
    with pytest.raises(Exception, match=r"terminat|closed"):
        await first.do(taking(BOB))
    assert await first.do(taking(ANN, BOB)) == {BOB}, "its new session holds nothing of the former one's"


async def test_what_was_written_before_it_was_let_go_is_seen_by_who_takes_it(stores: list[Store]) -> None:
    """Each update is handled once, and each person's in the order they came, whichever worker takes them."""
    chats, each, chance = range(1, 25), 12, random.Random(7)

    def accept(number: int) -> Callable[[Transaction], None]:
        arrivals = [
            Arrival(1000 * chat + number, chat, number, Said("x"))
            for chat in chance.sample(chats, len(chats))
        ]
        return lambda kept: kept.inbox.accept(arrivals, (), NOON)

    wrong: list[Arrival] = []

    def serve(kept: Transaction) -> int:
        kept.keep(Kind.TURNS, ())
        arrivals = kept.waiting(7)
        records = dict(kept.dialogues.of({arrival.chat_id for arrival in arrivals}))
        for arrival in arrivals:
            record = records.get(arrival.chat_id, Record(arrival.chat_id, Dialogue("fr"), NOON))
            if arrival.message_id != record.heard + 1:
                wrong.append(arrival)
            records[arrival.chat_id] = Record(
                arrival.chat_id, Dialogue("fr"), NOON, record.revision + 1, heard=arrival.message_id
            )
        kept.dialogues.save(records.values())
        kept.inbox.end([arrival.update_id for arrival in arrivals])
        return len(arrivals)

    async def works(store: Store) -> None:
        while not (done.is_set() and await store.do(serve) == 0):
            await store.do(serve)

    done = asyncio.Event()
    workers = [asyncio.create_task(works(store)) for store in stores]
    for number in range(1, each + 1):
        await chance.choice(stores).do(accept(number))
    done.set()
    await asyncio.gather(*workers)
    records = (await stores[0].do(lambda kept: kept.dialogues.of(chats))).values()
    assert wrong == []
    assert [(record.heard, record.revision) for record in records] == [(each, each)] * len(chats)


@pytest.mark.fault(3)
async def test_an_update_that_comes_to_two_workers_at_once_is_kept_once(stores: list[Store]) -> None:
    arrival = Arrival(7, ANN, 1, Said("x"))
    await asyncio.gather(*(store.do(lambda kept: kept.inbox.accept([arrival], (), NOON)) for store in stores))
    assert await stores[0].do(lambda kept: kept.waiting(9)) == [arrival]


async def test_one_worker_at_a_time_does_what_the_clock_brings(stores: list[Store]) -> None:
    first, second, third = stores

    def ticking(kept: Transaction) -> tuple[bool, bool]:
        """What this one may do, and another meanwhile."""
        mine = kept.is_the_clock()
        theirs = asyncio.run_coroutine_threadsafe(_ask(second), loop).result(5)
        return mine, theirs

    async def _ask(store: Store) -> bool:
        return await store.do(lambda kept: kept.is_the_clock())

    loop = asyncio.get_running_loop()
    assert await first.do(ticking) == (True, False)
    assert await third.do(lambda kept: kept.is_the_clock()), "free with the end of the transaction"


async def test_they_know_how_many_they_are(stores: list[Store], url: str) -> None:
    assert await stores[0].do(lambda kept: kept.workers()) == 3
    with beside(url):
        assert await stores[0].do(lambda kept: kept.workers()) == 3, "a command typed meanwhile is no worker"


async def test_workers_that_start_together_bring_the_tables_up_to_date_once() -> None:
    url = databases.server().fresh("template0")
    stores = await asyncio.gather(*(asyncio.to_thread(Store, url) for _ in range(4)))
    for store in stores:
        assert await store.do(lambda kept: kept.waiting(1)) == []
        store.close()
