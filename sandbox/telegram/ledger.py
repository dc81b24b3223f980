"""Every call the bot made, in order, with what came of it: nothing doubled, nothing lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.telegram.bell import Bell


@dataclass(slots=True)
class Call:
    """One call. `status` is None while it is under way; `lost` when its answer never reached the bot."""

    number: int
    at: datetime
    method: str
    chat_id: int | None
    parameters: Mapping[str, str] = field(repr=False)
    status: int | None = None
    description: str = ""
    result: Any = field(default=None, repr=False)
    lost: bool = False

    @property
    def accepted(self) -> bool:
        """The call took effect, whether or not the bot heard so."""
        return self.status == 200

    def __str__(self) -> str:
        outcome = "under way" if self.status is None else f"{self.status} {self.description}".strip()
        return f"#{self.number} {self.method} chat={self.chat_id} → {outcome}{' (lost)' if self.lost else ''}"


class Ledger:
    """The calls in order. `getUpdates` is counted apart: it says nothing about people."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._calls: list[Call] = []
        self.in_flight = 0
        self.polls = 0
        self.mistakes: list[str] = []  # what the real Telegram would have let pass, and should not happen

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def begin(self, at: datetime, method: str, parameters: Mapping[str, str]) -> Call:
        """Write a call down before it is answered."""
        chat = parameters.get("chat_id", "")
        chat_id = int(chat) if chat.removeprefix("-").isdecimal() else None
        call = Call(len(self._calls) + 1, at, method, chat_id, parameters)
        if method == "getUpdates":
            self.polls += 1
            return call
        self._calls.append(call)
        self.in_flight += 1
        self._bell.ring()
        return call

    def end(self, call: Call) -> None:
        """The call is answered, or lost for good."""
        if call.method != "getUpdates":
            self.in_flight -= 1
            self._bell.ring()

    def calls(self, method: str | None = None, chat_id: int | None = None) -> list[Call]:
        """The calls of one method, to one chat, or both."""
        return [
            call for call in self._calls if method in (None, call.method) and chat_id in (None, call.chat_id)
        ]

    def refused(self) -> list[Call]:
        """The calls that were answered with an error."""
        return [call for call in self._calls if call.status not in (None, 200)]

    def tail(self, count: int = 8) -> str:
        """The last calls, a line each, without content."""
        return "\n".join(str(call) for call in self._calls[-count:]) or "(no call)"

    def clear(self) -> None:
        """Start a new page."""
        self._calls.clear()
        self.mistakes.clear()
