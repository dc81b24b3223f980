"""The languages spoken here."""

from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from conversations import catalogues


def _written(folder: Path, language: str, **translations: str) -> None:
    catalogue = Catalog(locale=language)
    for sentence, translation in translations.items():
        catalogue.add(sentence, translation)
    catalogue.add(("{n} jour", "{n} jours"), ("{n} day", "{n} days"))
    path = folder / language / catalogues.CATALOGUE
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)


def test_french_is_always_there(tmp_path: Path) -> None:
    assert list(catalogues.load(tmp_path / "nowhere")) == ["fr"]


def test_a_folder_is_a_language(tmp_path: Path) -> None:
    _written(tmp_path, "en", Bonjour="Hello")
    words = catalogues.load(tmp_path)["en"]
    assert words("Bonjour") == "Hello"
    assert [words.many("{n} jour", "{n} jours", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_sentence_without_translation_stays_french(tmp_path: Path) -> None:
    _written(tmp_path, "en", Bonjour="")
    assert catalogues.load(tmp_path)["en"]("Bonjour") == "Bonjour"


def test_zero_is_singular_in_french() -> None:
    words = catalogues.FRENCH
    assert [words.many("{n} jour", "{n} jours", n) for n in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]
