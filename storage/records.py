"""A dialogue as it is kept: the conversation, and where it stands on the person's screen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class Record:
    """One row of `dialogue`.

    `living` is the message that carries the screen, None while there is none. `heard` is the newest
    message of the person: a screen above it must be sent anew below. What was drawn is `shown`; whatever
    lies between `shown` and `revision` is still to be drawn. `stale` are older messages that still have to
    lose their buttons.
    """

    chat_id: int
    dialogue: Dialogue
    updated_at: datetime
    revision: int = 0
    shown: int = 0
    living: int | None = None
    heard: int = 0
    lead_key: int | None = None
    stale: tuple[int, ...] = ()

    @property
    def below(self) -> bool:
        """Whether the screen has to be sent anew, below what the person said."""
        return self.living is None or self.living <= self.heard

    def drawn(self, revision: int, living: int | None) -> "Record":
        """This record once `revision` was drawn. News that come late take nothing back."""
        return replace(
            self,
            shown=max(self.shown, revision),
            living=max(filter(None, (self.living, living)), default=None),
        )

    def leaving(self, messages: Iterable[int], bared: Iterable[int] = ()) -> "Record":
        """This record once the screen left these messages, and those were bared of their buttons."""
        stale = tuple(sorted({*self.stale, *messages}.difference(bared)))
        return self if stale == self.stale else replace(self, stale=stale)
