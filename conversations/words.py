"""The words of one language: sentences, amounts, durations and days, as its readers write them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from conversations.typography import typeset_french, typeset_name

# English as it is written in France: days and amounts as on every paper there, and as people type them.
WRITTEN = {"en": "en_FR"}


class Words:
    """Call it with a French sentence to get the sentence of this language.

    Named placeholders are filled after translation: `_("Question {number}", number=4)`. No sentence is
    ever glued from pieces, so a translator can move them.
    """

    def __init__(
        self, language: str, catalogue: NullTranslations, figures: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.language = language
        self._written = WRITTEN.get(language, language)
        self._catalogue = catalogue
        self._figures = figures

    def knowing(self, **figures: str) -> "Words":
        """The same words, with these placeholders filled wherever a sentence holds them."""
        return Words(self.language, self._catalogue, figures)

    def __call__(self, message: str, /, **values: str | int) -> str:
        """`message` in this language; `values` fill its named placeholders."""
        return self._set(self._catalogue.gettext(message) if message else "", values)

    def many(self, one: str, other: str, n: int, /, **values: str | int) -> str:
        """The form that `n` things take; `{n}` is filled with the number."""
        return self._set(self._catalogue.ngettext(one, other, n), {"n": n, **values})

    def euros(self, cents: int) -> str:
        """An amount in whole cents: 120050 → « 1 200,50 € », 120000 → « 1 200 € »."""
        return _euros(cents, self._written)

    def euros_and_cents(self, cents: int) -> str:
        """An amount in a column, its two places always there: 120000 → « 1 200,00 € »."""
        return _euros(cents, self._written, "#,##0.00 ¤")

    def months(self, n: int) -> str:
        """A duration: « 36 mois »."""
        return self.many("{n} mois", "{n} mois", n)

    def percent(self, value: Decimal) -> str:
        """A rate with two places: 4.07 → « 4,07 % »."""
        number = format_decimal(value, "0.00", locale=self._written)
        return self("{number} %", number=number)

    def rate(self, value: Decimal) -> str:
        """A rate as contracts name it: 4 → « 4 % », 3.5 → « 3,5 % »."""
        return self("{number} %", number=format_decimal(value, "0.##", locale=self._written))

    def day(self, day: date) -> str:
        """A day in full: « lundi 23 novembre 2026 », « mardi 1er décembre 2026 »."""
        written = format_date(day, "full", locale=self._written)
        return written.replace(" 1 ", " 1er ") if self.language == "fr" else written

    def short_day(self, day: date) -> str:
        """A day in figures: « 23/11/2026 »."""
        return format_date(day, "dd/MM/yyyy", locale=self._written)

    def _set(self, message: str, values: dict[str, str | int]) -> str:
        sentence = typeset_french(message) if self.language == "fr" else typeset_name(message)
        return sentence.format_map({**self._figures, **values}) if "{" in sentence else sentence


@lru_cache(maxsize=4096)
def _euros(cents: int, locale: str, pattern: str = "") -> str:
    usual = "#,##0 ¤" if cents % 100 == 0 else "#,##0.00 ¤"
    text = format_currency(
        Decimal(cents) / 100, "EUR", pattern or usual, locale=locale, currency_digits=False
    )
    return typeset_french(text.replace("\xa0", " "))
