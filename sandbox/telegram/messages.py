"""People, chats and messages as the fake Telegram keeps them, and as the Bot API writes them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sandbox.telegram.changes import Change
from sandbox.telegram.markup import Styled


class Kind(StrEnum):
    """The type of a chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Standing(StrEnum):
    """What the bot is to a chat. In a private chat, KICKED means blocked."""

    UNKNOWN = "unknown"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(slots=True)
class User:
    """Somebody with an account, or the bot itself."""

    id: int
    first_name: str
    language: str = "fr"
    phone: str = ""
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def as_json(self) -> dict[str, Any]:
        """As `User` of the Bot API; absent fields are left out."""
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            **{name: value for name, value in optional.items() if value},
        }


@dataclass(frozen=True, slots=True)
class Media:
    """What a message carries besides words: `name` is the field of the Bot API ("photo", "contact"…)."""

    name: str
    value: Any


@dataclass(slots=True)
class Message:
    """One message of a chat. `words` is its text, or its caption when it carries `media`."""

    id: int
    chat: "Chat"
    sender: User
    at: datetime
    words: Styled = field(default_factory=lambda: Styled(""))
    media: Media | None = None
    markup: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # forward_origin, reply_to_message…
    protected: bool = False
    silent: bool = False
    edited_at: datetime | None = None

    @property
    def text(self) -> str:
        """Its words, without styles."""
        return self.words.text

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The rows of its inline keyboard."""
        rows: list[list[dict[str, Any]]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    def as_json(self) -> dict[str, Any]:
        """As `Message` of the Bot API."""
        written: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.at.timestamp()),
        }
        if self.edited_at is not None:
            written["edit_date"] = int(self.edited_at.timestamp())
        if self.protected:
            written["has_protected_content"] = True
        written |= self.extra
        prefix = ""
        if self.media is not None:
            written[self.media.name] = self.media.value
            prefix = "caption_"
        if self.words.text:
            written["caption" if prefix else "text"] = self.words.text
        if self.words.entities:
            written[f"{prefix}entities"] = list(self.words.entities)
        if self.rows:
            written["reply_markup"] = self.markup
        return written


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat with one person, or a group."""

    id: int
    kind: Kind
    person: User | None = None
    title: str = ""
    standing: Standing = Standing.UNKNOWN
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    history: list[Change] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None  # what replaces the phone's own keyboard

    def as_json(self) -> dict[str, Any]:
        """As `Chat` of the Bot API."""
        written: dict[str, Any] = {"id": self.id, "type": self.kind.value}
        if self.person is None:
            return written | {"title": self.title}
        written["first_name"] = self.person.first_name
        names = {"last_name": self.person.last_name, "username": self.person.username}
        return written | {name: value for name, value in names.items() if value}
