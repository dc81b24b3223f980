"""A loan as its borrower meets it: the instalments, what they cost, and the table month by month."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from conversations.loan.apr import annual_percentage_rate
from conversations.loan.instalments import Repayment, repay
from conversations.loan.money import CENT, in_cents
from conversations.loan.rounded_apr import rounded_apr

NO_FEE = Decimal(0)


class Row(NamedTuple):
    """One line of the table, in euros."""

    number: int  # the first is 1
    payment: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal  # still owed afterwards


@dataclass(frozen=True)
class Schedule:
    """What a loan asks for. Amounts are in euros with two places, rates in percent a year."""

    months: int
    nominal_rate: Decimal
    fee: Decimal
    first_after: Fraction | int  # months until the first payment
    repayment: Repayment  # the same in whole cents

    @property
    def amount(self) -> Decimal:
        """What is lent."""
        return self.repayment.lent * CENT

    @property
    def instalment(self) -> Decimal:
        """What is paid every month but the last."""
        return self.repayment.instalment * CENT

    @property
    def last_instalment(self) -> Decimal:
        """The last payment, with the remainder of rounding."""
        return self.repayment.last * CENT

    @property
    def cost(self) -> Decimal:
        """All interest, and the fee."""
        return sum(self.repayment.interests) * CENT + self.fee

    @property
    def total(self) -> Decimal:
        """All that is due: the amount and its cost."""
        return self.amount + self.cost

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The table. Its principal parts sum to the amount."""
        payments = [self.instalment] * (self.months - 1) + [self.last_instalment]
        interests = [cents * CENT for cents in self.repayment.interests]
        principals = list(map(sub, payments, interests))
        balances = list(accumulate(principals, sub, initial=self.amount))[1:]
        return tuple(map(Row, range(1, self.months + 1), payments, interests, principals, balances))

    @cached_property
    def apr(self) -> Decimal:
        """The TAEG, half up to two places: directive 2008/48/EC, annex I; Code de la consommation R314-3.

        Computed from the payments as they are, rounded, so it may differ by a hundredth from the rate of
        the unrounded ones. Raises ValueError where a fee leaves nothing to borrow.
        """
        if self.fee == 0 and self.first_after == 1:
            return rounded_apr(self.repayment, self.nominal_rate)
        start, year = Fraction(0), 12
        payments = [((self.first_after + row.number - 1) / Fraction(year), row.payment) for row in self.rows]
        exact = annual_percentage_rate([(start, self.amount)], [(start, self.fee), *payments])
        return exact.quantize(CENT, ROUND_HALF_UP)


def repayment_schedule(
    amount: Decimal,
    months: int,
    nominal_rate: Decimal,
    fee: Decimal = NO_FEE,
    first_after: Fraction | int = 1,
) -> Schedule:
    """The schedule of `amount` euros over `months` payments at `nominal_rate` percent a year.

    Instalments are equal; the last takes the remainder of rounding. `fee` is paid at the start. The first
    payment comes after `first_after` months, which bear simple interest; a day is 12/365 of a month.
    Raises ValueError where such a loan makes no sense.
    """
    if months < 1 or first_after < 1:
        raise ValueError("the payments are at least one, and the first comes after a month or more")
    if not (nominal_rate.is_finite() and nominal_rate >= 0):
        raise ValueError(f"{nominal_rate} % is no rate to lend at")
    cents = in_cents(amount)
    if cents <= 0 or in_cents(fee) < 0:
        raise ValueError("the amount is more than nothing, and a fee is not negative")
    return Schedule(months, nominal_rate, fee, first_after, repay(cents, months, nominal_rate, first_after))
