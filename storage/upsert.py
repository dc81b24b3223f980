"""`INSERT … ON CONFLICT`: the same words in SQLite and PostgreSQL, from two modules of SQLAlchemy."""

from functools import cache

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


@cache
def insert_new(table: Table, dialect: str) -> Executable:
    """Insert the rows whose key is not there yet; leave the others as they are."""
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def insert_or_replace(table: Table, dialect: str) -> Executable:
    """Insert the rows; where a key is there already, replace everything else."""
    statement = _insert(table, dialect)
    others = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)


@cache
def insert_or_add(table: Table, amount: str, dialect: str) -> Executable:
    """Insert the rows; where a key is there already, add to its column `amount`."""
    statement = _insert(table, dialect)
    total = table.c[amount] + statement.excluded[amount]
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_={amount: total})


def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
