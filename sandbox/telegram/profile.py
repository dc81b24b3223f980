"""How the bot presents itself: its name, its texts, its commands, per language and per kind of chat."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.given import Given
from sandbox.telegram.refusal import bad_request

LIMITS = {"name": 64, "description": 512, "short_description": 120}
MAX_COMMANDS = 100
DESCRIPTION_LIMIT = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@dataclass(slots=True)
class Profile:
    """What people see of the bot before they write to it."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # (what, language)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)  # (scope, language)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def text(self, what: str, language: str) -> str:
        """What somebody with this language sees: their language's text, else the common one."""
        return self.texts.get((what, language)) or self.texts.get((what, ""), "")

    def commands_for(self, language: str, scope: str = "all_private_chats") -> list[dict[str, str]]:
        """The menu somebody with this language sees in a private chat."""
        for key in ((scope, language), (scope, ""), ("default", language), ("default", "")):
            if key in self.commands:
                return self.commands[key]
        return []

    def set_text(self, what: str, given: Given) -> bool:
        """`setMyName`, `setMyDescription`, `setMyShortDescription`. An empty text removes it."""
        text = given.text(what)
        if len(text) > LIMITS[what]:
            raise bad_request(f"{what.replace('_', ' ')} is too long")
        self.texts[what, read_language(given)] = text
        return True

    def get_text(self, what: str, given: Given) -> dict[str, str]:
        """The matching `getMy…`."""
        return {what: self.text(what, read_language(given))}

    def set_commands(self, given: Given) -> bool:
        """`setMyCommands`."""
        commands = given.json("commands")
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not isinstance(command, dict) or set(command) != {"command", "description"}:
                raise bad_request("can't parse BotCommand: expected an Object")
            if not _COMMAND.fullmatch(str(command["command"])):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command["description"])) <= DESCRIPTION_LIMIT:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[read_scope(given), read_language(given)] = commands
        return True

    def get_commands(self, given: Given) -> list[dict[str, str]]:
        """`getMyCommands`: exactly this scope and language."""
        return self.commands.get((read_scope(given), read_language(given)), [])

    def delete_commands(self, given: Given) -> bool:
        """`deleteMyCommands`."""
        self.commands.pop((read_scope(given), read_language(given)), None)
        return True

    def set_menu_button(self, given: Given) -> bool:
        """`setChatMenuButton`, for one person or for all."""
        button = given.json("menu_button") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
            raise bad_request("MenuButton has unsupported type")
        if button["type"] == "web_app" and not {"text", "web_app"} <= set(button):
            raise bad_request("MenuButton has no text or no web_app")
        self.menu_buttons[given.integer("chat_id") if given.text("chat_id") else None] = button
        return True


def read_language(given: Given) -> str:
    """A two-letter language code, or "" for everybody else."""
    language = given.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def read_scope(given: Given) -> str:
    """A scope of commands as a key: its type and the ids it names."""
    scope = given.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    names = _SCOPES[scope["type"]]
    if any(name not in scope for name in names):
        raise bad_request("can't parse BotCommandScope: empty chat_id specified")
    return ":".join([scope["type"], *(str(scope[name]) for name in names)])
