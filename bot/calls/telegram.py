"""Calls to Telegram: python-telegram-bot's `Bot` for the rare ones, its request seam for those of every tap.

`Bot.edit_message_text` costs three times the call itself: it builds a `Message` nobody reads. So the few
calls of every tap go through the seam directly, with the same parameters and the same errors.
"""

import asyncio
import hmac
import json
import os
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr
from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.calls.rate import COUNTED, Rate
from storage.failpoints import failpoint

# python-telegram-bot's own switch: durations are timedelta, as they will be everywhere in its next version.
os.environ.setdefault("PTB_TIMEDELTA", "true")

GRACE = 10.0  # seconds that a long poll may come late
SILENT = 150.0  # seconds without a word: a poll lasts 30, and a webhook is looked at each 60
KINDS = ["message", "callback_query", "my_chat_member"]  # the updates that are asked for


class TokenRefusedError(Exception):
    """Telegram does not know this token."""


class AwayError(Exception):
    """Telegram did not hand out updates: its status, and the seconds it asks to wait."""

    def __init__(self, status: int, wait: float, *, webhook: bool = False) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait
        self.webhook = webhook  # updates go to a webhook


class Telegram:
    """One bot's Telegram. `bot` knows every method; `call` is the short way.

    `webhook_secret` follows from the token, so that every process of the bot knows it without being told.
    """

    def __init__(self, request: BaseRequest, api_url: str, token: SecretStr, per_second: float = 0) -> None:
        """`per_second` calls at most show something to anybody; 0: any number."""
        origin, secret = api_url.rstrip("/"), token.get_secret_value()
        self._request = request
        self._address = f"{origin}/bot{secret}/"
        self.webhook_secret = hmac.digest(secret.encode(), b"webhook", "sha256").hex()
        self.rate = Rate(per_second, lambda: asyncio.get_running_loop().time())
        self._heard_at: float | None = None
        self.bot = Bot(
            secret,
            base_url=f"{origin}/bot",
            base_file_url=f"{origin}/file/bot",
            request=request,
            get_updates_request=request,
        )

    async def __aenter__(self) -> Self:
        await self._request.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._request.shutdown()

    async def call(self, method: str, **parameters: object) -> Any:
        """The result of a method, as Telegram's JSON. Raises TelegramError as python-telegram-bot does."""
        if method in COUNTED:
            await self.rate.turn()
        failpoint(f"{method}:asked")
        result = await self._request.post(self._address + method, _data(parameters))
        failpoint(f"{method}:answered")
        self._hear()
        return result

    async def updates(self, offset: int | None, limit: int, wait: int) -> bytes:
        """The answer of `getUpdates`, unread. Raises AwayError where Telegram gives none, TelegramError."""
        asked = {"limit": limit, "timeout": wait, "allowed_updates": KINDS}
        if offset is not None:
            asked["offset"] = offset
        failpoint("getUpdates:asked")
        status, payload = await self._request.do_request(
            self._address + "getUpdates", "POST", _data(asked), read_timeout=wait + GRACE
        )
        failpoint("getUpdates:answered")
        if status != 200:
            raise _away(status, payload)
        self._hear()
        return payload

    def silence(self) -> float | None:
        """The seconds since Telegram last did what it was asked, None where it never did."""
        return None if self._heard_at is None else asyncio.get_running_loop().time() - self._heard_at

    @property
    def away(self) -> bool:
        """Whether Telegram has been silent for too long, or since the start."""
        silence = self.silence()
        return silence is None or silence > SILENT

    def _hear(self) -> None:
        self._heard_at = asyncio.get_running_loop().time()


def told_to_wait(error: TelegramError) -> float:
    """The seconds that Telegram asks to wait with this error; 0 where it says nothing of it."""
    wait = error.retry_after if isinstance(error, RetryAfter) else 0
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _data(parameters: dict[str, object]) -> RequestData:
    return RequestData([RequestParameter(name, value, None) for name, value in parameters.items()])


def _away(status: int, payload: bytes) -> AwayError:
    try:
        told = json.loads(payload)
        wait = float(told.get("parameters", {}).get("retry_after", 0))
        return AwayError(status, wait, webhook=status == 409 and "webhook" in told.get("description", ""))
    except (ValueError, TypeError, AttributeError, RecursionError):  # a gateway's page, not Telegram's words
        return AwayError(status, 0)
