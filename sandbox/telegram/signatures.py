"""Which parameters each method takes, from https://core.telegram.org/bots/api (Bot API 9.x).

The real server ignores what it does not know; this one refuses it, so that a misspelt name is found here.
"""

from sandbox.telegram.given import Given
from sandbox.telegram.refusal import Refusal, bad_request

_SENDING = (
    "business_connection_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup"
)
_EDITING = "business_connection_id inline_message_id reply_markup"

# method: (what must be there, what may be there)
_SIGNATURES = {
    "getMe": ("", ""),
    "logOut": ("", ""),
    "close": ("", ""),
    "getUpdates": ("", "offset limit timeout allowed_updates"),
    "setWebhook": (
        "url",
        "certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": ("", "drop_pending_updates"),
    "getWebhookInfo": ("", ""),
    "sendMessage": ("chat_id text", f"parse_mode entities link_preview_options {_SENDING}"),
    "sendPhoto": (
        "chat_id photo",
        f"caption parse_mode caption_entities show_caption_above_media has_spoiler {_SENDING}",
    ),
    "sendDocument": (
        "chat_id document",
        f"thumbnail caption parse_mode caption_entities disable_content_type_detection {_SENDING}",
    ),
    "sendChatAction": ("chat_id action", "business_connection_id message_thread_id"),
    "editMessageText": (
        "chat_id message_id text",
        f"parse_mode entities link_preview_options {_EDITING}",
    ),
    "editMessageCaption": (
        "chat_id message_id",
        f"caption parse_mode caption_entities show_caption_above_media {_EDITING}",
    ),
    "editMessageMedia": ("chat_id message_id media", _EDITING),
    "editMessageReplyMarkup": ("chat_id message_id", _EDITING),
    "deleteMessage": ("chat_id message_id", ""),
    "answerCallbackQuery": ("callback_query_id", "text show_alert url cache_time"),
    "getFile": ("file_id", ""),
    "getChat": ("chat_id", ""),
    "leaveChat": ("chat_id", ""),
    "setMyCommands": ("commands", "scope language_code"),
    "getMyCommands": ("", "scope language_code"),
    "deleteMyCommands": ("", "scope language_code"),
    "setMyName": ("", "name language_code"),
    "getMyName": ("", "language_code"),
    "setMyDescription": ("", "description language_code"),
    "getMyDescription": ("", "language_code"),
    "setMyShortDescription": ("", "short_description language_code"),
    "getMyShortDescription": ("", "language_code"),
    "setChatMenuButton": ("", "chat_id menu_button"),
}
_REQUIRED = {method: tuple(required.split()) for method, (required, _) in _SIGNATURES.items()}
_KNOWN = {
    method: frozenset(f"{required} {optional}".split())
    for method, (required, optional) in _SIGNATURES.items()
}
_MISSING = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
}


def check_signature(method: str, given: Given) -> None:
    """Refuse an unknown method (404), an unknown parameter (400), a missing one (400)."""
    if method not in _KNOWN:
        raise Refusal(404, "Not Found: method not found")
    names = given.names()
    if unknown := names - _KNOWN[method]:
        raise bad_request(f"unknown parameter {min(unknown)!r} of {method}")
    for name in _REQUIRED[method]:
        if name not in names:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
    for value in given.values.values():
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise bad_request("strings must be encoded in UTF-8")
