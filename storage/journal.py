"""The journal: who did what, when, to which request. It can only grow."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from conversations.desk.case import Deed
from storage.desk_tables import JOURNAL


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; `at` is aware, `who` is None for the resident and for the clock, `reference` may be ""."""

    at: datetime
    who: int | None
    deed: Deed
    reference: str


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

    def entries(self, reference: str = "") -> list[Entry]:
        """What happened to a request, in order; without a reference, everything that ever happened."""
        asked = select(JOURNAL.c.at, JOURNAL.c.who, JOURNAL.c.deed, JOURNAL.c.reference).order_by(
            JOURNAL.c.id
        )
        if reference:
            asked = asked.where(JOURNAL.c.reference == reference)
        return [Entry(at, who, Deed(deed), named) for at, who, deed, named in self._connection.execute(asked)]
