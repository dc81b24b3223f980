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
    """A screen to put in front of somebody, and taps to answer."""

    record: Record
    screen: Screen
    taps: tuple[Tap, ...] = ()

    @property
    def chat_id(self) -> int:
        """Whose screen it is."""
        return self.record.chat_id

    def instead_of(self, earlier: "Drawing | None") -> "Drawing":
        """This one in place of an earlier one that was not drawn, whose taps still count."""
        if earlier is None:
            return self
        record = self.record.drawn(0, earlier.record.living)
        return replace(self, record=record, taps=(*earlier.taps, *self.taps)[-TAPS:])

    def knowing(self, mark: "Mark | None") -> "Drawing":
        """This one, where an earlier drawing left this mark meanwhile."""
        if mark is None:
            return self
        return replace(self, record=self.record.drawn(0, mark.living).leaving(mark.left, mark.bared))


@dataclass(frozen=True, slots=True)
class Mark:
    """This revision needs no second drawing; 0 where something is still to be done for it.

    `living` is the message that carries it, where that is known. `final`: it was the last screen of a
    dialogue, of which nothing is kept. The screen left the messages in `left`, which have to lose their
    buttons; those in `bared` did.
    """

    chat_id: int
    revision: int
    living: int | None
    final: bool = False
    left: tuple[int, ...] = ()
    bared: tuple[int, ...] = ()

    def after(self, earlier: "Mark") -> "Mark":
        """This mark, with what an earlier one says of older messages."""
        bared = tuple({*earlier.bared, *self.bared})
        left = tuple({*earlier.left, *self.left}.difference(bared))
        return replace(self, left=left, bared=bared)
