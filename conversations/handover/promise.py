"""The honest date: when the référente can call, as her half-days and the requests before this one stand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from conversations.calendar import Calendar
from conversations.handover.request import HalfDaySlot, Office
from conversations.programme.model import Programme


@dataclass(frozen=True, slots=True)
class Prospect:
    """What can honestly be said to somebody who asks now. `place`: in the waiting list, from 1 on; else 0."""

    day: date  # the référente thinks of calling on it at the latest
    slots: tuple[HalfDaySlot, ...]  # half-days to choose from; none on the waiting list
    place: int = 0

    @property
    def waiting(self) -> bool:
        """Whether this one goes on the waiting list."""
        return self.place > 0


def prospect(programme: Programme, office: Office, now: datetime) -> Prospect | None:
    """When somebody who asks at `now` (aware) is called; None where she has no half-day within two years.

    She moves `pace` requests forward in a half-day, the oldest first. So each one before this counts: an
    early call is a good surprise, a late one a broken word.
    """
    terms, calendar = programme.handover, Calendar(programme.half_days, office.absences)
    before = (office.open_requests + office.waiting) // terms.pace
    soonest = now + timedelta(hours=terms.notice_hours)
    free = tuple(islice(calendar.slots(soonest), before, before + terms.slots_offered))
    if not free:
        return None
    full = office.open_requests >= office.cap or office.waiting > 0
    return Prospect(free[0].day, (), office.waiting + 1) if full else Prospect(free[0].day, free)
