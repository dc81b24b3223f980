"""What is kept, table by table. Rows are read and written set-wise by their neighbours, never one by one.

Table models do not validate: whatever reaches them was checked before.
"""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Table, Text, text
from sqlmodel import Field, SQLModel

from storage.instants import Instant

WAITING, DONE, ASIDE = "waiting", "done", "aside"

# By what leads are counted, in two passes.
REACHED = ("month", "programme", "known_to_ccas", "commune", "source", "outcome")
PROFILE = ("month", "age", "situation", "purpose", "amount")


class InboxRow(SQLModel, table=True):
    """An update that was taken from Telegram. Handled, only its number stays, to know it again."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "inbox_waiting",
            "received_at",
            "update_id",
            sqlite_where=text(f"state = '{WAITING}'"),
            postgresql_where=text(f"state = '{WAITING}'"),
        ),
    )

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    received_at: datetime = Field(sa_type=Instant)
    state: str = Field(max_length=8)  # waiting, done, or aside: it could not be read or answered
    chat_id: int | None = Field(default=None, sa_type=BigInteger)  # while it waits
    arrival: str | None = Field(default=None, sa_type=Text)  # while it waits: `storage.arrivals`


class DialogueRow(SQLModel, table=True):
    """One person's conversation, and how much of it is on their screen."""

    __tablename__ = "dialogue"
    __table_args__ = (
        Index(
            "dialogue_unshown",
            "chat_id",
            sqlite_where=text("shown_revision < revision"),
            postgresql_where=text("shown_revision < revision"),
        ),
        Index("dialogue_updated", "updated_at"),
    )

    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    state: str = Field(sa_type=Text)  # `conversations.dialogue.dump`
    revision: int = Field(sa_type=BigInteger)
    shown_revision: int = Field(sa_type=BigInteger)
    living_message_id: int | None = Field(default=None, sa_type=BigInteger)
    heard_message_id: int = Field(sa_type=BigInteger)
    stale: list[int] = Field(sa_type=JSON)  # older messages that still have to lose their buttons
    updated_at: datetime = Field(sa_type=Instant)
    lead_key: int | None = Field(default=None, sa_type=BigInteger)


class LeadRow(SQLModel, table=True):
    """Somebody who reached a result, in bands. The key is random and means nobody."""

    __tablename__ = "lead"
    __table_args__ = (
        # The figures of a year are read from these two alone: of a million leads in 0.5 s instead of 5.
        Index("lead_reached", *REACHED),
        Index("lead_profile", *PROFILE),
    )

    key: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    month: str
    programme: str
    language: str
    source: str
    outcome: str
    commune: str
    age: str
    situation: str
    purpose: str
    amount: str
    known_to_ccas: str
    to_verify: list[str] = Field(sa_type=JSON)


class StopCount(SQLModel, table=True):
    """How many dialogues ended at a question, in a month, under a version of the programme."""

    __tablename__ = "stop_count"

    month: str = Field(primary_key=True)
    programme: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    count: int = Field(sa_type=BigInteger)


class RequestCount(SQLModel, table=True):
    """How many requests sent in a year took this course, or so many days: `conversations.figures.course`."""

    __tablename__ = "request_count"

    year: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    measure: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    count: int = Field(sa_type=BigInteger)


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


INBOX, DIALOGUE, LEAD = _table(InboxRow), _table(DialogueRow), _table(LeadRow)
STOPS, COURSES = _table(StopCount), _table(RequestCount)
