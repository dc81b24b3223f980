"""Bring a database to today's tables, from whatever version it has, in one transaction."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.errors import StoreError
from storage.postgres import wait_for_migration

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Run what is missing. A process killed in between leaves the tables as they were.

    Raises StoreError on a database that a newer version of the bot wrote.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            wait_for_migration(connection)
        if _version(connection) != latest(scripts):
            # Late: where nothing is to be done, it would cost a start 0.2 s and the process 10 MB.
            from alembic import command
            from alembic.config import Config
            from alembic.util import CommandError

            config = Config()
            config.set_main_option("script_location", str(scripts))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError:
                raise StoreError("La base a été écrite par une version plus récente du bot.") from None


def migrate_apart(engine: Engine) -> None:
    """Run what is missing in a process that ends: what it loads would stay in this one for its whole life.

    Says nothing of what went wrong there: `migrate` does, which finds everything done or tries again. For a
    process that has started no thread yet.
    """
    with engine.connect() as connection:
        if _version(connection) == latest():
            return
    engine.dispose()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            migrate(engine)
        os._exit(0)
    os.waitpid(child, 0)


def _version(connection: Connection) -> object:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def latest(scripts: Path = SCRIPTS) -> str:
    """Today's version: migrations are `v0001_….py`, `v0002_….py`, one after the other."""
    return max(path.name[1:5] for path in (scripts / "versions").glob("v*.py"))
