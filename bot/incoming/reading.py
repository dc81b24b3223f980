"""One raw update of Telegram → what somebody did. Nothing in it is trusted, and little of it is kept."""

import re
from dataclasses import dataclass
from typing import Any

from conversations.events import Commanded, Event, Said, SentOther, SharedContact, Tapped
from storage.arrivals import Arrival

Json = dict[str, Any]  # as Telegram sent it: every value is looked at before it is used

BIGGEST = 2**63 - 1
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
# What is sent and not read. A place with a name is also a place, a moving picture also a document.
KINDS = (
    "photo", "voice", "sticker", "animation", "document", "video", "video_note", "audio", "venue", "location",
    "poll", "dice", "game", "story", "checklist", "paid_media", "invoice",
)  # fmt: skip


class UnreadableError(Exception):
    """An update that holds something no honest one holds. Says nothing of what."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The bot is in a group or a channel, where it has nothing to say."""

    chat_id: int


def read(update: Json) -> Arrival | Elsewhere | None:
    """What an update says, None where it is no business of ours. Raises UnreadableError."""
    update_id = number(update, "update_id")
    if "callback_query" in update:
        return _tap(update_id, _part(update, "callback_query"))
    if "message" in update:
        return _message(update_id, _part(update, "message"))
    if "my_chat_member" in update:
        return _membership(_part(update, "my_chat_member"))
    if "edited_message" in update:
        return None
    raise UnreadableError


def number(of: Json, name: str) -> int:
    """A whole number that fits into 64 bits. Raises UnreadableError."""
    value = of.get(name)
    if type(value) is not int or not -BIGGEST <= value <= BIGGEST:
        raise UnreadableError
    return value


def _tap(update_id: int, query: Json) -> Arrival | Elsewhere | None:
    if "message" not in query:
        return None  # below a message sent through another chat: never one of ours
    message = _part(query, "message")
    person = _part(query, "from")
    chat = _part(message, "chat")
    if chat.get("type") != "private":
        return Elsewhere(number(chat, "id"))
    if number(chat, "id") != number(person, "id"):
        raise UnreadableError
    return Arrival(
        update_id,
        number(chat, "id"),
        number(message, "message_id"),
        Tapped(_text(query, "data")),
        _text(person, "language_code"),
        _text(query, "id"),
    )


def _message(update_id: int, message: Json) -> Arrival | Elsewhere | None:
    chat = _part(message, "chat")
    if chat.get("type") != "private":
        return None if "left_chat_member" in message else Elsewhere(number(chat, "id"))
    person = _part(message, "from")
    if number(chat, "id") != number(person, "id"):
        raise UnreadableError
    event = _event(message, person)
    if event is None:
        return None
    language = _text(person, "language_code")
    return Arrival(update_id, number(chat, "id"), number(message, "message_id"), event, language)


def _event(message: Json, person: Json) -> Event | None:
    """What was sent; None for what Telegram says by itself: a pinned message, a new timer."""
    if "text" in message:
        return _words(_text(message, "text"))
    if "contact" in message:
        contact = _part(message, "contact")
        # Telegram's server fills in whose card it is, but keeps that when a card is forwarded.
        own = contact.get("user_id") == person["id"] and "forward_origin" not in message
        return SharedContact(_text(contact, "phone_number"), _text(contact, "first_name"), own)
    return next((SentOther(kind) for kind in KINDS if kind in message), None)


def _words(text: str) -> Event:
    command = COMMAND.fullmatch(text.strip())
    return Said(text) if command is None else Commanded(command[1], (command[2] or "").strip())


def _membership(change: Json) -> Elsewhere | None:
    chat = _part(change, "chat")
    status = _part(change, "new_chat_member").get("status")
    if chat.get("type") == "private" or status in ("left", "kicked"):
        return None
    return Elsewhere(number(chat, "id"))


def _part(of: Json, name: str) -> Json:
    value = of.get(name)
    if not isinstance(value, dict):
        raise UnreadableError
    return value


def _text(of: Json, name: str) -> str:
    """A text that can be stored and shown, "" where there is none."""
    value = of.get(name, "")
    if not isinstance(value, str) or "\0" in value:
        raise UnreadableError
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableError from None
    return value
