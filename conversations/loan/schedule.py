"""A loan as its borrower meets it: the instalments, what they cost, and the table month by month."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from conversations.loan.apr import annual_percentage_rate
from conversations.loan.instalments import repay
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
    """What a loan asks for. Amounts in euros with two places, rates in percent a year.

    The table and the real yearly rate are computed when they are first asked for.
    """

    amount: Decimal
    months: int
    nominal_rate: Decimal
    fee: Decimal
    first_after: Fraction | int  # months until the first payment
    instalment: Decimal
    last_instalment: Decimal
    cost: Decimal  # all interest, and the fee
    interests: tuple[int, ...] = field(repr=False)  # in cents, month by month

    @property
    def total(self) -> Decimal:
        """All that is due: the amount and its cost."""
        return self.amount + self.cost

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The table. Its principal parts sum to the amount."""
        payments = [self.instalment] * (self.months - 1) + [self.last_instalment]
        interests = [cents * CENT for cents in self.interests]
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
            return rounded_apr(
                self.amount, self.months, self.nominal_rate, self.instalment, self.last_instalment
            )
        payments = [((self.first_after + row.number - 1) / Fraction(12), row.payment) for row in self.rows]
        start = Fraction(0)
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
    cents, fee_cents = in_cents(amount), in_cents(fee)
    if cents <= 0 or fee_cents < 0:
        raise ValueError("the amount is more than nothing, and a fee is not negative")
    instalment, last, interests = repay(cents, months, nominal_rate, first_after)
    return Schedule(
        amount=cents * CENT,
        months=months,
        nominal_rate=nominal_rate,
        fee=fee_cents * CENT,
        first_after=first_after,
        instalment=instalment * CENT,
        last_instalment=last * CENT,
        cost=(sum(interests) + fee_cents) * CENT,
        interests=interests,
    )
