"""Which chats the bot may read, write to and edit in, and how it is told when it may not."""

from sandbox.telegram.given import Given
from sandbox.telegram.messages import Chat, Kind, Message, Standing
from sandbox.telegram.refusal import bad_request, forbidden, migrated
from sandbox.telegram.world import World


def readable_chat(world: World, given: Given) -> Chat:
    """The chat of `chat_id`, as long as the bot has ever met it."""
    chat = world.chats.get(given.integer("chat_id"))
    if chat is None or (chat.standing is Standing.UNKNOWN and not _met_in_a_group(world, chat)):
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, given: Given) -> Chat:
    """The chat of `chat_id`, when its people let the bot write."""
    chat = readable_chat(world, given)
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.person is not None and chat.person.deactivated:
        raise forbidden("user is deactivated")
    if chat.standing is Standing.UNKNOWN:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.standing is Standing.KICKED:
        if chat.kind is Kind.PRIVATE:
            raise forbidden("bot was blocked by the user")
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.standing is Standing.LEFT:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def editable_message(world: World, given: Given) -> Message:
    """The bot's own message that an edit names."""
    chat = writable_chat(world, given)
    message = chat.messages.get(given.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.me:
        raise bad_request("message can't be edited")
    if message.markup is not None and "inline_keyboard" not in message.markup:
        raise bad_request("message can't be edited")  # it brought or removed a reply keyboard
    return message


def _met_in_a_group(world: World, chat: Chat) -> bool:
    return any(
        group.standing is Standing.MEMBER and any(m.sender is chat.person for m in group.messages.values())
        for group in world.chats.values()
        if group.kind is not Kind.PRIVATE
    )
