"""One transaction: everything in it happens, or nothing does."""

from sqlalchemy import Connection

from storage.counts import Counts
from storage.desk import DeskRoom
from storage.dialogues import Dialogues
from storage.inbox import Inbox
from storage.journal import Journal
from storage.office import OfficeBook
from storage.outbox import Outbox
from storage.requests import Requests
from storage.staff import Staff


class Transaction:
    """What may be done to the database, one attribute a table or two."""

    def __init__(self, connection: Connection) -> None:
        self.inbox = Inbox(connection)
        self.dialogues = Dialogues(connection)
        self.counts = Counts(connection)
        self.requests = Requests(connection)
        self.staff = Staff(connection)
        self.outbox = Outbox(connection)
        self.journal = Journal(connection)
        book = OfficeBook(connection)
        self.desk = DeskRoom(self.requests, self.staff, self.outbox, self.journal, book, self.counts)
