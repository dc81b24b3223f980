"""The questions asked backwards are answered to the euro and to the month."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.loan import largest_amount, repayment_schedule, shortest_duration
from conversations.loan.limits import SCHEME
from conversations.programme.load import load
from conversations.programme.model import Caps

CENT = Decimal("0.01")
PAYMENTS = st.integers(500, 60_000).map(lambda cents: cents * CENT)
MONTHS = st.integers(6, 36)
RATES = st.integers(0, 1000).map(lambda hundredths: hundredths * CENT)
TODAY = Path(__file__).parents[2] / "programme.yaml"


def _fits(amount: int, months: int, rate: Decimal, payment: Decimal) -> bool:
    schedule = repayment_schedule(Decimal(amount), months, rate)
    return max(schedule.instalment, schedule.last_instalment) <= payment


def test_forty_euros_a_month_over_three_years() -> None:
    assert largest_amount(Decimal(40), 36, Decimal(4)) == 1354
    assert shortest_duration(Decimal(1354), Decimal(40), Decimal(4)) == 36


@given(payment=PAYMENTS, months=MONTHS, rate=RATES)
def test_one_euro_more_passes_the_limit(payment: Decimal, months: int, rate: Decimal) -> None:
    amount = largest_amount(payment, months, rate)
    if amount is None:
        assert not _fits(300, months, rate, payment)
    else:
        assert 300 <= amount <= 3000
        assert _fits(amount, months, rate, payment)
        assert amount == 3000 or not _fits(amount + 1, months, rate, payment)


@pytest.mark.parametrize("payment", ["9.20", "40", "58.95", "59.05", "59.06", "88.57", "88.64", "300.01"])
@pytest.mark.parametrize("months", [6, 24, 36])
@pytest.mark.parametrize("rate", ["0", "4", "9.99"])
def test_no_larger_amount_fits_at_all(payment: str, months: int, rate: str) -> None:
    """Rounding lets some larger amounts fit where a smaller one does not: every one of them is tried."""
    fitting = [
        amount for amount in range(300, 3001) if _fits(amount, months, Decimal(rate), Decimal(payment))
    ]
    assert largest_amount(Decimal(payment), months, Decimal(rate)) == max(fitting, default=None)


def test_the_last_instalment_counts_too() -> None:
    """3,000 € over 36 months are 35 times 88.57 € and then 88.64 €: 88.57 € a month are not enough."""
    amount = largest_amount(Decimal("88.57"), 36, Decimal(4))
    assert amount is not None
    assert amount < 3000
    assert repayment_schedule(Decimal(3000), 36, Decimal(4)).instalment == Decimal("88.57")
    assert largest_amount(Decimal("88.64"), 36, Decimal(4)) == 3000


@given(amount=st.integers(300, 3000), payment=PAYMENTS, rate=RATES)
def test_one_month_less_passes_the_limit(amount: int, payment: Decimal, rate: Decimal) -> None:
    months = shortest_duration(Decimal(amount), payment, rate)
    fitting = [tried for tried in range(6, 37) if _fits(amount, tried, rate, payment)]
    assert months == min(fitting, default=None)


@pytest.mark.parametrize("payment", ["0", "-5", "8.33", "8.339"])
def test_too_little_a_month_repays_nothing(payment: str) -> None:
    assert largest_amount(Decimal(payment), 36, Decimal(0)) is None
    assert shortest_duration(Decimal(300), Decimal(payment), Decimal(0)) is None


def test_outside_the_caps_there_is_no_answer() -> None:
    assert largest_amount(Decimal(100), 5, Decimal(4)) is None
    assert largest_amount(Decimal(100), 37, Decimal(4)) is None
    assert shortest_duration(Decimal("299.99"), Decimal(100), Decimal(4)) is None
    assert shortest_duration(Decimal("3000.01"), Decimal(1000), Decimal(4)) is None


def test_plenty_a_month_meets_the_caps() -> None:
    assert largest_amount(Decimal(10_000), 6, Decimal(4)) == 3000
    assert shortest_duration(Decimal(3000), Decimal(10_000), Decimal(4)) == 6


def test_the_caps_may_be_those_of_another_day() -> None:
    wider = Caps(least=10_050, most=800_000, shortest=3, longest=84)
    assert largest_amount(Decimal(10_000), 84, Decimal(4), wider) == 8000
    assert largest_amount(Decimal(2), 84, Decimal(0), wider) == 168
    assert largest_amount(Decimal("1.20"), 84, Decimal(0), wider) is None  # 100.50 € is the least: 101 €
    assert shortest_duration(Decimal(150), Decimal(50), Decimal(0), wider) == 3


def test_the_usual_caps_are_those_of_the_programme() -> None:
    file = load(TODAY)
    assert {edition.programme.caps for edition in file.editions if edition.programme} == {SCHEME}
