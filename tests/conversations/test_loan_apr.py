"""The TAEG agrees with every published digit, and says so where there is none.

EC: « Examples for the calculation of the annual percentage rate of charge » (European Commission, January
2015). It gives six places, and the APR itself with one; the one place stands here where the six were found by
a search that stopped a little early. 98/7/EC: the annex of that directive.
"""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from conversations.loan import Flow, annual_percentage_rate


def flow(years: Fraction | int, amount: str) -> Flow:
    return Fraction(years), Decimal(amount)


def monthly(*amounts: str, after: Fraction | int = 0) -> list[Flow]:
    """One amount a month, the first a month after `after` years."""
    return [flow(after + Fraction(number, 12), amount) for number, amount in enumerate(amounts, start=1)]


HOUSE = [flow(0, "200000")]
FEE = flow(0, "4000")
CARD = [flow(0, "30000")]
MONTH = Fraction(1, 12)
DAY = Fraction(1, 365)
LINE = ["2669.62", "2655.49", "2641.35", "2627.22", "2613.08", "2598.95"]  # EC 31, first half-year
LINE_AS_BEFORE = ["2584.81", "2570.68", "2556.54", "2542.41", "2528.27", "2514.14"]

PUBLISHED: list[tuple[str, list[Flow], list[Flow], str]] = [
    ("EC 1", HOUSE, [FEE, *monthly(*["1432.86"] * 240)], "6.434412"),
    ("EC 2, 2012", HOUSE, [FEE, *monthly(*["1433.57"] * 240, after=3 * DAY)], "6.434185"),
    ("EC 2, 2013", HOUSE, [FEE, *monthly(*["1433.56"] * 240, after=Fraction(3, 366))], "6.434111"),
    ("EC 2, yearly", HOUSE, [FEE, *(flow(34 * DAY + year, "16541.86") for year in range(20))], "6.282070"),
    ("EC 3", HOUSE, [FEE, *monthly(*["1449.53"] * 240)], "6.588554"),
    ("EC 4", HOUSE, [FEE, *monthly(*["1599.53"] * 240)], "7.946625"),
    ("EC 5", HOUSE, [FEE, *monthly(*["1490.18"] * 240)], "6.961575"),
    ("EC 6, exit cost", HOUSE, [FEE, *monthly(*["1432.86"] * 240), flow(20, "100")], "6.436359"),
    ("EC 7, balloon", HOUSE, [FEE, *monthly(*["1199.10"] * 180), flow(15, "142097.69")], "6.409523"),
    ("EC 8, bullet", HOUSE, [FEE, *monthly(*["1166.67"] * 240), flow(20, "200000")], "7.430479"),
    (
        "EC 8, rising",
        HOUSE,
        [FEE, *monthly(*["1166.67"] * 6, *["1398.33"] * 234), flow(20, "200000")],
        "8.869280",
    ),
    ("EC 11", HOUSE, [FEE, *monthly(*["1500"] * 220, "407.70")], "6.452756"),
    ("EC 18, 14 days", HOUSE, [FEE, *monthly(*["1429.01"] * 240, after=14 * DAY - MONTH)], "6.435937"),
    ("EC 18, leap", HOUSE, [FEE, *monthly(*["1437.54"] * 240, after=Fraction(20, 366))], "6.432478"),
    ("EC 20", HOUSE, [FEE, *monthly(*["1319.91"] * 24, *["1423.41"] * 216)], "6.190654"),
    ("EC 21", HOUSE, [FEE, *monthly(*["1319.91"] * 9, *["1374.06"] * 231)], "5.853526"),
    ("EC 21, rising", HOUSE, [FEE, *monthly(*["1319.91"] * 9, *["1530.61"] * 231)], "7.199734"),
    ("EC 27", [flow(0, "170000")], [flow(0, "3400"), *monthly(*["1217.93"] * 240)], "6.434402"),
    ("EC 28", HOUSE, [flow(0, "4008"), *monthly(*["1322.55"] * 240)], "5.396096"),
    ("EC 29", HOUSE, [flow(0, "4008"), *monthly(*["1352.61"] * 240)], "5.682613"),
    ("EC 31", CARD, [flow(0, "600"), *monthly(*LINE, *LINE_AS_BEFORE)], "11.164789"),
    (
        "EC 32, three advances",
        [flow(0, "7500"), flow(3 * MONTH, "7500"), flow(6 * MONTH, "15000")],
        [
            flow(0, "600"),
            *monthly("667.41", "663.87", "660.34", "1532.54", "1524.3", "1516.05"),
            *monthly("4092.62", "4070.24", "4047.86", "4025.48", "4003.1", "3980.71", after=6 * MONTH),
        ],
        "13.1",
    ),
    (
        "EC 34, drawn twice",
        [flow(0, "1500"), flow(9 * MONTH, "1500")],
        [
            flow(0, "30"),
            *monthly("175.73", "174.73", "173.72", "172.71", "171.7", "170.7", "169.69", "168.68", "167.67"),
            *monthly("509.07", "506.04", "503.02", after=9 * MONTH),
        ],
        "11.4",
    ),
    (
        "EC 35, drawn and repaid each quarter",
        [flow(quarter * 3 * MONTH, "3000") for quarter in range(4)],
        [flow(0, "60"), flow(3 * MONTH, "100"), *(flow(n * 3 * MONTH, "3000") for n in range(1, 5))],
        "5.6",
    ),
    (
        "EC 36",
        [flow(0, "3000")],
        [
            flow(0, "60"),
            *monthly("296.62", "269.82", "268.02", "266.22", "264.41", "262.61", "260.81", "259.01"),
            *monthly("257.21", "255.41", "253.6", "251.8", after=8 * MONTH),
        ],
        "15.1",
    ),
    (
        "EC 37",
        [flow(0, "1500")],
        [
            flow(0, "30"),
            *monthly("160.81", "134.91", "134.01", "133.11", "132.21", "131.31", "130.41", "129.5"),
            *monthly("128.6", "127.7", "126.8", "125.9", after=8 * MONTH),
        ],
        "17.0",
    ),
    ("EC 38", [flow(0, "3000")], [flow(0, "60"), *monthly("24.12", "24.12", "3024.12")], "19.4"),
    ("EC 39, one payment", [flow(0, "3000")], [flow(0, "60"), flow(Fraction(1, 2), "3132.09")], "13.5"),
    ("EC 40", HOUSE, [FEE, flow(6 * MONTH, "207618.17")], "12.206644"),
    ("EC 41, interest kept", HOUSE, [FEE, flow(0, "7500"), flow(6 * MONTH, "200000")], "12.6"),
    ("EC 42", HOUSE, [FEE, *monthly(*["1250"] * 12), flow(1, "200000")], "10.039962"),
    (
        "EC 43, a fee a year before the advance",
        CARD,
        [flow(-1, "150"), flow(0, "450"), *monthly(*["356.11"] * 120)],
        "8.269278",
    ),
    (
        "EC 44",
        HOUSE,
        [FEE, *monthly(*["1111.11"] * 60, *["1349.94"] * 120), flow(15, "32075.08")],
        "3.470057",
    ),
    ("98/7/EC 1", [flow(0, "1000")], [flow(546 * DAY, "1200")], "12.96"),
    ("98/7/EC 2", [flow(0, "950")], [flow(546 * DAY, "1200")], "16.90"),
    ("98/7/EC 3", [flow(0, "1000")], [flow(1, "600"), flow(2, "600")], "13.0662"),
    ("a nominal rate is no APR", [flow(0, "975")], monthly("340", "340", "340"), "31.23"),
    ("CAF du Nord", [flow(0, "1500")], monthly(*["37.50"] * 40), "0"),
]


@pytest.mark.parametrize(
    ("advances", "payments", "percent"),
    [case[1:] for case in PUBLISHED],
    ids=[case[0] for case in PUBLISHED],
)
def test_every_published_digit_is_found(advances: list[Flow], payments: list[Flow], percent: str) -> None:
    assert annual_percentage_rate(advances, payments).quantize(Decimal(percent)) == Decimal(percent)


def test_a_fee_may_be_taken_off_the_advance_or_paid() -> None:
    paid = annual_percentage_rate(HOUSE, [FEE, *monthly(*["1432.86"] * 240)])
    taken_off = annual_percentage_rate([*HOUSE, flow(0, "-4000")], monthly(*["1432.86"] * 240))
    assert paid == taken_off


def test_only_the_time_between_flows_matters() -> None:
    early = annual_percentage_rate([flow(0, "1000")], [flow(2, "1210")])
    late = annual_percentage_rate([flow(5, "1000")], [flow(7, "1210")])
    assert early == late == 10


@pytest.mark.parametrize(
    ("advances", "payments", "percent"),
    [
        ([flow(0, "1000")], [flow(1, "900")], "-10"),
        ([flow(0, "1000")], [flow(1, "0.01")], "-99.999"),
        ([flow(1, "110")], [flow(0, "100")], "10"),  # a deposit is a loan the other way round
        ([flow(0, "1000")], [flow(0, "1200"), flow(1, "-100")], "-50"),
        ([flow(0, "1000"), flow(2, "300")], [flow(1, "1100")], "-40"),  # -50 fits too
        (  # 100 and 150 fit too, but less is paid than lent
            [flow(0, "1000"), flow(2, "8600")],
            [flow(1, "5300"), flow(3, "4000")],
            "-20",
        ),
        ([flow(0, "100")], [flow(DAY, "102")], "137640.8292"),
        ([flow(0, "100")], [flow(100, "100000")], "7.1519"),
    ],
)
def test_odd_flows_have_their_rate(advances: list[Flow], payments: list[Flow], percent: str) -> None:
    assert annual_percentage_rate(advances, payments).quantize(Decimal(percent)) == Decimal(percent)


@pytest.mark.parametrize(
    ("advances", "payments", "reason"),
    [
        ([], [], "no money moves"),
        ([flow(0, "1000")], [flow(0, "1000")], "no money moves"),
        ([flow(0, "1000")], [], "one way only"),
        ([flow(0, "1000")], [flow(0, "1000"), flow(1, "50")], "one way only"),
        ([flow(0, "1000"), flow(2, "400")], [flow(1, "1100")], "no rate makes"),
        ([flow(0, "100"), flow(2, "700")], [flow(0, "500"), flow(1, "100"), flow(3, "700")], "no rate makes"),
        ([flow(0, "NaN")], [flow(1, "1")], "not a finite number"),
        ([flow(0, "Infinity")], [flow(1, "1")], "not a finite number"),
    ],
)
def test_where_no_rate_exists_the_reason_is_said(
    advances: list[Flow], payments: list[Flow], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        annual_percentage_rate(advances, payments)


CENTS = st.integers(1, 500_000).map(lambda cents: cents * Decimal("0.01"))
TIMES = st.one_of(
    st.integers(0, 120).map(lambda months: Fraction(months, 12)),
    st.integers(0, 3650).map(lambda days: Fraction(days, 365)),
)
FLOWS = st.lists(st.tuples(TIMES, CENTS), min_size=1, max_size=12)


@given(advances=FLOWS, payments=FLOWS)
def test_a_rate_that_is_found_makes_both_sides_equal(advances: list[Flow], payments: list[Flow]) -> None:
    try:
        percent = annual_percentage_rate(advances, payments)
    except ValueError:
        return
    assume(-99 < percent < 10**9)  # beyond, eighteen digits are not eight places
    with localcontext(prec=60):
        below, above = (
            _difference(advances, payments, percent + Decimal(step)) for step in ("-1e-8", "1e-8")
        )
    assert percent == 0 or below * above <= 0


@given(
    payments=st.lists(CENTS, min_size=1, max_size=36),
    repaid=st.integers(70, 250).map(lambda percent: percent * Decimal("0.01")),
)
def test_a_loan_repaid_monthly_has_the_rate_of_a_well_kept_library(
    payments: list[Decimal], repaid: Decimal
) -> None:
    lent = sum(payments) / repaid
    flows = [(Fraction(number, 12), amount) for number, amount in enumerate(payments, start=1)]
    rate = annual_percentage_rate([(Fraction(0), lent)], flows)
    expected = pyxirr.irr([-float(lent), *map(float, payments)])
    assume(expected is not None)
    assert expected is not None
    assert float(rate) == pytest.approx(100 * ((1 + expected) ** 12 - 1), rel=1e-7, abs=1e-7)


@given(lent=CENTS, payments=st.lists(CENTS, min_size=1, max_size=12))
def test_a_plain_loan_always_has_a_rate_on_the_side_of_its_cost(
    lent: Decimal, payments: list[Decimal]
) -> None:
    rate = annual_percentage_rate([(Fraction(0), lent)], monthly(*map(str, payments)))
    cost = sum(payments) - lent
    assert (rate > 0, rate < 0) == (cost > 0, cost < 0)


def _difference(advances: Iterable[Flow], payments: Iterable[Flow], percent: Decimal) -> Decimal:
    """The equation of the directive as it stands there, term by term."""
    growth = 1 + percent / 100

    def worth(flows: Iterable[Flow]) -> Decimal:
        powers = (growth ** (-Decimal(years.numerator) / years.denominator) for years, _ in flows)
        return sum((amount * power for (_, amount), power in zip(flows, powers, strict=True)), Decimal(0))

    return worth(advances) - worth(payments)
