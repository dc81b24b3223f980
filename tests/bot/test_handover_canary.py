"""A name and a number that must be in one message of the right person, and after the purge nowhere."""

import random
import string
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import logs
from conversations.events import Commanded, Event, Said, Tapped
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.store import Store
from tests.bot.conftest import Running
from tests.bot.handing import enrolled, sent, ticked
from tests.storage.desk import Office

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CANARIES = ("Zéphyrine", "Kanari", "639980042")


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


@pytest.fixture
async def bot(town: Town, url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    """The bot, running; its courier does not wait for Telegram's pace."""
    monkeypatch.setattr("bot.pace.Pace.wait", lambda *_: 0.0)
    running = Running(town, url)
    running.start()
    yield running
    if not running.task.done():
        await running.stop()


def found(where: str | bytes) -> list[str]:
    """Which canaries are in there."""
    text = where.encode() if isinstance(where, str) else where
    return [canary for canary in CANARIES if canary.encode() in text]


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def messages(*people: Person) -> list[str]:
    """The messages that stand in these chats and hold a canary."""
    return [text for person in people for text in texts(person) if found(text)]


def texts(person: Person) -> list[str]:
    return [message.text for message in person.chat.messages.values()]


async def test_a_contact_is_in_one_message_and_after_the_purge_nowhere(
    bot: Running, town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger=logs.OURS)
    anne, bea, zoe = town.person("Anne"), town.person("Béa"), town.person("Zoé")
    for person in (anne, bea):
        await enrolled(bot, person)
    await sent(bot, zoe)
    assert messages(anne, bea, zoe) == []
    for label in ("Voir le contact", "RDV…", "mardi 24 novembre 2026, 14:00", "14:30"):
        anne.taps(label)
        await anne.waits(quiet=0.1)
    assert len(messages(anne)) == 1
    assert messages(bea, zoe) == []
    assert found(on_disk(tmp_path)) == []
    for label in ("Clore…", "Dossier déposé"):
        anne.taps(label)
        await anne.waits(quiet=0.1)
    assert messages(anne, bea, zoe) == []
    town.passes(timedelta(days=31))
    await ticked(bot)
    assert bot.rows("select * from request") == []
    assert messages(anne, bea, zoe) == []
    assert found(on_disk(tmp_path)) == []
    assert caplog.text
    assert found(caplog.text) == []


async def test_ten_thousand_forged_updates_of_outsiders_change_and_show_nothing(url: str) -> None:
    store = Store(url)
    office, chance = Office(store), random.Random(7)
    await office.enrols(11)
    reference = await office.sends(501)
    await office.draws()
    before = await office.request(reference)
    await office.forges(forged(reference, chance, 10_000))
    assert await office.request(reference) == before
    assert await office.draws() == []
    assert len(await office.do(lambda kept: kept.staff.members())) == 1
    store.close()


def forged(reference: str, chance: random.Random, count: int) -> list[Event]:
    """Taps, commands and words as a modified client may send them."""
    places = ("voir", "ouvrir", "prends", "rdv:2026-11-24:1430", "clore:depose", "annuler", "vers:caf")
    letters = string.printable + "é\u202e\u200b😀"

    def noise() -> str:
        return "".join(chance.choices(letters, k=chance.randrange(24)))

    makers: tuple[Callable[[], Event], ...] = (
        lambda: Tapped(f"d:{reference}:{chance.choice(places)}"),
        lambda: Tapped(f"d:{noise()}:{noise()}"),
        lambda: Commanded("start", "".join(chance.choices(string.ascii_letters + "-_", k=22))),
        lambda: Commanded(chance.choice(("dossier", "attente", "absence", "plafond")), noise() or reference),
        lambda: Said(noise()),
    )
    return [chance.choice(makers)() for _ in range(count)]
