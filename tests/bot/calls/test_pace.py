"""Telegram's pace in one chat, on a clock that is handed in: never more than it allows, and never slower."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.calls.pace import BURST, MINUTE, MOST, Pace

ANNE, BEA = 11, 12


class Bench:
    """Somebody who always has something more to send, and waits exactly as long as is asked."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pace = Pace(lambda: self.now)
        self.sent: list[float] = []

    def sends(self, count: int, chat: int = ANNE) -> None:
        for _ in range(count):
            self.now += self.pace.wait(chat)
            assert self.pace.wait(chat) < 1e-6, "it is enough to wait as long as was said"
            self.pace.count(chat)
            self.sent.append(self.now)


@given(st.lists(st.tuples(st.integers(1, 30), st.floats(0, 90)), min_size=1, max_size=12))
def test_no_minute_holds_more_than_twenty_and_no_second_more_than_one_beyond_a_short_burst(
    bursts: list[tuple[int, float]],
) -> None:
    bench = Bench()
    for count, pause in bursts:
        bench.sends(count)
        bench.now += pause
    for first, later in zip(bench.sent, bench.sent[MOST:], strict=False):
        assert later - first >= MINUTE - 1e-6
    for first, later in zip(bench.sent, bench.sent[BURST:], strict=False):
        assert later - first >= BURST - 1e-6


def test_a_burst_leaves_at_once_and_the_rest_follows_each_second() -> None:
    bench = Bench()
    bench.sends(BURST + 6)
    assert bench.sent[:BURST] == [0.0] * BURST
    assert max(later - first for first, later in pairwise(bench.sent)) <= BURST


def test_one_chat_costs_the_others_nothing() -> None:
    bench = Bench()
    bench.sends(MOST)
    assert bench.pace.wait(ANNE) > 0
    assert bench.pace.wait(BEA) == 0


def test_what_telegram_asks_for_is_waited_for() -> None:
    bench = Bench()
    bench.pace.pause(ANNE, 300)
    assert bench.pace.wait(ANNE) == 300
    bench.now = 300
    assert bench.pace.wait(ANNE) == 0
