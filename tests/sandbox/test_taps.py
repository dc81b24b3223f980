"""A tap is answered once, and soon."""

from datetime import timedelta

import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from sandbox.people import Person
from sandbox.town import Town
from tests.sandbox.refusals import refused

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
GO = InlineKeyboardMarkup([[InlineKeyboardButton("Suite", callback_data="go")]])


@pytest.fixture
async def shown(bot: Bot, ann: Person) -> Message:
    return await bot.send_message(ann.user.id, "Un", reply_markup=GO)


async def taps(bot: Bot) -> list[CallbackQuery]:
    return [update.callback_query for update in await bot.get_updates() if update.callback_query]


@pytest.mark.usefixtures("shown")
async def test_the_second_answer_comes_too_late(bot: Bot, ann: Person) -> None:
    ann.taps("Suite")
    (tap,) = await taps(bot)
    assert await tap.answer("Noté")
    with refused(TOO_OLD):
        await tap.answer("Noté")
    assert ann.toasts == ["Noté"]


@pytest.mark.usefixtures("shown")
async def test_a_late_answer_is_refused(bot: Bot, town: Town, ann: Person) -> None:
    ann.taps("Suite")
    town.passes(timedelta(seconds=16))
    (tap,) = await taps(bot)
    with refused(TOO_OLD):
        await tap.answer()


@pytest.mark.usefixtures("shown")
async def test_each_press_is_a_tap_of_its_own(bot: Bot, ann: Person) -> None:
    ann.presses_twice("Suite")
    first, second = await taps(bot)
    assert first.id != second.id
    assert await first.answer()
    assert await second.answer()


@pytest.mark.usefixtures("shown")
async def test_an_answer_has_at_most_200_characters_and_opens_no_page(bot: Bot, ann: Person) -> None:
    ann.taps("Suite")
    (tap,) = await taps(bot)
    with refused("MESSAGE_TOO_LONG"):
        await tap.answer("x" * 201)
    with refused("URL_INVALID"):
        await tap.answer(url="https://example.org")
    await tap.answer("x" * 200, show_alert=True)
    assert ann.toasts == ["x" * 200]


@pytest.mark.usefixtures("shown")
async def test_forged_data_arrives_like_any_other(bot: Bot, ann: Person) -> None:
    ann.forges("admin:1")
    (tap,) = await taps(bot)
    assert tap.data == "admin:1"


async def test_a_tap_on_a_message_that_is_gone_is_inaccessible(bot: Bot, ann: Person, shown: Message) -> None:
    under = ann.screen
    await shown.delete()
    ann.forges("go", on=under)
    (tap,) = await taps(bot)
    assert tap.message
    assert not tap.message.is_accessible
    assert tap.message.message_id == shown.message_id


@pytest.mark.usefixtures("shown")
async def test_a_tap_can_be_lost(bot: Bot, town: Town, ann: Person) -> None:
    town.telegram.faults.lose_taps()
    assert not ann.taps("Suite").arrived
    assert await taps(bot) == []
    assert ann.taps("Suite").arrived
    assert len(await taps(bot)) == 1
