"""What became of requests, as counts, and two indexes from which a year of leads is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "request_count",
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("measure", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    reached = ["month", "programme", "known_to_ccas", "commune", "source", "outcome"]
    op.create_index("lead_reached", "lead", reached)
    op.create_index("lead_profile", "lead", ["month", "age", "situation", "purpose", "amount"])
