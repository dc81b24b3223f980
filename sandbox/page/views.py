"""Phones and messages as the page reads them: JSON, with nothing the page does not show."""

from typing import Any

from sandbox.page.desk import Desk, Phone
from sandbox.telegram import Message
from sandbox.telegram.messages import Media, Standing

View = dict[str, Any]


def whole(desk: Desk) -> View:
    """Everything, for a page that has just been opened."""
    return {
        "desk": backstage(desk),
        "flyers": [{"code": flyer.code, "name": flyer.name} for flyer in desk.flyers],
        "phones": [
            {
                "head": head(desk, phone),
                "messages": [message_view(message) for message in phone.person.chat.messages.values()],
            }
            for phone in desk.phones.values()
        ],
    }


def head(desk: Desk, phone: Phone) -> View:
    """A phone without its messages."""
    user, chat, profile = phone.person.user, phone.person.chat, desk.telegram.profile
    return {
        "id": user.id,
        "role": phone.role.value,
        "name": user.first_name,
        "language": user.language,
        "number": user.phone,
        "bot": profile.text("name", user.language) or desk.telegram.me.first_name,
        "description": profile.text("description", user.language),
        "commands": _commands(desk, phone),
        "started": chat.standing is not Standing.UNKNOWN,
        "blocked": chat.standing is Standing.KICKED,
        "keyboard": _keyboard(chat.keyboard),
    }


def backstage(desk: Desk) -> View:
    """What goes wrong, the hour, and how the bot is."""
    telegram, faults = desk.telegram, desk.telegram.faults
    return {
        "ahead": desk.clock.ahead.total_seconds(),
        "bot": {
            "running": desk.bot.running,
            "pid": desk.bot.pid,
            "failed": desk.bot.failed,
            "words": desk.bot.last_words() if desk.bot.failed else "",
        },
        "faults": {
            "away": faults.away is not None,
            "slow": faults.latency > 0,
            "twice": faults.copies > 1,
            "paced": telegram.limits.enforced,
        },
    }


def message_view(message: Message) -> View:
    """One message."""
    return {
        "id": message.id,
        "mine": message.sender is message.chat.person,
        "at": message.at.isoformat(),
        "edited": message.edited_at is not None,
        "text": message.text,
        "entities": list(message.words.entities),
        "media": _media(message, message.media) if message.media else None,
        "rows": [[_button(button) for button in row] for row in message.rows],
        "protected": message.protected,
    }


def _commands(desk: Desk, phone: Phone) -> list[dict[str, str]]:
    """The menu: somebody's own where the bot set one for them, else everybody's."""
    user, profile = phone.person.user, desk.telegram.profile
    own = f"chat:{user.id}"
    has_own = any((own, language) in profile.commands for language in (user.language, ""))
    return profile.commands_for(user.language, own) if has_own else profile.commands_for(user.language)


def _keyboard(markup: View | None) -> View | None:
    if markup is None:
        return None
    return {
        "hint": markup.get("input_field_placeholder", ""),
        "rows": [
            [{"text": key["text"], "asks": bool(key.get("request_contact"))} for key in row]
            for row in markup["keyboard"]
        ],
    }


def _button(button: View) -> View:
    return {
        "text": button["text"],
        "taps": "callback_data" in button,
        "url": button.get("url", ""),
        "copies": (button.get("copy_text") or {}).get("text", ""),
    }


def _media(message: Message, media: Media) -> View:
    """`kind` is Telegram's name of it; `src` where its bytes are, which are new when the file is."""
    value = media.value[-1] if media.name == "photo" else media.value
    view: View = {"kind": media.name}
    if "file_id" in value:
        view["src"] = f"/phones/{message.chat.id}/messages/{message.id}/file?{value['file_id']}"
        view["size"] = value["file_size"]
    for name in ("width", "height", "file_name", "phone_number", "first_name", "duration"):
        if name in value:
            view[name] = value[name]
    return view
