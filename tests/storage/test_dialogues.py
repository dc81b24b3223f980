"""Dialogues are kept many at a time, and come back as they were."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Select
from sqlalchemy.exc import StatementError

from conversations.dialogue import Dialogue
from conversations.page_kinds import Asking
from conversations.programme.question import Amount, Chosen, DontKnow
from storage.dialogues import _IDLE, _OF_CHATS, _UNSHOWN, Dialogues
from storage.records import Record

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
FULL = Dialogue("en", "flyer", (Asking("age"),), {"a": Chosen("x"), "b": Amount(5), "c": DontKnow()})


def record(chat_id: int, **more: object) -> Record:
    return replace(Record(chat_id, FULL, NOON), **more)  # type: ignore[arg-type]  # named fields


def save(engine: Engine, *records: Record) -> None:
    with engine.begin() as connection:
        Dialogues(connection).save(records)


def found(engine: Engine, *chats: int) -> list[Record]:
    with engine.begin() as connection:
        return list(Dialogues(connection).of(chats).values())


def test_a_record_comes_back_as_it_was_written(engine: Engine) -> None:
    written = record(2**62, revision=7, shown=6, living=2**40, heard=3, lead_key=2**63 - 1, stale=(1, 2**39))
    save(engine, written)
    assert found(engine, 2**62, 1) == [written]


def test_saving_again_replaces_everything(engine: Engine) -> None:
    save(engine, record(1, revision=7, living=3, lead_key=9), record(2))
    save(engine, record(1, dialogue=Dialogue("fr")))
    assert found(engine, 1) == [record(1, dialogue=Dialogue("fr"))]
    assert found(engine, 2) == [record(2)]


def test_what_is_not_on_the_phone_yet_is_found_page_by_page(engine: Engine) -> None:
    save(engine, *(record(chat, revision=2, shown=chat % 2 + 1) for chat in range(10)))
    with engine.begin() as connection:
        first = Dialogues(connection).unshown(-1, 3)
        second = Dialogues(connection).unshown(first[-1], 3)
    assert first + second == [0, 2, 4, 6, 8]


def test_the_idle_are_found_oldest_first(engine: Engine) -> None:
    save(engine, *(record(chat, updated_at=NOON - timedelta(days=chat)) for chat in range(6)))
    with engine.begin() as connection:
        idle = Dialogues(connection).idle_since(NOON - timedelta(days=3), 10)
    assert [kept.chat_id for kept in idle] == [5, 4]


def test_who_is_erased_is_gone(engine: Engine) -> None:
    save(engine, record(1), record(2))
    with engine.begin() as connection:
        Dialogues(connection).erase([1, 3])
    assert [kept.chat_id for kept in found(engine, 1, 2, 3)] == [2]


def test_a_time_without_its_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError):
        save(engine, record(1, updated_at=NOON.replace(tzinfo=None)))


def test_a_time_comes_back_in_utc(engine: Engine) -> None:
    paris = datetime.fromisoformat("2026-11-23T12:00:00+01:00")
    save(engine, record(1, updated_at=paris))
    [kept] = found(engine, 1)
    assert kept.updated_at == paris
    assert kept.updated_at.tzinfo is UTC


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("query", "index"),
    [(_UNSHOWN, "dialogue_unshown"), (_IDLE, "dialogue_updated"), (_OF_CHATS, "autoindex")],
)
def test_nobody_is_found_by_looking_at_everybody(engine: Engine, query: Select[Any], index: str) -> None:
    words = str(query).replace("__[POSTCOMPILE_chats]", "(1)")
    with engine.connect() as connection:
        values = {"most": 9, "after": 1, "day": "2026", "param_1": 9}
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {words}".replace("FOR UPDATE", ""), values
        ).all()
    assert len(plan) == 1
    assert index in plan[0].detail


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(1, 50))))
def test_news_of_drawings_in_any_order_end_in_the_same_record(news: list[tuple[int, int | None]]) -> None:
    there, back = record(1), record(1)
    for revision, living in news:
        there = there.drawn(revision, living)
    for revision, living in reversed(news):
        back = back.drawn(revision, living)
    assert there == back
    assert there.shown == max((revision for revision, _ in news), default=0)


@pytest.mark.parametrize(
    ("living", "heard", "below"), [(None, 0, True), (5, 4, False), (5, 6, True), (5, 5, True)]
)
def test_a_screen_above_what_was_said_is_sent_anew(living: int | None, heard: int, below: bool) -> None:  # noqa: FBT001 — a table
    assert record(1, living=living, heard=heard).below is below
