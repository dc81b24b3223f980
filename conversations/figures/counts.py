"""A year as it is counted: what `storage/` hands over, before anything is hidden."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Reached(NamedTuple):
    """Who reached a result, and how: ids of the programme, "" where not asked or not known."""

    known_to_ccas: str
    commune: str
    source: str
    outcome: str


class Profile(NamedTuple):
    """Who they are and what for, in bands."""

    age: str
    situation: str
    purpose: str
    amount: str


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The counts of one year."""

    versions: frozenset[str] = frozenset()  # of the programme
    reached: Counter[Reached] = field(default_factory=Counter)
    profiles: Counter[Profile] = field(default_factory=Counter)
    stops: Counter[str] = field(default_factory=Counter)  # by question
    courses: Counter[tuple[str, str]] = field(default_factory=Counter)  # by measure and value of a `Fact`
