"""Days and amounts as the readers of each language write them."""

from datetime import date
from gettext import NullTranslations

import pytest

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
