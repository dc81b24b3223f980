"""A question of the programme, and what it can be answered with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option of a choice question."""

    option: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in whole cents."""

    cents: int


@dataclass(frozen=True, slots=True)
class DontKnow:
    """« Je ne sais pas »: an answer, and never a no."""


Answer = Chosen | Amount | DontKnow
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice question, with what it is worth to a rule."""

    id: str
    label: str
    spellings: tuple[str, ...] = ()  # other words that mean it: « 59163 », « condé »
    ages: range = range(0)  # the ages that mean it
    value: int | None = None  # cents or months, where rules compare it
    unknown: bool = False  # counts as « je ne sais pas »: « je n'ai pas demandé »

    @property
    def also(self) -> tuple[str, ...]:
        """Everything that can be typed for it beside its label."""
        return (*self.spellings, *(age for n in self.ages for age in (f"{n} ans", f"{n}")))


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Question:
    """One screen of the questionnaire."""

    id: str
    text: str
    why: str  # « Pourquoi cette question ? »
    short: str  # its name in a summary: « Commune »
    kind: Kind
    options: tuple[Option, ...]
    kept: bool  # asked although no rule reads it: it goes on the card or into the figures

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None where the programme has it no longer."""
        for option in self.options:
            if option.id == option_id:
                return option
        return None
