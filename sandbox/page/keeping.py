"""What stays between two runs: the phones and what is on them, beside the bot's own database.

The two belong together: a bot that remembers a message which no phone shows any more answers into the void.
"""

import asyncio
import fcntl
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sandbox.page.desk import Desk, Phone, Role
from sandbox.people import Person
from sandbox.telegram import Change, Chat, Message, User
from sandbox.telegram.files import Stored
from sandbox.telegram.markup import Styled
from sandbox.telegram.messages import Kind, Media, Standing

APART = 1000  # message ids left out between two runs: one that was lost in a crash is not given twice


class FolderInUseError(Exception):
    """Another process plays in this folder; says so in French."""


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message of a chat."""

    id: int
    mine: bool
    at: datetime
    words: Styled
    media: Media | None
    markup: dict[str, Any] | None
    extra: dict[str, Any]
    protected: bool
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptPhone:
    """A phone and its chat."""

    role: Role
    user: User
    standing: Standing
    keyboard: dict[str, Any] | None
    messages: list[KeptMessage]
    history: list[Change]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A picture or a document; its bytes lie beside, under its id."""

    id: str
    path: str
    media: Media


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it."""

    ahead: timedelta
    newest_message: int
    phones: list[KeptPhone]
    files: list[KeptFile]


_codec = TypeAdapter(Kept)


class Folder:
    """A folder of this process alone, until it ends."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """Claim it; `fresh` forgets what it holds. Raises FolderInUseError."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self._written = b""
        self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise FolderInUseError(f"Le bac à sable tourne déjà dans {path}. Arrêtez-le d'abord.") from None
        if fresh:
            self.forget()

    def forget(self) -> None:
        """Remove everything but the claim."""
        for entry in self.path.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()

    async def save_until(self, stop: asyncio.Event, desk: Desk) -> None:
        """Write the phones down every second until `stop`, and then once more."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
            self.save(desk)

    def save(self, desk: Desk) -> None:
        """Write the phones down, where anything changed."""
        phones = _codec.dump_json(_kept(desk))
        if phones == self._written:
            return
        files = self.path / "files"
        files.mkdir(exist_ok=True, mode=0o700)
        for stored in desk.telegram.files:
            if not (files / stored.id).exists():
                (files / stored.id).write_bytes(stored.content)
        new = self.path / "phones.json.new"
        new.write_bytes(phones)
        new.replace(self.path / "phones.json")
        self._written = phones

    def restore(self, desk: Desk) -> bool:
        """Put the phones of the last run on the desk.

        False where there are none, or where another version wrote them: then the folder is forgotten, the
        database with it.
        """
        try:
            kept = _codec.validate_json((self.path / "phones.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            self.forget()
            return False
        desk.clock.moves(kept.ahead)
        desk.telegram.skips_message_ids(kept.newest_message + APART)
        for file in kept.files:
            content = (self.path / "files" / file.id).read_bytes()
            desk.telegram.files.put_back(Stored(file.media, content, file.path))
        for phone in kept.phones:
            _put_back(desk, phone)
        return True


def _kept(desk: Desk) -> Kept:
    telegram = desk.telegram
    return Kept(
        desk.clock.ahead,
        telegram.newest_message_id,
        [_phone(phone) for phone in desk.phones.values()],
        [KeptFile(stored.id, stored.path, stored.media) for stored in telegram.files],
    )


def _phone(phone: Phone) -> KeptPhone:
    chat, user = phone.person.chat, phone.person.user
    messages = [
        KeptMessage(
            message.id,
            message.sender is user,
            message.at,
            message.words,
            message.media,
            message.markup,
            message.extra,
            message.protected,
            message.edited_at,
        )
        for message in chat.messages.values()
    ]
    return KeptPhone(phone.role, user, chat.standing, chat.keyboard, messages, chat.history)


def _put_back(desk: Desk, kept: KeptPhone) -> None:
    telegram, user = desk.telegram, kept.user
    chat = Chat(
        user.id, Kind.PRIVATE, user, standing=kept.standing, history=kept.history, keyboard=kept.keyboard
    )
    for message in kept.messages:
        chat.messages[message.id] = Message(
            message.id,
            chat,
            user if message.mine else telegram.me,
            message.at,
            message.words,
            message.media,
            message.markup,
            message.extra,
            message.protected,
            edited_at=message.edited_at,
        )
    telegram.people[user.id], telegram.chats[user.id] = user, chat
    desk.phones[user.id] = Phone(Person(telegram, user), kept.role)
