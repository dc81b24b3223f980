"""French typography, applied once to every sentence: authors write plain spaces and straight quotes."""

import re
from functools import lru_cache

NARROW = "\u202f"  # narrow no-break space: before ? ! ; : » % €, after «, between thousands
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")

_RULES = (
    (re.compile(r" +([?!;:»%€])"), NARROW + r"\1"),
    (re.compile(r"« +"), "«" + NARROW),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (_APOSTROPHE, "’"),
    (re.compile(r"\.\.\."), "…"),
)


@lru_cache(maxsize=4096)  # sentences before their values are filled in: nobody's words are kept here
def typeset_french(text: str) -> str:
    """`text` as a French printer sets it. Doing it twice changes nothing."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def typeset_name(text: str) -> str:
    """A French name in a sentence of another language, whose translator set the rest: « l’Escaut »."""
    return _APOSTROPHE.sub("’", text)
