"""The programme as of one day: everything a conversation may say or decide with.

All texts are the French of the file; `Words` translates them at the moment they are shown.
A value the file marks « à compléter » is None here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from conversations.programme.conditions import Condition, questions_of
from conversations.programme.question import Answer, Question
from conversations.programme.terms import HandoverTerms
from conversations.words import Words


class Truth(StrEnum):
    """Three values: what nobody knows is never a no."""

    YES = "oui"
    NO = "non"
    UNKNOWN = "à vérifier"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a figure comes from, and when somebody read it."""

    text: str
    article: str  # "" where the text has none
    read: date


@dataclass(frozen=True, slots=True)
class Ccas:
    """A town's social services, as a resident reaches them."""

    address: str | None
    phone: str | None
    hours: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the scheme."""

    id: str
    name: str
    insee: str
    postal_code: str
    spellings: tuple[str, ...]
    ccas: Ccas


class Effect(StrEnum):
    """What a rule that is not a certain yes does to the outcome."""

    BLOCKING = "bloquant"  # a certain no closes this loan; unknown is to verify
    TO_VERIFY = "a_verifier"  # no and unknown are to verify together
    SIGNAL = "signal"  # only told to the référente


@dataclass(frozen=True, slots=True)
class Example:
    """Answers and what the rule says of them: the rule's own test."""

    answers: Mapping[str, Answer]
    expected: Truth
    line: int  # in programme.yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion in force on the day, with the sentence for each of its three values."""

    id: str
    name: str
    effect: Effect
    condition: Condition
    source: Source
    sentences: Mapping[Truth, str]
    redirect: tuple[str, ...]  # ids of aids, for a no
    examples: tuple[Example, ...]
    line: int
    reads: frozenset[str] = field(init=False)  # the questions its condition asks about

    def __post_init__(self) -> None:
        object.__setattr__(self, "reads", questions_of(self.condition))


@dataclass(frozen=True, slots=True)
class Aid:
    """Another way to get help."""

    id: str
    name: str
    text: str  # what it is, in one or two sentences
    contact: str | None  # where to ask
    source: Source
    when: Condition | None  # offered by itself where this is certainly true


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to prepare; only ever ticked, never sent."""

    id: str
    label: str
    what: str  # « c'est quoi ? »
    purposes: tuple[str, ...]  # for these purposes only; () is always


@dataclass(frozen=True, slots=True)
class Caps:
    """What this scheme lends. Amounts in cents, durations in months."""

    least: int
    most: int
    shortest: int
    longest: int

    def figures(self, words: Words) -> dict[str, str]:
        """The caps by their names in the file, as `words` writes amounts and durations."""
        return {
            "montant_minimum": words.euros(self.least),
            "montant_maximum": words.euros(self.most),
            "duree_minimum": words.months(self.shortest),
            "duree_maximum": words.months(self.longest),
        }


@dataclass(frozen=True, slots=True)
class Rate:
    """The nominal rate of the examples, percent a year."""

    nominal: Decimal
    usury: Decimal  # nobody may lend above: a sanity check on what is entered
    source: Source
    usury_source: Source


@dataclass(frozen=True, slots=True)
class SimulatorPresets:
    """Where a calculation starts and what its buttons propose. Amounts in cents, durations in months."""

    amount: int
    months: int
    amount_step: int
    months_step: int
    amounts: tuple[int, ...]
    payments: tuple[int, ...]  # a month
    incomes: tuple[int, ...]  # a month
    spendings: tuple[int, ...]  # a month
    surprise: int


@dataclass(frozen=True, slots=True)
class LegalText:
    """A sentence the law puts beside a figure."""

    text: str
    source: Source
    since: date  # in force from this day on


@dataclass(frozen=True, slots=True)
class Urgency:
    """Words that mean somebody needs a person now, and whom to call."""

    id: str
    expressions: tuple[str, ...]
    sentences: tuple[str, ...]  # what is said at once, numbers included


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A working half-day of the référente."""

    weekday: int  # 0 is Monday
    start: time
    end: time
    label: str  # « lundi matin »


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, in days."""

    conversation: int
    handover_closed: int
    handover_open: int


@dataclass(frozen=True, slots=True)
class Flyer:
    """A code printed on a flyer; it tells where somebody heard of the scheme, never who they are."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """The whole scheme as of one day. Two of them are never compared: each day has one."""

    version: str
    name: str
    lender: str
    places: tuple[Place, ...]
    caps: Caps
    rate: Rate
    simulator: SimulatorPresets
    legal: Mapping[str, LegalText]  # "credit", "conseil", "arnaque"…
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    aids: tuple[Aid, ...]
    papers: tuple[Paper, ...]
    urgencies: tuple[Urgency, ...]
    half_days: tuple[HalfDay, ...]
    retention: Retention
    flyers: tuple[Flyer, ...]
    handover: HandoverTerms

    def figures(self, words: Words) -> dict[str, str]:
        """What the placeholders in the file's texts stand for, as `words` writes amounts and durations."""
        return self.caps.figures(words)

    def question(self, question_id: str) -> Question:
        """The question of that id; KeyError where there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def place(self, place_id: str) -> Place | None:
        """The commune of that id, or None: « une autre commune » is no place of ours."""
        return next((place for place in self.places if place.id == place_id), None)

    def aid(self, aid_id: str) -> Aid:
        """The aid of that id; KeyError where there is none."""
        for aid in self.aids:
            if aid.id == aid_id:
                return aid
        raise KeyError(aid_id)
