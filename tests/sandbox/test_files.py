"""Photos and documents, sent, sent again by their id, and fetched."""

from io import BytesIO

import pytest
from PIL import Image
from telegram import Bot, InputMediaDocument

from sandbox.people import Person
from sandbox.town import Town
from tests.sandbox.refusals import refused


def picture(width: int, height: int) -> bytes:
    written = BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


async def test_a_document_keeps_its_name_and_bytes(bot: Bot, town: Town, ann: Person) -> None:
    sent = await bot.send_document(
        ann.user.id, b"%PDF-1.4 x", filename="tableau.pdf", caption="<b>À garder</b>", parse_mode="HTML"
    )
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size) == ("tableau.pdf", 10)
    assert sent.caption_entities
    assert ann.reads() == "À garder"
    assert ann.screen
    assert ann.screen.media
    assert town.telegram.files.content_of(ann.screen.media) == b"%PDF-1.4 x"
    assert await (await sent.document.get_file()).download_as_bytearray() == b"%PDF-1.4 x"


async def test_a_file_is_sent_again_by_its_id(bot: Bot, ann: Person) -> None:
    document = (await bot.send_document(ann.user.id, b"un", filename="un.txt")).document
    assert document
    again = await bot.send_document(ann.user.id, document.file_id)
    assert again.document == document
    photo = (await bot.send_photo(ann.user.id, picture(40, 30))).photo[-1]
    assert (photo.width, photo.height) == (40, 30)
    assert (await bot.send_photo(ann.user.id, photo.file_id)).photo == (photo,)
    with refused("can't use file of type Photo as Document"):
        await bot.send_document(ann.user.id, photo.file_id)
    edited = await again.edit_media(InputMediaDocument(document.file_id, caption="le même"))
    assert not isinstance(edited, bool)
    assert edited.document == document


async def test_wrong_files_are_refused(bot: Bot, ann: Person) -> None:
    with refused("IMAGE_PROCESS_FAILED"):
        await bot.send_photo(ann.user.id, b"not a picture")
    with refused("PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(ann.user.id, picture(2100, 100))
    with refused("PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(ann.user.id, picture(5001, 5000))
    with refused("file must be non-empty"):
        await bot.send_document(ann.user.id, b"")
    with refused("wrong file identifier"):
        await bot.send_document(ann.user.id, "https://example.org/a.pdf")
    with refused("invalid file_id"):
        await bot.get_file("unknown")
    assert ann.reads() == ""


async def test_a_document_of_more_than_50_mb_is_too_big(inside: Bot, ann: Person) -> None:
    with refused("file is too big"):
        await inside.send_document(ann.user.id, b"x" * ((50 << 20) + 1))


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document"])
async def test_what_people_send_is_read_by_the_library(bot: Bot, ann: Person, kind: str) -> None:
    sent = getattr(ann, f"sends_{kind}")()
    (_, update) = await bot.get_updates()
    assert update.message
    assert getattr(update.message, kind)
    assert update.message.message_id == sent.id
    assert f"> ({kind})" in ann.transcript()


async def test_places_cards_and_edits_are_read_by_the_library(bot: Bot, town: Town, ann: Person) -> None:
    bob = town.person("Bob", last_name="Martin")
    ann.sends_location()
    ann.shares_contact_of(bob)
    ann.forwards_contact_of(ann)
    ann.edits_message(ann.says("Condé"), "/Escautpont")
    _, place, card, forwarded, said, edited = (
        update.effective_message or pytest.fail("not a message") for update in await bot.get_updates()
    )
    assert place.location
    assert card.contact
    assert card.contact.user_id == bob.user.id
    assert forwarded.contact
    assert forwarded.contact.user_id == ann.user.id
    assert forwarded.forward_origin
    assert (said.text, said.edit_date) == ("Condé", None)
    assert edited.edit_date
    assert edited.text == "/Escautpont"
    assert edited.entities[0].type == "bot_command"
    assert ann.transcript().endswith("> Condé\n\n> (edited) /Escautpont\n")
