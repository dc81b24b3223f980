"""What a step may look at besides the dialogue: the programme of the day, the words, the hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.programme.model import Programme
from conversations.words import Words


@dataclass(frozen=True, slots=True)
class Scene:
    """The world around a dialogue, handed in: nothing in `conversations/` reaches for it.

    `now` is aware. `programme` is the scheme as of that day in Europe/Paris.
    """

    programme: Programme
    catalogues: Mapping[str, Words]  # by language: "fr" is always there
    now: datetime

    def words(self, language: str) -> Words:
        """The words of a language, French where it is not spoken here."""
        return self.catalogues.get(language, self.catalogues["fr"])
