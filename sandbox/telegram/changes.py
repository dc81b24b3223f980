"""What happened in the chats, in order: for transcripts, for the page, for whoever waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """The kinds of things that happen in a chat."""

    SAID = "said"  # a person sent something
    REWROTE = "rewrote"  # a person edited their message
    TAPPED = "tapped"
    SENT = "sent"  # the bot sent something
    EDITED = "edited"  # the bot edited its message
    DELETED = "deleted"
    TOAST = "toast"  # a short notice after a tap
    ALERT = "alert"  # the same, in a box to close
    TYPING = "typing"
    STANDING = "standing"  # the bot was blocked, added, removed…


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened. `rows` are labels; `carries` is "photo", "contact"… or ""."""

    what: What
    chat_id: int
    at: datetime
    message_id: int | None = None
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] = ()
    carries: str = ""


class Changes:
    """Tells every change to those who subscribed. A subscriber must be quick and must not raise."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[Change], None]] = []

    def subscribe(self, subscriber: Callable[[Change], None]) -> Callable[[], None]:
        """Hear every change from now on; call what is returned to hear no more."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def tell(self, change: Change) -> None:
        """Tell everybody."""
        for subscriber in tuple(self._subscribers):
            subscriber(change)
