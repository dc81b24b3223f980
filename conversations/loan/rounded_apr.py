"""The TAEG of equal monthly instalments to two places, fast enough to be computed at every tap.

The two places are right when the payments are worth the loan or more at half a hundredth below, and less
than the loan at half a hundredth above. The first guess, from unrounded instalments, is nearly always right.
"""

from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from conversations.loan.instalments import Repayment
from conversations.loan.money import CENT

PARTS = 10**24  # of one: what a future cent is worth is held in these
WORKING = Context(prec=34)


def rounded_apr(repayment: Repayment, rate: Decimal) -> Decimal:
    """Percent a year, half up, of payments that follow the advance from one month on."""
    lent, instalment, last, interests = repayment
    months = len(interests)

    def repaid_at(thousandths: int) -> bool:
        others, final = _discounts(thousandths, months)
        return instalment * others + last * final >= lent * PARTS

    apr = _of_unrounded_instalments(rate)  # in thousandths of a percent
    while repaid_at(apr + 5):
        apr += 10
    while not repaid_at(apr - 5):
        apr -= 10
    return apr // 10 * CENT


@lru_cache(maxsize=256)
def _of_unrounded_instalments(rate: Decimal) -> int:
    """(1 + i/12)^12 - 1, in percent with two places, as thousandths."""
    return round(100 * 100 * ((1 + Fraction(rate) / 1200) ** 12 - 1)) * 10


@lru_cache(maxsize=4096)
def _discounts(thousandths: int, months: int) -> tuple[int, int]:
    """What a cent is worth at that rate, paid in every month but the last, and paid in the last."""
    month = WORKING.power(1 + Decimal(thousandths) / 100_000, Decimal(-1) / 12)
    worths = [int(PARTS * WORKING.power(month, number)) for number in range(1, months + 1)]
    return sum(worths[:-1]), worths[-1]
