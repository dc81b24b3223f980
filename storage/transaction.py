"""One transaction: everything in it happens, or nothing does."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from storage.arrivals import Arrival
from storage.counts import Counts
from storage.desk import DeskRoom
from storage.dialogues import Dialogues
from storage.figures import Figures
from storage.holds import ALONE, Holds, Kind
from storage.inbox import Inbox
from storage.journal import Journal
from storage.office import OfficeBook
from storage.outbox import Outbox
from storage.pause import Pause
from storage.pulse import Pulse
from storage.requests import Requests
from storage.staff import Staff


class Transaction:
    """What may be done to the database, one attribute a table or two."""

    def __init__(self, connection: Connection, holds: Holds = ALONE) -> None:
        self._connection = connection
        self._holds = holds
        self.inbox = Inbox(connection)
        self.dialogues = Dialogues(connection)
        self.counts = Counts(connection)
        self.figures = Figures(connection)
        self.requests = Requests(connection)
        self.staff = Staff(connection)
        self.outbox = Outbox(connection)
        self.journal = Journal(connection)
        self.pause = Pause(connection)
        self.pulse = Pulse(connection)
        book = OfficeBook(connection)
        self.desk = DeskRoom(self.requests, self.staff, self.outbox, self.journal, book, self.counts)

    def waiting(self, most: int) -> list[Arrival]:
        """The oldest updates that this worker may handle now, at most `most` of them."""
        if self._holds is ALONE:
            return self.inbox.waiting(most)
        mine = self.take(Kind.TURNS, self.inbox.chats(most))
        return self.inbox.waiting(most, mine)

    def take(self, kind: Kind, chats: Iterable[int]) -> set[int]:
        """Those of these chats that this worker may serve now: see `Holds`."""
        return self._holds.take(self._connection, kind, chats)

    def keep(self, kind: Kind, chats: Collection[int]) -> None:
        """Leave every other chat to whoever wants it: see `Holds`."""
        self._holds.keep(self._connection, kind, chats)

    def held(self, kind: Kind) -> frozenset[int]:
        """What this worker still holds, and others may be waiting for."""
        return self._holds.held(kind)

    def workers(self) -> int:
        """How many workers share what Telegram allows."""
        return self._holds.workers(self._connection)

    def is_the_clock(self) -> bool:
        """Whether no other worker does at this moment what the clock brings."""
        return self._holds.clock(self._connection)
