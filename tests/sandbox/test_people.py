"""People act and read; a small echo bot answers them through both doors."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from sandbox.people import CannotDoError, Person
from sandbox.town import Town
from sandbox.waiting import WaitedTooLongError

PLACES = InlineKeyboardMarkup(
    [[InlineKeyboardButton(name, callback_data=name) for name in ("Condé-sur-l’Escaut", "Escautpont")]]
)


async def answer(bot: Bot, update: Update) -> None:
    if update.callback_query is not None:
        await update.callback_query.answer("Noté")
        await update.callback_query.edit_message_text(f"Vous habitez {update.callback_query.data}.")
    elif update.message is not None and update.message.text == "/start":
        await bot.send_message(update.message.chat.id, "Où habitez-vous ?", reply_markup=PLACES)


@pytest.fixture
async def running(bot: Bot) -> AsyncIterator[None]:
    async def run() -> None:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=10):
                offset = update.update_id + 1
                await answer(bot, update)

    task = asyncio.create_task(run())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("running")
async def test_a_person_taps_and_reads_the_answer(ann: Person) -> None:
    await ann.waits()
    assert ann.sees("Où habitez-vous")
    assert ann.buttons() == ["Condé-sur-l’Escaut", "Escautpont"]

    ann.taps("Condé-sur-l'Escaut")
    await ann.waits()

    assert ann.reads() == "Vous habitez Condé-sur-l’Escaut."
    assert ann.toasts == ["Noté"]
    assert ann.transcript() == (
        "> /start\n"
        "< Où habitez-vous ?\n"
        "  [Condé-sur-l’Escaut] [Escautpont]\n"
        "\n"
        "> [Condé-sur-l’Escaut]\n"
        "< (toast) Noté\n"
        "< Vous habitez Condé-sur-l’Escaut.\n"
    )


@pytest.mark.usefixtures("running")
async def test_nobody_taps_what_is_not_there(ann: Person) -> None:
    await ann.waits()
    with pytest.raises(CannotDoError, match="Escautpont"):
        ann.taps("Paris")


def test_a_phone_sends_4096_characters_at_most(ann: Person) -> None:
    assert ann.says("é" * 4096).text == "é" * 4096
    with pytest.raises(CannotDoError):
        ann.says("é" * 4097)


@pytest.mark.usefixtures("running")
async def test_a_bot_that_says_nothing_is_told_so_without_content(ann: Person) -> None:
    await ann.waits()
    ann.says("mon secret")
    with pytest.raises(WaitedTooLongError) as told:
        await ann.waits(within=0.2)
    assert "sendMessage" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.usefixtures("running")
async def test_silence_can_be_checked(town: Town, ann: Person) -> None:
    await ann.waits()
    ann.says("bonjour")
    await town.stays_silent(0.1)
    ann.starts()
    with pytest.raises(WaitedTooLongError):
        await town.stays_silent(0.1)
