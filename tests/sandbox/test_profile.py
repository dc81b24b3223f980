"""How the bot presents itself, per language."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from sandbox.people import Person
from sandbox.town import Town
from tests.sandbox.refusals import raw, refused

AIDE = BotCommand("aide", "De l'aide")
HELP = BotCommand("aide", "Help")


async def test_commands_are_kept_per_scope_and_language(bot: Bot, town: Town) -> None:
    await bot.set_my_commands([AIDE])
    await bot.set_my_commands([HELP], BotCommandScopeAllPrivateChats(), "en")
    assert await bot.get_my_commands() == (AIDE,)
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "en") == (HELP,)
    assert await bot.get_my_commands(language_code="en") == ()
    profile = town.telegram.profile
    assert [profile.commands_for(language)[0]["description"] for language in ("en", "pl")] == [
        "Help",
        "De l'aide",
    ]
    await bot.delete_my_commands()
    assert profile.commands_for("pl") == []


@pytest.mark.parametrize("command", [("Aide", "x"), ("a" * 33, "x"), ("aide", "x" * 257), ("aide", "")])
async def test_a_wrong_command_is_refused(bot: Bot, command: tuple[str, str]) -> None:
    with refused("INVALID"):
        await bot.set_my_commands([command])


async def test_100_commands_are_the_most(bot: Bot) -> None:
    with refused("BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([AIDE] * 101)


async def test_texts_are_kept_per_language_and_have_limits(bot: Bot, town: Town) -> None:
    await bot.set_my_description("Bonjour")
    await bot.set_my_description("Hello", "en")
    await bot.set_my_short_description("Microcrédit")
    await bot.set_my_name("Le microcrédit")
    assert (await bot.get_my_description("en")).description == "Hello"
    assert (await bot.get_my_description("pl")).description == "Bonjour"
    assert (await bot.get_my_short_description()).short_description == "Microcrédit"
    assert (await bot.get_my_name()).name == "Le microcrédit"
    await bot.set_my_description("", "en")
    assert town.telegram.profile.text("description", "en") == "Bonjour"
    for setting, limit in (
        (bot.set_my_description, 512),
        (bot.set_my_short_description, 120),
        (bot.set_my_name, 64),
    ):
        await setting("é" * limit)
        with refused("is too long"):
            await setting("é" * (limit + 1))
    with refused("invalid language code"):
        await bot.set_my_name("x", "français")


async def test_the_menu_button_is_kept(bot: Bot, town: Town, ann: Person) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.set_chat_menu_button(ann.user.id, MenuButtonWebApp("Page", WebAppInfo("https://example.org")))
    assert town.telegram.profile.menu_buttons[None] == {"type": "commands"}
    assert town.telegram.profile.menu_buttons[ann.user.id]["type"] == "web_app"
    with refused("unsupported type"):
        await raw(bot, "setChatMenuButton", menu_button='{"type":"telepathy"}')


async def test_typing_is_seen(bot: Bot, town: Town, ann: Person) -> None:
    seen = []
    quiet = town.telegram.changes.subscribe(lambda change: seen.append((change.what.value, change.text)))
    await bot.send_chat_action(ann.user.id, "typing")
    quiet()
    await bot.send_chat_action(ann.user.id, "typing")
    assert seen == [("typing", "typing")]
    with refused("wrong parameter action"):
        await bot.send_chat_action(ann.user.id, "dreaming")
