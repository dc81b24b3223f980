"""What a restored database takes over as it is now, from a replaced one that can be trusted.

Conversations are where the people in them are; results and stops are counts, and go with the conversations
they were counted in, or somebody would be counted twice; who has access, the absences and the settings are as
they are. Requests sent since are added: somebody waits for a call. Requests of before go back to the backup,
but a corrected contact stays corrected, what was mailed or recalled is not so again, and a letter that left
does not leave again. Where a card lies is a fact of a phone: each is drawn anew there, which hides a contact.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Executable, Table, delete, insert, select, update

from storage.desk_tables import ABSENCE, CARD, NOTICE, REQUEST, SETTING, STAFF
from storage.outbox import Outbox
from storage.tables import COURSES, DIALOGUE, INBOX, LEAD, STOPS
from storage.upsert import insert_or_replace

AS_IT_IS = (INBOX, DIALOGUE, LEAD, STOPS, COURSES, STAFF, ABSENCE, SETTING)
MARKS = ("reminded_at", "escalated_at", "nudged_at", "mail_at")
CONTACT = ("box", "key")
MOST = 1000  # rows at a time
_SAID = (NOTICE.c.chat_id, NOTICE.c.kind, NOTICE.c.reference)


def join(restored: Connection, replaced: Connection, corrected: Collection[str]) -> int:
    """Take over what is as it is now; returns at how many requests the desk's work since is undone.

    `corrected` are the references of requests that their residents changed since.
    """
    for table in AS_IT_IS:
        restored.execute(delete(table))
        _copy(replaced, restored, table, insert(table))
    sent_since, undone = _requests(restored, replaced, corrected)
    _notices(restored, replaced, sent_since)
    _copy(replaced, restored, CARD, insert_or_replace(CARD, restored.dialect.name))
    on_a_phone = update(CARD).where(CARD.c.message_id.is_not(None))
    restored.execute(on_a_phone.values(wanted=CARD.c.wanted + 1))
    return undone


def _requests(restored: Connection, replaced: Connection, corrected: Collection[str]) -> tuple[set[str], int]:
    """Those that come from the replaced database, and how many others have another state there."""
    ours = {row.reference: row.state for row in restored.execute(select(REQUEST))}
    theirs = [dict(row) for row in replaced.execute(select(REQUEST)).mappings()]
    since = {row["chat_id"] for row in theirs if row["reference"] not in ours and row["closed_at"] is None}
    taken = []
    undone = 0
    for row in theirs:
        reference = row["reference"]
        # Who has sent another one since has had an answer to the former: it stays closed.
        if reference not in ours or (row["closed_at"] is not None and row["chat_id"] in since):
            taken.append(row)
            continue
        columns = MARKS + (CONTACT if reference in corrected else ())
        changed = update(REQUEST).where(REQUEST.c.reference == reference)
        restored.execute(changed.values({name: row[name] for name in columns}))
        undone += row["state"] != ours[reference]
    taken.sort(key=lambda row: row["closed_at"] is None)
    for row in taken:
        restored.execute(insert_or_replace(REQUEST, restored.dialect.name), [row])
    return {row["reference"] for row in taken}, undone


def _notices(restored: Connection, replaced: Connection, sent_since: Collection[str]) -> None:
    """What has left since does not leave again; what is to be said of a new request is said."""
    theirs = [tuple(row) for row in replaced.execute(select(*_SAID, NOTICE.c.due_at).order_by(NOTICE.c.id))]
    unsaid = {(chat, kind, reference) for chat, kind, reference, _ in theirs}
    outbox = Outbox(restored)
    for number, *said in restored.execute(select(NOTICE.c.id, *_SAID)).all():
        if tuple(said) not in unsaid:
            outbox.sent(number)
    for chat, kind, reference, due in theirs:
        if reference in sent_since:
            outbox.tell(chat, kind, due, reference)


def _copy(source: Connection, to: Connection, table: Table, statement: Executable) -> None:
    query = select(table).execution_options(yield_per=MOST)
    for rows in source.execute(query).mappings().partitions():
        values: list[dict[str, Any]] = [dict(row) for row in rows]
        to.execute(statement, values)
