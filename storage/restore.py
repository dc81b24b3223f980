"""A backup put in the place of the database: checked first, told what ended since, and paused."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from conversations.desk.case import Deed
from conversations.scene import PARIS
from storage import files
from storage.backup import examine
from storage.carrying import Carried, carry_over
from storage.dumps import load_postgres, neighbour, sessions, version_in_dump
from storage.errors import StoreError
from storage.migrate import latest, migrate
from storage.sqlite import claim, copy_sqlite, database_file, is_intact, open_sqlite, truncate_log
from storage.transaction import Transaction

NEIGHBOURS = ("-wal", "-shm")  # what SQLite keeps beside a database


class Restored(NamedTuple):
    """What came of it. `kept` is the database that was replaced, None where there was none."""

    carried: Carried
    kept: Path | None


def restore_sqlite(url: str, file: Path, now: datetime) -> Restored:
    """Put this backup in the place of the SQLite database at this URL, which is kept beside it.

    Until the last step, which happens whole or not at all, nothing of the database has changed.
    Raises StoreError where a bot runs, or the file is no sound backup of this bot.
    """
    path = database_file(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = claim(create_engine(url))
    work = path.with_name(path.name + ".restoring")
    try:
        files.begin(work)
        copy_sqlite(file, work)
        examine(work)
        replaced = open_sqlite(url) if path.exists() else None
        carried = _finish(open_sqlite(f"sqlite:///{work}"), replaced, now)
        return Restored(carried, _swap(path, work, replaced, now))
    except OSError as error:
        raise StoreError(f"La base ne peut pas être remplacée : {error.strerror}.") from None
    except SQLAlchemyError as error:
        raise StoreError(f"La sauvegarde ne peut pas être reprise ({type(error).__name__}).") from None
    finally:
        for name in ("", *NEIGHBOURS):
            work.with_name(work.name + name).unlink(missing_ok=True)
        os.close(held)


def restore_postgres(url: str, file: Path, former: str | None, now: datetime) -> Restored:
    """Put this dump into the PostgreSQL database at this URL, which must be empty.

    `former` is the name of the database it replaces, on the same server: nothing in it is changed.
    Raises StoreError.
    """
    engine = create_engine(url)
    replaced = None if former is None else create_engine(neighbour(url, former))
    try:
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                raise StoreError(
                    "Cette base n'est pas vide. Créez-en une neuve (createdb) et mettez-la dans DATABASE_URL."
                )
        if replaced is not None:
            with replaced.connect() as connection:
                if sessions(connection):
                    raise StoreError(f"Un bot travaille encore sur la base {former}. Arrêtez-le d'abord.")
        version = version_in_dump(file)
        if version is None:
            raise StoreError("Ce n'est pas une sauvegarde de ce bot.")
        if version > latest():
            raise StoreError("Cette sauvegarde vient d'une version plus récente du bot. Mettez-le à jour.")
        load_postgres(url, file)
        return Restored(_finish(engine, replaced, now), None)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise StoreError(f"La base ne peut pas être lue ({kind}). Vérifiez DATABASE_URL.") from None
    finally:
        engine.dispose()
        if replaced is not None:
            replaced.dispose()


def _finish(engine: Engine, replaced: Engine | None, now: datetime) -> Carried:
    """Bring what was restored to today's version, told of what ended since, and paused."""
    try:
        migrate(engine)
        with engine.begin() as connection:  # first of all: whatever happens next, nothing leaves
            Transaction(connection).pause.begin(now)
        sqlite = engine.dialect.name == "sqlite"
        intact = replaced is not None and (not sqlite or is_intact(replaced))
        with engine.begin() as connection:
            carried = carry_over(connection, replaced, intact=intact)
            kept = Transaction(connection)
            kept.pause.begin(now)
            kept.journal.write(Deed.RESTORED, "", now)
        if sqlite and not truncate_log(engine):
            raise StoreError("La base restaurée ne peut pas être écrite en entier. Recommencez.")
        return carried
    finally:
        engine.dispose()


def _swap(path: Path, work: Path, replaced: Engine | None, now: datetime) -> Path | None:
    """Keep the former database under another name, then let the new one take its place at a stroke."""
    if replaced is None:
        files.put(work, path)
        return None
    replaced.dispose()  # whoever closes a sound database last leaves no neighbours
    kept = path.with_name(f"{path.name}.before-restore-{now.astimezone(PARIS):%Y%m%d-%H%M%S}")
    os.link(path, kept)
    for name in NEIGHBOURS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + name).rename(kept.with_name(kept.name + name))
    files.put(work, path)
    return kept
