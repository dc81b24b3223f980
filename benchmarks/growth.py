"""Does this bot stay quick as it fills up? Started on the data of nobody, a thousand, … a million people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.contenders import SQLITE, sqlite
from benchmarks.filling import fill
from benchmarks.measure import Run, apart, ruler
from storage.sqlite import open_sqlite
from storage.transaction import Transaction

SIZES = (500, 1_000, 10_000, 100_000, 1_000_000)  # 500 is as good as empty
SECONDS = 2.0
ROUNDS = 3


@dataclass(slots=True)
class Grown:
    """What was seen of the bot on a database that holds `size` dialogues, leads and handled updates."""

    size: int
    starts: list[float] = field(default_factory=list)  # seconds to the first screen
    alone: list[Run] = field(default_factory=list)  # one resident
    crowd: list[Run] = field(default_factory=list)  # fifty
    figures: list[float] = field(default_factory=list)  # seconds to read those of the year

    @property
    def start(self) -> float:
        """Seconds."""
        return median(self.starts)

    @property
    def reading(self) -> float:
        """Seconds to read the figures of the year."""
        return median(self.figures)

    @property
    def tap(self) -> float:
        """Seconds until a resident who is alone has their screen."""
        return median(wait for run in self.alone for wait in run.latencies)

    @property
    def cpu(self) -> float:
        """Seconds of processor a tap, with fifty residents."""
        return median(run.cpu for run in self.crowd)


def grow(folder: Path, walk: Path, rounds: int = ROUNDS, sizes: Sequence[int] = SIZES) -> list[Grown]:
    """Each size in turn, several rounds."""
    grown = [Grown(size) for size in sizes]
    for each in grown:
        (folder / str(each.size)).mkdir()
        fill(_database(folder, each), each.size)
    for _ in range(rounds):
        for each in grown:
            _live(each, folder / str(each.size), walk)
            each.figures.append(_figures(_database(folder, each)))
    return grown


def _database(folder: Path, grown: Grown) -> Path:
    return folder / str(grown.size) / "bot.db"


def _live(grown: Grown, folder: Path, walk: Path) -> None:
    with ruler(walk) as telegram, sqlite(folder) as database:
        begun = perf_counter()
        with SQLITE.running(telegram.url, walk, folder, database) as process:
            apart(process.pid)
            if not telegram.first_answer():
                raise RuntimeError(f"no answer with {grown.size} dialogues")
            grown.starts.append(perf_counter() - begun)
            grown.alone.append(telegram.measure(process.pid, 1, SECONDS))
            grown.crowd.append(telegram.measure(process.pid, 50, SECONDS))


def _figures(database: Path) -> float:
    engine = open_sqlite(f"sqlite:///{database}")
    try:
        with engine.begin() as connection:
            begun, now = perf_counter(), datetime.now(UTC)
            Transaction(connection).figures.of(now.year, now)
            return perf_counter() - begun
    finally:
        engine.dispose()
