"""Long polling on raw updates: what arrived is confirmed once it is kept, and one bad update stops nobody.

Telegram forgets what lies below the `offset` of the next question. It is never stored: after a start, and
after an answer that holds nothing, everything still to come is asked for, whatever its number.
"""

import asyncio
import json
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot import logs
from bot.calls.patience import Patience
from bot.calls.telegram import AwayError, Telegram, TokenRefusedError
from bot.incoming.intake import Intake

MOST = 100  # updates in one answer
WAIT = 30  # seconds that Telegram holds a question to which it has no answer yet
LATER = 1.0  # seconds before it is looked again whether there is room for more
BOUND = 60.0  # seconds after which a question is given up, whatever the library waits for


class HungError(Exception):
    """A long poll that neither answers nor fails."""


class Polling:
    """Asks for updates until it is cancelled."""

    def __init__(self, telegram: Telegram, intake: Intake) -> None:
        self._telegram = telegram
        self._intake = intake
        self._patience = Patience()
        self._offset: int | None = None
        self._limit = MOST
        self._answers = False  # it answered the last question
        self._known = False  # Telegram answered once, so the token is good

    async def run(self) -> None:
        """Poll. Raises TokenRefusedError where Telegram refuses the token from the start."""
        while True:
            try:
                await self._poll()
            except AwayError as away:
                await self._bear(away)
            except (TelegramError, SQLAlchemyError, HungError) as error:
                logs.warn("polling_failed", error)
                await self._patience.wait()
            else:
                self._patience.rest()

    async def _poll(self) -> None:
        if await self._intake.is_full():
            await asyncio.sleep(LATER)
            return
        payload = await self._ask()
        self._known = True
        try:
            updates = list(json.loads(payload)["result"])
        except (ValueError, TypeError, KeyError, RecursionError):
            await self._narrow(payload)
            return
        await self._intake.take(updates)
        if not updates:
            self._offset, self._limit = None, MOST
            return
        numbers = [update["update_id"] for update in updates if _is_numbered(update)]
        if not numbers:
            raise AwayError(200, 0)  # no Telegram speaks like that: let it come to its senses
        self._offset = max(numbers) + 1

    async def _ask(self) -> bytes:
        """One long poll. Raises HungError where it does not end by itself, and leaves it to its fate."""
        wait = WAIT if self._answers else 0  # first of all it is to be known whether Telegram answers
        self._answers = False
        asking = asyncio.ensure_future(self._telegram.updates(self._offset, self._limit, wait))
        try:
            done, _ = await asyncio.wait({asking}, timeout=BOUND)
        finally:
            asking.cancel()
        if not done:
            raise HungError
        payload = asking.result()
        self._answers = True
        return payload

    async def _narrow(self, payload: bytes) -> None:
        """Ask for fewer, until the one that cannot be parsed comes alone: then it is put aside."""
        if self._limit > 1:
            self._limit //= 2
            return
        update_id = await self._intake.put_aside(payload)
        if update_id is None:
            raise AwayError(200, 0)
        self._offset = update_id + 1
        self._limit = MOST

    async def _bear(self, away: AwayError) -> None:
        if away.status in (401, 404) and not self._known:
            raise TokenRefusedError
        logs.warn("telegram_away", status=away.status)
        if away.webhook:
            with suppress(
                TelegramError
            ):  # whoever starts polling wants polling; nothing that waits is dropped
                await self._telegram.call("deleteWebhook")
        await self._patience.wait(away.wait)


def _is_numbered(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int
