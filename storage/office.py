"""How the référente's time stands: her absences and her cap. An honest date is computed from it."""

from datetime import date

from sqlalchemy import Connection, delete, select

from conversations.handover.request import OPEN, Office, Status
from storage.desk_tables import ABSENCE, SETTING
from storage.requests import Requests
from storage.upsert import insert_or_replace

CAP = "plafond"
_CAP = select(SETTING.c.value).where(SETTING.c.name == CAP)
_ABSENCES = select(ABSENCE.c.first, ABSENCE.c.last).order_by(ABSENCE.c.first)


class OfficeBook:
    """What the référente says of her time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def office(self, programme_cap: int) -> Office:
        """The office as it stands; `programme_cap` holds until she set another."""
        statuses = Requests(self._connection).statuses()
        cap = self._connection.scalar(_CAP)
        return Office(
            cap=programme_cap if cap is None else cap,
            open_requests=sum(count for status, count in statuses.items() if status in OPEN),
            waiting=statuses.get(Status.WAITING, 0),
            absences=self.absences(),
        )

    def absences(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each absence."""
        return tuple((first, last) for first, last in self._connection.execute(_ABSENCES))

    def be_absent(self, first: date, last: date) -> None:
        """She is away from `first` to `last`."""
        rows = [{"first": first, "last": last}]
        self._connection.execute(insert_or_replace(ABSENCE, self._connection.dialect.name), rows)

    def come_back(self, day: date) -> None:
        """She is not away on this day after all."""
        self._connection.execute(delete(ABSENCE).where(ABSENCE.c.first <= day, ABSENCE.c.last >= day))

    def forget_absences(self, before: date) -> None:
        """Absences that are over mean nothing any more."""
        self._connection.execute(delete(ABSENCE).where(ABSENCE.c.last < before))

    def set_cap(self, cap: int) -> None:
        """No more than this many requests open at once."""
        rows = [{"name": CAP, "value": cap}]
        self._connection.execute(insert_or_replace(SETTING, self._connection.dialect.name), rows)
