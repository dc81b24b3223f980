"""A backup: the whole database in one file, of one moment, made while the bot works, and checked.

The key of the contacts is never in it. Whoever holds both holds the contacts.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, inspect, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage import files
from storage.desk_tables import JOURNAL, REQUEST
from storage.dumps import dump_postgres
from storage.errors import StoreError
from storage.migrate import latest
from storage.sqlite import copy_sqlite, database_file, is_intact
from storage.tables import DIALOGUE


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a database, counted."""

    version: str  # of its tables
    conversations: int
    requests: int  # open ones


def back_up(url: str, file: Path) -> Contents:
    """Write a backup of the database at this SQLAlchemy URL, whole or not at all; says what is in it.

    Raises StoreError where the database or the file cannot be read or written, or the copy is not sound.
    """
    part = file.with_name(file.name + ".part")
    try:
        files.begin(part)
        try:
            if make_url(url).get_backend_name() == "sqlite":
                copy_sqlite(database_file(url), part)
                contents = examine(part)
            else:
                contents = dump_postgres(url, part, read_contents)
            files.put(part, file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"La sauvegarde {file} ne peut pas être écrite : {error.strerror}.") from None
    return contents


def examine(file: Path) -> Contents:
    """What is in this copy of a SQLite database. Raises StoreError unless it is intact and one of ours."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        if not is_intact(engine):
            raise StoreError("Ce fichier est abîmé, ou n'est pas une base : il ne peut pas servir.")
        with engine.connect() as connection:
            return read_contents(connection)
    finally:
        engine.dispose()


def read_contents(connection: Connection) -> Contents:
    """What is in this database. Raises StoreError where it is none of ours, or of a newer bot."""
    try:
        version = version_of(connection)
        if version is None or not inspect(connection).has_table(JOURNAL.name):
            raise StoreError("Ce n'est pas une sauvegarde de ce bot.")
        if version > latest():
            raise StoreError("Cette sauvegarde vient d'une version plus récente du bot. Mettez-le à jour.")
        conversations = connection.scalar(select(func.count()).select_from(DIALOGUE))
        requests = connection.scalar(
            select(func.count()).select_from(REQUEST).where(REQUEST.c.closed_at.is_(None))
        )
    except SQLAlchemyError:
        raise StoreError("Ce n'est pas une sauvegarde de ce bot.") from None
    return Contents(version, conversations or 0, requests or 0)


def version_of(connection: Connection) -> str | None:
    """The version of the tables there; None where there are none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_ours(engine: Engine) -> bool:
    """Whether there is a database of today's version there."""
    try:
        with engine.connect() as connection:
            return version_of(connection) == latest()
    except SQLAlchemyError:
        return False
