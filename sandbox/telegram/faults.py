"""What can go wrong between the bot and Telegram, switched on by a test or from the page."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sandbox.clock import Clock
from sandbox.telegram.bell import Bell
from sandbox.telegram.refusal import Refusal, too_many_requests


class Away(StrEnum):
    """How Telegram is away."""

    REFUSED = "connection refused"
    BAD_GATEWAY = "502 Bad Gateway"


class Unreachable(Exception):  # noqa: N818 — the state of the network, not a mistake of ours
    """The call never arrived."""


class AnswerLost(Exception):  # noqa: N818 — the state of the network, not a mistake of ours
    """The call took effect, and the bot will not hear of it."""


@dataclass(slots=True)
class Faults:
    """The faults that are on. All are off at first."""

    clock: Clock
    bell: Bell
    away: Away | None = None
    latency: float = 0.0  # seconds of real time before each answer, the long poll excepted
    copies: int = 1  # how many times each update is delivered
    _flooded: dict[int | None, datetime] = field(default_factory=dict)
    _answers_to_lose: dict[str | None, int] = field(default_factory=dict)
    _taps_to_lose: int = 0

    def go_away(self, how: Away = Away.REFUSED) -> None:
        """From now on nothing arrives and nothing is delivered; people can go on writing."""
        self.away = how
        self.bell.ring()

    def come_back(self) -> None:
        """The end of `go_away`."""
        self.away = None
        self.bell.ring()

    def flood(self, seconds: int, chat_id: int | None = None) -> None:
        """Answer 429 to every call to that chat (None: to any call) for so long, by the clock.

        `getUpdates` goes on.
        """
        self._flooded[chat_id] = self.clock() + timedelta(seconds=seconds)

    def lose_answers(self, count: int = 1, method: str | None = None) -> None:
        """Let the next calls (of that method) take effect without the bot hearing of it."""
        self._answers_to_lose[method] = count

    def lose_taps(self, count: int = 1) -> None:
        """Let the next taps vanish on their way."""
        self._taps_to_lose = count

    def check_flood(self, chat_id: int | None) -> None:
        """Raise 429 with the seconds that are left, when this chat or all chats are flooded."""
        if not self._flooded:
            return
        now = self.clock()
        until = max((self._flooded.get(key, now) for key in (chat_id, None)), default=now)
        if until > now:
            raise self._wait(until - now)

    @staticmethod
    def _wait(left: timedelta) -> Refusal:
        return too_many_requests(max(1, -(-left // timedelta(seconds=1))))

    def loses_answer(self, method: str) -> bool:
        """Whether this answer is to be lost; counts it."""
        for key in (method, None):
            if self._answers_to_lose.get(key, 0) > 0:
                self._answers_to_lose[key] -= 1
                return True
        return False

    def loses_tap(self) -> bool:
        """Whether this tap is to be lost; counts it."""
        if self._taps_to_lose > 0:
            self._taps_to_lose -= 1
            return True
        return False
