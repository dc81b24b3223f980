"""What is counted: leads in bands, where people stop, what became of requests. Never who, never which."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import Connection

from conversations.effects import CountStop, Lead
from conversations.figures.course import Fact
from storage.tables import COURSES, LEAD, STOPS
from storage.upsert import insert_or_add, insert_or_replace


class Counts:
    """The three tables of figures."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, leads: Mapping[int, Lead], stops: Iterable[CountStop]) -> None:
        """Keep each lead under its key, in place of an earlier one, and add the stops to their counts."""
        dialect = self._connection.dialect.name
        keyed = [
            {**asdict(lead), "key": key, "to_verify": list(lead.to_verify)} for key, lead in leads.items()
        ]
        if keyed:
            self._connection.execute(insert_or_replace(LEAD, dialect), keyed)
        stopped = [{**asdict(stop), "count": count} for stop, count in Counter(stops).items()]
        if stopped:
            self._connection.execute(insert_or_add(STOPS, "count", dialect), stopped)

    def count(self, facts: Iterable[Fact]) -> None:
        """Add these facts of requests to their counts."""
        dialect = self._connection.dialect.name
        counted = [{**asdict(fact), "count": count} for fact, count in Counter(facts).items()]
        if counted:
            self._connection.execute(insert_or_add(COURSES, "count", dialect), counted)
