"""What people hear while nothing can be kept, on a full disk for example: once each, until it works again.

Nothing is confirmed to Telegram meanwhile, so what they did comes again. A tap is answered in its own bubble;
who writes gets one short message, which no screen follows up.
"""

import asyncio
from collections.abc import Iterable, Mapping

from telegram.error import TelegramError

from bot import logs
from bot.calls.telegram import Telegram
from conversations.catalogues import FRENCH
from conversations.words import Words
from storage.arrivals import Arrival

MOST = 1000  # people who are told in one outage


class Apology:
    """Tells each person once an outage."""

    def __init__(self, telegram: Telegram, catalogues: Mapping[str, Words]) -> None:
        self._telegram = telegram
        self._catalogues = catalogues
        self._told: set[int] = set()
        self._telling: set[asyncio.Task[None]] = set()

    def say(self, arrivals: Iterable[Arrival]) -> None:
        """These could not be kept."""
        for arrival in arrivals:
            if arrival.chat_id not in self._told and len(self._told) < MOST:
                self._told.add(arrival.chat_id)
                telling = asyncio.create_task(self._tell(arrival))
                self._telling.add(telling)
                telling.add_done_callback(self._telling.discard)

    def over(self) -> None:
        """It works again."""
        self._told.clear()

    async def _tell(self, arrival: Arrival) -> None:
        _ = self._catalogues.get(arrival.language, FRENCH)
        try:
            if arrival.query:
                words = _("Je ne peux rien noter en ce moment. Touchez encore le bouton plus tard.")
                await self._telegram.call("answerCallbackQuery", callback_query_id=arrival.query, text=words)
            else:
                words = _("Je ne peux rien noter en ce moment. Je vous réponds dès que possible.")
                await self._telegram.call("sendMessage", chat_id=arrival.chat_id, text=words)
        except TelegramError as error:
            logs.whisper("not_excused", type=type(error).__name__)
