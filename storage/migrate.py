"""Bring a database to today's tables, from whatever version it has, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Run what is missing. A process killed in between leaves the tables as they were.

    A database that a newer version of the bot wrote is refused: alembic raises CommandError.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
