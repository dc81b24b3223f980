"""From a resident's yes to the référente's desk, over the fake Telegram: keys, contact cards, news."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from conversations.desk.case import Case
from conversations.handover.reference import new_reference
from sandbox.clock import MovableClock
from sandbox.people import Person, labels
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.requests import Requests
from tests.bot.conftest import Running
from tests.bot.handing import enrolled, sent, ticked
from tests.databases import looking

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Paris, in the middle of a half-day
ANSWERS = (
    "escautpont",
    "25 à 59 ans",
    "voiture",
    "1 200 €",
    "24 mois",
    "intérim",
    "oui, souvent",
    "non",
    "non",
    "oui",
    "non, jamais",
)


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


@pytest.fixture
async def zoe(bot: Running, town: Town) -> Person:
    """Zoé has answered every question."""
    person = town.person("Zoé")
    person.starts()
    await person.waits()
    await taps(person, "Puis-je demander un microcrédit ?")
    for words in ANSWERS:
        await says(person, words)
    assert person.sees("semble correspondre")
    return person


def everything(person: Person) -> str:
    """Whatever stands in their chat."""
    return "\n".join(message.text for message in person.chat.messages.values())


async def says(person: Person, words: str) -> None:
    person.says(words)
    await person.waits(quiet=0.1)


async def taps(person: Person, label: str) -> None:
    person.taps(label)
    await person.waits(quiet=0.1)


async def presses(person: Person, label: str) -> None:
    person.presses(label)
    await person.waits(quiet=0.1)


@pytest.mark.fault(13)
async def test_a_yes_becomes_a_request_that_the_referente_sees_without_a_name(
    bot: Running, town: Town, zoe: Person
) -> None:
    anne = town.person("Anne")
    await enrolled(bot, anne)
    await taps(zoe, "Être rappelé(e)")
    assert zoe.keyboard()[:2] == ["J’accepte", "Non merci"]
    await presses(zoe, "J'accepte")
    assert zoe.keyboard() == []
    assert zoe.sees("Comment vous appeler ?")
    await says(zoe, "Zoé <b>")
    zoe.shares_contact_of(town.person("Paul"))
    await zoe.waits(quiet=0.1)
    assert zoe.sees("C'est le numéro d'une autre personne.")
    await presses(zoe, "Partager mon numéro")
    assert zoe.keyboard() == []
    await taps(zoe, "Par téléphone")
    await taps(zoe, "mardi 24 novembre, après-midi")
    assert zoe.sees("Zoé <b>")
    await taps(zoe, "Envoyer")
    assert zoe.sees("Votre demande MC-")
    await ticked(bot)
    assert anne.sees("Escautpont")
    assert "Zoé" not in everything(anne)
    await taps(anne, "Voir le contact")
    assert "Zoé <b>" in everything(anne)


async def test_a_reference_that_somebody_has_is_drawn_again(
    bot: Running, town: Town, zoe: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, add, asked = await sent(bot, town.person("Paul")), Requests.add, list[str]()

    def noted(requests: Requests, case: Case, *how: Any) -> bool:
        asked.append(case.request.reference)
        return add(requests, case, *how)

    monkeypatch.setattr(Requests, "add", noted)
    monkeypatch.setattr("bot.turns.worker.new_reference", lambda lot: new_reference(lot) if asked else theirs)
    await taps(zoe, "Être rappelé(e)")
    await presses(zoe, "J'accepte")
    await says(zoe, "Zoé")
    await presses(zoe, "Partager mon numéro")
    await taps(zoe, "Par téléphone")
    await taps(zoe, "mardi 24 novembre, après-midi")
    zoe.taps("Envoyer")
    await town.until(lambda: zoe.sees("Votre demande MC-"), "a reference")
    assert asked[0] == theirs
    assert asked[1:] != [theirs]
    assert zoe.sees(f"Votre demande {asked[1]}")


async def test_a_no_costs_nothing_and_leaves_no_keys(bot: Running, zoe: Person) -> None:
    await taps(zoe, "Être rappelé(e)")
    await presses(zoe, "Non merci")
    assert zoe.keyboard() == []
    assert zoe.sees("Rien n'est envoyé.")
    assert zoe.sees("semble correspondre")
    assert not bot.rows("select * from request")


async def test_the_screen_before_the_keys_loses_its_buttons(bot: Running, zoe: Person) -> None:
    before = zoe.screen
    assert before is not None
    await taps(zoe, "Être rappelé(e)")
    assert labels(before) == []
    assert not bot.rows("select * from request")


async def test_erasing_takes_everything_back(bot: Running, zoe: Person) -> None:
    await taps(zoe, "Être rappelé(e)")
    for act in ("J'accepte", "Zoé"):
        await says(zoe, act)
    await says(zoe, "06 39 98 00 01")
    for label in ("Par téléphone", "Peu importe", "Envoyer"):
        await taps(zoe, label)
    assert bot.rows("select * from request")
    await says(zoe, "/effacer")
    assert zoe.sees("Votre demande est retirée.")
    assert not bot.rows("select * from request")


async def referente(bot: Running, town: Town) -> Person:
    """Anne, whose half-day has begun."""
    anne = town.person("Anne")
    await enrolled(bot, anne)
    await ticked(bot)
    return anne


async def sends(zoe: Person) -> None:
    await taps(zoe, "Être rappelé(e)")
    for words in ("J'accepte", "Zoé", "06 39 98 00 01"):
        await says(zoe, words)
    for label in ("Par téléphone", "Peu importe"):
        await taps(zoe, label)


def bullets(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("• ")]


async def test_the_preview_is_line_for_line_what_she_reads(bot: Running, town: Town, zoe: Person) -> None:
    anne = await referente(bot, town)
    await sends(zoe)
    await taps(zoe, "Une date presse")
    preview, _, contact = zoe.reads().partition("Dans une enveloppe fermée")
    assert "Zoé" in contact
    await taps(zoe, "Envoyer")
    await ticked(bot)
    assert bullets(anne.reads()) == bullets(preview)
    assert "• Une date presse" in preview
    assert "À compléter" in preview
    assert "À compléter" in anne.reads()


async def test_a_closed_request_is_shown_as_kept_and_erased_on_demand(
    bot: Running, town: Town, zoe: Person
) -> None:
    anne = await referente(bot, town)
    await sends(zoe)
    await taps(zoe, "Envoyer")
    await ticked(bot)
    for label in ("Clore…", "Plus besoin"):
        await taps(anne, label)
    await says(zoe, "/mesdonnees")
    assert zoe.sees("Terminée : lundi 23 novembre 2026.")
    assert zoe.sees("Votre accord : lundi 23 novembre 2026, texte 2026-11.")
    assert zoe.sees("votre prénom et votre numéro, chiffrés")
    await says(zoe, "/effacer")
    assert not bot.rows("select * from request")
    await ticked(bot)
    assert anne.sees("La personne a retiré sa demande.")


async def test_papers_ticked_before_the_answers_were_erased_still_count(
    bot: Running, town: Town, zoe: Person
) -> None:
    anne = await referente(bot, town)
    await taps(zoe, "Préparer mes papiers")
    await taps(zoe, "Un devis")
    await taps(zoe, "Retour")
    await sends(zoe)
    await taps(zoe, "Envoyer")
    await ticked(bot)
    assert anne.sees("Papiers prêts : 1 sur 11")
    town.passes(timedelta(days=8))
    await ticked(bot)
    assert not bot.rows("select * from dialogue where state like '%escautpont%'")
    await says(zoe, "/start")
    await taps(zoe, "Ma demande de rappel")
    await taps(zoe, "Préparer mes papiers")
    assert zoe.sees("Un devis : je l'ai")
    await taps(zoe, "Un RIB")
    await ticked(bot)
    assert anne.sees("Papiers prêts : 2 sur 11")


async def test_a_screen_that_was_not_drawn_before_a_stop_is_drawn_as_it_was(
    bot: Running, zoe: Person
) -> None:
    await taps(zoe, "Être rappelé(e)")
    for words in ("J'accepte", "Zoé", "06 39 98 00 01"):
        await says(zoe, words)
    before = zoe.reads()
    await bot.stop()
    with looking(bot.url) as engine, engine.begin() as connection:
        connection.execute(text("update dialogue set shown_revision = revision - 1"))
    bot.start()
    await bot.town.settles(quiet=0.1)
    assert zoe.reads() == before
    for label in ("Par téléphone", "Peu importe", "Envoyer"):
        await taps(zoe, label)
    assert zoe.sees("Votre demande MC-")
