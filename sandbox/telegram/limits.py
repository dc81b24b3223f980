"""Telegram's own pace: about 1 message a second in a chat, 30 over all, 20 a minute in a group.

Short bursts pass. Off unless `enforced` is set, so that tests run at full speed.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from sandbox.clock import Clock
from sandbox.telegram.refusal import too_many_requests

_PACED = """
    sendMessage sendPhoto sendDocument editMessageText editMessageCaption editMessageMedia
    editMessageReplyMarkup
"""
PACED = frozenset(_PACED.split())


@dataclass(slots=True)
class _Bucket:
    """Holds `size` drops and gains `rate` a second."""

    size: float
    rate: float
    level: float
    at: datetime

    def short_of(self, now: datetime) -> float:
        """Seconds until a drop is there; 0 when there is one."""
        self.level = min(self.size, self.level + (now - self.at).total_seconds() * self.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.rate)


@dataclass(slots=True)
class Limits:
    """Counts the calls that show something to people and refuses what is too fast."""

    clock: Clock
    enforced: bool = False
    _buckets: dict[int | None, _Bucket] = field(default_factory=dict)
    _until: dict[int | None, datetime] = field(default_factory=dict)

    def check(self, method: str, chat_id: int | None) -> None:
        """Raise 429 when this call comes too soon; else count it."""
        if not self.enforced or method not in PACED or chat_id is None:
            return
        now = self.clock()
        waits = [self._wait(chat_id, now), self._wait(None, now)]
        if longest := max(waits):
            raise too_many_requests(ceil(longest))
        for key in (chat_id, None):
            self._buckets[key].level -= 1

    def _wait(self, key: int | None, now: datetime) -> float:
        if key not in self._buckets:
            size, rate = (30.0, 30.0) if key is None else (20.0, 20 / 60) if key < 0 else (3.0, 1.0)
            self._buckets[key] = _Bucket(size, rate, size, now)
        told = (self._until.get(key, now) - now).total_seconds()
        wait = max(told, self._buckets[key].short_of(now))
        if wait > 0:
            self._until[key] = now + timedelta(seconds=ceil(wait))  # who does not wait, waits on
        return wait
