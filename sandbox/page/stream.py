"""What happens, told to every open page as it happens: server-sent events."""

import asyncio
import json
from typing import Any

from aiohttp import web

from sandbox.page import views
from sandbox.page.desk import Desk
from sandbox.telegram import Change, What

PULSE = 15.0  # seconds between signs of life: a page notices that the server is gone
_SHOWN = {What.SAID, What.REWROTE, What.SENT, What.EDITED}
_PASSING = {What.TOAST, What.ALERT, What.TYPING}


class Stream:
    """Listens to the desk and writes to the pages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._last: dict[str, Any] = {}
        self._watch: asyncio.Task[None] | None = None
        self._unsubscribe = desk.telegram.changes.subscribe(self._hear)

    def open(self) -> None:
        """Begin to watch what tells of no change by itself: faults, menus, the bot's process."""
        self._watch = asyncio.create_task(self._watches())

    def close(self) -> None:
        """Let every page go."""
        self._unsubscribe()
        if self._watch is not None:
            self._watch.cancel()
        for page in self._pages:
            page.put_nowait(None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One open page, from everything that is to all that happens."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        page: asyncio.Queue[str | None] = asyncio.Queue()
        page.put_nowait(_event("all", views.whole(self._desk)))
        self._pages.add(page)
        try:
            while (event := await _next(page)) is not None:
                await response.write(event.encode())
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            self._pages.discard(page)
        return response

    def _hear(self, change: Change) -> None:
        phone = self._desk.phones.get(change.chat_id)
        if phone is None:
            return
        if change.what in _SHOWN and change.message_id is not None:
            message = phone.person.chat.messages[change.message_id]
            self._tell("message", {"phone": change.chat_id, "message": views.message_view(message)})
        elif change.what is What.DELETED:
            self._tell("gone", {"phone": change.chat_id, "id": change.message_id})
        elif change.what in _PASSING:
            self._tell("passing", {"phone": change.chat_id, "what": change.what.value, "text": change.text})

    async def _watches(self) -> None:
        while True:
            states = {"desk": views.backstage(self._desk)} | {
                f"phone {id_}": views.head(self._desk, phone) for id_, phone in self._desk.phones.items()
            }
            for key, state in states.items():
                if self._last.get(key) != state:
                    self._tell(key.partition(" ")[0], state)
            self._last = states
            await self._desk.telegram.bell.heard(PULSE)

    def _tell(self, name: str, data: dict[str, Any]) -> None:
        event = _event(name, data)
        for page in self._pages:
            page.put_nowait(event)


async def _next(page: asyncio.Queue[str | None]) -> str | None:
    try:
        return await asyncio.wait_for(page.get(), PULSE)
    except TimeoutError:
        return ": still here\n\n"


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
