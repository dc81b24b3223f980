"""A schedule is right to the cent, whatever the amount, the duration and the rate."""

from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from time import process_time

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from conversations.loan import (
    Schedule,
    largest_amount,
    repayment_schedule,
    shortest_duration,
)

CENT = Decimal("0.01")
AMOUNTS = st.integers(30_000, 300_000).map(lambda cents: cents * CENT)
MONTHS = st.integers(6, 36)
RATES = st.integers(0, 1000).map(lambda hundredths: hundredths * CENT)


@pytest.mark.parametrize(
    ("loan", "figures"),
    [
        (("300", 6, "4"), "50.58 50.61 303.51 3.51 4.07"),
        (("1000", 12, "4"), "85.15 85.15 1021.80 21.80 4.07"),
        (("1500", 24, "4"), "65.14 65.07 1563.29 63.29 4.07"),
        (("2000", 36, "4"), "59.05 58.95 2125.70 125.70 4.07"),
        (("3000", 36, "4"), "88.57 88.64 3188.59 188.59 4.07"),
        (("3000", 36, "0"), "83.33 83.45 3000.00 0.00 0.00"),
        (("1500", 40, "0"), "37.50 37.50 1500.00 0.00 0.00"),  # CAF du Nord
    ],
)
def test_the_published_figures_are_found(loan: tuple[str, int, str], figures: str) -> None:
    """Instalment, last instalment, total, cost, APR."""
    amount, months, rate = loan
    schedule = repayment_schedule(Decimal(amount), months, Decimal(rate))
    found = (schedule.instalment, schedule.last_instalment, schedule.total, schedule.cost, schedule.apr)
    assert " ".join(map(str, found)) == figures


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_every_table_adds_up(amount: Decimal, months: int, rate: Decimal) -> None:
    schedule = repayment_schedule(amount, months, rate)
    rows = schedule.rows
    assert [row.number for row in rows] == list(range(1, months + 1))
    assert sum(row.principal for row in rows) == amount
    assert sum(row.payment for row in rows) == schedule.total
    assert sum(row.interest for row in rows) == schedule.cost == schedule.total - amount
    assert [row.payment for row in rows[:-1]] == [schedule.instalment] * (months - 1)
    assert rows[-1].payment == schedule.last_instalment
    assert rows[-1].balance == 0
    before = amount
    for row in rows:
        assert row.payment == row.interest + row.principal
        assert row.balance == before - row.principal
        before = row.balance


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_every_interest_is_a_twelfth_of_the_rate_half_up(amount: Decimal, months: int, rate: Decimal) -> None:
    endless = rate * 100 % 3 != 0  # the decimals of its twelfth never end
    half = ROUND_HALF_DOWN if endless else ROUND_HALF_UP
    before = amount
    for row in repayment_schedule(amount, months, rate).rows:
        assert row.interest == (before * rate / 1200).quantize(CENT, half)
        before = row.balance


def test_half_a_cent_is_rounded_up() -> None:
    """3 % a year is 0.25 % a month: on 1,002 € that is 2.505 €."""
    assert repayment_schedule(Decimal(1002), 12, Decimal(3)).rows[0].interest == Decimal("2.51")


def test_half_a_cent_that_only_endless_decimals_reach_is_not_charged() -> None:
    """4 % a year is 0.333… % a month: on 889.50 € any number of decimals stays below 2.965 €."""
    row = repayment_schedule(Decimal(1500), 24, Decimal(4)).rows[10]
    assert row.balance + row.principal == Decimal("889.50")
    assert row.interest == Decimal("2.96")


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_the_instalment_is_the_textbook_formula_to_the_cent(
    amount: Decimal, months: int, rate: Decimal
) -> None:
    with localcontext(prec=60):
        i = rate / 1200
        exact = amount * i / (1 - (1 + i) ** -months) if i else amount / months
        expected = exact.quantize(CENT, ROUND_HALF_UP)
    assert repayment_schedule(amount, months, rate).instalment == expected


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_the_last_instalment_only_differs_by_what_rounding_leaves(
    amount: Decimal, months: int, rate: Decimal
) -> None:
    schedule = repayment_schedule(amount, months, rate)
    leftover = abs(schedule.last_instalment - schedule.instalment)
    assert leftover <= months * CENT * (1 + rate / 1200) ** months


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_the_apr_is_that_of_a_well_kept_library(amount: Decimal, months: int, rate: Decimal) -> None:
    schedule = repayment_schedule(amount, months, rate)
    assert abs(float(schedule.apr) - _library_apr(schedule)) <= 0.005 + 1e-7


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_the_apr_is_near_the_one_of_unrounded_instalments(
    amount: Decimal, months: int, rate: Decimal
) -> None:
    """Cents may move it: by at most what they weigh in the interest of a small, short loan."""
    schedule = repayment_schedule(amount, months, rate)
    unrounded = 100 * ((1 + rate / 1200) ** 12 - 1)
    rounding = months * CENT / 2  # half a cent of interest a month
    owed_for_years = amount * (months + 1) / 24
    assert abs(schedule.apr - unrounded) <= Decimal("0.005") + 120 * rounding / owed_for_years


@given(amount=AMOUNTS, months=MONTHS, rate=RATES)
def test_more_money_or_fewer_months_never_lower_the_instalment(
    amount: Decimal, months: int, rate: Decimal
) -> None:
    instalment = repayment_schedule(amount, months, rate).instalment
    assert repayment_schedule(amount + 1, months, rate).instalment > instalment
    assert repayment_schedule(amount, months + 1, rate).instalment < instalment
    assert repayment_schedule(amount, months, rate + 1).instalment >= instalment


@given(amount=AMOUNTS, months=MONTHS, rate=RATES.filter(bool))
def test_a_longer_or_larger_loan_costs_more_but_for_rounding(
    amount: Decimal, months: int, rate: Decimal
) -> None:
    cost = repayment_schedule(amount, months, rate).cost
    noise = (months + 1) * CENT
    assert repayment_schedule(amount, months + 1, rate).cost >= cost - noise
    assert repayment_schedule(amount + 100, months, rate).cost >= cost - noise
    assert repayment_schedule(amount, months, rate + 1).cost > cost


@given(amount=AMOUNTS, months=MONTHS)
def test_nothing_is_charged_at_zero_percent(amount: Decimal, months: int) -> None:
    schedule = repayment_schedule(amount, months, Decimal(0))
    assert schedule.cost == schedule.apr == 0
    assert schedule.total == amount


def test_a_fee_is_a_cost_and_raises_the_apr() -> None:
    plain = repayment_schedule(Decimal(1000), 12, Decimal(4))
    dear = repayment_schedule(Decimal(1000), 12, Decimal(4), fee=Decimal(20))
    assert dear.instalment == plain.instalment
    assert dear.cost == plain.cost + 20
    assert dear.total == plain.total + 20
    assert abs(float(dear.apr) - _library_apr(dear)) <= 0.005 + 1e-7
    assert dear.apr > plain.apr + 3


@given(amount=AMOUNTS, months=MONTHS, rate=RATES, wait=st.integers(1, 6))
def test_a_later_first_payment_bears_the_interest_of_the_wait(
    amount: Decimal, months: int, rate: Decimal, wait: int
) -> None:
    schedule = repayment_schedule(amount, months, rate, first_after=wait)
    assert abs(schedule.rows[0].interest - amount * rate * wait / 1200) <= CENT / 2
    assert sum(row.principal for row in schedule.rows) == amount
    assert schedule.rows[-1].balance == 0
    assert abs(schedule.last_instalment - schedule.instalment) <= months * CENT * 2
    assert abs(float(schedule.apr) - _library_apr(schedule)) <= 0.005 + 1e-6


def test_the_wait_may_be_counted_in_days() -> None:
    wait = 1 + Fraction(12 * 15, 365)
    schedule = repayment_schedule(Decimal(1000), 12, Decimal(4), first_after=wait)
    assert schedule.rows[0].interest == Decimal("4.98")  # 3.333 for the month, 1.644 for the 15 days


def test_a_single_payment_takes_all() -> None:
    schedule = repayment_schedule(Decimal(1000), 1, Decimal(12))
    assert schedule.instalment == schedule.last_instalment == schedule.total == 1010


@pytest.mark.parametrize(
    ("amount", "months", "rate", "more"),
    [
        ("0", 12, "4", {}),
        ("-1", 12, "4", {}),
        ("1000.001", 12, "4", {}),
        ("NaN", 12, "4", {}),
        ("Infinity", 12, "4", {}),
        ("1000", 0, "4", {}),
        ("1000", 12, "-1", {}),
        ("1000", 12, "NaN", {}),
        ("1000", 12, "Infinity", {}),
        ("0.10", 36, "4", {}),
        ("0.20", 36, "4", {}),
        ("1000", 12, "4", {"fee": Decimal(-1)}),
        ("1000", 12, "4", {"first_after": 0}),
    ],
)
def test_what_is_no_loan_is_refused(amount: str, months: int, rate: str, more: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match=r"no amount|cents|payments|rate|more than nothing"):
        repayment_schedule(Decimal(amount), months, Decimal(rate), **more)  # type: ignore[arg-type]


def test_a_schedule_cannot_be_changed() -> None:
    schedule = repayment_schedule(Decimal(1000), 12, Decimal(4))
    with pytest.raises(FrozenInstanceError):
        schedule.months = 13  # type: ignore[misc]


def test_all_loans_of_the_scheme_are_computed_within_ten_seconds() -> None:
    """418,655 schedules with their APR; here one amount in 25, in a 25th of the time."""
    amounts = [Decimal(euros) for euros in range(300, 3001, 25)]
    rates = [Decimal(rate) for rate in ("0", "2", "4", "6.5", "10")]

    def seconds() -> float:
        start = process_time()
        for rate in rates:
            for amount in amounts:
                for months in range(6, 37):
                    schedule = repayment_schedule(amount, months, rate)
                    assert schedule.instalment and schedule.total and schedule.apr >= 0  # noqa: PT018
        return process_time() - start

    assert min(seconds() for _ in range(3)) < 10 / 25


def test_a_change_on_the_screen_is_computed_within_two_milliseconds() -> None:
    """Three durations side by side, a table, and both questions backwards."""

    def seconds(amount: Decimal) -> float:
        start = process_time()
        schedules = [repayment_schedule(amount, months, Decimal(4)) for months in (12, 24, 36)]
        assert all(schedule.apr > 4 for schedule in schedules)
        assert len(schedules[2].rows) == 36
        assert largest_amount(schedules[2].instalment, 24, Decimal(4))
        assert shortest_duration(amount, schedules[1].instalment + 1, Decimal(4))
        return process_time() - start

    assert min(seconds(Decimal(amount)) for amount in range(1000, 1020)) < 0.002


def _library_apr(schedule: Schedule) -> float:
    """Percent a year of the schedule's flows on the months they fall on."""
    flows = [float(schedule.fee - schedule.amount), *[0.0] * (int(schedule.first_after) - 1)]
    flows += [float(row.payment) for row in schedule.rows]
    monthly = pyxirr.irr(flows)
    assert monthly is not None
    return float(100 * ((1 + monthly) ** 12 - 1))
