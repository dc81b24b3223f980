"""A name and a number that must be in one message of the right person, and after the purge nowhere."""

import json
import random
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import logs
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.handing import enrolled, journal, sent, ticked

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CANARIES = ("Zéphyrine", "Kanari", "639980042")


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


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


@pytest.mark.fault(15)
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


@pytest.mark.fault(12)
async def test_of_ten_thousand_forged_updates_none_moves_a_byte_of_a_contact(
    bot: Running, town: Town
) -> None:
    """From outsiders, from groups, from a revoked member, while the référente has the contact on screen."""
    anne, bea, zoe = town.person("Anne"), town.person("Béa"), town.person("Zoé")
    for person in (anne, bea):
        await enrolled(bot, person)
    reference = await sent(bot, zoe)
    anne.taps("Voir le contact")
    await anne.waits(quiet=0.1)
    assert len(messages(anne)) == 1
    await bot.store.do(lambda kept: kept.desk.dismiss(bea.user.id, bot.app.scene().now))
    await ticked(bot)
    journalled, before = await journal(bot, reference), bot.rows("select state, status from request")
    town.telegram.ledger.clear()

    others = [bea, *(town.person(f"Mallory {number}") for number in range(4))]
    chance = random.Random(7)
    shown = [number for person in (anne, bea) for number in person.chat.messages]
    for _ in range(10_000):
        town.arrives(forged(reference, anne.user.id, [other.user.id for other in others], shown, chance))
    await town.settles(quiet=1)

    assert bot.rows("select count(*) from inbox where state = 'waiting'") == [(0,)]
    assert bot.rows("select state, status from request") == before
    assert await journal(bot, reference) == journalled
    assert bot.rows("select chat_id from staff") == [(anne.user.id,)]
    assert bot.rows("select first from absence") == []
    assert bot.rows("select value from setting where name = 'plafond'") == []
    assert messages(zoe, *others) == []
    assert [call for call in town.telegram.ledger if found(str(call.parameters))] == []
    assert len(messages(anne)) == 1


def forged(reference: str, anne: int, others: list[int], shown: list[int], chance: random.Random) -> str:
    """One update as a modified client, or somebody in a group, may make Telegram deliver it."""
    places = ("voir", "ouvrir", "prends", "rdv:2026-11-24:1430", "clore:depose", "annuler", "vers:caf", "")
    letters = string.printable + "é\u202e\u200b😀"
    noise = "".join(chance.choices(letters, k=chance.randrange(24)))
    code = "".join(chance.choices(string.ascii_letters + "-_", k=22))
    data = chance.choice((f"d:{reference}:{chance.choice(places)}", f"d:{noise}:{noise}", noise))
    command = chance.choice(("start", "dossier", "attente", "demijournee", "absence", "plafond", "aide"))
    argument = chance.choice((reference, noise, code, "5", "du 24/12 au 02/01", ""))
    text = chance.choice((noise, f"/{command} {argument}", f"/start {code}"))
    person, group = chance.choice(others), -1000 - chance.randrange(5)
    sender, chat = chance.choice(
        (
            (person, {"id": person, "type": "private"}),
            (person, {"id": anne, "type": "private"}),  # in her chat, which is not theirs
            (anne, {"id": group, "type": chance.choice(("group", "supergroup", "channel"))}),
        )
    )
    user = {"id": sender, "is_bot": False, "first_name": noise or "x"}
    message = {"message_id": chance.choice(shown), "date": 1, "chat": chat}
    kind = chance.choice(("callback_query", "message", "contact", "edited_message"))
    match kind:
        case "callback_query":
            body: dict[str, object] = {
                "id": str(chance.random()),
                "from": user,
                "message": message,
                "data": data,
            }
        case "contact":
            card = {"phone_number": "33639980042", "first_name": noise, "user_id": anne}
            kind, body = "message", {**message, "from": user, "contact": card}
        case _:
            body = {**message, "from": user, "text": text}
    return f'"{kind}":{json.dumps(body)}'
