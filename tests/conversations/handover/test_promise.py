"""The honest date."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conversations.calendar import Calendar
from conversations.handover.promise import prospect
from conversations.handover.request import Office
from tests.conversations.talk import NOON, shipped

PROGRAMME = shipped().programme  # five half-days a week, two requests in each


def test_with_an_empty_desk_the_next_half_days_are_offered() -> None:
    found = prospect(PROGRAMME, Office(cap=30, open_requests=0, waiting=0), NOON)
    assert found is not None
    assert [slot.day.day for slot in found.slots] == [24, 25, 26, 27, 30, 1]
    assert found.day == date(2026, 11, 24)
    assert not found.waiting


def test_a_half_day_too_near_is_not_offered() -> None:
    half_past_twelve = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)  # she begins at 14:00
    found = prospect(PROGRAMME, Office(cap=30, open_requests=0, waiting=0), half_past_twelve)
    assert found is not None
    assert found.day == date(2026, 11, 25)


def test_the_requests_before_this_one_are_called_first() -> None:
    found = prospect(PROGRAMME, Office(cap=30, open_requests=10, waiting=0), NOON)
    assert found is not None
    assert found.day == date(2026, 12, 1)


def test_over_the_cap_there_is_a_place_and_a_date_but_no_half_day_to_choose() -> None:
    found = prospect(PROGRAMME, Office(cap=12, open_requests=12, waiting=3), NOON)
    assert found is not None
    assert (found.place, found.slots, found.waiting) == (4, (), True)
    assert found.day == date(2026, 12, 3)


def test_nobody_passes_those_who_wait_already() -> None:
    found = prospect(PROGRAMME, Office(cap=12, open_requests=11, waiting=1), NOON)
    assert found is not None
    assert found.place == 2


def test_without_any_half_day_nothing_is_said() -> None:
    gone = Office(cap=12, open_requests=0, waiting=0, absences=((date(2026, 1, 1), date.max),))
    assert prospect(PROGRAMME, gone, NOON) is None


offices = st.builds(
    Office,
    cap=st.integers(1, 40),
    open_requests=st.integers(0, 60),
    waiting=st.integers(0, 40),
    absences=st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 30)).map(
            lambda pair: (
                NOON.date() + timedelta(days=pair[0]),
                NOON.date() + timedelta(days=pair[0] + pair[1]),
            )
        ),
        max_size=3,
    ).map(tuple),
)


@given(offices)
def test_a_longer_queue_is_never_a_nearer_date(office: Office) -> None:
    longer = Office(office.cap, office.open_requests + 1, office.waiting, office.absences)
    here, behind = prospect(PROGRAMME, office, NOON), prospect(PROGRAMME, longer, NOON)
    assert here is not None
    assert behind is not None
    assert here.day <= behind.day


@given(offices)
def test_the_day_is_one_on_which_she_works_and_nothing_offered_is_before_it(office: Office) -> None:
    found = prospect(PROGRAMME, office, NOON)
    assert found is not None
    assert Calendar(PROGRAMME.half_days, office.absences).works_on(found.day)
    assert all(slot.day >= found.day for slot in found.slots)
    assert found.waiting == (not found.slots)
