"""What is asked of `show`: one screen for one chat; and what came of it."""

from dataclasses import dataclass, replace

from conversations.screen import Screen
from storage.records import Record

TAPS = 20  # answers to taps that may wait: older ones would come too late anyway


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap to be answered, with a few words or none."""

    query: str
    bubble: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A screen to put in front of somebody; taps to answer; old messages to take the buttons from."""

    record: Record
    screen: Screen
    taps: tuple[Tap, ...] = ()
    stale: tuple[int, ...] = ()

    @property
    def chat_id(self) -> int:
        """Whose screen it is."""
        return self.record.chat_id

    def instead_of(self, earlier: "Drawing | None") -> "Drawing":
        """This one in place of an earlier one that was not drawn, whose taps and messages still count."""
        if earlier is None:
            return self
        stale = dict.fromkeys((*earlier.stale, *self.stale))
        both = replace(self, taps=(*earlier.taps, *self.taps)[-TAPS:], stale=tuple(stale))
        return both.knowing(earlier.record.living)

    def knowing(self, living: int | None) -> "Drawing":
        """This one, where an earlier drawing meanwhile put the screen into this message."""
        return replace(self, record=self.record.drawn(0, living))


@dataclass(frozen=True, slots=True)
class Mark:
    """This revision needs no second drawing.

    `living` is the message that carries it, where that is known. `final`: it was the last screen of a
    dialogue, of which nothing is kept.
    """

    chat_id: int
    revision: int
    living: int | None
    final: bool
