"""An amount is read exactly as it was written, or asked again with the reason."""

from gettext import NullTranslations
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.amounts import Refused, explain, read_amount
from conversations.programme.question import Amount
from conversations.words import Words

FRENCH = Words("fr", NullTranslations())
CENTS = st.integers(0, 9_999_999)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1 200 €", 120_000),
        ("1\u00a0200\u00a0€", 120_000),
        ("1\u202f200\u202f€", 120_000),
        ("1\u2009200\u2009€", 120_000),
        ("1200", 120_000),
        ("1200,5", 120_050),
        ("1200.50", 120_050),
        ("1 200,50 €", 120_050),
        ("1.200", 120_000),
        ("1.200,50", 120_050),
        ("1.20", 120),
        ("1200e", 120_000),
        ("1200 E", 120_000),
        ("1200 eur", 120_000),
        ("1200 Euros", 120_000),
        ("€ 1200", 120_000),
        ("1200 €.", 120_000),
        ("  635,71\n", 63_571),
        ("0", 0),
        ("0,05", 5),
        ("999 999,99", 99_999_999),
    ],
)
def test_amounts_are_read_as_french_people_write_them(written: str, cents: int) -> None:
    assert read_amount(written) == Amount(cents)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", Refused.EMPTY),
        (" \u202f\n", Refused.EMPTY),
        ("9" * 4096, Refused.LONG),
        ("1\u200b200", Refused.HIDDEN),
        ("\u202e1200", Refused.HIDDEN),
        ("14 000 par an", Refused.PERIOD),
        ("1 200 €/mois", Refused.PERIOD),
        ("40 € chaque mois", Refused.PERIOD),
        ("-5", Refused.NEGATIVE),
        ("− 5 €", Refused.NEGATIVE),
        ("entre 500 et 600", Refused.RANGE),
        ("500-600", Refused.RANGE),
        ("500 € à 1 600 €", Refused.RANGE),
        ("500 ou 600", Refused.RANGE),
        ("1e25", Refused.EXPONENT),
        ("12e50", Refused.EXPONENT),
        ("12OO", Refused.LETTERS),
        ("l200", Refused.LETTERS),
        ("1a2", Refused.LETTERS),
        ("12²", Refused.LETTERS),
        ("2k€", Refused.LETTERS),
        ("1,200", Refused.AMBIGUOUS),
        ("1,200.50", Refused.AMBIGUOUS),
        ("1200,500", Refused.TOO_PRECISE),
        ("0.500", Refused.TOO_PRECISE),
        ("1.2345", Refused.TOO_PRECISE),
        ("1 000 000 €", Refused.TOO_LARGE),
        ("1.20.0", Refused.MALFORMED),
        ("1.200.50", Refused.MALFORMED),
        ("1,2,3", Refused.MALFORMED),
        ("1.200,5.0", Refused.MALFORMED),
        ("0612345678", Refused.MALFORMED),
        ("0 500", Refused.MALFORMED),
        ("1 20", Refused.SEVERAL),
        ("06 12 34 56 78", Refused.SEVERAL),
        ("1200 euros 50", Refused.SEVERAL),
        ("environ 1 200 €", Refused.NOT_ALONE),
        ("1200 ?", Refused.NOT_ALONE),
        ("1200 $", Refused.NOT_ALONE),
        ("1200 euroſ", Refused.NOT_ALONE),
        ("trois mille", Refused.IN_WORDS),
        ("bonjour", Refused.UNCLEAR),
        ("🙂", Refused.UNCLEAR),
        ("١٢٠٠", Refused.UNCLEAR),
        ("１２００", Refused.UNCLEAR),
        ("\ud800\x00", Refused.UNCLEAR),
    ],
)
def test_anything_else_is_asked_again_with_its_reason(written: str, reason: Refused) -> None:
    assert read_amount(written) is reason


@pytest.mark.parametrize("reason", Refused)
def test_every_reason_is_a_sentence_of_its_own_in_few_words(reason: Refused) -> None:
    said = explain(reason, FRENCH)
    others = {explain(other, FRENCH) for other in Refused if other is not reason}
    assert said not in others
    assert all(len(sentence.split()) <= 15 for sentence in said.split(". "))


@given(
    cents=CENTS,
    space=st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"]),
    mark=st.sampled_from([",", "."]),
    tail=st.sampled_from(["", " ", " €", "€", "\u202f€", "e", " E", " euros", "€.", " eur"]),
)
def test_every_amount_reads_back_in_every_form(cents: int, space: str, mark: str, tail: str) -> None:
    whole = f"{cents // 100:,}".replace(",", space)
    assert read_amount(f"{whole}{mark}{cents % 100:02}{tail}") == Amount(cents)
    assert read_amount(f"{whole}{tail}") == Amount(cents // 100 * 100)


@given(CENTS)
def test_dots_between_thousands_are_read(cents: int) -> None:
    whole = f"{cents // 100:,}".replace(",", ".")
    assert read_amount(f"{whole},{cents % 100:02}") == Amount(cents)
    assert read_amount(whole) == Amount(cents // 100 * 100)


@given(CENTS)
def test_what_is_echoed_in_french_reads_as_the_same_amount(cents: int) -> None:
    assert read_amount(FRENCH.euros(cents)) == Amount(cents)


@given(st.text() | st.text("0123456789.,- e€ao\u202f\u200b²٣", max_size=70))
def test_whatever_is_typed_is_read_or_refused_and_never_misread(written: str) -> None:
    read = read_amount(written)
    if isinstance(read, Amount):
        assert all(
            character in "0123456789.,€!eurosEUROS \t\n\u00a0\u202f" or character.isspace()
            for character in written
        )
        assert read_amount(FRENCH.euros(read.cents)) == read
    else:
        assert explain(read, FRENCH)


@pytest.mark.parametrize(
    "written", ["9" * 4096, "1 " * 2048, "1 111" * 819, " " * 4096, "1,2." * 1024, "e" * 4096]
)
def test_a_very_long_text_is_answered_within_a_millisecond(written: str) -> None:
    def once() -> float:
        start = perf_counter()
        read_amount(written)
        return perf_counter() - start

    assert min(once() for _ in range(20)) < 0.001
