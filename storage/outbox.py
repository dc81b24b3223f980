"""What is to be shown to whom: cards, drawn anew after each change, and notices, sent once.

Neither holds anything personal: what a message says is computed from what is true when it leaves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union,
    update,
)

from storage.desk_tables import CARD, NOTICE, REQUEST
from storage.upsert import insert_new

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Card:
    """One request in one member's chat. `former_id` is an older message, to be emptied first."""

    chat_id: int
    reference: str
    message_id: int | None
    former_id: int | None
    view: str
    wanted: int
    drawn: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A message still to be sent."""

    id: int
    chat_id: int
    kind: str
    reference: str


_CARDS = select(
    CARD.c.chat_id,
    CARD.c.reference,
    CARD.c.message_id,
    CARD.c.former_id,
    CARD.c.view,
    CARD.c.wanted,
    CARD.c.drawn,
    CARD.c.due_at,
)
_UNDRAWN = _CARDS.where(
    CARD.c.drawn < CARD.c.wanted,
    # What is on the phone already is redrawn at any hour: an edit rings nowhere.
    or_(CARD.c.due_at <= bindparam("now"), CARD.c.message_id.is_not(None)),
).order_by(CARD.c.message_id.is_(None), CARD.c.due_at, CARD.c.reference)
_DUE = (
    select(NOTICE.c.id, NOTICE.c.chat_id, NOTICE.c.kind, NOTICE.c.reference)
    .where(NOTICE.c.due_at <= bindparam("now"))
    .order_by(NOTICE.c.id)
)
NEWS = "nouvelle:"  # before what a resident is told
_NEWS = _DUE.where(NOTICE.c.kind.startswith(NEWS))
_FOR_STAFF = _DUE.where(~NOTICE.c.kind.startswith(NEWS))
_DESKS = union(
    _UNDRAWN.with_only_columns(CARD.c.chat_id).order_by(None),
    _FOR_STAFF.with_only_columns(NOTICE.c.chat_id).order_by(None),
)


class Outbox:
    """Cards and notices."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def deal(self, reference: str, chats: Iterable[int], due: datetime) -> None:
        """Put a card of this request on each of these desks, where there is none yet."""
        rows = [
            {"chat_id": chat, "reference": reference, "wanted": 1, "drawn": 0, "due_at": due, "view": ""}
            for chat in chats
        ]
        if rows:
            self._connection.execute(insert_new(CARD, self._connection.dialect.name), rows)

    def card(self, chat_id: int, reference: str) -> Card | None:
        """The card of this request in this chat, or None."""
        found = self._cards(_CARDS.where(CARD.c.chat_id == chat_id, CARD.c.reference == reference))
        return found[0] if found else None

    def readers(self, reference: str) -> list[int]:
        """Who was shown this request: in a message of its own, or in a list."""
        shown = select(CARD.c.chat_id).where(CARD.c.reference == reference, CARD.c.drawn > 0)
        return list(self._connection.scalars(shown.order_by(CARD.c.chat_id)))

    def redraw(self, reference: str) -> None:
        """Draw every card of this request anew."""
        self._connection.execute(
            update(CARD).where(CARD.c.reference == reference).values(wanted=CARD.c.wanted + 1)
        )

    def redraw_desk(self, chat_id: int) -> None:
        """Draw every card in this chat anew."""
        self._connection.execute(
            update(CARD).where(CARD.c.chat_id == chat_id).values(wanted=CARD.c.wanted + 1)
        )

    def turn(self, card: Card, view: str) -> None:
        """Show this view of the card."""
        self._change(card, view=view, wanted=CARD.c.wanted + 1)

    def repeat(self, card: Card) -> None:
        """Show the same once more, unless it is about to be drawn: her minute holds twenty calls only."""
        self._change(card, CARD.c.drawn >= CARD.c.wanted, wanted=CARD.c.wanted + 1)

    def move(self, card: Card, message_id: int | None, due: datetime) -> None:
        """From now on the card is in this message (None: a new one); the one it leaves is emptied first."""
        self._change(
            card,
            former_id=card.message_id or card.former_id,
            message_id=message_id,
            view="",
            due_at=due,
            wanted=CARD.c.wanted + 1,
        )

    def chats(self, now: datetime) -> set[int]:
        """The desks for which there may be something to draw or to send."""
        return set(self._connection.scalars(_DESKS, {"now": now}))

    def undrawn(self, now: datetime) -> list[Card]:
        """The cards to draw: what has to change on a phone first, then what is to be sent."""
        return self._cards(_UNDRAWN, now=now)

    def drawn(self, card: Card, message_id: int | None, *, whole: bool = True) -> None:
        """The card is in this message as it was `wanted`; not `whole`: an edit has still to add something.

        Where the card moved meanwhile, this message is emptied like any former one.
        """
        same = CARD.c.message_id.is_not_distinct_from(card.message_id)
        drawn = card.wanted if whole else card.wanted - 1
        if not self._change(card, same, message_id=message_id, former_id=None, drawn=drawn):
            self._change(card, CARD.c.former_id.is_(None), former_id=message_id)

    def emptied(self, card: Card) -> None:
        """The older message says nothing any more."""
        self._change(card, CARD.c.former_id == card.former_id, former_id=None)

    def listed(self, card: Card) -> None:
        """The card was named in a list: it has no message of its own until somebody opens it."""
        self._change(card, CARD.c.message_id.is_(None), drawn=card.wanted, due_at=NEVER)

    def notified(self) -> int:
        """How many requests that are not closed were shown to somebody."""
        shown = select(CARD.c.reference).where(CARD.c.drawn > 0)
        query = select(func.count()).where(REQUEST.c.closed_at.is_(None), REQUEST.c.reference.in_(shown))
        return self._connection.scalar(query) or 0

    def lost(self, card: Card, due: datetime) -> None:
        """The message of the card is gone from the phone: it is sent anew then."""
        self._change(card, CARD.c.message_id == card.message_id, message_id=None, due_at=due)

    def postpone(self, card: Card, due: datetime) -> None:
        """Try this card again then."""
        self._change(card, due_at=due)

    def drop(self, card: Card) -> None:
        """Forget the card, unless something was added to it meanwhile."""
        self._connection.execute(
            delete(CARD).where(
                CARD.c.chat_id == card.chat_id,
                CARD.c.reference == card.reference,
                CARD.c.wanted == card.wanted,
            )
        )

    def tell(self, chat_id: int, kind: str, due: datetime, reference: str = "") -> None:
        """Send this notice then."""
        self._connection.execute(
            insert(NOTICE).values(chat_id=chat_id, kind=kind, reference=reference, due_at=due)
        )

    def due(self, now: datetime) -> list[Notice]:
        """The notices for the staff, in the order they were asked for."""
        return [Notice(*row) for row in self._connection.execute(_FOR_STAFF, {"now": now})]

    def oldest(self) -> datetime | None:
        """The earliest moment at which a notice is due, past or to come; None where there is none."""
        due: datetime | None = self._connection.scalar(select(func.min(NOTICE.c.due_at)))
        return due

    def news(self, now: datetime) -> list[Notice]:
        """The news for residents, in the order they were asked for."""
        return [Notice(*row) for row in self._connection.execute(_NEWS, {"now": now})]

    def sent(self, notice_id: int) -> bool:
        """This notice needs no sending any more. False where it is gone already."""
        return self._connection.execute(delete(NOTICE).where(NOTICE.c.id == notice_id)).rowcount == 1

    def put_off(self, notice_id: int, due: datetime) -> None:
        """Try this notice again then."""
        self._connection.execute(update(NOTICE).where(NOTICE.c.id == notice_id).values(due_at=due))

    def hasten(self, due: datetime) -> None:
        """She works sooner than was thought: what waits for a later half-day is due then."""
        unsent = (CARD.c.message_id.is_(None), CARD.c.drawn < CARD.c.wanted, CARD.c.due_at > due)
        self._connection.execute(update(CARD).where(*unsent).values(due_at=due))
        late = (~NOTICE.c.kind.startswith(NEWS), NOTICE.c.due_at > due)
        self._connection.execute(update(NOTICE).where(*late).values(due_at=due))

    def hush(self, reference: str) -> bool:
        """Say nothing more of this request. Whether there was something that had not been said yet."""
        return self._connection.execute(delete(NOTICE).where(NOTICE.c.reference == reference)).rowcount > 0

    def _change(self, card: Card, *conditions: ColumnElement[bool], **values: object) -> bool:
        here = (CARD.c.chat_id == card.chat_id, CARD.c.reference == card.reference)
        changed = update(CARD).where(*here, *conditions).values(**values)
        return self._connection.execute(changed).rowcount == 1

    def _cards(self, query: Select[Any], **values: object) -> list[Card]:
        return [Card(**row) for row in self._connection.execute(query, values).mappings()]
