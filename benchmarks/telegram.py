"""A Telegram that costs little: the few methods a walk needs, over HTTP, in a process of its own.

`sandbox/` holds the strict one; this one is a ruler. It keeps no history, and checks only that every screen
is the one of the walk. The residents live inside it: nothing lies between them and what the bot sends.
"""

import asyncio
import gc
import json
import re
import sys
from collections import deque
from functools import lru_cache
from html import unescape
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time, time
from typing import Any
from urllib.parse import parse_qsl

from benchmarks.residents import Keyboard, Resident, Shown, Tally, Town

BOT = {"id": 123456, "is_bot": True, "first_name": "Banc", "username": "banc_bot"}
DATE = 1_790_000_000  # nobody looks at it
MOST = 100  # updates in one answer
WARM = 0.2  # of a measurement, at its begin: not counted
LATE = 30.0  # seconds given at the end to what was not answered yet
NUMBER = re.compile(rb'(?<![a-z_])(chat_id|message_id)(=|": ?)(\d+)')  # in a form, and in JSON
HEAD = re.compile(rb"(?:POST|GET) /(?:bot[^/ ]+/)?(\w+)")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Telegram:
    """One bot's Telegram, and everybody who talks to that bot."""

    def __init__(self, walk: list[Shown]) -> None:
        now = int(time())  # nobody and no number that a former run used: a database may remember them
        self.town = Town(walk, now * 1_000, self._speak, self._tap)
        self._updates: deque[tuple[int, bytes]] = deque()
        self._last = self._messages = now * 10_000
        self._poll: Connection | None = None

    def answer(self, method: bytes, body: bytes, connection: "Connection") -> None:
        """Do what the bot or the benchmark asks for."""
        match method.lower():
            case b"getupdates":
                self._get_updates(_sent(body), connection)
            case b"editmessagetext" | b"sendmessage":
                connection.reply(self._screen(body))
            case b"answercallbackquery":
                self.town.tally.answered += 1
                connection.reply(_ok(True))  # noqa: FBT003 — Telegram's own word
            case b"getme":
                connection.reply(_ok(BOT))
            case b"start" | b"measure":
                connection.task = asyncio.ensure_future(self._ask(connection, **json.loads(body)))
            case _:
                connection.reply(_ok(True))  # noqa: FBT003 — the same

    # --- updates ---

    def _get_updates(self, asked: dict[str, Any], connection: "Connection") -> None:
        offset = int(asked.get("offset", 0))
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        self._poll = connection
        if self._updates or not float(asked.get("timeout", 0)):
            self._hand_out(connection)
        else:
            asyncio.get_running_loop().call_later(float(asked["timeout"]), self._hand_out, connection)

    def _hand_out(self, connection: "Connection") -> None:
        if self._poll is not connection:
            return  # it was answered
        self._poll = None
        listed = b",".join(update for _, update in islice(self._updates, MOST))
        connection.reply(b'{"ok":true,"result":[' + listed + b"]}")

    def _arrive(self, update: str) -> None:
        self._last += 1
        self._updates.append((self._last, f'{{"update_id":{self._last},{update}}}'.encode()))
        if self._poll is not None:
            asyncio.get_running_loop().call_soon(self._hand_out, self._poll)

    def _speak(self, resident: Resident) -> None:
        self._messages += 1
        self._arrive(
            f'"message":{{"message_id":{self._messages},"from":{_person(resident.chat_id)},'
            f'"chat":{_chat(resident.chat_id)},"date":{DATE},"text":"/start",'
            f'"entities":[{{"type":"bot_command","offset":0,"length":6}}]}}'
        )

    def _tap(self, resident: Resident) -> None:
        message = _message(resident.chat_id, resident.message_id, resident.seen)
        self._arrive(
            f'"callback_query":{{"id":"{self._last + 1}00","from":{_person(resident.chat_id)},'
            f'"message":{message},"chat_instance":"1","data":"{resident.data}"}}'
        )

    # --- screens ---

    def _screen(self, body: bytes) -> bytes:
        numbers = {name: number for name, _, number in NUMBER.findall(body)}
        resident = self.town.people.get(int(numbers[b"chat_id"]))
        if resident is None:  # of a former run on this database: nobody looks
            return _ok({"message_id": int(numbers.get(b"message_id", 1))})
        text, keyboard, resident.seen = _read(NUMBER.sub(rb"\1\g<2>0", body))
        if b"message_id" in numbers:
            message_id = int(numbers[b"message_id"])
        else:
            message_id = self._messages = self._messages + 1
        self.town.saw(resident, message_id, text, keyboard)
        return f'{{"ok":true,"result":{_message(resident.chat_id, message_id, resident.seen)}}}'.encode()

    # --- what the benchmark asks ---

    async def _ask(self, connection: "Connection", **asked: Any) -> None:
        """Answers once everybody has their first screen; where seconds are given, once they are measured."""
        self.town.welcome(asked["residents"])
        await self._patience()
        report = await self._measure(**asked) if "seconds" in asked else {"unanswered": self.town.waiting}
        connection.reply(json.dumps(report).encode())

    async def _measure(self, residents: int, seconds: float, rate: float, pid: int) -> dict[str, Any]:
        """So many residents for so long: as fast as they can, or `rate` taps a second where it is not 0."""
        town = self.town
        gc.freeze()
        town.tally = tally = Tally()
        strolling = asyncio.ensure_future(self._stroll(rate)) if rate else None
        if not rate:
            town.hurry(residents)
        await asyncio.sleep(seconds * WARM)
        tally.begun, arrived, spent, own = perf_counter(), tally.arrived, _spent(pid), process_time()
        await asyncio.sleep(seconds * (1 - WARM))
        report = {
            "taps": tally.arrived - arrived,
            "cpu": _spent(pid) - spent,
            "own_cpu": process_time() - own,
            "seconds": perf_counter() - tally.begun,
        }
        if strolling is not None:
            strolling.cancel()
        town.rest()
        await self._patience(tally)
        unanswered = max(town.waiting, tally.arrived - tally.answered)
        return report | {"latencies": tally.latencies, "unanswered": unanswered, "wrong": tally.wrong}

    async def _stroll(self, rate: float) -> None:
        self.town.stroll()
        due = perf_counter()
        while True:
            due += self.town.gap(rate)
            await asyncio.sleep(due - perf_counter())
            self.town.one_taps()

    async def _patience(self, tally: Tally | None = None) -> None:
        """Wait until everybody has their screen, and every tap of this tally its answer."""
        end = perf_counter() + LATE
        while (self.town.waiting or (tally and tally.answered < tally.arrived)) and perf_counter() < end:  # noqa: ASYNC110 — a bell would cost every screen
            await asyncio.sleep(0.002)
        await asyncio.sleep(0.1)  # for what goes beside the screens


class Connection(asyncio.Protocol):
    """HTTP/1.1 as the clients of a Bot API speak it: one request after the other, a length on each body."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._received = b""
        self._transport: asyncio.Transport
        self.task: object = None  # what is under way for it

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connected."""
        self._transport = transport  # type: ignore[assignment]  # a TCP server makes no other

    def data_received(self, data: bytes) -> None:
        """A request, or a part of one."""
        self._received += data
        end = self._received.find(b"\r\n\r\n") + 4
        if end < 4:
            return
        length = LENGTH.search(self._received, 0, end)
        end_of_body = end + (int(length[1]) if length else 0)
        head = HEAD.match(self._received)
        if head is None or len(self._received) < end_of_body:
            return
        body, self._received = self._received[end:end_of_body], self._received[end_of_body:]
        self._telegram.answer(head[1], body, self)

    def reply(self, body: bytes) -> None:
        """Answer the request."""
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (len(body), body)
        )


@lru_cache(maxsize=4000)
def _read(body: bytes) -> tuple[str, Keyboard, str]:
    """A screen as it was sent: its HTML, its buttons, and both as Telegram writes them in a message.

    But for two numbers the same screens come again and again: each is read once.
    """
    sent = _sent(body)
    html, markup = sent["text"], sent["reply_markup"]
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    plain = unescape(re.sub(r"</?\w+>", "", html))
    seen = f'"text":{json.dumps(plain)},"reply_markup":{json.dumps(keyboard)}'
    return html, keyboard["inline_keyboard"], seen


def _sent(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
    return found


def _ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _person(chat_id: int) -> str:
    return f'{{"id":{chat_id},"is_bot":false,"first_name":"Ann","language_code":"fr"}}'


def _chat(chat_id: int) -> str:
    return f'{{"id":{chat_id},"type":"private","first_name":"Ann"}}'


FROM_BOT = f'"from":{json.dumps(BOT)},"date":{DATE}'


def _message(chat_id: int, message_id: int, seen: str) -> str:
    return f'{{"message_id":{message_id},{FROM_BOT},"chat":{_chat(chat_id)},{seen}}}'


def _spent(pid: int) -> float:
    """Seconds of processor that a process has used, with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def serve(telegram: Telegram) -> None:
    """Serve until killed; says on which port."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(telegram), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    asyncio.run(serve(Telegram([Shown(**shown) for shown in told])))
