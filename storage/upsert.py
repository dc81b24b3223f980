"""`INSERT … ON CONFLICT`: the same words in SQLite and PostgreSQL, from two modules of SQLAlchemy."""

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Insert, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


@cache
def insert_new(table: Table, dialect: str) -> Insert:
    """Insert the rows whose key is not there yet; leave the others as they are."""
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def insert_or_replace(table: Table, dialect: str) -> Insert:
    """Insert the rows; where a key is there already, replace everything else."""
    statement = _insert(table, dialect)
    others = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)


@cache
def insert_or_add(table: Table, amount: str, dialect: str) -> Insert:
    """Insert the rows; where a key is there already, add to its column `amount`."""
    statement = _insert(table, dialect)
    total = table.c[amount] + statement.excluded[amount]
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_={amount: total})


def _insert(table: Table, dialect: str) -> "sqlite.Insert | postgresql.Insert":
    # Late: only one of the two is ever needed, and they take long to load.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
