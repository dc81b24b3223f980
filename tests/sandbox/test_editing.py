"""Changing and taking away what was sent."""

from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message

from sandbox.people import Person
from sandbox.telegram.belongings import belonging
from sandbox.telegram.files import Files
from sandbox.town import Town
from tests.sandbox.refusals import refused

GO = InlineKeyboardMarkup([[InlineKeyboardButton("Suite", callback_data="go")]])
PIXEL = (files := Files()).content_of(belonging(files, "photo"))


async def test_the_same_content_is_not_modified(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "<b>Un</b>", parse_mode="HTML", reply_markup=GO)
    with refused("Message is not modified"):
        await sent.edit_text("<strong>Un</strong> ", parse_mode="HTML", reply_markup=GO)
    with refused("Message is not modified"):
        await sent.edit_reply_markup(GO)
    await sent.edit_text("Un", reply_markup=GO)  # another style is a change


async def test_an_edit_without_buttons_takes_them_away(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "Un", reply_markup=GO)
    assert [message.id for message in ann.living] == [sent.message_id]
    edited = await sent.edit_text("Deux")
    assert isinstance(edited, Message)
    assert edited.edit_date
    assert (ann.reads(), ann.buttons(), ann.living) == ("Deux", [], [])


async def test_a_message_that_is_not_there_is_not_found(bot: Bot, ann: Person) -> None:
    with refused("Message to edit not found"):
        await bot.edit_message_text("Un", ann.user.id, 10_000)
    with refused("Message to delete not found"):
        await bot.delete_message(ann.user.id, 10_000)
    sent = await bot.send_message(ann.user.id, "Un")
    assert ann.screen
    ann.deletes(ann.screen)
    with refused("Message to edit not found"):
        await sent.edit_text("Deux")


async def test_the_words_of_a_person_cannot_be_edited(bot: Bot, ann: Person) -> None:
    said = ann.says("Bonjour")
    with refused("Message can't be edited"):
        await bot.edit_message_text("Bonsoir", ann.user.id, said.id)


async def test_text_and_caption_are_not_the_same(bot: Bot, ann: Person) -> None:
    text = await bot.send_message(ann.user.id, "Un")
    photo = await bot.send_photo(ann.user.id, PIXEL, caption="Une image", reply_markup=GO)
    with refused("There is no text in the message to edit"):
        await photo.edit_text("Deux")
    with refused("There is no caption in the message to edit"):
        await text.edit_caption("Deux")
    await photo.edit_caption("La même image", reply_markup=GO)
    assert ann.reads() == "La même image"
    assert ann.buttons() == ["Suite"]


async def test_a_photo_is_exchanged_and_can_be_added_to_a_text(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "Un")
    edited = await sent.edit_media(InputMediaPhoto(PIXEL, caption="<i>Deux</i>", parse_mode="HTML"))
    assert isinstance(edited, Message)
    assert edited.photo
    assert edited.caption == "Deux"
    assert ann.transcript().endswith("< (photo) Deux\n")


async def test_messages_can_be_deleted_for_48_hours(bot: Bot, town: Town, ann: Person) -> None:
    said = ann.says("Bonjour")
    first, second = await bot.send_message(ann.user.id, "Un"), await bot.send_message(ann.user.id, "Deux")
    assert await first.delete()
    assert await bot.delete_message(ann.user.id, said.id)
    town.passes(timedelta(hours=48, seconds=1))
    with refused("can't be deleted"):
        await second.delete()
    assert ann.reads() == "Deux"


async def test_a_reply_needs_its_message(bot: Bot, ann: Person) -> None:
    said = ann.says("Bonjour")
    sent = await bot.send_message(ann.user.id, "Un", reply_to_message_id=said.id)
    assert sent.reply_to_message
    with refused("Message to be replied not found"):
        await bot.send_message(ann.user.id, "Un", reply_to_message_id=10_000)
    await bot.send_message(ann.user.id, "x", reply_to_message_id=10_000, allow_sending_without_reply=True)


async def test_protection_and_silence_are_kept(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "Un", protect_content=True, disable_notification=True)
    assert sent.has_protected_content
    assert ann.screen
    assert ann.screen.protected
    assert ann.screen.silent
