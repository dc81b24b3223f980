"""One transaction: everything in it happens, or nothing does."""

from sqlalchemy import Connection

from storage.counts import Counts
from storage.dialogues import Dialogues
from storage.inbox import Inbox


class Transaction:
    """What may be done to the database, one attribute a table or two."""

    def __init__(self, connection: Connection) -> None:
        self.inbox = Inbox(connection)
        self.dialogues = Dialogues(connection)
        self.counts = Counts(connection)
