"""The closed set of conditions a rule can be written with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OneOf:
    """`est_une_de`: the answer is one of these options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`au_moins`: the quantity answered (cents or months) is `bound` or more."""

    question: str
    bound: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """`au_plus`: the quantity answered is `bound` or less."""

    question: str
    bound: int


@dataclass(frozen=True, slots=True)
class Between:
    """`entre`: from `low` to `high`, both included."""

    question: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class And:
    """`et`: all of them."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """`ou`: at least one of them."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`non`: the contrary."""

    part: "Condition"


Condition = OneOf | AtLeast | AtMost | Between | And | Or | Not


def questions_of(condition: Condition) -> frozenset[str]:
    """The questions a condition asks about."""
    match condition:
        case And(parts) | Or(parts):
            return frozenset().union(*map(questions_of, parts))
        case Not(part):
            return questions_of(part)
        case OneOf() | AtLeast() | AtMost() | Between():
            return frozenset((condition.question,))
