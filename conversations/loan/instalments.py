"""The cents of a loan in equal instalments: what is paid each month, and how much of it is interest.

The interest of a month is what is still owed times a twelfth of the yearly rate, rounded half up to the
cent. A contract writes that twelfth with a last decimal: 0.333333 % a month for 4 % a year. So where the
decimals would go on for ever the product stays below half a cent, and half a cent is not charged.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Share(NamedTuple):
    """A part of some cents, rounded: (cents * times + half) // parts."""

    times: int
    half: int
    parts: int


class Repayment(NamedTuple):
    """All amounts in whole cents; one interest for each month."""

    lent: int
    instalment: int  # of every month but the last
    last: int  # takes what rounding left over
    interests: tuple[int, ...]


def repay(cents: int, months: int, rate: Decimal, first_after: Fraction | int = 1) -> Repayment:
    """How `cents` are repaid in `months` payments at `rate` percent a year.

    The first payment comes after `first_after` months, which bear simple interest; the others follow
    monthly. Raises ValueError where the amount is too small to be spread over so many months.
    """
    times, half, parts = instalment_share(months, rate, first_after)
    instalment = (cents * times + half) // parts
    times, half, parts = interest_share(rate, first_after)
    interest = (cents * times + half) // parts
    interests = [interest]
    owed = cents + interest - instalment
    times, half, parts = interest_share(rate)
    for _ in range(months - 1):
        interest = (owed * times + half) // parts
        interests.append(interest)
        owed += interest - instalment
    last = instalment + owed
    if instalment <= 0 or last <= 0:
        raise ValueError(f"{cents} cents are too little for {months} instalments")
    return Repayment(cents, instalment, last, tuple(interests))


@lru_cache(maxsize=4096)
def instalment_share(months: int, rate: Decimal, first_after: Fraction | int = 1) -> Share:
    """The instalment of the cents lent: (1 + d i) i (1 + i)^(n-1) / ((1 + i)^n - 1), half up."""
    i = Fraction(rate) / 1200
    growth = (1 + i) ** (months - 1)
    share = (1 + first_after * i) * i * growth / (growth * (1 + i) - 1) if i else Fraction(1, months)
    return Share(2 * share.numerator, share.denominator, 2 * share.denominator)


@lru_cache(maxsize=256)
def interest_share(rate: Decimal, months: Fraction | int = 1) -> Share:
    """The interest of the cents owed during so many months: half up, save for endless decimals."""
    share = Fraction(rate) * months / 1200
    times, parts = share.numerator, share.denominator
    endless = 10 ** parts.bit_length() % parts != 0
    return Share(2 * times, parts - endless, 2 * parts)
