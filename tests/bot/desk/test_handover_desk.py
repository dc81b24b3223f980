"""The référente's morning over the fake Telegram: notices, one reveal, deeds, and what the resident hears."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations.handover.request import Status
from sandbox.clock import MovableClock
from sandbox.people import Person, labels
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.handing import CANARY, Deed, Role, enrolled, journal, sent, status, ticked

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Paris, in the middle of a half-day
SHOWN = "Zéphyrine Kanari"


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


@pytest.fixture
async def anne(bot: Running, town: Town) -> Person:
    person = town.person("Anne")
    await enrolled(bot, person)
    return person


@pytest.fixture
def zoe(town: Town) -> Person:
    return town.person("Zoé")


def live_text(person: Person) -> str:
    """Everything that stands in their chat now."""
    return "\n".join(message.text for message in person.chat.messages.values())


async def taps(person: Person, label: str) -> None:
    person.taps(label)
    await person.waits(quiet=0.1)


async def test_a_notice_names_nobody_and_a_tap_shows_the_contact_to_her_alone(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    bea = town.person("Béa")
    await enrolled(bot, bea)
    reference = await sent(bot, zoe)
    assert anne.sees(reference)
    assert anne.sees("Escautpont")
    assert anne.sees("1 200 € sur 24 mois")
    assert SHOWN not in live_text(anne)
    message = anne.screen
    await taps(anne, "Voir le contact")
    assert anne.screen is message
    assert live_text(anne).count(SHOWN) == 1
    assert CANARY.phone in live_text(anne)
    assert SHOWN not in live_text(bea) + live_text(zoe)
    assert not bea.buttons()
    assert message is not None
    assert message.as_json()["has_protected_content"]
    await taps(anne, "Cacher le contact")
    assert SHOWN not in live_text(anne)


async def test_the_contact_is_hidden_again_a_day_later(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    await sent(bot, zoe)
    await taps(anne, "Voir le contact")
    town.passes(timedelta(hours=24))
    await ticked(bot)
    assert SHOWN not in live_text(anne)


async def test_from_notice_to_appointment_in_four_taps_and_the_resident_is_told(
    bot: Running, anne: Person, zoe: Person
) -> None:
    zoe.starts()
    await zoe.waits()
    reference = await sent(bot, zoe)
    for label in ("Voir le contact", "RDV…", "mardi 24 novembre 2026, 14:00", "14:30"):
        await taps(anne, label)
    assert await status(bot, reference) is Status.APPOINTMENT
    told = "Votre rendez-vous : mardi 24 novembre à 14 h 30"
    await bot.town.until(lambda: zoe.sees(told), "the resident is told")
    assert anne.sees("Rendez-vous le mardi 24 novembre 2026 à 14 h 30.")


async def test_from_notice_to_closed_by_redirection_in_three_taps(
    bot: Running, anne: Person, zoe: Person
) -> None:
    zoe.starts()
    await zoe.waits()
    reference = await sent(bot, zoe)
    aid = bot.app.scene().programme.aids[0]
    for label in ("Voir le contact", "Réorienter…", aid.name):
        await taps(anne, label)
    assert await status(bot, reference) is Status.CLOSED
    await bot.town.until(lambda: zoe.sees("La référente vous propose une autre aide"), "she is told")
    assert SHOWN not in live_text(anne)
    assert anne.buttons() == ["Annuler la dernière action", "Rouvrir"]
    await taps(anne, "Annuler la dernière action")
    assert await status(bot, reference) is Status.SENT
    await bot.town.until(lambda: zoe.sees("a rouvert votre demande"), "she is told otherwise")
    assert await journal(bot, reference) == [Deed.OPENED, Deed.REVEALED, Deed.CLOSED, Deed.UNDONE]


@pytest.mark.fault(11)
async def test_fifty_taps_of_two_staff_show_the_contact_once(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    bea = town.person("Béa")
    await enrolled(bot, bea)
    reference = await sent(bot, zoe)
    cards = {person: person.living[0] for person in (anne, bea)}
    for _ in range(25):
        for person, card in cards.items():
            person.forges(f"d:{reference}:voir", card)
    await town.settles(quiet=0.2)
    assert (live_text(anne) + live_text(bea)).count(SHOWN) == 1
    assert (await journal(bot, reference)).count(Deed.REVEALED) == 1


async def test_outside_her_half_days_nothing_rings_and_the_next_one_begins_with_a_digest(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    town.passes(timedelta(hours=8))  # Monday evening
    before = len(anne.chat.messages)
    reference = await sent(bot, zoe)
    assert len(anne.chat.messages) == before
    town.passes(timedelta(hours=19, minutes=30))  # Tuesday, half past one: half an hour too early
    await ticked(bot)
    assert len(anne.chat.messages) == before
    town.passes(timedelta(minutes=45))
    await ticked(bot)
    await town.until(lambda: len(anne.chat.messages) == before + 2, "digest and notice", within=5)
    assert "Bonjour" in live_text(anne)
    assert reference in live_text(anne)


async def test_a_burst_is_one_message_from_which_each_request_opens(
    bot: Running, town: Town, anne: Person
) -> None:
    before = len(anne.chat.messages)
    town.passes(timedelta(hours=8))
    references = [await sent(bot, town.person(f"Voisin {n}")) for n in range(6)]
    town.passes(timedelta(hours=20, minutes=30))
    await ticked(bot)
    await town.until(lambda: len(anne.chat.messages) >= before + 2, "digest and list", within=5)
    await town.settles(quiet=0.3)
    assert len(anne.chat.messages) == before + 2
    [listed] = [message for message in anne.living if "6 nouvelles demandes" in message.text]
    assert labels(listed) == references
    await taps(anne, references[3])
    await town.until(lambda: anne.sees(references[3]) and "Voir le contact" in anne.buttons(), "the card")


async def test_nobody_at_the_desk_after_three_half_days_is_for_the_coordinator(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    chef = town.person("Claude")
    await enrolled(bot, chef, Role.COORDINATION)
    reference = await sent(bot, zoe)
    assert anne.sees(reference)
    town.passes(timedelta(days=3, hours=7))  # Thursday, 17:00: Tuesday, Wednesday and Thursday are over
    await ticked(bot)
    assert not chef.sees(reference)  # at that hour nobody works
    town.passes(timedelta(hours=17))  # Friday, 10:00
    await ticked(bot)
    await town.until(lambda: chef.sees(reference), "the coordinator is told", within=5)
    assert not chef.buttons()
    assert chef.sees("Personne ne l'a ouverte à temps : voyez avec la référente.")
    assert (await journal(bot, reference)).count(Deed.ESCALATED) == 1
    await taps(anne, "Je prends")
    await town.until(lambda: not chef.sees("voyez avec la référente"), "it is settled", within=5)


@pytest.mark.fault(12)
async def test_a_revoked_member_sees_nothing_any_more(bot: Running, anne: Person, zoe: Person) -> None:
    reference = await sent(bot, zoe)
    await taps(anne, "Voir le contact")
    now = bot.app.scene().now
    await bot.store.do(lambda kept: kept.desk.dismiss(anne.user.id, now))
    await ticked(bot)
    await bot.town.until(lambda: anne.sees("Votre accès est fermé"), "she is told", within=5)
    assert SHOWN not in live_text(anne)
    anne.forges(f"d:{reference}:voir")
    await bot.town.settles(quiet=0.2)
    assert SHOWN not in live_text(anne)


@pytest.mark.fault(7)
async def test_a_blocked_bot_is_told_to_the_coordinator_and_nothing_is_lost(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    chef = town.person("Claude")
    await enrolled(bot, chef, Role.COORDINATION)
    anne.blocks_bot()
    reference = await sent(bot, zoe)
    await town.until(lambda: chef.sees("Telegram ne remet plus"), "the coordinator is told", within=5)
    assert await status(bot, reference) is Status.SENT


@pytest.mark.fault(5)
async def test_a_reveal_whose_answer_is_lost_is_repeated_in_the_same_message(
    bot: Running, town: Town, anne: Person, zoe: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.courier.SHORTLY", 0.05)
    await sent(bot, zoe)
    town.telegram.faults.lose_answers(1, "editMessageText")
    await taps(anne, "Voir le contact")
    await town.until(lambda: len(town.telegram.ledger.calls("editMessageText", anne.user.id)) >= 2, "again")
    await town.settles(quiet=0.2)
    assert live_text(anne).count(SHOWN) == 1


async def test_killed_after_the_tap_the_contact_is_shown_after_the_next_start(
    bot: Running, town: Town, anne: Person, zoe: Person
) -> None:
    await sent(bot, zoe)
    town.telegram.faults.go_away()
    anne.taps("Voir le contact")
    await bot.stop()
    town.telegram.faults.come_back()
    bot.start()
    await town.until(lambda: SHOWN in live_text(anne), "shown", within=8)
    assert live_text(anne).count(SHOWN) == 1


@pytest.mark.usefixtures("anne")
@pytest.mark.fault(12)
async def test_forged_taps_and_commands_of_outsiders_move_no_byte_of_a_contact(
    bot: Running, town: Town, zoe: Person
) -> None:
    reference = await sent(bot, zoe)
    outsider = town.person("Mallory")
    outsider.starts()
    await outsider.waits()
    places = ("voir", "ouvrir", "prends", "clore", "clore:depose", "annuler", "rdv", "vers", "", ":" * 9)
    for place in places:
        outsider.forges(f"d:{reference}:{place}")
    for command in ("/attente", "/demijournee", f"/dossier {reference}", "/absence", "/plafond 1"):
        outsider.says(command)
    await town.settles(quiet=0.2)
    assert "Escautpont" not in live_text(outsider)
    assert SHOWN not in live_text(outsider)
    assert await status(bot, reference) is Status.SENT
    assert await journal(bot, reference) == [Deed.OPENED]
