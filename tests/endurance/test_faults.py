"""What the table of faults promises and no other test shows, a fault at a time."""

import asyncio
import re
import sqlite3
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from conversations.handover.request import Contact
from sandbox.people import Person, plain
from sandbox.server import TelegramServer
from sandbox.town import Town
from storage.store import Store
from tests.bot.conftest import ROOT, Running
from tests.bot.handing import enrolled, sent, ticked
from tests.bot.processes import environment, forked
from tests.endurance.faults import FAULTS
from tests.figures import Report

ASK = "Puis-je demander un microcrédit ?"
NAMES = (
    "<a href='https://x.test'>Zoé</a>",
    "*Zoé* _Zoé_ `Zoé` [Zoé](https://x.test)",
    "\u202eéoZ",
    "Zo\u200bé",
    "👩‍👩‍👧 Zoé 🇫🇷",
    '&lt;b&gt; & «Zoé» "Zoé"',
)


def text(person: Person) -> str:
    """Everything that stands in their chat."""
    return "\n".join(message.text for message in person.chat.messages.values())


async def asked(town: Town, count: int) -> list[Person]:
    """People before the first question."""
    people = [town.person(f"P{number}") for number in range(count)]
    for person in people:
        person.starts()
    await town.until(lambda: all(ASK in map(plain, person.buttons()) for person in people), "home", 30)
    for person in people:
        person.taps(ASK)
    await town.until(lambda: all("Escautpont" in person.buttons() for person in people), "question 1", 30)
    return people


def test_every_fault_has_a_test() -> None:
    marked = {
        int(number)
        for path in (ROOT / "tests").rglob("test_*.py")
        for number in re.findall(r"pytest\.mark\.fault\((\d+)\)", path.read_text(encoding="utf-8"))
    }
    assert marked == set(FAULTS)


@pytest.mark.fault(4)
async def test_after_an_hour_without_telegram_everybody_is_answered_in_order(
    bot: Running, town: Town, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await asked(town, 20)
    writers, tappers = people[:10], people[10:]

    async def briefly(*_: object) -> None:
        await asyncio.sleep(0.02)

    monkeypatch.setattr("bot.calls.patience.Patience.wait", briefly)
    town.telegram.faults.go_away()
    for person in writers:
        person.says("escautpont")
        person.says("25 à 59 ans")
    for person in tappers:
        person.taps("Escautpont")
    await asyncio.sleep(0.2)
    town.passes(timedelta(hours=1))
    town.telegram.faults.come_back()
    now = asyncio.get_running_loop().time
    begun = now()
    await town.until(lambda: all(person.sees("Question 3") for person in writers), "both words, in order")
    worst = now() - begun
    for person in tappers:  # Telegram forgets a tap after 150 seconds: what they see is still true
        person.taps("Escautpont")
    await town.until(lambda: all(person.sees("Quel âge avez-vous ?") for person in tappers), "the next one")
    report(tries=len(people), worst=worst)


@pytest.mark.fault(6)
@pytest.mark.parametrize("seconds", [1, 60, 3600])
async def test_a_chat_that_has_to_wait_is_not_called_before_and_the_others_do_not_wait(
    bot: Running, town: Town, seconds: int, report: Report
) -> None:
    ann, *others = await asked(town, 21)
    town.telegram.faults.flood(seconds, ann.user.id)
    before = len(town.telegram.ledger.calls(chat_id=ann.user.id))
    now = asyncio.get_running_loop().time
    first, delays = now(), []
    ann.says("escautpont")
    for person in others:
        begun = now()
        person.taps("Escautpont")
        await town.until(partial(person.sees, "Quel âge avez-vous ?"), "the next question")
        delays.append(now() - begun)
    assert sorted(delays)[int(len(delays) * 0.95)] < 2
    calls = [call.status for call in town.telegram.ledger.calls(chat_id=ann.user.id)][before:]
    assert set(calls) == {429}
    assert len(calls) <= 1 + (now() - first) / seconds, "asked once, then left alone for so long"
    if seconds == 1:
        town.passes(timedelta(seconds=1))
        await town.until(lambda: ann.sees("Quel âge avez-vous ?"), "hers too, once the second is over")
    report(tries=len(others), worst=max(delays))


@pytest.mark.fault(7)
async def test_a_card_that_she_deleted_comes_back(bot: Running, town: Town, report: Report) -> None:
    anne, zoe = town.person("Anne"), town.person("Zoé")
    await enrolled(bot, anne)
    reference = await sent(bot, zoe)
    assert anne.screen is not None
    anne.deletes(anne.screen)
    await bot.store.do(lambda kept: kept.outbox.redraw(reference))
    await ticked(bot)
    await town.until(lambda: "Voir le contact" in anne.buttons(), "the card, in a new message")
    report()


@pytest.mark.fault(7)
async def test_on_a_new_phone_she_finds_what_is_open_and_the_old_one_shows_nothing(
    bot: Running, town: Town, report: Report
) -> None:
    anne, again, zoe = town.person("Anne"), town.person("Anne"), town.person("Zoé")
    await enrolled(bot, anne)
    reference = await sent(bot, zoe)
    anne.taps("Voir le contact")
    await town.until(lambda: "Kanari" in text(anne), "the contact")
    await bot.store.do(lambda kept: kept.desk.dismiss(anne.user.id, bot.app.scene().now))
    await enrolled(bot, again)
    await ticked(bot)
    await town.until(lambda: reference in text(again), "the open request")
    await town.until(lambda: "Kanari" not in text(anne), "nothing on the old phone")
    report()


@pytest.mark.fault(13)
async def test_a_forwarded_card_is_refused_even_ones_own(bot: Running, town: Town, report: Report) -> None:
    zoe, paul = town.person("Zoé"), town.person("Paul")
    zoe.starts()
    await zoe.waits()
    zoe.taps("Être rappelé(e)")
    await zoe.waits()
    while "J’accepte" not in zoe.keyboard():
        zoe.taps(next(label for label in ("Je ne sais pas", "Être rappelé(e)") if label in zoe.buttons()))
        await zoe.waits()
    zoe.presses("J’accepte")
    await zoe.waits()
    zoe.says("Zoé")
    await zoe.waits()
    for share, whose in (
        (zoe.shares_contact_of, paul),
        (zoe.forwards_contact_of, paul),
        (zoe.forwards_contact_of, zoe),
    ):
        share(whose)
        await zoe.waits()
        assert "Partager mon numéro" in zoe.keyboard(), "it is asked for again"
    zoe.presses("Partager mon numéro")
    await zoe.waits()
    assert "Par téléphone" in zoe.buttons()
    report(tries=4)


@pytest.mark.fault(14)
async def test_a_name_is_shown_as_it_was_typed(bot: Running, town: Town, report: Report) -> None:
    anne = town.person("Anne")
    await enrolled(bot, anne)
    for name in NAMES:
        await sent(bot, town.person(name[:20]), Contact(name, "+33639980042"))
        anne.taps("Voir le contact")
        await anne.waits(quiet=0.05)
        shown = name.replace("\u202e", "")  # Telegram itself takes it out
        assert any(shown in message.text for message in anne.chat.messages.values()), ascii(name)
    refused = [call for call in town.telegram.ledger if call.status == 400]
    assert [call for call in refused if "not modified" not in call.description] == []
    report(tries=len(NAMES))


@pytest.mark.fault(19)
@pytest.mark.sqlite
async def test_told_to_end_at_any_moment_it_leaves_no_lock(
    tmp_path: Path, report: Report, endurance: str
) -> None:
    tries = 3 if endurance == "quick" else 30
    town = Town()
    people = [town.person(f"P{number}") for number in range(5)]
    async with TelegramServer(town.telegram) as server:
        env = environment(server.url, tmp_path)
        for number in range(tries):
            with forked(env) as process:
                for person in people:
                    person.starts()
                await town.until(lambda: len(town.telegram.queue) < len(people), "some are taken", within=60)
                await asyncio.sleep(0.003 * number)
                process.terminate()
                await asyncio.to_thread(process.join, 10)
                assert process.exitcode == 0
            with sqlite3.connect(tmp_path / "bot.db", timeout=0, isolation_level=None) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            connection.close()
    Store(env["DATABASE_URL"]).close()
    report(tries=tries)


@pytest.mark.fault(21)
async def test_a_clock_that_is_a_day_wrong_purges_nothing_early(
    bot: Running, town: Town, report: Report
) -> None:
    anne, zoe = town.person("Anne"), town.person("Zoé")
    await enrolled(bot, anne)
    reference = await sent(bot, zoe)
    days = bot.app.scene().programme.retention.handover_open
    for moved in (timedelta(days=-1), timedelta(days=2), timedelta(days=-1), timedelta(days=days - 1)):
        town.passes(moved)
        await bot.app.clockwork.tick()
        assert bot.rows(f"select 1 from request where reference = '{reference}'")
    town.passes(timedelta(days=1))
    await bot.app.clockwork.tick()
    assert not bot.rows("select 1 from request")
    report(tries=5)


@pytest.mark.fault(22)
@pytest.mark.parametrize("first", "=+-@")
async def test_a_formula_reaches_no_figure(bot: Running, town: Town, first: str, report: Report) -> None:
    """The figures hold words of the programme and numbers alone: what somebody typed is never among them."""
    ann = town.person("Ann")
    ann.starts(f"{first}1+1")
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    while "Je ne sais pas" in ann.buttons():
        ann.taps("Je ne sais pas")
        await ann.waits()
    [lead] = bot.rows("select * from lead")
    cells = [str(cell) for cell in lead._mapping.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    report(tries=len(cells))
