"""PostgreSQL's own programs: pg_dump writes a backup, pg_restore reads it."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StoreError

T = TypeVar("T")
AS_OURS = ("--no-owner", "--no-privileges")  # whoever restores it owns it
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def dump_postgres(url: str, to: Path, look: Callable[[Connection], T]) -> T:
    """Write a dump as `pg_restore` reads it; returns what `look` sees of the very moment that is dumped.

    Raises StoreError where the database cannot be reached, or PostgreSQL's programs are not there or fail.
    """
    engine = create_engine(url, isolation_level="REPEATABLE READ")
    try:
        with engine.connect() as connection:
            seen = look(connection)
            moment = connection.scalar(text("SELECT pg_export_snapshot()"))
            _run("pg_dump", url, "--format=custom", *AS_OURS, f"--snapshot={moment}", f"--file={to}")
    except SQLAlchemyError as error:
        raise StoreError(f"La base ne peut pas être lue ({type(error).__name__}).") from None
    finally:
        engine.dispose()
    _run("pg_restore", None, "--file=/dev/null", str(to))  # read from end to end
    return seen


def version_in_dump(file: Path) -> str | None:
    """The version of the tables in a dump, None where there is none of ours. Raises StoreError."""
    told = _run("pg_restore", None, "--data-only", "--table=alembic_version", "--file=-", str(file))
    found = re.search(r"^(\d{4})$", told, re.MULTILINE)
    _run("pg_restore", None, "--file=/dev/null", str(file))
    return found[1] if found else None


def load_postgres(url: str, file: Path) -> None:
    """Put a dump into an empty database, whole or not at all. Raises StoreError."""
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", *AS_OURS, str(file))


def neighbour(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def sessions(connection: Connection) -> int:
    """How many others are connected to this database."""
    return connection.scalar(_OTHERS) or 0


def _run(program: str, url: str | None, *arguments: str) -> str:
    """What the program prints. Its own complaints may repeat what it read, so nobody sees them."""
    environment = dict(os.environ)
    if url is not None:
        address = make_url(url)
        if address.password is not None:
            environment["PGPASSWORD"] = str(address.password)
        plain = URL.create(
            "postgresql", address.username, None, address.host, address.port, address.database, address.query
        )
        arguments = (f"--dbname={plain.render_as_string()}", *arguments)
    try:
        done = subprocess.run(  # noqa: S603 — a program of PostgreSQL, with our own arguments
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise StoreError(
            f"Le programme {program} est introuvable. Installez les outils de PostgreSQL "
            "(paquet postgresql-client), de la version du serveur ou plus récents."
        ) from None
    if done.returncode != 0:
        raise StoreError(
            f"{program} n'a pas pu travailler (code {done.returncode}). "
            "Vérifiez le fichier, et que ses outils sont aussi récents que le serveur."
        )
    return done.stdout
