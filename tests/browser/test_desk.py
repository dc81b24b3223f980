"""Both phones: somebody asks to be called, the référente reads it without a name, then opens the contact."""

from datetime import UTC, datetime, timedelta
from math import ceil

from conversations.scene import PARIS
from tests.browser.playing import Playing
from tests.browser.reader import Reader

ANSWERS = (
    "Puis-je demander un microcrédit ?",
    "Escautpont",
    "25 à 59 ans",
    "Un véhicule ou sa réparation",
    "1 800 €",
    "24 mois",
    "Un emploi à petit revenu",
    "Oui, souvent",
    "Non",
    "Non",
    "Oui",
    "Non, jamais",
)
NUMBER = "+33612345678"


def next_monday(playing: Playing) -> None:
    """Move the clock into her next Monday morning."""
    now = (datetime.now(UTC) + timedelta(seconds=playing.state()["desk"]["ahead"])).astimezone(PARIS)
    morning = (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=5)
    playing.post("leap", hours=ceil((morning - now) / timedelta(hours=1)))


def test_a_request_goes_from_one_phone_to_the_other(lina: Reader, playing: Playing) -> None:
    claire = lina.beside("La référente")
    claire.sees("Vous êtes inscrite comme référente")
    next_monday(playing)
    lina.scans("garage")
    for answer in ANSWERS:
        before = lina.reads()
        (lina.types if "€" in answer else lina.taps)(answer)
        lina.reads_anew(before)
    lina.taps("Être rappelé(e)")
    lina.presses("J'accepte")
    lina.sees("Comment vous appeler ?")
    lina.types("Zélie")
    lina.sees("À quel numéro vous joindre ?")
    lina.types(NUMBER)
    lina.taps("Par téléphone")
    lina.taps("Peu importe")
    lina.sees("Zélie")
    lina.taps("Envoyer")
    lina.sees("Votre demande MC-")

    claire.sees("Un véhicule ou sa réparation")
    assert "Zélie" not in claire.reads()
    claire.taps("Voir le contact")
    claire.sees(f"Zélie · {NUMBER}")
    claire.taps("Cacher le contact")
    claire.until(lambda: "Zélie" not in claire.reads(), "the contact is hidden again")
    claire.taps("Je prends")
    lina.sees("MC-")

    lina.opens("holdings")
    held = lina.one("#sheets", "Les demandes de rappel").text
    assert "Zélie" not in held
    assert NUMBER not in held
