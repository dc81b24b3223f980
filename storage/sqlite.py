"""Everything that is true of SQLite alone: how it is opened, claimed by one process, and cleaned."""

import fcntl
import os
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from sqlite3 import connect
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StoreError

PAGES = 256  # copied at a time: 1 MB
PATIENCE = 30  # seconds to wait for a lock that somebody else holds: a backup, a look into the figures

# FULL: a commit that was acknowledged survives a power cut. secure_delete: what is erased is overwritten.
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "foreign_keys = ON",
    f"busy_timeout = {PATIENCE * 1000}",
)


def open_sqlite(url: str) -> Engine:
    """An engine on a SQLite file, which is made for its owner alone where it does not exist yet."""
    engine = create_engine(url)
    path = _path(engine)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    event.listen(engine, "connect", _prepare)
    engine.dialect.do_begin = _begin  # type: ignore[assignment,method-assign]  # an event costs every statement
    return engine


def claim(engine: Engine) -> int:
    """Claim the file for this process until it ends or closes the descriptor returned.

    The claim is a lock on a file beside it: closing a second descriptor of the database itself would
    drop SQLite's own locks. Raises StoreError.
    """
    path = _path(engine)
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise StoreError(
            f"La base {path} est déjà utilisée : le bot tourne sans doute ailleurs. Arrêtez-le d'abord."
        ) from None
    return lock


def truncate_log(engine: Engine) -> bool:
    """Move the log into the database and empty it: erased bytes are still in there until then.

    Returns whether it worked; somebody who reads at that moment prevents it.
    """
    connection = engine.raw_connection()
    try:
        busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return bool(busy == 0)


def database_file(url: str) -> Path:
    """Where the database at this SQLAlchemy URL lies."""
    return _path(create_engine(url))


def copy_sqlite(source: Path, to: Path) -> None:
    """Copy a database as it is at this moment, into one file that needs no neighbours.

    The copy reads one snapshot from beginning to end: whoever writes meanwhile is neither waited for nor
    kept waiting, and a copy that would begin anew after each of their commits would never end.
    Raises StoreError where there is no database that can be read.
    """
    try:
        with (
            closing(connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as theirs,
            closing(connect(to)) as ours,
        ):
            theirs.isolation_level = None
            theirs.execute("BEGIN")
            theirs.execute("SELECT 1 FROM sqlite_master").fetchall()
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # synced, or thrown away, as a whole
                ours.execute(f"PRAGMA {pragma}")
            theirs.backup(ours, pages=PAGES)
            ours.execute("PRAGMA journal_mode = DELETE")
    except SqliteError as error:
        raise StoreError(f"{source} ne peut pas être lu ({type(error).__name__}).") from None


def is_intact(engine: Engine) -> bool:
    """Whether every page and every index of the database is as SQLite wrote it."""
    try:
        with engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    except SQLAlchemyError:
        return False


def _path(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _prepare(connection: SqliteConnection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, see _begin
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: PoolProxiedConnection) -> None:
    # IMMEDIATE: a transaction that will write waits at its start, and never fails half way through.
    connection.cursor().execute("BEGIN IMMEDIATE")
