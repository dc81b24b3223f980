"""A transaction for a command that is typed while the bot runs, or while it does not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StoreError
from storage.migrate import latest, migrate
from storage.postgres import NAME, open_postgres
from storage.sqlite import claim, open_sqlite
from storage.transaction import Transaction

BESIDE = NAME + " (command)"  # of its session: no worker's


@contextmanager
def beside(url: str) -> Iterator[Transaction]:
    """One transaction on this database; a bot that works on it is not disturbed.

    Raises StoreError where it cannot be read, or where the running bot is of another version.
    """
    sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = open_sqlite(url) if sqlite else open_postgres(url, BESIDE)
    held = None
    try:
        try:
            held = claim(engine) if sqlite else None
        except StoreError:  # the bot runs: it has brought the tables to its own version
            with engine.connect() as connection:
                known = inspect(connection).has_table("alembic_version")
                query = text("SELECT version_num FROM alembic_version")
                if not known or connection.scalar(query) != latest():
                    raise StoreError("Le bot qui tourne a une autre version. Relancez-le d'abord.") from None
        else:
            migrate(engine)
        with engine.begin() as connection:
            yield Transaction(connection)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise StoreError(f"La base ne peut pas être lue ({kind}). Vérifiez DATABASE_URL.") from None
    finally:
        engine.dispose()
        if held is not None:
            os.close(held)
