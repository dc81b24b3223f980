"""The staff, and the way in: an invitation opens once, for one person, for a few minutes."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from conversations.desk.case import Member, Role
from storage.desk_tables import INVITATION, STAFF
from storage.upsert import insert_or_replace


class Staff:
    """Members by their private chat."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def invite(self, code: str, role: Role, commune: str, expires_at: datetime) -> None:
        """Let whoever brings this code in, until then. The code itself is not kept."""
        row = {"code_hash": _hash(code), "role": role.value, "commune": commune, "expires_at": expires_at}
        self._connection.execute(insert_or_replace(INVITATION, self._connection.dialect.name), [row])

    def accept(self, code: str, chat_id: int, now: datetime) -> Member | None:
        """Make this chat a member. None where the code is unknown, was used, or is too old."""
        self._connection.execute(delete(INVITATION).where(INVITATION.c.expires_at <= now))
        used = (
            delete(INVITATION)
            .where(INVITATION.c.code_hash == _hash(code))
            .returning(INVITATION.c.role, INVITATION.c.commune)
        )
        found = self._connection.execute(used).first()
        if found is None:
            return None
        member = Member(chat_id, Role(found.role), found.commune)
        row = {
            "chat_id": chat_id,
            "role": member.role.value,
            "commune": member.commune,
            "since": now,
            "digest_at": None,
            "away_since": None,
        }
        self._connection.execute(insert_or_replace(STAFF, self._connection.dialect.name), [row])
        return member

    def members(self, role: Role | None = None) -> list[Member]:
        """Everybody, or everybody of one role."""
        query = select(STAFF.c.chat_id, STAFF.c.role, STAFF.c.commune).order_by(
            STAFF.c.since, STAFF.c.chat_id
        )
        if role is not None:
            query = query.where(STAFF.c.role == role.value)
        return [
            Member(chat_id, Role(name), commune) for chat_id, name, commune in self._connection.execute(query)
        ]

    def member(self, chat_id: int) -> Member | None:
        """The member with this chat, or None."""
        query = select(STAFF.c.role, STAFF.c.commune).where(STAFF.c.chat_id == chat_id)
        found = self._connection.execute(query).first()
        return None if found is None else Member(chat_id, Role(found.role), found.commune)

    def revoke(self, chat_id: int) -> bool:
        """Take this member's rights away, at once. False where there is none."""
        return self._connection.execute(delete(STAFF).where(STAFF.c.chat_id == chat_id)).rowcount == 1

    def begin_half_day(self, chat_id: int, start: datetime) -> bool:
        """Whether this half-day begins only now for this member: true once."""
        begun = (
            update(STAFF)
            .where(STAFF.c.chat_id == chat_id, STAFF.c.digest_at.is_(None) | (STAFF.c.digest_at < start))
            .values(digest_at=start)
        )
        return self._connection.execute(begun).rowcount == 1

    def is_away(self, chat_id: int, now: datetime) -> bool:
        """Telegram delivers nothing to this member. True the first time it is said."""
        away = (
            update(STAFF)
            .where(STAFF.c.chat_id == chat_id, STAFF.c.away_since.is_(None))
            .values(away_since=now)
        )
        return self._connection.execute(away).rowcount == 1

    def is_back(self, chat_id: int) -> None:
        """Telegram delivers again."""
        back = update(STAFF).where(STAFF.c.chat_id == chat_id, STAFF.c.away_since.is_not(None))
        self._connection.execute(back.values(away_since=None))


def _hash(code: str) -> str:
    # A code holds 128 random bits: its plain hash cannot be turned back.
    return hashlib.sha256(code.encode()).hexdigest()
