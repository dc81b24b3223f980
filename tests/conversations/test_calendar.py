"""Her half-days as they are: public holidays, absences, summer time, and the time of day in Paris."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.calendar import Calendar, out_of_the_night, public_holidays, some_days_before
from conversations.handover.request import HalfDaySlot
from conversations.programme.model import HalfDay
from conversations.scene import PARIS

# Monday morning, Tuesday afternoon, Wednesday morning, Thursday afternoon, Friday morning.
WEEK = tuple(
    HalfDay(weekday, time(14 if weekday % 2 else 9), time(17 if weekday % 2 else 12), "")
    for weekday in range(5)
)
CALENDAR = Calendar(WEEK)

START = datetime(2025, 1, 1, tzinfo=UTC)
moments = st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
absences = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(0, 40)).map(
        lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
    ),
    max_size=4,
).map(tuple)


def paris(*when: int) -> datetime:
    return datetime(*when, tzinfo=PARIS)  # type: ignore[arg-type, misc]  # year, month, day, hour, minute


def days(calendar: Calendar, now: datetime, n: int) -> list[date]:
    return [slot.day for slot in islice(calendar.slots(now), n)]


def test_the_public_holidays_of_metropolitan_france_are_eleven() -> None:
    assert len(public_holidays(2026)) == 11
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} < public_holidays(2026)


def test_the_first_of_january_and_the_weekend_behind_it_are_passed_over() -> None:
    assert days(CALENDAR, paris(2026, 12, 31, 15, 0), 2) == [date(2027, 1, 4), date(2027, 1, 5)]


def test_the_bridges_of_may_are_worked_unless_she_says_otherwise() -> None:
    ascension = paris(2026, 5, 13, 13, 0)
    assert days(CALENDAR, ascension, 2) == [date(2026, 5, 15), date(2026, 5, 18)]
    bridged = Calendar(WEEK, ((date(2026, 5, 15), date(2026, 5, 15)),))
    assert days(bridged, ascension, 2) == [date(2026, 5, 18), date(2026, 5, 19)]


def test_public_holidays_are_those_of_another_calendar() -> None:
    years = range(2020, 2100)
    assert {year: set(public_holidays(year)) for year in years} == {
        year: set(country_holidays("FR", years=year)) for year in years
    }


def test_two_fridays_of_may_are_holidays() -> None:
    assert not CALENDAR.works_on(date(2026, 5, 1))
    assert not CALENDAR.works_on(date(2026, 5, 8))


def test_a_half_day_that_has_begun_is_not_offered() -> None:
    assert days(CALENDAR, paris(2026, 11, 23, 9, 0), 1) == [date(2026, 11, 23)]
    assert days(CALENDAR, paris(2026, 11, 23, 9, 1), 1) == [date(2026, 11, 24)]


@pytest.mark.fault(21)
def test_nine_oclock_is_nine_oclock_in_paris_on_both_sides_of_summer_time() -> None:
    winter = HalfDaySlot(date(2026, 3, 27), 4)
    summer = HalfDaySlot(date(2026, 3, 30), 0)
    assert CALENDAR.begin(winter) == datetime(2026, 3, 27, 8, tzinfo=UTC)
    assert CALENDAR.begin(summer) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert CALENDAR.begin(HalfDaySlot(date(2026, 10, 26), 0)) == datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_an_absence_holds_its_first_and_its_last_day() -> None:
    away = Calendar(WEEK, ((date(2026, 11, 24), date(2026, 11, 26)),))
    assert days(away, paris(2026, 11, 23, 13, 0), 1) == [date(2026, 11, 27)]


def test_a_week_of_hers_is_five_half_days() -> None:
    monday = paris(2026, 11, 23, 0, 0)
    assert CALENDAR.working_half_days_between(monday, monday + timedelta(days=7)) == 5
    assert CALENDAR.working_half_days_between(paris(2026, 11, 23, 9, 30), paris(2026, 11, 24, 17, 0)) == 1
    assert CALENDAR.working_half_days_between(paris(2026, 11, 24, 15, 0), paris(2026, 11, 24, 16, 0)) == 0


def test_what_comes_while_she_works_reaches_her_at_once_and_else_when_she_next_begins() -> None:
    at_work, evening, friday = (
        paris(2026, 11, 23, 10, 0),
        paris(2026, 11, 23, 20, 0),
        paris(2026, 11, 27, 12, 0),
    )
    assert CALENDAR.when_she_works(at_work) == at_work
    assert CALENDAR.when_she_works(evening) == paris(2026, 11, 24, 14, 0)
    assert CALENDAR.when_she_works(friday) == paris(2026, 11, 30, 9, 0)


def test_an_absence_without_end_leaves_nothing_to_offer() -> None:
    gone = Calendar(WEEK, ((date(2026, 1, 1), date.max),))
    assert days(gone, paris(2026, 11, 23, 10, 0), 1) == []
    assert gone.at_start_of_next_half_day(paris(2026, 11, 23, 10, 0)) is None


@given(moments, absences)
@settings(deadline=None)
def test_every_half_day_offered_is_one_she_works(now: datetime, away: tuple[tuple[date, date], ...]) -> None:
    calendar = Calendar(WEEK, away)
    offered = list(islice(calendar.slots(now), 12))
    assert offered
    for slot in offered:
        begin = calendar.begin(slot)
        assert begin >= now
        assert begin.astimezone(PARIS).date() == slot.day
        assert begin.astimezone(PARIS).time() == WEEK[slot.half_day].start
        assert slot.day.weekday() < 5
        assert slot.day not in public_holidays(slot.day.year)
        assert not any(first <= slot.day <= last for first, last in away)
        assert calendar.at_work(begin)
        assert not calendar.at_work(calendar.end(slot))
    assert all(calendar.begin(a) < calendar.begin(b) for a, b in pairwise(offered))


@given(moments, st.integers(0, 60 * 24 * 30), st.integers(0, 60 * 24 * 30), absences)
@settings(deadline=None)
def test_half_days_of_two_stretches_add_up_but_for_the_one_that_is_cut(
    start: datetime, first: int, second: int, away: tuple[tuple[date, date], ...]
) -> None:
    calendar = Calendar(WEEK, away)
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    parts = calendar.working_half_days_between(start, middle) + calendar.working_half_days_between(
        middle, end
    )
    assert calendar.working_half_days_between(start, end) - parts == (
        1 if calendar.at_work(middle) and _cut(calendar, start, middle, end) else 0
    )


def _cut(calendar: Calendar, start: datetime, middle: datetime, end: datetime) -> bool:
    """Whether the half-day that `middle` lies in is whole between start and end, and begun before."""
    day = middle.astimezone(PARIS).date()
    slots = [HalfDaySlot(day, index) for index, each in enumerate(WEEK) if each.weekday == day.weekday()]
    return any(start <= calendar.begin(slot) < middle < calendar.end(slot) <= end for slot in slots)


@given(moments)
def test_nobody_is_written_to_at_night(now: datetime) -> None:
    polite = out_of_the_night(now, time(20), time(8))
    assert polite >= now
    assert polite - now <= timedelta(hours=13)
    assert time(8) <= polite.astimezone(PARIS).time() < time(20)


def test_a_reminder_comes_at_the_same_hour_also_over_the_change_of_time() -> None:
    assert some_days_before(paris(2026, 3, 30, 9, 30), 2) == paris(2026, 3, 28, 9, 30)
