"""The methods that change a message the bot sent, or take one away."""

from datetime import timedelta
from typing import Any

from sandbox.telegram.access import editable_message, readable_chat
from sandbox.telegram.changes import What
from sandbox.telegram.given import Given, as_text
from sandbox.telegram.keyboards import read_inline_markup
from sandbox.telegram.markup import Styled
from sandbox.telegram.messages import Kind, Media, Message
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.words import read_caption, read_text
from sandbox.telegram.world import World

DELETABLE_FOR = timedelta(hours=48)


def edit_message_text(world: World, given: Given) -> dict[str, Any]:
    """`editMessageText`. Without `reply_markup` the inline keyboard goes away."""
    words = read_text(given)
    markup = read_inline_markup(given)
    message = editable_message(world, given)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, message, words, None, markup)


def edit_message_caption(world: World, given: Given) -> dict[str, Any]:
    """`editMessageCaption`. Without `reply_markup` the inline keyboard goes away."""
    words = read_caption(given)
    markup = read_inline_markup(given)
    message = editable_message(world, given)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, message, words, message.media, markup)


def edit_message_media(world: World, given: Given) -> dict[str, Any]:
    """`editMessageMedia`: another photo or document, or one added to a text message."""
    markup = read_inline_markup(given)
    asked = given.json("media")
    if not isinstance(asked, dict) or asked.get("type") not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: expected a photo or a document")
    words = read_caption(Given({name: as_text(value) for name, value in asked.items()}, {}))
    message = editable_message(world, given)
    media = world.files.media(asked["type"], given.referred(str(asked.get("media", ""))))
    return _edit(world, message, words, media, markup)


def edit_message_reply_markup(world: World, given: Given) -> dict[str, Any]:
    """`editMessageReplyMarkup`. Without `reply_markup` the inline keyboard goes away."""
    markup = read_inline_markup(given)
    message = editable_message(world, given)
    return _edit(world, message, message.words, message.media, markup)


def _edit(
    world: World, message: Message, words: Styled, media: Media | None, markup: dict[str, Any] | None
) -> dict[str, Any]:
    if (message.words, message.media, message.markup) == (words, media, markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    message.words, message.media, message.markup = words, media, markup
    message.edited_at = world.now()
    world.tell(What.EDITED, message.chat, message)
    return message.as_json()


def delete_message(world: World, given: Given) -> bool:
    """`deleteMessage`: its own messages, and in a private chat those of the person, up to 48 hours old."""
    chat = readable_chat(world, given)
    message = chat.messages.get(given.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    own = message.sender is world.me
    if world.now() - message.at > DELETABLE_FOR or not (own or chat.kind is Kind.PRIVATE):
        raise bad_request("message can't be deleted for everyone")
    world.remove(message)
    return True
