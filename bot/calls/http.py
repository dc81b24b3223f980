"""HTTP to Telegram behind python-telegram-bot's request seam: a few connections that stay open.

The address of every call holds the token, so no error of a library passes: each becomes one of
python-telegram-bot's, with words of ours. `TimedOut` means that the call may have arrived; a plain
`NetworkError` that it surely did nothing.
"""

import asyncio
import secrets
import ssl
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pydantic_core import from_json, to_json
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.calls.wire import Answer, Connection

ANSWER = 15.0  # seconds for a call and its answer
CONNECT = 5.0  # seconds to open a connection
IDLE = 15.0  # seconds after which nobody trusts a connection that was not used


class HttpRequest(BaseRequest):
    """Sends what stock python-telegram-bot sends. `connections` may be open at once; more calls wait."""

    def __init__(self, connections: int = 100) -> None:
        self._room = asyncio.Semaphore(connections)
        self._free: dict[_Origin, list[Connection]] = {}
        self._tls: ssl.SSLContext | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for a call that says nothing else."""
        return ANSWER

    async def initialize(self) -> None:
        """Nothing is opened before it is needed."""

    async def shutdown(self) -> None:
        """Close every connection that is not in use."""
        for connections in self._free.values():
            for connection in connections:
                connection.close()
        self._free.clear()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answered; python-telegram-bot's own would log what it cannot read."""
        try:
            answer = from_json(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(  # noqa: PLR0913, PLR0917 — the signature of BaseRequest
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 — one limit for the whole call
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 — the same
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 — the same
    ) -> tuple[int, bytes]:
        """One call: the status and the body of its answer. Raises TimedOut or NetworkError."""
        origin, path = _parts(url)
        kind, body = ("", b"") if request_data is None else _body(request_data)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {origin.host}\r\nUser-Agent: {self.USER_AGENT}\r\n"
            f"{kind}Content-Length: {len(body)}\r\n\r\n"
        )
        wait = read_timeout if isinstance(read_timeout, int | float) else ANSWER
        async with self._room:
            status, answered, _ = await self._ask(origin, head.encode() + body, wait)
        if status == 504:
            raise TimedOut("a gateway saw no answer")
        return status, answered

    async def _ask(self, origin: "_Origin", request: bytes, wait: float) -> Answer:
        connection = self._idle(origin) or await self._connected(origin)
        try:
            async with asyncio.timeout(wait):
                answer = await connection.ask(request)
        except (OSError, TimeoutError):
            connection.close()
            raise TimedOut("no answer") from None
        except BaseException:  # cancelled: its answer may still come, and is nobody's
            connection.close()
            raise
        if answer.last:
            connection.close()
        else:
            connection.since = asyncio.get_running_loop().time()
            self._free.setdefault(origin, []).append(connection)
        return answer

    def _idle(self, origin: "_Origin") -> Connection | None:
        """The connection that was used last: the others may come to rest."""
        free = self._free.get(origin, [])
        while free:
            connection = free.pop()
            if connection.is_open and asyncio.get_running_loop().time() - connection.since < IDLE:
                return connection
            connection.close()
        return None

    async def _connected(self, origin: "_Origin") -> Connection:
        try:
            async with asyncio.timeout(CONNECT):
                _, connection = await asyncio.get_running_loop().create_connection(
                    Connection,
                    origin.name,
                    origin.port,
                    ssl=self._secured() if origin.tls else None,
                    happy_eyeballs_delay=0.25,
                )
        except (OSError, TimeoutError):
            raise NetworkError("no connection") from None
        return connection

    def _secured(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


class _Origin(NamedTuple):
    name: str
    port: int
    tls: bool
    host: str  # as the header says it


@lru_cache(maxsize=64)  # a bot calls few methods
def _parts(url: str) -> tuple[_Origin, str]:
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    origin = _Origin(parts.hostname or "", parts.port or (443 if tls else 80), tls, parts.netloc)
    return origin, parts.path + ("?" + parts.query if parts.query else "")


def _body(data: RequestData) -> tuple[str, bytes]:
    """The line that says what it is, and the body."""
    if not data.contains_files:
        return "Content-Type: application/json\r\n", to_json(data.parameters)
    boundary = secrets.token_hex(16)
    parts = [(f'"{name}"', value.encode()) for name, value in data.json_parameters.items()]
    for name, (filename, content, mime) in data.multipart_data.items():
        quoted = filename.replace('"', "%22")
        parts.append(
            (
                f'"{name}"; filename="{quoted}"\r\nContent-Type: {mime}',
                content if isinstance(content, bytes) else content.read(),
            )
        )
    begin = f"--{boundary}\r\nContent-Disposition: form-data; name="
    body = b"".join(f"{begin}{told}\r\n\r\n".encode() + content + b"\r\n" for told, content in parts)
    kind = f"Content-Type: multipart/form-data; boundary={boundary}\r\n"
    return kind, body + f"--{boundary}--\r\n".encode()
