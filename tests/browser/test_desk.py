"""Time passes; and a request goes from a resident to the référente, who reads it without a name first."""

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


def now(playing: Playing) -> datetime:
    """The hour in the sandbox, as in the four communes."""
    ahead = timedelta(seconds=playing.state()["desk"]["ahead"])
    return (datetime.now(UTC) + ahead).astimezone(PARIS)


def until_monday(playing: Playing, weeks: int = 0) -> int:
    """The hours until a Monday at about nine, when she works: the next one, or so many weeks later."""
    here = now(playing)
    monday = (here + timedelta(days=7 - here.weekday(), weeks=weeks)).replace(hour=9, minute=5)
    return ceil((monday - here) / timedelta(hours=1))


def test_time_passes_and_a_conversation_is_erased(lina: Reader, playing: Playing) -> None:
    lina.scans("sante")
    lina.taps("Puis-je demander un microcrédit ?")
    lina.sees("Dans quelle commune")
    lina.opens("holdings")
    lina.one("#sheets", "heard_message_id")
    lina.opens("clock")
    before = lina.one("#now").text
    count = lina.one("#leap [name=count]")
    count.clear()
    count.send_keys(str(until_monday(playing, weeks=1)))
    lina.one("#leap button").click()
    lina.until(lambda: lina.one("#now").text != before, "the clock went on")
    lina.until(lambda: "heard_message_id" not in lina.one("#sheets").text, "the dialogue is erased")


def test_a_request_goes_from_one_phone_to_the_other(lina: Reader, playing: Playing) -> None:
    claire = lina.beside("La référente")
    claire.sees("Vous êtes inscrite comme référente")
    if now(playing).weekday() != 0 or now(playing).hour not in {9, 10}:
        playing.post("leap", hours=until_monday(playing))
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
