"""Keys under the writing field: a screen that people answer by a message of their own.

Telegram edits no message that brought such keys, and takes them away only by another message.
"""

from typing import Any

from bot.screens.render import displayable
from conversations.screen import ReplyKeyboard, Screen

GONE = {"remove_keyboard": True}


def keys(screen: Screen, keyboard: ReplyKeyboard) -> dict[str, Any]:
    """The screen's rows as keys; first the one that shares the person's own number, where it is asked for."""
    rows: list[list[dict[str, Any]]] = [
        [{"text": displayable(button.label)} for button in row] for row in screen.rows
    ]
    if keyboard.contact:
        rows.insert(0, [{"text": displayable(keyboard.contact), "request_contact": True}])
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
