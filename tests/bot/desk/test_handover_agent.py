"""A request passed on to the agent of its CCAS, over the fake Telegram: whose screen shows the contact."""

from datetime import timedelta

import pytest

from conversations.desk.case import Hand
from conversations.desk.deeds import reveal
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.transaction import Transaction
from tests.bot.conftest import Running
from tests.bot.desk.test_handover_desk import MONDAY, SHOWN, live_text, taps
from tests.bot.handing import CANARY, Deed, Role, enrolled, journal, sent, ticked

PASS, BACK, SEE = "Passer à l'agent du CCAS", "Reprendre à l'agent du CCAS", "Voir le contact"


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


@pytest.fixture
async def anne(bot: Running, town: Town) -> Person:
    person = town.person("Anne")
    await enrolled(bot, person)
    return person


@pytest.fixture
async def luc(bot: Running, town: Town) -> Person:
    """The agent of the request's commune."""
    person = town.person("Luc")
    await enrolled(bot, person, Role.AGENT, "escautpont")
    return person


@pytest.fixture
async def eve(bot: Running, town: Town) -> Person:
    """The agent of another commune."""
    person = town.person("Ève")
    await enrolled(bot, person, Role.AGENT, "fresnes")
    return person


@pytest.fixture
async def reference(bot: Running, town: Town, anne: Person) -> str:
    assert anne.sees("référente")
    return await sent(bot, town.person("Zoé"))


async def test_the_agent_sees_the_contact_in_the_notice_until_she_takes_it_back(
    bot: Running, anne: Person, luc: Person, reference: str
) -> None:
    await taps(anne, SEE)
    await taps(anne, PASS)
    await bot.town.until(lambda: luc.sees(reference), "the notice")
    assert SHOWN not in live_text(anne) + live_text(luc)
    notice = luc.screen
    assert notice is not None
    assert luc.buttons() == [SEE]
    await taps(luc, SEE)
    assert luc.screen is notice
    assert notice.as_json()["has_protected_content"]
    assert live_text(luc).count(SHOWN) == 1
    assert luc.buttons() == []
    await taps(anne, BACK)
    await bot.town.until(lambda: luc.sees("plus chez vous"), "taken back")
    assert SHOWN not in live_text(luc)
    assert luc.buttons() == []
    luc.forges(f"d:{reference}:voir", notice)
    await bot.town.settles(quiet=0.2)
    assert CANARY.phone not in live_text(luc)
    assert await journal(bot, reference) == [
        Deed.OPENED,
        Deed.REVEALED,
        Deed.PASSED,
        Deed.REVEALED,
        Deed.TAKEN_BACK,
    ]


async def test_passed_on_once_more_it_is_a_new_notice(
    bot: Running, anne: Person, luc: Person, reference: str
) -> None:
    for label in (PASS, BACK, PASS):
        await taps(anne, label)
        await bot.town.settles(quiet=0.2)
    assert luc.sees(reference)
    assert luc.buttons() == [SEE]
    await taps(anne, "Annuler la dernière action")
    await bot.town.until(lambda: not luc.buttons(), "undone")


async def test_the_contact_is_hidden_from_the_agent_a_day_later(
    bot: Running, town: Town, anne: Person, luc: Person, reference: str
) -> None:
    await taps(anne, PASS)
    await bot.town.until(lambda: luc.sees(reference), "the notice")
    await taps(luc, SEE)
    assert SHOWN in live_text(luc)
    town.passes(timedelta(hours=24))
    await ticked(bot)
    assert SHOWN not in live_text(luc)


async def test_outside_the_half_days_the_agent_hears_nothing(
    bot: Running, town: Town, anne: Person, luc: Person, reference: str
) -> None:
    town.passes(timedelta(hours=8))  # Monday evening
    before = len(luc.chat.messages)
    await taps(anne, PASS)
    await ticked(bot)
    assert len(luc.chat.messages) == before
    town.passes(timedelta(hours=20, minutes=15))
    await ticked(bot)
    await town.until(lambda: luc.sees(reference), "the notice", within=5)


async def test_nobody_else_ever_gets_a_byte_of_it(
    bot: Running, town: Town, anne: Person, luc: Person, eve: Person, reference: str
) -> None:
    async def forge() -> None:
        for place in ("voir", "ouvrir", "passer", "reprendre", "prends", "annuler"):
            for agent in (luc, eve):
                agent.forges(f"d:{reference}:{place}")
                await town.settles(quiet=0.05)
                told = live_text(luc) + live_text(eve)
                assert SHOWN not in told
                assert CANARY.phone not in told

    await forge()  # before she passes it on
    assert await journal(bot, reference) == [Deed.OPENED]
    await taps(anne, PASS)
    await town.until(lambda: luc.sees(reference), "the notice")
    now = bot.app.scene().now
    await bot.store.do(lambda kept: kept.desk.dismiss(luc.user.id, now))
    await forge()  # by a revoked agent, and by the one of another commune
    await taps(anne, BACK)
    await forge()
    assert await journal(bot, reference) == [Deed.OPENED, Deed.PASSED, Deed.TAKEN_BACK]


async def test_the_statement_itself_refuses_whoever_may_not_see_it(
    bot: Running, anne: Person, luc: Person, eve: Person, reference: str
) -> None:
    scene = bot.app.scene()

    def try_to_see(kept: Transaction, by: int) -> bool:
        request = kept.requests.get(reference)
        assert request is not None
        done = reveal(request.case, Hand(by, scene.now, scene.programme.handover))
        return kept.requests.change(request, done.case, by)

    async def sees(person: Person) -> bool:
        return await bot.store.do(lambda kept: try_to_see(kept, person.user.id))

    assert not await sees(luc)
    await taps(anne, PASS)
    assert not await sees(eve)
    assert await sees(luc)
    await bot.store.do(lambda kept: kept.staff.revoke(luc.user.id))
    assert not await sees(luc)
