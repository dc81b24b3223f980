"""Days and amounts as the readers of each language write them."""

from datetime import date
from decimal import Decimal
from gettext import NullTranslations

import pytest

from conversations.amounts import read_amount
from conversations.programme.question import Amount
from conversations.words import Words

THIRD = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("language", "full"), [("fr", "mardi 3 novembre 2026"), ("en", "Tuesday, 3 November 2026")]
)
def test_the_day_comes_before_the_month(language: str, full: str) -> None:
    """« 11/3/26 » would be read in France as the 11th of March."""
    words = Words(language, NullTranslations())
    assert words.day(THIRD) == full
    assert words.short_day(THIRD) == "03/11/2026"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_amount_can_be_typed_as_it_is_shown(language: str) -> None:
    """« 1,200 » is a thousand for some and a little over one for others: it is never shown, nor guessed."""
    words = Words(language, NullTranslations())
    assert words.euros(120_050) == "1\u202f200,50\u202f€"
    assert read_amount(words.euros(120_050)) == Amount(120_050)
    assert words.percent(Decimal("4.07")).startswith("4,07")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_name_has_its_apostrophe_in_every_language(language: str) -> None:
    assert Words(language, NullTranslations())("Condé-sur-l'Escaut") == "Condé-sur-l’Escaut"
