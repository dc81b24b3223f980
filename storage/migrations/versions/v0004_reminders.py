"""A request's nudge about its papers, its mail, and a quick way to everything kept of one resident."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables to this version."""
    for name in ("nudged_at", "mail_at"):
        op.add_column("request", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_index("request_chat", "request", ["chat_id"])
