"""What Telegram shows of the bot before anybody has said a word, in each language."""

from collections.abc import Mapping

from telegram.error import TelegramError

from bot import logs
from bot.calls.patience import Patience
from bot.calls.telegram import Telegram
from conversations.catalogues import SOURCE
from conversations.commands import description, menu, short_description
from conversations.words import Words


async def set_profile(telegram: Telegram, catalogues: Mapping[str, Words]) -> None:
    """Set commands and descriptions, in French for everybody whose language is not spoken here."""
    everybody = (None, catalogues[SOURCE])
    for language, words in (everybody, *catalogues.items()):
        patience = Patience()
        while not await _set(telegram, language, words):
            await patience.wait()
    logs.tell("profile_set", languages=len(catalogues))


async def _set(telegram: Telegram, language: str | None, words: Words) -> bool:
    bot = telegram.bot
    try:
        await bot.set_my_commands(menu(words), language_code=language)
        await bot.set_my_description(description(words), language_code=language)
        await bot.set_my_short_description(short_description(words), language_code=language)
    except TelegramError as error:
        logs.warn("profile_not_set", error)
        return False
    return True
