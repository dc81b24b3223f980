"""How the référente's time stands: her absences and her cap. An honest date is computed from it."""

from datetime import date

from sqlalchemy import Connection, delete, func, literal, select, true

from conversations.handover.request import Office, Status
from storage.desk_tables import ABSENCE, REQUEST, SETTING
from storage.upsert import insert_or_replace

CAP = "plafond"
_ABSENCES = select(ABSENCE.c.first, ABSENCE.c.last).order_by(ABSENCE.c.first)
_THERE = select(func.count()).where(REQUEST.c.closed_at.is_(None))
# In one question, since every turn asks it: a line for each absence, and one where there is none.
_OFFICE = (
    select(
        select(SETTING.c.value).where(SETTING.c.name == CAP).scalar_subquery(),
        _THERE.scalar_subquery(),
        _THERE.where(REQUEST.c.status == Status.WAITING.value).scalar_subquery(),
        ABSENCE.c.first,
        ABSENCE.c.last,
    )
    .select_from(select(literal(1)).subquery().outerjoin(ABSENCE, true()))
    .order_by(ABSENCE.c.first)
)


class OfficeBook:
    """What the référente says of her time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def office(self, programme_cap: int) -> Office:
        """The office as it stands; `programme_cap` holds until she set another."""
        rows = self._connection.execute(_OFFICE).all()
        cap, there, waiting = rows[0][:3]
        return Office(
            cap=programme_cap if cap is None else cap,
            open_requests=there - waiting,
            waiting=waiting,
            absences=tuple((first, last) for *_, first, last in rows if first is not None),
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
