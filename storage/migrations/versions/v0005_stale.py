"""The older messages of a dialogue whose buttons are still to be taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("dialogue", sa.Column("stale", sa.JSON(), nullable=False, server_default="[]"))
