"""What follows from a step besides the new dialogue; `storage/` writes each in the same transaction."""

from dataclasses import dataclass

from conversations.handover.request import HandoverEffect


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody reached a result: bands only, no identifier, no exact date, nothing they typed.

    Every field holds an id of the programme, except `month` ("2026-11") and `programme` (its version).
    An answer that was not asked or not known is "".
    """

    month: str
    programme: str
    language: str
    source: str
    outcome: str
    commune: str
    age: str
    situation: str
    purpose: str
    amount: str  # a band: "1000-1499"
    known_to_ccas: str
    to_verify: tuple[str, ...]  # ids of the rules


@dataclass(frozen=True, slots=True)
class CountLead:
    """Count this lead. Within one dialogue a later lead replaces the earlier one: a person counts once."""

    lead: Lead


@dataclass(frozen=True, slots=True)
class CountStop:
    """A dialogue ended without a result, at this question (or at "accueil")."""

    month: str
    programme: str
    question: str


Effect = CountLead | CountStop | HandoverEffect
