"""The inbox, the dialogues and the two tables of figures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("arrival", sa.Text()),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "inbox_waiting",
        "inbox",
        ["received_at", "update_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "dialogue",
        sa.Column("chat_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("shown_revision", sa.BigInteger(), nullable=False),
        sa.Column("living_message_id", sa.BigInteger()),
        sa.Column("heard_message_id", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lead_key", sa.BigInteger()),
    )
    unshown = sa.text("shown_revision < revision")
    op.create_index(
        "dialogue_unshown", "dialogue", ["chat_id"], sqlite_where=unshown, postgresql_where=unshown
    )
    op.create_index("dialogue_updated", "dialogue", ["updated_at"])
    op.create_table(
        "lead",
        sa.Column("key", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("age", sa.String(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("known_to_ccas", sa.String(), nullable=False),
        sa.Column("to_verify", sa.JSON(), nullable=False),
    )
    op.create_table(
        "stop_count",
        sa.Column("month", sa.String(), primary_key=True),
        sa.Column("programme", sa.String(), primary_key=True),
        sa.Column("question", sa.String(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
