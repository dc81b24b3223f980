"""Draws screens, one lane a chat: lanes run side by side, and within a lane the newest screen wins."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from telegram.error import NetworkError, RetryAfter

from bot import logs
from bot.calls.patience import Patience
from bot.calls.telegram import told_to_wait
from bot.screens.drawing import Drawing, Mark
from bot.screens.pen import Pen

LANES = 256  # chats drawn at the same time; who waits for Telegram's permission does not count


class Show:
    """Draws what it is asked to. `marks` are what was shown and is not written down yet, by chat."""

    def __init__(self, pen: Pen, shown: Callable[[bool], None]) -> None:
        """`shown` is told that there is something to write down, and whether that must not wait."""
        self.marks: dict[int, Mark] = {}
        self._pen = pen
        self._shown = shown
        self._wanted: dict[int, Drawing] = {}
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._known: dict[int, Mark] = {}  # while its lane lasts, also once it is written down
        self._busy = 0
        self._room = asyncio.Event()
        self._room.set()

    @property
    def busy(self) -> frozenset[int]:
        """The chats for which something is being drawn, or is not written down yet."""
        return frozenset((*self._lanes, *self.marks))

    def ask(self, drawing: Drawing) -> None:
        """Draw this, in place of whatever was still to be drawn for this chat."""
        chat = drawing.chat_id
        self._wanted[chat] = drawing.instead_of(self._wanted.get(chat))
        if chat not in self._lanes:
            self._lanes[chat] = asyncio.create_task(self._lane(chat))

    def written(self, marks: Mapping[int, Mark]) -> None:
        """These marks are on the disk."""
        self.marks = {chat: mark for chat, mark in self.marks.items() if marks.get(chat) is not mark}

    async def room(self) -> None:
        """Wait until there is room for more lanes; until then people wait in the inbox."""
        await self._room.wait()

    async def finish(self, within: float) -> None:
        """Wait `within` seconds for what is being drawn, then let go of the rest."""
        lanes = list(self._lanes.values())
        if lanes:
            _, late = await asyncio.wait(lanes, timeout=within)
            for lane in late:
                lane.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _lane(self, chat: int) -> None:
        patience = Patience(most=10)
        self._count(1)
        try:
            while (wanted := self._wanted.pop(chat, None)) is not None:
                drawing = wanted.knowing(self._mark(chat))
                try:
                    await self._draw(drawing)
                    patience.rest()
                except RetryAfter as error:
                    self._again(drawing)
                    await self._away(patience, told_to_wait(error))
                except NetworkError:
                    self._again(drawing)
                    await patience.wait()
                except Exception as error:  # noqa: BLE001 — one drawing fails; lanes and chat go on
                    logs.warn("undrawn", error)
        finally:
            del self._lanes[chat]
            self._known.pop(chat, None)
            self._count(-1)

    async def _draw(self, drawing: Drawing) -> None:
        if drawing.taps:
            living, _ = await asyncio.gather(self._pen.draw(drawing), self._pen.answer(drawing.taps))
        else:
            living = await self._pen.draw(drawing)
        chat, former = drawing.chat_id, drawing.record.living
        sent = living is not None and living != former
        left = (former,) if sent and former is not None else ()
        if left:  # known before they are bared: whoever dies in between does it after the next start
            self._note(Mark(chat, 0, living, left=left), now=True)
        stale = drawing.record.leaving(left, () if living is None else (living,)).stale
        await self._pen.bare(chat, stale)
        final = drawing.screen.final
        self._note(Mark(chat, drawing.record.revision, living or former, final, bared=stale), now=sent)

    def _note(self, mark: Mark, *, now: bool) -> None:
        """Have this written down, with what an earlier mark says of older messages."""
        chat, earlier = mark.chat_id, self._mark(mark.chat_id)
        if now or not self.marks:
            self._shown(now)
        self.marks[chat] = self._known[chat] = mark if earlier is None else mark.after(earlier)

    def _mark(self, chat: int) -> Mark | None:
        """What this lane did last: a screen that was asked for meanwhile may not know it."""
        return self._known.get(chat, self.marks.get(chat))

    def _again(self, drawing: Drawing) -> None:
        """Draw it again, unless a newer screen is wanted by now. Its taps were answered."""
        answered = replace(drawing, taps=()).knowing(self._mark(drawing.chat_id))
        newer = self._wanted.get(drawing.chat_id)
        self._wanted[drawing.chat_id] = answered if newer is None else newer.instead_of(answered)

    async def _away(self, patience: Patience, seconds: float) -> None:
        """Leave this chat alone for so long, while others may have its place."""
        self._count(-1)
        try:
            await patience.wait(seconds)
        finally:
            self._count(1)

    def _count(self, more: int) -> None:
        self._busy += more
        if self._busy < LANES:
            self._room.set()
        else:
            self._room.clear()
