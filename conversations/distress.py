"""Hears words of distress, debts or urgency wherever they are typed, so that a phone number comes at once."""

import re
from collections.abc import Sequence
from functools import lru_cache

from conversations.folding import fold
from conversations.programme.model import Urgency


def find_urgency(text: str, urgencies: Sequence[Urgency]) -> Urgency | None:
    """The first urgency, in the programme's order, one of whose expressions stands in `text`.

    Words count whole and in their order; « * » at the end of a word of an expression allows any ending.
    """
    said = " ".join(fold(text))
    return next((urgency for urgency in urgencies if _expressions(urgency.expressions).search(said)), None)


@lru_cache(maxsize=64)
def _expressions(expressions: tuple[str, ...]) -> re.Pattern[str]:
    """The programme's expressions as one pattern over folded words; it never holds a person's text."""
    # On a phone the apostrophe is often left out: « jai faim », « plus delectricite ».
    written = [
        _pattern(form) for each in expressions for form in (each, each.replace("'", "").replace("’", ""))
    ]
    return re.compile(rf"(?<!\S)(?:{'|'.join(filter(None, written)) or '(?!)'})(?!\S)")


def _pattern(expression: str) -> str:
    parts = ((" ".join(map(re.escape, fold(part))), part.endswith("*")) for part in expression.split())
    return " ".join(words + r"\S*" * open_ended for words, open_ended in parts if words)
