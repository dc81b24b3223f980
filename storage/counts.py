"""What is counted: leads in bands, and the questions at which people stop. Never who."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import Connection

from conversations.effects import CountStop, Lead
from storage.tables import LEAD, STOPS
from storage.upsert import insert_or_add, insert_or_replace


class Counts:
    """The two tables of figures."""

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
