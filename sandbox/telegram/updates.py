"""What waits for the bot, in order. An update is kept until it is confirmed or too old."""

import json
import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.clock import Clock
from sandbox.telegram.bell import Bell

KEPT = timedelta(hours=24)
TAP_KEPT = timedelta(seconds=150)
IDLE_BEFORE_NEW_IDS = timedelta(days=7)
FUTURE = 10  # an offset further than this beyond the newest id is not believed (TDLib's TQueue)

_KINDS = """
    message edited_message channel_post edited_channel_post inline_query chosen_inline_result callback_query
    shipping_query pre_checkout_query poll poll_answer my_chat_member chat_member chat_join_request
    message_reaction message_reaction_count
"""
KINDS = frozenset(_KINDS.split())
DEFAULT_KINDS = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Update:
    """One update: `body` is its JSON without the braces and the id; `lane` keeps the order in a webhook."""

    id: int
    kind: str
    body: str
    lane: Hashable
    expires: datetime

    @property
    def json(self) -> str:
        """The update as it travels."""
        return f'{{"update_id":{self.id},{self.body}}}'


def nobody_waits(_: Update) -> None:
    """Polling asks by itself."""


class UpdateQueue:
    """The updates of one bot, oldest first."""

    def __init__(self, clock: Clock, randomness: random.Random, bell: Bell) -> None:
        self._clock = clock
        self._randomness = randomness
        self.bell = Bell(echo=bell)  # rings for what is new, not for each call
        self._waiting: dict[int, Update] = {}
        self._newest_id = 0
        self._newest_at: datetime | None = None
        self.allowed = DEFAULT_KINDS
        self.confirmed = 0  # how many updates were confirmed so far
        self.on_new: Callable[[Update], None] = nobody_waits

    def add(
        self, kind: str, payload: dict[str, Any], lane: Hashable, kept: timedelta = KEPT
    ) -> Update | None:
        """Queue an update; None when the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        return self.add_raw(kind, f'"{kind}":{json.dumps(payload)}', lane, kept)

    def add_raw(self, kind: str, body: str, lane: Hashable, kept: timedelta = KEPT) -> Update:
        """Queue any text as the inside of an update, however malformed."""
        update = Update(self._next_id(), kind, body, lane, self._clock() + kept)
        self._waiting[update.id] = update
        self.on_new(update)
        self.bell.ring()
        return update

    def _next_id(self) -> int:
        now = self._clock()
        if self._newest_at is None or now - self._newest_at > IDLE_BEFORE_NEW_IDS:
            self._newest_id = self._randomness.randrange(10**8, 10**9)
        self._newest_id += 1
        self._newest_at = now
        return self._newest_id

    def waiting(self) -> list[Update]:
        """All that wait now; what is too old is forgotten first."""
        now = self._clock()
        for update in [update for update in self._waiting.values() if update.expires <= now]:
            del self._waiting[update.id]
        return list(self._waiting.values())

    def __len__(self) -> int:
        return len(self.waiting())

    def __contains__(self, update_id: object) -> bool:
        return update_id in self._waiting

    def take(self, offset: int, limit: int) -> list[Update]:
        """At most `limit` updates from `offset` on. Everything below `offset` is confirmed and forgotten.

        A negative offset keeps only that many of the newest. An offset far beyond the newest id is ignored.
        """
        waiting = self.waiting()
        if offset < 0:
            self._confirm(waiting[:offset])
        elif 0 < offset <= self._newest_id + FUTURE:
            self._confirm([update for update in waiting if update.id < offset])
        return list(self._waiting.values())[:limit]

    def confirm(self, update: Update) -> None:
        """Forget one update: a webhook took it."""
        self._confirm([update])

    def clear(self) -> None:
        """Forget everything: `drop_pending_updates`."""
        self._confirm(self.waiting())

    def _confirm(self, updates: list[Update]) -> None:
        for update in updates:
            if self._waiting.pop(update.id, None) is not None:
                self.confirmed += 1
        if updates:
            self.bell.ring()

    def allow(self, kinds: object) -> None:
        """Remember `allowed_updates`: None leaves it, [] is the default set. Unknown names are ignored."""
        if isinstance(kinds, list):
            self.allowed = frozenset(kinds) & KINDS if kinds else DEFAULT_KINDS
