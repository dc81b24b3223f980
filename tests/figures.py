"""What tests of faults measured, gathered over all processes into one table."""

import os
import platform
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.endurance.faults import FAULTS

ROOT = Path(__file__).parent.parent
PROPERTY = "figures of a fault"
HEAD = """# What it survives on {engine}

Written by `make endurance`, {day}, on {machine}.
A try is one crash schedule, one kill, one update, one case. The worst delay is until the next answer,
or until the bot is ready again. *Lost* and *doubled* count hand-overs, notices, reveals, answers and commits.

{also}

| fault | what | tests | tries | lost | doubled | worst delay |
|---:|---|---:|---:|---:|---:|---:|
"""
# The page, what it says of the other one, and the faults that need not be tried on this engine.
PAGES = {
    "SQLite": (
        "docs/endurance.md",
        "What several workers do is [on PostgreSQL](endurance-postgresql.md).",
        set[int](),
    ),
    "PostgreSQL": (
        "docs/endurance-postgresql.md",
        "Fewer schedules and kills: all are tried [on SQLite](endurance.md), as are the faults of a file.",
        {2, 18},  # a power cut, and an old backup: tried on a file
    ),
}


class Report(Protocol):
    """Tells what a test measured; `worst` is in seconds."""

    def __call__(
        self, *, tries: int = 1, lost: int = 0, doubled: int = 0, worst: float | None = None
    ) -> None:
        """Add this to the line of the test's fault."""


@dataclass
class Line:
    """One fault."""

    tests: int = 0
    failed: int = 0
    tries: int = 0
    lost: int = 0
    doubled: int = 0
    worst: float = 0.0


class Figures:
    """Listens to the reports of all tests, from whatever process they come."""

    def __init__(self, engine: str, *, kept: bool) -> None:
        """`engine` is that of the run; `kept`: the table becomes a page of the documents."""
        self._engine = engine
        self._kept = kept
        self.lines: dict[int, Line] = defaultdict(Line)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        given: list[Any] = [value for name, value in report.user_properties if name == PROPERTY]
        for number in {value["fault"] for value in given}:
            line = self.lines[number]
            line.tests += 1
            line.failed += report.failed
            told = [value for value in given if value["fault"] == number and "tries" in value]
            line.tries += sum(value["tries"] for value in told) or 1
            line.lost += sum(value["lost"] for value in told)
            line.doubled += sum(value["doubled"] for value in told)
            line.worst = max([line.worst, *(value["worst"] or 0 for value in told)])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("faults")
        terminalreporter.write(self.table())
        path, _, alone = PAGES[self._engine]
        untried = {number for number in FAULTS if not self.lines[number].tests}
        sound = untried <= alone and not any(line.failed for line in self.lines.values())
        if self._kept and sound:
            (ROOT / path).write_text(self.page(), encoding="utf-8")

    def page(self) -> str:
        """The page of the documents."""
        _, also, _ = PAGES[self._engine]
        today = datetime.now(UTC).date()
        return HEAD.format(engine=self._engine, day=today, machine=machine(), also=also) + self.table()

    def table(self) -> str:
        """A line for each fault that was tried."""
        written = ""
        for number, what in FAULTS.items():
            line = self.lines[number]
            if not line.tests:
                continue
            outcome = f"{line.lost} | {line.doubled}" if not line.failed else "**failed** | **failed**"
            worst = f"{line.worst:.1f} s" if line.worst else "–"
            written += f"| {number} | {what} | {line.tests} | {line.tries:,} | {outcome} | {worst} |\n"
        return written


def machine() -> str:
    """This machine in general terms."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def mark(items: list[pytest.Item]) -> None:
    """Let each test's report carry its fault."""
    for item in items:
        for marker in item.iter_markers("fault"):
            for number in marker.args:
                item.user_properties.append((PROPERTY, {"fault": number}))


def reporter(node: pytest.Item) -> Report:
    """What the test calls."""

    def report(**figures: Any) -> None:
        numbers = [number for marker in node.iter_markers("fault") for number in marker.args]
        told = {"tries": 1, "lost": 0, "doubled": 0, "worst": None, **figures}
        node.user_properties += [(PROPERTY, {"fault": number, **told}) for number in numbers]

    return report
