"""A real database file, and transactions on it without a thread in between."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from storage.migrate import migrate
from storage.sqlite import open_sqlite
from storage.transaction import Transaction

T = TypeVar("T")
Do = Callable[[Callable[[Transaction], T]], T]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_sqlite(f"sqlite:///{tmp_path / 'data' / 'bot.db'}")
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
