"""Telegram away, refusing, or silent after it did what it was asked: nobody is lost, nothing is doubled."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.people import Person
from sandbox.telegram import Away
from sandbox.town import Town
from tests.bot.conftest import Running

pytestmark = pytest.mark.usefixtures("bot")

ASK = "Puis-je demander un microcrédit ?"


def calls(town: Town, method: str) -> list[int | None]:
    return [call.status for call in town.telegram.ledger if call.method == method]


async def asked(person: Person) -> None:
    """Up to the first question."""
    person.starts()
    await person.waits()
    person.taps(ASK)
    await person.waits()


@pytest.mark.fault(5)
async def test_a_message_whose_answer_was_lost_is_not_sent_twice(ann: Person, town: Town) -> None:
    await asked(ann)
    town.telegram.faults.lose_answers(1, "sendMessage")
    ann.says("condé")
    await town.settles()
    await asyncio.sleep(0.3)
    assert ann.sees("Quel âge avez-vous ?")
    assert calls(town, "sendMessage") == [200, 200]


@pytest.mark.fault(5)
async def test_a_message_nobody_heard_of_becomes_the_living_one_when_it_is_tapped(
    ann: Person, town: Town
) -> None:
    await asked(ann)
    town.telegram.faults.lose_answers(1, "sendMessage")
    ann.says("condé")
    await town.settles()
    unheard = ann.screen
    ann.taps("25 à 59 ans", on=unheard)
    await ann.waits()
    assert ann.screen is unheard
    assert ann.sees("Question 3")
    assert ann.living == [unheard], "the screen before it lost its buttons"


async def test_a_person_who_saw_nothing_speaks_again_and_is_answered(ann: Person, town: Town) -> None:
    await asked(ann)
    town.telegram.faults.lose_answers(1, "sendMessage")
    ann.says("condé")
    await town.settles()
    ann.says("25 à 59 ans")
    await ann.waits()
    assert ann.sees("Question 3")


@pytest.mark.fault(5)
async def test_an_edit_whose_answer_was_lost_is_repeated(bot: Running, ann: Person, town: Town) -> None:
    await asked(ann)
    town.telegram.faults.lose_answers(1, "editMessageText")
    ann.taps("Escautpont")
    await ann.waits()
    await bot.until(lambda: bot.rows("select 1 from dialogue where shown_revision = revision"))
    assert ann.sees("Quel âge avez-vous ?")
    assert calls(town, "editMessageText")[-1] == 400, "not modified: it had arrived"
    assert calls(town, "sendMessage") == [200]


async def test_a_screen_that_was_deleted_is_sent_anew(ann: Person) -> None:
    await asked(ann)
    assert ann.screen is not None
    gone = ann.screen
    tap = ann.taps("Escautpont")
    ann.deletes(gone)
    await ann.waits()
    assert tap.answered
    assert ann.screen is not gone
    assert ann.sees("Quel âge avez-vous ?")


@pytest.mark.parametrize("how", list(Away))
@pytest.mark.fault(4)
async def test_telegram_away_at_the_start_is_waited_for_and_then_drained_in_order(
    town: Town, bot: Running, how: Away
) -> None:
    await bot.stop()
    town.telegram.faults.go_away(how)
    people = [town.person(name) for name in ("Ann", "Ben", "Cleo")]
    for person in people:
        person.starts()
        person.says("/langue")
    bot.start()
    await asyncio.sleep(0.5)
    town.telegram.faults.come_back()
    await town.settles()
    assert all(person.sees("Choisissez votre langue") for person in people)


@pytest.mark.fault(4)
async def test_a_tap_that_telegram_dropped_while_it_was_away_can_be_made_again(
    ann: Person, town: Town
) -> None:
    await asked(ann)
    town.telegram.faults.go_away()
    ann.taps("Escautpont")
    await asyncio.sleep(0.1)
    town.passes(timedelta(minutes=10))
    town.telegram.faults.come_back()
    await town.settles()
    assert ann.sees("Dans quelle commune habitez-vous ?")
    ann.taps("Escautpont")
    await town.settles()
    assert ann.sees("Quel âge avez-vous ?")


async def test_a_tap_answered_too_late_still_changes_the_screen(
    bot: Running, ann: Person, town: Town
) -> None:
    await asked(ann)
    await bot.stop()
    ann.taps("Escautpont")
    town.passes(timedelta(seconds=140))
    town.telegram.faults.latency = 0
    bot.start()
    await bot.until(lambda: ann.sees("Quel âge avez-vous ?"))


async def test_somebody_who_blocked_the_bot_is_left_in_peace_until_they_speak(
    ann: Person, town: Town
) -> None:
    await asked(ann)
    ann.taps("Escautpont")
    ann.blocks_bot()
    await town.settles()
    before = len(town.telegram.ledger)
    await asyncio.sleep(0.3)
    assert len(town.telegram.ledger) == before
    ann.unblocks_bot()
    ann.says("25 à 59 ans")
    await ann.waits()
    assert ann.sees("Question 3"), "the tap before the block was not lost"


@pytest.mark.fault(6)
async def test_a_chat_that_is_told_to_wait_is_left_alone_and_others_are_not(
    bot: Running, ann: Person, town: Town
) -> None:
    await asked(ann)
    ben = town.person("Ben")
    await asked(ben)
    town.telegram.faults.flood(1, ann.user.id)
    ann.says("condé")
    await asyncio.sleep(0.1)
    ann.says("25 à 59 ans")
    ben.says("condé")
    await ben.waits()
    assert ben.sees("Quel âge avez-vous ?")
    refused = [call for call in town.telegram.ledger if call.status == 429]
    assert len(refused) == 1, "asked once, then waited"
    await bot.until(lambda: ann.sees("Question 3"))


@pytest.mark.fault(17)
async def test_one_person_writing_without_pause_costs_the_others_little(
    bot: Running, ann: Person, town: Town
) -> None:
    await asked(ann)
    ben = town.person("Ben")
    await asked(ben)
    town.telegram.faults.latency = 0.02
    for number in range(300):
        ann.says(f"{number}")
    loop = asyncio.get_running_loop()
    begun = loop.time()
    ben.taps("Escautpont")
    await bot.until(lambda: ben.sees("Quel âge avez-vous ?"))
    assert loop.time() - begun < 3
    town.telegram.faults.latency = 0
    await town.settles()
    sent = [
        call for call in town.telegram.ledger if call.method == "sendMessage" and call.chat_id == ann.user.id
    ]
    assert len(sent) < 100, "screens nobody could have seen are left out"


async def test_a_webhook_left_over_is_removed_when_polling_starts(
    bot: Running, ann: Person, town: Town
) -> None:
    await bot.stop()
    town.telegram.webhook.url = "https://ccas.test/hook"
    bot.start()
    ann.starts()
    await ann.waits(within=5)
    assert not town.telegram.webhook.url
