"""What a restored database is told by the one it replaces: a backup must not bring back what has ended since.

The desk's work on a request goes back to the day of the backup: that is what somebody restores for. Nothing
that a resident did since is undone by it, and nothing that ended begins again:

- by the journal's newer lines, requests withdrawn or purged are destroyed again, an access taken away stays
  so, a contact taken back from an agent too. The journal only grows: its newer lines are kept;
- what was taken from Telegram is known: what was handled is not handled again, what waits still waits;
- a conversation that was erased is erased again. One that went on goes on where the person is now; where it
  cannot be taken over it is erased too, because the former answers may hold a contact withdrawn since;
- invitations live for minutes: none is kept.

The first two lines need little of the replaced database: a journal and some numbers, also where the rest is
damaged or of another version. `storage.joining` has what is taken over where everything can be trusted. Where
not even the journal can be read, nothing is known, and whoever restores is told what follows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from conversations.desk.case import Deed
from conversations.figures.course import facts
from storage.backup import is_ours
from storage.desk_tables import INVITATION, JOURNAL
from storage.inbox import Inbox
from storage.joining import join
from storage.tables import DIALOGUE, INBOX, WAITING
from storage.transaction import Transaction
from storage.upsert import insert_or_replace

MOST = 1000  # rows at a time
T = TypeVar("T")
Line = tuple[datetime, int | None, str, str]  # of the journal: at, who, deed, reference
_COLUMNS = ("at", "who", "deed", "reference")
_LINES = select(JOURNAL.c.at, JOURNAL.c.who, JOURNAL.c.deed, JOURNAL.c.reference).order_by(JOURNAL.c.id)
_STANDING = select(DIALOGUE.c.chat_id, DIALOGUE.c.revision)


class Known(Enum):
    """How much of the replaced database could be read and trusted."""

    NOTHING_REPLACED = "there was none"
    NOTHING = "none of it"
    ENDS = "what ended since"
    EVERYTHING = "all of it"


@dataclass(frozen=True, slots=True)
class Carried:
    """What the restored database was told, counted."""

    known: Known
    requests: int = 0  # withdrawn or purged since: destroyed again
    conversations: int | None = 0  # erased again; None: which ones were erased since could not be read
    members: int = 0  # whose access was taken away since: taken away again
    undone: int = 0  # requests at which the desk's work since is undone


def carry_over(restored: Connection, replaced: Engine | None, *, intact: bool) -> Carried:
    """Tell the restored database what the replaced one knows. `intact`: it is as its engine wrote it.

    Raises SQLAlchemyError where the restored one cannot be written.
    """
    kept = Transaction(restored)
    restored.execute(delete(INVITATION))
    if replaced is None:
        return Carried(Known.NOTHING_REPLACED)
    theirs = _read(replaced, _LINES)
    if theirs is None:
        return Carried(Known.NOTHING)
    ours, lines = Counter(_lines(restored.execute(_LINES))), Counter(_lines(theirs))
    goes_on = not ours - lines  # it is this backup's own future
    since = sorted((lines - ours).elements(), key=lambda line: line[0])
    if since:
        restored.execute(insert(JOURNAL), [dict(zip(_COLUMNS, line, strict=True)) for line in since])
    requests = sum(_ends_again(kept, line) for line in since)
    members = sum(_leaves_again(kept, who) for who in _dismissed(since))
    known, before, undone = Known.ENDS, _chats(restored), 0
    told = True
    if intact and goes_on and is_ours(replaced):
        corrected = {reference for _, _, deed, reference in since if deed == Deed.CHANGED}
        with replaced.connect() as source:
            known, undone = Known.EVERYTHING, join(restored, source, corrected)
    else:
        _know_updates(restored, replaced)
        told = goes_on and _erase_gone(kept, restored, replaced)
    conversations = len(before - _chats(restored)) if told else None
    return Carried(known, requests, conversations, members, undone)


def _ends_again(kept: Transaction, line: Line) -> bool:
    """Do again what this line says; whether a request was destroyed by it."""
    at, _, deed, reference = line
    request = kept.requests.get(reference)
    if request is None:
        return False
    match Deed(deed) if deed in set(Deed) else None:
        case Deed.WITHDRAWN | Deed.PURGED as end:
            kept.requests.destroy(reference)
            kept.counts.count(facts(request.case.request, at, end))
            kept.outbox.hush(reference)
            kept.outbox.redraw(reference)
            return True
        case Deed.TAKEN_BACK:
            hers = replace(request.case, request=replace(request.case.request, passed_to=""))
            kept.requests.change(request, hers, None)
            kept.outbox.redraw(reference)
    return False


def _dismissed(since: Iterable[Line]) -> Iterator[int]:
    """Whose access was taken away, and not given back later."""
    last = {who: deed for _, who, deed, _ in since if deed in {Deed.ENROLLED, Deed.REVOKED}}
    return (who for who, deed in last.items() if who is not None and deed == Deed.REVOKED)


def _leaves_again(kept: Transaction, who: int) -> bool:
    kept.outbox.redraw_desk(who)
    return kept.staff.revoke(who)


def _know_updates(restored: Connection, replaced: Engine) -> None:
    theirs = _read(replaced, select(INBOX))
    if theirs is None:
        return
    known = {row.update_id for row in theirs}
    waiting = restored.scalars(select(INBOX.c.update_id).where(INBOX.c.state == WAITING)).all()
    Inbox(restored).end([number for number in waiting if number not in known])
    for rows in _some(theirs):
        values = [dict(row._mapping) for row in rows]  # noqa: SLF001 — SQLAlchemy's public name
        restored.execute(insert_or_replace(INBOX, restored.dialect.name), values)


def _erase_gone(kept: Transaction, restored: Connection, replaced: Engine) -> bool:
    """Erase the conversations that are not there any more as they were when the backup was made.

    False where that cannot be read.
    """
    theirs = _read(replaced, _STANDING)
    if theirs is None:
        return False
    gone = {(row.chat_id, row.revision) for row in restored.execute(_STANDING)}
    gone -= {(row.chat_id, row.revision) for row in theirs}
    for some in _some(sorted(gone)):
        kept.dialogues.erase(chat for chat, _ in some)
    return True


def _chats(connection: Connection) -> set[int]:
    return set(connection.scalars(select(DIALOGUE.c.chat_id)))


def _lines(rows: Iterable[Row[Any]]) -> Iterator[Line]:
    return ((row.at, row.who, row.deed, row.reference) for row in rows)


def _read(engine: Engine, query: Select[Any]) -> Sequence[Row[Any]] | None:
    """The rows; None where they cannot be read, for whatever reason."""
    try:
        with engine.connect() as connection:
            return connection.execute(query).all()
    except (SQLAlchemyError, ValueError):
        return None


def _some(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + MOST] for start in range(0, len(rows), MOST))
