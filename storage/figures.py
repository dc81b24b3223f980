"""A year of figures, read as counts: two passes over the leads, the stops, what became of requests."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, union_all

from conversations.figures.counts import Profile, Reached, YearCounts
from conversations.figures.course import facts
from storage.cases import load
from storage.desk_tables import REQUEST
from storage.tables import COURSES, LEAD, PROFILE, REACHED, STOPS

ROW = "request"  # in the place of a measure: a request that is there


class Figures:
    """Reads and never writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, year: int, now: datetime) -> YearCounts:
        """The counts of that year, as they stand `now`."""
        versions: set[str] = set()
        reached: Counter[Reached] = Counter()
        for _month, version, *kind, count in self._connection.execute(_leads(year, REACHED)):
            versions.add(version)
            reached[Reached(*kind)] += count
        profiles: Counter[Profile] = Counter()
        for _month, *kind, count in self._connection.execute(_leads(year, PROFILE)):
            profiles[Profile(*kind)] += count
        stops: Counter[str] = Counter()
        query = select(STOPS.c.programme, STOPS.c.question, STOPS.c.count)
        for version, question, count in self._connection.execute(_of_year(query, year, STOPS.c.month)):
            versions.add(version)
            stops[question] += count
        return YearCounts(frozenset(versions), reached, profiles, stops, self._courses(year, now))

    def _courses(self, year: int, now: datetime) -> Counter[tuple[str, str]]:
        """What is counted of the requests that went, and what is to count of those that are there."""
        gone = select(COURSES.c.measure, COURSES.c.value, COURSES.c.count).where(COURSES.c.year == year)
        there = select(literal(ROW), REQUEST.c.state, literal(1))
        found: Counter[tuple[str, str]] = Counter()
        # In one statement, so that one which goes at this moment is counted once.
        for measure, value, count in self._connection.execute(union_all(gone, there)):
            if measure != ROW:
                found[measure, value] += count
                continue
            told = facts(load(value).request, now)
            found.update((fact.measure, fact.value) for fact in told if fact.year == year)
        return found


def _leads(year: int, kind: tuple[str, ...]) -> Select[Any]:
    """In the order of an index, month first: counted as they are read, never sorted."""
    columns = [LEAD.c[name] for name in kind]
    return _of_year(select(*columns, func.count()).group_by(*columns), year, LEAD.c.month)


def _of_year(query: Select[Any], year: int, month: ColumnElement[str]) -> Select[Any]:
    return query.where(month.between(f"{year}-01", f"{year}-12"))
