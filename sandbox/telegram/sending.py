"""The methods that put something new into a chat."""

from typing import Any

from sandbox.telegram.access import writable_chat
from sandbox.telegram.changes import What
from sandbox.telegram.given import Given
from sandbox.telegram.keyboards import read_markup
from sandbox.telegram.markup import Styled
from sandbox.telegram.messages import Chat, Media, Message
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.words import read_caption, read_text
from sandbox.telegram.world import World

_ACTIONS = """
    typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note
"""
ACTIONS = frozenset(_ACTIONS.split())


def send_message(world: World, given: Given) -> dict[str, Any]:
    """`sendMessage`."""
    words = read_text(given)
    return _send(world, given, words, None)


def send_photo(world: World, given: Given) -> dict[str, Any]:
    """`sendPhoto`, uploaded or by the id of one sent before."""
    words = read_caption(given)
    return _send(world, given, words, world.files.media("photo", given.file("photo")))


def send_document(world: World, given: Given) -> dict[str, Any]:
    """`sendDocument`, uploaded or by the id of one sent before."""
    words = read_caption(given)
    return _send(world, given, words, world.files.media("document", given.file("document")))


def send_chat_action(world: World, given: Given) -> bool:
    """`sendChatAction`."""
    if given.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell(What.TYPING, writable_chat(world, given), text=given.text("action"))
    return True


def _send(world: World, given: Given, words: Styled, media: Media | None) -> dict[str, Any]:
    markup = read_markup(given)
    chat = writable_chat(world, given)
    message = Message(
        id=world.next_message_id(chat),
        chat=chat,
        sender=world.me,
        at=world.now(),
        words=words,
        media=media,
        markup=markup,
        extra=_reply(chat, given),
        protected=given.flag("protect_content"),
        silent=given.flag("disable_notification"),
    )
    return world.put(message, What.SENT).as_json()


def _reply(chat: Chat, given: Given) -> dict[str, Any]:
    parameters = given.json("reply_parameters")
    if parameters is None:
        return {}
    if not isinstance(parameters, dict) or not isinstance(parameters.get("message_id"), int):
        raise bad_request("object expected as reply parameters")
    replied = chat.messages.get(parameters["message_id"])
    if replied is not None:
        return {"reply_to_message": {**replied.as_json()}}
    if parameters.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")
