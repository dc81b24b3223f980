"""The dialogues, read and written many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select

from conversations.dialogue import dump, load
from storage.records import Record
from storage.tables import DIALOGUE
from storage.upsert import insert_or_replace

_ALL = select(
    DIALOGUE.c.chat_id,
    DIALOGUE.c.state,
    DIALOGUE.c.updated_at,
    DIALOGUE.c.revision,
    DIALOGUE.c.shown_revision,
    DIALOGUE.c.living_message_id,
    DIALOGUE.c.heard_message_id,
    DIALOGUE.c.lead_key,
    DIALOGUE.c.stale,
)
# Locked where several workers share a database; SQLite has one writer and ignores it.
_OF_CHATS = (
    _ALL.where(DIALOGUE.c.chat_id.in_(bindparam("chats", expanding=True)))
    .order_by(DIALOGUE.c.chat_id)
    .with_for_update()
)
_UNSHOWN = (
    select(DIALOGUE.c.chat_id)
    .where(DIALOGUE.c.shown_revision < DIALOGUE.c.revision, DIALOGUE.c.chat_id > bindparam("after"))
    .order_by(DIALOGUE.c.chat_id)
    .limit(bindparam("most"))
)
_IDLE = (
    _ALL.where(DIALOGUE.c.updated_at < bindparam("day"))
    .order_by(DIALOGUE.c.updated_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_ERASE = delete(DIALOGUE).where(DIALOGUE.c.chat_id.in_(bindparam("chats", expanding=True)))


class Dialogues:
    """One record a chat."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, chats: Iterable[int]) -> Mapping[int, Record]:
        """The records of these chats, by chat; nobody is there who never spoke."""
        asked = list(chats)
        found = self._records(_OF_CHATS, chats=asked) if asked else []
        return {record.chat_id: record for record in found}

    def unshown(self, after: int, most: int) -> list[int]:
        """The chats whose screen is not on the phone yet, in order from `after` on, at most `most`."""
        return list(self._connection.scalars(_UNSHOWN, {"after": after, "most": most}))

    def idle_since(self, day: datetime, most: int) -> list[Record]:
        """Records nobody touched since `day`, oldest first, at most `most`."""
        return self._records(_IDLE, day=day, most=most)

    def save(self, records: Iterable[Record]) -> None:
        """Write the records as they are now."""
        rows = [_row(record) for record in records]
        if rows:
            self._connection.execute(insert_or_replace(DIALOGUE, self._connection.dialect.name), rows)

    def erase(self, chats: Iterable[int]) -> None:
        """Forget these chats altogether."""
        erased = list(chats)
        if erased:
            self._connection.execute(_ERASE, {"chats": erased})

    def _records(self, query: Select[Any], **values: object) -> list[Record]:
        return [_record(row) for row in self._connection.execute(query, values)]


def _record(row: Sequence[Any]) -> Record:
    chat_id, state, updated_at, revision, shown, living, heard, lead_key, stale = row
    return Record(chat_id, load(state), updated_at, revision, shown, living, heard, lead_key, tuple(stale))


def _row(record: Record) -> dict[str, object]:
    return {
        "chat_id": record.chat_id,
        "state": dump(record.dialogue),
        "revision": record.revision,
        "shown_revision": record.shown,
        "living_message_id": record.living,
        "heard_message_id": record.heard,
        "updated_at": record.updated_at,
        "lead_key": record.lead_key,
        "stale": record.stale,
    }
