"""What this bot has promised of its speed, beside what was seen in the same run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.growth import Grown
from benchmarks.summary import Summary


@dataclass(frozen=True, slots=True)
class Target:
    """A promise. `least` says whether `seen` has to be that much or more, else it is the most it may be."""

    words: str
    bound: float
    seen: float
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it was kept."""
        return self.seen >= self.bound if self.least else self.seen <= self.bound


def targets(ours: Summary, aiogram: Summary, stock: Summary) -> Iterator[Target]:
    """The promises of this bot, on this database, beside its peers."""
    yield Target("taps/s with 50 residents, × aiogram", 2.5, ours.rates[50] / aiogram.rates[50], least=True)
    yield Target("taps/s with 50 residents, × stock", 8, ours.rates[50] / stock.rates[50], least=True)
    yield Target("processor a tap with 50 residents, × aiogram", 0.5, ours.cpu[50] / aiogram.cpu[50])
    yield Target("taps/s of one resident alone, × aiogram", 1, ours.rates[1] / aiogram.rates[1], least=True)
    yield Target("99 of 100 taps at 30 taps/s, ms", 25, ours.calm_most * 1000)
    yield Target("memory at its highest, MB", 120, ours.memory / 1e6)


def growth_targets(grown: Sequence[Grown]) -> Iterator[Target]:
    """The promises for a database that is full, beside one that is as good as empty."""
    empty, full = grown[0], grown[-1]
    yield Target(f"start on {full.size:,} dialogues, s", 2, full.start)
    yield Target("the wait for a tap there, × empty", 1.2, full.tap / empty.tap)
    yield Target("the processor a tap there, × empty", 1.2, full.cpu / empty.cpu)
    yield Target("the figures of the year there, s", 1, full.reading)
