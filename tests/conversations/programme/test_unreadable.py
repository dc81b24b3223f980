"""A file that is no programme at all still gets an answer in French, never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.programme.load import load
from conversations.programme.mistakes import ProgrammeError
from tests.conversations.programme.small import SMALL, changed, report

BILLION = "a: &a [1, 1]\n" + "\n".join(
    f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="n'existe pas"):
        load(tmp_path / "programme.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="ne peut pas être lu"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"programme:\n  nom: caf\xe9\n", "ligne 2 : trouvé un caractère qui n'est pas de l'UTF-8."),
        (b"", "ligne 1 : attendu des clés comme « programme: », une par ligne."),
        ("bonjour", "ligne 1 : attendu des clés comme « programme: », une par ligne."),
        ("- a\n- b\n", "ligne 1 : attendu des clés comme « programme: », une par ligne."),
        ("a: 1\n\tb: 2\nc:\t3\n", "ligne 2 : trouvé une tabulation, attendu des espaces."),
        ("a: b\x07\n", "ligne 1 : trouvé un caractère invisible, attendu du texte."),
        ('a: "\\ud800"\n', "ligne 1 : trouvé un caractère invisible, attendu du texte."),
        ('a: "\\Uffffffff"\n', "n'est pas du YAML correct"),
        ("a: b: c\n", "ligne 1 : ces deux-points étonnent ; mettez le texte entre guillemets."),
        ("a: 1\nb: @ville\n", "ligne 2 : ce signe ne peut pas commencer un texte"),
        ("a: [1, 2\nb: 3\n", "il manque une virgule, une accolade ou un crochet."),
        ("a: 'bonjour\n", "des guillemets s'ouvrent et ne se ferment pas."),
        ("a: *b\n", "ligne 1 : un mot commence par « * » ; mettez-le entre guillemets."),
        ("a: 1\n---\nb: 2\n", "ligne 2 : « --- » commence un second document ; il n'en faut qu'un."),
        ("a: {b: 1\n", "il manque une virgule, une accolade ou un crochet."),
        ("- " * 20_000, "ligne 1 : trop d'accolades ou de crochets les uns dans les autres."),
        ("# " + "x" * 600_000, "ce fichier est trop grand, 500 Ko au plus."),
        (BILLION, "trouvé « &a » ; écrivez la valeur en entier à chaque endroit."),
        ("a: &a [*a]\n", "trouvé « &a » ; écrivez la valeur en entier à chaque endroit."),
    ],
)
def test_what_is_no_yaml_is_explained(content: str | bytes, said: str) -> None:
    assert said in "\n".join(report(content))


def test_every_tabulation_is_told() -> None:
    assert len(report("a: 1\n\tb: 2\nc:\t3\n")) == 2


def test_a_file_of_another_editor_reads_the_same() -> None:
    """Windows ends its lines in two characters and begins files with a mark of its own."""
    assert report(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()) == []


def test_conditions_cannot_be_nested_without_end() -> None:
    deep = "{non: " * 30 + "{est_une_de: {commune: [petiteville]}}" + "}" * 30
    (line,) = report(changed(("{est_une_de: {commune: [petiteville]}}", deep)))
    assert "attendu 8 conditions au plus l'une dans l'autre" in line


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_typed_into_the_file_it_is_read_or_refused_in_french(data: st.DataObject) -> None:
    """A slip anywhere never ends in anything but a report."""
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 30)))
    typed = data.draw(st.text(st.sampled_from("az09éE:-#,[]{}&*!|>'\"%@`?\\ \n\t€"), max_size=6))
    for line in report(SMALL[:start] + typed + SMALL[end:]):
        assert line.startswith("programme.yaml, ligne ")
