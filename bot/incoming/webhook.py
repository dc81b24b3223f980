"""The webhook: Telegram brings each update, and hears 200 once it is kept. Anything else it brings again.

Any number of processes may listen behind one address: all of them ask Telegram for the same.
"""

import asyncio
import hmac

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, TelegramError

from bot import logs
from bot.calls.patience import Patience
from bot.calls.telegram import KINDS, Telegram, TokenRefusedError, told_to_wait
from bot.incoming.door import body
from bot.incoming.intake import Intake

PATH = "/telegram"  # below the public address
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the name of a header
CONNECTIONS = 100  # that Telegram may open at once: who waits together shares a commit
LOOK = 60.0  # seconds between two looks at whether Telegram still brings updates here


class Webhook:
    """Takes what Telegram brings, and sees to it that Telegram goes on bringing it."""

    def __init__(self, telegram: Telegram, intake: Intake, url: str) -> None:
        """`url` is the public address of the machine, without a path."""
        self._telegram = telegram
        self._intake = intake
        self._url = url.rstrip("/") + PATH
        self._known = False  # Telegram answered once, so the token is good
        self._failed_at = 0  # Telegram's time of the last update that it could not bring

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Take one update. An answer has no body: a method in it would be executed."""
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        told = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(told, self._telegram.webhook_secret.encode()):
            return web.Response(status=403)
        payload = await body(request)
        if isinstance(payload, web.Response):
            return payload
        try:
            if await self._intake.is_full():
                return web.Response(status=503)
            await self._intake.take_one(payload)
        except SQLAlchemyError as error:
            logs.warn("not_kept", error)
            return web.Response(status=503)
        return web.Response()

    async def run(self) -> None:
        """Ask Telegram to bring updates here, and look now and then whether it does.

        Raises TokenRefusedError where Telegram refuses the token from the start.
        """
        patience = Patience()
        while True:
            try:
                await self._look()
            except TelegramError as error:
                if isinstance(error, InvalidToken) and not self._known:
                    raise TokenRefusedError from None
                logs.warn("webhook_unknown", error)
                await patience.wait(told_to_wait(error))
            else:
                patience.rest()
                await asyncio.sleep(LOOK)

    async def _look(self) -> None:
        if not self._known:
            await self._set()
            self._known = True
        info = await self._telegram.call("getWebhookInfo")
        if info["url"] != self._url:  # a bot that polls took it away
            await self._set()
        failed_at = info.get("last_error_date", 0)
        if failed_at > self._failed_at and info["pending_update_count"]:
            logs.warn("webhook_unreachable", waiting=info["pending_update_count"])
        self._failed_at = failed_at

    async def _set(self) -> None:
        await self._telegram.call(
            "setWebhook",
            url=self._url,
            secret_token=self._telegram.webhook_secret,
            allowed_updates=KINDS,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        logs.tell("webhook_set")
