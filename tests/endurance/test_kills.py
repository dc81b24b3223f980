"""Fault 1: SIGKILL of the real process at any moment, again and again, while everybody goes on."""

import asyncio
import base64
import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import AHEAD
from sandbox.clock import MovableClock
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.keys import make_key
from storage.store import Store
from tests.bot.processes import environment, forked
from tests.bot.test_canary_process import next_working_monday
from tests.endurance.books import Books
from tests.endurance.crowd import Crowd
from tests.figures import Report

KILLS = {"quick": 8, "ci": 200, "full": 1000}
READY = 5.0  # seconds from the start to the first answer


@pytest.fixture
def books(url: str) -> Iterator[Books]:
    """The database, with its tables."""
    Store(url).close()
    books = Books(url)
    yield books
    books.close()


def calls(town: Town) -> int:
    """How many calls reached Telegram, polls included."""
    return len(town.telegram.ledger) + town.telegram.ledger.polls


@pytest.mark.fault(1)
@pytest.mark.timeout(7200)
async def test_killed_at_random_nothing_is_lost_and_nothing_doubled(
    books: Books,
    tmp_path: Path,
    endurance: str,
    report: Report,
    capfd: pytest.CaptureFixture[str],
) -> None:
    clock = MovableClock()
    town = Town(FakeTelegram(clock))
    town.passes(next_working_monday() - datetime.now(UTC))
    chance, worst, kills = random.Random(7), 0.0, KILLS[endurance]
    crowd = Crowd.meet(town, 2 if endurance == "quick" else 4, books)
    now = asyncio.get_running_loop().time
    async with TelegramServer(town.telegram) as server:
        env = environment(
            server.url,
            tmp_path,
            DATABASE_URL=books.url,
            CONTACT_KEY=base64.b64encode(make_key()).decode(),
            **{AHEAD: str(clock.ahead.total_seconds())},
        )
        people = asyncio.create_task(crowd.lives())
        for number in range(kills):
            before, begun = calls(town), now()
            with forked(env):
                await town.until(lambda before=before: calls(town) > before, "an answer", within=60)  # type: ignore[misc]
                if number:  # the first one waits for the server of the forks
                    worst = max(worst, now() - begun)
                await asyncio.sleep(chance.uniform(0, 0.6))
            if number % 50 == 49:
                with capfd.disabled():
                    sys.stderr.write(
                        f"{number + 1} kills, {len(crowd.sent)} requests, worst start {worst:.1f} s\n"
                    )
        with forked(env):
            await crowd.ends(people, within=120)
            await crowd.rest(books)
    lost, doubled = crowd.judge(books)
    report(tries=kills, lost=len(lost), doubled=len(doubled), worst=worst)
    assert lost == []
    assert doubled == []
    assert crowd.sent
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # others may have the machine too
    assert worst < READY * busy
