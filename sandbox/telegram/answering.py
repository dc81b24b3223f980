"""The other methods about people and chats: answering a tap, leaving a group, reading a chat or a file."""

from typing import Any

from sandbox.telegram.access import readable_chat, writable_chat
from sandbox.telegram.arrivals import standing_changes
from sandbox.telegram.changes import What
from sandbox.telegram.given import Given
from sandbox.telegram.markup import utf16_length
from sandbox.telegram.messages import Kind, Standing
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.world import TAP_ANSWERED_WITHIN, World

TOAST_LIMIT = 200


def answer_callback_query(world: World, given: Given) -> bool:
    """`answerCallbackQuery`: once for each tap, and soon."""
    text = given.text("text")
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if given.text("url"):
        raise bad_request("URL_INVALID")  # only games and t.me links of the bot itself
    tap = world.taps.pop(given.text("callback_query_id"), None)
    if tap is None or world.now() - tap.at > TAP_ANSWERED_WITHIN:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    tap.answered = True
    if text:
        shown = What.ALERT if given.flag("show_alert") else What.TOAST
        world.tell(shown, tap.message.chat, text=text)
    world.bell.ring()
    return True


def get_me(world: World, _given: Given) -> dict[str, Any]:
    """`getMe`."""
    can = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return world.me.as_json() | can | {"can_connect_to_business": False, "has_main_web_app": False}


def get_chat(world: World, given: Given) -> dict[str, Any]:
    """`getChat`."""
    chat = readable_chat(world, given)
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def leave_chat(world: World, given: Given) -> bool:
    """`leaveChat`: a group only."""
    chat = writable_chat(world, given)
    if chat.kind is Kind.PRIVATE:
        raise bad_request("can't leave a private chat")
    standing_changes(world, chat, world.me, Standing.LEFT)
    return True


def get_file(world: World, given: Given) -> dict[str, Any]:
    """`getFile`."""
    return world.files.described(given.text("file_id"))
