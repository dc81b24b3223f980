"""The database as it is seen from beside the bot: by an operator's command, or by whoever counts."""

import pickle
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    exists,
    insert,
    make_url,
    or_,
    select,
    text,
)
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from storage.desk_tables import CARD, NOTICE, REQUEST
from storage.tables import DIALOGUE, INBOX, WAITING
from storage.transaction import Transaction
from tests.databases import looking

_NOW = bindparam("now", type_=CARD.c.due_at.type)
_DUE = or_(CARD.c.due_at <= _NOW, CARD.c.message_id.is_not(None))
_OWED = select(
    exists().where(INBOX.c.state == WAITING).label("answers"),
    exists().where(DIALOGUE.c.shown_revision < DIALOGUE.c.revision).label("screens"),
    exists().where(CARD.c.drawn < CARD.c.wanted, _DUE).label("cards"),
    exists().where(NOTICE.c.due_at <= _NOW).label("notices"),
    exists().where(REQUEST.c.mail_at <= _NOW, REQUEST.c.closed_at.is_(None)).label("mails"),
)


class Books:
    """One database, at a URL. What it holds can be taken along and laid down in another one."""

    def __init__(self, url: str = "") -> None:
        self.url = url
        self._looking: Connection | None = None

    def rows(self, query: str) -> list[Any]:
        """What the database holds now."""
        return list(self._look.execute(text(query)))

    def owed(self, now: datetime) -> list[str]:
        """What somebody waits for and is due: answers, screens, cards, notices, mails."""
        [row] = self._look.execute(_OWED, {"now": now}).mappings()
        return [what for what, is_owed in row.items() if is_owed]

    def does(self, work: Callable[[Transaction], object]) -> None:
        """What a command does while the bot runs."""
        with looking(self.url) as engine, engine.begin() as connection:
            work(Transaction(connection))

    def content(self) -> bytes:
        """What it holds. Nobody may be writing."""
        if self._file is None:
            tables = SQLModel.metadata.sorted_tables
            return pickle.dumps(
                [[dict(row._mapping) for row in self._look.execute(select(t))] for t in tables]
            )
        [(busy, _, _)] = self._look.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).all()
        assert not busy, "nobody else is there"
        self.close()
        return self._file.read_bytes()

    def holds(self, content: bytes) -> None:
        """Lay this down instead of whatever was there."""
        if self._file is not None:
            self.burn()
            self._file.write_bytes(content)
            return
        tables = SQLModel.metadata.sorted_tables
        with looking(self.url) as engine, engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(t.name for t in tables)} RESTART IDENTITY"))
            for table, rows in zip(tables, pickle.loads(content), strict=True):
                if rows:
                    connection.execute(insert(table), rows)
                if "id" in table.c:
                    counter = f"pg_get_serial_sequence('{table.name}', 'id')"
                    last = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"
                    connection.execute(text(f"SELECT setval({counter}, {last}, false)"))

    def everything(self) -> bytes:
        """All that is kept: of a file every byte, and of the log beside it. The bot may not be running."""
        if self._file is None:
            return repr(pickle.loads(self.content())).encode()
        self.close()
        return b"".join(path.read_bytes() for path in self._files())

    def close(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.close()
            self._looking.engine.dispose()
            self._looking = None

    def burn(self) -> None:
        """Look no more, and remove what can be removed."""
        self.close()
        for path in self._files():
            path.unlink()

    @property
    def _look(self) -> Connection:
        if self._looking is None:
            self._looking = self._open().connect()
        return self._looking

    def _open(self) -> Engine:
        return create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    @property
    def _file(self) -> Path | None:
        url = make_url(self.url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    def _files(self) -> list[Path]:
        return [] if self._file is None else list(self._file.parent.glob(self._file.name + "*"))
