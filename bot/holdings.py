"""What the database holds about one chat, table by table, for whoever wants to see it with their own eyes.

The tables are read as they are found, whatever they are: one that is new shows up here by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import MetaData, Row, Select, Table, create_engine, event, select

from conversations.scene import PARIS

MOST = 20  # rows of a table
PERSONAL = "chat_id"  # the column that ties a row to somebody
TECHNICAL = {"alembic_version"}

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one table, as (column, value). `tied`: they belong to the chat that was asked for."""

    table: str
    tied: bool
    rows: tuple[Pairs, ...]


def holdings(database: Path, chat_id: int) -> list[Held]:
    """What is tied to this chat, then some rows of what is tied to nobody, from a SQLite file.

    Nothing where there is no file yet. It is read while the bot writes, and never written.
    """
    if not database.exists():
        return []
    engine = create_engine(f"sqlite:///{database}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    found = MetaData()
    try:
        found.reflect(engine)
        with engine.connect() as connection:
            held = [
                Held(
                    table.name, PERSONAL in table.c, _pairs(connection.execute(_query(table, chat_id)).all())
                )
                for table in found.sorted_tables
                if table.name not in TECHNICAL
            ]
    finally:
        engine.dispose()
    return sorted(held, key=lambda held: not held.tied)


def _query(table: Table, chat_id: int) -> Select[tuple[object, ...]]:
    query = select(table).limit(MOST)
    return query.where(table.c[PERSONAL] == chat_id) if PERSONAL in table.c else query


def _pairs(rows: Sequence[Row[tuple[object, ...]]]) -> tuple[Pairs, ...]:
    return tuple(tuple((name, _plain(value)) for name, value in row._mapping.items()) for row in rows)  # noqa: SLF001 — SQLAlchemy's public name


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.replace(tzinfo=UTC).astimezone(PARIS):%d/%m/%Y %H:%M}"
        case bytes():
            return f"({len(value)} octets illisibles)"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
