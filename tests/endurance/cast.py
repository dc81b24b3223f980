"""Who takes part: two residents, the référente, the coordinator, their Telegram; and a copy of them all.

A copy is a moment one can go back to: each schedule of crashes begins at the same one.
"""

import asyncio
import pickle
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Self

from conversations.desk.case import Role
from sandbox import waiting
from sandbox.clock import MovableClock
from sandbox.people import Person, labels, plain
from sandbox.telegram import Change, FakeTelegram, What
from sandbox.town import Town
from storage.keys import make_key
from storage.store import Store
from tests.endurance.books import Books

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Paris, in the middle of a half-day
NAME, PHONE = "Zéphyrine Kanari", "33639980042"
CANARIES = ("Zéphyrine", "Z\\u00e9phyrine", "Kanari", PHONE[2:], "6 39 98 00 42")
PATIENCE = 10.0  # seconds without an answer after which somebody is lost; a busy machine is slow


def monday() -> datetime:
    """The hour at which the story begins; the clock stands still until it is moved."""
    return MONDAY


class StuckError(AssertionError):
    """Somebody waits, and nothing comes."""


@dataclass
class Cast:
    """Everything outside of the bot, and the file it keeps its database in."""

    town: Town
    zoe: Person
    ben: Person
    anne: Person
    claude: Person
    chance: Random
    key: bytes
    done: set[str] = field(default_factory=set)  # what happens once, however often the bot dies
    exposed: list[str] = field(default_factory=list)  # where a contact was that it must not be
    mails: list[str] = field(default_factory=list)  # their subjects
    given_up: set[str] = field(default_factory=set)
    books: Books = field(default_factory=Books)

    @classmethod
    def meet(cls, url: str) -> Self:
        """The people, before any of them has heard of the bot, and their database, which is empty."""
        town = Town(FakeTelegram(MovableClock(monday)))
        zoe, ben = town.person("Zoé", phone=PHONE), town.person("Ben")
        anne, claude = town.person("Anne"), town.person("Claude")
        cast = cls(town, zoe, ben, anne, claude, Random(7), make_key(), books=Books(url))
        Store(cast.books.url).close()
        town.telegram.changes.subscribe(cast.sees)
        return cast

    def moment(self) -> "Moment":
        """This moment, to be lived through again. Nothing may be running."""
        books, self.books = self.books, Books()
        try:
            return Moment(pickle.dumps(self), books.content())
        finally:
            self.books = books

    # --- what must never be seen ---

    def sees(self, change: Change) -> None:
        """Look at every change as it happens: the contact may be in one message, of a référente's chat."""
        if change.what not in (What.SENT, What.EDITED) or change.chat_id == self.zoe.user.id:
            return
        showing = [message for person in self.staff for message in contacts(person)]
        if len(showing) > 1 or contacts(self.ben) or contacts(self.claude):
            self.exposed.append(f"{len(showing)} messages after {change.what} in {change.chat_id}")
        if change.what is What.SENT and reveals(change.text):
            self.exposed.append(f"sent, not edited, in {change.chat_id}")

    @property
    def staff(self) -> tuple[Person, ...]:
        """Whoever may be shown a contact."""
        return (self.anne,)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return (self.zoe, self.ben, self.anne, self.claude)

    # --- what happens from outside ---

    def once(self, what: str, act: Callable[[], object]) -> None:
        """Do this, unless it was done before the bot died."""
        if what not in self.done:
            self.done.add(what)
            act()

    def invites(self, role: Role) -> str:
        """The code of an invitation."""
        code = secrets.token_urlsafe(16)
        until = self.town.telegram.now() + timedelta(minutes=15)
        self.books.does(lambda kept: kept.staff.invite(code, role, "", until))
        return code

    # --- waiting ---

    @property
    def idle(self) -> bool:
        """The bot owes nobody anything, on the phones and in its database."""
        telegram = self.town.telegram
        taps = [tap for tap in telegram.unanswered() if tap.id not in self.given_up]
        waits = telegram.ledger.in_flight or len(telegram.queue) or taps
        return not waits and not self.books.owed(telegram.now())

    def gives_up(self) -> None:
        """The bot died: the wheel on a button that was tapped before stops turning by itself."""
        self.given_up |= set(self.town.telegram.taps)

    async def settles(self) -> None:
        """Wait until the bot is idle. Raises StuckError where it never is."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not self.idle:
            if asyncio.get_running_loop().time() > end:
                owed = ", ".join(self.books.owed(self.town.telegram.now()))
                raise StuckError(f"owed: {owed}; {waiting.situation(self.town.telegram)}")
            await asyncio.sleep(0.001)


@dataclass(frozen=True)
class Moment:
    """Everything as it was: people, phones and database."""

    world: bytes
    database: bytes

    def again(self, url: str) -> Cast:
        """The same moment over again, in the database at `url`."""
        cast: Cast = pickle.loads(self.world)
        cast.books = Books(url)
        cast.books.holds(self.database)
        return cast


def reveals(text: str) -> bool:
    """Whether the contact is in there."""
    return any(canary in text for canary in CANARIES)


def contacts(person: Person) -> list[str]:
    """The bot's messages that show the contact in this chat."""
    return [
        message.text
        for message in person.chat.messages.values()
        if message.sender is not person.user and reveals(message.text)
    ]


def offers(person: Person, label: str) -> bool:
    """Whether a living message has this button."""
    return any(plain(label) in map(plain, labels(message)) for message in person.living)
