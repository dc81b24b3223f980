"""Lanes: one a chat, the newest screen wins, and whoever has to wait keeps nobody else waiting."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.screens import show as showing
from bot.screens.drawing import TAPS, Drawing, Mark, Tap
from bot.screens.pen import Pen
from bot.screens.show import Show
from conversations.dialogue import Dialogue
from conversations.screen import Line, Screen
from storage.records import Record
from tests.conversations.talk import NOON


class SlowPen(Pen):
    """Draws when it is let, and fails when it is told to."""

    def __init__(self) -> None:
        self.let = asyncio.Event()
        self.let.set()
        self.fails: list[Exception] = []
        self.drawn: list[Drawing] = []
        self.answered: list[Tap] = []
        self.bared: list[int] = []
        self.next_message = 100

    async def draw(self, drawing: Drawing) -> int | None:
        await self.let.wait()
        if self.fails:
            raise self.fails.pop(0)
        self.drawn.append(drawing)
        if not drawing.record.below:
            return drawing.record.living
        self.next_message += 1
        return self.next_message

    async def answer(self, taps: tuple[Tap, ...]) -> None:
        self.answered += taps

    async def bare(self, _: int, message_ids: tuple[int, ...]) -> None:
        self.bared += message_ids


class NoPatience:
    """Waits no longer than it takes to write down for how long it should have."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    async def wait(self, at_least: float = 0) -> None:
        self.waited.append(at_least)
        await asyncio.sleep(0)

    def rest(self) -> None:
        """Nothing to forget."""


@pytest.fixture
def pen() -> SlowPen:
    return SlowPen()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> NoPatience:
    patience = NoPatience()
    monkeypatch.setattr(showing, "Patience", lambda most: patience)  # noqa: ARG005 — one for all
    return patience


@pytest.fixture
def show(pen: SlowPen, patience: NoPatience) -> Show:
    return Show(pen, lambda _: None)


def drawing(
    revision: int, chat: int = 5, *, living: int | None = 10, heard: int = 9, taps: int = 0
) -> Drawing:
    record = Record(chat, Dialogue("fr"), NOON, revision, 0, living, heard)
    return Drawing(record, Screen((Line(str(revision)),)), tuple(Tap(f"{revision}-{n}") for n in range(taps)))


def revisions(pen: SlowPen) -> list[int]:
    return [drawn.record.revision for drawn in pen.drawn]


async def test_of_the_screens_that_wait_only_the_newest_is_drawn_and_every_tap_is_answered(
    show: Show, pen: SlowPen
) -> None:
    pen.let.clear()
    show.ask(drawing(1, taps=1))
    await asyncio.sleep(0)
    for revision in (2, 3, 4):
        show.ask(drawing(revision, taps=1))
    pen.let.set()
    await show.finish(1)
    assert revisions(pen) == [1, 4]
    assert [tap.query for tap in pen.answered] == ["1-0", "2-0", "3-0", "4-0"]
    assert show.marks == {5: Mark(5, 4, 10, final=False)}


async def test_a_screen_asked_for_while_a_message_is_on_its_way_is_drawn_into_that_message(
    show: Show, pen: SlowPen
) -> None:
    pen.let.clear()
    show.ask(drawing(1, living=10, heard=11))
    await asyncio.sleep(0)
    show.ask(drawing(2, living=10, heard=11))
    pen.let.set()
    await show.finish(1)
    assert [drawn.record.living for drawn in pen.drawn] == [10, 101]
    assert not pen.drawn[1].record.below
    assert pen.bared == [10]


async def test_the_message_that_is_left_is_written_down_before_it_is_bared(
    show: Show, pen: SlowPen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever dies in between finds it again: until then nothing counts as shown."""
    noted: list[Mark] = []

    async def bare(chat: int, _: tuple[int, ...]) -> None:
        noted.append(show.marks[chat])

    monkeypatch.setattr(pen, "bare", bare)
    show.ask(drawing(4, living=10, heard=11))
    await show.finish(1)
    assert noted == [Mark(5, 0, 101, left=(10,))]
    assert show.marks == {5: Mark(5, 4, 101, bared=(10,))}


async def test_a_screen_asked_for_before_a_message_was_written_down_knows_that_message(
    show: Show, pen: SlowPen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was asked for by somebody who did not know it, and drawn when its mark was gone already."""
    bared: list[int] = []

    async def bare(_: int, message_ids: tuple[int, ...]) -> None:
        show.ask(drawing(5, living=10, heard=102))
        show.written(dict(show.marks))
        monkeypatch.setattr(pen, "bare", afterwards)
        bared.extend(message_ids)

    async def afterwards(_: int, message_ids: tuple[int, ...]) -> None:
        bared.extend(message_ids)

    monkeypatch.setattr(pen, "bare", bare)
    show.ask(drawing(4, living=10, heard=11))
    await show.finish(1)
    assert [drawn.record.living for drawn in pen.drawn] == [10, 101]
    assert bared == [10, 101]


async def test_a_chat_that_is_flooded_while_buttons_are_taken_away_gets_no_second_message(
    show: Show, pen: SlowPen, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [RetryAfter(1)]

    async def bare(_: int, __: tuple[int, ...]) -> None:
        show.written(dict(show.marks))
        if refusals:
            raise refusals.pop()

    monkeypatch.setattr(pen, "bare", bare)
    show.ask(drawing(4, living=10, heard=11))
    await show.finish(1)
    assert pen.next_message == 101
    assert show.marks[5].revision == 4


async def test_what_a_former_life_left_is_bared_with_the_next_drawing(show: Show, pen: SlowPen) -> None:
    left = drawing(4, living=10)
    show.ask(replace(left, record=left.record.leaving((7, 8))))
    await show.finish(1)
    assert pen.bared == [7, 8]
    assert show.marks[5].bared == (7, 8)


async def test_a_message_that_is_not_written_down_yet_is_known_to_the_next_lane(
    show: Show, pen: SlowPen
) -> None:
    show.ask(drawing(1, living=None))
    await show.finish(1)
    show.ask(drawing(2, living=None, heard=9))
    await show.finish(1)
    assert pen.drawn[1].record.living == 101
    show.written(dict(show.marks))
    assert show.marks == {}


@pytest.mark.parametrize(
    "failure", [NetworkError("away"), TimedOut("lost"), RetryAfter(timedelta(seconds=17))]
)
async def test_what_failed_is_drawn_again_unless_something_newer_is_wanted(
    show: Show, pen: SlowPen, patience: NoPatience, failure: Exception
) -> None:
    pen.fails = [failure, failure]
    show.ask(drawing(1, taps=1))
    await show.finish(1)
    assert revisions(pen) == [1]
    assert [tap.query for tap in pen.answered] == ["1-0"], "answered once, however often it is drawn"
    assert patience.waited == [17 if isinstance(failure, RetryAfter) else 0] * 2


async def test_what_can_never_be_drawn_does_not_stop_the_chat(show: Show, pen: SlowPen) -> None:
    pen.fails = [InvalidToken("…"), KeyError("…")]
    for revision in (1, 2, 3):
        show.ask(drawing(revision))
        await show.finish(1)
    assert revisions(pen) == [3]


async def test_too_many_lanes_leave_people_in_the_inbox(show: Show, pen: SlowPen) -> None:
    pen.let.clear()
    for chat in range(showing.LANES):
        show.ask(drawing(1, chat))
    await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(show.room(), 0.05)
    pen.let.set()
    await asyncio.wait_for(show.room(), 1)
    await show.finish(1)


async def test_chats_that_telegram_makes_wait_take_nobodys_room(
    show: Show, pen: SlowPen, patience: NoPatience, monkeypatch: pytest.MonkeyPatch
) -> None:
    forever = asyncio.Event()
    monkeypatch.setattr(patience, "wait", lambda _=0: forever.wait())
    pen.fails = [RetryAfter(3600)] * showing.LANES
    for chat in range(showing.LANES):
        show.ask(drawing(1, chat))
    await asyncio.sleep(0.01)
    await asyncio.wait_for(show.room(), 1)
    show.ask(drawing(1, 9999))
    await asyncio.sleep(0.01)
    assert [drawn.chat_id for drawn in pen.drawn] == [9999]
    await show.finish(0)


async def test_only_so_many_answers_to_taps_are_kept_for_later() -> None:
    newest = drawing(1)
    for revision in range(2, 100):
        newest = drawing(revision, taps=3).instead_of(newest)
    assert len(newest.taps) == TAPS
    assert newest.taps[-1] == Tap("99-2")
    assert replace(newest, taps=()).instead_of(None) == replace(newest, taps=())
