"""Is the bot well? A monitor asks, and so does the proxy before several of them. It tells nothing of anybody.

`/healthz` says everything, and is 503 with the reasons when something is wrong. `/readyz` says only whether
this process can take an update: Telegram being away is no reason for a proxy to send nobody here.
"""

import asyncio
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.calls.telegram import Telegram
from bot.clock import Clock
from bot.incoming.door import Answer
from storage.store import Store
from storage.transaction import Transaction

# From when on something is wrong (Telegram: SILENT of `bot.calls.telegram`). A busy bot stays far below.
WAITING = 60.0  # seconds that somebody waits to be answered: usually 0.01
LATE = 600.0  # seconds that a notice is due: the courier tries again after 5, and puts off what is refused
SLOW = 5.0  # seconds for the database to write: usually 0.01, and behind a long erasure a few
FULL = 200.0  # megabytes free on the disk of a SQLite file, which needs as many again to be backed up


@dataclass(frozen=True, slots=True)
class Report:
    """How the bot is. A figure is None where it is not known."""

    reasons: tuple[str, ...]  # in one word each, what is wrong
    telegram_silent_seconds: float | None
    inbox_waiting_seconds: float | None
    notice_late_seconds: float | None
    database_writable: bool
    disk_free_megabytes: float | None


class Health:
    """Looks at the parts; each look writes to the database."""

    def __init__(self, telegram: Telegram, store: Store, clock: Clock) -> None:
        self._telegram = telegram
        self._store = store
        self._clock = clock

    @property
    def answers(self) -> dict[str, Answer]:
        """What to ask at which path."""
        return {"/healthz": self._well, "/readyz": self._ready}

    async def look(self) -> Report:
        """How the bot is now."""
        now = self._clock()
        inbox = notice = None
        try:
            async with asyncio.timeout(SLOW):
                inbox, notice = await self._store.do(lambda kept: _look(kept, now), "health")
        except (SQLAlchemyError, TimeoutError):
            writable = False
        else:
            writable = True
        silent = self._telegram.silence()
        folder = self._store.folder
        free = None if folder is None else shutil.disk_usage(folder).free / 1e6
        wrong = {
            "telegram": self._telegram.away,
            "inbox": inbox is not None and inbox > WAITING,
            "notice": notice is not None and notice > LATE,
            "database": not writable,
            "disk": free is not None and free < FULL,
        }
        reasons = tuple(name for name, is_wrong in wrong.items() if is_wrong)
        return Report(reasons, _short(silent), _short(inbox), _short(notice), writable, _short(free))

    async def _well(self, _: web.BaseRequest) -> web.Response:
        report = await self.look()
        return web.json_response(asdict(report), status=503 if report.reasons else 200)

    async def _ready(self, _: web.BaseRequest) -> web.Response:
        report = await self.look()
        return web.Response(status=200 if report.database_writable else 503)


def _look(kept: Transaction, now: datetime) -> tuple[float, float]:
    """The seconds for which the oldest update waits, and the oldest notice is late."""
    kept.inbox.prove(now)
    return _age(kept.inbox.oldest(), now), _age(kept.outbox.oldest(), now)


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())


def _short(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 1)
