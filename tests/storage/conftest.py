"""A real database file, and transactions on it without a thread in between."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from storage.migrate import migrate
from storage.transaction import Transaction
from tests.databases import open_engine

T = TypeVar("T")
Do = Callable[[Callable[[Transaction], T]], T]


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def do(engine: Engine) -> Do[object]:
    """Do something in a transaction of its own."""

    def in_a_transaction(work: Callable[[Transaction], T]) -> T:
        with engine.begin() as connection:
            return work(Transaction(connection))

    return in_a_transaction
