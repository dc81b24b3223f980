"""The door to what is kept: opens the database, brings it to today's tables, and runs transactions on it."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StoreError
from storage.failpoints import failpoint
from storage.holds import ALONE, Holds
from storage.migrate import migrate, migrate_apart
from storage.postgres import Session, open_postgres
from storage.sqlite import claim, open_sqlite, truncate_log
from storage.transaction import Transaction
from storage.writer import Writer

T = TypeVar("T")


class Store:
    """A database of ours. A SQLite file belongs to this process alone until it is closed."""

    def __init__(self, url: str, *, lean: bool = False) -> None:
        """Open the database at this SQLAlchemy URL and run the migrations it lacks.

        `lean`: in a process of their own, so that nothing of them stays in this one, which has no thread yet.
        Raises StoreError where it cannot be reached, belongs to a newer bot, or is in use by another process.
        """
        self._engine, self._claim = _open(url)
        path = Path(self._engine.url.database or "")
        self.folder = None if self._claim is None else path.parent  # whose disk a SQLite file needs
        self.shared = self._claim is None  # other workers may use it at the same time
        holds: Holds = Session(self._engine) if self.shared else ALONE
        try:
            if lean:
                migrate_apart(self._engine)
            migrate(self._engine)
        except SQLAlchemyError as error:
            self._let_go()
            kind = type(error).__name__
            raise StoreError(f"La base ne peut pas être lue ({kind}). Vérifiez DATABASE_URL.") from None
        except StoreError:
            self._let_go()
            raise
        self._writer = Writer(self._engine, holds)

    def do(self, work: Callable[[Transaction], T], name: str = "job") -> asyncio.Future[T]:
        """Ask for `work` in a transaction; the future is done once it is committed: see `Writer`."""
        return self._writer.do(work, name)

    async def scrub(self) -> bool:
        """Remove the last traces of what was erased. False where that has to be tried again later."""
        if self._claim is None:
            return True
        failpoint("scrub:asked")
        done = await asyncio.to_thread(truncate_log, self._engine)
        failpoint("scrub:done")
        return done

    def close(self) -> None:
        """End what was begun and let go of the database."""
        self._writer.close()
        self._let_go()

    def _let_go(self) -> None:
        self._engine.dispose()
        if self._claim is not None:
            os.close(self._claim)


def _open(url: str) -> tuple[Engine, int | None]:
    if make_url(url).get_backend_name() != "sqlite":
        return open_postgres(url), None
    try:
        engine = open_sqlite(url)
        return engine, claim(engine)
    except OSError as error:
        reason = f"La base ne peut pas être ouverte : {error.strerror}. Vérifiez DATABASE_URL."
        raise StoreError(reason) from None
