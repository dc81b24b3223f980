"""One connection to a server that speaks HTTP/1.1: a request, its whole answer, then the next request.

A general client follows redirects, keeps cookies and streams bodies; with one it took two fifths of a tap's
processor time. A Bot API needs none of that, and gives its answers in one piece.
"""

import asyncio
import re
from typing import NamedTuple

STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*\bchunked\b", re.IGNORECASE)
CLOSED = re.compile(rb"\r\nconnection:[^\r]*\bclose\b", re.IGNORECASE)


class Answer(NamedTuple):
    """What a server said; `last` where it says no more on this connection."""

    status: int
    body: bytes
    last: bool


class Connection(asyncio.Protocol):
    """For one request at a time."""

    def __init__(self) -> None:
        self.since = 0.0  # when it became free, by the loop's clock
        self._transport: asyncio.Transport
        self._received = b""
        self._answer: asyncio.Future[Answer] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the other side is still there, as far as one knows."""
        return not self._transport.is_closing()

    async def ask(self, request: bytes) -> Answer:
        """The answer to these bytes. Raises ConnectionError where none comes, or one that is no HTTP."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Let go of it at once."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        self._transport = transport  # type: ignore[assignment]  # what create_connection makes

    def data_received(self, data: bytes) -> None:
        """A piece of the answer."""
        self._received += data
        self._read(ended=False)

    def connection_lost(self, _: Exception | None) -> None:
        """The other side is gone, which may be the end of its answer."""
        self._read(ended=True)

    def _read(self, *, ended: bool) -> None:
        if self._answer is None or self._answer.done():
            self.close()  # nobody asked
            return
        try:
            answer = read(self._received, ended=ended)
        except ValueError:
            answer, ended = None, True
        if answer is not None:
            self._received = b""
            self._answer.set_result(answer)
        elif ended:
            self._answer.set_exception(ConnectionError())


def read(received: bytes, *, ended: bool = False) -> Answer | None:
    """The answer, None while it is not whole; `ended`: nothing more comes. Raises ValueError on no HTTP."""
    begin = received.find(b"\r\n\r\n") + 4
    if begin < 4:
        return None
    head = received[: begin - 2]
    status = STATUS.match(head)
    if status is None:
        raise ValueError("no HTTP")
    length = LENGTH.search(head)
    last = CLOSED.search(head) is not None or head.startswith(b"HTTP/1.0")
    if CHUNKED.search(head):
        body = _joined(received, begin)
    elif length is not None:
        end = begin + int(length[1])
        body = received[begin:end] if end <= len(received) else None
    else:  # it goes on until the other side closes
        body, last = received[begin:] if ended else None, True
    return None if body is None else Answer(int(status[1]), body, last)


def _joined(received: bytes, at: int) -> bytes | None:
    """The chunks from `at` on, each after its size in hexadecimal; None while the last one is missing."""
    body = b""
    while (end := received.find(b"\r\n", at)) >= 0:
        size = int(received[at:end].partition(b";")[0], 16)
        if size == 0:
            return body if received.find(b"\r\n\r\n", end) >= 0 else None
        at = end + 2 + size + 2
        body += received[end + 2 : at - 2]
    return None
