"""When the référente works: her half-days, without public holidays and absences. Hours are those of Paris.

Everything that waits for her time is counted here: half-days to offer, notices, reminders, honest dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from conversations.handover.request import HalfDaySlot
from conversations.programme.model import HalfDay
from conversations.scene import PARIS

HORIZON = 730  # days: an absence that is longer leaves no half-day to offer
DAY = timedelta(days=1)
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))  # month and day
AFTER_EASTER = (1, 39, 50)  # days: its Monday, Ascension, Whit Monday


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The days of that year on which nobody works in metropolitan France (Code du travail, L3133-1)."""
    sunday = _easter(year)
    moved = (sunday + timedelta(days=days) for days in AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in FIXED), *moved))


def _easter(year: int) -> date:
    """Easter Sunday: the rule of the Gregorian calendar, as Jean Meeus wrote it down."""
    century, rest = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    moon = (19 * (year % 19) + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Her working half-days; absences from the first to the last day, both included."""

    half_days: tuple[HalfDay, ...]
    absences: tuple[tuple[date, date], ...] = ()

    def works_on(self, day: date) -> bool:
        """Whether that day is neither a public holiday nor in an absence."""
        away = any(first <= day <= last for first, last in self.absences)
        return not away and day not in public_holidays(day.year)

    def slots(self, now: datetime) -> Iterator[HalfDaySlot]:
        """Her half-days that begin at `now` (aware) or later, in order, for the coming two years."""
        today = now.astimezone(PARIS).date()
        for day in (today + n * DAY for n in range(HORIZON)):
            yield from (slot for slot in self._of(day) if self.begin(slot) >= now)

    def begin(self, slot: HalfDaySlot) -> datetime:
        """When a half-day begins, in UTC."""
        return _instant(slot.day, self.half_days[slot.half_day].start)

    def end(self, slot: HalfDaySlot) -> datetime:
        """When a half-day is over, in UTC."""
        return _instant(slot.day, self.half_days[slot.half_day].end)

    def at_work(self, now: datetime) -> bool:
        """Whether one of her half-days is running."""
        slots = self._of(now.astimezone(PARIS).date())
        return any(self.begin(slot) <= now < self.end(slot) for slot in slots)

    def at_start_of_next_half_day(self, now: datetime) -> datetime | None:
        """When her next half-day begins, in UTC, after `now`; None where none comes within two years."""
        return next((begin for begin in map(self.begin, self.slots(now)) if begin > now), None)

    def when_she_works(self, now: datetime) -> datetime | None:
        """The moment something may reach her: now while she works, else the start of her next half-day."""
        return now if self.at_work(now) else self.at_start_of_next_half_day(now)

    def working_half_days_between(self, start: datetime, end: datetime) -> int:
        """How many of her half-days both begin and end from `start` to `end`."""
        first, last = start.astimezone(PARIS).date(), end.astimezone(PARIS).date()
        days = (first + n * DAY for n in range((last - first).days + 1))
        return sum(
            self.begin(slot) >= start and self.end(slot) <= end for day in days for slot in self._of(day)
        )

    def _of(self, day: date) -> list[HalfDaySlot]:
        """The half-days of that day, the earlier first."""
        listed = [
            (half_day.start, index)
            for index, half_day in enumerate(self.half_days)
            if half_day.weekday == day.weekday()
        ]
        return [HalfDaySlot(day, index) for _, index in sorted(listed)] if self.works_on(day) else []


def _instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, PARIS).astimezone(UTC)


def out_of_the_night(now: datetime, quiet_from: time, quiet_until: time) -> datetime:
    """`now`, or the end of the night it lies in: at night nobody is written to."""
    local = now.astimezone(PARIS)
    if quiet_from <= local.time():
        return _instant(local.date() + DAY, quiet_until)
    return _instant(local.date(), quiet_until) if local.time() < quiet_until else now


def some_days_before(appointment: datetime, days: int) -> datetime:
    """The same hour in Paris, that many days before: when somebody is reminded of an appointment."""
    local = appointment.astimezone(PARIS)
    return _instant(local.date() - days * DAY, local.time())
