"""The requests, each with its sealed contact. A change is a single statement that checks who may make it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from conversations.desk.case import Case, Role
from conversations.handover.request import Consent, Request, Status
from storage.cases import Kept, dump, load
from storage.desk_tables import REQUEST, STAFF
from storage.upsert import insert_new
from storage.vault import Sealed, Vault

_ALL = select(
    REQUEST.c.state,
    REQUEST.c.chat_id,
    REQUEST.c.revision,
    REQUEST.c.box,
    REQUEST.c.key,
    REQUEST.c.consent_version,
    REQUEST.c.consent_at,
).order_by(REQUEST.c.opened_at, REQUEST.c.reference)
_ONE = _ALL.where(REQUEST.c.reference == bindparam("reference")).with_for_update()
_OPEN = _ALL.where(REQUEST.c.closed_at.is_(None))
_OF_CHATS = _ALL.where(REQUEST.c.chat_id.in_(bindparam("chats", expanding=True)))
_WAITING_BEFORE = select(func.count()).where(
    REQUEST.c.status == Status.WAITING.value, REQUEST.c.opened_at < bindparam("opened")
)
_SHOWN = _ALL.where(REQUEST.c.revealed_until <= bindparam("now"))
_TO_MAIL = _OPEN.where(REQUEST.c.mail_at <= bindparam("now"))
_DUE = _ALL.where(
    or_(REQUEST.c.closed_at <= bindparam("closed_before"), REQUEST.c.opened_at <= bindparam("opened_before"))
)
# Who acts is checked in the statement that acts: a member revoked a moment ago changes nothing.
_ALLOWED = exists().where(
    STAFF.c.chat_id == bindparam("by"),
    or_(
        STAFF.c.role == Role.REFERENTE.value,
        and_(STAFF.c.role == Role.AGENT.value, STAFF.c.commune == bindparam("passed_to")),
    ),
)
_CHANGE = (
    update(REQUEST)
    .where(REQUEST.c.reference == bindparam("of"), REQUEST.c.revision == bindparam("seen"))
    .values(
        state=bindparam("to"),
        status=bindparam("standing"),
        revision=REQUEST.c.revision + 1,
        closed_at=bindparam("closed"),
        revealed_until=bindparam("shown_until"),
    )
)


class ReferenceTakenError(Exception):
    """Another person's request has this reference: the next attempt draws another one."""


class Requests:
    """One row a request, from the yes to the purge."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: Case, chat_id: int, sealed: Sealed, consent: Consent) -> bool:
        """Keep a new request. False where this person has an open one. Raises ReferenceTakenError."""
        request = case.request
        row = {
            "reference": request.reference,
            "chat_id": chat_id,
            "status": request.status.value,
            "state": dump(case),
            "revision": 1,
            "opened_at": request.opened_at,
            "box": sealed.box,
            "key": sealed.key,
            "consent_version": consent.text_version,
            "consent_at": consent.given_at,
        }
        # RETURNING: not every driver counts the rows of an INSERT.
        added = insert_new(REQUEST, self._connection.dialect.name).returning(REQUEST.c.reference)
        if self._connection.execute(added, [row]).first() is not None:
            return True
        if all(kept.case.request.closed_at for kept in self.of_resident(chat_id)):
            raise ReferenceTakenError
        return False

    def get(self, reference: str) -> Kept | None:
        """The request of this reference, or None."""
        found = self._read(_ONE, reference=reference)
        return found[0] if found else None

    def open(self) -> list[Kept]:
        """Every request that is not closed, the oldest first; those on the waiting list too."""
        return self._read(_OPEN)

    def of_chats(self, chats: Iterable[int]) -> Mapping[int, list[Request]]:
        """What is kept of these residents, closed ones too, as they see it: with consent and place."""
        asked, theirs = list(chats), defaultdict(list)
        for kept in self._read(_OF_CHATS, chats=asked) if asked else ():
            request = replace(kept.case.request, consent=kept.consent)
            if request.status is Status.WAITING:
                before = self._connection.scalar(_WAITING_BEFORE, {"opened": request.opened_at}) or 0
                request = replace(request, place=before + 1)
            theirs[kept.chat_id].append(request)
        return theirs

    def of_resident(self, chat_id: int) -> list[Kept]:
        """Everything kept of one resident, closed ones too: what `/effacer` destroys."""
        return self._read(_OF_CHATS, chats=[chat_id])

    def shown_too_long(self, now: datetime) -> list[Kept]:
        """Requests whose contact has to be hidden again."""
        return self._read(_SHOWN, now=now)

    def due(self, closed_before: datetime, opened_before: datetime) -> list[Kept]:
        """Requests whose time is over."""
        return self._read(_DUE, closed_before=closed_before, opened_before=opened_before)

    def change(self, kept: Kept, case: Case, by: int | None) -> bool:
        """Write this case in place of `kept`; `by` is None for the resident and for the clock.

        False where it changed meanwhile, or where `by` is no référente any more. The agent it was passed on
        to changes who sees the contact, and nothing of the request.
        """
        statement = _CHANGE if by is None else _CHANGE.where(_ALLOWED)
        passed_to = kept.case.with_agent_of if case.request == kept.case.request else ""
        member = {} if by is None else {"by": by, "passed_to": passed_to or None}
        values = {
            "of": kept.case.request.reference,
            "seen": kept.revision,
            "to": dump(case),
            "standing": case.request.status.value,
            "closed": case.request.closed_at,
            "shown_until": case.revealed_until,
        }
        try:
            with self._connection.begin_nested():
                done = self._connection.execute(statement, {**values, **member})
        except IntegrityError:  # reopened, while this person has opened another one
            return False
        return done.rowcount == 1

    def seal_anew(self, reference: str, sealed: Sealed) -> None:
        """Put another contact in place of the former one."""
        self._connection.execute(
            update(REQUEST).where(REQUEST.c.reference == reference).values(box=sealed.box, key=sealed.key)
        )

    def mark(self, reference: str, column: str, now: datetime) -> bool:
        """Note once that something was done: `reminded_at` or `escalated_at`. False where it was before."""
        noted = (
            update(REQUEST)
            .where(REQUEST.c.reference == reference, REQUEST.c[column].is_(None))
            .values({column: now})
        )
        return self._connection.execute(noted).rowcount == 1

    def unmark(self, reference: str, column: str) -> None:
        """It has to be done again: the appointment is another one."""
        self._connection.execute(
            update(REQUEST).where(REQUEST.c.reference == reference).values({column: None})
        )

    def to_mail(self, reference: str, now: datetime) -> None:
        """A mail about this request may leave from now on."""
        self._connection.execute(update(REQUEST).where(REQUEST.c.reference == reference).values(mail_at=now))

    def take_mail(self, now: datetime, again: datetime) -> list[Kept]:
        """The open requests to mail now, taken by the caller; what is not `mailed` is due `again`."""
        return [kept for kept in self._read(_TO_MAIL, now=now) if self._take_mail(kept, now, again)]

    def _take_mail(self, kept: Kept, now: datetime, again: datetime) -> bool:
        mine = REQUEST.c.reference == kept.case.request.reference
        taken = update(REQUEST).where(mine, REQUEST.c.mail_at <= now).values(mail_at=again)
        return self._connection.execute(taken).rowcount == 1

    def mailed(self, reference: str) -> None:
        """The mail left, or is not needed any more."""
        self._connection.execute(update(REQUEST).where(REQUEST.c.reference == reference).values(mail_at=None))

    def destroy(self, reference: str) -> bool:
        """Destroy the row, and the key with it."""
        return self._connection.execute(delete(REQUEST).where(REQUEST.c.reference == reference)).rowcount == 1

    def rewrap(self, vault: Vault) -> int:
        """Wrap every contact's key by the vault's first master key; says how many. Raises SealedError."""
        rows = self._connection.execute(select(REQUEST.c.reference, REQUEST.c.key).with_for_update()).all()
        for reference, key in rows:
            self._connection.execute(
                update(REQUEST)
                .where(REQUEST.c.reference == reference)
                .values(key=vault.rewrap(key, reference))
            )
        return len(rows)

    def _read(self, query: Select[Any], **values: object) -> list[Kept]:
        return [
            Kept(
                load(row.state),
                row.chat_id,
                row.revision,
                Sealed(row.box, row.key),
                Consent(row.consent_version, row.consent_at),
            )
            for row in self._connection.execute(query, values)
        ]
