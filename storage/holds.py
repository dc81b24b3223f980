"""Which chats this worker serves, where several workers share one database.

A chat is held from somebody's turn until their screen is on the phone. Meanwhile no other worker takes what
they send, nor draws: so their updates and their screens keep their order, and whoever finds a chat free finds
everything that was written about it. On SQLite one process has the database for itself, and every chat.
"""

from collections.abc import Collection, Iterable
from enum import IntEnum
from typing import Protocol

from sqlalchemy import Connection


class Kind(IntEnum):
    """What a chat is held for. Private chats have positive numbers, so its sign tells the two apart."""

    TURNS = 1  # what its person does, and their screen
    LETTERS = -1  # what the staff is brought


class Holds(Protocol):
    """The chats that are this worker's."""

    def take(self, connection: Connection, kind: Kind, chats: Iterable[int]) -> set[int]:
        """Hold what nobody else holds; returns those of `chats` that are this worker's now.

        What is read of them afterwards, in a new statement, is all that others wrote before they let go.
        """

    def keep(self, connection: Connection, kind: Kind, chats: Collection[int]) -> None:
        """Let go of every other chat held for this. Whatever was done for them has to be committed before."""

    def held(self, kind: Kind) -> frozenset[int]:
        """What `keep` can let go of."""

    def clock(self, connection: Connection) -> bool:
        """Whether this transaction is the only one that does what the clock brings."""

    def workers(self, connection: Connection) -> int:
        """How many workers there are now, this one among them."""


class Alone:
    """One process: everything is its own."""

    def take(self, _connection: Connection, _kind: Kind, chats: Iterable[int]) -> set[int]:
        """All of them."""
        return set(chats)

    def keep(self, _connection: Connection, _kind: Kind, _chats: Collection[int]) -> None:
        """There is nobody to leave them to."""

    def held(self, _kind: Kind) -> frozenset[int]:
        """Nothing that could be let go of."""
        return frozenset()

    def clock(self, _connection: Connection) -> bool:
        """There is one clock."""
        return True

    def workers(self, _connection: Connection) -> int:
        """One."""
        return 1


ALONE = Alone()
