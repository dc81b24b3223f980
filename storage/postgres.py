"""Everything that is true of PostgreSQL alone: how it is opened, and how several workers share it.

A worker holds a chat by an advisory lock of its session, the very one it writes through. When it dies its
session ends, and what it held is free; while its commits arrive, its locks are there.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

from storage.holds import Kind

NAME = "microcredit-bot"  # of a worker's session, in pg_stat_activity
CLOCK = 0  # no chat has this number
MIGRATING = 2**62  # nor this one
# A worker whose machine vanished is noticed within half a minute, and nobody waits longer for a lock.
SESSION = {
    "timezone": "UTC",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

_TAKE = text("SELECT key FROM unnest(CAST(:keys AS bigint[])) AS key WHERE pg_try_advisory_lock(key)")
_LET_GO = text("SELECT count(pg_advisory_unlock(key)) FROM unnest(CAST(:keys AS bigint[])) AS key")
_WORKERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
)


def open_postgres(url: str, name: str = NAME) -> Engine:
    """An engine with one connection: the writer's, which holds its chats as long as it lives."""
    return create_engine(
        url,
        pool_size=1,
        max_overflow=0,
        connect_args={
            "application_name": name,
            "connect_timeout": 10,
            "options": " ".join(f"-c {key}={value}" for key, value in SESSION.items()),
        },
    )


def wait_for_migration(connection: Connection) -> None:
    """Of several workers that start at once, one brings the tables up to date and the others wait for it."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})


class Session:
    """The chats of one worker, held by the one session of its engine."""

    def __init__(self, engine: Engine) -> None:
        self._held: dict[Kind, set[int]] = {kind: set() for kind in Kind}
        event.listen(engine, "connect", self._forget)

    def take(self, connection: Connection, kind: Kind, chats: Iterable[int]) -> set[int]:
        """See `Holds`."""
        asked, held = set(chats), self._held[kind]
        if wanted := sorted(asked - held):
            taken = connection.scalars(_TAKE, {"keys": [kind * chat for chat in wanted]})
            held |= {kind * key for key in taken}
        return asked & held

    def keep(self, connection: Connection, kind: Kind, chats: Collection[int]) -> None:
        """See `Holds`."""
        held = self._held[kind]
        if others := sorted(held.difference(chats)):
            connection.execute(_LET_GO, {"keys": [kind * chat for chat in others]})
            held.difference_update(others)

    def held(self, kind: Kind) -> frozenset[int]:
        """See `Holds`."""
        return frozenset(self._held[kind])

    def clock(self, connection: Connection) -> bool:
        """See `Holds`."""
        return bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": CLOCK}))

    def workers(self, connection: Connection) -> int:
        """See `Holds`."""
        return connection.scalar(_WORKERS, {"name": NAME}) or 1

    def _forget(self, *_: Any) -> None:
        """A new session holds nothing."""
        for held in self._held.values():
            held.clear()
