"""How alembic runs our migrations: on the connection it is given, inside the transaction it is in."""

from alembic import context
from sqlmodel import SQLModel

from storage import desk_tables, tables  # noqa: F401 — they fill the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
)
context.run_migrations()
