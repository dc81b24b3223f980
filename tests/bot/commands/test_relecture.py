"""The booklet shows every word that residents read, and nothing that a browser would have to fetch."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.booklet.conditions import condition_in_words
from bot.booklet.document import booklet
from conversations.catalogues import FRENCH
from conversations.programme.conditions import And, AtLeast, AtMost, Between, Condition, Not, OneOf, Or
from conversations.programme.sections.transmission import SAMPLES
from tests.bot.typed import run
from tests.conversations.programme.small import changed, read
from tests.conversations.talk import programme_file, shipped

DAY = date(2026, 11, 23)


class Reader(HTMLParser):
    """What is read on the page, and the elements left open."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {"src", "onclick"} & {name for name, _value in attrs}
        if tag != "meta":
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.fixture(scope="module")
def page() -> str:
    return booklet(programme_file(), DAY, FRENCH)


@pytest.fixture(scope="module")
def reader(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_every_text_of_the_day_stands_in_it_as_residents_read_it(reader: Reader) -> None:
    """A text of the file that no chapter shows would never be proofread."""
    programme = shipped().programme
    words = FRENCH.knowing(**programme.figures(FRENCH), **SAMPLES)
    shown = " ".join(reader.words)
    for message in programme_file().messages:
        assert words(message.text) in shown, message


def test_its_elements_are_closed_and_its_headings_follow_each_other(reader: Reader) -> None:
    assert reader.open == []
    assert reader.headings[0] == 1
    assert all(
        later <= earlier + 1 for earlier, later in zip(reader.headings, reader.headings[1:], strict=False)
    )


def test_it_needs_nothing_but_itself(page: str) -> None:
    assert not re.search(r"https?:|url\(|@import|<script|<link", page)
    assert "default-src 'none'" in page


def test_what_is_still_open_is_listed(reader: Reader) -> None:
    assert reader.words.count("reste à compléter.") == 12


def test_a_text_is_shown_and_never_obeyed() -> None:
    file = read(changed(("texte: Elle aide.", "texte: Elle <b>aide</b> & conseille.")))
    page = booklet(file, DAY, FRENCH)
    assert "Elle &lt;b&gt;aide&lt;/b&gt; &amp; conseille." in page


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (AtLeast("montant", 30_000), "Montant : au moins 300 €."),
        (AtMost("montant", 300_001), "Montant : au plus 3 000,01 €."),
        (Between("montant", 100, 200), "Montant : de 1 € à 2 €."),
        (Between("duree", 7, 18), "Durée : « 12 mois » ou « 18 mois »."),
        (OneOf("microcredit", ("non",)), "Microcrédit en cours : « Non »."),
        (Not(OneOf("objet", ("dettes",))), "Projet : toute réponse sauf « Des dettes ou un découvert »."),
        (
            Or((OneOf("age", ("18_24",)), AtLeast("montant", 5000))),
            "Au moins une de ces conditions est vraie : Âge : « 18 à 24 ans ». Montant : au moins 50 €.",
        ),
        (
            Not(And((OneOf("age", ("18_24",)), AtLeast("montant", 5000)))),
            (
                "Le contraire de ceci : Toutes ces conditions sont vraies :"
                " Âge : « 18 à 24 ans ». Montant : au moins 50 €."
            ),
        ),
    ],
)
def test_a_condition_is_said_in_plain_french(condition: Condition, words: str) -> None:
    said = Reader()
    said.feed(condition_in_words(condition, shipped().programme, FRENCH))
    assert " ".join(said.words).replace("\u202f", " ") == words


def test_the_command_writes_the_file_and_prints_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "livret.html"
    assert run("relecture", str(path)) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
