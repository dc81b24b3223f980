"""A number as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.handover.phone import NotAPhone, read_phone, read_shared, shown_phone


@pytest.mark.parametrize(
    "written",
    [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06\u202f12\u202f34\u202f56\u202f78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "33 6 12 34 56 78",
    ],
)
def test_a_french_mobile_is_read_in_every_usual_form_and_echoed_in_one(written: str) -> None:
    assert read_phone(written) == "+33612345678"
    assert shown_phone("+33612345678") == "06 12 34 56 78"


def test_a_landline_a_box_line_and_an_overseas_mobile_are_numbers_too() -> None:
    assert read_phone("03 27 40 12 34") == "+33327401234"
    assert read_phone("09 50 12 34 56") == "+33950123456"
    assert read_phone("+590 690 12 34 56") == "+590690123456"


def test_a_range_that_was_given_out_only_lately_is_a_number_all_the_same() -> None:
    assert read_phone("06 39 98 00 01") == "+33639980001"


def test_belgium_is_next_door() -> None:
    assert read_phone("+32 470 12 34 56") == read_phone("0032470123456") == "+32470123456"
    assert shown_phone("+32470123456") == "+32 470 12 34 56"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("allo", NotAPhone.NO_NUMBER),
        ("", NotAPhone.NO_NUMBER),
        ("+", NotAPhone.NO_NUMBER),
        ("06 12 34 56 7O", NotAPhone.NO_NUMBER),
        ("mon numéro est le 06 12 34 56 78 le soir", NotAPhone.NO_NUMBER),
        ("06 12 34 56 7", NotAPhone.WRONG),
        ("06 12 34 56 78 9", NotAPhone.WRONG),
        ("112", NotAPhone.WRONG),
        ("+44 7911 123456", NotAPhone.ELSEWHERE),
        ("08 92 70 70 70", NotAPhone.SERVICE),
    ],
)
def test_what_nobody_can_be_called_on_is_refused_with_its_reason(written: str, why: NotAPhone) -> None:
    assert read_phone(written) is why


def test_a_contact_card_leaves_the_plus_out() -> None:
    assert read_shared("33612345678") == read_shared("+33612345678") == "+33612345678"
    assert read_shared("32470123456") == "+32470123456"
    assert read_shared("447911123456") is NotAPhone.ELSEWHERE


@given(st.text(max_size=60) | st.text("0123456789+-. ()", max_size=40))
def test_whatever_is_written_is_a_number_that_reads_back_or_a_reason(written: str) -> None:
    match read_phone(written):
        case NotAPhone():
            pass
        case str() as number:
            assert read_phone(shown_phone(number)) == number
