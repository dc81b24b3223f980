"""The pause: a restored database waits until a person has said what becomes of what it would send.

A restore begins it, where no bot runs; so a running bot looks for it at its start, and until it is over.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, or_, select, update

from storage.desk_tables import CARD, NOTICE, REQUEST, SETTING
from storage.outbox import NEVER, NEWS
from storage.tables import DIALOGUE, INBOX, WAITING
from storage.upsert import insert_or_replace

PAUSE = "pause"  # the setting: since when, in whole minutes since 1970
MINUTE = 60  # seconds
_UNSHOWN = DIALOGUE.c.shown_revision < DIALOGUE.c.revision


@dataclass(frozen=True, slots=True)
class Times:
    """Before which moments what is kept has to be erased."""

    conversation: datetime
    handover_closed: datetime
    handover_open: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What would happen if the pause ended now."""

    screens: int  # residents' screens to draw
    letters: int  # cards and notices for the staff
    mails: int  # the same request by e-mail, where that is set up
    edits: int  # cards that are on a phone already, to be changed there: nothing rings
    news: int  # for residents
    arrivals: int  # what residents and staff did, and nobody answered yet
    conversations: int  # to be erased: their time is over
    requests: int  # the same


class Pause:
    """Whether what is kept here rests."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self) -> datetime | None:
        """When the pause began, to the minute; None where there is none."""
        minutes = self._connection.scalar(select(SETTING.c.value).where(SETTING.c.name == PAUSE))
        return None if minutes is None else datetime.fromtimestamp(minutes * MINUTE, UTC)

    def begin(self, now: datetime) -> None:
        """From now on nothing is sent, answered or erased."""
        rows = [{"name": PAUSE, "value": int(now.timestamp()) // MINUTE}]
        self._connection.execute(insert_or_replace(SETTING, self._connection.dialect.name), rows)

    def end(self) -> None:
        """Go on."""
        self._connection.execute(delete(SETTING).where(SETTING.c.name == PAUSE))

    def held(self, before: Times) -> Held:
        """What waits for the end of the pause."""
        news, undrawn = NOTICE.c.kind.startswith(NEWS), CARD.c.drawn < CARD.c.wanted
        return Held(
            screens=self._count(DIALOGUE, _UNSHOWN),
            letters=self._count(NOTICE, ~news)
            + self._count(CARD, and_(undrawn, CARD.c.message_id.is_(None), CARD.c.due_at < NEVER)),
            mails=self._count(REQUEST, REQUEST.c.mail_at.is_not(None)),
            edits=self._count(CARD, and_(undrawn, CARD.c.message_id.is_not(None))),
            news=self._count(NOTICE, news),
            arrivals=self._count(INBOX, INBOX.c.state == WAITING),
            conversations=self._count(DIALOGUE, DIALOGUE.c.updated_at < before.conversation),
            requests=self._count(
                REQUEST,
                or_(
                    REQUEST.c.closed_at <= before.handover_closed, REQUEST.c.opened_at <= before.handover_open
                ),
            ),
        )

    def forget(self, since: datetime) -> None:
        """Send nothing that should have left before the pause: it may have been sent long ago.

        Screens count as shown: whatever somebody taps next brings them the present one. Cards stay: a
        request that nobody sees would be lost.
        """
        self._connection.execute(update(DIALOGUE).where(_UNSHOWN).values(shown_revision=DIALOGUE.c.revision))
        self._connection.execute(delete(NOTICE).where(NOTICE.c.due_at <= since))
        self._connection.execute(update(REQUEST).where(REQUEST.c.mail_at <= since).values(mail_at=None))

    def _count(self, table: Table, condition: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(table).where(condition)) or 0
