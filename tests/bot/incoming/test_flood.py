"""Somebody who sends without pause, a full inbox, a full disk: others are answered, nothing is lost."""

import asyncio
import os
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

import pytest

from bot.calls.rate import Rate
from bot.incoming import intake
from bot.turns import haste
from bot.turns.worker import Worker
from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.disk import full_disk
from tests.bot.handing import enrolled
from tests.bot.processes import command, environment
from tests.figures import Report

ASK = "Puis-je demander un microcrédit ?"
SECONDS = {"quick": 3, "ci": 20, "full": 300}


def megabytes(pid: int) -> float:
    """The memory of a process now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def walks(person: Person, delays: list[float], until: float) -> None:
    """Walk through the questionnaire, again and again; keep how long each answer took."""
    clock = asyncio.get_running_loop().time
    while clock() < until:
        person.taps("Je ne sais pas" if "Je ne sais pas" in person.buttons() else ASK)
        begun = clock()
        await person.waits(quiet=0)
        delays.append(clock() - begun)
        if not {"Je ne sais pas", ASK} & set(person.buttons()):
            person.says("/recommencer")
            await person.waits(quiet=0)  # it is never quiet here
        await asyncio.sleep(0.1)


@pytest.mark.fault(17)
@pytest.mark.timeout(600)
async def test_one_person_sends_100_messages_a_second_while_ten_others_walk(
    town: Town, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endurance: str, report: Report
) -> None:
    """The bot is a process of its own: Telegram keeps what was sent, and its memory is not the bot's."""
    monkeypatch.setattr("sandbox.waiting.idle", lambda _: True)  # it never is, while Ann writes
    ann, *others = [town.person(f"Ann {number}") for number in range(11)]
    loop, seconds, delays = asyncio.get_running_loop(), SECONDS[endurance], list[float]()
    async with TelegramServer(town.telegram) as server:
        env = environment(server.url, tmp_path, DATABASE_URL=url, LOG_LEVEL="INFO")
        with command(env, tmp_path) as process:
            for person in (ann, *others):
                person.starts()
                await town.until(lambda: person.sees("Microcrédit"), "an answer", within=60)  # noqa: B023 — at once
            begun, sent, before = loop.time(), 0, 0.0
            walking = [asyncio.create_task(walks(person, delays, begun + seconds)) for person in others]
            while (passed := loop.time() - begun) < seconds:
                for number in range(sent, sent := int(passed * 100)):
                    ann.says(f"{number} " + "x" * 1000)
                if not before and passed > seconds / 3:
                    before = megabytes(process.pid)
                await asyncio.sleep(0.01)
            await asyncio.gather(*walking)
            grown = megabytes(process.pid) - before
    report(tries=sent, worst=max(delays))
    assert sent >= seconds * 90
    assert len(delays) > seconds * 5
    assert quantiles(delays, n=20)[-1] < 1, "p95, in seconds"
    assert grown < 10, "megabytes"


async def test_of_what_is_sent_in_haste_a_part_is_answered_and_the_rest_is_said_to_be_let_go(
    bot: Running, ann: Person, town: Town
) -> None:
    await bot.stop()
    ann.starts()
    for _ in range(2 * haste.SHARE):
        ann.says("bonjour")
    ben = town.person("Ben")
    ben.starts()
    bot.start()
    await town.until(lambda: ben.sees("Microcrédit personnel"), "an answer")
    await town.until(lambda: ann.sees("Vous allez vite. Je n'ai pas tout lu."), "a word about it")
    assert bot.rows("select count(*) from inbox where state = 'waiting'") == [(0,)]
    assert bot.rows("select count(*) from inbox where state = 'aside'") == [(haste.SHARE,)]
    ann.taps(ASK)
    await ann.waits()
    assert ann.sees("Dans quelle commune habitez-vous ?")
    assert not ann.sees("Vous allez vite"), "said once"


async def test_a_member_of_the_staff_in_haste_is_no_resident(bot: Running, town: Town) -> None:
    claire = town.person("Claire")
    await enrolled(bot, claire)
    await bot.stop()
    seen = claire.reads()
    for _ in range(haste.SHARE + 1):
        claire.says("/attente")
    bot.start()
    await town.until(lambda: claire.reads() != seen, "an answer")
    assert bot.rows("select * from dialogue") == []


@pytest.mark.fault(9)
async def test_with_a_full_inbox_telegram_keeps_what_comes(
    bot: Running, ann: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST", 20)
    monkeypatch.setattr(intake, "OFTEN", 1)
    monkeypatch.setattr("bot.incoming.polling.LATER", 0.05)
    free, turns = asyncio.Event(), Worker._turns

    async def busy(worker: Worker) -> None:
        await free.wait()
        await turns(worker)

    monkeypatch.setattr(Worker, "_turns", busy)
    people = [town.person(f"Ben {number}") for number in range(150)]
    for person in people:
        person.starts()
    await bot.until(lambda: bot.rows("select 1 from inbox where state = 'waiting'"))
    await asyncio.sleep(0.5)
    [(waiting,)] = bot.rows("select count(*) from inbox where state = 'waiting'")
    assert waiting == 100, "one answer of Telegram"
    assert len(town.telegram.queue) == 150, "not confirmed before the next question"
    free.set()
    await town.until(
        lambda: all(person.sees("Microcrédit personnel") for person in people), "answers", within=30
    )


@pytest.mark.sqlite
@pytest.mark.fault(9)
async def test_on_a_full_disk_people_are_told_once_and_served_as_soon_as_there_is_room(
    bot: Running, ann: Person, town: Town, report: Report
) -> None:
    ben = town.person("Ben")
    for person in (ann, ben):
        person.starts()
        await person.waits()
    async with full_disk(bot):
        long = "é" * 4000
        tap = ann.taps(ASK)
        ben.says(long)
        await bot.until(lambda: ben.sees("Je ne peux rien noter en ce moment. Je vous réponds"))
        ben.says(long)
        await asyncio.sleep(0.3)
        assert len(town.telegram.queue) > 0, "nothing was confirmed"
        told = [message for message in ben.chat.messages.values() if "Je ne peux rien noter" in message.text]
        assert len(told) == 1
    await town.until(lambda: ben.sees("C'est trop long pour moi"), "an answer", within=40)
    await town.until(lambda: ann.sees("Dans quelle commune habitez-vous ?"), "an answer")
    assert tap.answered
    report(tries=3, lost=0)


async def test_calls_that_show_something_keep_the_pace_and_no_call_is_slower_than_it() -> None:
    now = 100.0
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    rate = Rate(30, lambda: now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.calls.rate.asyncio.sleep", sleep)
        for _ in range(30):
            await rate.turn()
        assert naps == [], "what was not used before"
        for _ in range(60):
            await rate.turn()
        assert naps[-1] == pytest.approx(2.0)
        assert all(later - sooner == pytest.approx(1 / 30) for sooner, later in pairwise(naps))
        now, naps = 200.0, []
        rate.share(2)
        for _ in range(45):
            await rate.turn()
        assert naps[-1] == pytest.approx(2.0), "with two workers, fifteen a second each"
        naps = []
        await Rate(0.5, lambda: now).turn()
        assert naps == [], "the first one never waits"
        free = Rate(0, lambda: now)
        for _ in range(1000):
            await free.turn()
        assert naps == []


async def test_an_answer_to_a_tap_does_not_wait_in_the_line(bot: Running, ann: Person, town: Town) -> None:
    ann.starts()
    await ann.waits()
    telegram = bot.app._telegram
    telegram.rate = Rate(1, lambda: asyncio.get_running_loop().time())
    await telegram.rate.turn()
    tap = ann.taps(ASK)
    await bot.until(lambda: tap.answered, within=1)
    assert ann.sees("Microcrédit personnel"), "the screen waits for its turn"
    await ann.waits()
