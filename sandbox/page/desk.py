"""Everything the page shows and drives: the phones, what goes wrong, the clock, the bot's process."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sandbox.clock import MovableClock
from sandbox.page.bot_process import BotProcess
from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram
from sandbox.telegram.faults import Away
from sandbox.town import Town


class Role(StrEnum):
    """Whose phone it is."""

    RESIDENT = "resident"
    REFERENTE = "referente"


@dataclass(frozen=True, slots=True)
class Flyer:
    """A flyer that can be scanned: its code, and where it hangs."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of what the database holds: rows of (column, value), under a title and a few words.

    `tied`: these rows belong to the person who was asked about; others belong to nobody.
    """

    title: str
    about: str
    tied: bool
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone on the page."""

    person: Person
    role: Role


class Desk:
    """The phones around one bot.

    `flyers` can be scanned; `holdings` says what the database holds about somebody, by the id of their chat.
    """

    def __init__(
        self,
        town: Town,
        server: TelegramServer,
        bot: BotProcess,
        flyers: Sequence[Flyer],
        holdings: Callable[[int], Sequence[Sheet]],
    ) -> None:
        self.town = town
        self.server = server
        self.bot = bot
        self.flyers = tuple(flyers)
        self.holdings = holdings
        self.phones: dict[int, Phone] = {}
        self._moving = asyncio.Lock()  # Telegram comes or goes, one at a time
        bot.changed = self.telegram.bell.ring

    @property
    def telegram(self) -> FakeTelegram:
        """The Telegram all of them use."""
        return self.town.telegram

    @property
    def clock(self) -> MovableClock:
        """The clock everybody goes by. Raises TypeError where it cannot be moved."""
        if not isinstance(self.telegram.clock, MovableClock):
            raise TypeError("the desk needs a MovableClock")
        return self.telegram.clock

    def add(self, name: str, language: str, role: Role = Role.RESIDENT) -> Phone:
        """Give somebody a phone."""
        person = self.town.person(name, language)
        phone = self.phones[person.user.id] = Phone(person, role)
        self.telegram.bell.ring()
        return phone

    async def telegram_goes(self) -> None:
        """Telegram is away: connections are refused, and what people do waits."""
        async with self._moving:
            self.telegram.faults.go_away(Away.REFUSED)
            await self.server.stop()

    async def telegram_comes_back(self) -> None:
        """Telegram is there again."""
        async with self._moving:
            if self.telegram.faults.away:
                await self.server.start()
                self.telegram.faults.come_back()

    async def time_passes(self, by: timedelta) -> None:
        """Move the clock on. The bot is told of it at its start, so a running one is started again."""
        self.town.passes(by)
        if self.bot.running:
            await self.bot.restart()
