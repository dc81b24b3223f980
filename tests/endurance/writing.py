"""A process that keeps updates as the bot does, and writes down each that it would confirm to Telegram."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from functools import partial

from conversations.events import Said
from storage import sqlite
from storage.arrivals import Arrival
from storage.store import Store
from storage.transaction import Transaction

COMMITS = 120
SCRUB = 25  # commits between two emptyings of the log
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def arrival(number: int) -> Arrival:
    """An update with some words in it."""
    return Arrival(number, 5, number, Said(f"mots {number} " * 20))


def _accept(kept: Transaction, number: int) -> None:
    kept.inbox.accept([arrival(number)], [], NOW)


def _end(kept: Transaction, number: int) -> None:
    kept.inbox.end([number])


async def main(url: str, acknowledged: str) -> None:
    """Keep one or two updates in each commit; what is done is handled a little later."""
    store, told, number = Store(url), os.open(acknowledged, os.O_WRONLY | os.O_CREAT), 0
    for commit in range(COMMITS):
        numbers = range(number + 1, number + 2 + commit % 2)
        jobs = [store.do(partial(_accept, number=n)) for n in numbers]
        await asyncio.gather(*jobs)
        os.write(told, b"".join(b"%d " % n for n in numbers))
        number = numbers[-1]
        await store.do(partial(_end, number=number - 1))
        if commit % SCRUB == SCRUB - 1:
            await store.scrub()
    os._exit(0)  # as in a power cut: nothing is closed


if __name__ == "__main__":
    where, written, synchronous = sys.argv[1:]
    sqlite.PRAGMAS = (sqlite.PRAGMAS[0], f"synchronous = {synchronous}", *sqlite.PRAGMAS[2:])
    asyncio.run(main(where, written))
