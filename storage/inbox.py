"""The inbox: every update is here before Telegram forgets it, and its number stays to know it again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select, update

from storage import arrivals
from storage.arrivals import Arrival
from storage.tables import ASIDE, DONE, INBOX, WAITING
from storage.upsert import insert_new

_WAITING = (
    select(INBOX.c.update_id, INBOX.c.chat_id, INBOX.c.arrival)
    .where(INBOX.c.state == literal_column(f"'{WAITING}'"))  # as in the index, which is used only then
    .order_by(INBOX.c.received_at, INBOX.c.update_id)
    .limit(bindparam("most"))
)
_OF_CHATS = _WAITING.where(INBOX.c.chat_id.in_(bindparam("chats", expanding=True)))
_CHATS = (
    select(INBOX.c.chat_id)
    .where(INBOX.c.state == literal_column(f"'{WAITING}'"))
    .group_by(INBOX.c.chat_id)
    .order_by(func.min(INBOX.c.received_at))
    .limit(bindparam("most"))
)
_END = (
    update(INBOX)
    .where(INBOX.c.update_id.in_(bindparam("ids", expanding=True)))
    .values(state=bindparam("end"), chat_id=None, arrival=None)
)
_LET_GO = (
    update(INBOX)
    .where(
        INBOX.c.state == literal_column(f"'{WAITING}'"),
        INBOX.c.chat_id.in_(bindparam("chats", expanding=True)),
        INBOX.c.update_id.not_in(bindparam("spared", expanding=True)),
    )
    .values(state=ASIDE, chat_id=None, arrival=None)
)
_FULL = (
    select(INBOX.c.update_id)
    .where(INBOX.c.state == literal_column(f"'{WAITING}'"))
    .offset(bindparam("most"))
    .limit(1)
)
_OLDEST = select(func.min(INBOX.c.received_at)).where(INBOX.c.state == literal_column(f"'{WAITING}'"))
_FORGET = delete(INBOX).where(INBOX.c.received_at < bindparam("day"), INBOX.c.state != WAITING)

PROOF = -(2**63)  # a number that no update is read with
BULKY = 8192  # characters: more than what is free in the pages at hand, and more than most updates need


class Inbox:
    """Updates in the order they came, each handled once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(self, arrived: Iterable[Arrival], unread: Iterable[int], now: datetime) -> None:
        """Keep what arrived, and the bare numbers of updates that could not be read.

        An update whose number is known was here before: it is dropped.
        """
        rows = [_row(arrival, now) for arrival in arrived]
        nothing = {"received_at": now, "state": ASIDE, "chat_id": None, "arrival": None}
        rows += [{"update_id": update_id, **nothing} for update_id in unread]
        if rows:
            self._connection.execute(insert_new(INBOX, self._connection.dialect.name), rows)

    def chats(self, most: int) -> list[int]:
        """The chats with updates not handled yet, who waits longest first, at most `most` of them."""
        return list(self._connection.scalars(_CHATS, {"most": most}))

    def waiting(self, most: int, chats: Iterable[int] | None = None) -> list[Arrival]:
        """The oldest updates not handled yet (of these chats, None: of all), at most `most` of them.

        What another version of the bot wrote and this one cannot read is put aside: it would block the rest.
        """
        readable: list[Arrival] = []
        unreadable: list[int] = []
        query, asked = (_WAITING, {}) if chats is None else (_OF_CHATS, {"chats": list(chats)})
        for row in self._connection.execute(query, {"most": most, **asked}):
            try:
                readable.append(arrivals.load(*row))
            except (ValueError, KeyError, TypeError):
                unreadable.append(row.update_id)
        self.end((), unreadable)
        return readable

    def end(self, done: Sequence[int], aside: Sequence[int] = ()) -> None:
        """These updates were handled, those could not be: of all of them only the number stays."""
        for ids, end in ((done, DONE), (aside, ASIDE)):
            if ids:
                self._connection.execute(_END, {"ids": ids, "end": end})

    def let_go(self, chats: Sequence[int], spared: Sequence[int]) -> int:
        """Put aside all that waits in these chats but the updates `spared`; says how many."""
        return self._connection.execute(_LET_GO, {"chats": chats, "spared": spared}).rowcount

    def is_full(self, most: int) -> bool:
        """Whether more than `most` updates wait."""
        return self._connection.scalar(_FULL, {"most": most}) is not None

    def oldest(self) -> datetime | None:
        """Since when the oldest update waits, None where none does."""
        since: datetime | None = self._connection.scalar(_OLDEST)
        return since

    def prove(self, now: datetime) -> None:
        """Write as an update is written, and take it back. Raises SQLAlchemyError, as for a full disk."""
        row = {
            "update_id": PROOF,
            "received_at": now,
            "state": ASIDE,
            "chat_id": None,
            "arrival": "." * BULKY,
        }
        self._connection.execute(insert_new(INBOX, self._connection.dialect.name), [row])
        self._connection.execute(delete(INBOX).where(INBOX.c.update_id == PROOF))

    def forget_before(self, day: datetime) -> int:
        """Drop the numbers of updates from before `day`; says how many. Telegram repeats none after 24 h."""
        return self._connection.execute(_FORGET, {"day": day}).rowcount


def _row(arrival: Arrival, now: datetime) -> dict[str, object]:
    return {
        "update_id": arrival.update_id,
        "received_at": now,
        "state": WAITING,
        "chat_id": arrival.chat_id,
        "arrival": arrivals.dump(arrival),
    }
