"""Reading a duration somebody types: « 24 mois », « 2 ans ». A bare number has no unit: it is asked."""

import re

from conversations.folding import fold

NUMBERS = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "douze": 12, "dix": 10}
_DURATION = re.compile(r"(\d{1,3}|[a-z]+) (mois|month|months|an|ans|annee|annees|year|years)")


def read_months(text: str) -> int | None:
    """A duration in months; None where the text is anything else."""
    found = _DURATION.fullmatch(" ".join(fold(re.sub(r"(?<=\d)(?=[a-z])", " ", text.lower()))))
    if found is None:
        return None
    number = int(found[1]) if found[1].isdecimal() else NUMBERS.get(found[1])
    if number is None:
        return None
    return number if found[2].startswith("mo") else number * 12
