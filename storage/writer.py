"""One thread writes. What waits when it comes by goes into one transaction, and so into one commit.

A commit costs a wait for the disk; shared by all who wait, the wait costs each of them little.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Engine

from storage.failpoints import failpoint
from storage.holds import ALONE, Holds
from storage.transaction import Transaction

T = TypeVar("T")
MOST = 64  # jobs in one transaction


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Transaction], Any]
    future: asyncio.Future[Any]
    name: str


class Writer:
    """Runs jobs in the order they were given, each in a transaction, on a thread of its own.

    A job may run twice: where one of those that share a transaction fails, each is done again alone.
    So a job changes nothing but the database, and answers by its result.
    """

    def __init__(self, engine: Engine, holds: Holds = ALONE) -> None:
        self._engine = engine
        self._holds = holds
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def do(self, work: Callable[[Transaction], T], name: str = "job") -> asyncio.Future[T]:
        """Ask for `work`; the future is done when it is on the disk. Raises what the work or the commit did.

        `name` is that of its failpoints.

        Who stops waiting stops nothing: a transaction that began is ended all the same.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(work, future, name))
        return future

    def close(self) -> None:
        """Finish what was asked for, then end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            together = [job]
            try:
                results = self._commit(together, self._more)
            except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to the one who asked
                if len(together) == 1:
                    _answer(together, [None], error)
                else:
                    self._one_by_one(together)
            else:
                _answer(together, results)

    def _one_by_one(self, jobs: list[_Job]) -> None:
        for job in jobs:
            try:
                results = self._commit([job], lambda: None)
            except Exception as error:  # noqa: BLE001 — as above
                _answer([job], [None], error)
            else:
                _answer([job], results)

    def _commit(self, jobs: list[_Job], more: Callable[[], _Job | None]) -> list[Any]:
        """Do the jobs and whatever comes in meanwhile, which is added to them, in one transaction."""
        with self._engine.begin() as connection:
            transaction = Transaction(connection, self._holds)
            results = []
            for job in jobs:  # grows while it is walked
                results.append(job.work(transaction))
                if len(jobs) < MOST and (another := more()) is not None:
                    jobs.append(another)
            _pass(jobs, "commit")
        _pass(jobs, "committed")
        return results

    def _more(self) -> _Job | None:
        try:
            job = self._jobs.get_nowait()
        except Empty:
            return None
        if job is None:
            self._jobs.put(None)  # the end, to be read again once this transaction is done
        return job


def _pass(jobs: list[_Job], place: str) -> None:
    for name in dict.fromkeys(job.name for job in jobs):
        failpoint(f"{name}:{place}")


def _answer(jobs: list[_Job], results: list[Any], error: Exception | None = None) -> None:
    def settle() -> None:
        for job, result in zip(jobs, results, strict=True):
            if job.future.done():  # nobody waits any more
                continue
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)

    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        jobs[0].future.get_loop().call_soon_threadsafe(settle)
