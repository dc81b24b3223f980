"""The bot was away and is back: whoever answers for it is told once, in the référente's time."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.handing import Role, enrolled, ticked

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10 h in Paris, while she works


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


@pytest.fixture
def claire(town: Town) -> Person:
    return town.person("Claire")


@pytest.fixture
async def bot(town: Town, url: str, claire: Person) -> AsyncIterator[Running]:
    """The bot, running since a while."""
    running = Running(town, url)
    running.awake = MovableClock(lambda: MONDAY)
    running.start()
    await enrolled(running, claire)
    await ticked(running)
    yield running
    if not running.task.done():
        await running.stop()


async def away(bot: Running, minutes: int) -> None:
    """The bot is stopped, and so much real time passes until it ticks again."""
    await bot.stop()
    bot.awake.moves(timedelta(minutes=minutes))
    bot.start()
    await bot.until(lambda: not bot.app._telegram.away)
    await ticked(bot)


async def test_after_an_absence_the_referente_and_the_coordinator_are_told_once(
    bot: Running, claire: Person, town: Town
) -> None:
    paul, agent = town.person("Paul"), town.person("Aline")
    await enrolled(bot, paul, Role.COORDINATION)
    await enrolled(bot, agent, Role.AGENT, "Escautpont")
    before = agent.reads()
    await away(bot, 75)
    for person in (claire, paul):
        assert person.sees("Le bot est revenu")
        assert person.sees("Il ne répondait plus le lundi 23 novembre 2026, de 10:00 à 11:15.")
    assert agent.reads() == before, "agents have nothing to do about it"
    sent = len(town.telegram.ledger.calls("sendMessage", claire.user.id))
    bot.awake.moves(timedelta(minutes=1))
    await ticked(bot)
    assert len(town.telegram.ledger.calls("sendMessage", claire.user.id)) == sent


async def test_an_absence_over_midnight_names_both_days(bot: Running, claire: Person) -> None:
    await away(bot, 16 * 60)
    assert claire.sees(
        "Il ne répondait plus du lundi 23 novembre 2026, 10:00, au mardi 24 novembre 2026, 02:00."
    )


async def test_a_short_stop_is_not_worth_a_word(bot: Running, claire: Person) -> None:
    await away(bot, 14)
    assert not claire.sees("Le bot est revenu")


async def test_outside_her_hours_the_word_waits(bot: Running, claire: Person, town: Town) -> None:
    town.passes(timedelta(hours=14))
    await away(bot, 60)
    assert not claire.sees("Le bot est revenu")
    town.passes(timedelta(days=7, hours=-14))
    await ticked(bot)
    history = claire.transcript()
    assert "Le bot est revenu" in history


async def test_telegram_away_is_an_absence_too(
    bot: Running, claire: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.calls.telegram.SILENT", 0.0)
    bot.awake.moves(timedelta(minutes=60))
    await bot.app.clockwork.tick()
    assert bot.rows("select * from notice where kind = 'revenu'") == [], "nobody could be told"
    monkeypatch.setattr("bot.calls.telegram.SILENT", 150.0)
    bot.awake.moves(timedelta(minutes=5))
    await ticked(bot)
    assert claire.sees("de 10:00 à 11:05")


async def test_moving_the_clock_of_the_sandbox_is_no_absence(
    bot: Running, claire: Person, town: Town
) -> None:
    await bot.stop()
    town.passes(timedelta(days=7))
    bot.start()
    await bot.until(lambda: not bot.app._telegram.away)
    await ticked(bot)
    assert "Le bot est revenu" not in claire.transcript()
