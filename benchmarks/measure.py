"""One contender, once: started on an empty folder, walked by one resident, by fifty, by five hundred."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.contenders import ROOT, Contender

CROWDS = (1, 50, 500)
CEILING = 30.0  # taps a second: what Telegram lets a bot answer
PROCESSORS = sorted(os.sched_getaffinity(0))
PATIENCE = 120.0  # seconds for the longest answer


@dataclass(frozen=True, slots=True)
class Plan:
    """For how many seconds each crowd is measured, and the calm half-minute."""

    crowds: tuple[float, ...]
    calm: float
    rounds: int


WHOLE = Plan((2.5, 4, 6), 12, rounds=3)
QUICK = Plan((1.5, 2, 2.5), 4, rounds=1)


@dataclass(frozen=True, slots=True)
class Run:
    """What was seen of a process under one load. Times in seconds."""

    rate: float  # taps a second
    cpu: float  # of the bot, a tap
    ruler: float  # share of a processor that the fake Telegram took
    latencies: list[float]
    unanswered: int
    wrong: int


@dataclass(slots=True)
class Round:
    """What was seen of one process in its life."""

    start: float = 0.0  # seconds from its start to its first answer
    crowds: dict[int, Run] = field(default_factory=dict)
    calm: Run | None = None
    memory: int = 0  # bytes, at its highest


class Ruler:
    """The fake Telegram, seen from here."""

    def __init__(self, url: str) -> None:
        self.url = url

    def first_answer(self) -> bool:
        """Wait until the first resident has their first screen. False where it does not come."""
        return bool(self._ask("start", residents=1)["unanswered"] == 0)

    def measure(self, pid: int, residents: int, seconds: float, rate: float = 0.0) -> Run:
        """So many residents for so long; 0 a second is as fast as they can."""
        seen = self._ask("measure", residents=residents, seconds=seconds, rate=rate, pid=pid)
        taps = max(1, seen["taps"])
        return Run(
            rate=seen["taps"] / seen["seconds"],
            cpu=seen["cpu"] / taps,
            ruler=seen["own_cpu"] / seen["seconds"],
            latencies=seen["latencies"],
            unanswered=seen["unanswered"],
            wrong=seen["wrong"],
        )

    def _ask(self, what: str, **asked: float) -> dict[str, Any]:
        request = Request(f"{self.url}/{what}", json.dumps(asked).encode())  # noqa: S310 — our own child
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 — the same
            found: dict[str, Any] = json.load(answer)
        return found


@contextmanager
def ruler(walk: Path) -> Iterator[Ruler]:
    """A fake Telegram in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.telegram", str(walk)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            line = process.stdout.readline() if process.stdout else b""
            yield Ruler(f"http://127.0.0.1:{int(line)}")
        finally:
            process.kill()


def play(contender: Contender, plan: Plan, walk: Path) -> Round:
    """One round of this contender."""
    seen = Round()
    with scratch() as folder, contender.database(folder) as database, ruler(walk) as telegram:
        begun = perf_counter()
        with contender.running(telegram.url, walk, folder, database) as process:
            apart(process.pid)
            if not telegram.first_answer():
                raise RuntimeError(f"{contender.name} does not answer: {(folder / 'log.txt').read_text()}")
            seen.start = perf_counter() - begun
            for residents, seconds in zip(CROWDS, plan.crowds, strict=True):
                seen.crowds[residents] = telegram.measure(process.pid, residents, seconds)
            seen.calm = telegram.measure(process.pid, CROWDS[-1], plan.calm, CEILING)
            seen.memory = highest(process.pid)
    return seen


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the data of one process, on the disk where `make run` keeps its own."""
    (ROOT / "data").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "data", prefix="bench-") as folder:
        yield Path(folder)


def make_room() -> None:
    """Leave a processor free, where there are two: whatever is started from now on shares the others."""
    os.sched_setaffinity(0, PROCESSORS[:-1] or PROCESSORS)


def apart(pid: int) -> None:
    """Give this process the processor that was left free."""
    os.sched_setaffinity(pid, PROCESSORS[-1:])


def highest(pid: int) -> int:
    """The most memory that a process ever held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ValueError("no VmHWM: the process is gone")
