"""From a flyer to the result, with whatever happens to the bot and to Telegram on the way."""

from statistics import median

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from sandbox.people import plain
from tests.browser import chromium
from tests.browser.reader import Reader

# Presses a button and waits until its message is another one: milliseconds, as the person sees them.
ANSWERED = """
    const [label, done] = arguments;
    const buttons = [...document.querySelectorAll(".phone.beside .inline button")];
    const button = buttons.findLast((button) => button.textContent === label);
    const message = button.closest(".message");
    const before = performance.now();
    new MutationObserver((_, observer) => {
      if (message.isConnected) return;
      observer.disconnect();
      done(performance.now() - before);
    }).observe(message.parentElement, { childList: true });
    button.click();
"""

# What has the focus: its name, and the line around it.
FOCUSED = """
    const element = document.activeElement;
    return [element.ariaLabel || element.innerText || "", getComputedStyle(element).outlineStyle];
"""


def test_somebody_scans_a_flyer_and_reaches_a_result(lina: Reader) -> None:
    lina.scans("garage")
    lina.taps("Puis-je demander un microcrédit ?")
    lina.sees("Dans quelle commune habitez-vous ?")
    lina.types("conde")
    lina.sees("Quel âge avez-vous ?")
    lina.taps("25 à 59 ans")
    lina.taps("Un véhicule ou sa réparation")
    lina.sees("De combien avez-vous besoin")
    lina.types("1 200,50 €")
    lina.sees("1 200,50 €")
    while "à vérifier ensemble" not in (before := lina.reads()).lower():
        lina.taps("Je ne sais pas")
        lina.reads_anew(before)

    lina.opens("holdings")
    held = lina.one("#sheets", "Les résultats comptés").text
    assert lina.name not in held.replace(f"Relié à {lina.name}", "")
    lina.opens("transcript")
    lina.one("#text", "> /start garage")


def test_a_tap_is_answered_on_screen_at_once(lina: Reader, driver: webdriver.Chrome) -> None:
    lina.scans("mairie")
    lina.taps("Calculer une mensualité")
    lina.sees("par mois")
    # The best of three rounds: other tests run beside this one.
    rounds = [
        median(driver.execute_async_script(ANSWERED, f"{sign} 3 mois") for sign in "−+" * 4) for _ in range(3)
    ]
    assert min(rounds) < 150, rounds


def test_the_bot_is_killed_and_started_again_in_the_middle(lina: Reader) -> None:
    lina.scans("caf")
    lina.taps("Puis-je demander un microcrédit ?")
    lina.sees("Dans quelle commune")
    lina.opens("faults")
    lina.one("[data-power=kill]").click()
    lina.one("#bot-state", "Arrêté")
    lina.taps("Escautpont")
    lina.one("[data-power=start]").click()
    lina.sees("Quel âge avez-vous ?")


def test_telegram_goes_away_and_comes_back(lina: Reader) -> None:
    lina.scans("marche")
    lina.taps("Puis-je demander un microcrédit ?")
    lina.sees("Dans quelle commune")
    lina.opens("faults")
    away = lina.one("[name=away]")
    away.click()
    lina.until(away.is_selected, "Telegram is away")
    lina.types("escautpont")
    lina.one(".message.mine", "escautpont")
    assert "Dans quelle commune" in lina.reads()
    away.click()
    lina.sees("Quel âge avez-vous ?")


def test_everything_can_be_done_with_the_keyboard(lina: Reader, driver: webdriver.Chrome) -> None:
    def presses(key: str) -> None:
        ActionChains(driver).send_keys(key).perform()

    def goes_to(label: str) -> None:
        """Press Tab until something of that name has the focus, and shows that it has."""
        for _ in range(40):
            name, outline = lina.script(FOCUSED)
            if label in plain(name):
                assert outline == "solid", f"nobody sees that {label!r} has the focus"
                return
            presses(Keys.TAB)
        raise AssertionError(f"the keyboard does not reach {label!r}")

    lina.script("document.querySelector('#people button[aria-pressed=true]').focus()")
    goes_to("Scanner une affiche")
    presses(Keys.ENTER)
    goes_to("garage")
    presses(Keys.ENTER)
    lina.sees("Microcrédit personnel")
    goes_to("Puis-je demander")
    presses(Keys.ENTER)
    lina.sees("Dans quelle commune")
    lina.until(lambda: lina.script(FOCUSED)[0].startswith("Fresnes"), "the first answer has the focus")
    goes_to("Menu")
    presses(Keys.ENTER)
    goes_to("Tout effacer")
    presses(Keys.ENTER)
    lina.sees("effacé")


def test_a_narrow_screen_is_one_phone_at_a_time(lina: Reader, driver: webdriver.Chrome) -> None:
    chromium.resize(driver, chromium.NARROW)
    lina.scans("ecoles")
    lina.sees("Microcrédit personnel")
    assert len(lina.all(".phone")) == 1
    assert lina.script("return document.documentElement.scrollWidth") == 390
    hers = lina.name
    lina.takes("La référente")
    assert len(lina.all(".phone[data-role=referente]")) == 1
    lina.takes(hers)
    lina.sees("Microcrédit personnel")
