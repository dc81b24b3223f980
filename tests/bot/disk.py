"""A disk that is full, as SQLite sees it: the file may have no page more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from tests.bot.conftest import Running

FILL = "INSERT INTO setting (name, value) VALUES (hex(randomblob(500)), 1)"


@asynccontextmanager
async def full_disk(bot: Running) -> AsyncIterator[None]:
    """Full while this is entered, and what was free in the file is taken."""
    [(pages,)] = bot.rows("PRAGMA page_count")
    limit = pages

    def begins(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")

    event.listen(bot.store._engine, "begin", begins)
    with pytest.raises(OperationalError, match="full"):
        await _fill(bot)
    yield
    limit = 2**30


async def _fill(bot: Running) -> None:
    while True:
        await bot.store.do(lambda kept: kept.inbox._connection.exec_driver_sql(FILL))
