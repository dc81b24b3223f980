"""The annual percentage rate of charge (TAEG) of any flows of money: directive 2008/48/EC, annex I.

The rate X makes the advances worth as much as the payments: Σ C(1+X)^-t = Σ D(1+X)^-s. Both sides only
fall as X rises, so the ends of an interval tell what is possible within it. Intervals that cannot hold X
are put aside, the nearest that does is halved: nothing is guessed, and odd flows end with a reason.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

Flow = tuple[Fraction, Decimal]  # years since the first advance, amount

WORKING = Context(prec=48)
SHOWN = Context(prec=18)
CLOSE = Decimal("1e-22")  # of ln(1 + X): the rate is found
NARROW = Decimal("1e-6")  # of ln(1 + X): sides that meet twice in here are taken not to meet


def annual_percentage_rate(advances: Iterable[Flow], payments: Iterable[Flow]) -> Decimal:
    """The rate in percent, to at least 1e-8. A month is 1/12 of a year, a day 1/365 (1/366 in a leap year).

    Where several rates fit, it is the one nearest to zero on the side that the cost shows: above zero
    where more is paid than lent. Raises ValueError where no rate exists.
    """
    with localcontext(WORKING):
        flows = _Flows.of(advances, payments)
        cost = -sum(amount for _, amount in flows.terms)
        if cost == 0:
            return Decimal(0)
        for side in (1, -1) if cost > 0 else (-1, 1):
            root = flows.nearest_root(side)
            if root is not None:
                return SHOWN.plus(100 * (root.exp() - 1))
    raise ValueError("no rate makes the advances worth as much as the payments")


class _Worth(NamedTuple):
    """Both sides at a rate, given as x = ln(1 + X): what they are worth, and how fast that falls with x."""

    x: Decimal
    advances: Decimal
    payments: Decimal
    advances_fall: Decimal
    payments_fall: Decimal

    @property
    def sign(self) -> int:
        """Which side weighs more: 1 the advances, -1 the payments."""
        return (self.advances > self.payments) - (self.advances < self.payments)


@dataclass(frozen=True, slots=True)
class _Flows:
    """Net amounts in order of time, counted in whole steps from the first one."""

    terms: tuple[tuple[int, Decimal], ...]  # what the borrower gets is positive
    steps: int  # in a year

    @classmethod
    def of(cls, advances: Iterable[Flow], payments: Iterable[Flow]) -> "_Flows":
        """Raises ValueError where a rate has no sense: nothing moves, or all of it the same way."""
        net: dict[Fraction, Decimal] = defaultdict(Decimal)
        for years, amount in advances:
            net[Fraction(years)] += amount
        for years, amount in payments:
            net[Fraction(years)] -= amount
        if not all(amount.is_finite() for amount in net.values()):
            raise ValueError("an amount is not a finite number")
        flows = sorted((years, amount) for years, amount in net.items() if amount)
        if not flows:
            raise ValueError("no money moves, so there is no rate")
        if len({amount > 0 for _, amount in flows}) == 1:
            raise ValueError("money moves one way only, so there is no rate")
        start = flows[0][0]
        steps = lcm(*((years - start).denominator for years, _ in flows))
        counts = [int((years - start) * steps) for years, _ in flows]
        shared = gcd(steps, *counts)
        terms = ((count // shared, amount) for count, (_, amount) in zip(counts, flows, strict=True))
        return cls(tuple(terms), steps // shared)

    def nearest_root(self, side: int) -> Decimal | None:
        """The x nearest to zero where both sides are worth the same, above zero (1) or below it (-1)."""
        near, far = self._worth(Decimal(0)), self._worth(Decimal(side))
        while True:
            root = self._root_between(near, far)
            if root is not None or self._settled(far):
                return root
            near, far = far, self._worth(2 * far.x)

    def _worth(self, x: Decimal) -> _Worth:
        discount = (-x / self.steps).exp()
        advances = payments = advances_fall = payments_fall = Decimal(0)
        for count, amount in self.terms:
            worth = amount * discount**count
            if amount > 0:
                advances += worth
                advances_fall += worth * count
            else:
                payments -= worth
                payments_fall -= worth * count
        return _Worth(x, advances, payments, advances_fall, payments_fall)

    def _root_between(self, near: _Worth, far: _Worth) -> Decimal | None:
        """The nearest one: each half is searched until it is certain to hold none, or at most one."""
        if _apart((near.advances, far.advances), (near.payments, far.payments)):
            return None
        one_at_most = _apart((near.advances_fall, far.advances_fall), (near.payments_fall, far.payments_fall))
        if one_at_most or abs(far.x - near.x) < NARROW:
            return None if near.sign == far.sign else self._halved(near, far)
        middle = self._worth((near.x + far.x) / 2)
        root = self._root_between(near, middle)
        return self._root_between(middle, far) if root is None else root

    def _halved(self, near: _Worth, far: _Worth) -> Decimal:
        while abs(far.x - near.x) > CLOSE:
            middle = self._worth((near.x + far.x) / 2)
            near, far = (middle, far) if middle.sign == near.sign else (near, middle)
        return (near.x + far.x) / 2

    def _settled(self, far: _Worth) -> bool:
        """Whether the earliest flow (for negative rates the latest) outweighs all others, here and beyond."""
        count, amount = self.terms[0 if far.x > 0 else -1]
        heaviest = abs(amount) * (-far.x / self.steps * count).exp()
        return 2 * heaviest > far.advances + far.payments


def _apart(ones: tuple[Decimal, Decimal], others: tuple[Decimal, Decimal]) -> bool:
    return min(ones) > max(others) or max(ones) < min(others)
