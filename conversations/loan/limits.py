"""The two questions asked backwards: how much can I borrow, how fast can I repay, for so much a month.

The answer fits when no payment passes the limit, the last one included. The last takes what rounding left
over, so a slightly larger amount may fit where a smaller one does not: what counts is that nothing beyond
the answer fits.
"""

from decimal import ROUND_FLOOR, Decimal

from conversations.loan.instalments import instalment_share, repay
from conversations.loan.money import in_cents
from conversations.programme.model import Caps

# What the scheme lends today, for who asks without a programme at hand; a test keeps it like the file's.
SCHEME = Caps(least=30_000, most=300_000, shortest=6, longest=36)


def largest_amount(payment: Decimal, months: int, rate: Decimal, caps: Caps = SCHEME) -> int | None:
    """The most whole euros that `payment` euros a month repay in `months`; None where nothing fits.

    `rate` in percent a year. Inside the caps; one euro more passes the limit or the caps.
    """
    if not caps.shortest <= months <= caps.longest:
        return None
    limit = _limit(payment)
    instalment = instalment_share(months, rate)
    reach = ((limit + 1) * instalment.parts - instalment.half - 1) // instalment.times
    highest, lowest = min(caps.most, reach) // 100, -(-caps.least // 100)
    fitting = (euros for euros in range(highest, lowest - 1, -1) if _fits(euros * 100, months, rate, limit))
    return next(fitting, None)


def shortest_duration(amount: Decimal, payment: Decimal, rate: Decimal, caps: Caps = SCHEME) -> int | None:
    """The fewest months that repay `amount` euros with `payment` euros a month; None where nothing fits.

    `rate` in percent a year. Inside the caps; one month less passes the limit or the caps.
    """
    cents, limit = in_cents(amount), _limit(payment)
    if not caps.least <= cents <= caps.most:
        return None
    durations = range(caps.shortest, caps.longest + 1)
    return next((months for months in durations if _fits(cents, months, rate, limit)), None)


def _limit(payment: Decimal) -> int:
    """Whole cents: a part of a cent pays nothing."""
    return int((payment * 100).to_integral_value(ROUND_FLOOR))


def _fits(cents: int, months: int, rate: Decimal, limit: int) -> bool:
    repayment = repay(cents, months, rate)
    return max(repayment.instalment, repayment.last) <= limit
