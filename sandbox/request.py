"""The door without a socket: python-telegram-bot calls straight into the fake. For fast tests."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from sandbox.telegram import Answer, AnswerLost, FakeTelegram, Unreachable, Upload

PATIENCE = 5.0  # seconds, as python-telegram-bot's own read timeout


class InProcessRequest(BaseRequest):
    """Give it to `telegram.Bot(token, request=…, get_updates_request=…)`; one may serve both."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer counts as timed out."""
        return PATIENCE

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0913, PLR0917 — the signature of BaseRequest
        self,
        url: str,
        method: str,  # noqa: ARG002 — GET or POST makes no difference here
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 — nothing is written
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 — nothing is connected
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 — there is no pool
    ) -> tuple[int, bytes]:
        """Answer as a server would, or raise what a lost connection raises."""
        _, first, *rest = urlsplit(url).path.split("/")
        if first == "file":
            try:
                content = self._telegram.download("/".join(rest[1:]))
            except Unreachable:
                raise _refused() from ConnectionRefusedError()
            return (404, b'{"ok":false,"error_code":404}') if content is None else (200, content)
        patience = read_timeout if isinstance(read_timeout, int | float) else PATIENCE
        asked = asyncio.ensure_future(
            self._telegram.call(
                rest[0],
                request_data.json_parameters if request_data else {},
                _uploads(request_data.multipart_data if request_data else {}),
            )
        )
        return await _patiently(asked, patience)


async def _patiently(asked: asyncio.Future[Answer], patience: float) -> tuple[int, bytes]:
    """The answer, unless it comes too late: the call then takes effect all the same."""
    asked.add_done_callback(lambda done: done.cancelled() or done.exception())  # heard, even if too late
    try:
        async with asyncio.timeout(patience):  # wait_for may swallow a cancellation before Python 3.12
            answer = await asyncio.shield(asked)
    except Unreachable:
        raise _refused() from ConnectionRefusedError()
    except (AnswerLost, TimeoutError):
        raise TimedOut from None
    return answer.status, answer.body


def _refused() -> NetworkError:
    return NetworkError("Connection refused")


def _uploads(parts: Mapping[str, Any]) -> dict[str, Upload]:
    return {
        name: Upload(filename, content if isinstance(content, bytes) else content.read(), mime)
        for name, (filename, content, mime) in parts.items()
    }
