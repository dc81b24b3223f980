"""The référente's half-day as text, on her phone and on the residents': read it aloud, count her taps.

`pytest tests/bot/desk/test_golden_morning.py --write-golden` writes it anew; the diff is then read.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conversations.handover.request import Card, Consent, Contact, OpenRequest, Status
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.telegram import FakeTelegram, Message, What
from sandbox.town import Town
from storage.vault import Vault
from tests.bot.conftest import Running
from tests.bot.handing import CARD, enrolled, status, ticked

GOLDEN = Path(__file__).parent / "golden" / "demijournee.txt"
EVENING = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # Monday, 19:00 in Paris: nobody is at the desk
QUIET = 0.15  # seconds: a busy machine takes a breath between two calls
CONTACTS = (
    Contact("Zoé", "+33639980011"),
    Contact("Nadia", "+33639980012"),
    Contact("Paul", "+33639980013"),
)
REQUESTS = (
    ("MC-Z2AA", replace(CARD, papers=tuple("abcdefgh"))),
    ("MC-N2BB", replace(CARD, commune="fresnes", purpose="vehicule", amount=200_000)),
    ("MC-P2CC", replace(CARD, commune="vieux_conde", outcome="a_verifier", to_verify=("fichage",))),
)
APPOINTMENT = ("Voir le contact", "Je prends", "RDV…", "jeudi 26 novembre 2026, 14:00", "14:30")
CLOSED = ("Voir le contact", "Clore…", "Dossier déposé")


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: EVENING)))


async def test_her_half_day_goes_as_written(bot: Running, town: Town, request: pytest.FixtureRequest) -> None:
    anne = town.person("Anne")
    await enrolled(bot, anne)
    residents = [town.person(contact.name) for contact in CONTACTS]
    for person, contact, (reference, card) in zip(residents, CONTACTS, REQUESTS, strict=True):
        person.starts()
        await person.waits(quiet=QUIET)
        await sends(bot, person, contact, reference, card)
        town.passes(timedelta(minutes=10))
    assert not any(anne.chat.messages[n].rows for n in anne.chat.messages), "nothing rings in the evening"

    town.passes(timedelta(hours=18, minutes=45))  # Tuesday, a quarter past two
    await ticked(bot)
    for reference, _ in REQUESTS:
        await town.until(lambda reference=reference: card_of(anne, reference), "a notice")  # type: ignore[misc]
    await town.settles(quiet=QUIET)

    zoe, nadia, paul = (reference for reference, _ in REQUESTS)
    aid = bot.app.scene().programme.aids[0].name
    assert await tapped(anne, zoe, APPOINTMENT) <= 6
    assert await tapped(anne, nadia, ("Voir le contact", "Je prends", "Réorienter…", aid)) <= 4
    await tapped(anne, paul, CLOSED)
    assert await status(bot, zoe) is Status.APPOINTMENT
    assert await status(bot, nadia) is await status(bot, paul) is Status.CLOSED

    phones = (anne, *residents)
    today = "\n".join(f"# {phone.user.first_name}\n\n{phone.transcript()}" for phone in phones)
    invitation = next(change.text for change in anne.chat.history if change.what is What.SAID)
    today = today.replace(invitation, "/start (invitation)")
    if request.config.getoption("--write-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(today, encoding="utf-8")
    assert today == GOLDEN.read_text(encoding="utf-8")


async def sends(bot: Running, resident: Person, contact: Contact, reference: str, card: Card) -> None:
    """Their yes, with the promise of the next day."""
    scene, vault = bot.app.scene(), Vault((bot.key,))
    promised = scene.today + timedelta(days=1)
    effect = OpenRequest(reference, card, contact, Consent("2026-11", scene.now), promised, waiting=False)
    await bot.store.do(lambda kept: kept.desk.open(resident.user.id, effect, vault, scene))
    await ticked(bot)


def card_of(anne: Person, reference: str) -> Message | None:
    """Her message about that request, with its buttons."""
    return next((message for message in anne.living if message.text.startswith(reference)), None)


async def tapped(anne: Person, reference: str, labels: tuple[str, ...]) -> int:
    """She does what she does for that request, each time on its message; the taps it took."""
    before = taps(anne)
    for label in labels:
        anne.taps(label, card_of(anne, reference))
        await anne.waits(quiet=QUIET)
    return taps(anne) - before


def taps(anne: Person) -> int:
    """How often she tapped so far."""
    return sum(change.what is What.TAPPED for change in anne.chat.history)
