"""Keyboards under a message or in place of the phone's own, checked button by button."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.given import Given
from sandbox.telegram.refusal import bad_request

MAX_BUTTONS = 100
MAX_IN_ROW = 8
CALLBACK_DATA_LIMIT = 64  # bytes

_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_ASKS = {"request_contact", "request_location", "request_users", "request_chat", "request_poll", "web_app"}
_KINDS = {
    "inline_keyboard": {"inline_keyboard"},
    "keyboard": {
        "keyboard",
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}


def read_markup(given: Given) -> dict[str, Any] | None:
    """`reply_markup`, checked; None when it is absent or an inline keyboard without any button."""
    markup = given.json("reply_markup")
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    kind = next((kind for kind in _KINDS if kind in markup), None)
    if kind is None or set(markup) - _KINDS[kind]:
        raise bad_request("can't parse reply keyboard markup JSON object")
    if kind == "inline_keyboard":
        rows = _rows(markup, kind, _check_inline)
        return {kind: rows} if rows else None
    if kind == "keyboard":
        return {**markup, kind: _rows(markup, kind, _check_reply)}
    if markup[kind] is not True:
        raise bad_request(f"field {kind} must be true")
    return markup


def read_inline_markup(given: Given) -> dict[str, Any] | None:
    """`reply_markup` of an edit: only an inline keyboard is possible there."""
    markup = read_markup(given)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(markup: dict[str, Any], kind: str, check: Callable[[dict[str, Any]], None]) -> list[list[Any]]:
    rows = markup[kind]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{kind}" must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    for place, button in enumerate(buttons):
        if isinstance(button, str) and kind == "keyboard":
            continue
        if not isinstance(button, dict):
            raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
        if not isinstance(button.get("text"), str) or not button["text"].strip():
            raise bad_request(f'can\'t parse keyboard button: field "text" of button {place} must be a text')
        check(button)
    if len(buttons) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [
        [{"text": button} if isinstance(button, str) else button for button in row] for row in rows if row
    ]


def _check_inline(button: dict[str, Any]) -> None:
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if unknown := set(button) - _ACTIONS - _LOOKS:
        raise bad_request(f"can't parse inline keyboard button: unknown field {min(unknown)!r}")
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: a button must have exactly one action")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode(errors="replace")) <= CALLBACK_DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _is_link(button["url"]):
        raise bad_request("BUTTON_URL_INVALID")


def _is_link(url: object) -> bool:
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc or parts.path)


def _check_reply(button: dict[str, Any]) -> None:
    if unknown := set(button) - _ASKS - _LOOKS:
        raise bad_request(f"can't parse keyboard button: unknown field {min(unknown)!r}")
    if sum(bool(button.get(name)) for name in _ASKS) > 1:
        raise bad_request("can't parse keyboard button: a button must ask for one thing at most")
