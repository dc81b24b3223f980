"""A case as it is kept: JSON, which holds no contact."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from conversations.desk.case import Case
from conversations.handover.request import Consent
from storage.vault import Sealed

_codec: TypeAdapter[Case] = TypeAdapter(Case)


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of `request`. `revision` is what a change must have seen."""

    case: Case
    chat_id: int  # the resident's
    revision: int
    sealed: Sealed
    consent: Consent


def dump(case: Case) -> str:
    """The case as JSON."""
    return _codec.dump_json(case).decode()


def load(text: str) -> Case:
    """The case that `dump` wrote."""
    return _codec.validate_json(text)
