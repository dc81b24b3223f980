"""Case, accents, apostrophes, hyphens and what nobody sees do not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.folding import fold


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Condé-sur-l'Escaut", ("conde", "sur", "l", "escaut")),
        ("CONDE SUR L’ESCAUT.", ("conde", "sur", "l", "escaut")),
        ("Cœur, ŒUVRE et Lætitia", ("coeur", "oeuvre", "et", "laetitia")),
        ("e\u0301te\u0301", ("ete",)),
        ("1\u202f200 €", ("1200",)),
        ("06 12 34", ("06", "12", "34")),
        ("n°2)", ("n", "2")),
        ("con\u00add\u200be", ("conde",)),
        ("???", ("?",)),
        ("ça va ?", ("ca", "va")),
        ("🙂 _-_", ()),
        ("", ()),
    ],
)
def test_a_text_is_folded_to_its_bare_words(typed: str, words: tuple[str, ...]) -> None:
    assert fold(typed) == words


@given(st.text())
def test_folding_what_is_folded_changes_nothing(typed: str) -> None:
    words = fold(typed)
    assert all(word == "?" or word.isalnum() for word in words)
    assert fold(" / ".join(words)) == words or words == ("?",)
