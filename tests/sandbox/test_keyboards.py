"""Buttons under a message and keys in place of the keyboard."""

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from sandbox.people import Person
from tests.sandbox.refusals import raw, refused


def one(**action: object) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("A", **action)]])  # type: ignore[arg-type]


@pytest.mark.parametrize("data", ["x", "x" * 64, "é" * 32])
async def test_callback_data_of_1_to_64_bytes_comes_back_with_the_tap(
    bot: Bot, ann: Person, data: str
) -> None:
    await bot.send_message(ann.user.id, "Choisissez", reply_markup=one(callback_data=data))
    ann.taps("A")
    (_, tapped) = await bot.get_updates()
    assert tapped.callback_query
    assert tapped.callback_query.data == data
    assert tapped.callback_query.from_user.id == ann.user.id


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (one(callback_data="é" * 32 + "x"), "BUTTON_DATA_INVALID"),
        (one(), "Text buttons are unallowed in the inline keyboard"),
        (one(callback_data="a", url="https://example.org"), "exactly one action"),
        (one(url="pas une adresse"), "BUTTON_url_invalid"),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton(" ", callback_data="a")]]),
            'field "text" of button 0 must be a text',
        ),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]] * 101),
            "reply markup is too long",
        ),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")] * 9]),
            "reply markup is too long",
        ),
        (
            ReplyKeyboardMarkup([[KeyboardButton("A", request_contact=True, request_location=True)]]),
            "one thing at most",
        ),
    ],
)
async def test_a_wrong_button_is_refused(
    bot: Bot, ann: Person, markup: InlineKeyboardMarkup, reason: str
) -> None:
    with refused(reason):
        await bot.send_message(ann.user.id, "Choisissez", reply_markup=markup)
    assert ann.reads() == ""


async def test_markup_must_be_one_of_the_four_kinds(bot: Bot, ann: Person) -> None:
    for markup in ("[]", '{"rows":[]}', '{"inline_keyboard":[1]}', '{"remove_keyboard":false}', "{"):
        with pytest.raises(BadRequest):
            await raw(bot, "sendMessage", chat_id=ann.user.id, text="x", reply_markup=markup)


async def test_a_keyboard_asks_for_the_contact_and_goes_away(bot: Bot, ann: Person) -> None:
    keys = ReplyKeyboardMarkup([[KeyboardButton("Mon numéro", request_contact=True), "Plus tard"]])
    await bot.send_message(ann.user.id, "Votre numéro ?", reply_markup=keys)
    assert ann.keyboard() == ["Mon numéro", "Plus tard"]
    assert ann.buttons() == []

    ann.presses("Plus tard")
    ann.presses("Mon numéro")
    (_, later, shared) = await bot.get_updates()
    assert later.message
    assert later.message.text == "Plus tard"
    assert shared.message
    assert shared.message.contact
    assert shared.message.contact.user_id == ann.user.id
    assert shared.message.contact.phone_number == ann.user.phone

    await bot.send_message(ann.user.id, "Merci", reply_markup=ReplyKeyboardRemove())
    assert ann.keyboard() == []


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: Bot, ann: Person) -> None:
    for markup in (ReplyKeyboardMarkup([["A"]]), ReplyKeyboardRemove()):
        sent = await bot.send_message(ann.user.id, "Votre numéro ?", reply_markup=markup)
        with refused("Message can't be edited"):
            await sent.edit_text("Autre chose")


async def test_an_edit_takes_an_inline_keyboard_only(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "Un")
    with refused("Inline keyboard expected"):
        await raw(
            bot,
            "editMessageText",
            chat_id=ann.user.id,
            message_id=sent.message_id,
            text="Deux",
            reply_markup=ReplyKeyboardMarkup([["A"]]).to_json(),
        )
