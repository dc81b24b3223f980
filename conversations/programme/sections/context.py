"""What one section has to know of the others on the day that is read: names to refer to, caps, measures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from conversations.catalogues import FRENCH
from conversations.programme.model import Caps, Source
from conversations.programme.node import Node
from conversations.programme.question import Question
from conversations.programme.units import MONTHS, Kind


@dataclass(slots=True)
class Context:
    """The programme of one day, as far as it is read."""

    day: date
    caps: Caps
    sources: Mapping[str, Source] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    measures: dict[str, Kind[int]] = field(default_factory=dict)  # what bounds compare: cents or months
    misread: set[str] = field(default_factory=set)  # questions, and « plafonds »: no example is run on them
    aids: tuple[str, ...] = ()

    @property
    def figures(self) -> dict[str, str]:
        """What the placeholders stand for in French."""
        return self.caps.figures(FRENCH)

    def bounds(self, measure: Kind[int]) -> dict[str, int]:
        """The caps that a rule can name instead of a value: those in months, or those in cents."""
        if measure is MONTHS:
            return {"duree_minimum": self.caps.shortest, "duree_maximum": self.caps.longest}
        return {"montant_minimum": self.caps.least, "montant_maximum": self.caps.most}

    def source(self, node: Node) -> Source:
        """The source that a value names."""
        name = node.reference(self.sources, "le nom d'une source")
        return self.sources.get(name) or Source("", "", self.day)
