"""What is kept for the desk: requests with sealed contacts, the journal, the staff, and what is to be told.

Nothing here shares an identifier with a lead. A request's row goes altogether at its purge; the journal keeps
its reference, which by then means nobody.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, text
from sqlmodel import Field, SQLModel

from storage.instants import Instant

OPEN = text("closed_at IS NULL")


class RequestRow(SQLModel, table=True):
    """A request. `state` is the case as the desk sees it; columns repeat what is asked for by."""

    __tablename__ = "request"
    __table_args__ = (
        # Never a second open request of one person.
        Index("request_open", "chat_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("request_chat", "chat_id"),
    )

    reference: str = Field(primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)  # the resident's
    status: str
    state: str = Field(sa_type=Text)  # `storage.cases`
    revision: int = Field(sa_type=BigInteger)
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    revealed_until: datetime | None = Field(default=None, sa_type=Instant)
    reminded_at: datetime | None = Field(default=None, sa_type=Instant)  # of the appointment
    escalated_at: datetime | None = Field(default=None, sa_type=Instant)
    nudged_at: datetime | None = Field(default=None, sa_type=Instant)  # about the papers that are missing
    mail_at: datetime | None = Field(default=None, sa_type=Instant)  # when a mail is due; None: there is none
    box: bytes = Field(sa_type=LargeBinary)  # `storage.vault`
    key: bytes = Field(sa_type=LargeBinary)
    consent_version: str
    consent_at: datetime = Field(sa_type=Instant)


class JournalRow(SQLModel, table=True):
    """Who did what, when, to which request. Rows are added, never changed: the database refuses it."""

    __tablename__ = "journal"

    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    )
    at: datetime = Field(sa_type=Instant)
    who: int | None = Field(default=None, sa_type=BigInteger)  # a member of staff; None: resident or clock
    deed: str
    reference: str


class StaffRow(SQLModel, table=True):
    """A member of staff, by their private chat."""

    __tablename__ = "staff"

    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    role: str
    commune: str  # "" is all of them
    since: datetime = Field(sa_type=Instant)
    digest_at: datetime | None = Field(default=None, sa_type=Instant)  # the last half-day that began with one
    away_since: datetime | None = Field(default=None, sa_type=Instant)  # Telegram delivers nothing to them


class InvitationRow(SQLModel, table=True):
    """A way in, for one person and a few minutes. Only the hash of its code is kept."""

    __tablename__ = "invitation"

    code_hash: str = Field(primary_key=True)
    role: str
    commune: str
    expires_at: datetime = Field(sa_type=Instant)


class CardRow(SQLModel, table=True):
    """A request as one message in one member's chat; drawn anew whenever `wanted` is ahead of `drawn`."""

    __tablename__ = "desk_card"

    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    reference: str = Field(primary_key=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    former_id: int | None = Field(default=None, sa_type=BigInteger)  # an older message, to be emptied first
    view: str = ""
    wanted: int = Field(sa_type=BigInteger)
    drawn: int = Field(sa_type=BigInteger)
    due_at: datetime = Field(sa_type=Instant)


class NoticeRow(SQLModel, table=True):
    """A message to be sent once, computed from what is true when it goes. It holds nothing personal."""

    __tablename__ = "notice"

    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    )
    chat_id: int = Field(sa_type=BigInteger)
    kind: str
    reference: str
    due_at: datetime = Field(sa_type=Instant)


class AbsenceRow(SQLModel, table=True):
    """Days on which the référente is away, both included."""

    __tablename__ = "absence"

    first: date = Field(primary_key=True)
    last: date


class SettingRow(SQLModel, table=True):
    """A number that the desk itself sets."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: int


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


REQUEST, JOURNAL, STAFF = _table(RequestRow), _table(JournalRow), _table(StaffRow)
INVITATION, CARD, NOTICE = _table(InvitationRow), _table(CardRow), _table(NoticeRow)
ABSENCE, SETTING = _table(AbsenceRow), _table(SettingRow)
