"""The inbox: in the order they came, each once, and nothing left of what was done."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from conversations.events import CameBack, Commanded, Event, Said, SentOther, SharedContact, Tapped
from storage import arrivals
from storage.arrivals import Arrival
from storage.inbox import _WAITING
from storage.transaction import Transaction

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def said(update_id: int, words: str = "bonjour", chat_id: int = 5) -> Arrival:
    return Arrival(update_id, chat_id, update_id, Said(words), "fr")


def accept(engine: Engine, *arrived: Arrival, at: datetime = NOON, unread: tuple[int, ...] = ()) -> None:
    with engine.begin() as connection:
        Transaction(connection).inbox.accept(arrived, unread, at)


def waiting(engine: Engine, most: int = 100) -> list[Arrival]:
    with engine.begin() as connection:
        return Transaction(connection).inbox.waiting(most)


def end(engine: Engine, *done: int, aside: tuple[int, ...] = ()) -> None:
    with engine.begin() as connection:
        Transaction(connection).inbox.end(done, aside)


def test_updates_wait_in_the_order_they_came_even_when_their_numbers_jump_back(engine: Engine) -> None:
    accept(engine, said(900), said(901))
    accept(engine, said(17), said(18), at=NOON + timedelta(seconds=1))
    assert [arrival.update_id for arrival in waiting(engine)] == [900, 901, 17, 18]


def test_no_more_are_taken_than_asked_for(engine: Engine) -> None:
    accept(engine, *map(said, range(5)))
    assert [arrival.update_id for arrival in waiting(engine, 2)] == [0, 1]


def test_an_update_that_comes_twice_is_there_once(engine: Engine) -> None:
    accept(engine, said(1, "first"), said(1, "again"))
    accept(engine, said(1, "and again"))
    assert waiting(engine) == [said(1, "first")]


def test_an_update_that_was_handled_is_known_when_it_comes_again(engine: Engine) -> None:
    accept(engine, said(1), said(2))
    end(engine, 1, aside=(2,))
    accept(engine, said(1), said(2))
    assert waiting(engine) == []


def test_of_what_was_handled_only_the_number_stays(engine: Engine) -> None:
    accept(engine, said(1, "secret"), said(2, "secret"))
    end(engine, 1, aside=(2,))
    with engine.connect() as connection:
        rows = connection.execute(text("select update_id, state, chat_id, arrival from inbox")).all()
    assert [tuple(row) for row in rows] == [(1, "done", None, None), (2, "aside", None, None)]


def test_what_nobody_could_read_is_known_by_its_number(engine: Engine) -> None:
    accept(engine, said(2), unread=(1,))
    assert waiting(engine) == [said(2)]
    accept(engine, said(1))
    assert waiting(engine) == [said(2)]


def test_what_another_version_wrote_blocks_nobody(engine: Engine) -> None:
    accept(engine, said(1), said(2))
    for odd in (
        '{"another": "shape"}',
        '[1, "Unknown", {}, "", ""]',
        '[1, "Said", {"no": 1}, "", ""]',
        "[",
        "5",
    ):
        with engine.begin() as connection:
            connection.execute(
                text("update inbox set arrival = :odd, state = 'waiting' where update_id = 1"), {"odd": odd}
            )
        assert waiting(engine) == [said(2)]
    assert waiting(engine) == [said(2)]


def test_numbers_are_forgotten_after_their_time_but_not_those_that_wait(engine: Engine) -> None:
    accept(engine, said(1), said(2))
    accept(engine, said(3), at=NOON + timedelta(hours=3))
    end(engine, 1, 3)
    with engine.begin() as connection:
        assert Transaction(connection).inbox.forget_before(NOON + timedelta(hours=1)) == 1
    accept(engine, said(1, "new again"), at=NOON + timedelta(hours=4))
    assert waiting(engine) == [said(2), said(1, "new again")]


@pytest.mark.sqlite
def test_who_waits_is_found_without_a_look_at_what_is_done(engine: Engine) -> None:
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {_WAITING}", {"most": 9, "param_1": 9}).all()
    assert [step.detail for step in plan] == ["SCAN inbox USING INDEX inbox_waiting"]


words = st.text()
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Tapped, words),
    st.builds(Said, words),
    st.builds(Commanded, words, words),
    st.builds(SharedContact, words, words, st.booleans()),
    st.builds(SentOther, words),
    st.just(CameBack()),
)
numbers = st.integers(-(2**63), 2**63 - 1)


@settings(deadline=None)
@given(st.builds(Arrival, numbers, numbers, numbers, events, words, words))
def test_an_arrival_comes_back_as_it_was_written(arrival: Arrival) -> None:
    assert arrivals.load(arrival.update_id, arrival.chat_id, arrivals.dump(arrival)) == arrival
    assert arrivals.dump(arrival).isascii()
