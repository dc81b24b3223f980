"""What people do, turned into updates as Telegram writes them."""

import re
from typing import Any

from sandbox.telegram.changes import What
from sandbox.telegram.markup import Styled, utf16_length
from sandbox.telegram.messages import Chat, Kind, Media, Message, Standing, User
from sandbox.telegram.updates import TAP_KEPT
from sandbox.telegram.words import trimmed
from sandbox.telegram.world import Tap, World

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/])")


def person_sends(
    world: World,
    person: User,
    chat: Chat,
    text: str = "",
    media: Media | None = None,
    extra: dict[str, Any] | None = None,
) -> Message:
    """A new message of a person. The first one in a private chat lets the bot write there."""
    if chat.kind is Kind.PRIVATE and chat.standing is Standing.UNKNOWN:
        chat.standing = Standing.MEMBER
    message = Message(
        id=world.next_message_id(chat),
        chat=chat,
        sender=person,
        at=world.now(),
        words=_written(text),
        media=media,
        extra=extra or {},
    )
    world.put(message, What.SAID)
    if _reaches_bot(world, message):
        world.queue.add("message", message.as_json(), chat.id)
    return message


def person_edits(world: World, message: Message, text: str) -> None:
    """A person rewrites a message of theirs."""
    message.words = _written(text)
    message.edited_at = world.now()
    world.tell(What.REWROTE, message.chat, message)
    if _reaches_bot(world, message):
        world.queue.add("edited_message", message.as_json(), message.chat.id)


def person_taps(world: World, person: User, message: Message, data: str, label: str) -> Tap:
    """A person presses an inline button; a message that is gone meanwhile arrives as inaccessible."""
    tap = world.new_tap(person, message, data)
    world.tell(What.TAPPED, message.chat, text=label)
    gone = {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}
    update = {
        "id": tap.id,
        "from": person.as_json(),
        "message": message.as_json() if message.id in message.chat.messages else gone,
        "chat_instance": str(-message.chat.id * 7919),
        "data": data,
    }
    tap.arrived = (
        not world.faults.loses_tap()
        and world.queue.add("callback_query", update, ("taps", person.id), TAP_KEPT) is not None
    )
    return tap


def standing_changes(world: World, chat: Chat, by: User, standing: Standing) -> None:
    """The bot is blocked, unblocked, added to a group or removed from it."""
    before, chat.standing = chat.standing, standing
    world.tell(What.STANDING, chat, text=standing)
    update = {
        "chat": chat.as_json(),
        "from": by.as_json(),
        "date": int(world.now().timestamp()),
        "old_chat_member": _member(world, before),
        "new_chat_member": _member(world, standing),
    }
    world.queue.add("my_chat_member", update, chat.id)


def _member(world: World, standing: Standing) -> dict[str, Any]:
    status = Standing.LEFT if standing is Standing.UNKNOWN else standing
    until = {"until_date": 0} if status is Standing.KICKED else {}
    return {"user": world.me.as_json(), "status": status.value} | until


def _written(text: str) -> Styled:
    """What a person typed, with its commands marked as Telegram marks them."""
    styled = trimmed(Styled(text))
    entities = [
        {
            "type": "bot_command",
            "offset": utf16_length(styled.text[: found.start()]),
            "length": len(found[0]),
        }
        for found in _COMMAND.finditer(styled.text)
    ]
    return Styled(styled.text, tuple(entities))


def _reaches_bot(world: World, message: Message) -> bool:
    """In a group a bot hears only commands, its name, answers to it, and what happens to the group."""
    if message.chat.kind is Kind.PRIVATE:
        return message.chat.standing is Standing.MEMBER
    if message.chat.standing is not Standing.MEMBER:
        return False
    replied = message.extra.get("reply_to_message", {}).get("from", {}).get("id")
    called = message.text.startswith("/") or f"@{world.me.username}" in message.text
    return called or replied == world.me.id or not (message.text or message.media)
