"""In groups and channels the bot says nothing and leaves: its conversations are private."""

import asyncio

from telegram.error import TelegramError

from bot import logs
from bot.calls.telegram import Telegram


class Groups:
    """Leaves. Whatever fails is tried again when the group is heard of again."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._leaving: dict[int, asyncio.Task[None]] = {}

    def leave(self, chat_id: int) -> None:
        """Leave this group or channel, once at a time however much is said in it."""
        if chat_id not in self._leaving:
            self._leaving[chat_id] = asyncio.create_task(self._leave(chat_id))

    async def _leave(self, chat_id: int) -> None:
        try:
            await self._telegram.call("leaveChat", chat_id=chat_id)
            logs.tell("group_left")
        except TelegramError as error:
            logs.warn("group_not_left", error)
        finally:
            del self._leaving[chat_id]
