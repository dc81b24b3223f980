"""The journal: who did what, when, to which request. It can only grow."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from conversations.desk.case import Deed
from storage.desk_tables import JOURNAL


class Journal:
    """Lines without content."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, deed: Deed, reference: str, now: datetime, who: int | None = None) -> None:
        """Add a line; `who` is a member of staff, None for the resident and for the clock."""
        self._connection.execute(
            insert(JOURNAL).values(at=now, who=who, deed=deed.value, reference=reference)
        )

    def was_taken_back(self, reference: str) -> bool:
        """Whether it is its resident who ended this request, rather than its age."""
        last = select(JOURNAL.c.deed).where(JOURNAL.c.reference == reference).order_by(JOURNAL.c.id.desc())
        return self._connection.scalar(last.limit(1)) == Deed.WITHDRAWN.value

    def of(self, reference: str) -> list[tuple[Deed, int | None]]:
        """What happened to a request, in order: (deed, who)."""
        rows = self._connection.execute(
            select(JOURNAL.c.deed, JOURNAL.c.who)
            .where(JOURNAL.c.reference == reference)
            .order_by(JOURNAL.c.id)
        )
        return [(Deed(deed), who) for deed, who in rows]
