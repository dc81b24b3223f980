"""What is counted: leads in bands, where people stop, what became of requests. Never who, never which."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple

from sqlalchemy import Connection, Table

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
        keyed = [
            {**asdict(lead), "key": key, "to_verify": list(lead.to_verify)} for key, lead in leads.items()
        ]
        if keyed:
            self._connection.execute(insert_or_replace(LEAD, self._connection.dialect.name), keyed)
        self._add_to(STOPS, stops)

    def count(self, facts: Iterable[Fact]) -> None:
        """Add these facts of requests to their counts."""
        self._add_to(COURSES, facts)

    def _add_to(self, table: Table, things: Iterable[CountStop | Fact]) -> None:
        """In one order whoever counts: two workers who add to the same rows would wait for each other."""
        counts = sorted((astuple(thing), asdict(thing), count) for thing, count in Counter(things).items())
        counted = [{**columns, "count": count} for _, columns, count in counts]
        if counted:
            self._connection.execute(insert_or_add(table, "count", self._connection.dialect.name), counted)
