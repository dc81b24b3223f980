"""Fault 1 where several processes share one database: one of them after the other is killed under load."""

import asyncio
import base64
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, web

from bot.clock import AHEAD
from sandbox.clock import MovableClock
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.keys import make_key
from tests import databases
from tests.bot.processes import environment, forked, free_port
from tests.bot.test_canary_process import next_working_monday
from tests.endurance.books import Books
from tests.endurance.crowd import Crowd
from tests.endurance.test_faults import asked
from tests.figures import Report

KILLS = {"quick": 6, "ci": 40, "full": 200}
WORKERS = 3


@asynccontextmanager
async def proxy(ports: list[int]) -> AsyncIterator[str]:
    """One address for all workers: each update to the next one; to another where that one is dead."""
    turns = cycle(ports)

    async def forward(request: web.Request) -> web.Response:
        body = await request.read()
        for _ in ports:
            url = f"http://127.0.0.1:{next(turns)}{request.path}"
            try:
                async with session.post(url, data=body, headers=request.headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except (ClientError, TimeoutError):
                continue
        return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", forward)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    async with ClientSession() as session:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()


@pytest.mark.fault(1)
@pytest.mark.timeout(3600)
async def test_workers_killed_under_load_lose_nothing_and_double_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, endurance: str, report: Report
) -> None:
    if endurance == "quick" and not request.config.getoption("--postgres"):
        pytest.skip("a minute of processes on PostgreSQL: make test-postgres and make endurance take it")
    books, chance, clock = Books(databases.server().fresh()), random.Random(7), MovableClock()
    town = Town(FakeTelegram(clock))
    town.telegram.webhook.delay_unit = 0.05
    town.passes(next_working_monday() - datetime.now(UTC))
    crowd = Crowd.meet(town, 4, books)
    ports = [free_port() for _ in range(WORKERS)]
    async with TelegramServer(town.telegram) as server, proxy(ports) as address, AsyncExitStack() as ends:
        shared = {
            "DATABASE_URL": books.url,
            "CONTACT_KEY": base64.b64encode(make_key()).decode(),
            "WEBHOOK_URL": address,
            AHEAD: str(clock.ahead.total_seconds()),
        }
        envs = [
            environment(server.url, tmp_path, WEBHOOK_LISTEN=f"127.0.0.1:{port}", **shared) for port in ports
        ]
        workers = [ends.enter_context(ExitStack()) for _ in ports]
        for worker, env in zip(workers, envs, strict=True):
            worker.enter_context(forked(env, "serve"))
        people = asyncio.create_task(crowd.lives())
        await town.until(lambda: len(town.telegram.ledger) > 30, "they are at work", within=60)
        for _ in range(KILLS[endurance]):
            await asyncio.sleep(chance.uniform(0, 1))
            killed = chance.randrange(WORKERS)
            await asyncio.to_thread(workers[killed].close)
            workers[killed].enter_context(forked(envs[killed], "serve"))
        hurried = await asked(town, 6)
        for person in hurried:
            person.says("escautpont")
            person.says("25 à 59 ans")
        await asyncio.to_thread(workers[0].close)
        await town.until(lambda: all(person.sees("Question 3") for person in hurried), "in their order", 60)
        await crowd.ends(people, within=180)
        await crowd.rest(books)
        for worker in workers:
            await asyncio.to_thread(worker.close)
    lost, doubled = crowd.judge(books)
    books.close()
    report(tries=KILLS[endurance], lost=len(lost), doubled=len(doubled))
    assert lost == []
    assert doubled == []
    assert crowd.sent
