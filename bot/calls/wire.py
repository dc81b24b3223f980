"""One connection to a server that speaks HTTP/1.1: a request, its whole answer, then the next request.

A general client follows redirects, keeps cookies and streams bodies; with one it took two fifths of a tap's
processor time. A Bot API needs none of that, and gives its answers in one piece. What is HTTP, the parser
knows.
"""

import asyncio
from typing import NamedTuple

from httptools import HttpParserError, HttpResponseParser


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
        self._parser = HttpResponseParser(self)
        self._body = b""
        self._sized = False
        self._until_the_end = False  # the answer says no length: it ends with the connection
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
        if self._answer is None or self._answer.done():
            self.close()  # nobody asked
            return
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self._fail()

    def connection_lost(self, _: Exception | None) -> None:
        """The other side is gone: at the end of its answer, or before."""
        if self._until_the_end:
            self.on_message_complete()
        self._fail()

    def on_message_begin(self) -> None:
        """Told by the parser: an answer begins."""
        self._body, self._sized, self._until_the_end = b"", False, False

    def on_header(self, name: bytes, _: bytes) -> None:
        """Told by the parser: one header."""
        if name.lower() in (b"content-length", b"transfer-encoding"):
            self._sized = True

    def on_headers_complete(self) -> None:
        """Told by the parser: what follows is the body."""
        self._until_the_end = not self._sized

    def on_body(self, piece: bytes) -> None:
        """Told by the parser: a piece of the body."""
        self._body += piece

    def on_message_complete(self) -> None:
        """Told by the parser: the answer is whole."""
        status, last = self._parser.get_status_code(), not self._parser.should_keep_alive()
        if status >= 200 and self._answer is not None and not self._answer.done():
            self._answer.set_result(Answer(status, self._body, last or self._until_the_end))

    def _fail(self) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError())
