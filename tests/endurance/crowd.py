"""Residents who go on and on, and a référente who keeps up with them, while the bot dies under their hands.

They look and tap, wait a second or two where nothing happens, and tap again. What each of them did and saw is
written down, to be compared with the journal in the end.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from conversations.desk.case import Deed, Role
from sandbox.people import Person, labels, plain
from sandbox.telegram import Change, Message, What
from sandbox.town import Town
from sandbox.waiting import WaitedTooLongError
from tests.endurance.books import Books

PATIENCE = 1.5  # seconds without a change, after which somebody taps again
REFERENCE = re.compile(r"MC-[A-Z0-9]{4}")
CARD = re.compile(r"(MC-[A-Z0-9]{4}) ·")  # how one begins
WAY = (
    "Puis-je demander un microcrédit ?",
    "Je ne sais pas",
    "Être rappelé(e)",
    "J’accepte",
    "Par téléphone",
    "N’importe quand",
    "Peu importe",
    "Envoyer",
)


class StuckError(AssertionError):
    """People wait for something that does not come."""


@dataclass
class Crowd:
    """Everybody, and what they saw."""

    town: Town
    residents: list[Person]
    anne: Person
    sent: set[str] = field(default_factory=set)  # references that their residents were told
    exposed: list[str] = field(default_factory=list)
    ending: bool = False
    _names: "count[int]" = field(default_factory=lambda: count(1))

    @classmethod
    def meet(cls, town: Town, residents: int, books: Books) -> "Crowd":
        """They have not heard of the bot yet; the référente's invitation is in the database."""
        crowd = cls(town, [town.person(f"R{n}") for n in range(residents)], town.person("Anne"))
        until = town.telegram.now() + timedelta(minutes=15)
        books.does(lambda kept: kept.staff.invite("an-invitation-for-anne", Role.REFERENTE, "", until))
        town.telegram.changes.subscribe(crowd._sees)
        return crowd

    async def ends(self, life: "asyncio.Task[None]", within: float) -> None:
        """Let everybody finish what they had begun. Raises StuckError, which says who cannot, and at what."""
        self.ending = True
        try:
            async with asyncio.timeout(within):
                await life
        except TimeoutError:
            waiting = [
                f"{person.user.first_name} before {person.reads()[:300]!r} {person.buttons()}"
                for person in (*self.residents, self.anne)
            ]
            raise StuckError("somebody never came to an end:\n" + "\n".join(waiting)) from None

    async def lives(self) -> None:
        """Go on until `ending` is set, and everybody has finished what they had begun."""
        async with asyncio.TaskGroup() as tasks:
            for person in self.residents:
                tasks.create_task(self._asks(person))
            tasks.create_task(self._works())

    # --- a resident ---

    async def _asks(self, person: Person) -> None:
        former = ""
        while not self.ending:
            name = f"Kanari {next(self._names)}"
            person.starts()
            await self._changes(person)
            while not person.sees("Votre demande MC-") or former in REFERENCE.findall(person.reads()):
                self._goes_on(person, name)
                await self._changes(person)
            [reference] = set(REFERENCE.findall(person.reads()))
            self.sent.add(reference)
            former = reference
            while not self._is_over(person, reference):
                await self._changes(person)

    def _goes_on(self, person: Person, name: str) -> None:
        if person.sees("Comment vous appeler ?"):
            person.says(name)
        elif person.sees("numéro") and "Partager mon numéro" in person.keyboard():
            person.presses("Partager mon numéro")
        elif any(plain("J'accepte") == plain(key) for key in person.keyboard()):
            person.presses("J’accepte")
        else:
            offered = [label for label in reversed(WAY) if plain(label) in map(plain, person.buttons())]
            if offered:
                person.taps(offered[0])
            elif not person.sees("Question"):
                person.starts()

    @staticmethod
    def _is_over(person: Person, reference: str) -> bool:
        return reference in person.reads() and person.sees("Votre dossier est chez le prêteur")

    # --- the référente ---

    async def _works(self) -> None:
        self.anne.starts("an-invitation-for-anne")
        closed: set[str] = set()
        while not (self.ending and closed >= self.sent and all(map(self._rests, self.residents))):
            closed |= {
                found[1] for m in self.anne.living if "Rouvrir" in labels(m) if (found := CARD.match(m.text))
            }
            if following := next(self._possible(closed), None):
                self.anne.taps(*following)
            await self._changes(self.anne)

    def _possible(self, closed: set[str]) -> Iterator[tuple[str, Message]]:
        """What can be tapped and leads on, the newest message first. One tap, and she looks again."""
        for message in self.anne.living:
            offered = labels(message)
            if "Dossier déposé" in offered:
                yield "Dossier déposé", message
            elif "Voir le contact" in offered and "Kanari" not in message.text and "Rouvrir" not in offered:
                yield "Voir le contact", message
            elif "Clore…" in offered:
                yield "Clore…", message
            for label in offered:  # of a list: she opens what does not stand in her chat yet
                if REFERENCE.fullmatch(label) and label not in closed | self._cards():
                    yield label, message

    def _cards(self) -> set[str]:
        """The requests that have a card in her chat, or its headline while the rest is on its way."""
        texts = (message.text for message in self.anne.chat.messages.values())
        return {found[1] for text in texts if (found := CARD.match(text))}

    def _rests(self, person: Person) -> bool:
        return person.sees("Votre dossier est chez le prêteur")

    # --- waiting, and seeing ---

    async def _changes(self, person: Person) -> None:
        """Wait until something new is in this chat, or patience ends; then until it is still for a moment."""
        before = len(person.chat.history)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while len(person.chat.history) == before:  # noqa: ASYNC110 — looking up from time to time
                    await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)

    def _sees(self, change: Change) -> None:
        """A contact is in one message of the référente's, put there by an edit."""
        if change.chat_id != self.anne.user.id or "Kanari" not in change.text:
            return
        if change.what is What.SENT:
            self.exposed.append("a contact was sent")
        texts = [
            found[0] for m in self.anne.chat.messages.values() if (found := re.search(r"Kanari \d+", m.text))
        ]
        self.exposed += [f"{name} in {times} messages" for name, times in Counter(texts).items() if times > 1]

    async def rest(self, books: Books, within: float = 30) -> None:
        """Wait until everything is brought that is owed; what is still owed after that is lost."""
        await self.town.settles()
        with suppress(WaitedTooLongError):
            await self.town.until(lambda: not self._owed(books), "nothing is owed", within)

    def _owed(self, books: Books) -> list[str]:
        return [what for what in books.owed(self.town.telegram.now()) if what != "mails"]  # no mail server

    def judge(self, books: Books) -> tuple[list[str], list[str]]:
        """What was lost and what was doubled, by comparing what people saw with what is kept."""
        deeds = Counter(
            (row.reference, row.deed) for row in books.rows("select reference, deed from journal")
        )
        kept = {row.reference for row in books.rows("select reference from request")}
        lost = [f"{reference} was sent and is not kept" for reference in self.sent - kept]
        lost += [
            f"{reference} was never closed" for reference in self.sent if not deeds[reference, Deed.CLOSED]
        ]
        lost += [f"owed: {what}" for what in self._owed(books)]
        [[aside]] = books.rows("select count(*) from inbox where state = 'aside'")
        lost += ["an update could not be answered"] * aside
        doubled = [f"{reference} is kept and was never told" for reference in kept - self.sent]
        once = (Deed.OPENED, Deed.REVEALED, Deed.CLOSED)
        doubled += [
            f"{ref} {deed} {deeds[ref, deed]} times" for ref in kept for deed in once if deeds[ref, deed] > 1
        ]
        doubled += self.exposed
        doubled += self.town.telegram.ledger.mistakes
        return lost, doubled
