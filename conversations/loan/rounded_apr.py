"""The TAEG of equal monthly instalments to two places, fast enough to be computed at every tap.

The two places are right when the payments are worth the amount or more at half a hundredth below, and less
than the amount at half a hundredth above. For loans without a fee the first guess is nearly always right.
"""

from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from conversations.loan.money import CENT

WORKING = Context(prec=34)


def rounded_apr(amount: Decimal, months: int, rate: Decimal, instalment: Decimal, last: Decimal) -> Decimal:
    """Percent a year, half up, of payments that follow the advance of `amount` from one month on."""

    def worth(thousandths: int) -> Decimal:
        others, final = _discounts(thousandths, months)
        return instalment * others + last * final

    apr = _of_unrounded_instalments(rate)  # in thousandths of a percent
    while worth(apr + 5) >= amount:
        apr += 10
    while worth(apr - 5) < amount:
        apr -= 10
    return apr // 10 * CENT


@lru_cache(maxsize=256)
def _of_unrounded_instalments(rate: Decimal) -> int:
    """(1 + i/12)^12 - 1, in percent with two places, as thousandths."""
    return round(100 * 100 * ((1 + Fraction(rate) / 1200) ** 12 - 1)) * 10


@lru_cache(maxsize=4096)
def _discounts(thousandths: int, months: int) -> tuple[Decimal, Decimal]:
    """What one euro is worth at that rate, paid in every month but the last, and paid in the last."""
    month = WORKING.power(1 + Decimal(thousandths) / 100_000, Decimal(-1) / 12)
    worths = [WORKING.power(month, number) for number in range(1, months + 1)]
    return sum(worths[:-1], Decimal()), worths[-1]
