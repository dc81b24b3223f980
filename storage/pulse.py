"""The pulse: until when the bot was known to live and to reach Telegram. A gap in it is an absence."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from storage.desk_tables import SETTING
from storage.upsert import insert_or_replace

PULSE = "pouls"  # the setting: the last beat, in whole minutes since 1970
MINUTE = 60  # seconds


class Pulse:
    """One number, written again and again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, now: datetime) -> datetime | None:
        """All is well now; returns when that was last so, to the minute, None where it is the first time."""
        minutes = self._connection.scalar(select(SETTING.c.value).where(SETTING.c.name == PULSE))
        rows = [{"name": PULSE, "value": int(now.timestamp()) // MINUTE}]
        self._connection.execute(insert_or_replace(SETTING, self._connection.dialect.name), rows)
        return None if minutes is None else datetime.fromtimestamp(minutes * MINUTE, UTC)
