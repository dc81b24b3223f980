"""HTTP/1.1 as servers answer it: in pieces, in chunks, to the end of the connection; and what is none."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.calls.wire import Answer, Connection

BODY = b'{"ok":true,"result":"\xc3\xa9"}'
LENGTH = b"HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: %d\r\n\r\n%b" % (len(BODY), BODY)
CHUNKS = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;x=y\r\n%b\r\n%x\r\n%b\r\n0\r\nX: y\r\n\r\n" % (BODY[:5], len(BODY) - 5, BODY[5:])
)


async def heard(*pieces: bytes, ended: bool = False) -> Answer | None:
    """What somebody who asked has heard after these pieces."""
    connection = Connection()
    connection.connection_made(_Nowhere())
    asked = asyncio.create_task(connection.ask(b"?"))
    await asyncio.sleep(0)
    for piece in pieces:
        connection.data_received(piece)
    if ended:
        connection.connection_lost(None)
    await asyncio.sleep(0)
    return await asked if asked.done() else (asked.cancel(), None)[1]


class _Nowhere(asyncio.Transport):
    """Takes everything and leads nowhere."""

    def write(self, data: bytes | bytearray | memoryview) -> None: ...

    def abort(self) -> None: ...


@pytest.mark.parametrize("sent", [LENGTH, CHUNKS])
async def test_an_answer_is_whole_at_its_last_byte_and_never_before(sent: bytes) -> None:
    assert {await heard(sent[:end]) for end in range(len(sent))} == {None}
    assert await heard(sent) == Answer(200, BODY, last=False)
    assert await heard(*(bytes((byte,)) for byte in sent)) == Answer(200, BODY, last=False)


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    sent = b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>"
    assert await heard(sent) is None
    assert await heard(sent, ended=True) == Answer(502, b"<html>", last=True)


async def test_an_answer_comes_after_a_word_of_patience() -> None:
    assert await heard(b"HTTP/1.1 100 Continue\r\n\r\n" + LENGTH) == Answer(200, BODY, last=False)


async def test_who_closes_says_so() -> None:
    sent = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    assert await heard(sent) == Answer(200, b"", last=True)


@pytest.mark.parametrize("sent", [b"SSH-2.0\r\n\r\n", CHUNKS.replace(b"5;x=y", b"five")])
async def test_what_is_no_http_is_refused(sent: bytes) -> None:
    with pytest.raises(ConnectionError):
        await heard(sent)


@pytest.mark.parametrize("cut", [1, 5, len(BODY) + 9])
async def test_an_answer_that_was_cut_off_is_none(cut: int) -> None:
    with pytest.raises(ConnectionError):
        await heard(LENGTH[:-cut], ended=True)


@pytest.fixture
async def talking() -> AsyncIterator[tuple[Connection, asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection, and the other side of it."""
    came: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Future()
    server = await asyncio.start_server(lambda *both: came.set_result(both), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    reader, writer = await came
    yield connection, reader, writer
    connection.close()
    writer.close()
    server.close()


Talking = tuple[Connection, asyncio.StreamReader, asyncio.StreamWriter]


async def test_one_request_follows_the_other_on_one_connection(talking: Talking) -> None:
    connection, reader, writer = talking
    for request in (b"one", b"two"):
        answer = asyncio.create_task(connection.ask(request))
        assert await reader.readexactly(3) == request
        for byte in LENGTH:
            writer.write(bytes((byte,)))
        assert (await answer).body == BODY
    assert connection.is_open


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"junk\r\n\r\n"])
async def test_a_connection_that_ends_before_its_answer_says_so(talking: Talking, said: bytes) -> None:
    connection, reader, writer = talking
    answer = asyncio.create_task(connection.ask(b"one"))
    await reader.readexactly(3)
    writer.write(said)
    writer.close()
    with pytest.raises(ConnectionError):
        await answer


async def test_what_nobody_asked_for_ends_the_connection(talking: Talking) -> None:
    connection, reader, writer = talking
    writer.write(LENGTH)
    assert await reader.read() == b""
    assert not connection.is_open
