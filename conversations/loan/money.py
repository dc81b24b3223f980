"""Between euros, as people read them, and whole cents, as they are computed."""

from decimal import Decimal

CENT = Decimal("0.01")  # a whole number times this is an amount with its two places


def in_cents(euros: Decimal) -> int:
    """An amount in euros as whole cents. Raises ValueError where it is not finite or holds part of a cent."""
    hundredfold = euros * 100
    try:
        cents = int(hundredfold)
    except (OverflowError, ValueError):  # infinity, not a number
        raise ValueError(f"{euros} is no amount") from None
    if cents != hundredfold:
        raise ValueError(f"{euros} € is not in whole cents")
    return cents
