"""Fault 1: however the bot dies, and however often, the story ends as if it had not.

A hand-over, a notice, a reveal: 0 lost, 0 doubled; the contact in one message of the right person; whoever
taps next is answered; a month later nothing is left.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.endurance.places import places
from tests.endurance.schedules import Explorer, stages
from tests.endurance.story import ACTS
from tests.figures import Report

# Crashes; and how many states, drawn by lot, are followed further after the first crash (None: all).
HOW_FAR = {"quick": (3, 1), "ci": (3, 12), "full": (3, None)}


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """In memory where that can be had: a process that dies leaves to the disk whatever it had written."""
    if request.config.getoption("--postgres"):
        yield databases.server().fresh()
        return
    memory = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield f"sqlite:///{made / 'bot.db'}"
    shutil.rmtree(made)


@pytest.mark.fault(1)
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("act", range(len(ACTS)), ids=[act.__name__ for act in ACTS])
def test_every_schedule_of_crashes_ends_as_if_nobody_had_died(
    act: int, url: str, endurance: str, report: Report, capfd: pytest.CaptureFixture[str]
) -> None:
    def tell(progress: str) -> None:
        if endurance != "quick":
            with capfd.disabled():
                sys.stderr.write(progress + "\n")

    depth, breadth = HOW_FAR[endurance]
    explored = Explorer(stages(url)[act], url, breadth, seed=act).explore(depth, tell)
    report(tries=explored.schedules(depth), lost=len(explored.failures))
    assert not explored.failures, "\n".join(explored.failures)
    assert explored.schedules(1) >= 8


def test_every_failpoint_of_the_running_bot_is_come_by(url: str) -> None:
    hit = {place for stage in stages(url) for place in stage.places}
    assert hit == places() - ({"scrub:asked", "scrub:done"} if url.startswith("postgres") else set())
