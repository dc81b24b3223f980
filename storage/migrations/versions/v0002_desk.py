"""The desk: requests, journal, staff, invitations, cards, notices, absences and its settings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "request",
        sa.Column("reference", sa.String(), primary_key=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("revealed_until", INSTANT),
        sa.Column("reminded_at", INSTANT),
        sa.Column("escalated_at", INSTANT),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("consent_at", INSTANT, nullable=False),
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "request_open", "request", ["chat_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "journal",
        sa.Column("id", COUNTER, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.BigInteger()),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
    )
    _only_append("journal")
    op.create_table(
        "staff",
        sa.Column("chat_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("digest_at", INSTANT),
        sa.Column("away_since", INSTANT),
    )
    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.String(), primary_key=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
    )
    op.create_table(
        "desk_card",
        sa.Column("chat_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(), primary_key=True),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("former_id", sa.BigInteger()),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("id", COUNTER, primary_key=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
    )
    op.create_table(
        "absence",
        sa.Column("first", sa.Date(), primary_key=True),
        sa.Column("last", sa.Date(), nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
    )


def _only_append(table: str) -> None:
    """The database itself refuses to change or to delete a line."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'append only'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )
