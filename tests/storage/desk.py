"""A desk for tests: a store in a folder, a référente or two, and requests to be called back."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.turns.frontdesk import FrontDesk
from conversations.desk.case import Role
from conversations.events import Commanded, Event, Tapped
from conversations.handover.request import Card, Channel, Consent, Contact, OpenRequest
from conversations.scene import PARIS, Scene
from storage.arrivals import Arrival
from storage.cases import Kept
from storage.keys import make_key
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from tests.conversations.talk import programme_file, shipped

T = TypeVar("T")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Paris, in the middle of a half-day
CANARY = Contact("Zéphyrine Kanari", "+33639980042")
CARD = Card(
    commune="escautpont",
    purpose="permis",
    amount=120_000,
    months=24,
    outcome="semble_correspondre",
    to_verify=(),
    papers=("identite", "domicile", "revenus"),
    papers_total=8,
    slot=None,
    channel=Channel.PHONE,
    language="fr",
    source="mairie",
    known_to_ccas="non",
)


@dataclass
class Office:
    """Drives the desk without Telegram, at an hour that can be moved."""

    store: Store
    now: datetime = MONDAY
    vault: Vault = field(default_factory=lambda: Vault((make_key(),)))
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    references: "count[int]" = field(default_factory=lambda: count(1000))

    @property
    def scene(self) -> Scene:
        day = self.now.astimezone(PARIS).date()
        return replace(shipped(MONDAY), programme=programme_file().at(day), now=self.now)

    async def do(self, work: Callable[[Transaction], T]) -> T:
        return await self.store.do(work)

    async def enrols(self, chat: int, role: Role = Role.REFERENTE, commune: str = "") -> None:
        code = secrets.token_urlsafe(16)
        until = self.now + timedelta(minutes=15)
        await self.do(lambda kept: kept.staff.invite(code, role, commune, until))
        await self.does(chat, Commanded("start", code))

    async def does(self, chat: int, event: Event, message: int = 1) -> FrontDesk:
        """What a member does; taps come from the message of the card, once it has one."""
        arrival = Arrival(next(self.numbers), chat, message, event, query="q")
        return await self.do(lambda kept: FrontDesk(kept, [arrival], self.scene))

    async def taps(self, chat: int, reference: str, place: str) -> FrontDesk:
        return await self.does(chat, Tapped(f"d:{reference}:{place}"), message=chat)

    async def forges(self, events: Sequence[Event]) -> FrontDesk:
        """What outsiders send, all at once; every one of them is a resident for the desk."""
        arrivals = [
            Arrival(next(self.numbers), 900 + n % 7, 1, event, query="q") for n, event in enumerate(events)
        ]
        front = await self.do(lambda kept: FrontDesk(kept, arrivals, self.scene))
        assert front.others == arrivals
        assert not front.taps
        return front

    async def sends(self, chat: int, contact: Contact = CANARY, card: Card = CARD, **how: bool) -> str:
        """A resident's yes; their reference."""
        reference = f"MC-{next(self.references)}"
        effect = OpenRequest(
            reference,
            card,
            contact,
            Consent("2026-11", self.now),
            date(2026, 11, 24),
            how.get("waiting", False),
        )
        await self.do(lambda kept: kept.desk.open(chat, effect, self.vault, self.scene))
        return reference

    async def draws(self) -> list[tuple[int, str]]:
        """What a courier would: every due card is on the phone now, in the message numbered like its chat."""

        def draw(kept: Transaction) -> list[tuple[int, str]]:
            cards = kept.outbox.undrawn(self.now)
            for card in cards:
                kept.outbox.drawn(card, card.chat_id)
            return [(card.chat_id, card.reference) for card in cards]

        return await self.do(draw)

    async def request(self, reference: str) -> Kept:
        kept = await self.do(lambda kept: kept.requests.get(reference))
        assert kept is not None
        return kept
