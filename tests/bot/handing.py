"""A référente, a coordinator and requests, for tests of the hand-over over the fake Telegram."""

import secrets
from datetime import timedelta
from itertools import count

from bot.desk.letters import letters
from conversations.desk.case import Deed, Role
from conversations.handover.request import Card, Consent, Contact, OpenRequest, Status
from sandbox.people import Person
from storage.vault import Vault
from tests.bot.conftest import Running
from tests.storage.desk import CANARY, CARD

__all__ = ["CANARY", "CARD", "Deed", "Role"]
_references = count(2000)


async def enrolled(bot: Running, person: Person, role: Role = Role.REFERENTE, commune: str = "") -> None:
    """The person follows an invitation; the half-day that runs has begun for them."""
    code, until = secrets.token_urlsafe(16), bot.app.scene().now + timedelta(minutes=15)
    await bot.store.do(lambda kept: kept.staff.invite(code, role, commune, until))
    person.starts(code)
    await person.waits()
    await bot.app.clockwork.tick()


async def sent(bot: Running, resident: Person, contact: Contact = CANARY, card: Card = CARD) -> str:
    """The resident's yes, as their dialogue leads to it; the reference."""
    reference, scene = f"MC-{next(_references)}", bot.app.scene()
    effect = OpenRequest(reference, card, contact, Consent("2026-11", scene.now), scene.today, waiting=False)
    vault = Vault((bot.key,))
    await bot.store.do(lambda kept: kept.desk.open(resident.user.id, effect, vault, scene))
    await ticked(bot)
    return reference


async def ticked(bot: Running) -> None:
    """The clock ticks, and everything that follows from it is done."""
    await bot.app.clockwork.tick()
    await bot.town.settles(quiet=0.1)
    for _ in range(100):  # on a busy machine the courier may only be about to begin
        if not await bot.store.do(lambda kept: letters(kept, Vault((bot.key,)), bot.app.scene())):
            break
        await bot.town.settles(quiet=0.05)


async def status(bot: Running, reference: str) -> Status:
    """How the request stands."""
    kept = await bot.store.do(lambda kept: kept.requests.get(reference))
    assert kept is not None
    return kept.case.request.status


async def journal(bot: Running, reference: str) -> list[Deed]:
    """What happened to the request."""
    return [entry.deed for entry in await bot.store.do(lambda kept: kept.journal.entries(reference))]
