"""What a phone can show and do, whatever bot is behind it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from selenium import webdriver

from sandbox.telegram import Upload
from tests.browser.reader import Reader
from tests.browser.staging import Stage

KEYS = {"keyboard": [[{"text": "Partager mon numéro", "request_contact": True}], ["Non merci"]]}
BUTTONS = {
    "inline_keyboard": [[{"text": "Oui", "callback_data": "yes"}, {"text": "Site", "url": "https://a.fr/"}]]
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def lina(driver: webdriver.Chrome, stage: Stage) -> Iterator[Reader]:
    yield Reader(driver, stage.page.url, "Lina")
    driver.get("about:blank")  # before the stage goes


def picture() -> Upload:
    content = BytesIO()
    Image.new("RGB", (320, 200), "teal").save(content, "PNG")
    return Upload("loan.png", content.getvalue(), "image/png")


def test_words_are_styled_and_never_read_as_markup(lina: Reader, stage: Stage) -> None:
    stage.bot(
        "sendMessage", text="<b>gras 🙂</b> &lt;i&gt;<blockquote>dit</blockquote>/effacer", parse_mode="HTML"
    )
    lina.sees("gras 🙂 <i>")
    assert lina.one(".words strong").text == "gras 🙂"
    assert lina.one(".words blockquote").text == "dit"
    lina.one(".words .command", "/effacer").click()
    lina.one(".message.mine", "/effacer")


def test_a_picture_and_a_document_open(lina: Reader, stage: Stage, driver: webdriver.Chrome) -> None:
    stage.bot("sendPhoto", {"photo": picture()}, caption="Votre prêt")
    lina.one(".photo").click()
    image = lina.one("#picture-image")
    lina.until(lambda: lina.script("return arguments[0].naturalWidth", image) == 320, "the picture is large")
    lina.one("#picture [data-close]").click()

    stage.bot("sendDocument", {"document": Upload("tableau.pdf", b"%PDF-1.4", "application/pdf")})
    link = lina.one("a.carried", "tableau.pdf").get_attribute("href")
    told = lina.script("return fetch(arguments[0]).then((r) => r.headers.get('Content-Type'))", link)
    assert told == "application/pdf"
    stage.bot("sendDocument", {"document": Upload("piege.html", b"<script>alert(1)</script>", "text/html")})
    link = lina.one("a.carried", "piege.html").get_attribute("href")
    told = lina.script("return fetch(arguments[0]).then((r) => r.headers.get('Content-Disposition'))", link)
    assert told.startswith("attachment")


def test_the_bots_keyboard_shares_a_number_once_confirmed(lina: Reader, stage: Stage) -> None:
    stage.bot("sendMessage", text="Votre numéro ?", reply_markup=KEYS)
    lina.one(".keys button", "Partager").click()
    assert stage.lina.chat.messages[max(stage.lina.chat.messages)].media is None
    lina.one("#ask-yes", "Partager").click()
    lina.one(".message.mine .carried", "Lina")
    stage.bot("sendMessage", text="Merci", reply_markup={"remove_keyboard": True})
    lina.until(lambda: not lina.on_phone(".keys"), "the keyboard is gone")


def test_a_message_is_edited_in_place_then_deleted(lina: Reader, stage: Stage) -> None:
    sent = stage.bot("sendMessage", text="Avant", reply_markup=BUTTONS, protect_content=True)
    assert "protected" in (lina.one(".message.theirs", "Avant").get_attribute("class") or "")
    link = lina.one(".inline a", "Site")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("https://a.fr/", "_blank")
    stage.bot("editMessageText", message_id=sent["message_id"], text="Après")
    lina.sees("Après")
    assert len(lina.on_phone(".message.theirs")) == 1
    stage.bot("deleteMessage", message_id=sent["message_id"])
    lina.until(lambda: not lina.on_phone(".message.theirs"), "the message is gone")


def test_signs_that_pass_are_seen_and_said(lina: Reader, stage: Stage) -> None:
    stage.bot("sendMessage", text="Oui ou non ?", reply_markup=BUTTONS)
    stage.bot("sendChatAction", action="typing")
    lina.one(".presence.typing", "écrit…")
    lina.taps("Oui")
    tap = lina.until(lambda: list(stage.desk.telegram.taps), "the tap arrived")[0]
    assert lina.on_phone(".inline .waiting")
    stage.bot("answerCallbackQuery", callback_query_id=tap, text="C’est noté")
    lina.one(".toast", "C'est noté")
    lina.until(lambda: lina.script("return document.getElementById('announcer').textContent"), "it is said")


def test_what_was_not_read_is_counted(lina: Reader, stage: Stage) -> None:
    for number in range(12):
        stage.bot("sendMessage", text=f"Ligne {number}\n" * 4)
    lina.sees("Ligne 11")
    lina.script("document.querySelector('.phone.beside .log').scrollTop = -9999")
    stage.bot("sendMessage", text="Nouveau")
    lina.until(lambda: lina.one(".latest").text == "1", "one is not read")
    lina.one("#people .badge", "1")
    lina.one(".latest").click()
    lina.until(lambda: not lina.all(".latest") and not lina.all("#people .badge"), "all is read")


def test_who_blocks_the_bot_can_let_it_write_again(lina: Reader, stage: Stage) -> None:
    lina.opens("faults")
    lina.one("#block").click()
    lina.one(".unblock").click()
    lina.until(lambda: lina.on_phone(".composer"), "one can write again")
    assert stage.desk.telegram.chats[stage.lina.user.id].standing == "member"


def test_own_messages_are_rewritten_and_deleted(lina: Reader) -> None:
    lina.types("bonjour")
    lina.one(".message.mine", "bonjour").find_element("css selector", ".more").click()
    lina.one("#message-menu button", "Modifier").click()
    lina.one("#rewrite textarea").send_keys(" à vous")
    lina.one("#rewrite .main").click()
    lina.one(".message.mine", "bonjour à vous").find_element("css selector", ".more").click()
    lina.one("#message-menu button", "Supprimer").click()
    lina.until(lambda: len(lina.on_phone(".message.mine")) == 1, "only /start is left")


def test_further_residents_come_with_a_name_and_a_language(lina: Reader, stage: Stage) -> None:
    lina.one("#people .add").click()
    lina.one("#add [name=name]").send_keys("Emma")
    lina.one("#add [name=language]").send_keys("anglais")
    lina.one("#add .main").click()
    lina.takes("Emma")
    assert [phone.person.user.language for phone in stage.desk.phones.values()] == ["fr", "fr", "en"]


def test_the_last_message_stays_in_sight_when_a_keyboard_comes(lina: Reader, stage: Stage) -> None:
    stage.bot("sendPhoto", {"photo": picture()})
    stage.bot("sendMessage", text="Une ligne\n" * 9)
    for _ in range(3):
        stage.bot("sendMessage", text="Votre numéro ?", reply_markup=KEYS)
        lina.one(".keys button", "Partager")
        lina.until(
            lambda: lina.script("return document.querySelector('.beside .latest').hidden"), "the end shows"
        )
        stage.bot("sendMessage", text="Merci", reply_markup={"remove_keyboard": True})
        lina.until(lambda: not lina.on_phone(".keys"), "the keyboard is gone")
