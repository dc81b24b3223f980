"""One thread writes, what waits shares a commit, and a job that fails takes nobody with it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event, text

from conversations.events import Said
from storage.arrivals import Arrival
from storage.transaction import Transaction
from storage.writer import Writer

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.close()


@pytest.fixture
def commits(engine: Engine) -> list[int]:
    """Grows with each commit."""
    seen: list[int] = []
    event.listen(engine, "commit", lambda _: seen.append(1))
    return seen


def accept(update_id: int) -> Callable[[Transaction], int]:
    def work(kept: Transaction) -> int:
        kept.inbox.accept([Arrival(update_id, 5, update_id, Said("x"))], (), NOON)
        return update_id

    return work


def known(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(text("select update_id from inbox order by 1")))


async def test_a_job_is_on_the_disk_when_it_is_answered(writer: Writer, engine: Engine) -> None:
    assert await writer.do(accept(1)) == 1
    assert known(engine) == [1]


async def test_jobs_that_wait_share_a_commit_and_keep_their_order(
    writer: Writer, engine: Engine, commits: list[int]
) -> None:
    gate = threading.Event()
    first = writer.do(lambda _: gate.wait(5))
    rest = [writer.do(accept(number)) for number in range(20)]
    gate.set()
    await first
    assert await asyncio.gather(*rest) == list(range(20))
    assert len(commits) == 1
    assert known(engine) == list(range(20))


async def test_a_job_that_fails_is_told_so_and_the_others_are_done(writer: Writer, engine: Engine) -> None:
    def broken(kept: Transaction) -> None:
        kept.inbox.accept([Arrival(99, 5, 99, Said("x"))], (), NOON)
        raise ZeroDivisionError

    gate = threading.Event()
    first = writer.do(lambda _: gate.wait(5))
    before, fails, after = writer.do(accept(1)), writer.do(broken), writer.do(accept(2))
    gate.set()
    await asyncio.gather(first, before, after)
    with pytest.raises(ZeroDivisionError):
        await fails
    assert known(engine) == [1, 2], "nothing of the job that failed"


@pytest.mark.fault(19)
async def test_who_stops_waiting_leaves_no_lock(writer: Writer, engine: Engine) -> None:
    gate = threading.Event()
    waiting = asyncio.ensure_future(asyncio.wait_for(writer.do(lambda _: gate.wait(5)), 0.05))
    with pytest.raises(TimeoutError):
        await waiting
    gate.set()
    assert await writer.do(accept(1)) == 1
    with engine.begin():
        pass  # nobody holds the database


@pytest.mark.fault(19)
async def test_closing_finishes_what_was_asked_for(engine: Engine) -> None:
    writer = Writer(engine)
    asked = [writer.do(accept(number)) for number in range(5)]
    await asyncio.to_thread(writer.close)
    assert await asyncio.gather(*asked) == [0, 1, 2, 3, 4]
    assert known(engine) == [0, 1, 2, 3, 4]


@pytest.mark.fault(8)
async def test_eight_writers_lose_nothing(engine: Engine) -> None:
    """Fault 8: threads here stand for the processes of others."""
    writers = [Writer(engine) for _ in range(8)]
    jobs = [writer.do(accept(100 * number + n)) for number, writer in enumerate(writers) for n in range(25)]
    await asyncio.gather(*jobs)
    await asyncio.gather(*(asyncio.to_thread(writer.close) for writer in writers))
    assert len(known(engine)) == 200
