"""Whoever watches the bot is told what is wrong with it, and nothing of anybody."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import text

from bot.watch import health
from conversations.desk.case import Role
from sandbox.people import Person
from sandbox.town import Town
from storage.inbox import Inbox
from tests.bot.conftest import Running
from tests.bot.disk import full_disk
from tests.bot.processes import free_port
from tests.databases import looking

CANARY = "kanarienvogel"


class Watched(Running):
    """A bot with a port for a monitor."""

    def __init__(self, town: Town, url: str) -> None:
        super().__init__(town, url)
        self.port = free_port()

    def lives(self, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        return self.app.poll(stop, self.port)

    async def asked(self, path: str = "/healthz") -> tuple[int, dict[str, Any]]:
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}{path}") as answer,
        ):
            return answer.status, (await answer.json()) if path == "/healthz" else {}


@pytest.fixture
async def bot(town: Town, url: str) -> AsyncIterator[Watched]:
    watched = Watched(town, url)
    watched.start()
    profile = town.telegram.ledger
    await town.until(lambda: len(profile.calls("setMyShortDescription")) == 3, "the profile")
    await town.settles()
    yield watched
    if not watched.task.done():
        await watched.stop()


async def test_a_bot_that_is_well_says_so_and_nothing_of_anybody(bot: Watched, ann: Person) -> None:
    ann.says(CANARY)
    await ann.waits()
    status, said = await bot.asked()
    assert (status, said["reasons"]) == (200, [])
    assert said["telegram_silent_seconds"] < 5
    assert said["inbox_waiting_seconds"] == said["notice_late_seconds"] == 0
    assert said["database_writable"] is True
    assert CANARY not in str(said)
    assert "Ann" not in str(said)
    assert (await bot.asked("/readyz"))[0] == 200
    assert bot.rows("select * from inbox where state = 'aside'") == [], "a look leaves nothing behind"


async def test_telegram_away_is_unwell_and_still_ready(
    bot: Watched, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.calls.telegram.SILENT", 0.2)
    town.telegram.faults.go_away()
    await asyncio.sleep(0.3)
    status, said = await bot.asked()
    assert (status, said["reasons"]) == (503, ["telegram"])
    assert (await bot.asked("/readyz"))[0] == 200
    town.telegram.faults.come_back()
    await bot.until(lambda: (bot.app._telegram.silence() or 0) < 0.1)
    assert (await bot.asked())[0] == 200


async def test_who_waits_too_long_is_noticed(
    bot: Watched, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inbox, "waiting", lambda *_: [])
    eve = town.person("Eve")
    eve.says("bonjour")
    await bot.until(lambda: bot.rows("select 1 from inbox where state = 'waiting'"))
    assert (await bot.asked())[0] == 200
    town.passes(timedelta(seconds=health.WAITING + 1))
    status, said = await bot.asked()
    assert (status, said["reasons"]) == (503, ["inbox"])


async def test_a_notice_that_does_not_leave_is_noticed(bot: Watched, town: Town) -> None:
    due = bot.app.scene().now
    town.telegram.faults.flood(3600)
    await bot.store.do(lambda kept: kept.staff.invite("x" * 22, Role.REFERENTE, "", due + timedelta(hours=1)))
    town.person("Claire").starts("x" * 22)
    await bot.until(lambda: bot.rows("select 1 from notice"))
    town.passes(timedelta(seconds=health.LATE + 5))
    _, said = await bot.asked()
    assert "notice" in said["reasons"]


async def test_a_database_that_takes_nothing_is_unwell_and_not_ready(bot: Watched) -> None:
    with looking(bot.url) as engine:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE inbox RENAME TO elsewhere"))
        status, said = await bot.asked()
        assert (status, said["reasons"]) == (503, ["database"])
        assert (await bot.asked("/readyz"))[0] == 503
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO inbox"))
    assert (await bot.asked())[0] == 200


@pytest.mark.sqlite
async def test_on_a_full_disk_it_can_take_no_update(bot: Watched) -> None:
    async with full_disk(bot):
        assert (await bot.asked())[1]["reasons"] == ["database"]
        assert (await bot.asked("/readyz"))[0] == 503
    assert (await bot.asked("/readyz"))[0] == 200


@pytest.mark.sqlite
async def test_a_database_that_does_not_answer_is_not_waited_for(
    bot: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "SLOW", 0.1)
    with looking(bot.url) as engine, engine.begin():
        assert (await bot.asked())[1]["database_writable"] is False


@pytest.mark.sqlite
async def test_a_disk_that_is_nearly_full_is_noticed(bot: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FULL", 1e12)
    status, said = await bot.asked()
    assert (status, said["reasons"]) == (503, ["disk"])
    assert said["disk_free_megabytes"] > 0


async def test_nothing_else_is_at_that_port(bot: Watched) -> None:
    for path in ("/", "/telegram", "/healthz/x"):
        assert (await bot.asked(path))[0] == 404
