"""Every sentence of the code and of the programme has its translation, with the same placeholders."""

from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from conversations.catalogues import CATALOGUE

ROOT = Path(__file__).parents[1]
LANGUAGES = sorted(path.parents[1].name for path in (ROOT / "locales").glob(f"*/{CATALOGUE}"))


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every sentence, as `make messages` gathers them."""
    path = tmp_path_factory.mktemp("messages") / "messages.pot"
    with chdir(ROOT):
        command = ["pybabel", "-q", "extract", "-F", "babel.cfg", "-o", str(path), "."]
        CommandLineInterface().run(command)  # type: ignore[no-untyped-call]  # Babel leaves it untyped
    return _read(path)


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """One form, or those of singular and plural; one empty form where there is none."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What a translator still has to do, a line each."""
    asked = {forms(message.id): message for message in template if message.id}
    given = {forms(message.id): message for message in catalogue if message.id}
    for key in asked.keys() - given.keys():
        yield f"missing: {key[0]}"
    for key in given.keys() - asked.keys():
        yield f"unused: {key[0]}"
    for key in asked.keys() & given.keys():
        yield from _wrong(given[key])


def _wrong(message: Message) -> Iterator[str]:
    first = forms(message.id)[0]
    if message.fuzzy:
        yield f"fuzzy: {first}"
    if not all(forms(message.string)):
        yield f"empty: {first}"
        return
    wanted = placeholders(forms(message.id)[-1])
    for text in forms(message.string):
        # « one day » may do without its number
        if not placeholders(text) <= wanted or (wanted - {"n"}) - placeholders(text):
            yield f"placeholders: {text}"


def test_the_template_holds_the_code_and_the_programme(template: Catalog) -> None:
    assert template.get("Je ne sais pas")
    assert template.get("Dans quelle commune habitez-vous ?")
    assert template.get(("{n} mois", "{n} mois"))
    assert template.get("Cochez une case par question. « Je ne sais pas » n'est jamais un non.")
    assert not template.get("arnaque"), "a key of a mapping is no sentence"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete(language: str, template: Catalog) -> None:
    assert sorted(problems(template, _read(ROOT / "locales" / language / CATALOGUE, language))) == []


def test_whatever_a_translator_forgets_is_found() -> None:
    template, catalogue = Catalog(), Catalog(locale="en")
    for sentence in ("Un", "Deux {nom}", "Trois", "Quatre", ("{n} jour", "{n} jours"), "Six {nom}"):
        template.add(sentence)
    catalogue.add("Deux {nom}", "Two {name}")
    catalogue.add("Trois", "")
    catalogue.add("Quatre", "Four", flags=["fuzzy"])
    catalogue.add(("{n} jour", "{n} jours"), ("one day", "{n} days"))
    catalogue.add("Six {nom}", "Six {nom}")
    catalogue.add("Sept", "Seven")
    assert sorted(problems(template, catalogue)) == [
        "empty: Trois",
        "fuzzy: Quatre",
        "missing: Un",
        "placeholders: Two {name}",
        "unused: Sept",
    ]
