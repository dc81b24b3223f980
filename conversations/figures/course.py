"""What is counted of one request: what became of it, and after how many days. Never which request it was.

While its row is there, these facts are computed from the row; they are added to the counts in the transaction
that destroys it. So a request counts once whatever was undone or reopened before, and the figures of a year
do not need what was purged.

The journal is not read for this. It is kept to prove who looked at what; to join its instants by reference
would tell one person's course again, long after the purge. A statistic is a count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.desk.case import Deed
from conversations.desk.deeds import REDIRECTED
from conversations.handover.request import Request, Status
from conversations.scene import PARIS


class Measure(StrEnum):
    """What a fact measures: a course, or the days from the sending on."""

    COURSE = "suite"
    HANDLED = "prise_en_charge"  # days until the référente first did something the resident hears of
    MET = "rendez_vous"  # days until an appointment whose hour came
    CLOSED = "cloture"  # days until she closed it


class Course(StrEnum):
    """How a request ended that nobody closed. Of a closed one, the reason follows `ENDED`."""

    RUNNING = "en_cours"
    WITHDRAWN = "retiree"
    EXPIRED = "echue"  # erased on its day, still open


ENDED = "close:"  # before a closing reason, or before REDIRECTED alone: to which aid is not counted


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to count, in the year the request was sent."""

    year: int
    measure: str
    value: str  # a course, or a number of days


def facts(request: Request, now: datetime, end: Deed | None = None) -> Iterator[Fact]:
    """What is to count of this request; `end` is the deed that destroys its row, None while it is there."""
    year = request.opened_at.astimezone(PARIS).year
    yield Fact(year, Measure.COURSE, _course(request, end))
    reached = {Measure.HANDLED: request.handled_at, Measure.MET: request.met(now)}
    if request.status is Status.CLOSED:
        reached[Measure.CLOSED] = request.closed_at
    for measure, at in reached.items():
        if at is not None:
            yield Fact(year, measure, str(_days(request.opened_at, at)))


def _course(request: Request, end: Deed | None) -> str:
    match request.status, end:
        case Status.CLOSED, _:
            redirected = request.reason.startswith(REDIRECTED)
            return ENDED + (REDIRECTED if redirected else request.reason)
        case _, Deed.WITHDRAWN:
            return Course.WITHDRAWN
        case _, Deed.PURGED:
            return Course.EXPIRED
        case _:
            return Course.RUNNING


def _days(start: datetime, end: datetime) -> int:
    """Days of the calendar in Paris, 0 on the same day; a clock that was set back makes none of them less."""
    return max((end.astimezone(PARIS).date() - start.astimezone(PARIS).date()).days, 0)
